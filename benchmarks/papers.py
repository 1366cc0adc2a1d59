"""A notice of 64, 640 and 6 400 items through our engine, against the usual python-docx script writing the same text.

    python benchmarks/papers.py [--items 64 640 6400]

Processor seconds without imports. The usual script adds paragraph by paragraph with a style name and a run; it writes
neither the page of the standard nor comments. `notice` is the whole of ours: template, part two, signature, saving.
"""

from __future__ import annotations

import argparse
import datetime as dt
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx

from tests.support.states import file_at, state_of
from toolkit.gongwen.template import Templates
from toolkit.ledger.entry import Entry
from toolkit.ledger.item import Item
from toolkit.ledger.status import Status
from toolkit.ledger.submission import Origin
from toolkit.papers.editions import Edition
from toolkit.papers.notice import NOTICE, groups
from toolkit.papers.paper import write_paper
from toolkit.papers.prose import DEFAULT
from toolkit.papers.prose_template import write_blank
from toolkit.settings.model import Settings
from toolkit.state import State

STAMP, AS_OF = dt.datetime(2026, 6, 19), dt.date(2026, 6, 19)
SETTINGS = Settings()


def entries(number: int) -> tuple[Entry, ...]:
    text = "召开专题会议3次，修订《甲办法》，新增条款5条，清退资金12.6万元，建立长效机制。" * 4
    item = Item(
        main_problem="主要问题。", status=Status.DONE, progress=text, lead_unit="规划建设局"
    )
    return tuple(
        Entry(
            item=replace(
                item,
                id=f"{n // 4 + 1}-{n % 4 + 1}",
                sub_problem=f"分项问题{n // 4 + 1}",
                problem=f"具体问题{n}不到位",
            ),
            origin=Origin("台账.xlsx", "整改台账", 4 + n),
        )
        for n in range(number)
    )


def usual(state: State, path: Path) -> None:
    """Paragraph by paragraph, as python-docx's own guide shows."""
    document = docx.Document()
    for group in groups(state, Edition.PLAIN):
        document.add_paragraph(style="Heading 2").add_run(group.title)
        for answer in group.answers:
            for line in answer.lines:
                document.add_paragraph(style="Normal").add_run(line)
    document.save(str(path))


def timed(what: Callable[..., object], *given: object) -> float:
    begin = time.process_time()
    what(*given)
    return time.process_time() - begin


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, nargs="+", default=[64, 640, 6400])
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place, path = Path(folder), Path(folder) / "出.docx"
        write_blank(place / "通报.docx", STAMP, SETTINGS, DEFAULT)
        file = file_at(NOTICE)
        for number in asked.items:
            state = state_of(entries(number), SETTINGS, AS_OF)
            timed(write_paper, file, state, Templates(place), place)
            ours = timed(write_paper, file, state, Templates(place), place)
            theirs = timed(usual, state, path)
            print(
                f"| {number} | {ours:.2f} | {1000 * ours / number:.2f} | {theirs:.2f} | ×{theirs / ours:.1f} |"
            )


if __name__ == "__main__":
    main()
