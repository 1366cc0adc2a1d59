"""变化情况 of 汇总台账.xlsx: what changed since the last round, cell by cell, with sentences above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.figures.changes import sentences
from toolkit.figures.printed import joined
from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.joining import shortened
from toolkit.ledger.text import as_typed
from toolkit.workbooks.consolidated_sheets import HEAD_ROW, titled, write_headings
from toolkit.workbooks.formats import Look, print_setup, row_height
from toolkit.workbooks.ledger_sheet import cell_value, write_cell

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

    from toolkit.state import State
    from toolkit.workbooks.number_cells import NumberCells

CHANGES = "变化情况"
_COLUMNS = (
    ("问题编号", 10),
    ("问题", 36),
    ("牵头单位", 22),
    ("栏目", 14),
    ("上期", 44),
    ("本期", 44),
    ("出处", 40),
)
_LONGEST = 600


def write_changes(workbook: Workbook, looks: Look, state: State, cells: NumberCells) -> None:
    """Write the sheet; a first round says that there is nothing to compare with."""
    sheet = titled(workbook, looks, state, CHANGES, len(_COLUMNS) - 1)
    line = joined(sentences(state.changes, state.settings, state.figures.completion), "\n")
    text = cells.merged(sheet, (HEAD_ROW, 0, HEAD_ROW, len(_COLUMNS) - 1), line, looks.text)
    width = float(sum(width for _, width in _COLUMNS))
    sheet.set_row(HEAD_ROW, row_height({"sentences": (text, width)}))
    head = HEAD_ROW + 1
    write_headings(sheet, looks, head, _COLUMNS)
    items = {entry.item.id: entry.item for entry in state.entries}
    for row, change in enumerate(state.changes.cells, head + 1):
        item, column = items[change.id], BY_CODE[change.column]
        old, new = (
            _shown(cell_value(column, value, state.settings)) for value in (change.old, change.new)
        )
        values = (
            change.id,
            item.problem or item.sub_problem,
            item.lead_unit,
            column.header,
            old,
            new,
            str(change.place),
        )
        for col, value in enumerate(values):
            write_cell(sheet, row, col, value, looks.text)
        sheet.set_row(
            row,
            row_height({str(n): (text, float(_COLUMNS[n][1])) for n, text in enumerate(values)}),
        )
    last = head + max(len(state.changes.cells), 1)
    sheet.freeze_panes(head + 1, 1)
    sheet.autofilter(head, 0, last, len(_COLUMNS) - 1)
    print_setup(sheet, title=CHANGES, head_row=head)


def _shown(value: object) -> str:
    text = as_typed(value) if value is not None else "（空）"
    return shortened(text, _LONGEST, f"……（共{len(text)}字）")
