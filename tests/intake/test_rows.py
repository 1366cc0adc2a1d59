"""Rows: merges filled, 同上 resolved, several rows of one problem gathered; no value lost, no row vanished."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.support.drawn import HEAD, Sheet, line, reading, said, values
from toolkit.ledger.status import Status

MEASURES, UNIT, DUE, PROGRESS, STATUS = (
    HEAD.index(h) for h in ("整改措施", "牵头单位", "整改时限", "整改进展情况", "整改状态")
)


def without(row: list[str], *headings: str) -> list[str]:
    return ["" if head in headings else cell for head, cell in zip(HEAD, row, strict=True)]


def test_a_vertical_merge_is_filled_and_points_to_its_top_cell() -> None:
    rows = [HEAD, line(1), without(line(2), "牵头单位"), line(3, 牵头单位="财政金融局")]
    read = reading(Sheet(rows, merges=("E2:E3",)))
    assert values(read, "lead_unit") == ["规划建设局", "规划建设局", "财政金融局"]
    assert read.rows[1].place("lead_unit").cell == "E2"


def test_a_blank_that_no_merge_covers_stays_blank() -> None:
    read = reading([HEAD, line(1), without(line(2), "牵头单位")])
    assert values(read, "lead_unit") == ["规划建设局", ""]


@pytest.mark.parametrize("ditto", ["同上", "〃", "见上", "如前", " 同上 ", "同 上"])
def test_ditto_says_what_the_row_above_says(ditto: str) -> None:
    read = reading([HEAD, line(1), line(2, 牵头单位=ditto)])
    assert values(read, "lead_unit") == ["规划建设局", "规划建设局"]
    assert [found.place.cell for found in said(read, "X206")] == ["E3"]


def test_ditto_without_anything_above_is_never_read_as_text() -> None:
    read = reading([HEAD, line(1, 整改进展情况="同上")])
    assert values(read, "progress") == [""]
    assert read.rows[0].unreadable["progress"].raw == "同上"


def test_one_problem_over_several_measure_rows_is_one_row() -> None:
    rows = [
        HEAD,
        line(
            1,
            整改措施="修订办法。",
            整改进展情况="已修订。",
            整改状态="已完成",
            整改时限="2026-03-31",
        ),
        line(
            1,
            整改措施="开展培训。",
            整改进展情况="正在准备。",
            整改状态="正在整改",
            整改时限="2026-06-30",
        ),
        line(2),
    ]
    read = reading(Sheet(rows, merges=("A2:A3", "C2:C3")))
    first, second = read.rows
    assert (first.item.id, first.item.measures, first.origin.row) == (
        "1-1",
        ("修订办法。", "开展培训。"),
        2,
    )
    assert first.item.progress == "已修订。\n正在准备。"
    assert first.item.status is Status.IN_PROGRESS
    assert first.item.deadline.raw == "2026-06-30"
    assert [(left.row, left.reason) for left in read.untaken] == [(3, "并入第2行")]
    assert {found.column for found in said(read, "X304")} == {"status", "deadline"}
    assert said(read, "X303")
    assert second.item.id == "1-2"


def test_amounts_of_measure_rows_are_added_and_a_merged_amount_counts_once() -> None:
    head = [*HEAD, "涉及金额（万元）", "处理人次"]
    rows = [head, [*line(1, 整改措施="一。"), 1.5, 3], [*line(1, 整改措施="二。"), 2.5, ""]]
    read = reading(Sheet(rows, merges=("A2:A3", "J2:J3")))
    assert values(read, "money") == [Decimal("4.0")]
    assert values(read, "people") == [3]
    assert [found.column for found in said(read, "X304")] == ["money"]


def test_a_count_merged_over_several_problems_counts_once() -> None:
    rows = [[*HEAD, "处理人次"], [*line(1), 3], [*line(2), ""]]
    read = reading(Sheet(rows, merges=("I2:I3",)))
    assert values(read, "people") == [3, None]
    assert [found.place.cell for found in said(read, "X211")] == ["I2"]


def test_the_same_id_written_again_for_another_measure_is_the_same_problem() -> None:
    read = reading([HEAD, line(1, 整改措施="修订办法。"), line(1, 整改措施="开展培训。")])
    assert values(read, "measures") == [("修订办法。", "开展培训。")]


def test_a_row_with_only_a_measure_goes_on_with_the_problem_above() -> None:
    rest = without(line(1, 整改措施="开展培训。"), *(head for head in HEAD if head != "整改措施"))
    read = reading([HEAD, line(1), rest, line(2)])
    assert values(read, "measures") == [("修订办法。", "开展培训。"), ("修订办法。",)]
    assert [found.place.cell for found in said(read, "X306")] == ["D2"]
    assert [(left.row, left.reason) for left in read.untaken] == [(3, "并入第2行")]


def test_a_row_without_id_that_reports_progress_is_never_taken_for_the_row_above() -> None:
    read = reading([HEAD, line(1), without(line(2), "问题编号", "分项问题", "具体问题")])
    assert values(read, "id") == ["1-1", ""]


def test_one_id_over_several_problems_gives_each_a_number_of_its_own() -> None:
    rows = [HEAD, line(1, 问题编号="3"), line(2, 问题编号=""), line(3, 问题编号="4")]
    read = reading(Sheet(rows, merges=("A2:A3",)))
    assert values(read, "id") == ["3-1", "3-2", "4"]
    assert said(read, "X307")


def test_a_row_copied_twice_is_read_once() -> None:
    read = reading([HEAD, line(1), line(2), line(1)])
    assert values(read, "id") == ["1-1", "1-2"]
    assert [(left.row, left.reason) for left in read.untaken] == [(4, "与第2行完全相同")]


def test_several_units_in_one_cell_are_a_lead_and_its_partners() -> None:
    read = reading([HEAD, line(1, 牵头单位="财政金融局（配合）、规划建设局（牵头）")])
    assert (values(read, "lead_unit"), values(read, "co_units")) == (
        ["规划建设局"],
        [("财政金融局",)],
    )
    assert not said(read, "X309")
    read = reading([HEAD, line(1, 牵头单位="规建局、财政金融局")])
    assert (values(read, "lead_unit"), values(read, "co_units")) == (
        ["规划建设局"],
        [("财政金融局",)],
    )
    assert read.rows[0].place("co_units").cell == "E2"
    assert said(read, "X309")


def test_tall_rows_drawn_with_merges_are_one_row() -> None:
    rows = [HEAD, line(1), [""] * 8, line(2)]
    read = reading(Sheet(rows, merges=tuple(f"{letter}2:{letter}3" for letter in "ABCDEFGH")))
    assert values(read, "id") == ["1-1", "1-2"]
    assert not read.findings


def test_ids_that_begin_again_in_every_section_carry_its_number() -> None:
    sections = [
        HEAD,
        ["一、党的建设方面"],
        line(1, 问题编号="1"),
        line(2, 问题编号="2"),
        ["二、项目管理方面"],
        line(3, 问题编号="1"),
    ]
    read = reading(sections)
    assert values(read, "id") == ["1-1", "1-2", "2-1"]
    assert said(read, "X312")
    unique = reading(
        [
            HEAD,
            ["一、党的建设方面"],
            line(1, 问题编号="1"),
            ["二、项目管理方面"],
            line(2, 问题编号="2"),
        ]
    )
    assert values(unique, "id") == ["1", "2"]
    assert not unique.findings


def test_names_stretched_with_blanks_are_one_name() -> None:
    read = reading([[*HEAD, "责任人"], [*line(1), "李 芳 华"], [*line(2), "张三 李四"]])
    assert values(read, "owner") == ["李芳华", "张三 李四"]
    assert "“李 芳 华”→“李芳华”" in said(read, "X401")[0].message
