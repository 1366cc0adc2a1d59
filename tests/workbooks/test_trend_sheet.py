"""趋势: every period with its own figures, this one last, each tied to its period."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tests.support.items import ENTRY
from tests.support.states import state_of
from toolkit.figures.printed import By
from toolkit.register.snapshot import PastFigures
from toolkit.workbooks.trend_sheet import TREND_CODES, periods_of


def test_past_periods_come_first_with_what_they_stored() -> None:
    past = tuple(
        PastFigures(
            n, dt.date(2026, 1, 2) + dt.timedelta(7 * n), {"problems": str(n * 3), "overdue": "1"}
        )
        for n in range(1, 61)
    )
    state = replace(state_of([ENTRY]), past=past, number=61)
    periods = list(periods_of(state))
    assert len(periods) == 53  # a year of weeks and this one
    number, _, shown = periods[0]
    assert (number, shown["problems"].text, shown["by_status.done"].text) == (9, "27", "0")
    assert all(shown[code].ref.by is By.PERIOD for _, _, shown in periods for code in TREND_CODES)
    assert {shown[code].ref.name for number, _, shown in periods for code in TREND_CODES} == {
        str(number) for number, _, _ in periods
    }
    number, day, shown = periods[-1]
    assert (number, day, shown["problems"].text) == (61, state.as_of, "1")
