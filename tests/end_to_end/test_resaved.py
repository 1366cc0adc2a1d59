"""Workbooks of ours that another program has saved come back whole: forms, the consolidated workbook, the review sheet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.end_to_end.test_decisions_in_excel import Office
from tests.support import office as libreoffice
from tests.support.items import SETTINGS
from tests.support.made import Made
from toolkit.run.dispatch import dispatch_ledgers

KINDS = ["xlsx", "xls", "ods"]
CLOSED = [("3-1", "close")]


@pytest.fixture
def office(made: Made, tmp_path: Path) -> Office:
    return Office(tmp_path / "区", made)


def filled(source: Path, target: Path, cells: dict[tuple[str, str], Any], head: int) -> Path:
    """A workbook with cells filled in, {(id, heading): value}, in the sheet that has the heading row `head`."""
    book = openpyxl.load_workbook(source)
    sheet = next(s for s in book.worksheets if s.cell(head, 1).value == "问题编号")
    heads = {str(cell.value): number for number, cell in enumerate(sheet[head], 1)}
    rows = {str(sheet.cell(row, 1).value): row for row in range(head + 1, sheet.max_row + 1)}
    for (id_, heading), value in cells.items():
        sheet.cell(rows[id_], heads[heading]).value = value
    for cell in sheet[head - 1]:
        if cell.value in ("审核人：", "审核日期："):
            signature = "王主任" if cell.value == "审核人：" else dt.date(2026, 6, 8)
            sheet.cell(head - 1, (cell.column or 0) + 1).value = signature
    book.save(target)
    return target


def resaved(office: Office, source: Path, tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "另存"
    folder.mkdir()
    saved = libreoffice.convert(source, folder, kind)
    (office.place.inbox / saved.name).write_bytes(saved.read_bytes())


@libreoffice.needed
@pytest.mark.parametrize("kind", KINDS)
def test_a_form(office: Office, tmp_path: Path, kind: str) -> None:
    before = {id_: dict(row) for id_, row in office.rows.items()}
    form = next(iter(dispatch_ledgers(office.place, SETTINGS, dt.date(2026, 6, 5))))
    said = {("3-2", "整改进展情况"): "6月9日补论证3个项目。"}
    resaved(office, filled(form, tmp_path / "规划建设局.xlsx", said, 3), tmp_path, kind)
    office.run()
    assert office.rows["3-2"]["progress"] == "6月9日补论证3个项目。"
    for id_, row in office.rows.items():
        for code in ("status", "due", "measures", "problem", "lead_unit", "completed_on"):
            assert row[code] == before[id_][code]
    assert [rule for rule, _ in office.rules if rule[0] == "I"] == []


@libreoffice.needed
@pytest.mark.parametrize("kind", KINDS)
def test_the_consolidated_workbook(office: Office, tmp_path: Path, kind: str) -> None:
    decided = {
        ("3-1", "同意销号"): "是", ("3-1", "审核人"): "王主任", ("3-1", "审核日期"): dt.date(2026, 6, 8),
    }  # fmt: skip
    source = office.folder / "汇总台账.xlsx"
    resaved(office, filled(source, tmp_path / "汇总台账.xlsx", decided, 3), tmp_path, kind)
    assert office.run().decisions() == CLOSED
    assert (office.refused(), office.rules) == ([], [])


@libreoffice.needed
@pytest.mark.parametrize("kind", KINDS)
def test_the_review_sheet(office: Office, tmp_path: Path, kind: str) -> None:
    source = office.folder / "审核单.xlsx"
    answer = {("3-1", "决定"): "同意"}
    resaved(office, filled(source, tmp_path / "审核单.xlsx", answer, 4), tmp_path, kind)
    assert office.run().decisions() == CLOSED
    assert (office.refused(), office.rules) == ([], [])
