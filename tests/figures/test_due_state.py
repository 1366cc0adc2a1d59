"""Late, due soon, due within two weeks: every word has its own window, and both ends of it count."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.items import ENTRY
from toolkit.figures.due_state import TWO_WEEKS, Light, due_state, is_open
from toolkit.ledger.deadlines import Deadline, DeadlineKind
from toolkit.ledger.entry import Entry
from toolkit.ledger.status import Status

DAY = dt.date(2026, 6, 19)
OPEN = (None, Status.NOT_STARTED, Status.IN_PROGRESS, Status.PHASED)


def entry(
    days: int | None, status: Status | None = Status.IN_PROGRESS, *, closed: bool = False
) -> Entry:
    """An item that is due so many days after DAY; None: without a date."""
    due = None if days is None else DAY + dt.timedelta(days)
    deadline = Deadline(due, standing=due is None, kind=DeadlineKind.FIXED, raw=str(due))
    return replace(ENTRY, item=replace(ENTRY.item, status=status, deadline=deadline), closed=closed)


@pytest.mark.parametrize(
    ("days", "soon_days", "light", "sentence"),
    [
        (-30, 10, Light.RED, "逾期30天"),
        (-1, 10, Light.RED, "逾期1天"),
        (0, 10, Light.YELLOW, "今天到期"),
        (1, 10, Light.YELLOW, "1天后到期"),
        (10, 10, Light.YELLOW, "10天后到期"),
        (11, 10, Light.GREEN, "11天后到期"),
        (0, 0, Light.YELLOW, "今天到期"),
        (1, 0, Light.GREEN, "1天后到期"),
        (15, 15, Light.YELLOW, "15天后到期"),
    ],
)
def test_the_last_day_of_a_window_counts(
    days: int, soon_days: int, light: Light, sentence: str
) -> None:
    state = due_state(entry(days), DAY, soon_days)
    assert (state.light, state.sentence) == (light, sentence)
    assert (state.overdue, state.due_soon) == (light is Light.RED, light is Light.YELLOW)


@pytest.mark.parametrize("status", [Status.DONE, Status.STANDING])
@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("days", [-400, 0, 5, None])
def test_what_is_done_or_standing_is_never_late(
    status: Status, closed: bool, days: int | None
) -> None:
    state = due_state(entry(days, status, closed=closed), DAY, 10)
    assert (state.overdue, state.due_soon, state.days_left, state.sentence) == (
        False,
        False,
        None,
        "",
    )
    is_blue = status is Status.STANDING and not closed
    assert state.light is (Light.BLUE if is_blue else Light.GREEN)


@pytest.mark.parametrize("status", OPEN)
def test_a_closed_item_is_never_late_whatever_its_status(status: Status | None) -> None:
    state = due_state(entry(-1, status, closed=True), DAY, 10)
    assert (state.light, state.days_left) == (Light.GREEN, None)
    assert not is_open(entry(-1, status, closed=True))
    assert is_open(entry(-1, status))


@pytest.mark.parametrize("deadline", [None, entry(None).item.deadline])
def test_without_a_date_nothing_is_late(deadline: Deadline | None) -> None:
    state = due_state(
        replace(ENTRY, item=replace(ENTRY.item, status=None, deadline=deadline)), DAY, 10
    )
    assert (state.light, state.days_left, state.days_late) == (Light.GREEN, None, 0)
    assert not state.is_due_within(TWO_WEEKS)


@given(st.integers(-800, 800), st.integers(0, 60), st.sampled_from(OPEN))
def test_an_open_item_with_a_date_is_late_or_due_or_neither(
    days: int, soon_days: int, status: Status | None
) -> None:
    state = due_state(entry(days, status), DAY, soon_days)
    late, soon = days < 0, days in range(soon_days + 1)
    assert (state.overdue, state.due_soon, state.days_left) == (late, soon, days)
    assert state.days_late == (-days if late else 0)
    assert state.light.word == ("红" if late else "黄" if soon else "绿")
    assert state.is_due_within(TWO_WEEKS) == (0 <= days <= 14)


@pytest.mark.parametrize(("days", "is_within"), [(-1, False), (0, True), (14, True), (15, False)])
def test_the_last_day_of_two_weeks_counts(*, days: int, is_within: bool) -> None:
    assert due_state(entry(days), DAY, 10).is_due_within(TWO_WEEKS) == is_within
