"""Headings in the words of offices: a shape is read as its column; what has a meaning of its own is read as none."""

from __future__ import annotations

import pytest

from tests.intake.headings_of_offices import MEANT, OWN
from tests.support.drawn import reading
from toolkit.intake.headers import Heading, How, Office, Words
from toolkit.intake.heading_matching import match_headings
from toolkit.ledger.columns import BY_CODE

ALONE = [(text, code) for code, texts in MEANT.items() for text in texts.split()]
LEDGER = (
    "序号",
    "具体问题",
    "责任单位",
    "整改措施",
    "整改时限",
    "整改状态",
    "整改进展情况",
    "备注",
)


def matched(*headings: str | tuple[str, ...]) -> tuple[Heading, ...]:
    """The headings of one row, or of several from top to bottom, over columns that are still blank."""
    words = [
        Words(col, 1, (heading,) if isinstance(heading, str) else heading)
        for col, heading in enumerate(headings, 1)
    ]
    return match_headings(words, {}, Office())


def codes(*headings: str | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(heading.code for heading in matched(*headings))


def test_the_tables_are_as_long_as_promised() -> None:
    assert len(set(ALONE)) >= 150
    assert len(set(OWN)) >= 150
    assert set(MEANT) <= set(BY_CODE)


@pytest.mark.parametrize(("text", "code"), ALONE)
def test_a_natural_heading_means_its_column(text: str, code: str) -> None:
    assert codes(text) == (code,)


@pytest.mark.parametrize("text", OWN)
def test_a_heading_with_a_meaning_of_its_own_is_no_standard_column(text: str) -> None:
    assert codes(text) == ("",)
    assert codes(*LEDGER, text)[-1] == ""


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("责任领导", "包保领导"), ("lead_leader", "")),
        (("包保领导", "责任领导"), ("", "lead_leader")),
        (("牵头股室", "责任股室"), ("lead_unit", "co_units")),
        (("主办科室", "承办单位（全称）"), ("lead_unit", "co_units")),
        (("治理期限", "完成时间"), ("deadline", "completed_on")),
        (("整改时限", "隐患整改完成时间"), ("deadline", "completed_on")),
        (("整改进展情况", "治理成效"), ("progress", "progress")),
        (("整改进展情况", "整改措施落实情况"), ("progress", "")),
        (("整改措施", "治理措施", "处置措施"), ("measures", "", "")),
    ],
)
def test_neighbours_decide_about_shapes_as_they_do_about_words(
    headings: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert codes(*headings) == expected


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("方面", "问题类别", "具体问题表现"), ("main_problem", "sub_problem", "problem")),
        (("序号", "问题描述", "具体表现"), ("id", "sub_problem", "problem")),
        (("问题类别", "审计查出的主要问题"), ("main_problem", "problem")),
        (("一级问题", "二级问题", "问题表现"), ("main_problem", "sub_problem", "problem")),
        (("主要问题", "具体问题"), ("main_problem", "problem")),
        (("主要问题", "方面"), ("main_problem", "problem")),
    ],
)
def test_levels_of_problems_go_from_left_to_right(
    headings: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert codes(*headings) == expected


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (("责任落实", "牵头股室"), "lead_unit"),
        (("整改时间", "计划"), "deadline"),
        (("下一步", "化解措施"), "next_steps"),
        (("整改推进", "治理进展情况（截至6月底）"), "progress"),
        (("责任分解", "县级领导", "包抓领导"), "lead_leader"),
        (("验收情况", "完成时间"), ""),
        (("验收", "责任单位"), ""),
        (("复查", "责任人"), ""),
        (("督导", "责任领导"), ""),
        (("验收", "时间"), ""),
        (("延期情况", "完成时限"), ""),
        (("制度建设", "新建（个）"), ""),
    ],
)
def test_heads_of_several_rows_are_read_from_top_to_bottom(
    parts: tuple[str, ...], code: str
) -> None:
    assert codes(parts) == (code,)


@pytest.mark.parametrize("text", ["整改进展（上期）", "治理情况（上月）", "化解进展【上次】"])
def test_what_was_reported_last_time_is_never_how_things_stand(text: str) -> None:
    (heading,) = matched(text)
    assert heading.code == ""


@pytest.mark.parametrize("text", ["完成时间（计划）", "完成时间(拟)", "办结日期（预计）"])
def test_a_bracket_that_decides_is_no_hint(text: str) -> None:
    assert codes(text) == ("deadline",)


def test_a_heading_understood_by_its_shape_is_read_without_a_question() -> None:
    (heading,) = matched("4、包抓县级领导（必填）")
    assert (heading.code, heading.how) == ("lead_leader", How.GRAMMAR)


NATURAL = ["序号", "隐患描述", "责任股室（单位）", "治理措施", "治理期限", "治理情况", "治理状态"]


def test_a_row_of_data_in_the_shape_of_headings_begins_no_second_table() -> None:
    row = ["1-2", "护栏缺失", "规划建设局", "化解措施", "治理目标。", "办理情况", "治理状态"]
    other = ["1-1", "消防通道堵塞", "规划建设局", "1.清理。", "2026-06-30", "清理3处。", "正在整改"]
    read = reading([NATURAL, other, row], has_baseline=False)
    assert [each.item.sub_problem for each in read.rows] == ["消防通道堵塞", "护栏缺失"]


def test_natural_headings_alone_make_a_table_and_are_known_again_after_a_page_break() -> None:
    rows = [
        [
            f"1-{n}",
            f"第{n}处护栏缺失",
            "规划建设局",
            "1.修复。",
            "2026-06-30",
            "修复3处。",
            "正在整改",
        ]
        for n in (1, 2)
    ]
    read = reading([["××县隐患治理台账"], NATURAL, rows[0], NATURAL, rows[1]], has_baseline=False)
    assert [each.item.id for each in read.rows] == ["1-1", "1-2"]
