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
