"""`undo`: the last round back into the inbox, and where its papers are kept."""

from __future__ import annotations

from pathlib import Path

from tests.support.command import zhenggai
from tests.support.made import FIRST, Made


def test_rounds_are_taken_back_one_by_one_until_none_is_left(made: Made, tmp_path: Path) -> None:
    place = made.two_rounds(tmp_path / "区")
    for taken in ("报送.xlsx", "台账.xlsx"):
        done = zhenggai("undo", "-w", place.root)
        assert (done.code, done.err) == (0, "")
        assert "1个收件已退回inbox" in done.out
        assert (place.inbox / taken).is_file()
    assert not (place.outbox / FIRST.isoformat()).exists()
    done = zhenggai("undo", "-w", place.root)
    assert (done.code, done.out) == (2, "")
    assert "没有可撤销的内容" in done.err
