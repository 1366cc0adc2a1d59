"""自检 says the same as the toolkit's rules: as written beside the formulas, and as LibreOffice calculates them."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from tests.support import office
from tests.support.cases import SETTINGS
from tests.support.rows import random_rows
from toolkit.sheets.open import open_book
from toolkit.workbooks.ledger_row import LedgerRow
from toolkit.workbooks.ledger_sheet import LEDGER_SHEET
from toolkit.workbooks.look import look
from toolkit.workbooks.selfcheck import CLEAN, SELF_CHECK, SelfCheck, counted
from toolkit.workbooks.template import FIRST_ROW, HEAD_ROW, Ledger, add_ledger, open_ledger

ROWS = 200


def write(path, rows, now):
    ledger = Ledger(rows=rows, settings=SETTINGS, created=now)
    workbook = open_ledger(path, ledger)
    add_ledger(workbook, look(workbook), ledger)
    workbook.close()


def said_in(path):
    """What the file says without calculating: 自检 row by row, the counter."""
    grid = open_book(path.read_bytes(), path.name).grid(LEDGER_SHEET)
    col = grid.rows[HEAD_ROW].index(SELF_CHECK) + 1
    counter = next(str(value) for value in grid.rows[1] if value and str(value).startswith("共"))
    return [str(grid.value(row, col) or "") for row in range(FIRST_ROW + 1, len(grid.rows) + 1)], counter


@pytest.fixture(scope="module")
def today():
    return dt.datetime.combine(dt.datetime.now().date(), dt.time())


@pytest.fixture(scope="module")
def rows(today):
    return [*random_rows(ROWS, today.date()), LedgerRow(cells={})]


@pytest.fixture(scope="module")
def expected(rows, today):
    check = SelfCheck(SETTINGS, today.date())
    return [check.says(row) for row in rows]


def test_written_values_are_what_the_rules_say(tmp_path, rows, expected, today):
    write(tmp_path / "台账.xlsx", rows, today)
    said, counter = said_in(tmp_path / "台账.xlsx")
    assert said[: len(rows)] == expected[: len(said)]
    assert counter == counted(expected)


@office.needed
@pytest.mark.office
def test_libreoffice_calculates_the_same(tmp_path, rows, expected, today, monkeypatch):
    true = SelfCheck.written

    def wrong(check, row, number):
        yield from ((column, formula, "没有重算") for column, formula, _ in true(check, row, number))

    monkeypatch.setattr(SelfCheck, "written", wrong)
    write(tmp_path / "台账.xlsx", rows, today)
    assert set(said_in(tmp_path / "台账.xlsx")[0]) == {"没有重算"}
    said, counter = said_in(office.convert(tmp_path / "台账.xlsx", tmp_path))
    different = [
        (s, e, dict(row.cells), row.deadline) for row, s, e in zip(rows, said, expected, strict=False) if s != e
    ]
    assert different == []
    assert counter == counted(expected)


def test_random_rows_set_off_every_point():
    """The comparison above means something: each thing that 自检 can say is said, and clean rows are among them."""
    day = dt.date(2026, 6, 19)
    check = SelfCheck(SETTINGS, day)
    words = Counter(word for row in random_rows(3000, day) for word in check.says(row).split("；"))
    assert [point.says for point in check.points if not words[point.says]] == []
    assert words[CLEAN]
