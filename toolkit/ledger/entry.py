"""An entry: one item as the office knows it on a date, with where its row came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.ledger.own import in_form_order, is_own, own_code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.ledger.item import Item
    from toolkit.ledger.submission import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of the merged ledger.

    `origin` is the row that last spoke about it (of the baseline where no return has come);
    `carried`: the unit sent nothing about it in this round; `closed`: 已销号 by decision of the office;
    `extended`: its deadline was moved by decision; `sent_back`: why the office sent it back, until the unit reports
    something new ("" otherwise); `parent`: the item that it was split from; `joined`: the items that went into it.
    `own` is what the office's own columns say of it: heading path and text, in the order of the form.
    Order of entries = order of the baseline.
    """

    item: Item
    origin: Origin
    carried: bool = False
    closed: bool = False
    extended: bool = False
    sent_back: str = ""
    parent: str = ""
    joined: tuple[str, ...] = ()
    own: tuple[tuple[str, str], ...] = ()

    def value_of(self, code: str) -> object:
        """What it says in a column, in one of the office's own too ("" where nothing)."""
        if is_own(code):
            return next((text for path, text in self.own if own_code(path) == code), "")
        return getattr(self.item, code)


def own_headings(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The own columns of a ledger, in the order of its form."""
    return in_form_order([path for path, _ in entry.own] for entry in entries)
