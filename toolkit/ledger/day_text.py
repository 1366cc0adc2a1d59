"""What surrounds a day in a cell: wide dashes, strokes and dots, the weekday, the time of day.

Systems export `2026-06-30 18:00` and `2026-06-30（周二）`; a Chinese keyboard and Word's autocorrection put `－`, `–` or
`—` for the hyphen. The readers of deadlines and of dates take both off here, once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_HYPHENS, _LONG_DASHES = "-－﹣‐‑‒−", "–—―─"
_STROKES, _DOTS = "/／⁄∕╱＼\\\\", ".．。｡·•・‧∙"
_DASHES = _HYPHENS + _LONG_DASHES
_ANY = f"{_DASHES}{_STROKES}{_DOTS}"
_PLAIN = {
    ord(mark): plain
    for plain, marks in (("-", _DASHES), ("/", _STROKES), (".", _DOTS))
    for mark in marks
}
_DAY = re.compile(
    rf"(?<![0-9])(?:(?:19|20)[0-9]{{2}}|[0-9]{{2}})\s*[{_ANY}]\s*[0-9]{{1,2}}\s*[{_ANY}]\s*[0-9]{{1,2}}(?!\s*[0-9月])"
)
_MONTH = re.compile(rf"(?<![0-9])(?:19|20)[0-9]{{2}}\s*[{_ANY}]\s*[0-9]{{1,2}}(?![0-9])")
# Without a year a long dash parts the months of a span (3—6月).
_DAY_OF_A_YEAR = re.compile(
    rf"(?<![0-9])[0-9]{{1,2}}[{_HYPHENS}{_STROKES}{_DOTS}][0-9]{{1,2}}(?![0-9])"
)
_WEEKDAYS = "一二三四五六日"
_WEEKDAY = re.compile(
    r"(?<=[0-9日号])\s*[（(\[]?\s*(?:星期|周|礼拜)([一二三四五六日天])(?![次个])\s*[）)\]]?"
)
_BY = r"(?P<by>\s*(?:以前|之前|前))?"
_HALF_OF_DAY = r"(?:凌晨|早上|上午|中午|下午|傍晚|晚上|晚)?\s*"
_TIME = re.compile(
    r"(?:(?<=[日号）)])\s*|(?<=[0-9])(?:\s+|T\s*))"
    rf"{_HALF_OF_DAY}(?:(?P<clock>[0-9]{{1,2}})[:：][0-9]{{2}}(?:[:：][0-9]{{2}}(?:\.[0-9]+)?)?(?:Z|\+08:?00)?"
    r"|(?P<hour>[0-9]{1,2}|零|十二|二十四)\s*[时点](?:整|半|[0-9]{1,2}分)?|下班)"
    rf"{_BY}"
)
_MIDNIGHT = frozenset({"0", "00", "零"})


@dataclass(frozen=True, slots=True)
class DayText:
    """The text without weekday and time; `weekday` counts from Monday (None where none, or several, were written).

    `ends_before`: the day is to be over before it begins (`7月1日0时前` is the end of 30 June).
    """

    text: str
    weekday: int | None = None
    ends_before: bool = False

    def contradicts(self, day: date) -> str:
        """Why the weekday that was written is not that of the day; "" where it is, or where none was written."""
        if self.weekday in (None, day.weekday()):
            return ""
        return f"是星期{_WEEKDAYS[day.weekday()]}，写的却是星期{_WEEKDAYS[self.weekday or 0]}"


def day_text(text: str) -> DayText:
    """A cleaned text with plain marks in its dates, apart from what stands around a day."""
    for dated in (_DAY, _MONTH, _DAY_OF_A_YEAR):
        text = dated.sub(lambda found: re.sub(r"\s", "", found[0].translate(_PLAIN)), text)
    named = _WEEKDAY.findall(text)
    text = _WEEKDAY.sub(" ", text) if named else text
    times = list(_TIME.finditer(text))
    if times:
        text = _TIME.sub(lambda found: found["by"] or "", text)
    first = times[0] if len(times) == 1 else None
    hour = (first["clock"] or first["hour"] or "") if first else ""
    return DayText(
        text.strip(),
        _WEEKDAYS.index(named[0].replace("天", "日")) if len(named) == 1 else None,
        bool(first and first["by"] and hour in _MIDNIGHT),
    )
