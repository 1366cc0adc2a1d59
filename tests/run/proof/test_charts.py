"""Charts read back: the picture's cache, the cells behind it, and what they are called."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tests.support.items import ENTRY, SETTINGS
from tests.support.mutation import members_of, zipped
from tests.support.states import state_of, written
from toolkit.figures.printed import By, Ref
from toolkit.gongwen.chart import BarChart, Series
from toolkit.papers.blocks import Bars
from toolkit.papers.brief import BRIEF
from toolkit.run.proof.charts import (
    Drawn,
    Points,
    addresses_of,
    cells_of,
    chart_faults,
    charts_of_sheets,
    drawn_series,
    name_of,
    shown_faults,
)
from toolkit.run.proof.truth import Truth
from toolkit.run.templates import create_workspace
from toolkit.settings.sections import Words

REFS = (Ref("by_status.done", By.UNIT, "甲局"), Ref("by_status.done", By.UNIT, ""))
TRUTH = Truth({REFS[0]: 3, REFS[1]: 0})


def drawn(
    name: str = "已完成",
    names: tuple[str, ...] = ("甲局", "（未填写）"),
    values: tuple[str, ...] = ("3", "0"),
) -> Drawn:
    return Drawn(Points("", (name,)), Points("", names), Points("", values))


def test_a_series_that_shows_what_is_so() -> None:
    assert list(shown_faults(drawn(), REFS, Words(), TRUTH, "图表中")) == []
    assert name_of(REFS[1]) == "（未填写）"


@pytest.mark.parametrize(
    ("series", "fault"),
    [
        (drawn(values=("4", "0")), "图表中by_status.done（甲局）印的是4，应为3"),
        (drawn(values=("3",)), "图表中应有2个数，实有1个"),
        (drawn(values=("3", "0", "1")), "图表中应有2个数，实有3个"),
        (drawn(name="未启动"), "图表中的名称应为“已完成、甲局、（未填写）”，实为“未启动、甲局、（未填写）”"),
        (drawn(names=("（未填写）", "甲局")), "图表中的名称应为“已完成、甲局、（未填写）”，实为“已完成、（未填写）、甲局”"),
        (drawn(names=("甲局",)), "图表中的名称应为“已完成、甲局、（未填写）”，实为“已完成、甲局”"),
    ],
)  # fmt: skip
def test_a_series_that_shows_something_else(series: Drawn, fault: str) -> None:
    assert list(shown_faults(series, REFS, Words(), TRUTH, "图表中")) == [fault]


@pytest.mark.parametrize(
    ("area", "cells"),
    [
        ("'按单位'!$C$4:$C$9", ("按单位", "C4:C9")),
        ("Sheet1!$B$2", ("Sheet1", "B2:B2")),
        ("按单位!C4:C9", ("按单位", "C4:C9")),
    ],
)
def test_a_range_and_its_cells(area: str, cells: tuple[str, str]) -> None:
    assert cells_of(area) == cells


@pytest.mark.parametrize("area", ["", "名称", "'表'!整列", "[外部.xlsx]表!$A$1:B"])
def test_what_is_no_range_is_refused(area: str) -> None:
    with pytest.raises(ValueError):
        cells_of(area)


VALUES = st.lists(st.integers(0, 99), min_size=1, max_size=5)


@given(VALUES, VALUES)
def test_a_chart_of_a_sheet_is_read_with_ranges_and_caches(one: list[int], two: list[int]) -> None:
    """As xlsxwriter writes it, which is what writes 汇总台账."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet, columns = book.add_worksheet("数据"), (one, two)
    chart = book.add_chart({"type": "bar"})
    for col, values in enumerate(columns, 1):
        sheet.write_column(1, col, values)
        sheet.write_column(1, 0, [f"第{n}局" for n in range(len(values))])
        last = len(values)
        chart.add_series(
            {
                "name": f"第{col}组",
                "categories": ["数据", 1, 0, last, 0],
                "values": ["数据", 1, col, last, col],
            }
        )
    sheet.insert_chart("H2", chart)
    book.close()
    part = members_of(stream.getvalue())["xl/charts/chart1.xml"]
    found = drawn_series(part)
    assert [series.name.texts for series in found] == [("第1组",), ("第2组",)]
    assert [[int(text) for text in series.values.texts] for series in found] == [one, two]
    loaded = openpyxl.load_workbook(stream, data_only=True)
    for series, values in zip(found, columns, strict=True):
        places = addresses_of(loaded, series.values.area)
        assert [loaded[name][cell].value for name, cell in places] == values


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = create_workspace(tmp_path_factory.mktemp("图") / "区", SETTINGS)
    return written(BRIEF, state_of([ENTRY]), place.templates, place.outbox)


UNIT = "规划建设局"
CODES = ("not_started", "in_progress", "phased", "done", "standing")
BARS = Bars(
    BarChart(categories=(UNIT,), series=(Series("", "", (0,)),) * 5, width_mm=1, height_mm=1, font="宋体"),
    tuple((Ref(f"by_status.{code}", By.UNIT, UNIT),) for code in CODES),
)  # fmt: skip
OF_UNIT = Truth({refs[0]: int(refs[0].code.endswith("done")) for refs in BARS.refs})


def test_the_chart_of_a_brief_is_held_against_what_it_must_show(brief: Path) -> None:
    assert list(chart_faults(brief, [BARS], Words(), OF_UNIT)) == []
    other = Truth({**OF_UNIT.values, BARS.refs[0][0]: 5})
    assert list(chart_faults(brief, [BARS], Words(), other)) == [
        f"图表中by_status.not_started（{UNIT}）印的是0，应为5",
        f"图表的数据表中by_status.not_started（{UNIT}）印的是0，应为5",
    ]


@pytest.mark.parametrize("number", [0, 2])
def test_a_chart_too_few_or_too_many_is_said(brief: Path, number: int) -> None:
    (fault,) = chart_faults(brief, [BARS] * number, Words(), OF_UNIT)
    assert fault == f"应有{number}张图表，实有1张"


def test_a_series_too_few_is_said(brief: Path) -> None:
    fewer = Bars(BARS.chart, BARS.refs[:4])
    assert list(chart_faults(brief, [fewer], Words(), OF_UNIT)) == ["图表应有4组数，实有5组"]


def test_a_series_without_values_or_ranges_shows_nothing(tmp_path: Path) -> None:
    space = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    part = f'<c:chart xmlns:c="{space}"><c:ser/></c:chart>'.encode()
    (series,) = drawn_series(part)
    assert series == Drawn(Points("", ()), Points("", ()), Points("", ()))
    path = tmp_path / "无图.xlsx"
    path.write_bytes(zipped({"xl/workbook.xml": b"<x/>"}))
    assert list(charts_of_sheets(path)) == []
