"""建账确认单.xlsx come back: which units of the first ledger are the same one under two names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.ledger.text import as_typed, clean, normal_heading
from toolkit.ledger.units import Twins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.sheets.grid import Book, Grid

UNIT, TWIN, CHOICE = "单位", "疑似同一单位", "您的选择"
SAME, _ = CHOICES = ("同一单位", "不同单位")
_NEEDED = tuple(normal_heading(name) for name in (UNIT, TWIN, CHOICE))
_SEARCHED = 10


def is_setup_sheet(book: Book) -> bool:
    """Whether a workbook has the question about units of 建账确认单.xlsx, whatever its sheets are called."""
    return any(True for _ in _tables(book))


def read_twins(book: Book) -> tuple[Twins, ...]:
    """The pairs of names that are one unit's; what was left open or answered otherwise is none."""
    return tuple(pair for grid, head, cols in _tables(book) for pair in _pairs(grid, head, cols))


def _tables(book: Book) -> Iterator[tuple[Grid, int, tuple[int, ...]]]:
    """(sheet, row of the heading, columns of the unit, its twin, the choice)."""
    for grid in book.grids:
        for row in range(1, min(len(grid.rows), _SEARCHED) + 1):
            words = [normal_heading(as_typed(value)) for value in grid.rows[row - 1]]
            if all(name in words for name in _NEEDED):
                yield grid, row, tuple(words.index(name) + 1 for name in _NEEDED)
                break


def _pairs(grid: Grid, head: int, cols: tuple[int, ...]) -> Iterator[Twins]:
    for row in range(head + 1, len(grid.rows) + 1):
        unit, twin, choice = (clean(as_typed(grid.value(row, col))) for col in cols)
        if unit and twin and choice == SAME:
            yield Twins(unit, twin)
