"""汇总台账.xlsx read back: each cell holds its line, each line what is so, and no number stands there by itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.proved import Proved
from toolkit.figures.printed import Line, Printed, Quoted, Ref, Source
from toolkit.run.outputs import CONSOLIDATED
from toolkit.run.proof.charts import charts_of_sheets
from toolkit.run.proof.context import ProofContext
from toolkit.run.proof.truth import Truth
from toolkit.run.proof.workbook import (
    cell_faults,
    ledger_faults,
    regulation_faults,
    roadmap_faults,
    sheet_chart_faults,
    stray_faults,
    workbook_faults,
)

TRUTH = Truth({Ref("n"): 12, Ref("money"): Decimal("318.60"), Ref("rate"): "66.67%"})


def book_of(cells: Mapping[str, Any], sheet: str = "总览") -> Any:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for address, value in cells.items():
        page[address].value = value
    return book


N, MONEY, RATE = (
    Printed(text, Ref(code)) for text, code in (("12", "n"), ("318.6", "money"), ("66.67%", "rate"))
)


@pytest.mark.parametrize(
    ("value", "line", "faults"),
    [
        (12, (N,), []),
        (12.0, (N,), []),
        ("12", (N,), []),
        (13, (N,), ["“总览”!B4的n印的是13，应为12"]),
        (None, (N,), ["“总览”!B4的n印的是，应为12"]),
        (318.6, (MONEY,), []),
        (318.59, (MONEY,), ["“总览”!B4的money印的是318.59，应为318.6"]),
        ("66.67%", (RATE,), []),
        (0.6667, (RATE,), ["“总览”!B4的rate印的是0.6667，应为66.67%"]),
        ("共12个", ("共", N, "个"), []),
        ("共13个", ("共", N, "个"), ["“总览”!B4的n印的是13，应为12（“共13个”）"]),
        ("共12条", ("共", N, "个"), ["“总览”!B4应为“共12个”，印的是“共12条”"]),
        ("未启动", (Quoted("未启动", Source.LABEL),), []),
        ("已完成", (Quoted("未启动", Source.LABEL),), ["“总览”!B4应为“未启动”，印的是“已完成”"]),
        ("共9个", ("共", Printed("9", Ref("n")), "个"), ["“总览”!B4的n印的是9，应为12"]),
        ("共9个", ("共", Printed("9", Ref("?")), "个"), ["“总览”!B4的“9”（?）不在数字表中"]),
    ],
)
def test_a_cell_against_its_line(
    everything: Proved, value: object, line: Line, faults: list[str]
) -> None:
    book = book_of({"B4": value})
    cells = {("总览", "B4"): line}
    assert list(cell_faults(book, cells, TRUTH, everything.context.sources)) == faults


def test_digits_of_a_cell_have_a_source(everything: Proved) -> None:
    book = book_of({"B4": "第8765号"})
    cells = {("总览", "B4"): (Quoted("第8765号", Source.INPUT),)}
    (fault,) = cell_faults(book, cells, TRUTH, everything.context.sources)
    assert fault == "“总览”!B4“第8765号”中的8765没有来历"


@pytest.mark.parametrize(
    ("sheet", "value", "faults"),
    [
        ("总览", 7, ["“总览”!C9的7不在数字表中"]),
        ("报送情况", 7.5, ["“报送情况”!C9的7.5不在数字表中"]),
        ("总览", "另有8765个", ["“总览”!C9“另有8765个”中的8765没有来历"]),
        ("总览", "截至2026-06-19", []),
        ("核查意见", "另有8765个", []),  # quoted from findings, item by item
        ("整改台账", 7, []),  # the rows of the ledger are held against the items
        ("总览", "说明", []),
    ],
)
def test_a_number_that_nobody_has_tied_to_a_figure(
    everything: Proved, sheet: str, value: object, faults: list[str]
) -> None:
    book = book_of({"C9": value}, sheet)
    assert list(stray_faults(book, {}, everything.context.sources)) == faults
    tied = {(sheet, "C9"): (N,)}
    assert list(stray_faults(book, tied, everything.context.sources)) == []


@pytest.fixture
def context(everything: Proved, tmp_path: Path) -> ProofContext:
    shutil.copyfile(everything.context.folder / CONSOLIDATED, tmp_path / CONSOLIDATED)
    return replace(everything.context, folder=tmp_path)


def loaded(context: ProofContext) -> Any:
    return openpyxl.load_workbook(context.folder / CONSOLIDATED, data_only=True)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda sheet: sheet.delete_rows(4), "的regulations印的是"),
        (lambda sheet: sheet.cell(4, 2, "9-9"), "写的是问题9-9，应为"),
    ],
)
def test_regulations_are_those_of_the_items(
    context: ProofContext, change: Callable[[Any], object], told: str
) -> None:
    book = openpyxl.load_workbook(context.folder / CONSOLIDATED)
    assert list(regulation_faults(book, context)) == []
    change(book["制度清单"])
    assert any(told in fault.replace("：", "的", 1) for fault in regulation_faults(book, context))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda sheet: sheet.delete_rows(4), "不一致"),
        (lambda sheet: sheet.cell(4, 4, "2031-01-01"), "的时限或灯与台账不一致"),
        (lambda sheet: sheet.cell(4, sheet.max_column, "红"), "的时限或灯与台账不一致"),
    ],
)
def test_the_roadmap_shows_each_day_and_light(
    context: ProofContext, change: Callable[[Any], object], told: str
) -> None:
    book = openpyxl.load_workbook(context.folder / CONSOLIDATED)
    assert list(roadmap_faults(book, context)) == []
    change(book["时限路线图"])
    assert any(told in fault for fault in roadmap_faults(book, context))


def test_every_period_of_the_trend_is_held_against_what_it_stored(context: ProofContext) -> None:
    book = openpyxl.load_workbook(context.folder / CONSOLIDATED)
    sheet = book["趋势"]
    rows = [row for row in sheet.iter_rows(min_row=4, values_only=True) if row[0]]
    assert [row[0] for row in rows] == ["1", "2", "3"]
    cells, truth, sources = context.written.cells, context.truth, context.sources
    assert list(cell_faults(book, cells, truth, sources)) == []
    for address in (f"{column}{row}" for row in range(4, 7) for column in "CDE"):
        right = sheet[address].value
        sheet[address].value = right + 1
        (fault,) = cell_faults(book, cells, truth, sources)
        assert address in fault
        sheet[address].value = right


def test_a_workbook_without_its_ledger_is_found(context: ProofContext) -> None:
    book = loaded(context)
    del book["整改台账"]
    assert list(ledger_faults(book, context)) == ["没有“整改台账”表"]


def test_a_row_too_many_and_a_row_too_few_are_found(context: ProofContext) -> None:
    book = loaded(context)
    sheet = book["整改台账"]
    sheet.cell(sheet.max_row + 1, 1).value = "9-9"
    assert "“整改台账”各行：problems印的是22，应为21" in list(ledger_faults(book, context))
    book = loaded(context)
    book["整改台账"].delete_rows(book["整改台账"].max_row)
    assert "“整改台账”各行：problems印的是20，应为21" in list(ledger_faults(book, context))


def test_two_rows_that_changed_places_are_found_though_every_count_is_right(
    context: ProofContext,
) -> None:
    book = loaded(context)
    sheet = book["整改台账"]
    for col in range(1, sheet.max_column + 1):
        first, second = sheet.cell(4, col), sheet.cell(5, col)
        first.value, second.value = second.value, first.value
    faults = list(ledger_faults(book, context))
    assert faults[0] == "“整改台账”!A4的问题编号印的是1-2，应为1-1"
    assert not any("各行" in fault for fault in faults)


def test_amounts_of_doubtful_values_are_left_out_of_the_sum(context: ProofContext) -> None:
    """267 000 stands in its row, and in no total."""
    state = context.state
    assert state.figures.whole.left_out["money"] == ("1-1",)
    assert list(ledger_faults(loaded(context), context)) == []
    whole = replace(state.figures.whole, left_out={})
    counted = replace(context, state=replace(state, figures=replace(state.figures, whole=whole)))
    assert any(
        "money印的是267000，应为0" in fault for fault in ledger_faults(loaded(context), counted)
    )


def test_a_chart_of_cells_that_are_no_figures_is_found(context: ProofContext) -> None:
    parts = tuple(charts_of_sheets(context.folder / CONSOLIDATED))
    book = loaded(context)
    assert list(sheet_chart_faults(book, parts, context)) == []
    fewer = {place: line for place, line in context.written.cells.items() if place[0] != "按单位"}
    untied = replace(context, written=replace(context.written, cells=fewer))
    faults = list(sheet_chart_faults(book, parts, untied))
    assert faults
    assert all(fault.startswith("图表引用的“") for fault in faults)
    renamed = loaded(context)
    renamed["按单位"]["A4"].value = "别局"
    assert any("名称不一致" in fault for fault in sheet_chart_faults(renamed, parts, context))


def test_every_fault_names_the_workbook(context: ProofContext) -> None:
    assert list(workbook_faults(context)) == []
    book: Any = openpyxl.load_workbook(context.folder / CONSOLIDATED)
    book["总览"]["B4"].value = 999
    book["总览"]["F40"].value = 4321
    book["整改台账"]["A4"].value = "9-9"
    book.save(context.folder / CONSOLIDATED)
    faults = list(workbook_faults(context))
    assert len(faults) >= 3
    assert all(fault.startswith("汇总台账") for fault in faults)
