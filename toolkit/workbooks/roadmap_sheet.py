"""时限路线图 of 汇总台账.xlsx: every item with a day as a bar to the month of its deadline, which shows its light."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from toolkit.ledger.joining import shortened
from toolkit.workbooks.consolidated_sheets import HEAD_ROW, titled, write_headings
from toolkit.workbooks.formats import FONT, LIGHTS, print_setup, row_height
from toolkit.workbooks.ledger_sheet import write_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

    from toolkit.ledger.entry import Entry
    from toolkit.state import State
    from toolkit.workbooks.formats import Look

ROADMAP = "时限路线图"
_COLUMNS = (("问题编号", 10), ("问题", 44), ("牵头单位", 24), ("时限", 12), ("整改状态", 12))
FIRST_MONTH = len(_COLUMNS)
_MONTH_WIDTH, _BAR = 8, "#DCE3EA"
# Later months stand in the last column: a plan of five years is not read month by month.
_MOST_MONTHS = 24
_PROBLEM = 60
_DARK, _LIGHT_INK = "#1F2933", "#FFFFFF"


def month_of(day: dt.date) -> dt.date:
    """The first day of its month."""
    return day.replace(day=1)


def months_of(state: State) -> tuple[dt.date, ...]:
    """The months from the first to the last deadline that is still ahead, or from this month where none is earlier."""
    dues = [month_of(day) for entry in state.entries if (day := due_of(entry))]
    if not dues:
        return ()
    first = min(month_of(state.as_of), *dues)
    if (state.as_of - first).days > _LOOK_BACK:
        first = month_of(state.as_of - dt.timedelta(_LOOK_BACK))
    return tuple(_following(first, max(*dues, first)))[:_MOST_MONTHS]


# Deadlines of longer ago stand in the first column.
_LOOK_BACK = 184


def due_of(entry: Entry) -> dt.date | None:
    """The day of an item's deadline."""
    return entry.item.deadline.due if entry.item.deadline else None


def _following(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    month = first
    while month <= last:
        yield month
        month = month_of(month + dt.timedelta(31))


def write_roadmap(workbook: Workbook, looks: Look, state: State) -> None:
    """Write the sheet, soonest deadline first; none where no item has a day."""
    months = months_of(state)
    if not months:
        return
    last_col = FIRST_MONTH + len(months) - 1
    sheet = titled(workbook, looks, state, ROADMAP, last_col)
    heads = (*_COLUMNS, *((f"{month:%Y-%m}", _MONTH_WIDTH) for month in months))
    write_headings(sheet, looks, HEAD_ROW, heads)
    words = state.settings.words
    bar = workbook.add_format({"bg_color": _BAR})
    lights = {word: _light_format(workbook, word) for word in LIGHTS}
    dated = [entry for entry in state.entries if due_of(entry)]
    for row, entry in enumerate(sorted(dated, key=_soonest), HEAD_ROW + 1):
        item, due = entry.item, due_of(entry)
        assert due is not None  # noqa: S101 - only such are here
        status = words.of(item.status) if item.status else ""
        problem = shortened(item.lowest, _PROBLEM)
        cells = (item.id, problem, item.lead_unit, due, status)
        for col, value in enumerate(cells):
            write_cell(sheet, row, col, value, looks.date if col == 3 else looks.text)
        sheet.set_row(row, row_height({"problem": (problem, float(_COLUMNS[1][1]))}))
        at = FIRST_MONTH + place_of(due, months)
        today = FIRST_MONTH + place_of(state.as_of, months)
        for col in range(min(today, at), at):
            sheet.write_blank(row, col, None, bar)
        word = state.due_by_id[item.id].light.word
        sheet.write_string(row, at, word, lights[word])
    sheet.freeze_panes(HEAD_ROW + 1, 2)
    sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + len(dated), last_col)
    print_setup(sheet, title=ROADMAP, head_row=HEAD_ROW)


def place_of(day: dt.date, months: Sequence[dt.date]) -> int:
    """The number of its month from 0; of one before or behind them all the first or the last."""
    month = min(max(month_of(day), months[0]), months[-1])
    return months.index(month)


def _soonest(entry: Entry) -> dt.date:
    return due_of(entry) or dt.date.max


def _light_format(workbook: Workbook, word: str) -> Format:
    """The word of a light on its colour."""
    ink = _DARK if word == "黄" else _LIGHT_INK
    return workbook.add_format(
        {"bg_color": LIGHTS[word], "font_color": ink, "align": "center", "font_name": FONT}
    )
