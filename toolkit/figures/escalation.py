"""Which letters are due: the highest rung that each late or nearly late item has reached, one letter a unit and rung."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from toolkit.figures.due_state import due_state
from toolkit.ledger.letter import Letter, LetterKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from toolkit.ledger.entry import Entry
    from toolkit.settings.model import Settings

# So many 督办函 without result, and the next letter is a 告诫书.
_URGED_TWICE = 2


def letters_due(
    entries: Sequence[Entry], past: Sequence[Letter], settings: Settings, as_of: date
) -> tuple[Letter, ...]:
    """The letters of a round, numbered on from the past ones; nobody is urged about an item twice within the gap.

    Late: 督办函; late for longer than the settings allow, or urged twice already: 告诫书; due soon: 提醒函. Within the gap
    after a letter an item rests, unless it has climbed to a higher rung since.
    """
    if not settings.letters.wanted:
        return ()
    about = defaultdict(list)
    for letter in past:
        for id_ in letter.items:
            about[id_].append(letter)
    groups: dict[tuple[LetterKind, str], list[str]] = defaultdict(list)
    for entry in entries:
        kind = _rung(entry, about[entry.item.id], settings, as_of)
        if (
            kind
            and entry.item.lead_unit
            and not _rests(kind, about[entry.item.id], settings, as_of)
        ):
            groups[kind, entry.item.lead_unit].append(entry.item.id)
    return _numbered(groups, past, settings, as_of)


def _rung(
    entry: Entry, about: Sequence[Letter], settings: Settings, as_of: date
) -> LetterKind | None:
    state = due_state(entry, as_of, settings.lights.soon_days)
    if state.due_soon:
        return LetterKind.REMIND
    due = entry.item.deadline.due if entry.item.deadline else None
    if not state.overdue or due is None:
        return None
    urged = sum(letter.kind is LetterKind.URGE and letter.as_of > due for letter in about)
    long = (as_of - due).days > settings.letters.warn_days
    return LetterKind.WARN if long or urged >= _URGED_TWICE else LetterKind.URGE


def _rests(kind: LetterKind, about: Sequence[Letter], settings: Settings, as_of: date) -> bool:
    order = list(LetterKind)
    return any(
        (as_of - letter.as_of).days < max(settings.letters.gap_days, 1)
        and order.index(letter.kind) >= order.index(kind)
        for letter in about
    )


def _numbered(
    groups: Mapping[tuple[LetterKind, str], Sequence[str]],
    past: Sequence[Letter],
    settings: Settings,
    as_of: date,
) -> tuple[Letter, ...]:
    """By rung, then by unit in the order of the settings and of the ledger; serials go on within rung and year."""
    order = {unit.name: number for number, unit in enumerate(settings.units)}
    kinds = list(LetterKind)
    used = Counter(letter.kind for letter in past if letter.as_of.year == as_of.year)
    letters = []
    for (kind, unit), ids in sorted(
        groups.items(), key=lambda one: (kinds.index(one[0][0]), order.get(one[0][1], len(order)))
    ):
        used[kind] += 1
        letters.append(
            Letter(
                kind=kind, prefix=settings.letters.prefix_of(kind), serial=used[kind], unit=unit, items=tuple(ids), as_of=as_of
            )
        )  # fmt: skip
    return tuple(letters)
