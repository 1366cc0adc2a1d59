"""Deadlines (整改时限): what offices write, read into a due date, a standing flag and a kind (design §5).

`read_deadline` never guesses silently: what it had to infer is marked `inferred`, and what it cannot read comes back as
an `Unreadable` that says why and gives ways to write it. The grammar itself is `toolkit.ledger.deadline_grammar`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from toolkit.ledger.calendar import Calendar

if TYPE_CHECKING:
    from datetime import date


class DeadlineKind(StrEnum):
    """How a deadline was expressed (design §5)."""

    FIXED = "fixed"
    IMMEDIATE = "immediate"
    RELATIVE = "relative"
    PHASE = "phase"
    STANDING = "standing"
    PERIODIC = "periodic"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Anchors:
    """What relative deadlines count from; from the settings.

    `feedback` is the day of the feedback (反馈日期), `phase_end` the end of the concentrated period
    (集中整改期), `immediate_days` the calendar days from feedback that 立行立改 means; 个工作日 are counted by `calendar`.
    `as_of` is the day of the ledger in which the deadline is read, from which 今年 and 本月 are told.
    """

    feedback: date | None = None
    phase_end: date | None = None
    immediate_days: int = 30
    calendar: Calendar = field(default_factory=Calendar)
    as_of: date | None = None

    @property
    def written(self) -> date | None:
        """About when the deadline was written."""
        return self.as_of or self.feedback


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline that was read: last day (inclusive) or none, standing or not, and the words as written."""

    due: date | None
    standing: bool
    kind: DeadlineKind
    raw: str
    inferred: bool = False
