"""The standard form filled in says in every cell what the same ledger says that is written cell by cell."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.support.items import ENTRY, SETTINGS
from toolkit.ledger.entry import own_headings
from toolkit.ledger.form import Form
from toolkit.workbooks.formats import LINE_HEIGHT
from toolkit.workbooks.ledger_row import row_of_entry
from toolkit.workbooks.standard_book import StandardBook
from toolkit.workbooks.template import FIRST_ROW, HEAD_ROW, write_ledger

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from toolkit.settings.model import Settings

CREATED = dt.datetime(2026, 6, 19)
ROWS = [
    replace(ENTRY, item=replace(ENTRY.item, id=f"{number}", progress=text))
    for number, text in enumerate(("已印发。", "=1+1 & <b>", "", "长" * 900, "甲\n乙"), 1)
]


def books(folder: Path, settings: Settings, count: int) -> tuple[bytes, bytes]:
    """The same ledger both ways."""
    entries = ROWS[:count]
    own = own_headings(ROWS)
    path = folder / "台账.xlsx"
    made = StandardBook.made(path, settings, CREATED, own)
    rows = [row_of_entry(entry, settings) for entry in entries]
    filled = made.for_unit(rows, unit="规划建设局", code="7F3A-91C2")
    write_ledger(path, entries, settings, CREATED, unit="规划建设局", code="7F3A-91C2")
    return path.read_bytes(), filled


def values(sheet: Worksheet) -> list[list[str]]:
    """What a reader that does not calculate sees, as words."""
    return [[str(value or "") for value in row] for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize("settings", [SETTINGS, SETTINGS.with_form(Form())], ids=["own", "plain"])
def test_every_cell_says_the_same(tmp_path: Path, settings: Settings, count: int) -> None:
    by_cell, filled = (
        openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        for data in books(tmp_path, settings, count)
    )
    assert set(by_cell.sheetnames) == set(filled.sheetnames)
    for name in by_cell.sheetnames:
        assert values(filled[name]) == values(by_cell[name]), name


def test_what_surrounds_the_rows_is_as_long_as_they_are(tmp_path: Path) -> None:
    by_cell, filled = (
        openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
        for data in books(tmp_path, SETTINGS, 5)
    )
    assert filled.auto_filter.ref == by_cell.auto_filter.ref
    assert filled.print_area == by_cell.print_area
    assert filled.freeze_panes == by_cell.freeze_panes
    rules = (
        {str(rule.sqref) for rule in sheet.data_validations.dataValidation}
        for sheet in (by_cell, filled)
    )
    assert next(rules) == next(rules)
    colours = (
        {str(area.sqref) for area in sheet.conditional_formatting} for sheet in (by_cell, filled)
    )
    assert next(colours) == next(colours)


def test_each_row_calculates_what_it_calculates_when_it_is_written_cell_by_cell(
    tmp_path: Path,
) -> None:
    by_cell, filled = (
        openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
        for data in books(tmp_path, SETTINGS, 5)
    )
    for row in (*range(1, HEAD_ROW + 1), *range(FIRST_ROW + 1, FIRST_ROW + 6)):
        for col in range(1, by_cell.max_column + 1):
            expected, found = by_cell.cell(row, col), filled.cell(row, col)
            assert (found.data_type == "f") == (expected.data_type == "f"), found.coordinate
            if expected.data_type == "f":
                assert found.value == expected.value, found.coordinate


def test_equal_rows_make_equal_bytes(tmp_path: Path) -> None:
    assert books(tmp_path, SETTINGS, 5)[1] == books(tmp_path, SETTINGS, 5)[1]


def test_a_text_that_just_fills_its_column_is_not_cut_off(tmp_path: Path) -> None:
    """Lines are counted as the workbook that is written cell by cell counts them, whatever the length."""
    settings = SETTINGS.with_form(Form())
    items = [replace(ENTRY.item, id=f"{n}", problem="整" * n) for n in range(1, 60)]
    entries = [replace(ENTRY, item=item) for item in items]
    path = tmp_path / "台账.xlsx"
    made = StandardBook.made(path, settings, CREATED, ())
    rows = [row_of_entry(entry, settings) for entry in entries]
    filled = made.for_unit(rows, unit="", code="")
    write_ledger(path, entries, settings, CREATED)
    by_cell, found = (
        openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].row_dimensions
        for data in (path.read_bytes(), filled)
    )
    for number in range(FIRST_ROW + 1, FIRST_ROW + 60):
        lines = (by_cell[number].height - 4) / LINE_HEIGHT
        assert round((found[number].height - 4) / 13.86) >= round(lines), number


@pytest.mark.parametrize(
    ("text", "stands"), [("长" * 32_768, None), ("甲\r\n乙\r丙", "甲\n乙\n丙")]
)
def test_texts_stand_as_a_cell_gives_them_back(
    tmp_path: Path, text: str, stands: str | None
) -> None:
    """One that is longer than a cell holds is left out: a program would offer to repair the workbook."""
    made = StandardBook.made(tmp_path / "台账.xlsx", SETTINGS, CREATED, ())
    entry = replace(ENTRY, item=replace(ENTRY.item, progress=text))
    data = made.for_unit([row_of_entry(entry, SETTINGS)], unit="", code="")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    col = made.check.layout.index["progress"] + 1
    assert sheet.cell(FIRST_ROW + 1, col).value == stands
