"""Rows of column names and rows that a list was pulled down over: one sentence, and no problem."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.drawn import HEAD, LINE, Sheet, line, reading, said, values
from toolkit.intake.column_numbers import are_column_names

NUMBERINGS: dict[str, list[Any]] = {
    "甲乙丙123": ["甲", "乙", "丙", "1", "2", "3", "4", "5"],
    "letters": list("ABCDEFGH"),
    "figures": [1, 2, 3, 4, 5, 6, 7, 8],
    "in brackets": [f"（{n}）" for n in range(1, 9)],
    "circled": list("①②③④⑤⑥⑦⑧"),
    "numerals": list("一二三四五六七八"),
    "roman": ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "Ⅵ", "Ⅶ", "Ⅷ"],
    "label": ["栏次", "1", "2", "3", "4", "5", "6", "7"],
    "stems and letters": ["甲", "乙", "A", "B", "C", "(1)", "(2)", "(3)"],
    "sums": ["甲", "1", "2", "3=1+2", "4", "5", "6", "7=5+6"],
    "with gaps": ["甲", "", "乙", "1", "", "2", "3", "4"],
}


@pytest.mark.parametrize("names", NUMBERINGS.values(), ids=list(NUMBERINGS))
def test_a_row_of_column_names_is_no_problem(names: list[Any]) -> None:
    read = reading([HEAD, names, line(1), line(2)])
    assert values(read, "id") == ["1-1", "1-2"]
    assert [(left.row, left.reason) for left in read.untaken] == [(2, "栏号行")]


def test_column_names_stand_again_below_a_heading_that_is_printed_again() -> None:
    names = NUMBERINGS["甲乙丙123"]
    read = reading([HEAD, names, line(1), HEAD, names, line(2)])
    assert values(read, "id") == ["1-1", "1-2"]
    assert [left.reason for left in read.untaken] == ["栏号行", "重复的表头", "栏号行"]


@pytest.mark.parametrize(
    "texts",
    [
        ["甲", "乙"],
        ["1", "1", "1"],
        ["1", "2", "4"],
        ["甲", "丙", "乙"],
        ["2", "3", "4"],
        ["1", "问题一。", "2"],
        ["甲单位", "乙单位", "丙单位"],
        ["1-1", "1-2", "1-3"],
    ],
)
def test_what_names_no_columns(texts: list[str]) -> None:
    assert not are_column_names(texts)


def test_a_short_row_of_data_stays_one() -> None:
    short = ["1", "甲。", "乙。", "丙。", "规建局", "6.30", "无", "完成"]
    assert values(reading([HEAD, short]), "id") == ["1"]


def pulled(count: int, **cells: str) -> list[list[str]]:
    """Rows that hold these cells, by heading, and nothing else; {n} counts."""
    return [
        [cells.get(head, "").replace("{n}", str(number)) for head in HEAD]
        for number in range(3, count + 3)
    ]


@pytest.mark.parametrize(
    ("cells", "has"),
    [
        ({"牵头单位": "规划建设局", "整改状态": "正在整改"}, "牵头单位和整改状态"),
        ({"整改状态": "未启动"}, "整改状态"),
        (
            {"牵头单位": "规划建设局", "整改时限": "2026-0{n}-28", "整改状态": "正在整改"},
            "牵头单位和整改时限和整改状态",
        ),
    ],
)
@pytest.mark.parametrize("has_baseline", [True, False])
def test_rows_pulled_down_are_one_sentence(
    cells: dict[str, str], has: str, *, has_baseline: bool
) -> None:
    rows = pulled(6, **cells)
    read = reading([HEAD, line(1), line(2), *rows], has_baseline=has_baseline)
    assert values(read, "id") == ["1-1", "1-2"]
    (found,) = said(read, "X316")
    assert f"第4—9行（6行）只有{has}，没有问题编号、分项问题、具体问题、整改措施" in found.message
    assert [left.row for left in read.untaken] == [4, 5, 6, 7, 8, 9]
    assert not said(read, "X305")


def test_a_column_of_numbers_pulled_down_is_no_ledger_of_300_problems() -> None:
    rows = pulled(300, 问题编号="{n}", 牵头单位="规划建设局")
    first = reading([HEAD, line(1), line(2), *rows], has_baseline=False)
    assert values(first, "id") == ["1-1", "1-2"]
    assert len(said(first, "X316")) == 1
    again = reading([HEAD, line(1), *rows[:4]], has_baseline=True)
    assert values(again, "id") == ["1-1", "3", "4", "5", "6"]  # in a return they may be known items


def test_two_lists_pulled_down_one_after_the_other_are_two_sentences() -> None:
    rows = [*pulled(4, 整改状态="正在整改"), *pulled(3, 整改状态="已完成")]
    found = said(reading([HEAD, line(1), *rows]), "X316")
    assert ["4行" in found[0].message, "3行" in found[1].message] == [True, True]


@pytest.mark.parametrize(
    "rows",
    [
        pulled(2, 牵头单位="规划建设局", 整改状态="正在整改"),
        pulled(5, 牵头单位="规划建设局", 整改进展情况="第{n}次会议。", 整改状态="正在整改"),
        pulled(5, 整改措施="措施{n}。", 牵头单位="规划建设局"),
    ],
)
def test_rows_that_say_something_are_kept(rows: list[list[str]]) -> None:
    read = reading([HEAD, line(1), *rows])
    assert not said(read, "X316")
    taken = {row.origin.row for row in read.rows} | {left.row for left in read.untaken}
    assert taken == set(range(2, 3 + len(rows)))


def test_rows_of_units_that_differ_are_kept() -> None:
    rows = [
        ["", "", "", "", unit, "", "", "正在整改"]
        for unit in ("规划建设局", "财政金融局", "社会事务局")
    ]
    assert not said(reading([HEAD, line(1), *rows]), "X316")


def test_a_chapter_merged_down_over_pulled_rows_changes_nothing() -> None:
    head = ["主要问题", *HEAD]
    rows = [["一、方面", *LINE], *[["", *row] for row in pulled(4, 整改状态="正在整改")]]
    read = reading(Sheet([head, *rows], merges=("A2:A6",)))
    assert values(read, "id") == ["1-1"]
    assert len(said(read, "X316")) == 1
