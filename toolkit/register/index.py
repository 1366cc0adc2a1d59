"""Which item a returned row is about: hidden key, id and text, the same text, at last a text much like it – never a guess."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.ledger.ids import loose
from toolkit.ledger.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.ledger.decision import Decision
    from toolkit.ledger.item import Item
    from toolkit.ledger.submission import Row
    from toolkit.register.snapshot import Snapshot

# The least lead of the likest problem over the next (both 0 to 100).
LEAD = 8
_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Found:
    """The item of a row ("" where none can be said), or the ids that it may be; `like` where only the texts resemble."""

    id: str
    candidates: tuple[str, ...] = ()
    like: bool = False


class Index:
    """The register's items, ready to be found by what a row says of itself.

    `likeness` (0 to 100, the office's 文字相似度) is the least of two texts that are one problem in slightly other words.
    """

    def __init__(self, known: Snapshot, likeness: int) -> None:
        entries = known.entries
        self._likeness = likeness
        self._pairings = known.pairings
        self._withdrawn = known.withdrawn
        self._items = {entry.item.id: entry for entry in entries}
        self._loose: dict[str, list[str]] = {}
        self._texts: dict[str, list[str]] = {}
        self._of_units: dict[str, list[str]] = {}
        for entry in entries:
            item = entry.item
            self._loose.setdefault(loose(item.id), []).append(item.id)
            self._texts.setdefault(normal(_lowest(item)), []).append(item.id)
            self._of_units.setdefault(item.lead_unit, []).append(item.id)

    @property
    def is_empty(self) -> bool:
        """Whether the office knows nothing yet: then a row is what it calls itself."""
        return not self._items

    def withdrawn_of(self, row: Row) -> Decision | None:
        """The decision by which the item that a row names has left the ledger."""
        return self._withdrawn.get(row.key) or self._withdrawn.get(row.item.id)

    def text_of(self, item_id: str) -> str:
        """The problem of an item as the register has it."""
        return _lowest(self._items[item_id].item)

    def find(self, row: Row, unit: str) -> Found:
        """The item of a row that a unit returned."""
        if self.is_empty:
            return Found(row.item.id)
        if row.key in self._items:
            return Found(row.key)
        unit = row.item.lead_unit or unit
        by_text, claimed = self._by_text(row, unit), self._claimed(row)
        if len(claimed) == 1 and claimed[0] in by_text:
            return Found(claimed[0])
        if len(by_text) == 1:
            return Found(by_text[0])
        if by_text:
            both = [item for item in by_text if item in claimed]
            return (
                Found(both[0])
                if len(both) == 1
                else Found("", tuple(dict.fromkeys((*claimed, *by_text))))
            )
        return self._by_likeness(row, unit, claimed)

    def _by_likeness(self, row: Row, unit: str, claimed: tuple[str, ...]) -> Found:
        """A row whose problem the register has in no such words: its id, unless the words resemble another item's."""
        text = normal(lowest(row))
        if len(claimed) == 1 and (
            self.alike(text, normal(self.text_of(claimed[0]))) or (row.item.id and not text)
        ):
            return Found(claimed[0])
        paired = self._pairings.get((unit, text), "")
        if paired in self._items:
            return Found(paired)
        like = self._like(text, unit)
        if len(like) == 1:
            return Found(like[0], like=True)
        if len(claimed) == 1 and row.item.id:
            return Found(
                claimed[0]
            )  # reworded beyond likeness: the id stands, the change is said elsewhere
        return Found("", tuple(dict.fromkeys((*claimed, *like))))

    def _claimed(self, row: Row) -> tuple[str, ...]:
        """The items that the id means: as written, with the list's name before it, or but for its dashes and brackets."""
        written = row.item.id
        if row.item.source and (qualified := f"{row.item.source}-{written}") in self._items:
            return (qualified,)
        if written in self._items:
            return (written,)
        fault = row.unreadable.get("id")
        probable = (written,) if written else fault.try_instead if fault else ()
        return tuple(item for text in probable for item in self._loose.get(loose(text), ()))

    def _by_text(self, row: Row, unit: str) -> tuple[str, ...]:
        """The items with exactly this problem (blanks and punctuation aside), of this unit if it has one."""
        text = normal(lowest(row))
        ids = self._texts.get(text, ()) if text else ()
        return self._narrowed(ids, row, unit)

    def _narrowed(self, ids: Iterable[str], row: Row, unit: str) -> tuple[str, ...]:
        """Those under the same sub-problem, and those of the unit, where there are any."""
        found = tuple(ids)
        if len(found) > 1 and row.item.problem and row.item.sub_problem:
            heading = normal(row.item.sub_problem)
            found = (
                tuple(i for i in found if normal(self._items[i].item.sub_problem) == heading)
                or found
            )
        if len(found) > 1 and unit:
            found = tuple(i for i in found if self._items[i].item.lead_unit == unit) or found
        return found

    def alike(self, one: str, other: str) -> bool:
        """Whether two normal texts are one problem in the same or slightly other words."""
        if not one or not other:
            return False
        from rapidfuzz import fuzz

        return one == other or fuzz.ratio(one, other) >= self._likeness

    def _like(self, text: str, unit: str) -> tuple[str, ...]:
        """The one item of the unit whose problem is nearly the row's; several where the likest is not clear."""
        from rapidfuzz import fuzz

        own = self._of_units.get(unit, ()) if unit else self._items
        ranked = sorted(
            ((fuzz.ratio(text, normal(self.text_of(item))), item) for item in own if text),
            reverse=True,
        )
        near = [(score, item) for score, item in ranked if score >= self._likeness - LEAD]
        if not near or near[0][0] < self._likeness:
            return ()
        return tuple(item for score, item in near if near[0][0] - score < LEAD)


def lowest(row: Row) -> str:
    """The problem of a row at its lowest level."""
    return _lowest(row.item)


def _lowest(item: Item) -> str:
    return item.problem or item.sub_problem or item.main_problem


@lru_cache(maxsize=8192)
def normal(text: str) -> str:
    """A text for comparison: half-width, without blanks and punctuation."""
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", clean(text)))
