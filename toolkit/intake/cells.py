"""The cells of one row by column code: merges filled, second columns looked into, 同上 resolved, errors kept as errors."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.intake.headers import How, Part, is_result
from toolkit.intake.raw_row import Raw
from toolkit.intake.shown_cells import ShownCells
from toolkit.intake.spread_cells import SpreadCells
from toolkit.ledger import no_news
from toolkit.ledger.columns import BY_CODE, Kind
from toolkit.ledger.lookalikes import lookalikes
from toolkit.ledger.own import heading_path, own_code, told_apart
from toolkit.ledger.text import DASHES, as_typed, clean
from toolkit.sheets.grid import UNREADABLE, Mark, column_letters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.intake.tables import Table
    from toolkit.sheets.grid import Value

_DITTO_WORDS = (
    "同上",
    "〃",
    "″",
    '"',
    "“",
    "”",
    "同前",
    "同上行",
    "同上一行",
    "同上一条",
    "同上条",
    "见上",
    "如上",
    "如前",
)
_BRACKETS = ("", "（）", "()", "【】", "[]", "〔〕")
DITTO = frozenset(
    f"{pair[:1]}{gap.join(word)}{pair[1:]}{end}"
    for word in _DITTO_WORDS
    for gap in ("", " ", "  ")
    for pair in _BRACKETS
    for end in ("", "。")
)
# Texts up to this length come again and again in a ledger; what they are cleaned to is remembered.
_WORD = 24
clean_word = lru_cache(maxsize=32_768)(clean)
# What a merge over several problems must not multiply.
ADDITIVE = frozenset({"money", "people", "regulations"})
# Columns in which a picture in the cell is an answer, and what it is read as; elsewhere it is a text that nobody can read.
PICTURES_COUNT, PICTURE = frozenset({"evidence"}), "图片1张"
_JOINED_BY = {Kind.LIST: "\n", Kind.UNITS: "、"}


class Cells:
    """How the rows of one table are fetched: its columns, first and second ones, its merges, its remarks."""

    def __init__(self, table: Table) -> None:
        self._grid = table.grid
        self._key_col = table.block.key_col
        firsts: dict[str, int] = {}
        seconds: list[tuple[int, str]] = []
        ticks = [heading for heading in table.headings if heading.part is Part.TICK]
        # What was done stands before what it brought about, the newest of several periods before the older ones.
        for heading in sorted(
            table.headings, key=lambda heading: (is_result(heading), heading.age)
        ):
            if heading.code and heading.code in firsts and heading not in ticks:
                seconds.append((heading.col, heading.code))
            elif heading.code:
                firsts.setdefault(heading.code, heading.col)
        self.columns: Mapping[str, int] = firsts
        ticked = {heading.col for heading in ticks}
        self._plan = tuple((col, code) for code, col in firsts.items() if col not in ticked)
        self.spread = SpreadCells(table, ticks)
        self.shown = ShownCells(table, firsts)
        self._seconds = tuple(seconds)
        self._results = frozenset(heading.col for heading in table.headings if is_result(heading))
        self._merged = merged_cells(table)
        self._own = own_columns(table)
        own = {own_code(path): col for col, path in self._own.items()}
        self._letters = {code: column_letters(col) for code, col in {**firsts, **own}.items()}

    @property
    def letters(self) -> Mapping[str, str]:
        """The Excel letters of each code's first column, own ones too."""
        return self._letters

    @property
    def merged(self) -> Mapping[tuple[int, int], tuple[int, Value]]:
        """(row, col) → (first row, value) of the cells that a true vertical merge covers."""
        return self._merged

    def row(self, number: int) -> Raw:
        """The row's cells, as far as they hold something."""
        rows = self._grid.rows
        row = rows[number - 1] if number <= len(rows) else ()
        width = len(row)
        raw = Raw(number)
        cells, typed = raw.cells, raw.typed
        for col, code in self._plan:
            value = row[col - 1] if col <= width else None
            if value is None:
                continue
            if type(value) is str:
                if len(value) <= _WORD:
                    text = clean_word(value)
                    if text in DASHES:
                        continue
                    if text == value:
                        value = text  # the word as it was first met: a thousand cells share one
                else:
                    text = clean(value)
                if text is not value and lookalikes(value):
                    raw.lookalikes.append(code)
                cells[code], typed[code] = text, value
            else:
                cells[code], typed[code] = value, as_typed(value)
        self._complete(raw, row)
        if self._own and raw.cells:
            self._keep_own(raw, row)
        if 0 < self._key_col <= width:
            raw.key = clean(as_typed(row[self._key_col - 1]))
        return raw

    def _complete(self, raw: Raw, row: Sequence[Value]) -> None:
        """What stands elsewhere than in the row's own first cells, and what cannot be read."""
        if self._merged:
            self._fill(raw)
        if self._seconds or self.spread.ticks:
            self._look_second(raw, row)
            self.spread.choose(raw, self._merged)
        if self._grid.remarks:
            self._find_faults(raw)
        self.shown.settle(raw)

    def _keep_own(self, raw: Raw, row: Sequence[Value]) -> None:
        """What stands in own columns, a merge over several rows in each of them."""
        for col, path in self._own.items():
            value, at = (row[col - 1] if col <= len(row) else None), raw.number
            if value is None and (found := self._merged.get((raw.number, col))):
                at, value = found
            text = clean(as_typed(value))
            if text not in DASHES:
                raw.own[path] = (text, (at, col))

    def _fill(self, raw: Raw) -> None:
        for col, code in self._plan:
            if code in raw.cells or code in ADDITIVE:
                continue
            found = self._merged.get((raw.number, col))
            if found and clean(as_typed(found[1])) not in DASHES:
                first, value = found
                raw.cells[code] = clean(value) if isinstance(value, str) else value
                raw.typed[code] = as_typed(value)
                raw.at[code] = (first, col)

    def _look_second(self, raw: Raw, row: Sequence[Value]) -> None:
        for col, code in self._seconds:
            value = row[col - 1] if col <= len(row) else None
            text = clean(as_typed(value))
            if value is None or text in DASHES:
                continue
            if code not in raw.cells:
                raw.cells[code], raw.typed[code] = (
                    (text if isinstance(value, str) else value),
                    as_typed(value),
                )
                raw.at[code] = (raw.number, col)
            elif col in self.spread.older or text == clean(raw.typed[code]):
                continue
            elif glue := "\n" if col in self._results else _JOINED_BY.get(BY_CODE[code].kind):
                joined = f"{raw.typed[code]}{glue}{as_typed(value)}"
                raw.cells[code], raw.typed[code] = clean(joined), joined
            else:
                raw.second.append((code, col, as_typed(value)))

    def _find_faults(self, raw: Raw) -> None:
        for col, code in self._plan:
            if code in raw.cells:
                continue
            for remark in self._grid.remarks.get((raw.number, col), ()):
                if remark.mark is Mark.PICTURE and code in PICTURES_COUNT:
                    raw.cells[code] = raw.typed[code] = PICTURE
                elif remark.mark in UNREADABLE:
                    raw.faults[code] = remark


