"""Findings are waived where they are read: 核查意见 of 汇总台账.xlsx, out and back in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from tests.support.items import ENTRY
from tests.support.states import state_of
from toolkit.checks.policy import Waived
from toolkit.intake.review import read_review
from toolkit.ledger.deadlines import Anchors
from toolkit.ledger.finding import Finding, Place, Severity
from toolkit.ledger.waiver import Waiver, key_of
from toolkit.sheets.open import open_book
from toolkit.workbooks.consolidated import write_consolidated

AS_OF, UNTIL = dt.date(2026, 6, 19), dt.date(2026, 9, 30)
OPEN = (
    Finding("S104", Severity.WARNING, Place("报送.xlsx", "整改台账", "S4"), "没有列出佐证材料。", "请填写。", "3-2", "evidence"),
    Finding("X302", Severity.NOTE, Place("报送.xlsx"), "文件说明。", "请另存为.xlsx后报送。"),
)  # fmt: skip
DONE = Finding(
    "F106",
    Severity.WARNING,
    Place("报送.xlsx", "整改台账", "L5"),
    "没有填写责任人。",
    "请明确。",
    "3-3",
    "owner",
)
WAIVER = Waiver(
    rule="F106", id="3-3", column="owner", reason="人员调整中", by="王主任", until=UNTIL
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "汇总台账.xlsx"
    state = state_of([ENTRY], as_of=AS_OF, findings=OPEN, waived=(Waived(DONE, WAIVER),))
    write_consolidated(path, state)
    return path


def test_what_is_waived_stands_below_with_its_reason(path: Path) -> None:
    sheet = openpyxl.load_workbook(path)["核查意见"]
    head = [cell.value for cell in sheet[3]]
    last = dict(zip(head, (cell.value for cell in sheet[6]), strict=True))
    assert (last["级别"], last["免核理由"], last["批准人"]) == ("已豁免", WAIVER.reason, WAIVER.by)
    assert last["有效期至"].date() == UNTIL
    assert last["_key"] == "F106|3-3|owner"
    assert sheet.column_dimensions[get_column_letter(head.index("_key") + 1)].hidden


def test_a_waiver_goes_out_and_comes_back(path: Path) -> None:
    (back,) = read_review(open_book(path.read_bytes(), path.name), path.name, Anchors()).waivers
    assert back.key == WAIVER.key == key_of(DONE)
    assert (back.reason, back.by, back.until) == (WAIVER.reason, WAIVER.by, WAIVER.until)


def test_what_the_office_fills_in_covers_its_finding(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["核查意见"]
    head = {cell.value: number for number, cell in enumerate(sheet[3], 1)}
    for row in (4, 5):
        for name, value in (
            ("免核理由", "属实，免核"),
            ("批准人", "王主任"),
            ("有效期至", dt.datetime(2026, 9, 30)),
        ):
            sheet.cell(row, head[name]).value = value
    book.save(path)
    back = read_review(open_book(path.read_bytes(), path.name), path.name, Anchors()).waivers
    assert {waiver.key for waiver in back} == {key_of(finding) for finding in (*OPEN, DONE)}
