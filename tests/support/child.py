"""Opens one file in a process of its own and says, as JSON, what came of it and what it cost."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Outcome:
    """`refusal` is the sentence ("" where the file was read); `cells` counts what was read; `peak` is in MB."""

    refusal: str
    cells: int
    cpu: float
    peak: float


def opened_in_a_child(path: Path, kind: str = "book") -> Outcome:
    """What became of a file, `kind` being "book", "archive" or "paper"; fails when the process dies or raises anything else."""
    command = [sys.executable, str(Path(__file__)), kind, str(path)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, f"{path.name}: exit {done.returncode}\n{done.stderr[-2000:]}"
    return Outcome(**json.loads(done.stdout))


def peak_memory() -> float:
    """Peak resident memory of this process, in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _book(path: Path) -> tuple[str, int]:
    from toolkit.sheets.open import open_book

    book = open_book(path.read_bytes(), path.name, ("123456",))
    cells = sum(value is not None for grid in book.grids for row in grid.rows for value in row)
    return "", cells


def _archive(path: Path) -> tuple[str, int]:
    from toolkit.sheets.archive import members

    found = members(path.read_bytes(), ("123456",))
    refusal = "".join(sorted({member.fault for member in found}))
    return refusal, sum(not member.fault for member in found)


def _paper(path: Path) -> tuple[str, int]:
    """All that is done with a Word file that comes in: verify's texts, a leader's changes, lint's proofreading."""
    from toolkit.gongwen.document import visible_paragraphs
    from toolkit.gongwen.proofread.clause import proofread
    from toolkit.gongwen.proofread.paper import read_paper
    from toolkit.gongwen.revisions import read_revised

    texts = visible_paragraphs(path)
    read_revised(path)
    proofread(read_paper(path))
    return "", len(texts)


def main(kind: str, path: str) -> None:
    sys.path.insert(0, str(ROOT))
    from toolkit.packages.gate import UnreadableFile

    start = time.process_time()
    try:
        refusal, cells = {"book": _book, "archive": _archive, "paper": _paper}[kind](Path(path))
    except UnreadableFile as error:
        refusal, cells = str(error), 0
    spent = time.process_time() - start
    print(json.dumps({"refusal": refusal, "cells": cells, "cpu": spent, "peak": peak_memory()}))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
