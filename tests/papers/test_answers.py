"""Part two of the notice from ledgers of other cities: two levels or one, marks in the cells, quotation marks in quotes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.support.items import ENTRY
from toolkit.ledger.entry import Entry
from toolkit.papers.part_two import ItemStyle, groups_of, quoted, sentence, suffix

GAP = "【尚未填报】"


def entry(**values: Any) -> Entry:
    blank = {"main_problem": "", "sub_problem": "", "problem": "", "progress": "已完成。"}
    return replace(ENTRY, item=replace(ENTRY.item, **{**blank, **values}))


def printed(*entries: Entry) -> list[str]:
    return [
        line
        for group in groups_of(entries, ItemStyle(GAP))
        for line in (group.title, *(line for answer in group.answers for line in answer.lines))
    ]


def test_a_ledger_of_two_levels_is_grouped_by_its_main_problem() -> None:
    assert printed(
        entry(main_problem="学习不深入", problem="计划没有落实"),
        entry(main_problem="学习不深入", problem="笔记不全"),
    ) == [
        "（一）学习不深入。",
        "1.针对“计划没有落实”的问题。已完成。",
        "2.针对“笔记不全”的问题。已完成。",
    ]


def test_a_ledger_of_one_level_has_a_group_a_problem() -> None:
    assert printed(entry(problem="计划没有落实"), entry(problem="笔记不全；")) == [
        "（一）计划没有落实。",
        "针对上述问题，已完成。",
        "（二）笔记不全。",
        "针对上述问题，已完成。",
    ]


def test_a_heading_that_ends_in_another_mark_is_the_same_heading() -> None:
    assert printed(
        entry(sub_problem="甲。", problem="乙"), entry(sub_problem="甲；", problem="丙")
    ) == [
        "（一）甲。",
        "1.针对“乙”的问题。已完成。",
        "2.针对“丙”的问题。已完成。",
    ]


def test_a_problem_that_repeats_its_heading_is_not_said_twice() -> None:
    assert printed(entry(sub_problem="1.学习不深入；", problem="学习不深入。")) == [
        "（一）学习不深入。",
        "针对上述问题，已完成。",
    ]


def test_the_overall_paragraph_stands_first_wherever_the_ledger_has_it() -> None:
    assert printed(
        entry(sub_problem="甲", problem="乙"), entry(sub_problem="甲", progress="总体情况。")
    ) == [
        "（一）甲。",
        "针对上述问题，总体情况。",
        "1.针对“乙”的问题。已完成。",
    ]


@pytest.mark.parametrize("overall", ["", "无", "甲", "1.甲；", "（一）甲。"])
def test_an_overall_paragraph_is_about_the_problem_above_also_before_numbered_ones(
    overall: str,
) -> None:
    """The heading is the problem: the cell is blank, says nothing, or repeats it with a mark of its own."""
    assert printed(
        entry(sub_problem="甲", problem="乙"),
        entry(sub_problem="甲", problem=overall, progress="针对上述问题，总体情况。"),
        entry(sub_problem="甲", problem="丙"),
    ) == [
        "（一）甲。",
        "针对上述问题，总体情况。",
        "1.针对“乙”的问题。已完成。",
        "2.针对“丙”的问题。已完成。",
    ]


def test_groups_are_numbered_beyond_a_hundred() -> None:
    titles = [
        group.title for group in groups_of([entry(sub_problem=f"问题{n}号") for n in range(1, 121)])
    ]
    assert titles[9] == "（十）问题10号。"
    assert titles[100] == "（一百零一）问题101号。"
    assert titles[119] == "（一百二十）问题120号。"


@pytest.mark.parametrize(
    ("cell", "heading"),
    [
        ("学习不深入问题；", "学习不深入问题。"),
        ("（一）学习不深入、", "学习不深入。"),
        ("(3)学习不深入", "学习不深入。"),
        ("1.学习不深入。", "学习不深入。"),
        ("2、学习不深入，", "学习不深入。"),
        ("三、学习不深入", "学习不深入。"),
        ("3-2 学习不深入", "学习不深入。"),
        ("⑤学习不深入", "学习不深入。"),
        ("学习\n不深入", "学习不深入。"),
        ("监督失之于软？", "监督失之于软？"),
        ("1.5万元经费未入账", "1.5万元经费未入账。"),
        ("一、二期工程未验收", "一、二期工程未验收。"),
        ("1、2号楼未验收", "1、2号楼未验收。"),
        ("（2023）年度报告未公开", "（2023）年度报告未公开。"),
        ("2022年任务未完成", "2022年任务未完成。"),
        ("（一）", "（一）。"),
        ("1）学习不深入", "学习不深入。"),
        ("（一）和（二）号楼未验收", "（一）和（二）号楼未验收。"),
        ("（一）与企业沟通不够", "与企业沟通不够。"),
    ],
)
def test_a_heading_loses_the_ledgers_own_mark_and_nothing_else(cell: str, heading: str) -> None:
    assert sentence(cell) == heading


@pytest.mark.parametrize(
    ("cell", "inside", "tail"),
    [
        ("落实“三重一大”制度不严格。", "落实‘三重一大’制度不严格", "的问题"),
        ("“一岗‘双责’”落实不到位", "‘一岗“双责”’落实不到位", "的问题"),
        ('"第一议题"制度落实不严', "‘第一议题’制度落实不严", "的问题"),
        ("存在形式主义问题", "存在形式主义问题", ""),
        ("存在形式主义问题；", "存在形式主义问题", ""),
        ("一是存在形式主义问题。", "存在形式主义问题", ""),
        ("一是学习不够；二是研究不够。", "一是学习不够；二是研究不够", "的问题"),
        ("管理不严,责任不清", "管理不严，责任不清", "的问题"),
        ("APP使用率低(低于30%)", "APP使用率低（低于30%）", "的问题"),
        ("责任\n不清、", "责任不清", "的问题"),
        ("党员‘三会一课’制度不落实", "党员‘三会一课’制度不落实", "的问题"),
        ("“甲‘乙“丙”乙’甲”", "‘甲“乙‘丙’乙”甲’", "的问题"),
        ("don’t care现象", "don’t care现象", "的问题"),
        ("甲”乙”不落实", "甲’乙’不落实", "的问题"),
    ],
)
def test_a_quoted_problem(cell: str, inside: str, tail: str) -> None:
    assert (quoted(cell), suffix(cell)) == (inside, tail)


@pytest.mark.parametrize(
    ("progress", "lines"),
    [
        ("已印发《办法》", ["已印发《办法》。"]),
        ("已整改完成.", ["已整改完成。"]),
        ("已整改，", ["已整改。"]),
        ("会议强调“要落实。”", ["会议强调“要落实。”"]),
        ("完成率100%", ["完成率100%。"]),
        (
            "主要做法：\n（1）开会2次；\n（2）印发文件",
            ["主要做法：", "（1）开会2次；", "（2）印发文件。"],
        ),
        ("(1)开会2次;\n(2)印发文件;", ["（1）开会2次；", "（2）印发文件。"]),
        ("做法：(1)开会；(2)印发f(1)表", ["做法：（1）开会；（2）印发f(1)表。"]),
        ("①开会；②印发文件；", ["①开会；②印发文件。"]),
        ("一是开会。二是检查", ["一是开会。二是检查。"]),
        ("已建成OA系统,见http://oa.gov.cn/a?b=1,2", ["已建成OA系统，见http://oa.gov.cn/a?b=1,2。"]),
        ("第一段。\n\n第二段。", ["第一段。", "第二段。"]),
        ("针对上述问题，已完成。", ["已完成。"]),
        ("针对“责任不清”的问题，已明确。", ["已明确。"]),
        ("1.针对责任不清问题：已明确。", ["已明确。"]),
        ("针对责任不清的苗头，已明确。", ["针对责任不清的苗头，已明确。"]),
        ("针对“人手不足”的问题，已补充。", ["针对“人手不足”的问题，已补充。"]),
        ("", [GAP]),
        ("无", [GAP]),
    ],
)
def test_paragraphs_of_an_answer(progress: str, lines: list[str]) -> None:
    group = groups_of(
        [entry(sub_problem="甲", problem="责任不清", progress=progress)], ItemStyle(GAP)
    )[0]
    assert list(group.answers[0].paragraphs) == lines


def test_a_problem_cell_that_says_nothing_is_no_problem() -> None:
    assert printed(entry(sub_problem="甲", problem="无")) == [
        "（一）甲。",
        "针对上述问题，已完成。",
    ]
