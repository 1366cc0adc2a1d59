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
    from collections.abc import Callable, Sequence

    from toolkit.ledger.decision import Decision
    from toolkit.ledger.item import Item
    from toolkit.ledger.submission import Row
    from toolkit.register.snapshot import Snapshot

# The least lead of the likest problem over the next (both 0 to 100).
LEAD = 8
# The least likeness (0 to 100) of a text to its item's where number and unit agree: measured, other problems of a unit
# reach 40, the same one in quite other words 60.
REWORDED = 60
# One of two texts stands in the other: a problem that a unit has cut short, or told at length.
WITHIN, _SHORTEST = 90, 4
_NOT_WORDS = re.compile(r"[\W_]+")
# What people write around a problem: a number before it, 存在……的问题 about it.
_MARKER = re.compile(
    r"\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]|[①-⑳]|"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[、．]|\.(?!\d)))\s*"
)
_AROUND = re.compile(r"(?:关于|存在)?(?P<core>.+?)(?:等?(?:方面)?的?(?:问题|现象|情况))?")


@dataclass(frozen=True, slots=True)
class Found:
    """The item of a row ("" where none can be said), or the ids that it may be.

    `like`: only the texts resemble. `foreign`: the one candidate has nothing but its number (or key) in common.
    """

    id: str
    candidates: tuple[str, ...] = ()
    like: bool = False
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class _Named:
    """The items that a row names: by its hidden key ("" for none that is known), by its number."""

    key: str
    numbers: tuple[str, ...]
    is_damaged: bool

    @property
    def number(self) -> str:
        """The one item that a number means as it is written; "" for a damaged one, which proves nothing alone."""
        return "" if self.is_damaged or len(self.numbers) != 1 else self.numbers[0]

    @property
    def all(self) -> tuple[str, ...]:
        """Each item once, that of the key first."""
        return tuple(dict.fromkeys((*((self.key,) if self.key else ()), *self.numbers)))


