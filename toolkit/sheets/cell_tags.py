"""Rows and cells of a worksheet as pieces of text (18.3.1.73, 18.3.1.4): a tree of fifty thousand cells takes too long."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from toolkit.sheets.grid import column_letters


@dataclass(frozen=True, slots=True)
class CellTags:
    """The tags in the prefix that the sheet's writer chose; texts given to them are escaped already."""

    cell: str
    value: str
    value_end: str
    words: str
    words_end: str
    formula_begin: str
    formula_end: str
    formula_about: str
    given: str
    row_begin: str
    row_end: str

    @classmethod
    def of(cls, prefix: str) -> CellTags:
        """For elements of this namespace prefix ("" for none)."""
        begin, end = ("<" + prefix + ":", "</" + prefix + ":") if prefix else ("<", "</")
        return cls(
            cell=begin + 'c r="',
            value='">' + begin + "v>",
            value_end=end + "v>" + end + "c>",
            words='" t="inlineStr">' + begin + "is>" + begin + 't xml:space="preserve">',
            words_end=end + "t>" + end + "is>" + end + "c>",
            formula_begin='">' + begin + "f>",
            formula_end=end + "f>" + end + "c>",
            formula_about=begin + "f",
            given=end + "f>" + begin + "v>",
            row_begin=begin + 'row r="',
            row_end=end + "row>",
        )

    def row(self, number: int, height: float, *, is_custom: bool) -> list[str]:
        """The beginning of a row; `height` in points, `is_custom` where it stays when texts grow."""
        custom = '" customHeight="1">' if is_custom else '">'
        return [self.row_begin, str(number), '" ht="', format(height, "g"), custom]

    def blank(self, col: int, row: int, style: int) -> list[str]:
        """A cell with its format only."""
        return [*self._begin(col, row, style), '"/>']

    def number(self, col: int, row: int, style: int, value: str) -> list[str]:
        """A number, a day among them."""
        return [*self._begin(col, row, style), self.value, value, self.value_end]

    def text(self, col: int, row: int, style: int, text: str) -> list[str]:
        """A text within the cell itself, so that it is in no part that all sheets share."""
        return [*self._begin(col, row, style), self.words, text, self.words_end]

    def formula(self, col: int, row: int, style: int, formula: str) -> list[str]:
        """A formula without what it gives: programs calculate it when they open the book."""
        return [*self._begin(col, row, style), self.formula_begin, formula, self.formula_end]

    def shared(self, number: int, area: str) -> str:
        """What makes a formula one of many (18.3.1.40): its number, and in the first row the cells that it is for."""
        told = f' ref="{area}"' if area else ""
        return f' t="shared"{told} si="{number}"'

    def calculated(
        self, col: int, row: int, style: int, formula: tuple[str, str], given: tuple[str, str]
    ) -> list[str]:
        """A formula (what `shared` says of it, its text) with the type and the value that it gave."""
        (about, text), (kind, value) = formula, given
        typed = f'" t="{kind}">' if kind else '">'
        pieces = [*self._begin(col, row, style), typed, self.formula_about, about, ">", text]
        return [*pieces, self.given, value, self.value_end]

    def _begin(self, col: int, row: int, style: int) -> tuple[str, str, str, str, str]:
        return (self.cell, _letters(col), str(row), '" s="', str(style))


@lru_cache(maxsize=1024)
def _letters(col: int) -> str:
    return column_letters(col)
