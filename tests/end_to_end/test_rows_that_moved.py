"""Workbooks whose rows were sorted, copied, put together or taken from elsewhere: no text lands on another problem."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.cases import row_of
from tests.support.items import SETTINGS
from tests.support.made import Made, run_week
from toolkit.ledger.entry import Entry
from toolkit.ledger.submission import Origin
from toolkit.run.dispatch import dispatch_ledgers
from toolkit.run.templates import create_workspace
from toolkit.workbooks.template import write_ledger
from toolkit.workspace import Workspace

FIRST, SECOND = dt.date(2026, 6, 5), dt.date(2026, 6, 12)
LEDGER = (
    {"问题编号": "3-1", "具体问题": "会议制度落实不到位", "整改进展情况": "5月4日召开会议6次。"},
    {"问题编号": "3-2", "具体问题": "项目前期论证不充分", "整改进展情况": "5月5日补论证2个项目。"},
    {"问题编号": "3-3", "具体问题": "公租房空置率较高", "整改状态": "已完成", "完成时间": "2026-05-20"},
    {"问题编号": "4-1", "具体问题": "往来款长期挂账", "牵头单位": "财政金融局"},
)  # fmt: skip


def entries(*examples: dict[str, str]) -> list[Entry]:
    return [Entry(item=row_of(example).item, origin=Origin("", "", 0)) for example in examples]


def set_up(folder: Path) -> None:
    place = create_workspace(folder, SETTINGS)
    write_ledger(place.inbox / "基准.xlsx", entries(*LEDGER), SETTINGS, dt.datetime(2026, 6, 1))
    run_week(place, FIRST)


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    return Workspace(made.copy("会移动的行", set_up, tmp_path / "区"))


def record(place: Workspace, day: dt.date) -> dict[str, Any]:
    text = (place.outbox / day.isoformat() / "run.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def values(told: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {row["id"]: (row["progress"], row["status"]) for row in told["rows"]}


def sort_by_arrow(sheet: Worksheet, header: str, *, reverse: bool) -> None:
    """What a spreadsheet program does at the arrow of a column: the rows of the filter's range, those cells alone."""
    left, top, right, bottom = range_boundaries(sheet.auto_filter.ref or "")
    assert left
    assert top
    assert right
    assert bottom
    heads = [sheet.cell(top, col).value for col in range(left, right + 1)]
    rows = [
        [sheet.cell(row, col).value for col in range(left, right + 1)]
        for row in range(top + 1, bottom + 1)
    ]
    rows.sort(key=lambda row: str(row[heads.index(header)] or ""), reverse=reverse)
    for number, row in enumerate(rows, top + 1):
        for col, value in enumerate(row, left):
            sheet.cell(number, col).value = value


def heads_of(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): number for number, cell in enumerate(sheet[3], 1)}


def fill(sheet: Worksheet, id_: str, **cells: object) -> None:
    heads = heads_of(sheet)
    for row in range(4, sheet.max_row + 1):
        if sheet.cell(row, heads["问题编号"]).value == id_:
            for header, value in cells.items():
                sheet.cell(row, heads[header]).value = value  # type: ignore[assignment]


def dispatched(place: Workspace) -> Path:
    paths = dispatch_ledgers(place, SETTINGS, FIRST)
    return next(path for path in paths if path.name.startswith("规划建设局"))


def return_after(place: Workspace, change: Callable[[Worksheet], None]) -> dict[str, Any]:
    """What becomes of the form of a unit after somebody has done something to its sheet."""
    book = openpyxl.load_workbook(dispatched(place))
    change(book["整改台账"])
    book.save(place.inbox / "规划建设局.xlsx")
    run_week(place, SECOND)
    return record(place, SECOND)


@pytest.mark.parametrize("header", ["具体问题", "整改进展情况", "整改状态", "问题编号"])
@pytest.mark.parametrize("reverse", [True, False])
def test_a_form_sorted_by_its_arrows_says_the_same(
    place: Workspace, header: str, reverse: bool
) -> None:
    before = values(record(place, FIRST))

    def change(sheet: Worksheet) -> None:
        fill(sheet, "3-2", 整改进展情况="6月9日补论证3个项目。")
        sort_by_arrow(sheet, header, reverse=reverse)

    told = return_after(place, change)
    assert values(told) == {**before, "3-2": ("6月9日补论证3个项目。", before["3-2"][1])}
    assert [found["rule"] for found in told["findings"] if found["rule"][0] in "IX"] == []


