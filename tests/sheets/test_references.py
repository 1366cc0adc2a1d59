"""References that move with the rows of a table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.sheets.grid import MOST_ROWS, column_letters
from toolkit.sheets.references import CannotMove, Move, shifted

MORE, FEWER = Move(3, 5, 10), Move(3, 5, 1)


@pytest.mark.parametrize(
    ("reference", "more", "fewer"),
    [
        ("A1", "A1", "A1"),
        ("B3", "B3", "B3"),
        ("B4", None, None),
        ("A6", "A13", "A4"),
        ("A3:A5", "A3:A12", "A3:A3"),
        ("A3:A3", "A3:A12", "A3:A3"),
        ("A4:A5", None, None),
        ("A4:A9", "A13:A16", "A4:A7"),
        ("A1:C2", "A1:C2", "A1:C2"),
        ("A2:C4", "A2:C12", "A2:C3"),
        ("$A$3:$B$200", "$A$3:$B$207", "$A$3:$B$198"),
        ("A:C", "A:C", "A:C"),
        (f"A3:A{MOST_ROWS}", f"A3:A{MOST_ROWS}", f"A3:A{MOST_ROWS}"),
        ("3:6", "3:13", "3:4"),
    ],
)
def test_references(reference: str, more: str | None, fewer: str | None) -> None:
    assert MORE.ref(reference) == more
    assert FEWER.ref(reference) == fewer


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("SUM(E3:E5)", "SUM(E3:E12)"),
        ("SUM($E$3:E5)/COUNTA(台账!A3:A5)", "SUM($E$3:E12)/COUNTA(台账!A3:A12)"),
        ("SUM(其他!E3:E5)", "SUM(其他!E3:E5)"),
        ("'整改 台账'!A6&\"A6\"", "'整改 台账'!A6&\"A6\""),
        ("LOG10(A6)+A6", "LOG10(A13)+A13"),
        ("SUM($A:$A)+SUM(3:6)", "SUM($A:$A)+SUM(3:13)"),
        ("[1]台账!A6+表1[[#This Row],[A6]]", "[1]台账!A6+表1[[#This Row],[A6]]"),
        ("SUM(E4:E5)+1", "SUM(#REF!)+1"),
        ("A1.A6+_A6+A6x", "A1.A6+_A6+A6x"),
        ('COUNTIF(E3:E5,"""E3:E5""")', 'COUNTIF(E3:E12,"""E3:E5""")'),
    ],
)
def test_formulas(formula: str, moved: str) -> None:
    assert MORE.formula(formula, "台账", "台账") == moved


def test_a_formula_on_another_sheet_moves_only_what_is_ours() -> None:
    assert MORE.formula("A6+台账!A6+'台账'!A3:B5", "台账", "汇总") == "A6+台账!A13+'台账'!A3:B12"


def test_a_single_row_of_data_cannot_be_moved() -> None:
    with pytest.raises(CannotMove, match="E4"):
        MORE.formula("SUM(E3,E4,E5)", "台账", "台账")


@pytest.mark.parametrize(
    ("formula", "down", "moved"),
    [
        ("A4<>A5", 0, "A4<>A5"),
        ("$E4<$F3", 2, "$E6<$F5"),
        ("COUNTIF($B$3:$B$5,B3)=1", 0, "COUNTIF($B$3:$B$12,B3)=1"),
        ("A9=$A$9", 7, "A16=$A$16"),
        ("别表!$A$9=A3", 0, "别表!$A$9=A3"),
    ],
)
def test_rules_are_counted_from_their_first_cell(formula: str, down: int, moved: str) -> None:
    assert MORE.rule(formula, "台账", down) == moved


@pytest.mark.parametrize(
    ("formula", "down"),
    [("F3/G3", "F7/G7"), ("$F3+F$3+$F$3", "$F7+F$3+$F$3"), ("ROW()-3", "ROW()-3"), ('"A3"&A3', '"A3"&A7'), ("SUM(A3:B4)", "SUM(A7:B8)"), ("3:3", "7:7"), ("$3:$3", "$3:$3")],
)  # fmt: skip
def test_a_formula_further_down(formula: str, down: str) -> None:
    assert shifted(formula, 4) == down


@st.composite
def _formulas(draw: st.DrawFn) -> str:
    """Formulas whose references are above the data, over all of it, or below it."""
    row = st.one_of(st.integers(1, 2), st.integers(9, 400))
    col = st.integers(1, 60).map(column_letters)
    dollar = st.sampled_from(("", "$"))
    cell = st.builds("{}{}{}{}".format, dollar, col, dollar, row)
    area = st.builds(lambda c, d: f"{c}3:{d}8", col, col)
    token = st.one_of(
        cell, area, st.sampled_from(('"A9"', "3.5", "台账!B12", "别表!B12", "LOG10(9)"))
    )
    parts = draw(st.lists(token, min_size=1, max_size=6))
    return draw(st.sampled_from("+*&,")).join(parts)


@given(_formulas(), st.integers(1, 300))
def test_there_and_back_is_the_same(formula: str, rows: int) -> None:
    there = Move(3, 8, rows)
    back = Move(3, 3 + rows - 1, 6)
    moved = there.formula(formula, "台账", "台账")
    assert back.formula(moved, "台账", "台账") == formula


@given(_formulas(), st.integers(0, 300))
def test_down_and_up_is_the_same(formula: str, rows: int) -> None:
    assert shifted(shifted(formula, rows), -rows) == formula
