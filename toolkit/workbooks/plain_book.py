"""The ledger in our own look with nothing of ours in it, for offices whose form is ours or cannot be filled in in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.intake.form_place import FormPlace
from toolkit.sheets.skeleton import Place, learn
from toolkit.sheets.write import new_workbook
from toolkit.workbooks.formats import look, print_setup
from toolkit.workbooks.in_place import OfficeBook
from toolkit.workbooks.layout import layout_of
from toolkit.workbooks.ledger_sheet import LEDGER_SHEET, write_head, write_row
from toolkit.workbooks.template import FIRST_ROW, HEAD_ROW, write_title

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from toolkit.settings.model import Settings


def plain_book(path: Path, settings: Settings, created: datetime) -> OfficeBook:
    """A blank ledger with the form's columns, order and words, written to `path` and learned from there."""
    layout = layout_of(settings.form)
    workbook = new_workbook(path, created, {})
    looks = look(workbook)
    sheet = workbook.add_worksheet(LEDGER_SHEET)
    write_head(sheet, HEAD_ROW, looks, layout)
    write_title(sheet, looks, settings, layout)
    write_row(sheet, FIRST_ROW, {}, {}, looks, layout)
    sheet.set_row(FIRST_ROW, None)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.autofilter(HEAD_ROW, 0, FIRST_ROW, layout.width - 1)
    print_setup(sheet, title="整改台账", head_row=HEAD_ROW)
    workbook.close()
    first = FIRST_ROW + 1
    place = Place(
        sheet=LEDGER_SHEET, head=HEAD_ROW + 1, first=first, last=first, left=1, right=layout.width
    )
    codes = {number: placed.code for number, placed in enumerate(layout.columns, 1)}
    return OfficeBook(learn(path.read_bytes(), place), FormPlace(place, codes, {}, {}))
