"""整改台账.xlsx is read back: a cell that says something else stops the run."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest

from tests.support.drawn import Sheet, workbook
from toolkit.intake.form_place import form_place
from toolkit.ledger.form import Form, FormColumn
from toolkit.run.proof.context import ProofContext
from toolkit.run.proof.office_ledger import office_ledger_faults
from toolkit.workbooks.in_place import WHOLE, OfficeBook

HEADS = {
    "序号": "id",
    "存在问题": "sub_problem",
    "责任单位": "lead_unit",
    "整改进展情况": "progress",
}


@pytest.fixture
def written(copied: ProofContext) -> ProofContext:
    """The state with a form of four columns, and its whole ledger in it."""
    form = Form(tuple(FormColumn(heading=head, code=code) for head, code in HEADS.items()))
    settings = copied.state.settings.with_form(form)
    data = workbook(Sheet([list(HEADS), ["1", "问题甲", "甲局", "进展甲"]]))
    book = OfficeBook.learned(data, form_place(data, "台账.xlsx", settings), settings)
    state = replace(copied.state, settings=settings)
    (copied.folder / WHOLE).write_bytes(book.whole(state.entries, settings, state.as_of))
    return replace(copied, state=state, written=replace(copied.written, office=book))


def test_it_says_what_the_register_knows(written: ProofContext) -> None:
    assert list(office_ledger_faults(written)) == []


@pytest.mark.parametrize("cell", ["A2", "B3", "C2", "D2"])
def test_a_cell_that_says_something_else_is_a_fault(written: ProofContext, cell: str) -> None:
    path = written.folder / WHOLE
    book = openpyxl.load_workbook(path)
    book.worksheets[0][cell] = "另外的话"
    book.save(path)
    (fault,) = office_ledger_faults(written)
    assert cell in fault
    assert "另外的话" in fault


def test_a_row_that_is_missing_is_a_fault(written: ProofContext) -> None:
    path = written.folder / WHOLE
    book = openpyxl.load_workbook(path)
    book.worksheets[0].delete_rows(2)
    book.save(path)
    assert list(office_ledger_faults(written))


def test_without_a_workbook_of_its_own_nothing_is_asked(copied: ProofContext) -> None:
    assert list(office_ledger_faults(copied)) == []
