"""Twice as many units, findings or answers are twice the work: nothing is looked for among all the others."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from tests.support.counting import instructions_in
from tests.support.items import ENTRY
from tests.support.states import state_of
from toolkit.ledger.answer import Answer
from toolkit.ledger.finding import Finding, Place, Severity
from toolkit.ledger.submission import Origin, Role, Row, Submission, Verdict
from toolkit.queries.check import Checked, check_lines
from toolkit.workbooks.decision_sheets import write_answers
from toolkit.workbooks.formats import look
from toolkit.workbooks.receipt import write_receipt
from toolkit.workbooks.returned import returns_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from toolkit.state import State

CREATED = dt.datetime(2026, 6, 19)


def round_of(units: int, rows: int) -> State:
    """So many units with so many rows each, and something to say about every row and every file."""
    entries, submissions, findings = [], [], []
    for unit in range(units):
        file, own = f"{unit}.xlsx", []
        for number in range(rows):
            item = replace(ENTRY.item, id=f"{unit + 1}-{number + 1}", lead_unit=f"第{unit}局")
            origin = Origin(file, "整改台账", 4 + number)
            entries.append(replace(ENTRY, item=item, origin=origin))
            own.append(Row(origin, item, {"progress": "P"}, {"progress": item.progress}))
            place = Place(file, "整改台账", f"P{4 + number}")
            findings.append(
                Finding("S102", Severity.ERROR, place, "缺。", "请补。", item.id, "progress")
            )
        findings.append(
            Finding("X1", Severity.NOTE, Place(file, "整改台账", "A99"), "空行。", "删去。")
        )
        submissions.append(
            Submission(file, file, Verdict.ACCEPTED, Role.RETURN, f"第{unit}局", rows=tuple(own))
        )
    return replace(
        state_of(entries), submissions=tuple(submissions), findings=tuple(findings)
    )  # fmt: skip


def marked(state: State, _folder: Path) -> None:
    assert all(len(found.findings) == 2 for found in returns_of(state))


def receipt(state: State, folder: Path) -> None:
    write_receipt(folder / "回执.txt", state, {})


def checked(state: State, _folder: Path) -> None:
    list(check_lines(Checked(state.submissions, state.findings)))


def answers(state: State, folder: Path) -> None:
    """One answer of a co-operating unit about each item."""
    given = [
        Answer(
            id=entry.item.id,
            unit="财政局",
            status=None,
            completed_on=None,
            progress="已配合。",
            origin=entry.origin,
        )
        for entry in state.entries
    ]
    book = xlsxwriter.Workbook(folder / "汇总.xlsx", {"in_memory": True})
    write_answers(book, look(book), replace(state, answers=tuple(given)))
    assert book.sheetnames["配合单位情况"].dim_rowmax == 2 + 2 * len(given)


@pytest.mark.parametrize("work", [marked, receipt, checked, answers])
def test_twice_the_units_are_about_twice_the_work(
    tmp_path: Path, work: Callable[[State, Path], None]
) -> None:
    work(round_of(2, 1), tmp_path)  # what is imported at the first time
    small, large = (
        instructions_in(partial(work, round_of(units, 1), tmp_path)) for units in (60, 120)
    )
    assert large < 2.03 * small  # counted, not timed: the smallest square shows
