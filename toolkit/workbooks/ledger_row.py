"""A row of a ledger as it is written into a workbook, and what the sheet itself can know of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from toolkit.checks.examine import case_of
from toolkit.ledger.columns import BY_CODE, COLUMNS, Filler
from toolkit.ledger.entry import Entry
from toolkit.ledger.item import Item
from toolkit.ledger.readers import read_cell
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.submission import Origin, Row
from toolkit.ledger.text import as_typed, blank
from toolkit.workbooks.ledger_sheet import as_cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.checks.rule import Case, CheckContext
    from toolkit.ledger.deadlines import Deadline
    from toolkit.ledger.readers import Context
    from toolkit.settings.model import Settings

# The words of 整改时限 that a formula can read where the register knows nothing.
STANDING_WORDS, IMMEDIATE_WORDS = "长期坚持", "立行立改"
_OFFICE = tuple(column.code for column in COLUMNS if column.filled_by is Filler.OFFICE)
_NOWHERE = Origin("", "", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One row as it is written.

    `cells` are the values by column code, blanks left out; `key` is the id behind it; `deadline` is what the office
    knows behind the words of 整改时限 (None where it knows nothing); `own` are the texts of own columns, by heading.
    """

    cells: Mapping[str, object]
    key: str = ""
    deadline: Deadline | None = None
    own: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def typed(self) -> dict[str, str]:
        """What a person sees in the cells, those that hold nothing left out."""
        return {code: as_typed(value) for code, value in self.cells.items() if not blank(value)}


def row_of_entry(entry: Entry, settings: Settings) -> LedgerRow:
    """The row of an item with what its own columns say."""
    return replace(row_of(entry.item, settings), own=dict(entry.own))


def row_of(item: Item, settings: Settings) -> LedgerRow:
    """The row of an item that the office knows."""
    values = {column.code: as_cell(item, column, settings) for column in COLUMNS}
    cells = {code: value for code, value in values.items() if value is not None}
    return LedgerRow(cells=cells, key=item.id, deadline=item.deadline)


def seen(
    row: LedgerRow, around: CheckContext, context: Context, letters: Mapping[str, str]
) -> Case:
    """The row as the sheet sees it: its cells, the office's columns taken as they stand, and nothing of the past."""
    typed = row.typed
    values: dict[str, Any] = {}
    unreadable: dict[str, Unreadable] = {}
    for code in typed:
        value = read_cell(BY_CODE[code], row.cells[code], context)
        if isinstance(value, Unreadable):
            unreadable[code] = value
        elif value is not None:
            values[code] = value
    item = Item(**{**values, "deadline": _deadline(row, values.get("deadline"))})
    known = Entry(item=Item(**{code: getattr(item, code) for code in _OFFICE}), origin=_NOWHERE)
    return case_of(
        Row(_NOWHERE, item, letters, typed, unreadable), replace(around, known={item.id: known})
    )


def _deadline(row: LedgerRow, read: Deadline | None) -> Deadline | None:
    """A date in the cell counts; else what the office knows; else the two words that the sheet can read."""
    written = row.cells.get("deadline")
    if isinstance(written, dt.date) or (
        row.deadline is None and written in (STANDING_WORDS, IMMEDIATE_WORDS)
    ):
        return read
    return row.deadline
