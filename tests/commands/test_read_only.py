"""Commands that only ask leave every byte of the workspace, also of one that an older version made."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.command import zhenggai
from tests.support.made import SECOND, Made
from toolkit.register.schema import MIGRATIONS
from toolkit.workspace import Workspace

ASKING = {
    "status": ("status",),
    "status --json": ("status", "--json"),
    "why": ("why", "3-2"),
    "why --json": ("why", "3-2", "--json"),
    "check": ("check", f"outbox/{SECOND}/汇总台账.xlsx"),
    "verify": ("verify", f"outbox/{SECOND}/整改进展通报.docx"),
    "doctor": ("doctor",),
}


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    """Two rounds, with the register of the version before."""
    workspace = made.two_rounds(tmp_path / "区")
    with closing(sqlite3.connect(workspace.register_path)) as db:
        db.execute("DROP TABLE strokes")
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) - 1}")
        db.commit()
    return workspace


def contents(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("asking", ASKING)
def test_nothing_is_changed(place: Workspace, monkeypatch: pytest.MonkeyPatch, asking: str) -> None:
    monkeypatch.chdir(place.root)
    before = contents(place.root)
    done = zhenggai(*ASKING[asking], "-w", place.root)
    assert (done.code in (0, 1), done.err) == (True, "")
    assert contents(place.root) == before
