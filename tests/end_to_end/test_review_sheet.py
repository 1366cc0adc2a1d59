"""A head's month through 审核单.xlsx alone: what waits is there, what is filled in is done, nothing is typed twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.end_to_end.test_decisions_in_excel import DONE, WEEKS, Office
from tests.support.made import Made

HEAD = 4


@pytest.fixture
def office(made: Made, tmp_path: Path) -> Office:
    return Office(tmp_path / "区", made)


def sheet_of(office: Office) -> Worksheet | None:
    path = office.folder / "审核单.xlsx"
    return openpyxl.load_workbook(path).worksheets[0] if path.exists() else None


def rows_of(office: Office) -> dict[str, dict[str, str]]:
    sheet = sheet_of(office)
    if sheet is None:
        return {}
    heads = [str(cell.value) for cell in sheet[HEAD]]
    values = sheet.iter_rows(min_row=HEAD + 1, values_only=True)
    rows = [dict(zip(heads, (str(v or "") for v in row), strict=True)) for row in values]
    return {row["问题编号"]: row for row in rows}


def decide(
    office: Office,
    answers: Mapping[str, Mapping[str, Any]],
    *,
    by: str = "王主任",
    on: object = None,
    name: str = "审核单.xlsx",
    is_sorted: bool = False,
) -> Office:
    """The newest sheet filled in: answers by item and heading, and the signature above."""
    book = openpyxl.load_workbook(office.folder / "审核单.xlsx")
    sheet = book.worksheets[0]
    heads = {str(cell.value): number for number, cell in enumerate(sheet[HEAD], 1)}
    for row in range(HEAD + 1, sheet.max_row + 1):
        said = answers.get(str(sheet.cell(row, heads["问题编号"]).value), {})
        for heading, value in said.items():
            sheet.cell(row, heads[heading]).value = value
    for cell in sheet[HEAD - 1]:
        if cell.value in ("审核人：", "审核日期："):
            beside = sheet.cell(cell.row or 0, (cell.column or 0) + 1)
            beside.value = by if cell.value == "审核人：" else on or office.day  # type: ignore[assignment]
    if is_sorted:  # the visible columns alone, so that hidden keys stay behind
        rows = [[c.value for c in row[:9]] for row in sheet.iter_rows(min_row=HEAD + 1)]
        for number, values in enumerate(reversed(rows), HEAD + 1):
            for col, value in enumerate(values, 1):
                sheet.cell(number, col).value = value
    book.save(office.place.inbox / name)
    return office


def test_it_holds_what_waits_and_nothing_else(office: Office) -> None:
    assert rows_of(office).keys() == {"3-1"}
    row = rows_of(office)["3-1"]
    assert (row["问题"], row["请示事项"]) == ("会议制度落实不到位", "报已完成，请审核销号")
    assert (row["决定"], row["意见"], row["_key"]) == ("", "", "3-1")


def test_a_month_through_the_sheet_alone(office: Office) -> None:
    decide(office, {"3-1": {"决定": "同意"}}).run()
    assert office.decisions() == [("3-1", "close")]
    assert "closed" in office.rows["3-1"]["flags"]
    assert sheet_of(office) is None

    asked = {"问题编号": "3-2", "具体问题": "项目前期论证不充分", "整改时限": "2026-12-31"}
    done = {"问题编号": "3-3", "具体问题": "公租房空置率较高", **DONE, "完成时间": "2026-06-15"}
    office.report(
        {**asked, "整改进展情况": "6月15日论证2次。"}, {**done, "整改进展情况": "6月15日配租9套。"}
    )
    office.run()
    waiting = rows_of(office)
    assert {id_: row["请示事项"] for id_, row in waiting.items()} == {
        "3-2": "申请延期至2026-12-31", "3-3": "报已完成，请审核销号",
    }  # fmt: skip

    decide(office, {"3-2": {"决定": "同意"}, "3-3": {"决定": "退回", "意见": "请附配租名册"}}).run()
    assert office.decisions() == [("3-2", "extend"), ("3-3", "send_back")]
    assert office.rows["3-2"]["due"] == "2026-12-31"
    assert office.record["decisions"][0]["basis"] == "审核单"
    assert sheet_of(office) is None  # what was sent back waits for the unit

    office.report({**done, "整改进展情况": "6月22日补配租名册1份。"}).run()
    assert rows_of(office).keys() == {"3-3"}
    decide(office, {"3-3": {"决定": "√", "意见": "已核"}}, on="7月3日").run()
    assert office.decisions() == [("3-3", "close")]
    assert [decision["on"] for decision in office.record["decisions"]] == ["2026-07-03"]


@pytest.mark.parametrize(
    ("answer", "ruling", "until"),
    [
        ({"决定": "延期至", "延期至": dt.date(2026, 10, 31)}, "extend", "2026-10-31"),
        ({"决定": "延期至9月底"}, "extend", "2026-09-30"),
        ({"决定": "同意延期", "延期至": "11月15日"}, "extend", "2026-11-15"),
        ({"决定": "不同意", "意见": "数据不实"}, "send_back", None),
        ({"决定": "同意。"}, "close", None),
    ],
)
def test_ways_of_deciding(
    office: Office, answer: Mapping[str, Any], ruling: str, until: str | None
) -> None:
    decide(office, {"3-1": answer}).run()
    assert [(d["ruling"], d["until"]) for d in office.record["decisions"]] == [(ruling, until)]


@pytest.mark.parametrize(
    ("answer", "by", "why"),
    [
        ({"决定": "同意"}, "", "没有填写审核人"),
        ({"决定": "延期至"}, "王主任", "延期没有填写新的日期"),
        ({"决定": "再议"}, "王主任", "决定写的是“再议”"),
        ({"决定": "退回"}, "王主任", "退回没有写明意见"),
    ],
)
def test_what_cannot_be_followed_stands_there_again_in_red(
    office: Office, answer: Mapping[str, Any], by: str, why: str
) -> None:
    decide(office, {"3-1": answer}, by=by).run()
    assert office.decisions() == []
    assert [(id_, why in reason) for id_, reason in office.refused()] == [("3-1", True)]
    row = rows_of(office)["3-1"]
    assert (row["决定"], why in row["请示事项"]) == (answer["决定"], True)
    sheet = sheet_of(office)
    assert sheet is not None
    assert sheet.cell(HEAD + 1, 7).font.color.rgb == "FF9C2A2A"
    complete = {"3-1": {"决定": "退回", "意见": "请补充"}}
    assert decide(office, complete).run().decisions() == [("3-1", "send_back")]


def test_a_sheet_that_was_sorted_decides_about_the_problem_that_is_written_there(
    office: Office,
) -> None:
    done = {"问题编号": "3-3", "具体问题": "公租房空置率较高", **DONE}
    office.report({**done, "整改进展情况": "6月10日配租9套。"}).run()
    assert list(rows_of(office)) == ["3-1", "3-3"]
    decide(office, {"3-3": {"决定": "同意"}}, is_sorted=True).run()
    assert office.decisions() == [("3-3", "close")]


def test_the_sheet_and_the_consolidated_workbook_may_say_the_same(office: Office) -> None:
    decide(office, {"3-1": {"决定": "同意"}})
    office.review({"3-1": {"同意销号": "是", "审核人": "王主任", "审核日期": office.day}})
    assert office.run().decisions() == [("3-1", "close")]


def test_an_empty_sheet_that_comes_back_decides_nothing(office: Office) -> None:
    decide(office, {}).run()
    assert office.record["decisions"] == []
    assert [given["verdict"] for given in office.record["inputs"]] == ["rejected"]
    assert "没有作出决定" in office.record["inputs"][0]["reason"]


def test_a_day_for_an_item_without_a_deadline_is_asked_too(office: Office) -> None:
    decide(office, {"3-1": {"决定": "同意"}}).run()
    office.review({"3-1": {"回头看": "反弹", "审核人": "王主任", "审核日期": WEEKS[1]}}).run()
    back = {"问题编号": "3-1", "具体问题": "会议制度落实不到位", "整改时限": "2026年9月底前"}
    office.report({**back, "整改进展情况": "6月22日重新排查6处。"}).run()
    assert "没有时限，单位填报2026-09-30" in rows_of(office)["3-1"]["请示事项"]
    decide(office, {"3-1": {"决定": "同意"}}).run()
    assert office.rows["3-1"]["due"] == "2026-09-30"


def test_what_fell_back_gets_a_new_deadline_and_never_counts_the_old_one(office: Office) -> None:
    decide(office, {"3-1": {"决定": "同意"}}).run()
    office.review({"3-1": {"回头看": "反弹", "审核人": "王主任", "审核日期": WEEKS[1]}}).run()
    assert (office.rows["3-1"]["due"], office.rows["3-1"]["status"]) == (None, "in_progress")
    assert rows_of(office)["3-1"]["请示事项"] == "回头看发现反弹，请定新的时限"
    decide(office, {"3-1": {"决定": "延期至", "延期至": dt.date(2026, 9, 30)}}).run()
    assert office.rows["3-1"]["due"] == "2026-09-30"


def test_it_fits_one_screen_and_one_page(office: Office) -> None:
    """1366 pixels less the row numbers and the scroll bar; a column of n characters is 7n + 5 pixels wide."""
    sheet = sheet_of(office)
    assert sheet is not None
    widths = [d.width for d in sheet.column_dimensions.values() if not d.hidden]
    assert sum(7 * width + 5 for width in widths) < 1366 - 50
    assert int(sheet.page_setup.paperSize or 0) == 9
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.freeze_panes == "B5"
