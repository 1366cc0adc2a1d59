"""审核单.xlsx is read back: a row of another item's words, a row that is missing or doubled stops the run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from toolkit.run.proof.context import ProofContext
from toolkit.run.proof.review import review_faults
from toolkit.workbooks.review_sheet import HEAD_ROW, REVIEW_FILE

FIRST = HEAD_ROW + 2


def cell_of(sheet: Any, heading: str) -> Any:
    heads = {cell.value: cell.column for cell in sheet[HEAD_ROW + 1]}
    return sheet.cell(FIRST, heads[heading])


def wrong_text(heading: str) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        cell_of(sheet, heading).value = "另一个问题"

    return change


def without_row(sheet: Any) -> None:
    sheet.delete_rows(FIRST)


def doubled(sheet: Any) -> None:
    sheet.append([cell.value for cell in sheet[FIRST]])


def key_of_another(sheet: Any) -> None:
    cell_of(sheet, "_key").value = "9-9"


def test_it_is_as_it_should_be(copied: ProofContext) -> None:
    assert (copied.folder / REVIEW_FILE).exists()
    assert list(review_faults(copied)) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (wrong_text("问题"), "的问题印的是另一个问题"),
        (wrong_text("整改时限"), "的整改时限印的是另一个问题"),
        (wrong_text("整改进展情况"), "整改进展情况不是台账中的内容"),
        (without_row, "没有已报完成的问题"),
        (doubled, "不止一行"),
        (key_of_another, "不在台账中"),
    ],
)
def test_what_is_wrong_in_it_is_named(
    copied: ProofContext, change: Callable[[Any], None], told: str
) -> None:
    path = copied.folder / REVIEW_FILE
    book = openpyxl.load_workbook(path)
    change(book.worksheets[0])
    book.save(path)
    assert any(told in fault for fault in review_faults(copied))
