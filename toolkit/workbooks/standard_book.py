"""The ledger in the standard form, made once and filled in for each unit: the same sheets, only other rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.sheets.fill import Calculated, FilledRow, Filling, fill
from toolkit.sheets.skeleton import Place, Skeleton
from toolkit.sheets.write import new_workbook
from toolkit.workbooks.formats import look
from toolkit.workbooks.formulas import ROW
from toolkit.workbooks.in_place import as_given_back
from toolkit.workbooks.layout import layout_of
from toolkit.workbooks.ledger_row import LedgerRow
from toolkit.workbooks.ledger_sheet import KEY_HEADER, LEDGER_SHEET, in_unit_of, own_cell
from toolkit.workbooks.selfcheck import SelfCheck, counted
from toolkit.workbooks.template import (
    FIRST_ROW,
    HEAD_ROW,
    Ledger,
    add_form,
    counter_cell,
    identity_of,
    reported_by,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from toolkit.settings.model import Settings

# Ledgers go by mail: what the self-check says of every row packs to half at this level of deflate.
_LEVEL = 6
# Where xlsxwriter puts the first sheet.
_PART = "xl/worksheets/sheet1.xml"
# Rows count from 1 in a workbook, from 0 in the template.
_HEAD, _FIRST = HEAD_ROW + 1, FIRST_ROW + 1


@dataclass(frozen=True, slots=True)
class StandardBook:
    """The standard form with one blank row, ready to be filled in, and the self-check that is in it."""

    skeleton: Skeleton
    check: SelfCheck

    @classmethod
    def made(
        cls, scratch: Path, settings: Settings, created: datetime, own: Sequence[str]
    ) -> StandardBook:
        """By way of the file `scratch`, which may be written over; `own` are the paths of own columns."""
        blank = LedgerRow(cells={})
        ledger = Ledger(rows=(blank,), settings=settings, created=created, own=own)
        check = SelfCheck(settings, created.date(), layout_of(settings.form, own))
        workbook = new_workbook(scratch, created, {})
        add_form(workbook, look(workbook), replace(ledger, check=check))
        workbook.close()
        place = Place(
            sheet=LEDGER_SHEET, head=_HEAD, first=_FIRST, last=_FIRST,
            left=1, right=check.first + len(check.columns),
        )  # fmt: skip
        headers = [column.header for column in check.columns]
        skeleton = Skeleton(
            scratch.read_bytes(), place, _PART, frozenset(), (), tuple(_shared(check)),
            key=check.first + headers.index(KEY_HEADER) + 1,
        )  # fmt: skip
        return cls(skeleton, check)

    def for_unit(self, rows: Sequence[LedgerRow], *, unit: str, code: str) -> bytes:
        """The workbook of one unit with these rows; `code` is that of the state that they are from."""
        filled = [self._filled(number, row) for number, row in enumerate(rows, _FIRST)]
        column = self.check.first + 1
        said = [row.cells[column] for row in filled]
        texts = [str(cell.value) for cell in said if isinstance(cell, Calculated)]
        told = {counter_cell(self.check.layout): counted(texts), "A2": reported_by(unit)}
        properties = {name: text for name, text in identity_of(unit, code).items() if text}
        return fill(
            self.skeleton, Filling(rows=filled, properties=properties, told=told), level=_LEVEL
        )

    def _filled(self, number: int, row: LedgerRow) -> FilledRow:
        return FilledRow(dict(self._cells(number, row)), row.key)

    def _cells(self, number: int, row: LedgerRow) -> Iterator[tuple[int, object]]:
        """The cells of the row that Excel numbers so, by column from 1."""
        layout = self.check.layout
        for col, placed, column in layout.standard:
            yield col + 1, as_given_back(in_unit_of(placed, row.cells.get(column.code)))
        for col, ours in layout.own:
            yield col + 1, as_given_back(own_cell(ours, row.own.get(ours.path, "")))
        written = self.check.written(row, number, is_first=False)
        for col, (beside, formula, value) in enumerate(written, self.check.first + 1):
            if beside.formula:
                yield col, Calculated(value, formula.removeprefix("="))


def _shared(check: SelfCheck) -> Iterator[tuple[int, str]]:
    """The formulas that are the same in all rows, by column, as they stand in the first."""
    for col, column in enumerate(check.columns, check.first + 1):
        if column.is_shared:
            yield col, column.formula.replace(ROW, str(_FIRST)).removeprefix("=")
