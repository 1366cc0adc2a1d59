"""Headings in the words of offices: a shape is read as its column; what has a meaning of its own is read as none."""

from __future__ import annotations

import pytest

from tests.intake.headings_of_offices import MEANT, OWN
from tests.support.drawn import Sheet, reading
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


@pytest.mark.parametrize(
    "cells",
    [
        {"分项问题": "分项问题。", "整改状态": "阶段性完成", "制度成果": "完善制度。"},
        {"分项问题": "具体问题。", "整改状态": "阶段性完成", "整改措施": "整改措施。"},
        {"分项问题": "整改落实", "整改进展情况": "进展情况", "整改状态": "长期坚持"},
    ],
)
def test_values_that_read_like_headings_begin_no_table(cells: dict[str, str]) -> None:
    heads = ("问题编号", "分项问题", "具体问题", "整改措施", "整改进展情况", "整改状态", "制度成果")
    rows = [
        (
            f"3-{n}",
            f"分项问题{n}。",
            f"第{n}个问题",
            "健全机制。",
            f"5月{n}日开会{n}次。",
            "正在整改",
            "",
        )
        for n in (1, 2)
    ]
    odd = dict(zip(heads, rows[0], strict=True)) | {"问题编号": "3-3"} | cells
    read = reading(Sheet([heads, *rows, tuple(odd[head] for head in heads)], "整改台账"))
    assert [row.item.id for row in read.rows] == ["3-1", "3-2", "3-3"]


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


# Whole forms of other kinds of rectification: "-" is a column of the office's own.
FORMS = {
    "审计": "序号:id 审计项目:- 问题类别:main_problem 审计查出（发现）的主要问题:problem 问题定性:- 问题金额:- 审计建议:- "
    "被审计单位/整改责任单位:lead_unit 督导科室:- 整改时限:deadline 整改措施:measures 整改进展情况:progress 已整改金额:- "
    "是否整改到位:status 未整改到位原因:difficulty 佐证材料:evidence",
    "环保": "序号:id 整改任务:sub_problem 问题描述:problem 点位:- 责任单位:lead_unit 行业主管部门:- 包保领导:lead_leader "
    "整改目标:goal 整改措施:measures 整改时限:deadline 整改进度（%）:- 整改完成情况:progress 县级验收时间:- 整改状态:status",
    "安全": "隐患编号:id 隐患描述:problem 隐患位置:- 隐患等级（一般/重大）:- 排查日期:- 排查人:- 整改责任单位:lead_unit "
    "整改责任人:owner 整改措施:measures 整改资金（元）:- 整改期限:deadline 应急预案:- 整改情况:progress "
    "治理状态（未整改/整改中/待验收/已验收）:status 复查人:- 复查意见:-",
    "督办": "督办事项:sub_problem 任务内容:problem 重点任务:- 承办单位:lead_unit 协办单位:co_units 交办时间:- 办结时限:deadline "
    "办理（具体）进展情况:progress 办理状态:status 是否闭环:- 满意度:-",
    "学校": "一级问题:main_problem 二级问题:sub_problem 问题表现:problem 分管校领导:lead_leader 牵头学院/部门:lead_unit "
    "经办人及电话:owner 经费投入（万元）:- 是否需校级协调:-",
    "机关": "方面:main_problem 问题类别:sub_problem 具体问题表现:problem 包抓领导:lead_leader 责任股室（单位）:lead_unit "
    "配合股室（单位）:co_units 整改进展及成效:progress 建章立制情况:regulations 问责人数:-",
    "内控": "编号:id 缺陷描述:problem 风险等级:- 影响范围:- 整改责任部门:lead_unit 整改负责人:owner 计划完成时间:deadline "
    "实际完成时间:completed_on 整改状态:status 验证人:- 验证结论:-",
    "医院": "序号:id 检查发现的问题:problem 责任科室:lead_unit 科室主任:- 处理措施:measures 完成期限:deadline 整改效果:progress "
    "复查结果:- 职能部门督导意见:-",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_whole_form_is_understood_column_by_column(form: str) -> None:
    pairs = [pair.rpartition(":")[::2] for pair in form.split()]
    expected = [(text, "" if code == "-" else code) for text, code in pairs]
    read = codes(*(text for text, _ in pairs))
    assert list(zip((text for text, _ in pairs), read, strict=True)) == expected


def test_a_rate_alone_still_tells_the_status() -> None:
    assert codes("具体问题", "整改进度（%）") == ("problem", "status")
