"""Cells with addresses: what every reader gives and every room above reads."""

from __future__ import annotations

import datetime as dt
import re
import string
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.sheets.number_format import Display

Value = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None


@dataclass(frozen=True, slots=True)
class Range:
    """A block of cells; rows and columns count from 1, both ends are inside."""

    first_row: int
    first_col: int
    last_row: int
    last_col: int


MOST_ROWS, MOST_COLS = 1_048_576, 16_384
_RANGE = re.compile(
    r"(?:[^!]*!)?\$?([A-Za-z]{0,3})\$?(\d{0,7})(?::\$?([A-Za-z]{0,3})\$?(\d{0,7}))?"
)


def read_range(reference: str) -> Range | None:
    """A1:C3, also with $, a sheet's name, its ends in any order, or as whole columns (A:C) or rows (1:3)."""
    found = _RANGE.fullmatch(reference.strip())
    if not found or not (found[1] or found[2]):
        return None
    first_col, last_col = _ends(found[1], found[3] or found[1], MOST_COLS)
    first_row, last_row = _ends(found[2], found[4] or found[2], MOST_ROWS)
    is_inside = 0 < first_col <= last_col <= MOST_COLS and 0 < first_row <= last_row <= MOST_ROWS
    return Range(first_row, first_col, last_row, last_col) if is_inside else None


def _ends(first: str, last: str, most: int) -> tuple[int, int]:
    """Both ends of a range in one direction, the smaller first; without any it goes from end to end."""
    if not first:
        return 1, most
    ends = (int(end) if end.isdecimal() else column_number(end.upper()) for end in (first, last))
    low, high = sorted(ends)
    return low, high


class Mark(StrEnum):
    """What a cell carries besides its value."""

    ERROR = "error"
    UNCALCULATED = "uncalculated"
    STRUCK = "struck"
    COMMENT = "comment"
    FORMULA = "formula"
    PICTURE = "picture"
    BLANK_LINK = "blank link"  # a formula that refers to a blank cell, and shows 0 for it
    LOST = "lost"  # a text that is missing in the file


# Marks that stand in the place of a value: there was something, and it cannot be read.
UNREADABLE = frozenset({Mark.ERROR, Mark.UNCALCULATED, Mark.PICTURE, Mark.LOST})


@dataclass(frozen=True, slots=True)
class Remark:
    """One such thing: `#N/A`, the comment's words, the struck text, the formula."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: `rows[0][0]` is A1 whatever the file's used range; blank cells are None, rows may be short.

    `hidden_rows` and `hidden_cols` count from 1; `remarks` is sparse, by (row, column) from 1; so is `displays`: what a
    person sees where that is something else than the value, or less of it (a date of which only year and month show).
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
    displays: Mapping[tuple[int, int], Display] = field(
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
