"""`dispatch`: a workbook a unit, and where they lie."""

from __future__ import annotations

from pathlib import Path

from tests.support.command import zhenggai
from tests.support.items import SETTINGS
from tests.support.made import Made
from toolkit.run.templates import create_workspace


def test_every_unit_gets_its_workbook(made: Made, tmp_path: Path) -> None:
    place = made.two_rounds(tmp_path / "区")
    done = zhenggai("dispatch", "--as-of", "2026-06-20", "-w", place.root)
    assert (done.code, done.err) == (0, "")
    count, folder = done.out.strip().removeprefix("已生成").split("个单位的台账：")
    assert len(list(Path(folder).glob("*.xlsx"))) == int(count) >= 1


def test_before_the_first_round_there_is_nothing_to_dispatch(tmp_path: Path) -> None:
    place = create_workspace(tmp_path / "区", SETTINGS)
    done = zhenggai("dispatch", "-w", place.root)
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith("。\n")
