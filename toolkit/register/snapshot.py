"""What the register tells: all that is known, one round, one value. Plain values, no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from toolkit.ledger.answer import Answer
    from toolkit.ledger.decision import Decision
    from toolkit.ledger.entry import Entry
    from toolkit.ledger.letter import Letter, Reply
    from toolkit.ledger.revision import Revision
    from toolkit.ledger.waiver import Waiver

_CODE = 4


@dataclass(frozen=True, slots=True)
class RoundRecord:
    """What names a state: its as-of date, its folder in the outbox, its link in the chain (64 hex digits).

    `period` counts from 1, `run` the runs of the period; `since` is the first as-of date of the period; `basis` is the
    digest of all that it was computed from ("" of versions before 0.4).
    """

    id: int
    as_of: date
    folder: str
    link: str
    period: int = 0
    run: int = 1
    since: date | None = None
    basis: str = ""

    @property
    def code(self) -> str:
        """The state's short code."""
        return short_code(self.link)


def short_code(link: str) -> str:
    """`7F3A-91C2`: the first digits of a link, as papers print them."""
    return f"{link[:_CODE]}-{link[_CODE : 2 * _CODE]}".upper()


@dataclass(frozen=True, slots=True)
class PastFigures:
    """What an earlier period counted over all items, as it was stored: by code, as text."""

    period: int
    as_of: date
    numbers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Delivered:
    """A file that came in: its name in the inbox, SHA-256, the run of the period that took it, its time of change.

    `arrived` is in seconds since the epoch, as the file had it then: never that of a copy of today.
    """

    file: str
    sha256: str
    run: int
    arrived: float


@dataclass(frozen=True, slots=True)
class TakenLedger:
    """A full ledger: its name as dropped (archive/member), SHA-256, and that of the archive that it came in ("" for none)."""

    file: str
    sha256: str
    archive: str


# What an item's cells held at some time: (item, column) → value.
Values = Mapping[tuple[str, str], object]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that the office knew before this period.

    `seen` maps the SHA-256 of every input that was read to the as-of date (ISO) of its round, `reported` each unit to the
    newest day on which it says that it has reported; `rounds` are the live states of all earlier periods;
    `unchanged_periods` counts, by item, the as-of dates since its progress text last changed; `waivers` are the office's,
    `decisions` too, oldest first. `withdrawn` are the items that others stand for now, with the decision that says so;
    `answers` the newest of co-operating units; `letters` those sent; `strokes` what people wrote into papers; `pairings` which item a unit's own wording was found to mean;
    `bases` tell, by the short code of a state, what it held: what stood in workbooks that were dispatched from it;
    `replies` are what units answered to letters, by the number of the letter; `past` the figures of earlier periods.
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
    bases: Mapping[str, Values] = field(default_factory=lambda: MappingProxyType({}))
    replies: tuple[Reply, ...] = ()
    past: tuple[PastFigures, ...] = ()

    def changed_since(self, code: str) -> Values:
        """What stood in the state with this short code and has changed since; nothing for any other."""
        now = {entry.item.id: entry for entry in self.entries}
        return {
            (id_, column): value
            for (id_, column), value in self.bases.get(code, {}).items()
            if id_ in now and now[id_].value_of(column) != value
        }


@dataclass(frozen=True, slots=True)
class Moment:
    """The end of a period: its facts as (item, column, stored value), and which items are closed or have left by then."""

    period: int
    as_of: date
    facts: tuple[tuple[str, str, str], ...]
    closed: frozenset[str]
    withdrawn: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fact:
    """One value that an item took: which column, in which round (as-of date), from which cell."""

    column: str
    value: object
    as_of: str
    file: str
    sheet: str
    cell: str
