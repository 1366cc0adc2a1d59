"""The table of public holidays that the toolkit ships, made from chinesecalendar (a dependency of development only).

Each November, once the State Council has named the days of the next year and chinesecalendar knows them:
`pip install -U chinesecalendar && python -m tests.support.public_holidays`. A test fails while the table is stale.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import toolkit.settings
from toolkit.ledger.calendar import DayKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TABLE = Path(toolkit.settings.__file__).parent / "public_holidays.csv"
NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}


def table() -> str:
    """The table as text: the last known day, then first day, last day, 放假 or 上班, name; oldest first."""
    from chinese_calendar import constants

    known_through = dt.date(max(constants.holidays).year, 12, 31)
    rows = [
        *_spans(constants.holidays, DayKind.OFF),
        *_spans(constants.workdays, DayKind.WORKED),
    ]
    lines = [f"{known_through}", *(",".join(row) for row in sorted(rows))]
    return "\n".join(lines) + "\n"


def _spans(days: Mapping[dt.date, str], kind: DayKind) -> Iterator[tuple[str, str, str, str]]:
    """Days in a row of one holiday as one row."""
    first = last = None
    for day in sorted(days):
        if first and last and day - last == dt.timedelta(1) and days[day] == days[first]:
            last = day
            continue
        if first and last:
            yield str(first), str(last), kind.value, NAMES[days[first]]
        first = last = day
    if first and last:
        yield str(first), str(last), kind.value, NAMES[days[first]]


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8", newline="\n")
