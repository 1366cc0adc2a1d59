"""`zhenggai demo`: the whole loop on the invented sample – baseline, dispatch, fill, return, run, week after week."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from toolkit.errors import UsageError
from toolkit.ledger.columns import BY_CODE, COLUMNS
from toolkit.run.dispatch import dispatch_ledgers
from toolkit.run.round import Outcome, run_round
from toolkit.run.templates import create_workspace
from toolkit.sample.story import BASELINE_DAY, WEEKS, SampleError, Story, tell
from toolkit.settings.reading import load
from toolkit.sheets.open import open_book
from toolkit.sheets.patch import write_texts
from toolkit.workbooks.ledger_sheet import LEDGER_SHEET
from toolkit.workbooks.template import FIRST_ROW, HEAD_ROW, write_ledger
from toolkit.workspace import Workspace

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from toolkit.run.consolidate import Progress

BASELINE = "云泽高新区巡察整改台账（全）.xlsx"


def make_demo(folder: Path, now: datetime, watch: Progress) -> Outcome:
    """Make a workspace of the sample in `folder` and run it; the outcome of the last week.

    Raises UsageError where the folder is a workspace already: nobody's work is mixed with the sample.
    """
    if Workspace(folder.resolve()).settings_path.exists():
        raise UsageError(
            f"“{folder}”已经是工作区；请换一个文件夹名，或先删除它，再运行zhenggai demo。"
        )
    story = tell()
    workspace = create_workspace(folder, story.settings, story.prose)
    baseline = workspace.inbox / BASELINE
    write_ledger(baseline, story.entries, story.settings, _stamp(BASELINE_DAY))
    _date_file(baseline, BASELINE_DAY)
    outcome = _run(workspace, BASELINE_DAY, now, watch)
    dispatched = dispatch_ledgers(
        workspace, load(workspace.settings_path.read_bytes()), BASELINE_DAY
    )
    for number, day in enumerate(WEEKS, 1):
        watch(f"第{number}周：各单位填报", number - 1, len(WEEKS))
        for path in dispatched:
            unit = path.stem.split("-")[0]
            back = workspace.inbox / f"第{number}周" / f"{unit}-{day}.xlsx"
            _return(path, story, number, back)
            if back.is_file():
                _date_file(back, day)
        outcome = _run(workspace, day, now, watch)
    return outcome


def _date_file(path: Path, day: date) -> None:
    """When a file came is remembered: the sample's are of the sample's days, so that equal samples are equal bytes."""
    moment = _stamp(day).timestamp()
    os.utime(path, (moment, moment))


def _stamp(day: date) -> datetime:
    from datetime import datetime, time

    return datetime.combine(day, time())


def _run(workspace: Workspace, day: date, now: datetime, watch: Progress) -> Outcome:
    settings = load(workspace.settings_path.read_bytes())
    outcome = run_round(workspace, settings, day, now=now, watch=watch)
    if not isinstance(outcome, Outcome):
        raise SampleError(outcome.sentence)
    return outcome


def _return(dispatched: Path, story: Story, week: int, path: Path) -> None:
    """Fill the unit's workbook with all that it has said up to this week; a unit that says nothing new sends nothing.

    Only the cells that the unit fills change, so that equal samples are equal bytes.
    """
    data = dispatched.read_bytes()
    grid = open_book(data, dispatched.name).grid(LEDGER_SHEET)
    if grid is None:
        raise SampleError(dispatched.name)
    columns = {
        str(grid.value(HEAD_ROW + 1, column)): column for column in range(1, len(COLUMNS) + 1)
    }
    texts: dict[tuple[int, int], str] = {}
    spoke_now = False
    for row in range(FIRST_ROW + 1, len(grid.rows) + 1):
        item_id = str(grid.value(row, columns[BY_CODE["id"].header]))
        for past in range(1, week + 1):
            said = story.returns.get((past, item_id), {})
            texts |= {(row, columns[BY_CODE[code].header]): text for code, text in said.items()}
            spoke_now = spoke_now or (past == week and bool(said))
    if spoke_now:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(write_texts(data, LEDGER_SHEET, texts))
