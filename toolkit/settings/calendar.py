"""The sheet 日历 of 设置.xlsx: public holidays and make-up days, shipped filled, kept by the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from toolkit.ledger.calendar import Arrangement, Calendar, DayKind
from toolkit.ledger.dates import read_date
from toolkit.ledger.text import as_typed, clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.sheets.grid import Grid, Value

CALENDAR_SHEET, KNOWN_THROUGH = "日历", "已知至"
CALENDAR_COLUMNS = (
    ("开始日期", "放假或调休上班的第一天；“已知至”一行填已公布到哪一天"),
    ("结束日期", "最后一天；只有一天的可不填"),
    ("安排", "从下拉列表中选择：放假、上班（周末调休上班）、已知至"),
    ("名称", "节日名称，可不填"),
)
CALENDAR_WORDS = (DayKind.OFF.value, DayKind.WORKED.value, KNOWN_THROUGH)
# No holiday has ever been longer: more is a slip in the year or the month.
_LONGEST = 31
_SHIPPED = "public_holidays.csv"


@cache
def shipped_calendar() -> Calendar:
    """What the notices of the State Council say of the years that this version knows.

    The table is made by tests.support.public_holidays.
    """
    lines = files("toolkit.settings").joinpath(_SHIPPED).read_text(encoding="utf-8").splitlines()
    rows = (line.split(",") for line in lines[1:])
    named = (
        Arrangement(date.fromisoformat(first), date.fromisoformat(last), DayKind(kind), name)
        for first, last, kind, name in rows
    )
    return Calendar(tuple(named), date.fromisoformat(lines[0]))


def calendar_rows(calendar: Calendar) -> Iterator[tuple[date, date | None, str, str]]:
    """The rows of the sheet: how far the calendar reaches, then its days, the newest year first."""
    if calendar.known_through:
        yield (
            calendar.known_through,
            None,
            KNOWN_THROUGH,
            "补上新一年的安排后，改为那一年的12月31日",
        )
    years = sorted({named.first.year for named in calendar.arrangements}, reverse=True)
    for year in years:
        for named in calendar.arrangements:
            if named.first.year == year:
                last = named.last if named.last != named.first else None
                yield named.first, last, named.kind.value, named.name


def read_calendar(grid: Grid | None, faults: list[str]) -> Calendar:
    """The calendar of the sheet, and behind its last known day what this version ships.

    A workbook of an earlier version has no such sheet, and an emptied one says nothing: then the
    shipped calendar holds. Faults are added to the list.
    """
    first = _first_row(grid, faults)
    if grid is None or not first:
        return shipped_calendar()
    before = len(faults)
    rows = [_Row(grid, number) for number in range(first, len(grid.rows) + 1)]
    rows = [row for row in rows if not row.is_blank]
    ends = [row for row in rows if row.word == KNOWN_THROUGH]
    named = [
        found for row in rows if row.word != KNOWN_THROUGH for found in row.arrangement(faults)
    ]
    through = [day for row in ends for day in row.day(1, faults)]
    if len(ends) != 1:
        faults.append(
            f"“{CALENDAR_SHEET}”应有且只有一行“{KNOWN_THROUGH}”，现有{len(ends)}行；请补上或删去"
        )
    if len(faults) > before:
        return shipped_calendar()
    calendar = Calendar(tuple(sorted(named, key=lambda span: span.first)), through[0])
    faults += _contradictions(calendar)
    return calendar.continued_by(shipped_calendar())


def _first_row(grid: Grid | None, faults: list[str]) -> int:
    """The row below the heading; 0 where there is no sheet or nothing on it."""
    if grid is None or not grid.rows:
        return 0
    head = CALENDAR_COLUMNS[0][0]
    for number in range(1, len(grid.rows) + 1):
        if clean(as_typed(grid.value(number, 1))) == head:
            return number + 1
    faults.append(f"“{CALENDAR_SHEET}”A列没有表头“{head}”；请恢复表头")
    return 0


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the sheet."""

    grid: Grid
    number: int

    def value(self, col: int) -> Value:
        return self.grid.value(self.number, col)

    @property
    def word(self) -> str:
        return clean(as_typed(self.value(3)))

    @property
    def is_blank(self) -> bool:
        return not any(clean(as_typed(self.value(col))) for col in (1, 2, 3))

    def fault(self, col: int, should: str, fix: str) -> str:
        typed = as_typed(self.value(col))
        return f"“{CALENDAR_SHEET}”!{'ABC'[col - 1]}{self.number}{should}，写的是“{typed}”；{fix}"

    def day(self, col: int, faults: list[str]) -> Iterator[date]:
        """The day in this column; a fault where there is none."""
        value = self.value(col)
        day = read_date(value)
        if isinstance(day, date):
            yield day.date() if isinstance(day, datetime) else day
        else:
            faults.append(self.fault(col, "应为日期", "请写成年-月-日"))

    def arrangement(self, faults: list[str]) -> Iterator[Arrangement]:
        """What the row says of its days; faults where it cannot be understood."""
        if self.word not in CALENDAR_WORDS:
            faults.append(self.fault(3, "不是已知的安排", f"请选择{'、'.join(CALENDAR_WORDS)}之一"))
            return
        last_col = 2 if clean(as_typed(self.value(2))) else 1
        for first in self.day(1, faults):
            for last in self.day(last_col, faults):
                if not timedelta(0) <= last - first < timedelta(days=_LONGEST):
                    faults.append(
                        self.fault(
                            2, f"应不早于开始日期{first}，且相隔不超过一个月", "请核对年、月、日"
                        )
                    )
                else:
                    name = clean(as_typed(self.value(4)))
                    yield Arrangement(first, last, DayKind(self.word), name)


def _contradictions(calendar: Calendar) -> Iterator[str]:
    """Days that are both off and worked, and days behind the last one that is said to be known."""
    kinds: dict[date, DayKind] = {}
    for named in calendar.arrangements:
        for day in named.days():
            if kinds.setdefault(day, named.kind) is not named.kind:
                yield f"“{CALENDAR_SHEET}”中{day}既是放假又是上班；请核对，只保留一行"
    last = max(kinds, default=None)
    if last and calendar.known_through and last > calendar.known_through:
        yield (
            f"“{CALENDAR_SHEET}”列到了{last}，“{KNOWN_THROUGH}”却是{calendar.known_through}；"
            f"请核对“{KNOWN_THROUGH}”：{last.year}年的安排已列全的，写成{last.year}-12-31"
        )
