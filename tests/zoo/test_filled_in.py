"""Every workbook of the zoo, taken for an office's form: filled in and read back the same, or answered in Chinese."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from functools import cached_property

import pytest

from tests.support.items import ENTRY
from tests.zoo.specimens import SPECIMENS
from toolkit.intake.form_place import form_place
from toolkit.intake.read import read
from toolkit.ledger.text import as_typed
from toolkit.packages.gate import UnreadableFile
from toolkit.settings.model import Settings
from toolkit.sheets.open import open_book
from toolkit.workbooks.in_place import Cells, OfficeBook
from toolkit.workbooks.ledger_row import row_of_entry

DAY = dt.date(2026, 6, 5)


@dataclass(frozen=True)
class Dropped:
    """A specimen as it lies in the inbox."""

    name: str
    data: bytes
    modified: float = 0.0

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@pytest.mark.parametrize("name", SPECIMENS)
def test_it_is_filled_in_or_answered(name: str) -> None:
    file = Dropped(SPECIMENS[name].file, SPECIMENS[name].make())
    submission = next(iter(read([file], Settings(), has_baseline=False)))
    if not submission.rows:
        return  # no ledger: intake has said so
    settings = Settings().with_form(submission.form) if submission.form else Settings()
    try:
        book = OfficeBook.learned(file.data, form_place(file.data, file.name, settings), settings)
    except UnreadableFile as answer:
        told = str(answer)
        book = None
    if book is None:
        assert told.endswith("。")
        return
    entries = [replace(ENTRY, item=row.item) for row in submission.rows]
    grid = open_book(book.whole(entries, settings, DAY), "表.xlsx").grid(book.place.place.sheet)
    assert grid is not None
    cells = Cells.of(book.place, settings)
    for number, entry in enumerate(entries, book.place.place.first):
        for col, value in cells.of_row(row_of_entry(entry, settings)).items():
            assert as_typed(grid.value(number, col)) == as_typed(value)
