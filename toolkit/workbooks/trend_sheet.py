"""趋势 of 汇总台账.xlsx: what every period counted, as it was stored, with a chart of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.figures.printed import By, Printed, Quoted, Ref, Source
from toolkit.figures.table import BY_CODE
from toolkit.workbooks import formats as looks_of
from toolkit.workbooks.consolidated_sheets import HEAD_ROW, titled, write_headings
from toolkit.workbooks.formats import A4, print_setup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from xlsxwriter.workbook import Workbook

    from toolkit.state import State
    from toolkit.workbooks.formats import Look
    from toolkit.workbooks.number_cells import NumberCells

TREND = "趋势"
TREND_CODES = ("problems", "by_status.done", "overdue")
_COLOURS = ("#7A8794", "#4C9F70", "#E4572E")
_FIRST, _CHART_COLUMNS = 2, 8
# A year of weeks; what is older stands in the workbooks of its own time.
_PERIODS = 52


def periods_of(state: State) -> Iterator[tuple[int, date, dict[str, Printed]]]:
    """(period, day, figures by code) of every period, this one last, each tied to the period that it was counted for."""
    for past in state.past[-_PERIODS:]:
        numbers = {code: past.numbers.get(code, "0") for code in TREND_CODES}
        yield past.period, past.as_of, _printed(numbers, past.period)
    now = {code: state.figures.whole.text(code) for code in TREND_CODES}
    yield state.number, state.as_of, _printed(now, state.number)


def _printed(numbers: dict[str, str], period: int) -> dict[str, Printed]:
    return {
        code: Printed(text, Ref(code, By.PERIOD, str(period))) for code, text in numbers.items()
    }


def write_trend(workbook: Workbook, looks: Look, state: State, cells: NumberCells) -> None:
    """Write the sheet; none in the first period, which has nothing to be compared with."""
    periods = list(periods_of(state))
    if len(periods) < 2:
        return
    names = [BY_CODE[code].name_in(state.settings.words) for code in TREND_CODES]
    columns = (("期次", 10), ("截至日期", 14), *((name, 14) for name in names))
    # The title reaches over the chart: the table alone is narrower than it.
    sheet = titled(workbook, looks, state, TREND, len(columns) + _CHART_COLUMNS)
    write_headings(sheet, looks, HEAD_ROW, columns)
    for row, (period, day, shown) in enumerate(periods, HEAD_ROW + 1):
        cells.text(sheet, (row, 0), (Quoted(str(period), Source.LABEL),), looks.centre)
        cells.text(sheet, (row, 1), (Quoted(day.isoformat(), Source.DATE),), looks.centre)
        for col, code in enumerate(TREND_CODES, _FIRST):
            cells.number(sheet, (row, col), shown[code], looks.centre)
    last = HEAD_ROW + len(periods)
    chart = workbook.add_chart({"type": "line"})
    for col, (name, colour) in enumerate(zip(names, _COLOURS, strict=True), _FIRST):
        chart.add_series({
            "name": name,
            "categories": [TREND, HEAD_ROW + 1, 0, last, 0],
            "values": [TREND, HEAD_ROW + 1, col, last, col],
            "line": {"color": colour, "width": 2.25},
            "marker": {"type": "circle", "size": 5, "fill": {"color": colour}},
        })  # fmt: skip
    title = {"name": "各期变化（个问题）", "name_font": {"size": 12, "name": looks_of.HEADING_FONT}}
    chart.set_title(title)
    chart.set_x_axis({"name": "期次"})
    chart.set_y_axis({"min": 0})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 720, "height": 320})
    sheet.insert_chart(HEAD_ROW, len(columns) + 1, chart)
    sheet.freeze_panes(HEAD_ROW + 1, 0)
    print_setup(sheet, title=TREND, head_row=HEAD_ROW, paper=A4)
