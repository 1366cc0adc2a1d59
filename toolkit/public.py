"""What the public may read of a ledger: nobody is named, nothing withheld is told, nothing said that nobody reported.

Of what is not done yet its status and deadline are told, never that it is late (published practice).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from toolkit.ledger.dates import chinese_date
from toolkit.ledger.ids import read_id
from toolkit.ledger.masking import Masker, Secret
from toolkit.ledger.status import Status
from toolkit.ledger.text import says_nothing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from toolkit.ledger.entry import Entry
    from toolkit.ledger.item import Item
    from toolkit.settings.model import Settings


@dataclass(frozen=True, slots=True)
class PublicText:
    """The entries as the public may read them, the ids that are withheld, and by item what was masked."""

    entries: tuple[Entry, ...]
    withheld: tuple[str, ...] = ()
    masked: dict[str, Counter[Secret]] = field(default_factory=dict)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The ids of those about which nothing is known: a gap is printed."""
        return tuple(entry.item.id for entry in self.entries if says_nothing(entry.item.progress))


def masker_of(entries: Sequence[Entry], settings: Settings) -> Masker:
    """Who must not be named in public, and which bodies may."""
    people = {name for entry in entries for name in _names(entry.item.owner)}
    people |= {name for unit in settings.units for name in _names(unit.liaison)}
    leaders = {name for entry in entries for name in _names(entry.item.lead_leader)}
    people = people | leaders if settings.document.masks_leaders else people - leaders
    task = settings.task
    bodies = {task.issuer, task.issuer_short, task.superior, task.inspector}
    bodies |= {name for unit in settings.units for name in (unit.name, *unit.aliases)}
    bodies |= {name for entry in entries for name in (entry.item.lead_unit, *entry.item.co_units)}
    said = settings.document
    kept = {*_listed(said.kept_words), said.phone, said.email, said.address} - {""}
    return Masker(
        frozenset(people),
        frozenset(bodies - {""}),
        hidden=frozenset(_listed(said.hidden_words)),
        kept=frozenset(kept if said.masks_leaders else kept | leaders),
    )


def _listed(text: str) -> list[str]:
    """The words of a list in the settings."""
    return [part.strip() for part in re.split(r"[、，,；;\n]+", text) if part.strip()]


def _names(text: str) -> Iterator[str]:
    """The names in a cell of people, without posts and telephone numbers: 李四（科长）13800138000 → 李四."""
    for piece in re.split(r"[、，,；;\n/ ]+", text):
        found = re.match(r"[\u4e00-\u9fff·]{2,4}", piece)
        if found and not re.search(r"局|办|科|处|部|中心|公司|委$", found[0]):
            yield found[0]


def withheld_ids(settings: Settings) -> tuple[str, ...]:
    """The items that the office withholds from the public."""
    parts = [
        read_id(part) for part in re.split(r"[、，,；;\s]+", settings.document.withheld) if part
    ]
    return tuple(dict.fromkeys(part for part in parts if isinstance(part, str)))


def for_public(entries: Sequence[Entry], settings: Settings, as_of: date) -> PublicText:
    """Every entry that is not withheld, with masked texts; an open one ends in how it goes on."""
    masker, withheld = masker_of(entries, settings), withheld_ids(settings)
    shown: list[Entry] = []
    masked: dict[str, Counter[Secret]] = {}
    for entry in entries:
        if entry.item.id in withheld:
            continue
        item, found = _masked(entry.item, masker)
        if found:
            masked[item.id] = found
        shown.append(
            replace(entry, item=replace(item, progress=_public_progress(item, settings, as_of)))
        )
    here = {entry.item.id for entry in entries}
    return PublicText(tuple(shown), tuple(id_ for id_ in withheld if id_ in here), masked)


def _masked(item: Item, masker: Masker) -> tuple[Item, Counter[Secret]]:
    found: Counter[Secret] = Counter()
    texts: dict[str, Any] = {}
    for code in ("main_problem", "sub_problem", "problem", "progress"):
        done = masker.mask(getattr(item, code))
        found += done.found
        texts[code] = done.text
    return replace(item, **texts), found


def _public_progress(item: Item, settings: Settings, as_of: date) -> str:
    """The progress with, of an item that is not done, its status; "" where neither is known: nobody has said anything.

    Nothing is said that status and deadline do not say: no plan, no promise, no delay.
    """
    body = "" if says_nothing(item.progress) else item.progress.rstrip("\n")
    if item.status is None or (item.status is Status.DONE and body):
        return body
    due = item.deadline.due if item.deadline else None
    is_open = item.status not in (Status.DONE, Status.STANDING)
    until = f"，整改时限为{chinese_date(due)}" if is_open and due and due >= as_of else ""
    end = "" if not body or body.endswith(tuple("。！？")) else "。"
    return f"{body}{end}目前整改状态为“{settings.words.of(item.status)}”{until}。"
