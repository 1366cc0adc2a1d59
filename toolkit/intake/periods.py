"""Reporting periods in the words of headings and of sheets: 3月, 第二季度, 6月12日, 第3周, 本期, 上期."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.ledger.numerals import read_numeral, with_figures
from toolkit.ledger.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

_MONTHS, _MONTH_DAYS = 12, 31
_CYCLE = _MONTHS * _MONTH_DAYS


class When(IntEnum):
    """How a period is told: 上期, by a number of its own (第3周), by the calendar, 本期."""

    PAST = 0
    COUNTED = 1
    DATED = 2
    PRESENT = 3


@dataclass(frozen=True, slots=True)
class Period:
    """One period: `place` is its day in the year (31 a month) or its number, `year` 0 if unwritten."""

    when: When
    place: int = 0
    year: int = 0


_PAST = re.compile(
    r"(?:上一?(?:周|期|月|次|轮|旬|季度?|个月)|上半月|去年|往期|前一期|变更前|调整前)"
)
_PRESENT = re.compile(r"(?:本(?:周|期|月|次|轮|旬|季度?|半月)|当[期月周]|这[期月周次])")
# What may stand around a date: 截至5月底, 5月份的, （5月）.
_BEFORE, _AFTER = (
    r"[（(\[【]?(?:截至|截止到?|至|到)?",
    r"(?:份|底|末|止|之前|以前|前)?的?[）)\]】]?",
)
_YEAR = r"(?:(?P<year>(?:19|20)?\d\d)年)?"
_DATED = tuple(
    re.compile(f"{_BEFORE}{pattern}{_AFTER}")
    for pattern in (
        rf"{_YEAR}(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})[日号]?",
        rf"{_YEAR}(?:\d{{1,2}}月?[-—–~至到])?(?P<month>\d{{1,2}})月(?P<part>上旬|中旬|下旬)?",
        rf"{_YEAR}第?(?P<quarter>[一二三四1-4])季度?",
        rf"{_YEAR}(?P<half>[上下])半年",
        r"(?<![\d.])(?:(?P<year>20\d\d)[.\-/])?(?P<month>\d{1,2})[.\-/](?P<day>\d{1,2})(?![\d.])",
    )
)
_COUNTED = re.compile(
    r"第(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})(?:周|期|次|轮|批)|^(?P<bare>\d{1,2})(?:周|期)$"
)
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_PART_DAYS = {"上旬": 10, "中旬": 20}


@lru_cache(maxsize=4096)
def period_in(text: str) -> tuple[Period | None, str]:
    """The period that a heading or the name of a sheet tells, and the words without it."""
    plain = with_figures(re.sub(r"\s+", "", unicodedata.normalize("NFKC", clean(text))))
    for when, pattern in ((When.PAST, _PAST), (When.PRESENT, _PRESENT)):
        if found := pattern.match(plain):
            return Period(when), plain[found.end() :]
        if found := re.search(rf"[(\[【]{pattern.pattern}[)\]】]$", plain):
            return Period(when), plain[: found.start()]
    for pattern in _DATED:
        found = pattern.search(plain)
        place = _place(found) if found else 0
        if found and place:
            return Period(When.DATED, place, _year(found)), plain[: found.start()] + plain[
                found.end() :
            ]
    if found := _COUNTED.search(plain):
        written = found["number"] or found["bare"]
        number = int(written) if written.isdecimal() else read_numeral(written) or 0
        return Period(When.COUNTED, number), plain[: found.start()] + plain[found.end() :]
    return None, plain


def _year(found: re.Match[str]) -> int:
    written = found.groupdict().get("year")
    return int(written) % 100 + 2000 if written else 0


def _place(found: re.Match[str]) -> int:
    """The last day of the period within its year, 31 days a month; 0 where it is none (13月)."""
    named = found.groupdict()
    if quarter := named.get("quarter"):
        return 3 * (_QUARTERS.get(quarter) or int(quarter)) * _MONTH_DAYS
    if half := named.get("half"):
        return (6 if half == "上" else 12) * _MONTH_DAYS
    month = int(named.get("month") or 0)
    day = int(named.get("day") or _PART_DAYS.get(named.get("part") or "", _MONTH_DAYS))
    if not (1 <= month <= _MONTHS and 1 <= day <= _MONTH_DAYS):
        return 0
    return (month - 1) * _MONTH_DAYS + day


def newest_first(periods: Sequence[Period]) -> tuple[int, ...]:
    """The positions of periods that stand side by side, newest first.

    Without years, 11月 12月 1月 2月 from left to right goes on into the next year: where one order of
    reading needs less than a year from the first to the last, it is the order of time.
    """
    positions = range(len(periods))
    dated = [period for period in periods if period.when is When.DATED]
    if len(dated) == len(periods) and not all(period.year for period in periods):
        places = [period.place for period in periods]
        if _is_one_year(places):
            return tuple(reversed(positions))
        if _is_one_year(places[::-1]):
            return tuple(positions)
    return tuple(sorted(positions, key=lambda n: (_key(periods[n]), n), reverse=True))


def _key(period: Period) -> tuple[int, int, int]:
    return period.when, period.year, period.place


def _is_one_year(places: Sequence[int]) -> bool:
    """Whether places go forward by half a year at most each, and less than a year in all."""
    steps = [(later - before) % _CYCLE for before, later in pairwise(places)]
    return all(0 < step <= _CYCLE // 2 for step in steps) and sum(steps) < _CYCLE
