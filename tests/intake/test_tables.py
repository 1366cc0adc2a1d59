"""Tables: wherever they stand on whichever sheet, with whatever stands around them; every row accounted for."""

from __future__ import annotations

import pytest

from tests.support.drawn import HEAD, LINE, Sheet, line, reading, said, values
from toolkit.ledger.submission import Submission

TITLE = ["规划建设局整改台账"]


def accounted(read: Submission) -> list[int]:
    """The row numbers that were taken or named."""
    return sorted(
        [row.origin.row for row in read.rows] + [left.row for left in read.untaken if left.row]
    )


def shifted(rows: list[list[str]], down: int = 0, right: int = 0) -> list[list[str]]:
    return [[]] * down + [[""] * right + list(row) for row in rows]


@pytest.mark.parametrize(("down", "right"), [(0, 0), (3, 0), (0, 2), (60, 1)])
def test_a_table_is_found_wherever_it_begins(down: int, right: int) -> None:
    read = reading(shifted([HEAD, line(1), line(2)], down, right))
    assert values(read, "id") == ["1-1", "1-2"]
    assert read.rows[0].origin.row == down + 2
    assert read.rows[0].place("id").cell == f"{'ABC'[right]}{down + 2}"


def test_rows_that_are_no_data_are_named_with_their_reason() -> None:
    rows = [
        TITLE, ["填报单位：规划建设局"], HEAD,
        ["一、聚焦落实重大决策方面（共2项）"], line(1), HEAD, line(2), ["/"] * 8, [], ["小计", "", "2"],
        ["填报人：张三", "", "审核人：李四"], ["注：1.本表每周报送。"],
    ]  # fmt: skip
    read = reading(rows)
    assert values(read, "id") == ["1-1", "1-2"]
    assert [(left.row, left.reason) for left in read.untaken] == [
        (4, "标题、分节行"), (6, "重复的表头"), (8, "只有“/”“—”等符号的行"), (10, "合计、小计行"),
        (11, "签字、说明行"), (12, "签字、说明行"),
    ]  # fmt: skip
    assert read.unit == "规划建设局"


def test_text_above_the_table_is_named_unless_it_is_title_or_sender() -> None:
    read = reading([TITLE, ["因机构改革，1-2问题申请调整牵头单位。"], HEAD, line(1)])
    assert [(left.row, left.reason) for left in read.untaken] == [(2, "表头上方的文字")]


def test_a_heading_of_two_rows_without_merges_is_joined_where_the_second_completes_the_first() -> (
    None
):
    rows = [
        ["序号", "分项问题", "整改措施", "责任落实", "", "整改进展", ""],
        ["", "", "", "责任领导", "责任单位", "整改状态", "情况"],
        [
            "1-1",
            "分项一。",
            "修订办法。",
            "张三",
            "规划建设局",
            "已完成",
            "修订了《甲办法》，召开会议三次。",
        ],
    ]
    (row,) = reading(rows).rows
    assert (row.item.lead_leader, row.item.lead_unit, row.item.progress[:2]) == (
        "张三",
        "规划建设局",
        "修订",
    )
    assert row.origin.row == 3


def test_a_row_of_column_numbers_is_no_data() -> None:
    read = reading([HEAD, [1, 2, 3, 4, 5, 6, 7, 8], line(1)])
    assert [(left.row, left.reason) for left in read.untaken] == [(2, "栏号行")]
    assert values(read, "id") == ["1-1"]


def test_two_tables_one_below_the_other_are_both_read() -> None:
    other = ["编号", "具体措施", "责任部门", "完成时限", "状态"]
    rows = [
        HEAD,
        line(1),
        [],
        ["选人用人专项清单"],
        other,
        ["9-1", "开展培训。", "财政金融局", "2026-07-01", "已完成"],
    ]
    read = reading(rows)
    assert values(read, "id") == ["1-1", "9-1"]
    assert read.rows[1].place("status").cell == "E6"
    assert accounted(read) == [2, 4, 6]


def test_two_tables_side_by_side_are_both_read() -> None:
    rows = [[*HEAD, "", *HEAD], [*line(1), "", *line(2)], [*[""] * 8, "", *line(3)]]
    read = reading(rows)
    assert values(read, "id") == ["1-1", "1-2", "1-3"]
    assert read.rows[1].place("id").cell == "J2"


def test_notes_beside_the_table_are_named_with_their_cell() -> None:
    read = reading([HEAD, [*line(1), "", "这一行请领导再核"], [*line(2)]])
    (note,) = said(read, "X107")
    assert note.place.cell == "J2"
    assert "这一行请领导再核" in note.message
    read = reading([HEAD, line(1), [*[""] * 9, "单独一格"]])
    assert [(left.row, left.reason) for left in read.untaken] == [(3, "表格旁边的内容")]


def test_sample_sheets_are_not_read_unless_the_unit_wrote_there() -> None:
    sample = Sheet([HEAD, line(9)], "样表")
    both = reading(Sheet([HEAD, line(1)], "台账"), sample)
    assert values(both, "id") == ["1-1"]
    assert [(left.sheet, left.row) for left in both.untaken] == [("样表", 0)]
    only = reading(sample)
    assert values(only, "id") == ["1-9"]
    assert said(only, "X310")
    assert not only.untaken


