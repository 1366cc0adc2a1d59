"""Headings: renamed, misspelt, doubled, ambiguous – decided by the office, by words, by cells; never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.support.drawn import HEAD, LINE, Sheet, line, reading, said, values
from tests.support.items import SETTINGS
from toolkit.ledger.status import Status
from toolkit.ledger.submission import Submission
from toolkit.settings.lists import HeadingChoice


def table(changed_head: dict[str, str], cells: list[str], number: int = 4) -> list[list[str]]:
    """The usual table with one heading replaced by another one, and its cells."""
    ((old, new),) = changed_head.items()
    at = HEAD.index(old)
    rows = [line(n) for n in range(1, number + 1)]
    for row, cell in zip(rows, cells, strict=False):
        row[at] = cell
    head = list(HEAD)
    head[at] = new
    return [head, *rows]


@pytest.mark.parametrize(
    ("standard", "written"),
    [
        ("整改时限", "整改实限"),
        ("牵头单位", "责任单住"),
        ("整改措施", "整改指施"),
        ("整改状态", "整改 状\n态"),
        ("整改进展情况", "整改进展情况（限200字）*"),
        ("牵头单位", "责任部门"),
        ("整改时限", "完成时限：(填写到日)"),
        ("问题编号", "编　号"),
    ],
)
def test_renamed_and_misspelt_headings_are_understood(standard: str, written: str) -> None:
    read = reading(
        table({standard: written}, [row[HEAD.index(standard)] for row in map(line, range(1, 5))])
    )
    assert values(read, "id") == ["1-1", "1-2", "1-3", "1-4"]
    assert not said(read, "X103")
    assert not said(read, "X101")


def test_a_misspelling_is_said_and_one_that_may_be_two_things_is_asked() -> None:
    assert [
        found.place.cell for found in said(reading(table({"整改时限": "整改实限"}, [])), "X104")
    ] == ["F1"]
    read = reading([[*HEAD, "整改标淮措施"], [*LINE, "x"]])
    assert not said(read, "X104")
    (asked,) = said(read, "X105") or said(read, "X101")
    assert asked.value == "整改标淮措施"


def test_a_misspelling_is_not_taken_where_the_cells_disagree() -> None:
    read = reading(
        [
            [*HEAD, "整改类形"],
            *[[*line(n), "这里写的是一大段完全不相干的说明文字"] for n in range(1, 5)],
        ]
    )
    assert values(read, "kind") == ["", "", "", ""]
    assert said(read, "X105")[0].value == "整改类形"


def test_a_nameless_column_of_statuses_units_or_ids_is_known_by_its_cells() -> None:
    read = reading(table({"整改状态": "内容一"}, ["已完成", "正在整改", "长期坚持", "已完成"]))
    assert values(read, "status") == [Status.DONE, Status.IN_PROGRESS, Status.STANDING, Status.DONE]
    assert said(read, "X106")[0].value == "内容一"
    read = reading(table({"牵头单位": "列5"}, ["规划建设局", "财政金融局", "规建局", "社会事务局"]))
    assert values(read, "lead_unit") == ["规划建设局", "财政金融局", "规划建设局", "社会事务局"]
    read = reading(table({"问题编号": "项目"}, ["1-1", "1-2", "2-1", "2-2"]))
    assert values(read, "id") == ["1-1", "1-2", "2-1", "2-2"]


@pytest.mark.parametrize("heading", ["督导单位", "下发时间", "上周状态", "联系电话"])
def test_a_column_with_a_meaning_of_its_own_is_never_taken_for_one_of_ours(heading: str) -> None:
    cells = {
        "督导单位": "财政金融局",
        "下发时间": "2026-01-16",
        "上周状态": "已完成",
        "联系电话": "13800000000",
    }[heading]
    standard = {
        "督导单位": "牵头单位",
        "下发时间": "整改时限",
        "上周状态": "整改状态",
        "联系电话": "整改状态",
    }[heading]
    read = reading(table({standard: heading}, [cells] * 4))
    code = {"牵头单位": "lead_unit", "整改时限": "deadline", "整改状态": "status"}[standard]
    assert not any(values(read, code))
    assert said(read, "X103")


def test_the_choice_of_the_office_wins_over_everything() -> None:
    chosen = replace(SETTINGS, headings=(HeadingChoice(text="承办情况", code="progress", decided=True),
                                         HeadingChoice(text="整改措施", code="", decided=True)))  # fmt: skip
    read = reading(table({"整改进展情况": "承办情况"}, ["做了。"] * 4), settings=chosen)
    assert values(read, "progress") == ["做了。"] * 4
    assert values(read, "measures") == [()] * 4
    assert not said(read, "X101")


def test_responsible_unit_leads_alone_and_cooperates_beside_a_lead() -> None:
    alone = reading(table({"牵头单位": "责任单位"}, ["规划建设局"] * 4))
    assert values(alone, "lead_unit")[0] == "规划建设局"
    beside = reading([[*HEAD, "责任单位"], [*LINE, "财政金融局、社会事务局"]])
    assert values(beside, "lead_unit") == ["规划建设局"]
    assert values(beside, "co_units") == [("财政金融局", "社会事务局")]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["已完成", "基本完成", "正在推进", "已完成"], "status"),
        (["100%", "80%", "50%", "0%"], "status"),
        (["3月12日修订《甲办法》，新增条款五条。"] * 4, "progress"),
    ],
)
@pytest.mark.parametrize("heading", ["完成情况", "整改情况", "整改进度"])
def test_a_heading_that_may_hold_words_or_prose_is_decided_by_its_cells(
    heading: str, cells: list[str], code: str
) -> None:
    other = "整改进展情况" if code == "status" else "整改状态"
    replaced = "整改状态" if code == "status" else "整改进展情况"
    read = reading(table({replaced: heading}, cells))
    assert all(getattr(row.item, code) for row in read.rows) or "0%" in cells
    assert row_letters(read)[code] == "HG"[code == "progress"]
    assert other in HEAD


def row_letters(read: Submission) -> Mapping[str, str]:
    return read.rows[0].letters


def test_done_at_is_planned_without_a_deadline_and_actual_beside_one() -> None:
    planned = reading(
        table({"整改时限": "完成时间"}, ["2026年6月底前", "立行立改", "2026-07-01", "长期坚持"])
    )
    assert all(values(planned, "deadline"))
    beside = reading([[*HEAD, "完成时间"], [*LINE, "2026-06-12"]])
    assert values(beside, "completed_on")[0].isoformat() == "2026-06-12"
    statuses = ["已完成", "正在整改", "已完成", "正在整改"]
    days = ["2026-03-01", "", "2026-04-01", ""]
    head = [{"整改时限": "完成时间"}.get(name, name) for name in HEAD]
    rows = [
        line(n, 整改状态=s, 整改时限=d)
        for n, (s, d) in enumerate(zip(statuses, days, strict=True), 1)
    ]
    actual = reading([head, *rows])
    assert [bool(day) for day in values(actual, "completed_on")] == [True, False, True, False]


def test_problem_and_difficulty_are_told_apart() -> None:
    read = reading([[*HEAD, "存在问题"], [*LINE, "审批周期较长"]])
    assert values(read, "difficulty") == ["审批周期较长"]
    assert values(read, "problem") == ["具体问题一"]
    read = reading([[*HEAD, "存在问题和困难"], [*LINE, "审批周期较长"]])
    assert values(read, "difficulty") == ["审批周期较长"]
    read = reading(table({"具体问题": "存在问题"}, ["甲不到位", "乙不到位"], 2))
    assert values(read, "problem") == ["甲不到位", "乙不到位"]


def test_task_is_a_measure_or_a_problem_by_what_is_written() -> None:
    read = reading(
        table({"整改措施": "整改任务"}, ["修订办法。", "开展培训。", "建立机制。", "完善制度。"])
    )
    assert values(read, "measures")[1] == ("开展培训。",)
    read = reading(
        table({"分项问题": "整改任务"}, ["机制不健全", "监管不到位", "进度滞后", "标准不高"])
    )
    assert values(read, "sub_problem")[1] == "监管不到位"


def test_a_counter_beside_the_id_is_no_id() -> None:
    read = reading([["序号", *HEAD], [1, *line(1)], [2, *line(2)]])
    assert values(read, "id") == ["1-1", "1-2"]
    assert not read.findings


def test_of_doubled_columns_the_second_fills_the_blanks_and_what_differs_is_said() -> None:
    head = [*HEAD, "工作进展"]
    rows = [
        [*line(1, 整改进展情况=""), "第二列写的。"],
        [*line(2), "与第一列不同的。"],
        [*line(3), LINE[6]],
    ]
    read = reading([head, *rows])
    assert values(read, "progress") == ["第二列写的。", LINE[6], LINE[6]]
    assert read.rows[0].place("progress").cell == "I2"
    assert read.rows[1].place("progress").cell == "G3"
    assert [found.place.cell for found in said(read, "X102")] == ["I1"]
    assert [
        (found.place.cell, "与第一列不同的。" in found.message) for found in said(read, "X210")
    ] == [("I3", True)]


def test_new_and_revised_regulations_in_two_columns_are_one_list() -> None:
    read = reading([[*HEAD, "新建制度", "修订制度"], [*LINE, "《甲办法》", "《乙规则》"]])
    assert values(read, "regulations") == [("《甲办法》", "《乙规则》")]


def test_money_is_read_in_the_unit_of_its_heading_or_of_the_line_above() -> None:
    read = reading([[*HEAD, "追缴资金（元）"], [*LINE, 35000], [*line(2), "3.5万元"]])
    assert [str(amount) for amount in values(read, "money")] == ["3.5", "3.5"]
    read = reading([["整改台账"], ["单位：元"], [*HEAD, "涉及金额"], [*LINE, 126000]])
    assert [str(amount) for amount in values(read, "money")] == ["12.6"]
    read = reading([[*HEAD, "涉及金额（万元）"], [*LINE, 12.6]])
    assert [str(amount) for amount in values(read, "money")] == ["12.6"]


def test_groups_over_the_headings_tell_planned_from_actual_and_name_the_rest() -> None:
    rows = [
        ["某局整改台账"] + [""] * 8,
        ["序号", "问题", "", "整改措施", "责任落实", "", "完成时间", "", "整改进展"],
        ["", "分项问题", "具体问题", "", "责任领导", "责任单位", "计划", "实际", "情况"],
        [
            "1-1",
            "分项。",
            "具体一",
            "修订办法。",
            "张三",
            "规划建设局",
            "2026-06-30",
            "2026-06-01",
            "做了三件事，都做完了。",
        ],
    ]
    merges = ("A1:I1", "A2:A3", "B2:C2", "D2:D3", "E2:F2", "G2:H2")
    read = reading(Sheet(rows, merges=merges))
    item = read.rows[0].item
    assert (item.id, item.sub_problem, item.problem, item.lead_leader) == (
        "1-1",
        "分项。",
        "具体一",
        "张三",
    )
    assert (item.deadline.raw, item.completed_on.isoformat(), item.progress[:2]) == (
        "2026-06-30",
        "2026-06-01",
        "做了",
    )


def test_our_own_columns_are_neither_data_nor_news() -> None:
    read = reading([[*HEAD, "自检", "_key"], [*LINE, ("=1+1", "未填整改措施"), "7-7"]])
    assert [row.key for row in read.rows] == ["7-7"]
    assert not read.findings
    assert not read.untaken


def test_traditional_characters_and_padding_do_not_hide_a_heading() -> None:
    read = reading(table({"整改状态": "整改狀態"}, []))
    assert "status" in row_letters(read)
    read = reading(table({"具体问题": "问题摘要明细"}, ["甲", "乙", "丙", "丁"]))
    assert values(read, "problem") == ["甲", "乙", "丙", "丁"]
    assert said(read, "X104")


def test_a_third_heading_row_of_hints_is_part_of_the_heading() -> None:
    head = [HEAD, [""] * 8, ["", "", "", "", "", "（年月日）", "（200字以内）", "（下拉选择）"]]
    merges = tuple(f"{letter}1:{letter}3" for letter in "ABCDE") + tuple(
        f"{letter}1:{letter}2" for letter in "FGH"
    )
    read = reading(Sheet([*head, line(1)], merges=merges))
    assert [row.origin.row for row in read.rows] == [4]
    assert not read.findings
    read = reading(
        [HEAD, ["", "", "", "", "", "（年月日）", "（200字以内）", "（下拉选择）"], line(1)]
    )
    assert [(left.row, left.reason) for left in read.untaken] == [(2, "填写提示行")]


def test_a_small_table_of_notes_beside_the_ledger_is_not_part_of_it() -> None:
    read = reading([[*HEAD, "", "状态", "个数"], [*line(1), "", "已完成", 3]])
    assert [finding.rule for finding in read.findings] == ["X107", "X107"]
    assert values(read, "id") == ["1-1"]
