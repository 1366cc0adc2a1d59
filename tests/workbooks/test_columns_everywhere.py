"""Every column of the one table is in the template, is read, and comes out in the consolidated workbook."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.items import ENTRY, SETTINGS, submission_of
from tests.support.states import state_of
from toolkit.ledger.columns import BY_CODE, CODES, COLUMNS
from toolkit.ledger.item import Item
from toolkit.sheets.open import open_book
from toolkit.workbooks.consolidated import write_consolidated
from toolkit.workbooks.template import write_ledger

STAMP = dt.datetime(2026, 6, 19)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "整改台账.xlsx"
    write_ledger(path, [ENTRY], SETTINGS, STAMP, unit=ENTRY.item.lead_unit)
    return path


def test_item_has_the_fields_of_the_table() -> None:
    assert tuple(Item.__slots__) == CODES


@pytest.mark.parametrize("code", CODES)
def test_column_is_in_the_template(ledger: Path, code: str) -> None:
    head = open_book(ledger.read_bytes(), ledger.name).grid("整改台账").rows[2]
    assert BY_CODE[code].header in head


@pytest.mark.parametrize("code", CODES)
def test_column_is_read_back(ledger: Path, code: str) -> None:
    row = submission_of(ledger, SETTINGS).rows[0]
    assert getattr(row.item, code) == getattr(ENTRY.item, code)
    assert row.typed[code]
    assert row.place(code).cell


def test_money_and_dates_are_numbers_in_the_workbook(ledger: Path) -> None:
    row = open_book(ledger.read_bytes(), ledger.name).grid("整改台账").rows[3]
    values = dict(zip(CODES, row, strict=False))
    assert Decimal(str(values["money"])) == ENTRY.item.money
    assert (
        values["completed_on"] == ENTRY.item.completed_on
        or values["completed_on"].date() == ENTRY.item.completed_on
    )


def test_every_column_is_in_the_consolidated_workbook(tmp_path: Path) -> None:
    path = tmp_path / "汇总台账.xlsx"
    write_consolidated(path, state_of([ENTRY]))
    head = open_book(path.read_bytes(), path.name).grid("整改台账").rows[2]
    assert [column.header for column in COLUMNS] == list(head[: len(COLUMNS)])
    assert "审核意见" in head


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    from dataclasses import replace

    path = tmp_path / "台账.xlsx"
    sly = replace(
        ENTRY, item=replace(ENTRY.item, progress='=HYPERLINK("http://x","y")', remarks="@SUM(A1)")
    )
    write_ledger(path, [sly], SETTINGS, STAMP, unit=ENTRY.item.lead_unit)
    row = submission_of(path, SETTINGS).rows[0]
    assert row.item.progress == '=HYPERLINK("http://x","y")'
    assert row.item.remarks == "@SUM(A1)"


def test_equal_content_gives_equal_bytes(tmp_path: Path) -> None:
    for name in ("一.xlsx", "二.xlsx"):
        write_ledger(tmp_path / name, [ENTRY], SETTINGS, STAMP)
    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()