def test_hidden_keys_that_stayed_behind_mean_nothing(place: Workspace) -> None:
    """Only the visible columns were sorted, as in forms of earlier versions."""
    before = values(record(place, FIRST))

    def change(sheet: Worksheet) -> None:
        fill(sheet, "3-2", 整改进展情况="6月9日补论证3个项目。")
        sheet.auto_filter.ref = f"A3:{openpyxl.utils.get_column_letter(24)}{3 + 3}"
        sort_by_arrow(sheet, "具体问题", reverse=True)

    told = return_after(place, change)
    assert values(told) == {**before, "3-2": ("6月9日补论证3个项目。", before["3-2"][1])}
    assert [found["rule"] for found in told["findings"] if found["rule"][0] == "I"] == ["I117"]


@pytest.mark.parametrize("are_keys_moved", [True, False])
def test_a_sorted_consolidated_workbook_closes_what_its_row_says(
    place: Workspace, are_keys_moved: bool
) -> None:
    before = values(record(place, FIRST))
    book = openpyxl.load_workbook(place.outbox / FIRST.isoformat() / "汇总台账.xlsx")
    sheet = book["整改台账"]
    fill(sheet, "3-3", 同意销号="是", 审核人="王主任", 审核日期=dt.date(2026, 6, 8))
    if not are_keys_moved:
        key = heads_of(sheet)["_key"]
        sheet.auto_filter.ref = f"A3:{openpyxl.utils.get_column_letter(key - 1)}{3 + len(LEDGER)}"
    sort_by_arrow(sheet, "具体问题", reverse=True)
    book.save(place.inbox / "汇总台账.xlsx")
    run_week(place, SECOND)
    told = record(place, SECOND)
    assert [(d["id"], d["ruling"]) for d in told["decisions"]] == [("3-3", "close")]
    assert values(told) == before
    assert [found for found in told["findings"] if found["rule"][0] in "IX"] == []


def own_form(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> None:
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)


HEAD = ("问题编号", "具体问题", "牵头单位", "整改措施", "整改进展情况", "整改状态")


def line(number: str, problem: str, unit: str, progress: str) -> tuple[str, ...]:
    return (number, problem, unit, "1.健全制度。", progress, "正在整改")


def test_two_units_in_one_workbook_have_both_reported(place: Workspace) -> None:
    own = line("3-1", "会议制度落实不到位", "规划建设局", "6月10日召开会议9次。")
    other = line("4-1", "往来款长期挂账", "财政金融局", "6月10日清理往来款7笔。")
    sheets = {
        "规划建设局": [("填报单位：规划建设局",), HEAD, own],
        "财政金融局": [("填报单位：财政金融局",), HEAD, other],
    }
    own_form(place.inbox / "两家.xlsx", sheets)
    run_week(place, SECOND)
    told = record(place, SECOND)
    assert told["figures"]["missing_units"] == []
    assert values(told)["3-1"][0] == "6月10日召开会议9次。"
    assert values(told)["4-1"][0] == "6月10日清理往来款7笔。"
    assert "X301" not in [found["rule"] for found in told["findings"]]


def test_two_units_one_below_the_other_have_both_reported(place: Workspace) -> None:
    own = line("3-1", "会议制度落实不到位", "规划建设局", "6月10日召开会议9次。")
    other = line("4-1", "往来款长期挂账", "财政金融局", "6月10日清理往来款7笔。")
    rows = [
        ("填报单位：规划建设局",), HEAD, own, (), ("填报单位：财政金融局",), HEAD, other,
    ]  # fmt: skip
    own_form(place.inbox / "两家.xlsx", {"Sheet1": rows})
    run_week(place, SECOND)
    assert record(place, SECOND)["figures"]["missing_units"] == []


@pytest.mark.parametrize(
    "row",
    [
        line("3-1", "风力灭火机坏了9台", "规划建设局", "2025年6月购置灭火机9台。"),  # last year's
        line("3-1", "村级工程结算不及时", "青竹镇人民政府", "完成结算9项。"),  # nobody's
        line("3-2", "村级账目不清", "财政金融局", "清理账目3本。"),  # another unit's own counting
    ],
)
def test_a_row_with_nothing_but_a_number_in_common_changes_nothing_and_is_an_error(
    place: Workspace, row: tuple[str, ...]
) -> None:
    before = values(record(place, FIRST))
    own_form(place.inbox / "来件.xlsx", {"Sheet1": [HEAD, row]})
    run_week(place, SECOND)
    told = record(place, SECOND)
    assert values(told) == before
    assert [found["rule"] for found in told["findings"] if found["severity"] == "error"] == ["I101"]
    assert [(left["row"], left["text"]) for left in told["untaken"]] == [(2, row[1])]
