"""Pictures that stand in cells as formulas: WPS writes =DISPIMG("ID_…",1), and the same words as the cell's text."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.sheets.grid import Mark, Remark

if TYPE_CHECKING:
    from toolkit.sheets.grid import Grid, Value

# What a file that may hold such pictures holds somewhere.
SIGN = b"DISPIMG"
_FORMULA = re.compile(r"\s*[=@]?(?:_xlfn\.)?DISPIMG\s*\(", re.IGNORECASE)
PICTURE = Remark(Mark.PICTURE, "图片")


def is_picture(text: str) -> bool:
    """Whether a formula or a text stands for a picture in its cell."""
    return _FORMULA.match(text) is not None


def with_pictures(grid: Grid) -> Grid:
    """The grid with a mark in the place of every text that stands for a picture."""
    found = [
        (number, col)
        for number, row in enumerate(grid.rows, 1)
        for col, value in enumerate(row, 1)
        if _stands_for_picture(value)
    ]
    if not found:
        return grid
    rows = list(grid.rows)
    for number in {number for number, _ in found}:
        rows[number - 1] = [
            None if _stands_for_picture(value) else value for value in rows[number - 1]
        ]
    remarks = {**grid.remarks, **dict.fromkeys(found, (PICTURE,))}
    return replace(grid, rows=rows, remarks=MappingProxyType(remarks))


def _stands_for_picture(value: Value) -> bool:
    return type(value) is str and value[:1] in "=@_D" and is_picture(value)
