"""汇总台账.xlsx read back by openpyxl, which has no line in common with what wrote it: cells, charts, the rows themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

from toolkit.figures.printed import Printed, Ref, text_of
from toolkit.run.proof.charts import cells_of, charts_of_sheets, drawn_series
from toolkit.workbooks.consolidated import ledger_counts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from toolkit.figures.printed import Line
    from toolkit.run.proof.digits import Sources
    from toolkit.run.proof.truth import Truth
    from toolkit.settings.model import Settings
    from toolkit.workbooks.number_cells import Address

_SHOWN = 40


def workbook_faults(
    path: Path,
    cells: Mapping[Address, Line],
    settings: Settings,
    truth: Truth,
    sources: Sources,
) -> Iterator[str]:
    """Where the workbook prints another number than the figures are; `cells` says what its cells print."""
    values = _values_of(path, {sheet for sheet, _ in cells})
    for (sheet, address), line in cells.items():
        for fault in _cell_faults(values.get((sheet, address)), line, truth, sources):
            yield f"{path.stem}“{sheet}”!{address}{fault}"
    for fault in _chart_faults(path, cells, truth):
        yield f"{path.stem}图表{fault}"
    for code, number in ledger_counts(path, settings).items():
        if fault := truth.fault(Printed(str(number), Ref(code))):
            yield f"{path.stem}“整改台账”各行：{fault}"


def _values_of(path: Path, sheets: Collection[str]) -> Mapping[Address, object]:
    """What stands in these sheets; the others, such as the ledger itself, are many times as long."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    values = {
        (sheet, cell.coordinate): cell.value
        for sheet in sheets
        for row in book[sheet].iter_rows()
        for cell in row
        if cell.value is not None
    }
    book.close()
    return values


def _cell_faults(value: object, line: Line, truth: Truth, sources: Sources) -> Iterator[str]:
    """The cell holds the line, and the line holds what is so."""
    numbers = [piece for piece in line if isinstance(piece, Printed)]
    if len(line) == len(numbers) == 1:
        text = _number_text(value)
        if fault := truth.fault(Printed(text, numbers[0].ref)):
            yield f"的{fault}"
        return
    if value != text_of(line):
        yield f"应为“{text_of(line)[:_SHOWN]}”，印的是“{str(value)[:_SHOWN]}”"
    for piece in numbers:
        if fault := truth.fault(piece):
            yield f"的{fault}"
    yield from sources.faults(line)


def _number_text(value: object) -> str:
    """A number as it is printed: 12.0 of a spreadsheet is 12."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _chart_faults(path: Path, cells: Mapping[Address, Line], truth: Truth) -> Iterator[str]:
    """Picture → range → cell → figure: each link holds."""
    for chart in charts_of_sheets(path).values():
        for series in drawn_series(chart):
            name, addresses = cells_of(series.area)
            for address, value in zip(addresses, series.values, strict=False):
                line = cells.get((name, address), ())
                number = next((piece for piece in line if isinstance(piece, Printed)), None)
                if number is None:
                    yield f"引用的“{name}”!{address}不是数字表中的数"
                elif fault := truth.fault(Printed(value, number.ref)):
                    yield f"中{fault}"
            if len(addresses) != len(series.values):
                yield f"“{series.area}”应有{len(addresses)}个数，图中有{len(series.values)}个"
