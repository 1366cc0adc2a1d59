"""Red, yellow, green, blue: where an item stands against its deadline on the as-of date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from toolkit.ledger.status import Status

if TYPE_CHECKING:
    from datetime import date

    from toolkit.ledger.entry import Entry


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
    """What is derived for one entry on the as-of date; nobody types it (design §5)."""

    light: Light
    overdue: bool
    due_soon: bool


def standing(entry: Entry, as_of: date, soon_days: int) -> DueState:
    """Where this entry stands: a deadline is inclusive, and only what is neither done nor standing can be late.

    `soon_days` are calendar days: an open item due on as_of + soon_days is still 临期.
    """
    status = entry.item.status
    due = entry.item.deadline.due if entry.item.deadline else None
    if entry.closed or status is Status.DONE:
        return DueState(Light.GREEN, overdue=False, due_soon=False)
    if status is Status.STANDING or due is None:
        return DueState(
            Light.BLUE if status is Status.STANDING else Light.GREEN, overdue=False, due_soon=False
        )
    overdue = due < as_of
    due_soon = not overdue and due <= as_of + timedelta(days=soon_days)
    light = Light.RED if overdue else Light.YELLOW if due_soon else Light.GREEN
    return DueState(light, overdue=overdue, due_soon=due_soon)
