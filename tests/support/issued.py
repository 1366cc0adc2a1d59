"""Three periods of a small office, one after the other, for tests of what happens to them afterwards."""

from __future__ import annotations

import datetime as dt
import gzip
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from tests.support.items import ENTRY, SETTINGS
from tests.support.killing import run
from tests.support.made import Made
from tests.support.proved import with_part
from toolkit.run.templates import create_workspace
from toolkit.workbooks.template import write_ledger
from toolkit.workspace import BACKUP, Workspace

FIRST, SECOND, THIRD = dt.date(2026, 6, 12), dt.date(2026, 6, 19), dt.date(2026, 6, 26)
NEXT = dt.date(2026, 7, 3)
_STAMP = dt.datetime(2026, 6, 1)


def drop(workspace: Workspace, progress: str, name: str = "报送.xlsx") -> Path:
    """A return with a new text of progress, into the inbox."""
    item = replace(ENTRY.item, progress=progress)
    path = workspace.inbox / name
    write_ledger(path, [replace(ENTRY, item=item)], SETTINGS, _STAMP)
    return path


def three_periods(made: Made, to: Path) -> Workspace:
    """A copy of a workspace after three periods: the ledger, a return, a second return."""
    return Workspace(made.copy("三期", _make, to))


def _make(folder: Path) -> None:
    workspace = create_workspace(folder, SETTINGS)
    write_ledger(workspace.inbox / "台账.xlsx", [ENTRY], SETTINGS, _STAMP)
    run(workspace.root, FIRST)
    for day, text in ((SECOND, "6月15日召开会议2次。"), (THIRD, "6月22日修订《甲办法》。")):
        drop(workspace, text)
        run(workspace.root, day)


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def backup_of(workspace: Workspace, period: dt.date) -> Path:
    """The copy of the register beside a period: compressed, but for the newest."""
    (path,) = (workspace.outbox / str(period)).glob(f"{BACKUP}*")
    return path


def unpacked(copy: Path, to: Path) -> Path:
    """The register of a compressed copy, as a file."""
    to.write_bytes(gzip.decompress(copy.read_bytes()))
    return to


def tamper(path: Path, statement: str) -> None:
    """What somebody does who opens the register with a database program."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(statement)


def with_text(source: Path, target: Path, old: str, new: str) -> None:
    """A Word file with one text changed where it stands, and nothing else."""
    data = with_part(source.read_bytes(), "word/document.xml", lambda text: text.replace(old, new))
    target.write_bytes(data)
