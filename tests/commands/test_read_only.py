"""Commands that only ask leave every byte of the workspace, also of one that an older version made."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.support.command import zhenggai
from tests.support.made import Made
from toolkit.workspace import Workspace

# The outbox of the frozen workspace ends with this round.
LAST = "outbox/2026-05-29"
ASKING = {
    "status": ("status",),
    "status --json": ("status", "--json"),
    "why": ("why", "1-1"),
    "why --json": ("why", "1-1", "--json"),
    "check": ("check", f"{LAST}/汇总台账.xlsx"),
    "verify": ("verify", f"{LAST}/整改进展通报.docx"),
    "doctor": ("doctor",),
}


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    """With the register of an older version, which a run would bring forward."""
    return made.of_0_3_0(tmp_path / "区")


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
