"""`restore`: the register from a backup, with what was put aside and what is missing."""

from __future__ import annotations

from pathlib import Path

from tests.support.command import zhenggai
from tests.support.made import FIRST, SECOND, Made
from toolkit.workspace import BACKUP


def test_the_round_that_is_known_again_is_named(made: Made, tmp_path: Path) -> None:
    place = made.two_rounds(tmp_path / "区")
    place.register_path.write_bytes(b"broken")
    done = zhenggai("restore", place.outbox / str(SECOND) / BACKUP, "-w", place.root)
    assert (done.code, done.err) == (0, "")
    assert f"已恢复到截至{SECOND}的一期" in done.out
    assert "原来的台账库保留为" in done.out
    assert zhenggai("why", "3-2", "-w", place.root).code == 0


def test_what_is_no_backup_is_refused(made: Made, tmp_path: Path) -> None:
    place = made.two_rounds(tmp_path / "区")
    done = zhenggai("restore", place.outbox / str(FIRST) / "汇总台账.xlsx", "-w", place.root)
    assert (done.code, done.out) == (2, "")
    assert "没有恢复" in done.err