class Index:
    """The register's items, ready to be found by what a row says of itself.

    The text of the problem says more than a number, which people give anew, and than a hidden key, which stays behind
    when rows are sorted or copied; a key or number with another text than its item's needs the unit to agree.

    `likeness` (0 to 100, the office's 文字相似度) is the least of two texts that are one problem in slightly other words.
    """

    def __init__(self, known: Snapshot, likeness: int) -> None:
        entries = known.entries
        self._likeness = likeness
        self._pairings = known.pairings
        self._withdrawn = known.withdrawn
        self._items = {entry.item.id: entry.item for entry in entries}
        self._loose: dict[str, list[str]] = {}
        self._texts: dict[str, list[str]] = {}
        self._of_units: dict[str, list[str]] = {}
        for item in self._items.values():
            self._loose.setdefault(loose(item.id), []).append(item.id)
            self._texts.setdefault(core(item.lowest), []).append(item.id)
            self._of_units.setdefault(item.lead_unit, []).append(item.id)

    @property
    def is_empty(self) -> bool:
        """Whether the office knows nothing yet: then a row is what it calls itself."""
        return not self._items

    def withdrawn_of(self, row: Row) -> Decision | None:
        """The decision by which the item that a row names has left the ledger."""
        return self._withdrawn.get(row.key) or self._withdrawn.get(row.item.id)

    def has_text(self, row: Row, item_id: str) -> bool:
        """Whether a row has the very problem of an item."""
        return item_id in self._items and core(lowest(row)) == core(self.text_of(item_id))

    def text_of(self, item_id: str) -> str:
        """The problem of an item as the register has it."""
        return self._items[item_id].lowest

    def find(self, row: Row, unit: str, *, on_our_form: bool = False) -> Found:
        """The item of a row of a workbook that a unit returned, maybe on a form that we made from a known state."""
        if self.is_empty:
            return Found(row.item.id)
        named, text = self._named(row), core(lowest(row))
        if not text:
            return self._by_name(row, unit, named, on_our_form=on_our_form)
        exact = self._by_text(row, row.item.lead_unit or unit, text, named)
        if exact:
            return _agreed(exact, named)
        return self._by_likeness(row, unit, named, on_our_form=on_our_form)

    def _named(self, row: Row) -> _Named:
        """What the key and the number mean: as written, with the list's name before it, or but for its dashes and brackets."""
        key = row.key if row.key in self._items else ""
        written = row.item.id
        if row.item.source and (qualified := f"{row.item.source}-{written}") in self._items:
            return _Named(key, (qualified,), is_damaged=False)
        if written in self._items:
            return _Named(key, (written,), is_damaged=False)
        fault = row.unreadable.get("id")
        probable = (written,) if written else fault.try_instead if fault else ()
        numbers = tuple(item for text in probable for item in self._loose.get(loose(text), ()))
        return _Named(key, numbers, is_damaged=not written)

    def _by_text(self, row: Row, unit: str, text: str, named: _Named) -> tuple[str, ...]:
        """The items with exactly this problem (blanks, punctuation, 的问题 aside); of several those that fit the row best.

        What stands above a problem, the list and the unit tell equal problems apart; a key and number that agree do too.
        """
        found = tuple(self._texts.get(text, ()))
        if len(found) > 1 and named.key in found and named.number == named.key:
            return (named.key,)
        above, source = normal(_above(row.item)), normal(row.item.source)
        tests: tuple[Callable[[Item], bool], ...] = (
            lambda item: normal(item.lowest) == normal(lowest(row)),
            lambda item: bool(row.item.problem and above) and normal(_above(item)) == above,
            lambda item: bool(source) and normal(item.source) == source,
            lambda item: (
                bool(source and item.source) and _begins_alike(normal(item.source), source)
            ),
            lambda item: bool(unit) and item.lead_unit == unit,
        )
        for fits in tests:
            found = tuple(i for i in found if fits(self._items[i])) or found
        return found

    def _by_likeness(self, row: Row, unit: str, named: _Named, *, on_our_form: bool) -> Found:
        """A row whose problem the register has in no such words: the likest item of the unit, else what it names."""
        text, speaker = core(lowest(row)), row.item.lead_unit or unit
        like = self._like(text, speaker)
        paired = self._pairings.get((speaker, normal(lowest(row))), "")
        if paired in self._items and (paired in like or not like):
            return Found(paired)
        likest = _agreed(like, named) if like else None
        if likest and likest.id:
            return Found(likest.id, like=likest.id not in named.all)
        close = [i for i in named.all if self.alike(text, core(self.text_of(i)))]
        if not like and len(close) == 1:
            return Found(close[0])  # of another unit, as far as the row says
        if like:
            return Found("", tuple(dict.fromkeys((*named.all, *like))))
        return self._by_name(row, unit, named, on_our_form=on_our_form)

    def _by_name(self, row: Row, unit: str, named: _Named, *, on_our_form: bool) -> Found:
        """A row without a text that the register has: a key and number that contradict each other mean nothing.

        A key needs no more than that no other unit speaks; a number a form of ours, or that unit and text do not differ.
        """
        meant = {named.key, named.number} - {""}
        if len(meant) != 1:
            return Found("", named.all)
        (item,) = meant
        fits = self._fits(row, unit, item)
        if fits is False:
            return Found("", (item,), foreign=True)
        if named.key or on_our_form:
            return Found(item)
        if fits and self._may_be_reworded(row, item):
            return Found(item)
        return Found("", (item,), foreign=bool(lowest(row)))

    def _fits(self, row: Row, unit: str, item_id: str) -> bool | None:
        """Whether the unit of a row is one of its item's; None where nothing says whose row it is.

        A cell that names another unit that the register knows says more than the file, which may be a borrowed form.
        """
        units = (self._items[item_id].lead_unit, *self._items[item_id].co_units)
        said = row.item.lead_unit
        speaker = said if said in self._of_units or not unit else unit
        return speaker in units if speaker else None

    def _may_be_reworded(self, row: Row, item_id: str) -> bool:
        """Whether a text may be that of an item in quite other words: much of it, or what stands above it, is the same."""
        from rapidfuzz import fuzz

        text, known = core(lowest(row)), core(self.text_of(item_id))
        if not text or fuzz.ratio(text, known) >= REWORDED:
            return True
        if min(len(text), len(known)) >= _SHORTEST and fuzz.partial_ratio(text, known) >= WITHIN:
            return True
        above = normal(_above(row.item)) if row.item.problem else ""
        return bool(above) and above == normal(_above(self._items[item_id]))

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
            ((fuzz.ratio(text, core(self.text_of(item))), item) for item in own), reverse=True
        )
        near = [(score, item) for score, item in ranked if score >= self._likeness - LEAD]
        if not near or near[0][0] < self._likeness:
            return ()
        return tuple(item for score, item in near if near[0][0] - score < LEAD)


def _agreed(texts: Sequence[str], named: _Named) -> Found:
    """The one item with the text, or the one of several that key and number mean."""
    if len(texts) == 1:
        return Found(texts[0])
    meant = {each for each in (named.key, *named.numbers) if each in texts}
    if len(meant) == 1:
        return Found(meant.pop())
    return Found("", tuple(dict.fromkeys((*named.all, *texts))))


def _begins_alike(one: str, other: str) -> bool:
    """Whether of two names of a list one is the short form of the other: 选人用人, 选人用人专项检查."""
    return one.startswith(other) or other.startswith(one)


def lowest(row: Row) -> str:
    """The problem of a row at its lowest level."""
    return row.item.lowest


def _above(item: Item) -> str:
    """What stands above a problem: the sub-problem, or the main one where the form has two levels."""
    return item.sub_problem or item.main_problem


@lru_cache(maxsize=8192)
def normal(text: str) -> str:
    """A text for comparison: half-width, without blanks and punctuation."""
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", clean(text)))


@lru_cache(maxsize=8192)
def core(text: str) -> str:
    """A problem for comparison: without the number before it and the words about it, in normal form."""
    bare = normal(_MARKER.sub("", text, count=1) if _MARKER.match(text) else text)
    found = _AROUND.fullmatch(bare)
    return found["core"] if found else bare
