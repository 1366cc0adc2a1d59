"""A ledger workbook as a clerk has it open, whoever's form it is: cells by the words of their heading."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import openpyxl

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_KEY = "_key"


@dataclass(frozen=True)
class OpenLedger:
    """An open workbook of ours; the heading ends in the row that holds the hidden word for keys."""

    book: Workbook

    @classmethod
    def of(cls, path: Path) -> OpenLedger:
        return cls(openpyxl.load_workbook(path))

    @cached_property
    def sheet(self) -> Worksheet:
        return next(
            sheet
            for sheet in self.book.worksheets
            if any(_KEY in row for row in sheet.iter_rows(max_row=12, values_only=True))
        )

    @cached_property
    def head_row(self) -> int:
        rows = self.sheet.iter_rows(max_row=12, values_only=True)
        return next(number for number, row in enumerate(rows, 1) if _KEY in row)

    @property
    def heads(self) -> list[str]:
        """The lowest words of each column's heading, up to the first that is none."""
        words = [self._lowest(col) for col in range(1, self.sheet.max_column + 1)]
        return words[: words.index(_KEY)]

    def _lowest(self, col: int) -> str:
        above = (self.sheet.cell(row, col).value for row in range(self.head_row, 0, -1))
        return str(next((value for value in above if value is not None), "")).rpartition("／")[2]

    @cached_property
    def columns(self) -> dict[str, int]:
        return {head: col for col, head in reversed(list(enumerate(self.heads, 1)))}

    @property
    def first(self) -> int:
        return self.head_row + 1

    @property
    def rows(self) -> list[list[Any]]:
        """The rows that have a key."""
        key = len(self.heads)
        cells = self.sheet.iter_rows(min_row=self.first, values_only=True)
        return [list(row) for row in cells if len(row) > key and row[key] is not None]

    def write(self, row: int, heading: str, value: Any) -> None:
        """Into a row of the sheet, under the lowest words of a heading."""
        self.sheet.cell(row, self.columns[heading.rpartition("／")[2]]).value = value
