"""Working days (工作日): weekdays without public holidays, with the weekend days worked for them.

The State Council names both (放假, 调休上班) once a year, so no calendar reaches further than the last
notice: `known_through` says how far this one does. What lies beyond is counted as plain weekdays;
`knows` tells, so that a finding can say so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SATURDAY = 5
_DAY = timedelta(days=1)


class DayKind(StrEnum):
    """What a named day is."""

    OFF = "放假"
    WORKED = "上班"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Days in a row, both ends inside, that are off or worked whatever their weekday."""

    first: date
    last: date
    kind: DayKind
    name: str = ""

    def days(self) -> Iterator[date]:
        """Each of its days."""
        for number in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=number)


@dataclass(frozen=True)
class Calendar:
    """The days named by the notices, the first year that they are known for, and the last day.

    Without any, every weekday is a working day and nothing is known.
    """

    arrangements: tuple[Arrangement, ...] = ()
    known_through: date | None = None

    def __hash__(self) -> int:
        """Cheap, since deadlines are remembered by it; equality tells the rest apart."""
        return hash((self.known_through, len(self.arrangements)))

    @cached_property
    def _kinds(self) -> dict[date, DayKind]:
        return {day: named.kind for named in self.arrangements for day in named.days()}

    @cached_property
    def known_from(self) -> date | None:
        """The first day of the first year with a named day; None where no day is named."""
        years = [named.first.year for named in self.arrangements]
        return date(min(years), 1, 1) if years else None

    def is_workday(self, day: date) -> bool:
        """Whether people work on this day, as far as is known; else whether it is a weekday."""
        kind = self._kinds.get(day)
        return day.weekday() < _SATURDAY if kind is None else kind is DayKind.WORKED

    def workday_after(self, day: date, number: int) -> date:
        """The `number`th working day after this day, which itself does not count (民法典第二百零一条)."""
        while number > 0:
            day += _DAY
            number -= self.is_workday(day)
        return day

    def knows(self, first: date, last: date) -> bool:
        """Whether the notices for every day from `first` to `last` are known."""
        begins, ends = self.known_from, self.known_through
        return begins is not None and ends is not None and begins <= first and last <= ends

    def continued_by(self, other: Calendar) -> Calendar:
        """The same calendar, and behind its last known day the other one, if that goes on."""
        mine, further = self.known_through, other.known_through
        if mine is None or further is None or further <= mine:
            return self
        later = (
            replace(named, first=max(named.first, mine + _DAY))
            for named in other.arrangements
            if named.last > mine
        )
        return Calendar((*self.arrangements, *later), further)
