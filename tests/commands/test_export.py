"""`export`: the files are named, lie beside the workspace, and an unknown format is refused in words."""

from __future__ import annotations

from pathlib import Path

from tests.support.command import zhenggai
from tests.support.made import Made


def test_csv_into_a_folder(made: Made, tmp_path: Path) -> None:
    place = made.two_rounds(tmp_path / "区")
    done = zhenggai("export", tmp_path / "数据", "--to", "csv", "-w", place.root)
    assert (done.code, done.err) == (0, "")
    names = {path.name for path in (tmp_path / "数据").iterdir()}
    assert names == {
        "栏目说明.csv",
        "历期问题.csv",
        "多期未变动.csv",
        "单位和到期月份.csv",
        "牵头领导和状态.csv",
    }
    lines = (tmp_path / "数据" / "历期问题.csv").read_text(encoding="utf-8-sig")
    assert lines.startswith("期次,截至日期,问题编号,")


def test_without_a_folder_it_lies_beside_the_workspace(made: Made, tmp_path: Path) -> None:
    place = made.two_rounds(tmp_path / "区")
    done = zhenggai("export", "-w", place.root)
    assert done.code == 0
    assert (tmp_path / "区-数据" / "历期数据.xlsx").exists()


def test_an_unknown_format_is_refused(made: Made, tmp_path: Path) -> None:
    place = made.two_rounds(tmp_path / "区")
    refused = zhenggai("export", "--to", "pdf", "-w", place.root)
    assert refused.code == 2
    assert "可用的格式：csv、xlsx、parquet" in refused.err
