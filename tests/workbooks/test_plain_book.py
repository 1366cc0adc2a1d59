"""The whole ledger in our own look: the form's columns and words, every row, nothing of ours in it."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.support.items import ENTRY, SETTINGS
from toolkit.ledger.form import Form, FormColumn
from toolkit.workbooks.plain_book import plain_book

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from toolkit.settings.model import Settings

CREATED = dt.datetime(2026, 6, 19)
SHORT = Form(
    (FormColumn(heading="存在的问题", code="sub_problem"), FormColumn(heading="承办单位", code="lead_unit"))
)  # fmt: skip
FORMS = {
    "standard": SETTINGS.with_form(Form()),
    "own": SETTINGS,
    "short": SETTINGS.with_form(SHORT),
}


@pytest.fixture(params=FORMS)
def known(request: pytest.FixtureRequest) -> Settings:
    return FORMS[request.param]


def whole(path: Path, known: Settings, count: int) -> bytes:
    entries = [replace(ENTRY, item=replace(ENTRY.item, id=str(n))) for n in range(1, count + 1)]
    return plain_book(path / "整改台账.xlsx", known, CREATED).whole(entries, known, CREATED.date())


def test_every_item_has_its_row(tmp_path: Path, known: Settings) -> None:
    book = openpyxl.load_workbook(io.BytesIO(whole(tmp_path, known, 30)))
    assert book.sheetnames == ["整改台账"]
    sheet: Worksheet = book["整改台账"]
    heads = [cell.value for cell in sheet[3]]
    assert "自检" not in heads
    assert {column.heading for column in known.form.written} <= set(heads)
    col = heads.index(known.form.heading_of("sub_problem")) + 1
    assert [sheet.cell(row, col).value for row in range(4, 34)] == [ENTRY.item.sub_problem] * 30
    assert sheet.max_row == 33
    assert sheet.cell(33, col).border.left.style == "thin"
    assert str(sheet["A2"].value).startswith(f"填报单位：{known.task.issuer_short}")


def test_equal_ledgers_are_equal_bytes(tmp_path: Path, known: Settings) -> None:
    assert whole(tmp_path, known, 5) == whole(tmp_path, known, 5)
