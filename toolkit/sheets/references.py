"""References that move when the data rows of a table become more or fewer: rows, ranges, formulas. Nothing of XML.

A range over the first data row covers all of them afterwards; one over later data rows only vanishes; what stands below
moves by the difference.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.sheets.grid import MOST_ROWS

if TYPE_CHECKING:
    from collections.abc import Callable

_COL, _ROW = r"\$?[A-Za-z]{1,3}", r"\$?\d{1,7}"
_END = r"(?![\w(.!:])"
# The pieces of a formula (18.17): texts, quoted names of sheets, brackets of other books and of tables, then references.
_TOKEN = re.compile(
    r"(?P<text>\"(?:[^\"]|\"\")*\")"
    r"|(?P<quoted>'(?:[^']|'')*'!)"
    r"|(?P<sheet>(?:\[[^\]]*\])?[^\W\d][\w.]*!)"
    r"|(?P<bracket>\[(?:[^\[\]]|\[[^\]]*\])*\])"
    rf"|(?P<area>(?<![\w.$]){_COL}{_ROW}:{_COL}{_ROW}{_END})"
    rf"|(?P<rows>(?<![\w.$]){_ROW}:{_ROW}{_END})"
    rf"|(?P<cell>(?<![\w.$]){_COL}{_ROW}{_END})"
    r"|(?P<name>[\w.$]+)"
)
_ONE = re.compile(r"(\$?[A-Za-z]{0,3})(\$?)(\d{1,7})")


class CannotMove(ValueError):
    """A reference to a single data row that is not the first: afterwards another problem stands there."""


@dataclass(frozen=True, slots=True)
class Move:
    """The data rows `first` … `last` of a sheet (from 1) become `rows` rows, at least one."""

    first: int
    last: int
    rows: int

    @property
    def shift(self) -> int:
        """How far what stands below the data moves."""
        return self.rows - (self.last - self.first + 1)

    def row(self, number: int) -> int | None:
        """Where a row stands afterwards; None for a data row behind the first, whose content goes."""
        if number <= self.first:
            return number
        return None if number <= self.last else number + self.shift

    def span(self, top: int, bottom: int) -> tuple[int, int] | None:
        """Both ends of a range of rows afterwards; None where nothing is left of it."""
        if self.first < top and bottom <= self.last:
            return None
        return self._top(top), min(self._bottom(bottom), MOST_ROWS)

    def _top(self, number: int) -> int:
        if number <= self.first:
            return number
        return max(number, self.last + 1) + self.shift

    def _bottom(self, number: int) -> int:
        if number < self.first or number == MOST_ROWS:
            return number
        return max(number, self.last) + self.shift

    def ref(self, reference: str) -> str | None:
        """A1 or A1:C9 afterwards, with its dollar signs; None where nothing is left of it."""
        first, _, last = reference.partition(":")
        ends = _ONE.fullmatch(first), _ONE.fullmatch(last or first)
        if ends[0] is None or ends[1] is None:
            return reference  # whole columns
        span = self.span(int(ends[0][3]), int(ends[1][3]))
        if span is None:
            return None
        start, end = (
            f"{found[1]}{found[2]}{row}" for found, row in zip(ends, span, strict=True) if found
        )
        return f"{start}:{end}" if last else start

    def sqref(self, references: str) -> str:
        """Several references with blanks between them; "" where nothing is left."""
        moved = (self.ref(reference) for reference in references.split())
        return " ".join(reference for reference in moved if reference)

    def formula(self, text: str, sheet: str, here: str) -> str:
        """A formula that stands on the sheet `here`, after the rows of `sheet` have moved.

        Raises CannotMove where it names a single data row behind the first.
        """
        return self._over_references(text, sheet, here, self._moved)

    def rule(self, text: str, sheet: str, down: int) -> str:
        """The formula of a rule over a range of `sheet` whose first cell has gone `down` by so many rows.

        What has no dollar sign before its row is counted from that first cell: it goes with it (18.3.1.10, 18.3.1.32).
        Raises CannotMove as `formula` does.
        """

        def moved(reference: str) -> str:
            is_fixed = any(end[2] or end[1] == "$" for end in _ONE.finditer(reference))
            return self._moved(reference) if is_fixed else shifted(reference, down)

        return self._over_references(text, sheet, sheet, moved)

    def _over_references(
        self, text: str, sheet: str, here: str, change: Callable[[str], str]
    ) -> str:
        """The formula with every reference to `sheet` changed."""
        named = here  # the sheet that the next reference is to
        out: list[str] = []
        at = 0
        for token in _TOKEN.finditer(text):
            out.append(text[at : token.start()])
            kind, word, at = token.lastgroup, token[0], token.end()
            if kind in ("quoted", "sheet"):
                named = word[:-1].strip("'").replace("''", "'")  # [1]台账 is another book's
                out.append(word)
                continue
            is_ours = named.casefold() == sheet.casefold()
            moves = kind in ("area", "rows", "cell") and is_ours
            out.append(change(word) if moves else word)
            named = here
        return "".join((*out, text[at:]))

    def _moved(self, reference: str) -> str:
        moved = self.ref(reference)
        if moved is None and ":" not in reference:
            raise CannotMove(reference)
        return moved or "#REF!"


def shifted(formula: str, rows: int) -> str:
    """A formula as it stands so many rows further down: what has no dollar sign before its row goes with it."""
    return _TOKEN.sub(lambda token: _shifted_token(token, rows), formula)


def _shifted_token(token: re.Match[str], rows: int) -> str:
    if token.lastgroup not in ("area", "rows", "cell"):
        return token[0]
    return _ONE.sub(
        lambda one: one[0] if one[2] or one[1] == "$" else f"{one[1]}{int(one[3]) + rows}",
        token[0],
    )
