"""汇总台账.xlsx read back by openpyxl, which has no line in common with what wrote it: cells, charts, the rows themselves."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal, InvalidOperation
from math import isclose
from typing import TYPE_CHECKING

import openpyxl

from toolkit.figures.printed import Printed, Quoted, Ref, Source, text_of
from toolkit.figures.table import FIGURES
from toolkit.ledger.columns import BY_CODE as BY_COLUMN
from toolkit.ledger.status import Status
from toolkit.ledger.text import as_typed
from toolkit.run.outputs import CONSOLIDATED
from toolkit.run.proof.charts import addresses_of, charts_of_sheets, drawn_series, shown_faults
from toolkit.run.proof.lines import difference
from toolkit.workbooks.consolidated import OVERVIEW
from toolkit.workbooks.consolidated_sheets import HEAD_ROW
from toolkit.workbooks.group_sheets import BY_LEADER, BY_UNIT
from toolkit.workbooks.ledger_sheet import LEDGER_SHEET
from toolkit.workbooks.regulations_sheet import REGULATIONS
from toolkit.workbooks.roadmap_sheet import FIRST_MONTH, ROADMAP, due_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from toolkit.figures.due_state import DueState
    from toolkit.figures.printed import Line
    from toolkit.ledger.entry import Entry
    from toolkit.run.proof.context import ProofContext
    from toolkit.run.proof.digits import Sources
    from toolkit.run.proof.truth import Truth
    from toolkit.workbooks.number_cells import Address

_FIGURE_SHEETS = (OVERVIEW, BY_UNIT, BY_LEADER)
# The figures that are sums of a column, which leave its doubtful values out.
_AMOUNTS = {figure.code: figure.column for figure in FIGURES if figure.column}
_NUMBER = BY_COLUMN["id"].header
_LIGHT, _TIMING, _REPORTED = "红黄绿灯", "时限情况", "报送"
_CARRIED = "沿用上期"
# A spreadsheet keeps fifteen digits of a number.
_EXACT = 1e-14


def workbook_faults(context: ProofContext) -> Iterator[str]:
    """Where the workbook prints another number than the figures are."""
    path, cells = context.folder / CONSOLIDATED, context.written.cells
    book = openpyxl.load_workbook(path, data_only=True)
    for fault in (
        *cell_faults(book, cells, context.truth, context.sources),
        *stray_faults(book, cells, context.sources),
        *sheet_chart_faults(book, tuple(charts_of_sheets(path)), context),
        *ledger_faults(book, context),
        *regulation_faults(book, context),
        *roadmap_faults(book, context),
    ):
        yield f"{path.stem}{fault}"
    book.close()


def cell_faults(
    book: Workbook, cells: Mapping[Address, Line], truth: Truth, sources: Sources
) -> Iterator[str]:
    """Each cell holds its line, and the line holds what is so; `cells` says what the cells print."""
    for (sheet, address), line in cells.items():
        value = book[sheet][address].value
        for fault in (*_value_faults(value, line, truth), *sources.faults(line)):
            yield f"“{sheet}”!{address}{fault}"


def _value_faults(value: object, line: Line, truth: Truth) -> Iterator[str]:
    numbers = [piece for piece in line if isinstance(piece, Printed)]
    if len(line) == len(numbers) == 1:
        if fault := truth.fault(Printed(as_typed(value), numbers[0].ref)):
            yield f"的{fault}"
        return
    if as_typed(value) != text_of(line):
        yield difference(line, as_typed(value))
    for piece in numbers:
        if fault := truth.fault(piece):
            yield f"的{fault}"


def stray_faults(book: Workbook, cells: Mapping[Address, Line], sources: Sources) -> Iterator[str]:
    """Numbers beside the rows of the ledger that nobody has tied to a figure."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows() if sheet.title != LEDGER_SHEET else ():
            for cell in row:
                value, place = cell.value, (sheet.title, cell.coordinate)
                if value is None or place in cells:
                    continue
                where = f"“{sheet.title}”!{cell.coordinate}"
                if isinstance(value, (int, float)):
                    yield f"{where}的{as_typed(value)}不在数字表中"
                elif sheet.title in _FIGURE_SHEETS:
                    line = (Quoted(as_typed(value), Source.SETTINGS),)
                    yield from (f"{where}{fault}" for fault in sources.faults(line))


def sheet_chart_faults(
    book: Workbook, charts: tuple[bytes, ...], context: ProofContext
) -> Iterator[str]:
    """Picture → range → cell → figure: each link holds."""
    cells, words = context.written.cells, context.state.settings.words
    for series in (series for chart in charts for series in drawn_series(chart)):
        places = addresses_of(book, series.values.area)
        numbers = [_number_of(cells.get(place, ())) for place in places]
        refs = [number.ref for number in numbers if number]
        if len(refs) != len(places):
            yield f"图表引用的“{series.values.area}”不都是数字表中的数"
            continue
        yield from shown_faults(series, refs, words, context.truth, "图表中")
        labels = tuple(
            as_typed(book[sheet][cell].value)
            for sheet, cell in addresses_of(book, series.categories.area)
        )
        if labels != series.categories.texts:
            yield f"图表引用的“{series.categories.area}”与图中的名称不一致"


def _number_of(line: Line) -> Printed | None:
    return next((piece for piece in line if isinstance(piece, Printed)), None)


