"""Working days: every date that an independent calendar knows, every count that a deadline may name."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.public_holidays import TABLE, table
from toolkit.ledger.calendar import Arrangement, Calendar, DayKind
from toolkit.ledger.deadline_grammar import read_deadline
from toolkit.ledger.deadlines import Anchors, Deadline
from toolkit.settings.calendar import shipped_calendar

FIRST, LAST = dt.date(2004, 1, 1), dt.date(2026, 12, 31)
DAYS = [FIRST + dt.timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
WORKED = [day for day in DAYS if chinese_calendar.is_workday(day)]
OFF = Arrangement(dt.date(2031, 5, 1), dt.date(2031, 5, 5), DayKind.OFF, "劳动节")
MADE_UP = Arrangement(dt.date(2031, 5, 10), dt.date(2031, 5, 10), DayKind.WORKED, "劳动节")
OWN = Calendar((OFF, MADE_UP), dt.date(2031, 12, 31))


def test_the_shipped_table_is_what_the_oracle_says_today() -> None:
    fresh = "过期：运行 python -m tests.support.public_holidays"
    assert TABLE.read_text(encoding="utf-8") == table(), fresh


def test_every_day_that_the_oracle_knows_is_as_it_says() -> None:
    shipped = shipped_calendar()
    wrong = [day for day in DAYS if shipped.is_workday(day) != chinese_calendar.is_workday(day)]
    assert not wrong
    assert (shipped.known_from, shipped.known_through) == (FIRST, LAST)


@given(
    start=st.dates(FIRST, LAST - dt.timedelta(days=100)),
    number=st.integers(min_value=1, max_value=60),
)
def test_counted_days_are_those_of_the_oracle(start: dt.date, number: int) -> None:
    expected = WORKED[bisect_right(WORKED, start) + number - 1]
    assert shipped_calendar().workday_after(start, number) == expected


def test_plain_weekdays_would_be_wrong_for_a_quarter_of_a_year() -> None:
    """Why there is a calendar at all: 5, 10, 15 and 30 working days from each day of 2026."""
    cases = [
        (dt.date(2026, 1, 1) + dt.timedelta(days=n), number)
        for n in range(300)
        for number in (5, 10, 15, 30)
    ]
    shipped, plain = shipped_calendar(), Calendar()
    differ = [c for c in cases if shipped.workday_after(*c) != plain.workday_after(*c)]
    assert len(differ) / len(cases) > 0.25


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("15个工作日内", "2026-02-06"),
        ("二十五个工作日内", "2026-02-27"),  # the Spring Festival, and 14 February worked
        ("自反馈之日起26个工作日内完成", "2026-02-28"),  # a Saturday that is worked
        ("10工作日内", "2026-01-30"),
        ("30个工作日内完成，并长期坚持", "2026-03-05"),
    ],
)
def test_deadlines_in_working_days_go_by_the_calendar(written: str, due: str) -> None:
    anchors = Anchors(feedback=dt.date(2026, 1, 16), calendar=shipped_calendar())
    read = read_deadline(written, anchors)
    assert isinstance(read, Deadline)
    assert str(read.due) == due


def test_two_calendars_never_share_a_remembered_deadline() -> None:
    """Deadlines are remembered by their words and anchors: another calendar is another answer."""
    moved = Calendar((OFF, Arrangement(dt.date(2031, 5, 11), dt.date(2031, 5, 11), DayKind.WORKED)),
                     OWN.known_through)  # fmt: skip
    feedback = dt.date(2031, 4, 30)
    dues = {
        calendar: read_deadline("4个工作日内", Anchors(feedback, calendar=calendar))
        for calendar in (OWN, moved, Calendar())
    }
    assert [str(read.due) for read in dues.values() if isinstance(read, Deadline)] == [
        "2031-05-09", "2031-05-09", "2031-05-06",
    ]  # fmt: skip
    assert OWN.workday_after(feedback, 5) == dt.date(2031, 5, 10)
    assert moved.workday_after(feedback, 5) == dt.date(2031, 5, 11)


@pytest.mark.parametrize(
    ("first", "last", "known"),
    [
        ("2031-01-01", "2031-12-31", True),
        ("2030-12-31", "2031-01-05", False),
        ("2031-12-20", "2032-01-01", False),
    ],
)
def test_what_lies_outside_the_notices_is_not_known(first: str, last: str, *, known: bool) -> None:
    assert OWN.knows(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) is known
    assert not Calendar().knows(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


def test_a_calendar_is_continued_behind_its_last_known_day_only() -> None:
    new_year = Arrangement(dt.date(2031, 12, 31), dt.date(2032, 1, 2), DayKind.OFF, "元旦")
    further = Calendar((new_year,), dt.date(2032, 12, 31))
    both = OWN.continued_by(further)
    assert both.is_workday(dt.date(2031, 12, 31))  # a Wednesday: this calendar says nothing of it
    assert not both.is_workday(dt.date(2032, 1, 1))
    assert both.known_through == further.known_through
    assert further.continued_by(OWN) is further
