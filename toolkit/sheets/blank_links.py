"""Formulas that only refer to another cell (=原始!B2): where that cell is blank, programs show 0, or 1900-01-00 for a date."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.sheets.grid import Mark, Remark, column_letters, column_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.sheets.grid import Grid, Value

_SHEET = r"(?:\$?(?:'(?P<quoted>(?:[^'\[\]]|'')+)'|(?P<sheet>[^'\[\]!=:;,()+\-*/&<>\"\s$]+))[!.])?"
_CELL = r"(?P<fixed_col>\$?)(?P<col>[A-Z]{1,3})(?P<fixed_row>\$?)(?P<row>[1-9]\d{0,6})"
# As .xlsx writes it, and as OpenDocument does: =[$原始.B2], =[.B2].
_REFERENCE = re.compile(
    rf"=\+?(?:{_SHEET}{_CELL}|\[\.?{_SHEET.replace('P<', 'P<o_')}{_CELL.replace('P<', 'P<o_')}\])"
)
_LONGEST = 200


def target_of(formula: str) -> tuple[str, int, int] | None:
    """(sheet, "" for its own; row; column) of a formula that is one reference; None of any other."""
    found = _REFERENCE.fullmatch(formula) if len(formula) <= _LONGEST else None
    if not found:
        return None
    group = found.groupdict()
    head = "o_" if group["o_col"] else ""
    name = group[f"{head}quoted"] or group[f"{head}sheet"] or ""
    return name.replace("''", "'"), int(group[f"{head}row"]), column_number(group[f"{head}col"])


def moved(formula: str, down: int, right: int) -> str:
    """A formula of one reference as it reads so many rows below and columns beside; any other as it is."""
    found = _REFERENCE.fullmatch(formula) if len(formula) <= _LONGEST else None
    if not found or found["col"] is None:
        return formula
    row = int(found["row"]) + (0 if found["fixed_row"] else down)
    col = column_number(found["col"]) + (0 if found["fixed_col"] else right)
    if row < 1 or col < 1:
        return formula
    place = f"{found['fixed_col']}{column_letters(col)}{found['fixed_row']}{row}"
    return formula[: found.start("fixed_col")] + place


def without_blank_links(grids: Sequence[Grid]) -> tuple[Grid, ...]:
    """The grids with a blank in the place of every 0 that only stands for a blank cell, and a mark that says so."""
    by_name = {grid.name: grid for grid in grids}
    return tuple(_linked(grid, by_name) for grid in grids)


def _linked(grid: Grid, by_name: Mapping[str, Grid]) -> Grid:
    found = [
        place
        for place, remarks in grid.remarks.items()
        if _is_zero(grid.value(*place))
        and any(_refers_to_blank(remark, grid, by_name) for remark in remarks)
    ]
    if not found:
        return grid
    rows = [list(row) for row in grid.rows]
    remarks = dict(grid.remarks)
    for row, col in found:
        rows[row - 1][col - 1] = None
        remarks[row, col] = tuple(_marked(remark) for remark in remarks[row, col])
    return replace(grid, rows=rows, remarks=MappingProxyType(remarks))


def _is_zero(value: Value) -> bool:
    return (type(value) in (int, float) and value == 0) or value == dt.time()


def _refers_to_blank(remark: Remark, grid: Grid, by_name: Mapping[str, Grid]) -> bool:
    target = target_of(remark.text) if remark.mark is Mark.FORMULA else None
    if target is None:
        return False
    sheet, row, col = target
    there = by_name.get(sheet) if sheet else grid
    return there is not None and there.value(row, col) is None and not there.remarks.get((row, col))


def _marked(remark: Remark) -> Remark:
    return Remark(Mark.BLANK_LINK, remark.text) if remark.mark is Mark.FORMULA else remark