def test_a_table_on_a_later_sheet_is_found_and_a_sheet_without_one_is_named() -> None:
    read = reading(Sheet([["封面"]], "封面"), Sheet([HEAD, line(1)], "数据"))
    assert values(read, "id") == ["1-1"]
    assert [(left.sheet, left.reason) for left in read.untaken] == [("封面", "没有找到台账表头")]


def test_hidden_rows_and_sheets_are_read_and_said() -> None:
    read = reading(
        Sheet([HEAD, line(1), line(2)], hidden_rows=(3,)),
        Sheet([HEAD, line(3)], "旧表", hidden=True),
    )
    assert values(read, "id") == ["1-1", "1-2", "1-3"]
    assert [found.place.cell for found in said(read, "X205")] == ["A3"]
    assert [found.place.sheet for found in said(read, "X209")] == ["旧表"]


def test_parallel_lists_have_their_sheet_as_source_and_their_numbers_do_not_collide() -> None:
    lists = [
        Sheet([HEAD, line(1), line(2)], "常规巡察"),
        Sheet([HEAD, line(1, 具体问题="干部档案不规范")], "选人用人专项检查"),
    ]
    read = reading(*lists, has_baseline=False)
    assert values(read, "source") == ["常规巡察", "常规巡察", "选人用人专项检查"]
    assert values(read, "id") == ["1-1", "1-2", "选人用人-1-1"]
    assert read.rows[2].place("source").sheet == "选人用人专项检查"
    assert len(said(read, "X308")) == 2


@pytest.mark.parametrize(
    "names", [("Sheet1", "Sheet2"), ("规划建设局", "财政金融局"), ("整改台账", "问题清单")]
)
def test_sheet_names_that_name_no_source_give_none(names: tuple[str, str]) -> None:
    read = reading(Sheet([HEAD, line(1)], names[0]), Sheet([HEAD, line(2)], names[1]))
    assert values(read, "source") == ["", ""]


def test_of_sheets_of_several_weeks_only_the_newest_is_taken() -> None:
    old, new = [HEAD, line(1), line(2)], [HEAD, line(1, 整改状态="已完成"), line(2)]
    read = reading(Sheet(old, "第3周"), Sheet(new, "第10周"))
    assert [(row.origin.sheet, row.item.status.value) for row in read.rows] == [
        ("第10周", "done"),
        ("第10周", "in_progress"),
    ]
    assert [(left.sheet, left.row) for left in read.untaken] == [("第3周", 2), ("第3周", 3)]
    assert said(read, "X311")


def test_three_lists_about_the_same_problems_are_one_row_each() -> None:
    problems = Sheet(
        [
            ["编号", "分项问题", "具体问题"],
            ["1-1", "分项。", "具体一"],
            ["1-2", "分项。", "具体二"],
        ],
        "问题清单",
    )
    tasks = Sheet(
        [
            ["编号", "整改措施", "整改时限"],
            ["1-1", "修订办法。", "2026-06-30"],
            ["1-2", "清退。", "立行立改"],
        ],
        "任务清单",
    )
    duties = Sheet(
        [
            ["编号", "牵头单位", "责任人"],
            ["1-1", "规划建设局", "张三"],
            ["1-2", "财政金融局", "李四"],
        ],
        "责任清单",
    )
    read = reading(problems, tasks, duties)
    assert values(read, "measures") == [("修订办法。",), ("清退。",)]
    assert values(read, "lead_unit") == ["规划建设局", "财政金融局"]
    assert str(read.rows[1].place("owner")).endswith("责任清单!C3")
    assert len(read.rows) + sum(left.row > 0 for left in read.untaken) == 6


def test_a_file_without_a_table_says_what_was_looked_for() -> None:
    read = reading([["今天天气很好"]])
    assert read.verdict == "rejected"
    assert "整改措施" in read.reason


def test_help_and_findings_sheets_of_our_own_workbooks_are_neither_data_nor_news() -> None:
    own = Sheet(
        [HEAD, line(1)],
        "整改台账",
        properties=(("模板", "zhenggai.ledger"), ("单位", "规划建设局")),
    )
    read = reading(own, Sheet([HEAD, line(2)], "核查意见"), Sheet([["栏目"]], "填表说明"))
    assert values(read, "id") == ["1-1"]
    assert not read.untaken
    assert LINE[0] == "1-1"


def test_a_cell_beside_a_narrower_table_is_named_though_another_table_has_that_column() -> None:
    narrow = ["", "编号", "具体措施", "责任部门", "完成时限", "状态"]
    read = reading(
        [
            HEAD,
            line(1),
            narrow,
            ["", "9-1", "开展培训。", "财政金融局", "2026-07-01", "已完成"],
            ["只在A列"],
        ]
    )
    assert values(read, "id") == ["1-1", "9-1"]
    assert [(left.row, left.reason) for left in read.untaken] == [(5, "表格旁边的内容")]


def test_a_merge_that_reaches_below_the_sheet_does_no_harm() -> None:
    read = reading(Sheet([HEAD], merges=("A1:A3", "B1:B3")))
    assert read.verdict == "accepted"
    assert not read.rows
