"""时限路线图: which months it has, and under which of them a day stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.support.items import ENTRY
from tests.support.states import state_of
from toolkit.workbooks.roadmap_sheet import months_of, place_of

if TYPE_CHECKING:
    from toolkit.state import State

AS_OF = dt.date(2026, 6, 19)


STATE = state_of([ENTRY])


def with_days(*days: str) -> State:
    assert ENTRY.item.deadline
    due = [replace(ENTRY.item.deadline, due=dt.date.fromisoformat(day)) for day in days]
    entries = tuple(replace(ENTRY, item=replace(ENTRY.item, deadline=each)) for each in due)
    return replace(STATE, entries=entries, as_of=AS_OF)


@pytest.mark.parametrize(
    ("days", "first", "last", "many"),
    [
        (("2026-06-30",), "2026-06", "2026-06", 1),
        (("2026-04-01", "2026-12-31"), "2026-04", "2026-12", 9),
        (("2020-01-01", "2026-07-01"), "2025-12", "2026-07", 8),  # long ago: in the first column
        (("2026-06-30", "2035-01-01"), "2026-06", "2028-05", 24),  # far ahead: in the last
        (("2025-01-01",), "2025-12", "2025-12", 1),
    ],
)
def test_its_months(days: tuple[str, ...], first: str, last: str, many: int) -> None:
    months = months_of(with_days(*days))
    assert (f"{months[0]:%Y-%m}", f"{months[-1]:%Y-%m}", len(months)) == (first, last, many)
    for day in days:
        assert 0 <= place_of(dt.date.fromisoformat(day), months) < many


def test_without_a_day_there_is_none() -> None:
    assert months_of(replace(STATE, entries=())) == ()
