"""Numbers that are printed, tied to what they stand for."""

from __future__ import annotations

import pytest

from toolkit.figures.printed import By, Line, Printed, Quoted, Ref, Source, joined, text_of


@pytest.mark.parametrize(
    ("ref", "shown"),
    [
        (Ref("overdue"), "overdue"),
        (Ref("overdue", By.UNIT, "规划建设局"), "overdue（规划建设局）"),
        (Ref("overdue", By.LEADER, ""), "overdue（）"),
        (Ref("item.days", By.ITEM, "3-2"), "item.days（3-2）"),
        (Ref("file.rows", By.FILE, "报.xlsx"), "file.rows（报.xlsx）"),
    ],
)
def test_a_ref_as_a_fault_names_it(ref: Ref, shown: str) -> None:
    assert str(ref) == shown


def test_equal_refs_are_one_key() -> None:
    assert len({Ref("a"), Ref("a", By.ALL, ""), Ref("a", By.UNIT, ""), Ref("b")}) == 3


THREE: Line = ("逾期", Printed("3", Ref("overdue")), "个")
NAMED: Line = (Quoted("3-2", Source.ITEM, "3-2"), "等")


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ((), ""),
        (("",), ""),
        (THREE, "逾期3个"),
        (NAMED, "3-2等"),
        ((*THREE, "：", *NAMED), "逾期3个：3-2等"),
    ],
)
def test_a_line_as_it_is_printed(line: Line, text: str) -> None:
    assert text_of(line) == text


def test_lines_are_joined_and_keep_what_their_numbers_stand_for() -> None:
    line = joined((THREE, NAMED, THREE), "；")
    assert text_of(line) == "逾期3个；3-2等；逾期3个"
    assert [piece for piece in line if isinstance(piece, Printed)] == [THREE[1], THREE[1]]
    assert joined((), "；") == ()
    assert joined((THREE,), "；") == THREE
