"""Cells with addresses: what every reader gives and every room above reads."""

from __future__ import annotations

import datetime as dt
import string
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Value = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None


@dataclass(frozen=True, slots=True)
class Range:
    """A block of cells; rows and columns count from 1, both ends are inside."""

    first_row: int
    first_col: int
    last_row: int
    last_col: int


class Mark(StrEnum):
    """What a cell carries besides its value."""

    ERROR = "error"
    UNCALCULATED = "uncalculated"
    STRUCK = "struck"
    COMMENT = "comment"
    FORMULA = "formula"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Remark:
    """One such thing: `#N/A`, the comment's words, the struck text, the formula.

    SHOWN: what a person sees where the number format shows less than the value (a day shown as 2026年6月).
    """

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: `rows[0][0]` is A1 whatever the file's used range; blank cells are None, rows may be short.

    `hidden_rows` and `hidden_cols` count from 1; `remarks` is sparse, by (row, column) from 1.
    """

    name: str
    rows: Sequence[Sequence[Value]]
    merges: tuple[Range, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_cols: frozenset[int] = frozenset()
    remarks: Mapping[tuple[int, int], tuple[Remark, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )

    def value(self, row: int, col: int) -> Value:
        """The value at a row and column that count from 1; None outside."""
        if 0 < row <= len(self.rows) and 0 < col <= len(self.rows[row - 1]):
            return self.rows[row - 1][col - 1]
        return None


@dataclass(frozen=True, slots=True)
class Book:
    """One file: its kind, its sheets in order, notes for a person (Chinese), custom document properties."""

    kind: str
    grids: tuple[Grid, ...]
    notes: tuple[str, ...] = ()
    properties: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def grid(self, name: str) -> Grid | None:
        """The sheet of that name."""
        return next((grid for grid in self.grids if grid.name == name), None)


@lru_cache(maxsize=1024)
def column_letters(col: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while col:
        col, rest = divmod(col - 1, 26)
        letters = string.ascii_uppercase[rest] + letters
    return letters


def address(row: int, col: int) -> str:
    """(12, 8) → H12."""
    return f"{column_letters(col)}{row}"


def column_number(letters: str) -> int:
    """AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + string.ascii_uppercase.index(letter) + 1
    return number
