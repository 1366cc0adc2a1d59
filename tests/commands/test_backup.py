"""`backup`: where the one file lies, what it holds, and how it is unpacked elsewhere."""

from __future__ import annotations

from pathlib import Path

from tests.support.command import zhenggai
from tests.support.made import Made


def test_the_file_that_is_named_can_be_unpacked_into_a_workspace(
    made: Made, tmp_path: Path
) -> None:
    place = made.two_rounds(tmp_path / "区")
    done = zhenggai("backup", tmp_path / "包.zip", "-w", place.root)
    assert (done.code, done.err) == (0, "")
    assert f"个文件：{tmp_path / '包.zip'}" in done.out
    again = zhenggai("restore", tmp_path / "包.zip", "-w", tmp_path / "新")
    assert (again.code, again.err) == (0, "")
    before, after = (
        zhenggai("why", "3-2", "-w", root).out for root in (place.root, tmp_path / "新")
    )
    assert before == after != ""


def test_without_a_name_it_lies_beside_the_workspace(made: Made, tmp_path: Path) -> None:
    place = made.two_rounds(tmp_path / "区")
    done = zhenggai("backup", "-w", place.root)
    assert done.code == 0
    (packed,) = tmp_path.glob("区-*.zip")
    assert f"：{packed}\n" in done.out
    assert f'zhenggai restore "{packed.name}"' in done.out


def test_a_file_that_stands_is_not_overwritten(made: Made, tmp_path: Path) -> None:
    place = made.two_rounds(tmp_path / "区")
    target = tmp_path / "交接.zip"
    target.write_bytes(b"x")
    done = zhenggai("backup", target, "-w", place.root)
    assert (done.code, done.out) == (2, "")
    assert "已经存在" in done.err
    assert target.read_bytes() == b"x"
