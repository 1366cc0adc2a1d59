"""Cells: cleaned without loss, errors never blank, what was put right listed before → after."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from tests.support.drawn import HEAD, Sheet, line, reading, said, values


def test_an_error_cell_is_unreadable_and_shows_what_it_shows() -> None:
    read = reading([HEAD, line(1, 整改进展情况=("=VLOOKUP(A2,B:C,2,0)", "#N/A"))])
    (row,) = read.rows
    assert row.item.progress == ""
    assert row.typed["progress"] == "#N/A"
    assert row.unreadable["progress"].reported
    assert [found.place.cell for found in said(read, "X201")] == ["G2"]


def test_a_row_of_nothing_but_an_error_is_a_row() -> None:
    read = reading([HEAD, line(1), [*[""] * 6, ("=1/0", "#DIV/0!"), ""]])
    assert [row.origin.row for row in read.rows] == [2, 3]


def test_formulas_are_read_by_their_result_and_said_once_a_column() -> None:
    read = reading([HEAD, line(1, 问题编号=("=ROW()-1", 1)), line(2, 问题编号=("=ROW()-1", 2))])
    assert values(read, "id") == ["1", "2"]
    (note,) = said(read, "X207")
    assert "A2=ROW()-1、A3=ROW()-1" in note.message


@pytest.mark.parametrize("text", ["=1+1", "+86联系人", "-1.2%", "@all", '=HYPERLINK("http://a")'])
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    read = reading([HEAD, line(1, 整改进展情况=text)])
    assert values(read, "progress") == [text]
    assert not read.findings


def test_a_comment_is_said_wherever_it_stands() -> None:
    read = reading(
        Sheet([HEAD, line(1, 整改进展情况="")], comments=(("G2", "已于3月完成"), ("J2", "旁边")))
    )
    assert [(found.place.cell, found.value) for found in said(read, "X204")] == [
        ("G2", "已于3月完成"),
        ("J2", "旁边"),
    ]


def test_trimmed_blanks_are_no_news_and_invisible_characters_one_note() -> None:
    read = reading([HEAD, *[line(n, 整改进展情况=f" 召开会议{n}次。\r\n") for n in range(1, 61)]])
    assert not read.findings
    read = reading(
        [HEAD, *[line(n, 整改进展情况=f"召开\u200b会议\xa0{n}次。") for n in range(1, 61)]]
    )
    assert [found.rule for found in read.findings] == ["X402"]
    assert "60个单元格" in read.findings[0].message
    assert values(read, "progress")[0] == "召开会议 1次。"


def test_every_repair_is_listed_before_and_after() -> None:
    head = [*HEAD, "完成时间", "涉及金额（万元）", "处理人次"]
    row = [*line(1, 牵头单位="规建局", 整改状态="以完成"), "2026.6.3", "35000元", "三人次"]
    read = reading([head, row])
    item = read.rows[0].item
    assert (item.completed_on, item.money, item.people) == (dt.date(2026, 6, 3), Decimal("3.5"), 3)
    notes = {found.column: found.message for found in said(read, "X401")}
    assert "“规建局”→“规划建设局”（E2）" in notes["lead_unit"]
    assert "“以完成”→“已完成”" in notes["status"]
    assert "“2026.6.3”→“2026-06-03”" in notes["completed_on"]
    assert "“35000元”→“3.5" in notes["money"]
    assert "“三人次”→“3”" in notes["people"]


def test_one_repair_made_sixty_times_is_one_note() -> None:
    read = reading([HEAD, *[line(n, 牵头单位="规建局") for n in range(1, 61)]])
    (note,) = read.findings
    assert "60处" in note.message


def test_the_letter_o_in_a_year_is_said() -> None:
    read = reading([HEAD, line(1, 整改进展情况="2O26年3月修订。")])
    assert values(read, "progress") == ["2026年3月修订。"]
    assert "2O26" in said(read, "X401")[0].message


def test_a_clean_return_says_nothing() -> None:
    read = reading(
        [
            ["规划建设局整改台账"],
            ["填报单位：规划建设局 填报时间：2026年6月12日"],
            HEAD,
            line(1),
            line(2),
        ]
    )
    assert not read.findings
    assert not read.untaken
    assert read.report_date == dt.date(2026, 6, 12)


def test_a_number_read_as_a_status_is_listed_too() -> None:
    read = reading([HEAD, line(1, 整改状态=0.8), line(2, 整改状态=100)])
    assert [status.value for status in values(read, "status")] == ["in_progress", "done"]
    assert "“0.8”→“正在整改”（H2）；“100”→“已完成”（H3）" in said(read, "X401")[0].message
