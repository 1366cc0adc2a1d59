"""`backup`: the workspace as one file, and back."""

from __future__ import annotations

from pathlib import Path

from tests.support.command import zhenggai
from tests.support.made import Made


def test_a_workspace_goes_into_one_file_and_comes_back_elsewhere(
    made: Made, tmp_path: Path
) -> None:
    place = made.two_rounds(tmp_path / "区")
    target = tmp_path / "交接.zip"
    packed = zhenggai("backup", target, "-w", place.root)
    assert (packed.code, packed.err) == (0, "")
    assert str(target) in packed.out
    back = zhenggai("restore", target, "-w", tmp_path / "新电脑")
    assert (back.code, back.err) == (0, "")
    before, after = (
        zhenggai("status", "--json", "-w", root).out for root in (place.root, tmp_path / "新电脑")
    )
    assert after == before


def test_a_file_that_stands_is_not_overwritten(made: Made, tmp_path: Path) -> None:
    place = made.two_rounds(tmp_path / "区")
    target = tmp_path / "交接.zip"
    target.write_bytes(b"x")
    done = zhenggai("backup", target, "-w", place.root)
    assert (done.code, done.out) == (2, "")
    assert "已经存在" in done.err
    assert target.read_bytes() == b"x"