def ledger_faults(book: Workbook, context: ProofContext) -> Iterator[str]:
    """The rows of the ledger, counted anew, and in each row what its item is."""
    if LEDGER_SHEET not in book.sheetnames:
        yield f"没有“{LEDGER_SHEET}”表"
        return
    sheet, state = book[LEDGER_SHEET], context.state
    due_by_id = state.due_by_id
    columns = {as_typed(cell.value): number for number, cell in enumerate(sheet[HEAD_ROW + 1], 1)}
    rows = range(HEAD_ROW + 2, sheet.max_row + 1)
    for code, number in _counted(sheet, rows, columns, context).items():
        if fault := context.truth.fault(Printed(str(number), Ref(code))):
            yield f"“{LEDGER_SHEET}”各行：{fault}"
    for row, entry in zip(rows, state.entries, strict=False):
        due = due_by_id[entry.item.id]
        for header, expected in _row_of(entry, due, context).items():
            if header not in columns and not expected:
                continue  # the form lacks it, and no item says anything in it
            cell = sheet.cell(row, columns[header])
            if not _is(cell.value, expected):
                where = f"“{LEDGER_SHEET}”!{cell.coordinate}"
                printed = as_typed(cell.value)
                yield f"{where}的{header}印的是{printed}，应为{as_typed(expected)}"


def regulation_faults(book: Workbook, context: ProofContext) -> Iterator[str]:
    """As many regulations as the figure says, each in the items that the sheet names, and no other."""
    rows: list[tuple[object, ...]] = []
    if REGULATIONS in book.sheetnames:
        sheet = book[REGULATIONS]
        rows = [tuple(row) for row in sheet.iter_rows(min_row=HEAD_ROW + 2, values_only=True)]
    if fault := context.truth.fault(Printed(str(len(rows)), Ref("regulations"))):
        yield f"“{REGULATIONS}”：{fault}"
    named = {entry.item.id: entry.item.regulations for entry in context.state.entries}
    for name, ids, *_ in rows:
        there = {id_ for id_, names in named.items() if as_typed(name) in names}
        if set(as_typed(ids).split("、")) != there:
            yield f"“{REGULATIONS}”的{as_typed(name)}写的是问题{as_typed(ids)}，应为{'、'.join(sorted(there))}"


def roadmap_faults(book: Workbook, context: ProofContext) -> Iterator[str]:
    """Every item that has a day once, under the month of that day, with its light and no other."""
    entries, due_by_id = context.state.by_id, context.state.due_by_id
    dated = {id_ for id_, entry in entries.items() if due_of(entry)}
    rows: list[tuple[object, ...]] = []
    if ROADMAP in book.sheetnames:
        rows = list(book[ROADMAP].iter_rows(min_row=HEAD_ROW + 1, values_only=True))
    head, body = (rows[0], rows[1:]) if rows else ((), [])
    if sorted(as_typed(row[0]) for row in body) != sorted(dated):
        yield f"“{ROADMAP}”的问题与有时限的问题不一致"
        return
    months = [as_typed(name) for name in head[FIRST_MONTH:]]
    for row in body:
        id_ = as_typed(row[0])
        due = due_of(entries[id_])
        shown = [(months[n], value) for n, value in enumerate(row[FIRST_MONTH:]) if value]
        month = min(max(f"{due:%Y-%m}", months[0]), months[-1])
        if as_typed(row[3]) != as_typed(due) or shown != [(month, due_by_id[id_].light.word)]:
            yield f"“{ROADMAP}”中问题{id_}的时限或灯与台账不一致"


def _row_of(entry: Entry, due: DueState, context: ProofContext) -> dict[str, object]:
    """What stands in the row of an item, by heading: all that figures are counted from."""
    item, words, form = entry.item, context.state.settings.words, context.state.settings.form
    return {
        _NUMBER: item.id,
        form.heading_of("status"): words.of(item.status) if item.status else "",
        _LIGHT: due.light.word,
        _TIMING: "逾期" if due.overdue else "临期" if due.due_soon else "",
        _REPORTED: _CARRIED if entry.carried else "",
        **{form.heading_in_wan(column): getattr(item, column) for column in _AMOUNTS.values()},
    }


def _is(value: object, expected: object) -> bool:
    if isinstance(expected, (int, Decimal)):
        return isclose(_amount(value), expected, rel_tol=_EXACT)
    return as_typed(value) == as_typed(expected)


def _amount(value: object) -> Decimal:
    """What a cell counts; NaN, which is like nothing, of one that holds no number."""
    try:
        return Decimal(as_typed(value))
    except InvalidOperation:
        return Decimal("NaN")


def _counted(
    sheet: Worksheet, rows: range, columns: Mapping[str, int], context: ProofContext
) -> dict[str, Decimal | int]:
    """Counted from the rows alone, by code: how many there are, of each status, late, due, carried; the amounts."""
    left_out, words = context.state.figures.whole.left_out, context.state.settings.words
    form = context.state.settings.form

    def values(header: str) -> list[object]:
        col = columns.get(header)
        return [sheet.cell(row, col).value for row in rows] if col else [None] * len(rows)

    def words_in(header: str) -> Counter[str]:
        return Counter(as_typed(value) for value in values(header))

    def total(code: str) -> Decimal:
        pairs = zip(ids, values(form.heading_in_wan(_AMOUNTS[code])), strict=True)
        there = [value for id_, value in pairs if value and id_ not in left_out.get(code, ())]
        return sum((_amount(value) for value in there), Decimal(0))

    ids = [as_typed(value) for value in values(_NUMBER)]
    statuses, timing = words_in(form.heading_of("status")), words_in(_TIMING)
    return {
        "problems": len(rows),
        **{f"by_status.{status.value}": statuses[words.of(status)] for status in Status},
        "overdue": timing["逾期"],
        "due_soon": timing["临期"],
        "carried": words_in(_REPORTED)[_CARRIED],
        **{code: total(code) for code in _AMOUNTS},
    }
