"""Which letters are due: a ladder that is climbed by dates and answers, never by repetition.

Before the deadline a unit is reminded once at each step of days (提醒函). After it, it is urged (督办函); only when the day
on which an answer was asked for has passed without one is it urged again, and only after two such letters – or when the
item is late for longer than the settings allow – is a warning (告诫书) called for. A warning is proposed to the office; it
is written only where the settings say so.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from toolkit.figures.due_state import due_state
from toolkit.figures.printed import By, Printed, Ref
from toolkit.ledger.letter import Letter, LetterKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from toolkit.ledger.entry import Entry
    from toolkit.ledger.letter import Reply
    from toolkit.settings.model import Settings

# So many 督办函 whose day of answer has passed, and the next rung is a 告诫书.
_URGED_TWICE = 2


# The code of what `item_count` counts.
ITEM_COUNT = "letter.items"


def item_count(number: str, items: Sequence[str]) -> Printed:
    """How many items the letter with a number is about."""
    return Printed(str(len(items)), Ref(ITEM_COUNT, By.LETTER, number))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A 告诫书 that the office may decide to send: to whom, about which items, after which letters."""

    unit: str
    items: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Escalation:
    """The letters of a period (not yet numbered, serial 0), and the warnings that are only proposed."""

    letters: tuple[Letter, ...]
    proposals: tuple[Proposal, ...]


def escalate(
    entries: Sequence[Entry],
    past: Sequence[Letter],
    replies: Sequence[Reply],
    settings: Settings,
    as_of: date,
) -> Escalation:
    """One letter a unit and rung; `past` are the letters of all earlier periods, `replies` what units answered."""
    if not settings.letters.wanted:
        return Escalation((), ())
    ladder = _Ladder(past, replies, settings, as_of)
    groups: dict[tuple[LetterKind, str], list[str]] = defaultdict(list)
    for entry in entries:
        kind = ladder.rung(entry) if entry.item.lead_unit else None
        if kind is not None:
            groups[kind, entry.item.lead_unit].append(entry.item.id)
    warned = {} if settings.letters.writes_warnings else _proposed(groups)
    for key in warned:
        del groups[key]
    proposals = tuple(ladder.proposal(unit, ids) for (_, unit), ids in warned.items())
    return Escalation(_in_order(groups, ladder, settings, as_of), proposals)


def _proposed(
    groups: Mapping[tuple[LetterKind, str], list[str]],
) -> dict[tuple[LetterKind, str], list[str]]:
    return {key: ids for key, ids in groups.items() if key[0] is LetterKind.WARN}


def _in_order(
    groups: Mapping[tuple[LetterKind, str], Sequence[str]],
    ladder: _Ladder,
    settings: Settings,
    as_of: date,
) -> tuple[Letter, ...]:
    """By rung, then by unit in the order of the settings and of the ledger."""
    order = {unit.name: number for number, unit in enumerate(settings.units)}
    kinds = list(LetterKind)

    def place(key: tuple[LetterKind, str]) -> tuple[int, int]:
        return kinds.index(key[0]), order.get(key[1], len(order))

    return tuple(
        Letter(
            kind=kind,
            prefix=settings.letters.prefix_of(kind),
            serial=0,
            unit=unit,
            items=tuple(groups[kind, unit]),
            as_of=as_of,
            after=ladder.earlier(groups[kind, unit]) if kind is not LetterKind.REMIND else (),
        )
        for kind, unit in sorted(groups, key=place)
    )


class _Ladder:
    """Where each item stands on the ladder."""

    def __init__(
        self, past: Sequence[Letter], replies: Sequence[Reply], settings: Settings, as_of: date
    ) -> None:
        self._settings, self._as_of = settings, as_of
        self._about: dict[str, list[Letter]] = defaultdict(list)
        for letter in past:
            for id_ in letter.items:
                self._about[id_].append(letter)
        self._answered = {reply.number: reply.on for reply in replies}

    def rung(self, entry: Entry) -> LetterKind | None:
        """The letter that is due about an item today; None where none is."""
        state = due_state(entry, self._as_of, self._settings.lights.soon_days)
        due = entry.item.deadline.due if entry.item.deadline else None
        if state.days_left is None or due is None:
            return None
        if not state.overdue:
            return LetterKind.REMIND if self._is_new_step(entry.item.id, due) else None
        return self._after_deadline(entry.item.id, due)

    def _is_new_step(self, id_: str, due: date) -> bool:
        """Whether a step of days has been reached at which the unit was not yet reminded of this deadline."""
        step = self._step((due - self._as_of).days)
        if step is None:
            return False
        reminded = [
            self._step((due - letter.as_of).days)
            for letter in self._about[id_]
            if letter.kind is LetterKind.REMIND
        ]
        return all(before is None or before > step for before in reminded)

    def _step(self, days_left: int) -> int | None:
        """The lowest step that so many days are within; None before the first."""
        steps = [step for step in self._settings.letters.remind_steps if days_left <= step]
        return min(steps, default=None)

    def _after_deadline(self, id_: str, due: date) -> LetterKind | None:
        pressed = [
            letter
            for letter in self._about[id_]
            if letter.kind is not LetterKind.REMIND and letter.as_of > due
        ]
        if not pressed:
            return LetterKind.URGE
        if not self._has_run_out(pressed[-1]):
            return None
        unanswered = [letter for letter in pressed if letter.number not in self._answered]
        urged = sum(letter.kind is LetterKind.URGE for letter in unanswered)
        is_long = (self._as_of - due).days > self._settings.letters.warn_days
        if urged >= _URGED_TWICE or (urged and is_long):
            return LetterKind.WARN
        return LetterKind.URGE

    def _has_run_out(self, letter: Letter) -> bool:
        """Whether the day of answer has passed; a unit that answered is given the usual gap from its answer on."""
        letters = self._settings.letters
        answered = self._answered.get(letter.number)
        if answered is not None:
            return self._as_of > answered + timedelta(days=max(letters.gap_days, 1))
        wait = max(letters.reply_days, letters.gap_days - 1)
        return self._as_of > letter.as_of + timedelta(days=wait)

    def earlier(self, ids: Sequence[str]) -> tuple[str, ...]:
        """The numbers of the letters after the deadline that went out about these items, oldest first."""
        numbers = {
            letter.number: letter.as_of
            for id_ in ids
            for letter in self._about[id_]
            if letter.kind is not LetterKind.REMIND
        }
        return tuple(sorted(numbers, key=lambda number: (numbers[number], number)))

    def proposal(self, unit: str, ids: Sequence[str]) -> Proposal:
        """A warning for the office to decide."""
        return Proposal(unit, tuple(ids), self.earlier(ids))
