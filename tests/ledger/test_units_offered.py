"""A unit's name with one character wrong is offered, never taken; a unit and its people in one cell are told apart."""

from __future__ import annotations

import pytest

from toolkit.ledger.reading import Unreadable
from toolkit.ledger.unit_and_people import asks_for_both, split_unit_and_people
from toolkit.ledger.units import Directory, Unit

OFFICE = Directory(
    (Unit(name="规划建设局", aliases=("规建局",)), Unit(name="财政金融局"), Unit(name="A区管理站"))
)


@pytest.mark.parametrize(
    ("written", "offered"),
    [("规画建设局", "规划建设局"), ("规划健设局", "规划建设局"), ("财政金融局司", "财政金融局"), ("А区管理站", "A区管理站")],
)  # fmt: skip
def test_one_wrong_character_is_offered(written: str, offered: str) -> None:
    found = OFFICE.resolve(written)
    assert isinstance(found, Unreadable)
    assert found.try_instead == (offered,)
    assert "只差一个字" in found.why


@pytest.mark.parametrize("written", ["教育体育局", "规画健设局", "财局"])
def test_two_wrong_characters_are_another_name(written: str) -> None:
    found = OFFICE.resolve(written)
    assert isinstance(found, Unreadable)
    assert "只差一个字" not in found.why


@pytest.mark.parametrize(
    "heading",
    ["责任单位及责任人", "责任单位/责任人", "责任部门、责任人", "责任单位（责任人）", "责任人/部门", "牵头单位及责任人", "责任单位\n及责任人"],
)  # fmt: skip
def test_headings_that_ask_for_both(heading: str) -> None:
    assert asks_for_both(heading)


@pytest.mark.parametrize(
    "heading", ["责任单位", "责任人", "责任单位及配合单位", "整改措施及责任人"]
)
def test_headings_that_do_not(heading: str) -> None:
    assert not asks_for_both(heading)


@pytest.mark.parametrize(
    ("cell", "unit", "people"),
    [
        ("规划建设局 李芳华", "规划建设局", "李芳华"),
        ("规划建设局\n（李芳华、王小明）", "规划建设局", "李芳华、王小明"),
        ("牵头单位：规划建设局\n责任人：李芳华", "规划建设局", "李芳华"),
        ("李芳华/规划建设局", "规划建设局", "李芳华"),
        ("规建局（李芳华）、财政金融局（王小明）", "规建局、财政金融局", "李芳华、王小明"),
        ("规划建设局", "规划建设局", ""),
    ],
)
def test_unit_and_people(cell: str, unit: str, people: str) -> None:
    assert split_unit_and_people(cell, OFFICE) == (unit, people)


@pytest.mark.parametrize("cell", ["李芳华", "规划建设局 13800000000", "规划建设局牵头负责落实"])
def test_what_is_neither_is_not_split(cell: str) -> None:
    assert split_unit_and_people(cell, OFFICE) is None
