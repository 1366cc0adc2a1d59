"""建账确认单.xlsx read back: how many problems each unit leads, and the day that every deadline is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

from toolkit.figures.printed import By, Printed, Ref
from toolkit.ledger.text import as_typed
from toolkit.workbooks.setup_sheet import DEADLINES, HEAD_ROW, SETUP_FILE, UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.workbook import Workbook

    from toolkit.run.proof.context import ProofContext


def set_up_faults(context: ProofContext) -> Iterator[str]:
    """A unit's count that the register does not bear out, an item that is missing or has another day."""
    path = context.folder / SETUP_FILE
    if not path.exists():
        return
    book = openpyxl.load_workbook(path)
    yield from _unit_faults(book, context)
    yield from _deadline_faults(book, context)
    book.close()


def _rows(book: Workbook, name: str) -> list[list[str]]:
    if name not in book.sheetnames:
        return []
    values = book[name].iter_rows(min_row=HEAD_ROW + 2, values_only=True)
    return [[as_typed(value) for value in row] for row in values]


def _unit_faults(book: Workbook, context: ProofContext) -> Iterator[str]:
    led = {unit.name for unit in context.state.figures.units}
    for name, number, *_ in _rows(book, UNITS):
        ref = Ref("problems", By.UNIT, name)
        fault = context.truth.fault(Printed(number, ref)) if name in led else ""
        if fault or (name not in led and number != "0"):
            yield f"建账确认单的“{UNITS}”表中，{fault or f'{name}没有牵头的问题，印的是{number}'}"


def _deadline_faults(book: Workbook, context: ProofContext) -> Iterator[str]:
    rows = _rows(book, DEADLINES)
    if [row[0] for row in rows] != [entry.item.id for entry in context.state.entries]:
        yield f"建账确认单的“{DEADLINES}”表与台账的问题不一致"
        return
    for row, entry in zip(rows, context.state.entries, strict=True):
        due = entry.item.deadline.due if entry.item.deadline else None
        if row[2] != as_typed(due):
            yield f"建账确认单中问题{entry.item.id}的时限读作{row[2]}，应为{as_typed(due)}"
