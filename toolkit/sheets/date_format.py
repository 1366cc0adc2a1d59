"""What a date section of a number format shows for a day number, and how much of the date that is."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING

from toolkit.sheets.chinese_figures import with_figures
from toolkit.sheets.format_code import Kind, Section, Token

if TYPE_CHECKING:
    from collections.abc import Sequence


class Precision(StrEnum):
    """How much of a date is shown."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MOMENT = "moment"  # the day and a time
    TIME = "time"  # no day


_EPOCH, _EPOCH_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)
# What programs fill a cell with whose number is no day.
NO_DAY = "#"
_LAST_DAY = 2_958_465
_HALVES = {"AM/PM": ("AM", "PM"), "A/P": ("A", "P"), "上午/下午": ("上午", "下午")}
_WEEKDAYS = "一二三四五六日"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip
_BUDDHIST = 543


def precision_of(section: Section) -> Precision:
    """How much of a date a section shows; a day of the week is a day."""
    letters = set(section.letters)
    if any(token.kind is Kind.ELAPSED for token in section.tokens):
        return Precision.TIME
    has_time = bool(letters & set("hs"))
    if letters & set("da"):
        return Precision.MOMENT if has_time else Precision.DAY
    if has_time:
        return Precision.TIME
    return Precision.MONTH if "m" in letters else Precision.YEAR


def date_text(section: Section, value: float, *, from_1904: bool = False) -> str:
    """The text shown; `NO_DAY` where the number is no day. Day 0 is 1900-01-00."""
    if not 0 <= value <= _LAST_DAY:
        return NO_DAY
    length = dt.timedelta(seconds=round(value * 86_400))
    moment = (_EPOCH_1904 if from_1904 else _EPOCH) + length
    if length < dt.timedelta(60) and not from_1904:
        moment += dt.timedelta(1)  # Excel's 1900 has a 29 February
    is_day_zero = value < 1 and not from_1904
    pieces = [
        _piece(section, place, moment, length, is_day_zero=is_day_zero)
        for place in range(len(section.tokens))
    ]
    return "".join(pieces).strip()


def _piece(
    section: Section, place: int, moment: dt.datetime, length: dt.timedelta, *, is_day_zero: bool
) -> str:
    token = section.tokens[place]
    if token.kind is Kind.SPACE:
        return " "
    if token.kind is Kind.HALF_DAY:
        return _HALVES[token.text.upper()][moment.hour >= 12]
    if token.kind is Kind.ELAPSED:
        unit = {"h": 3600, "m": 60, "s": 1}[token.text[0].lower()]
        return str(int(length.total_seconds()) // unit).rjust(len(token.text), "0")
    if token.kind is not Kind.DATE:
        return token.text
    if token.text[0] == "m" and _is_minute(section.tokens, place):
        return with_figures(_padded(moment.minute, token.text), section.figures)
    if is_day_zero and token.text[0] in "yemd":
        return _of_day_zero(token.text)
    has_halves = any(other.kind is Kind.HALF_DAY for other in section.tokens)
    hour = (moment.hour - 1) % 12 + 1 if has_halves else moment.hour
    return with_figures(_of_date(token.text, moment, hour), section.figures)


def _padded(number: int, letters: str) -> str:
    return str(number).rjust(min(len(letters), 2), "0")


def _of_day_zero(letters: str) -> str:
    """Day 0 is 1900-01-00 in Excel and WPS."""
    if letters[0] in "ye":
        return "1900" if len(letters) > 2 or letters[0] == "e" else "00"
    return _padded(1 if letters[0] == "m" else 0, letters)


def _of_date(letters: str, moment: dt.datetime, hour: int) -> str:
    kind, length = letters[0], len(letters)
    if kind in "yeb":
        year = moment.year + (_BUDDHIST if kind == "b" else 0)
        return str(year) if length > 2 or kind == "e" else f"{year % 100:02}"
    if kind == "m" and length > 2:
        name = _MONTHS[moment.month - 1]
        return {3: name[:3], 5: name[:1]}.get(length, name)
    if kind == "d" and length > 2:
        name = _DAYS[moment.weekday()]
        return name[:3] if length == 3 else name
    if kind == "a":
        day = _WEEKDAYS[moment.weekday()]
        return f"星期{day}" if length == 4 else day
    if kind == "g":
        return ""
    number = {"m": moment.month, "d": moment.day, "h": hour, "s": moment.second}[kind]
    return _padded(number, letters)


def _is_minute(tokens: Sequence[Token], place: int) -> bool:
    """Whether m stands behind hours or before seconds."""
    if len(tokens[place].text) > 2:
        return False
    before = [token for token in tokens[:place] if token.kind in (Kind.DATE, Kind.ELAPSED)]
    after = [token for token in tokens[place + 1 :] if token.kind in (Kind.DATE, Kind.ELAPSED)]
    return bool(
        (before and before[-1].text[0].lower() == "h")
        or (after and after[0].text[0].lower() == "s")
    )
