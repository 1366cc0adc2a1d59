"""Headings of two rows: the lower word tells by itself, with its group only where that makes another word."""

from __future__ import annotations

import pytest

from tests.support.drawn import HEAD, LINE, Sheet, reading, said, values

AT = HEAD.index("牵头单位")


def grouped(group: str, low: str, cell: str) -> Sheet:
    """The usual table with one more column, under this word, which shares a group with 牵头单位."""
    top = [*HEAD[:AT], group, "", *HEAD[AT + 1 :]]
    bottom = [*[""] * AT, low, "牵头单位", *[""] * (len(HEAD) - AT - 1)]
    single = [n for n, text in enumerate(bottom) if not text]
    merges = tuple(f"{chr(65 + n)}1:{chr(65 + n)}2" for n in single)
    rows = [top, bottom, [*LINE[:AT], cell, *LINE[AT:]]]
    return Sheet(rows, merges=(*merges, f"{chr(65 + AT)}1:{chr(66 + AT)}1"))


@pytest.mark.parametrize(
    "low",
    [
        "牵头县领导",
        "牵头市领导",
        "牵头区领导",
        "牵头镇领导",
        "县级牵头领导",
        "牵头市（区）领导",
        "责任领导",
    ],
)
@pytest.mark.parametrize("group", ["责任落实", "责任分工", "整改责任"])
def test_the_lower_word_alone_is_read_whatever_its_group_is(group: str, low: str) -> None:
    read = reading(grouped(group, low, "刘县长"))
    assert values(read, "lead_leader") == ["刘县长"]
    assert values(read, "lead_unit") == ["规划建设局"]
    assert not said(read, "X101")


def test_a_group_that_makes_another_word_of_the_lower_one_counts() -> None:
    assert values(reading(grouped("下一步", "措施", "8月底前验收")), "next_steps") == [
        "8月底前验收"
    ]
    assert values(reading(grouped("未完成", "原因", "审批周期较长")), "difficulty") == [
        "审批周期较长"
    ]


def test_a_misspelt_lower_word_is_compared_without_its_group() -> None:
    read = reading(grouped("责任落实", "牵头领异", "刘县长"))
    assert values(read, "lead_leader") == ["刘县长"]
    assert said(read, "X104")[0].value == "牵头领异"


def test_an_unknown_lower_word_is_named_by_itself() -> None:
    read = reading(grouped("责任落实", "办公地点", "三楼"))
    assert said(read, "X101")[0].value == "办公地点"


@pytest.mark.parametrize("group", ["上期情况", "上周", "调整前"])
def test_what_stands_under_last_time_is_not_how_things_stand_now(group: str) -> None:
    upper = [
        "问题编号",
        "分项问题",
        "整改措施",
        "牵头单位",
        "整改时限",
        group,
        "",
        "整改进展情况",
        "整改状态",
    ]
    lower = ["", "", "", "", "", "进展情况", "整改状态", "", ""]
    row = [
        "1-1",
        "问题。",
        "修订办法。",
        "规划建设局",
        "2026-06-30",
        "旧的进展。",
        "未启动",
        "3月12日修订《甲办法》。",
        "已完成",
    ]
    merges = ("F1:G1", *(f"{letter}1:{letter}2" for letter in "ABCDEHI"))
    read = reading(Sheet([upper, lower, row], merges=merges))
    assert values(read, "progress") == ["3月12日修订《甲办法》。"]
    assert [status.value for status in values(read, "status")] == ["done"]
    assert {found.rule for found in read.findings} == {"X112"}
