"""建账确认单.xlsx is read back: a count, a day or an item that is another stops the run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from toolkit.run.proof.context import ProofContext
from toolkit.run.proof.set_up import set_up_faults
from toolkit.workbooks.setup_sheet import DEADLINES, HEAD_ROW, SETUP_FILE, UNITS, write_setup_sheet

FIRST = HEAD_ROW + 2


def other_count(book: Any) -> None:
    book[UNITS].cell(FIRST, 2).value = 999


def other_day(book: Any) -> None:
    row = next(r for r in range(FIRST, 60) if book[DEADLINES].cell(r, 3).value)
    book[DEADLINES].cell(row, 3).value = "2031-01-01"


def without_item(book: Any) -> None:
    book[DEADLINES].delete_rows(FIRST)


def nobodys_count(book: Any) -> None:
    book[UNITS].append(["没有的单位", 3, None, None])


@pytest.fixture
def first(copied: ProofContext) -> ProofContext:
    write_setup_sheet(copied.folder / SETUP_FILE, replace(copied.state, before=()))
    return copied


def test_it_is_as_it_should_be(first: ProofContext) -> None:
    assert list(set_up_faults(first)) == []


def test_a_later_period_has_none(copied: ProofContext) -> None:
    assert list(set_up_faults(copied)) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (other_count, "印的是999"),
        (other_day, "的时限读作2031-01-01"),
        (without_item, "与台账的问题不一致"),
        (nobodys_count, "没有的单位没有牵头的问题，印的是3"),
    ],
)
def test_what_is_wrong_in_it_is_named(
    first: ProofContext, change: Callable[[Any], None], told: str
) -> None:
    path = first.folder / SETUP_FILE
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    (fault,) = set_up_faults(first)
    assert told in fault
