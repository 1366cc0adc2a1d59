"""What the register tells: all that is known, one round, one value. Plain values, no database."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.ledger.record import decode_value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from toolkit.ledger.answer import Answer
    from toolkit.ledger.decision import Decision
    from toolkit.ledger.entry import Entry
    from toolkit.ledger.letter import Letter
    from toolkit.ledger.revision import Revision
    from toolkit.ledger.waiver import Waiver

_CODE = 4


@dataclass(frozen=True, slots=True)
class RoundRecord:
    """What names a round: its as-of date, its folder in the outbox, and its link in the chain (64 hex digits)."""

    id: int
    as_of: date
    folder: str
    link: str

    @property
    def code(self) -> str:
        """The round's short code."""
        return short_code(self.link)


def short_code(link: str) -> str:
    """`7F3A-91C2`: the first digits of a link, as papers print them."""
    return f"{link[:_CODE]}-{link[_CODE : 2 * _CODE]}".upper()


@dataclass(frozen=True, slots=True)
class PastValue:
    """A value that has been replaced: whose, the rounds (id) that brought it and its successor, the value as stored (JSON)."""

    item: str
    column: str
    since: int
    until: int
    stored: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that the office knew before this round.

    `seen` maps the SHA-256 of every input that was read to the as-of date (ISO) of its round, `reported` each unit to the
    newest day on which it says that it has reported; `rounds` are all past rounds;
    `unchanged_periods` counts, by item, the as-of dates since its progress text last changed; `waivers` are the office's,
    `decisions` too, oldest first. `withdrawn` are the items that others stand for now, with the decision that says so;
    `answers` the newest of co-operating units; `letters` those sent; `strokes` what people wrote into papers; `pairings` which item a unit's own wording was found to mean;
    `past_values` are all that have been replaced, oldest first.
    """

    entries: tuple[Entry, ...] = ()
    seen: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    reported: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))
    unchanged_periods: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    waivers: tuple[Waiver, ...] = ()
    decisions: tuple[Decision, ...] = ()
    rounds: tuple[RoundRecord, ...] = ()
    withdrawn: Mapping[str, Decision] = field(default_factory=lambda: MappingProxyType({}))
    answers: tuple[Answer, ...] = ()
    pairings: Mapping[tuple[str, str], str] = field(default_factory=lambda: MappingProxyType({}))
    letters: tuple[Letter, ...] = ()
    strokes: tuple[Revision, ...] = ()
    past_values: tuple[PastValue, ...] = ()

    def entry(self, item_id: str) -> Entry | None:
        """The item as it was known; None where it was not."""
        return next((entry for entry in self.entries if entry.item.id == item_id), None)

    def changed_since(self, code: str) -> Mapping[tuple[str, str], object]:
        """What stood in the round with this short code and has changed since, by item and column; nothing for any other."""
        past = next((past for past in self.rounds if past.code == code), None)
        if past is None:
            return {}
        return {
            (value.item, value.column): decode_value(value.column, json.loads(value.stored))
            for value in self.past_values
            if value.since <= past.id < value.until
        }


@dataclass(frozen=True, slots=True)
class Fact:
    """One value that an item took: which column, in which round (as-of date), from which cell."""

    column: str
    value: object
    as_of: str
    file: str
    sheet: str
    cell: str
