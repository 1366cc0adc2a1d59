"""Dates that happened (完成时间): the day must be known."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from toolkit.ledger.day_text import day_text
from toolkit.ledger.joining import without_blanks
from toolkit.ledger.numerals import with_figures
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.text import as_typed, clean

_EXAMPLES = ("2026-06-12", "2026年6月12日")
_DAY = re.compile(r"((?:19|20)?\d\d)(?:年|[-/.．。])(\d{1,2})(?:月|[-/.．。])(\d{1,2})(?:日|号)?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_MONTH = re.compile(r"(?:(?:19|20)\d\d)(?:年|[-/.])\d{1,2}月?(?:份|底|初|中旬|上旬|下旬)?前?")
_DAY_WITHOUT_YEAR = re.compile(r"\d{1,2}(?:月|[-/.])\d{1,2}(?:日|号)?")

# Excel's day numbers (1900 system) that can be dates of an inspection: 1990-01-01 to 2079-06-06.
FIRST_SERIAL, LAST_SERIAL = 32874, 65535
_SERIAL_ZERO = date(1899, 12, 30)


def from_serial(number: float) -> date | None:
    """The date of an Excel day number (1900 system); None where the number cannot be one."""
    return (
        _SERIAL_ZERO + timedelta(days=int(number))
        if FIRST_SERIAL <= number <= LAST_SERIAL
        else None
    )


def full_year(year: str) -> int:
    """26 → 2026, 2026 → 2026."""
    return int(year) + (2000 if len(year) <= 2 else 0)


def read_date(value: object) -> date | Unreadable:
    """A day: a date cell, a serial, or text in any of the usual spellings; a bare month or a missing year is asked back."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return from_serial(value) or _read_text(as_typed(value))
    return _read_text(as_typed(value))


@lru_cache(maxsize=4096)
def _read_text(raw: str) -> date | Unreadable:
    said = day_text(clean(raw))
    text = with_figures(without_blanks(said.text)).strip("。.，,于已完成()（）")
    if text.isdecimal() and len(text) <= 8 and (serial := from_serial(int(text))):
        return serial
    match = _DAY.fullmatch(text) or _COMPACT.fullmatch(text)
    if match:
        try:
            day = date(full_year(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return Unreadable(raw, f"“{raw}”不是日历上有的日期", _EXAMPLES)
        wrong = said.contradicts(day)
        return Unreadable(raw, f"“{raw}”里的{day}{wrong}", ways_of(day)) if wrong else day
    if _MONTH.fullmatch(text):
        return Unreadable(raw, f"“{raw}”没有写到日", _EXAMPLES)
    if _DAY_WITHOUT_YEAR.fullmatch(text):
        return Unreadable(raw, f"“{raw}”没有写年份", _EXAMPLES)
    return Unreadable(raw, f"“{raw}”不是日期", _EXAMPLES)


def chinese_date(day: date) -> str:
    """2026年1月16日: arabic figures, no leading zeros (GB/T 9704 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def ways_of(day: date) -> tuple[str, str]:
    """The two plain ways of writing this day."""
    return day.isoformat(), chinese_date(day)
