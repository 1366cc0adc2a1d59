"""审核意见 as heads write them: sheets renamed and copied, headings renamed, ways of saying yes, dates without a year, disputes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook as Book
from openpyxl.worksheet.worksheet import Worksheet

from tests.end_to_end.test_decisions_in_excel import Office
from tests.support.made import Made

SIGNED = {"审核人": "王主任", "审核日期": dt.date(2026, 6, 8)}
CLOSED = [("3-1", "close")]


@pytest.fixture
def office(made: Made, tmp_path: Path) -> Office:
    return Office(tmp_path / "区", made)


def heads_of(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): number for number, cell in enumerate(sheet[3], 1)}


def review(
    office: Office,
    cells: Mapping[str, Mapping[str, Any]],
    change: Callable[[Book, Worksheet], None] = lambda _book, _sheet: None,
    name: str = "汇总台账.xlsx",
) -> None:
    """The newest 汇总台账 with these cells, {id: {heading: value}}, and with whatever else somebody did to it."""
    book = openpyxl.load_workbook(office.folder / "汇总台账.xlsx")
    sheet = book["整改台账"]
    heads = heads_of(sheet)
    for row in range(4, sheet.max_row + 1):
        for heading, value in cells.get(str(sheet.cell(row, heads["问题编号"]).value), {}).items():
            sheet.cell(row, heads[heading]).value = value
    change(book, sheet)
    book.save(office.place.inbox / name)


def renamed_sheet(book: Book, sheet: Worksheet) -> None:
    sheet.title = "王主任审核"


def only_that_sheet(book: Book, sheet: Worksheet) -> None:
    for other in book.worksheets:
        if other is not sheet:
            book.remove(other)


def copied_sheet(book: Book, sheet: Worksheet) -> None:
    """The copy is the filled one; the sheet itself is as it was issued."""
    book.copy_worksheet(sheet)
    heads = heads_of(sheet)
    for row in range(4, sheet.max_row + 1):
        for heading in ("同意销号", "审核人", "审核日期"):
            sheet.cell(row, heads[heading]).value = None


def renaming(old: str, new: str) -> Callable[[Book, Worksheet], None]:
    def change(_book: Book, sheet: Worksheet) -> None:
        sheet.cell(3, heads_of(sheet)[old]).value = new

    return change


@pytest.mark.parametrize(
    "change",
    [
        renamed_sheet,
        only_that_sheet,
        copied_sheet,
        renaming("审核日期", "审核时间"),
        renaming("审核日期", "哪天定的"),
        renaming("审核人", "领导签字"),
        renaming("同意销号", "是否同意销号（是/否）"),
    ],
)
def test_a_decision_is_followed_whatever_its_sheet_and_headings_are_called(
    office: Office, change: Callable[[Book, Worksheet], None]
) -> None:
    review(office, {"3-1": {"同意销号": "是", **SIGNED}}, change)
    office.run()
    assert (office.decisions(), office.refused()) == (CLOSED, [])
    reports = [report["reported"] for report in office.record["reports"]]
    assert reports == [False] * len(reports)


def test_a_lost_heading_is_said_and_nothing_is_half_read(office: Office) -> None:
    def without_two(_book: Book, sheet: Worksheet) -> None:
        heads = heads_of(sheet)
        for heading in ("审核人", "审核日期"):
            sheet.cell(3, heads[heading]).value = None

    review(office, {"3-1": {"同意销号": "是", **SIGNED}}, without_two)
    office.run()
    assert office.decisions() == []
    assert "找不到“审核人”、“审核日期”" in office.message("X504")
    assert "没有填写审核意见" not in str(office.record["inputs"])


@pytest.mark.parametrize("yes", ["是", "√", "同意", "是。", "Y", "☑", "同意销号", "准予销号"])
def test_every_plain_way_of_saying_yes_closes(office: Office, yes: str) -> None:
    review(office, {"3-1": {"同意销号": yes, **SIGNED}})
    assert office.run().decisions() == CLOSED


@pytest.mark.parametrize("no", ["否", "×", "不同意", "暂不销号", "N"])
def test_every_plain_way_of_saying_no_sends_back(office: Office, no: str) -> None:
    review(office, {"3-1": {"同意销号": no, "审核意见": "请补充数据", **SIGNED}})
    assert office.run().decisions() == [("3-1", "send_back")]


@pytest.mark.parametrize(
    ("written", "on"),
    [("6月8日", "2026-06-08"), ("六月8号", "2026-06-08"), ("12月30日", "2025-12-30")],
)
def test_the_day_of_a_signature_without_a_year_is_the_last_such_day(
    office: Office, written: str, on: str
) -> None:
    review(office, {"3-1": {"同意销号": "是", "审核人": "王主任", "审核日期": written}})
    office.run()
    if on < "2026":
        assert "早于反馈日期" in office.refused()[0][1]
    else:
        assert [decision["on"] for decision in office.record["decisions"]] == [on]


@pytest.mark.parametrize(
    ("written", "until"),
    [("9月底", "2026-09-30"), ("十月31日", "2026-10-31"), ("2月末", "2027-02-28")],
)
def test_an_extension_without_a_year_is_to_come(office: Office, written: str, until: str) -> None:
    review(office, {"3-2": {"延期至": written, "依据": "会议纪要", **SIGNED}})
    office.run()
    assert [(d["ruling"], d["until"]) for d in office.record["decisions"]] == [("extend", until)]


@pytest.mark.parametrize(
    ("day", "why"), [(dt.date(2026, 6, 13), "晚于截至日期"), (dt.date(2025, 12, 1), "早于反馈日期")]
)
def test_a_day_that_cannot_be_is_asked(office: Office, day: dt.date, why: str) -> None:
    review(office, {"3-1": {"同意销号": "是", "审核人": "王主任", "审核日期": day}})
    office.run()
    assert office.decisions() == []
    assert [(id_, why in reason) for id_, reason in office.refused()] == [("3-1", True)]


def test_a_signature_merged_over_rows_signs_each_that_decides(office: Office) -> None:
    def merge(_book: Book, sheet: Worksheet) -> None:
        heads = heads_of(sheet)
        for heading in ("依据", "审核人", "审核日期"):
            sheet.merge_cells(
                start_row=4, end_row=6, start_column=heads[heading], end_column=heads[heading]
            )

    cells: dict[str, dict[str, Any]] = {
        "3-1": {"同意销号": "是", "依据": "会议纪要", **SIGNED},
        "3-2": {"延期至": dt.date(2026, 12, 31)},
    }
    review(office, cells, merge)
    office.run()
    assert office.decisions() == [*CLOSED, ("3-2", "extend")]
    assert office.refused() == []


def test_what_was_not_followed_stands_in_red_with_its_reason_and_is_done_once_it_is_complete(
    office: Office,
) -> None:
    review(office, {"3-1": {"同意销号": "是", "审核人": "王主任"}})
    office.run()
    assert office.refused() == [("3-1", "没有填写审核日期")]
    report = (office.folder / "运行说明.txt").read_text(encoding="utf-8-sig")
    assert "有1条审核意见没有采用（3-1：没有填写审核日期）" in report
    sheet = openpyxl.load_workbook(office.folder / "汇总台账.xlsx")["整改台账"]
    heads = heads_of(sheet)
    cell = sheet.cell(4, heads["同意销号"])
    assert (cell.value, cell.font.color.rgb) == ("是", "FF9C2A2A")
    assert sheet.cell(4, heads["审核人"]).value == "王主任"
    assert "没有填写审核日期" in str(sheet.cell(4, heads["审核情况"]).value)
    assert sheet.cell(5, heads["同意销号"]).value is None
    review(office, {"3-1": {"审核日期": dt.date(2026, 6, 15)}})
    assert office.run().decisions() == CLOSED
    assert office.refused() == []


def test_a_refused_decision_needs_a_new_date_before_it_is_followed(office: Office) -> None:
    """Else a 是 of before the work was done would close the item as soon as its unit reports it done."""
    review(office, {"3-2": {"同意销号": "是", **SIGNED}})
    office.run()
    assert "不能销号" in office.refused()[0][1]
    sheet = openpyxl.load_workbook(office.folder / "汇总台账.xlsx")["整改台账"]
    assert sheet.cell(5, heads_of(sheet)["审核人"]).value == "王主任"
    assert sheet.cell(5, heads_of(sheet)["审核日期"]).value is None


def test_reviewers_who_disagree_are_asked(office: Office) -> None:
    yes = {"同意销号": "是", **SIGNED}
    no = {"同意销号": "否", "审核意见": "请补充数据", "审核人": "李书记", "审核日期": "6月9日"}
    review(office, {"3-1": yes}, name="汇总台账（王）.xlsx")
    review(office, {"3-1": no}, name="汇总台账（李）.xlsx")
    office.run()
    assert office.decisions() == []
    message = office.message("I118")
    assert "王主任（2026-06-08）销号" in message
    assert "李书记（2026-06-09）退回" in message
    assert office.refused() == [("3-1", "几位审核人的意见不一致")] * 2


def test_one_person_may_think_better_of_it(office: Office) -> None:
    later = {"同意销号": "否", "审核意见": "请补充数据", "审核人": "王主任", "审核日期": "6月9日"}
    review(office, {"3-1": {"同意销号": "是", **SIGNED}}, name="汇总台账2.xlsx")
    review(office, {"3-1": later}, name="汇总台账1.xlsx")
    office.run()
    assert office.decisions() == [("3-1", "close"), ("3-1", "send_back")]
    assert office.rows["3-1"]["flags"] == ["carried"]
