"""New workbooks through xlsxwriter, with equal bytes for equal content."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import xlsxwriter
from xlsxwriter.worksheet import CellFormulaTuple, Worksheet

from toolkit.packages.rewrite import rewritten
from toolkit.sheets.grid import address

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from xlsxwriter.format import Format


class _SharedFormula(NamedTuple):
    """A cell of a column with one formula: the text in the first row, "" below; `last` is the last row (from 0)."""

    formula: str
    format: Format
    value: object
    last: int


class FormulaSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter has no types
    """A sheet for many long formulas: they name only functions that Excel 2007 knows, so none is searched for newer ones.

    That search is thirty regular expressions a formula and one over all of it; it took four fifths of writing a ledger.
    """

    def _write_formula(
        self, row: int, col: int, formula: str, cell_format: Format | None = None, value: object = 0
    ) -> int:
        """What xlsxwriter's own does for a formula that is neither an array nor of a newer Excel."""
        if self._check_dimensions(row, col):
            return -1
        self.table[row][col] = CellFormulaTuple(self._prepare_formula(formula), cell_format, value)
        return 0

    def write_shared_formula(
        self, rows: tuple[int, int], col: int, formula: str, cell_format: Format, value: object
    ) -> None:
        """A formula that is written once for a column (18.3.1.40): in its first row, and "" in each row below.

        `rows` are the row and the last one of all (from 0), `value` what the formula gives there.
        """
        row, last = rows
        self._check_dimensions(row, col)
        text = self._prepare_formula(formula)
        self.table[row][col] = _SharedFormula(text, cell_format, value, last)

    def _write_cell(self, row: int, col: int, cell: object) -> None:
        """What xlsxwriter's own does, and shared formulas, which it does not know."""
        if not isinstance(cell, _SharedFormula):
            super()._write_cell(row, col, cell)
            return
        told = [("r", address(row + 1, col + 1)), ("s", cell.format._get_xf_index())]  # noqa: SLF001
        is_text = isinstance(cell.value, str)
        told += [("t", "str")] if is_text and cell.value else []
        told += [("t", "b")] if isinstance(cell.value, bool) else []
        self._xml_start_tag("c", told)
        shared = [("t", "shared"), ("si", col)]
        if cell.formula:
            area = f"{address(row + 1, col + 1)}:{address(cell.last + 1, col + 1)}"
            self._xml_data_element("f", cell.formula, [*shared[:1], ("ref", area), *shared[1:]])
        else:
            self._xml_empty_tag("f", shared)
        self._write_cell_value(int(cell.value) if isinstance(cell.value, bool) else cell.value)
        self._xml_end_tag("c")

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: FBT001, FBT002 - xlsxwriter's
        del expand_future_functions
        return formula.removeprefix("=")


class EqualWorkbook(xlsxwriter.Workbook):  # type: ignore[misc]  # xlsxwriter has no types
    """A workbook whose package says nothing of the system that wrote it."""

    def _store_workbook(self) -> None:
        super()._store_workbook()
        path = Path(self.filename)
        path.write_bytes(rewritten(path.read_bytes()))


def new_workbook(
    path: Path, created: datetime, properties: Mapping[str, str]
) -> xlsxwriter.Workbook:
    """An empty workbook that takes text as text: nothing typed becomes a formula, a link or a number.

    `created` is the only time in the file; `properties` are custom document properties.
    """
    workbook = EqualWorkbook(
        str(path),
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "in_memory": True,  # else every part of every workbook is a file of its own for a while
            "default_date_format": "yyyy-mm-dd",
        },
    )
    workbook.set_properties({"created": created, "author": "", "comments": ""})
    for name, value in properties.items():
        workbook.set_custom_property(name, value)
    return workbook
