"""Where an item stands against its deadline on the as-of date: the one place that decides what is late and what is due.

Every word has its own window: 逾期 is past its deadline, 临期 within the days of the settings, 两周内到期 within two weeks.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from toolkit.ledger.status import Status

if TYPE_CHECKING:
    from datetime import date

    from toolkit.ledger.entry import Entry

TWO_WEEKS = 14


class Light(StrEnum):
    """红黄绿灯: red = overdue, yellow = due soon, green = done or on schedule, blue = standing duty."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    BLUE = "blue"

    @property
    def word(self) -> str:
        """The one character that papers and workbooks print."""
        return {"green": "绿", "yellow": "黄", "red": "红", "blue": "蓝"}[self.value]


@dataclass(frozen=True, slots=True)
class DueState:
    """What is derived for one entry on the as-of date; nobody types it (design §5).

    `days_left` are calendar days to the deadline, negative when it has passed; None where nothing can be late: the
    item is done, closed or a standing duty, or has no date.
    """

    light: Light
    overdue: bool
    due_soon: bool
    days_left: int | None = None

    @property
    def days_late(self) -> int:
        """Calendar days since the deadline; 0 where the item is not late."""
        return max(-(self.days_left or 0), 0)

    def is_due_within(self, days: int) -> bool:
        """Whether it is not yet late, and due within so many calendar days (the last one counts)."""
        return self.days_left is not None and 0 <= self.days_left <= days

    @property
    def sentence(self) -> str:
        """`逾期9天`, `3天后到期`, `今天到期`; "" where nothing can be late."""
        if self.days_left is None:
            return ""
        if self.overdue:
            return f"逾期{self.days_late}天"
        return f"{self.days_left}天后到期" if self.days_left else "今天到期"


def is_open(entry: Entry) -> bool:
    """Whether the item can be late at all: what is done, closed or a standing duty cannot."""
    return not entry.closed and entry.item.status not in (Status.DONE, Status.STANDING)


def due_state(entry: Entry, as_of: date, soon_days: int) -> DueState:
    """Where this entry stands: a deadline is inclusive, and only an open item can be late.

    `soon_days` are calendar days: an open item due on as_of + soon_days is still 临期.
    """
    deadline = entry.item.deadline
    if not is_open(entry):
        is_standing = entry.item.status is Status.STANDING and not entry.closed
        return DueState(Light.BLUE if is_standing else Light.GREEN, overdue=False, due_soon=False)
    if deadline is None or deadline.due is None:
        return DueState(Light.GREEN, overdue=False, due_soon=False)
    days_left = (deadline.due - as_of).days
    overdue, due_soon = days_left < 0, 0 <= days_left <= soon_days
    light = Light.RED if overdue else Light.YELLOW if due_soon else Light.GREEN
    return DueState(light, overdue=overdue, due_soon=due_soon, days_left=days_left)
