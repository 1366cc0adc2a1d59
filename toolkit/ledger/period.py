"""A period (期): one reporting cycle, however many runs it takes; which days belong to one is decided here."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from enum import StrEnum


class Cycle(StrEnum):
    """How often units report."""

    WEEK = "周"
    HALF_MONTH = "半月"
    MONTH = "月"
    QUARTER = "季"
    EACH = "每次"


def closing_day(cycle: Cycle, weekday: int, day: date) -> date:
    """The first closing day that is not before `day`.

    A week closes on the weekday of the scheduled run (0 = Monday), half a month on the 15th and the last day, a month
    and a quarter on their last day; 每次: every day is a period of its own.
    """
    match cycle:
        case Cycle.WEEK:
            return day + timedelta(days=(weekday - day.weekday()) % 7)
        case Cycle.HALF_MONTH:
            return day.replace(day=15) if day.day <= 15 else _month_end(day.year, day.month)
        case Cycle.MONTH:
            return _month_end(day.year, day.month)
        case Cycle.QUARTER:
            return _month_end(day.year, (day.month + 2) // 3 * 3)
    return day


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def is_one_period(cycle: Cycle, weekday: int, earlier: date, later: date) -> bool:
    """Whether no closing day lies between two days: Thursday's look and Friday's issue are one period."""
    return closing_day(cycle, weekday, earlier) == closing_day(cycle, weekday, later)