def own_columns(table: Table) -> Mapping[int, str]:
    """The columns that are none of ours, by their heading paths; what the office decided to leave out is none.

    A heading that the office is asked about keeps its cells here meanwhile.
    """
    words = {word.col: word.parts for word in table.block.words}
    own = [
        heading
        for heading in table.headings
        if not heading.code
        and not heading.part
        and heading.how in (How.UNKNOWN, How.OWN, How.COUNTER)
        and heading.col in words
    ]
    # What the form names stays as it names it; others are told apart from these and from one another.
    named = {heading.col: heading.own for heading in own if heading.own}
    others = [heading.col for heading in own if not heading.own]
    paths = told_apart([*named.values(), *(heading_path(words[col]) for col in others)])
    apart = dict(zip(others, list(paths)[len(named) :], strict=True))
    return {heading.col: path for heading in own if (path := {**named, **apart}[heading.col])}


def merged_cells(table: Table) -> dict[tuple[int, int], tuple[int, Value]]:
    """(row, col) → (first row, value) of what true vertical merges below the heading cover."""
    filled: dict[tuple[int, int], tuple[int, Value]] = {}
    for merge in table.grid.merges:
        first = max(merge.first_row, table.block.last + 1)
        if merge.first_row > table.block.last and merge.last_row > merge.first_row:
            value = table.grid.value(merge.first_row, merge.first_col)
            if value is not None:
                for row in range(first + 1, min(merge.last_row, table.block.until + _BEYOND) + 1):
                    filled[row, merge.first_col] = (merge.first_row, value)
    return filled


# A merge may reach below the last row that holds a value, but not for ever (a whole column can be merged).
_BEYOND = 50


def resolve_dittos(raw: Raw, above: Raw | None) -> None:
    """同上 and 〃 replaced by the row above, where that says something; else kept as a fault of its own."""
    if DITTO.isdisjoint(raw.cells.values()):
        return
    for code, value in raw.cells.items():
        if isinstance(value, str) and value in DITTO:
            if above and code in above.cells:
                raw.ditto.append(code)
            else:
                raw.lost_ditto.append(code)
    for code in raw.ditto:
        raw.cells[code], raw.typed[code] = above.cells[code], above.typed[code]  # type: ignore[union-attr]


def mark_no_news(raw: Raw) -> None:
    """Note the columns in which the unit only says that nothing has changed (同上周, 无变化)."""
    for code in no_news.COLUMNS:
        value = raw.cells.get(code)
        if type(value) is str and no_news.is_no_news(value):
            raw.no_news.append(code)
