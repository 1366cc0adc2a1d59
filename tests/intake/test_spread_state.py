"""A state spread over columns: the column in which the tick stands is the state; what cannot be told is asked, never guessed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.drawn import HEAD, LINE, Sheet, reading, said, values
from toolkit.ledger.status import Status
from toolkit.ledger.submission import Submission

DONE, OPEN, NOT, PHASED = Status.DONE, Status.IN_PROGRESS, Status.NOT_STARTED, Status.PHASED
PLAIN = HEAD[:-1]


def spread(
    group: str, parts: list[str], *cells: list[Any], merged: bool = True, extra: str = ""
) -> Submission:
    """A ledger whose status is spread over `parts` under `group`; `cells` are what stands in them, row by row."""
    width = len(parts)
    upper = [*PLAIN, group, *[""] * (width - 1), *([extra] if extra else [])]
    lower = ["" for _ in PLAIN] + parts
    rows = [[f"1-{n}", *LINE[1:-1], *row] for n, row in enumerate(cells, 1)]
    letters = "ABCDEFGHIJKLMN"
    merges = tuple(f"{letters[col]}1:{letters[col]}2" for col in range(len(PLAIN)))
    merges += (f"{letters[len(PLAIN)]}1:{letters[len(PLAIN) + width - 1]}1",)
    return reading(Sheet([upper, lower, *rows], merges=merges if merged else ()))


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize(
    "group", ["整改状态（打√）", "整改状态", "完成情况（请打√）", "整改进度", "是否完成"]
)
@pytest.mark.parametrize("tick", ["√", "✔", "☑", "■", "是", 1, "✅"])
def test_the_column_with_the_tick_is_the_state(group: str, tick: object, *, merged: bool) -> None:
    read = spread(
        group, ["已完成", "正在整改", "未启动"],
        [tick, "", ""], ["", tick, ""], ["", "", tick], merged=merged,
    )  # fmt: skip
    assert values(read, "status") == [DONE, OPEN, NOT]
    assert [row.place("status").cell for row in read.rows] == ["H3", "I4", "J5"]
    (note,) = said(read, "X110")
    assert "“已完成”、“正在整改”、“未启动”3栏" in note.message
    assert not said(read, "X102")
    assert not said(read, "X103")


@pytest.mark.parametrize(
    ("parts", "states"),
    [
        (["整改到位", "基本完成", "未完成"], [DONE, PHASED, OPEN]),
        (["已办结", "推进中"], [DONE, OPEN]),
        (["完成（打√）", "未整改（打√）"], [DONE, NOT]),
        (["100%", "50%", "0%"], [DONE, OPEN, NOT]),
    ],
)
def test_whatever_words_the_office_has_for_its_states(
    parts: list[str], states: list[Status]
) -> None:
    ticks = [["√" if n == row else "" for n in range(len(parts))] for row in range(len(parts))]
    assert values(spread("整改状态", parts, *ticks), "status") == states


@pytest.mark.parametrize("group", ["是否完成", "是否整改到位", "问题是否已解决"])
def test_yes_and_no_side_by_side(group: str) -> None:
    read = spread(group, ["是", "否"], ["√", ""], ["", "√"])
    assert values(read, "status") == [DONE, OPEN]


def test_yes_and_no_to_another_question_is_no_state() -> None:
    read = spread("是否需要协调", ["是", "否"], ["√", ""], ["", "√"])
    assert values(read, "status") == [None, None]
    assert said(read, "X103")


@pytest.mark.parametrize("boxes", [("☑", "□"), ("■", "□"), ("√", "×"), ("是", "否"), (1, 0)])
def test_boxes_in_every_column_are_ticked_or_not(boxes: tuple[object, object]) -> None:
    full, empty = boxes
    read = spread("整改状态", ["已完成", "正在整改"], [full, empty], [empty, full])
    assert values(read, "status") == [DONE, OPEN]
    assert not said(read, "X212")


def test_columns_of_ticks_without_a_group_above_them() -> None:
    read = reading(
        [
            [*PLAIN, "已完成", "正在整改", "未启动", "完成时间"],
            [*LINE[:-1], "", "√", "", ""],
            ["1-2", *LINE[1:-1], "√", "", "", "2026-03-20"],
        ]
    )
    assert values(read, "status") == [OPEN, DONE]
    assert str(values(read, "completed_on")[1]) == "2026-03-20"


def test_kinds_of_rectification_may_be_ticked_as_well() -> None:
    parts = ["立行立改", "限期整改", "长期坚持"]
    read = spread("整改类型", parts, ["", "√", ""], ["", "", "√"], extra="整改状态")
    assert values(read, "kind") == ["限期整改", "长期坚持"]
    assert values(read, "status") == [None, None]


def test_a_tick_merged_over_the_rows_of_one_problem_counts_once() -> None:
    upper, lower = [*PLAIN, "整改状态", ""], [*[""] * len(PLAIN), "已完成", "未完成"]
    rows = [[*LINE[:-1], "√", ""], ["", "", "", "召开会议。", "", "", "", "", ""]]
    merges = ("H1:I1", *(f"{letter}1:{letter}2" for letter in "ABCDEFG"), "A3:A4", "H3:H4")
    read = reading(Sheet([upper, lower, *rows], merges=merges))
    assert values(read, "status") == [DONE]
    assert read.rows[0].item.measures == ("修订办法。", "召开会议。")


@pytest.mark.parametrize(
    ("cells", "asked"),
    [
        (["√", "√", ""], "在“已完成”、“正在整改”几栏都打了√"),
        (["√", "6月补办", ""], "的“正在整改”一栏写的是“6月补办”，不是√"),
        (["", "", "等文件"], "的“未启动”一栏写的是“等文件”，不是√"),
    ],
)
def test_two_ticks_and_other_words_are_asked(cells: list[str], asked: str) -> None:
    parts = ["已完成", "正在整改", "未启动"]
    read = spread("整改状态", parts, cells, ["√", "", ""], ["", "√", ""], ["", "", "√"])
    assert values(read, "status") == [None, DONE, OPEN, NOT]
    (found,) = said(read, "X212")
    assert asked in found.message
    assert found.severity == "error"
    assert read.rows[0].unreadable["status"].reported


def test_a_row_without_a_tick_says_nothing() -> None:
    read = spread("整改状态", ["已完成", "正在整改"], ["", ""], ["√", ""])
    assert values(read, "status") == [None, DONE]
    assert "status" not in read.rows[0].typed


@pytest.mark.parametrize(
    ("parts", "cells"),
    [
        (["甲", "乙"], ["√", ""]),
        (["第一阶段", "第二阶段"], ["√", "√"]),
        (["已完成", "正在整改"], ["3月印发《甲办法》", ""]),
    ],
)
def test_a_shape_that_is_not_understood_is_an_error_and_no_state(
    parts: list[str], cells: list[str]
) -> None:
    read = spread("整改状态", parts, cells, cells)
    assert values(read, "status") == [None, None]
    assert {found.severity for found in said(read, "X109")} == {"error"}
    assert not said(read, "X103")


def test_columns_of_words_beside_a_status_are_none_of_its_business() -> None:
    read = reading([[*HEAD, "已完成", "未完成"], [*LINE, "√", ""]])
    assert values(read, "status") == [OPEN]
    assert not said(read, "X109")
