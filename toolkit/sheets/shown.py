"""Values as a person sees them: where a number format adds, scales or hides, the text shown stands for the number."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.sheets.date_format import NO_DAY

if TYPE_CHECKING:
    from toolkit.sheets.grid import Book, Grid, Value

_DATES = (dt.date, dt.time, dt.timedelta)


def as_shown(book: Book) -> Book:
    """The book with the text of every display in the place of its number; dates stay dates, and all displays stay.

    A display without text hides the value: a 0 is then blank, as everybody sees it; anything else is left as it is
    stored, for whoever must say so.
    """
    if not any(grid.displays for grid in book.grids):
        return book
    return replace(book, grids=tuple(_shown(grid) for grid in book.grids))


def _shown(grid: Grid) -> Grid:
    rows = list(grid.rows)
    changed: dict[int, list[Value]] = {}
    for (number, col), display in grid.displays.items():
        value = grid.value(number, col)
        is_date = isinstance(value, _DATES) and display.text != NO_DAY
        if value is None or is_date or (value != 0 and not display.text):
            continue
        changed.setdefault(number, list(rows[number - 1]))[col - 1] = display.text or None
    for number, row in changed.items():
        rows[number - 1] = row
    return replace(grid, rows=rows) if changed else grid
