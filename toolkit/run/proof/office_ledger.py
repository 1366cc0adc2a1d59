"""整改台账.xlsx in the office's form, read back: each cell must say what the register knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.ledger.text import as_typed
from toolkit.sheets.grid import address
from toolkit.sheets.open import open_book
from toolkit.workbooks.in_place import WHOLE, Cells
from toolkit.workbooks.ledger_row import row_of_entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.run.proof.context import ProofContext


def office_ledger_faults(context: ProofContext) -> Iterator[str]:
    """A cell of the whole ledger that says something else, a row that is missing or is too many."""
    office = context.written.office
    if office is None:
        return
    settings = context.state.settings
    cells = Cells.of(office.place, settings)
    place = office.place.place
    grid = open_book((context.folder / WHOLE).read_bytes(), WHOLE).grid(place.sheet)
    if grid is None:
        yield f"{WHOLE}中没有工作表“{place.sheet}”"
        return
    columns = sorted({*office.place.codes, *office.place.ticks})
    for number, entry in enumerate(context.state.entries, place.first):
        expected = cells.of_row(row_of_entry(entry, settings))
        for col in columns:
            here, there = as_typed(grid.value(number, col)), as_typed(expected.get(col))
            if here != there and col not in dict(office.skeleton.formulas):
                yield f"{WHOLE}的{place.sheet}!{address(number, col)}印的是“{here}”，台账库为“{there}”"
