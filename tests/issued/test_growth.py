"""Taking a run back costs by what it took in and put out: counted at n and 2n returns, not timed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from tests.support.counting import instructions_in
from tests.support.items import ENTRY, SETTINGS
from tests.support.made import run_week
from toolkit.issued.undo import undo
from toolkit.ledger.entry import Entry
from toolkit.ledger.units import Unit
from toolkit.run.templates import create_workspace
from toolkit.workbooks.template import write_ledger

FIRST, SECOND, STAMP = dt.date(2026, 6, 5), dt.date(2026, 6, 12), dt.datetime(2026, 6, 1)


def entry(number: int, progress: str) -> Entry:
    unit = f"第{number}局"
    item = replace(
        ENTRY.item, id=f"{number}-1", problem=f"第{number}个问题", lead_unit=unit, co_units=(), progress=progress
    )  # fmt: skip
    return replace(ENTRY, item=item)


def cost_of_undo(units: int, folder: Path) -> int:
    """Instructions of taking back a run in which every one of so many units has reported."""
    numbers = range(1, units + 1)
    settings = replace(SETTINGS, units=tuple(Unit(name=f"第{number}局") for number in numbers))
    place = create_workspace(folder / f"{units}家", settings)
    ledger = [entry(number, "5月召开会议1次。") for number in numbers]
    write_ledger(place.inbox / "基准.xlsx", ledger, settings, STAMP)
    run_week(place, FIRST)
    for number in numbers:
        said = [entry(number, f"6月召开会议{number}次。")]
        write_ledger(
            place.inbox / f"第{number}局.xlsx", said, settings, STAMP, unit=f"第{number}局"
        )
    run_week(place, SECOND)
    return instructions_in(lambda: undo(place))


def test_undo_of_twice_the_returns_is_about_twice_the_work(tmp_path: Path) -> None:
    cost_of_undo(1, tmp_path)  # what is imported and remembered at the first time
    small, large = cost_of_undo(6, tmp_path), cost_of_undo(12, tmp_path)
    assert large < 2.06 * small
