"""Sheets named after departments: no source of problems, but the lead unit of rows that name none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.drawn import HEAD, Sheet, line, reading, said, values
from tests.support.items import SETTINGS
from toolkit.settings.model import Settings

NOBODY = replace(SETTINGS, units=())
UNITS = [
    "发展改革局",
    "县委办公室",
    "组织部",
    "政务中心",
    "东城街道",
    "水务公司",
    "公安分局",
    "县纪委",
    "1.发展改革局（3项）",
    "发展改革局整改清单",
]


@pytest.mark.parametrize("settings", [SETTINGS, NOBODY], ids=["directory", "none"])
@pytest.mark.parametrize("name", UNITS)
def test_a_department_is_no_source(name: str, settings: Settings) -> None:
    read = reading(
        Sheet([HEAD, line(1)], name), Sheet([HEAD, line(2)], "选人用人"), settings=settings
    )
    assert values(read, "source") == ["", "选人用人"]
    assert values(read, "lead_unit") == ["规划建设局"] * 2


@pytest.mark.parametrize("name", ["督办", "查处", "外部", "巡察一组", "意识形态"])
def test_a_word_that_only_ends_like_a_unit_is_a_source(name: str) -> None:
    read = reading(
        Sheet([HEAD, line(1)], name), Sheet([HEAD, line(2)], "选人用人"), settings=NOBODY
    )
    assert values(read, "source") == [name, "选人用人"]


@pytest.mark.parametrize(
    ("name", "unit"),
    [("财政金融局", "财政金融局"), ("规建局", "规划建设局"), ("2.财政金融局（1项）", "财政金融局")],
)
def test_the_sheet_leads_where_the_row_names_nobody(name: str, unit: str) -> None:
    sheets = [
        Sheet([HEAD, line(1), line(2, 牵头单位="")], name),
        Sheet([HEAD, line(3)], "社会事务局"),
    ]
    read = reading(*sheets)
    assert values(read, "lead_unit") == ["规划建设局", unit, "规划建设局"]
    (found,) = said(read, "X314")
    assert "第3行" in found.message
    assert read.rows[1].place("lead_unit").sheet == name


def test_a_single_sheet_leads_too_and_a_department_that_nobody_knows_does_not() -> None:
    assert values(reading(Sheet([HEAD, line(1, 牵头单位="")], "财政金融局")), "lead_unit") == [
        "财政金融局"
    ]
    assert values(reading(Sheet([HEAD, line(1, 牵头单位="")], "海洋渔业局")), "lead_unit") == [""]
    named = reading(Sheet([HEAD, line(1, 牵头单位="")], "海洋渔业局"), settings=NOBODY)
    assert values(named, "lead_unit") == ["海洋渔业局"]


def test_numbers_that_begin_again_with_every_department_are_told_apart() -> None:
    lists = [
        Sheet([HEAD, line(1), line(2)], "规划建设局"),
        Sheet([HEAD, line(1, 具体问题="档案不规范")], "财政金融局"),
    ]
    read = reading(*lists, has_baseline=False)
    assert values(read, "id") == ["1-1", "1-2", "财政金融局-1-1"]
    assert values(read, "source") == ["", "", ""]
    assert [found.place.sheet for found in said(read, "X313")] == ["财政金融局"]
