"""What the public may read of a ledger: nobody is named, nothing withheld is told, and open items say how they go on.

Published practice: of what is not done yet a public notice says how it goes on, never that it is late.
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
    return Masker(frozenset(people), frozenset(bodies - {""}))


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
    """The progress with, of an open item, how it goes on; nothing is said that status and deadline do not say."""
    if item.status in (Status.DONE, None):
        return item.progress
    text = "" if says_nothing(item.progress) else item.progress
    due = item.deadline.due if item.deadline else None
    ahead = f"预计{chinese_date(due)}前完成" if due and due >= as_of else "将加快推进，尽早整改到位"
    said = {
        Status.NOT_STARTED: f"正在抓紧研究部署，{ahead}。",
        Status.IN_PROGRESS: f"目前正在有序推进，{ahead}。",
        Status.PHASED: "已取得阶段性成效，将持续推进。",
        Status.STANDING: f"将{settings.words.standing}，持续巩固。",
    }[item.status]
    body = text.rstrip("\n")
    return f"{body}{'' if not body or body.endswith(tuple('。！？')) else '。'}{said}"
