"""Days that a program wrote a few hours early: 2026-06-29 16:00 for 30 June, the same moment in Greenwich.

JavaScript keeps days as moments of universal time; what it exports on a computer with Chinese time is eight hours early,
as a date cell or as the text 2026-06-29T16:00:00.000Z. Some libraries lose 43 seconds more.
"""

from __future__ import annotations

import datetime as dt
import re

CHINA = dt.timezone(dt.timedelta(hours=8))
_EARLY = dt.timedelta(hours=8)
# Local time of Shanghai before 1901 was 8:05:43; what libraries make of it is off by up to six minutes.
_TOLERANCE = dt.timedelta(minutes=6)
_SLIP = dt.timedelta(minutes=1)
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?\s*(Z|[+-]\d\d:?\d\d)"
)
_JAVASCRIPT = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d{4}) (\d\d):(\d\d):(\d\d) GMT([+-]\d{4})(?: \(.{1,40}\))?"
)


def day_of_zoned(text: str) -> dt.date | None:
    """The day in China of a moment that is written with its zone; None of any other text."""
    if found := _ISO.fullmatch(text):
        parts = [int(part or 0) for part in found.groups()[:6]]
        zone = found[7]
    elif (found := _JAVASCRIPT.fullmatch(text)) and found[1] in _MONTHS:
        month = _MONTHS.index(found[1]) + 1
        parts = [int(found[3]), month, int(found[2]), *(int(found[n]) for n in (4, 5, 6))]
        zone = found[7]
    else:
        return None
    try:
        moment = dt.datetime(*parts, tzinfo=_zone(zone)).astimezone(CHINA)  # type: ignore[misc, arg-type]
    except (ValueError, OverflowError):
        return None
    local = moment.replace(tzinfo=None)
    return _nearest_day(local, _TOLERANCE) or local.date()


def _zone(text: str) -> dt.timezone:
    if text == "Z":
        return dt.UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    length = dt.timedelta(hours=hours, minutes=minutes)
    return dt.timezone(-length if text[0] == "-" else length)


def meant_day(moment: dt.datetime) -> dt.date | None:
    """The day that a moment stands for which is eight hours early, or a few seconds; None of any other moment."""
    return _nearest_day(moment, _SLIP) or _nearest_day(moment + _EARLY, _TOLERANCE)


def _nearest_day(moment: dt.datetime, within: dt.timedelta) -> dt.date | None:
    """The day at whose beginning, nearly, a moment lies."""
    midnight = dt.datetime.combine((moment + dt.timedelta(hours=12)).date(), dt.time())
    return midnight.date() if abs(moment - midnight) <= within else None
