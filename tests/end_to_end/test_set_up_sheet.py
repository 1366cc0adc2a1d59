"""The first hour with somebody's own ledger: what is shown, what is asked, what an answer does."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from tests.support.drawn import HEAD, Sheet, line, workbook
from tests.support.items import SETTINGS
from tests.support.made import run_week
from toolkit.ledger.units import Twins, Unit, are_alike, with_twins
from toolkit.run.templates import create_workspace
from toolkit.settings.reading import load

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.workspace import Workspace

FIRST, SECOND = dt.date(2026, 6, 5), dt.date(2026, 6, 12)
UNITS = ("规划建设局", "规建局", "财政金融局", "财政金融局（国资办）", "社会事务局")


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """An office that has typed nothing but the dates of its task, and drops its ledger."""
    place = create_workspace(tmp_path / "区", SETTINGS.with_units(()))
    head = [*HEAD, "审计项目"]
    rows = [[*line(n, 牵头单位=unit), f"{n}号审计"] for n, unit in enumerate(UNITS, 1)]
    rows[0][head.index("整改时限")] = "2025-12-31"
    notes = ["", "", "注：本表由各单位填报"]
    table = Sheet([["某县审计整改台账"], head, *rows, notes], hidden_rows=(4,))
    (place.inbox / "台账.xlsx").write_bytes(workbook(table))
    return place


def sheets(place: Workspace, day: dt.date) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(place.outbox / str(day) / "建账确认单.xlsx")
    return {s.title: list(s.iter_rows(min_row=4, values_only=True)) for s in book.worksheets}


def answer(place: Workspace, day: dt.date, **choices: str) -> None:
    book = openpyxl.load_workbook(place.outbox / str(day) / "建账确认单.xlsx")
    sheet = book["单位"]
    for row in range(4, sheet.max_row + 1):
        if sheet.cell(row, 1).value in choices:
            sheet.cell(row, 4).value = choices[str(sheet.cell(row, 1).value)]
    book.save(place.inbox / "建账确认单.xlsx")


def test_what_was_understood_is_shown(place: Workspace) -> None:
    run_week(place, FIRST)
    shown = sheets(place, FIRST)
    twins = {row[0]: row[2] for row in shown["单位"] if row[2]}
    assert twins == {"规建局": "规划建设局", "财政金融局": "财政金融局（国资办）"}
    assert {row[0]: row[1] for row in shown["单位"]} == dict.fromkeys(UNITS, 1)
    columns = {row[0]: row for row in shown["栏目"]}
    assert columns["审计项目"][1] == "自有栏目"
    assert columns["审计项目"][3:] == ("1号审计", "2号审计")
    (early,) = [row for row in shown["时限"] if row[3]]
    assert early[0] == "1-1"
    assert "早于反馈日期" in early[3]
    assert any("注：本表由各单位填报" in str(row[4]) for row in shown["没有读取"])
    (hidden,) = shown["隐藏的内容"]
    assert "隐藏行" in hidden[3]


def test_units_that_are_one_are_made_one_and_the_ledger_is_set_up_again(place: Workspace) -> None:
    run_week(place, FIRST)
    answer(place, FIRST, 规建局="同一单位", 财政金融局="不同单位")
    record = run_week(place, FIRST)
    assert [row["lead_unit"] for row in record["rows"]] == ["规划建设局", "规划建设局", *UNITS[2:]]
    assert record["inputs"][-1]["reason"] == "建账确认单：1处单位名称已合并"
    units = {unit.name: unit.aliases for unit in load(place.settings_path.read_bytes()).units}
    assert units["规划建设局"] == ("规建局",)
    assert "规建局" not in units
    assert {row[0]: row[2] for row in sheets(place, FIRST)["单位"] if row[2]} == {
        "财政金融局": "财政金融局（国资办）"
    }


def test_the_answer_is_nothing_new_the_second_time_and_holds_in_the_next_period(
    place: Workspace,
) -> None:
    run_week(place, FIRST)
    answer(place, FIRST, 规建局="同一单位")
    run_week(place, FIRST)
    rows = [line(2, 牵头单位="规建局", 整改进展情况="6月9日补办手续6件。")]
    (place.inbox / "规建局.xlsx").write_bytes(workbook(Sheet([["填报单位：规建局"], HEAD, *rows])))
    record = run_week(place, SECOND)
    assert record["rows"][1]["progress"] == "6月9日补办手续6件。"
    assert not (place.outbox / str(SECOND) / "建账确认单.xlsx").exists()


def test_an_untouched_sheet_changes_nothing(place: Workspace) -> None:
    before = run_week(place, FIRST)
    answer(place, FIRST)
    after = run_week(place, FIRST)
    assert after["rows"] == before["rows"]
    assert after["inputs"][-1]["reason"] == "建账确认单：没有要合并的单位"


@pytest.mark.parametrize(
    ("name", "other", "alike"),
    [
        ("规建局", "规划建设局", True),
        ("财政金融局", "财政金融局（国资办）", True),
        ("县卫生健康局", "县卫生健康委", True),
        ("规划建设局", "规划建没局", True),
        ("财政局", "教育局", False),
        ("一中", "二中", False),
        ("第一小学", "第二小学", True),  # a character apart: asked, never taken
        ("社会事务局", "社会事业发展中心", False),
    ],
)
def test_which_names_are_asked_about(name: str, other: str, alike: bool) -> None:
    assert are_alike(name, other) is alike
    assert are_alike(other, name) is alike


def test_pairs_that_hang_together_become_one() -> None:
    units = (Unit(name="甲局", lead_leader="赵敏"), Unit(name="甲乙局"), Unit(name="甲乙丙局"))
    pairs = (Twins("甲局", "甲乙局"), Twins("甲乙局", "甲乙丙局"), Twins("没有的", "甲乙丙局"))
    (one,) = with_twins(units, pairs)
    assert (one.name, one.aliases, one.lead_leader) == ("甲乙丙局", ("甲乙局", "甲局"), "赵敏")
