"""Workbooks that units fill and get back speak the office's words for the statuses, and their formulas know them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.support import office
from tests.support.cases import SETTINGS
from tests.support.words import INVENTED, KIND_AND_DEADLINE, standard_words
from toolkit.ledger.status import WORDS, Status, worded
from toolkit.sheets.open import open_book
from toolkit.workbooks.formats import look
from toolkit.workbooks.ledger_row import LedgerRow
from toolkit.workbooks.ledger_sheet import LEDGER_SHEET
from toolkit.workbooks.selfcheck import SELF_CHECK, SelfCheck
from toolkit.workbooks.template import FIRST_ROW, HEAD_ROW, Ledger, add_ledger, open_ledger

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.settings.model import Settings
    from toolkit.settings.sections import Words

QUOTED = replace(INVENTED, done='办"妥"', phased="初见（眉目）")
TODAY = dt.datetime.combine(dt.datetime.now().date(), dt.time())


def row(status: str) -> LedgerRow:
    """A row that says otherwise than each status wants: no date, a text of unfinished and of finished work."""
    cells = {
        "id": "3-2", "status": status, "measures": "修订办法。", "evidence": "",
        "progress": "3月12日修订《甲办法》，新增条款5条，尚未印发，已全部整改到位。",
    }  # fmt: skip
    return LedgerRow(cells=cells, key="3-2")


def typed(words: Words) -> list[str]:
    """The office's words as people type them, and the standard's."""
    own = [words.of(status) for status in Status]
    return [*own, *(f" {word}。" for word in own), *WORDS.values(), "乱写"]


def write(path: Path, settings: Settings) -> list[str]:
    """A ledger with a row for each way of typing; what its 自检 says without calculating."""
    rows = [row(status) for status in typed(settings.words)]
    workbook = open_ledger(path, ledger := Ledger(rows=rows, settings=settings, created=TODAY))
    add_ledger(workbook, look(workbook), ledger)
    workbook.close()
    return said_in(path)[: len(rows)]


def said_in(path: Path) -> list[str]:
    grid = open_book(path.read_bytes(), path.name).grid(LEDGER_SHEET)
    assert grid is not None
    col = grid.rows[HEAD_ROW].index(SELF_CHECK) + 1
    return [str(grid.value(row, col) or "") for row in range(FIRST_ROW + 1, len(grid.rows) + 1)]


@pytest.mark.parametrize("words", [INVENTED, QUOTED], ids=["plain", "quoted"])
def test_own_words_mean_what_the_standard_ones_mean(tmp_path: Path, words: Words) -> None:
    said = write(tmp_path / "台账.xlsx", replace(SETTINGS, words=words))
    five = len(Status)
    assert said[:five] == said[five : 2 * five] == said[2 * five : 3 * five]
    assert len(set(said)) > five / 2
    assert f"{words.done}，未填完成时间" in said[list(Status).index(Status.DONE)]
    assert "整改状态无法识别" in said[-1]


@office.needed
@pytest.mark.office
@pytest.mark.parametrize("words", [INVENTED, QUOTED], ids=["plain", "quoted"])
def test_libreoffice_calculates_the_same(
    tmp_path: Path, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = write(tmp_path / "应有.xlsx", replace(SETTINGS, words=words))
    true = SelfCheck.written

    def wrong(check: SelfCheck, row: LedgerRow, number: int, *, is_first: bool) -> object:
        for column, formula, _ in true(check, row, number, is_first=is_first):
            yield column, formula, "没有重算"

    monkeypatch.setattr(SelfCheck, "written", wrong)
    write(tmp_path / "台账.xlsx", replace(SETTINGS, words=words))
    assert said_in(office.convert(tmp_path / "台账.xlsx", tmp_path))[: len(expected)] == expected


def test_a_ledger_names_no_status_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    write(path, replace(SETTINGS, words=INVENTED))
    book = openpyxl.load_workbook(path)
    texts = [
        str(cell.value)
        for sheet in book
        if sheet.sheet_state == "visible"
        for line in sheet.iter_rows()
        for cell in line
        if cell.value is not None
    ]
    rules = book[LEDGER_SHEET].data_validations.dataValidation
    texts += [str(text) for rule in rules for text in (rule.prompt, rule.error) if text]
    own = set(WORDS.values())  # typed into the rows above
    assert [
        text
        for text in texts
        if text not in own and list(standard_words(text, (KIND_AND_DEADLINE,)))
    ] == []
    assert not [text for text in texts if text != worded(text, INVENTED.of)]
    assert any(f"“{INVENTED.done}”的必须填写完成时间" in text for text in texts)
    status = next(rule for rule in rules if rule.promptTitle == "整改状态")
    assert "_字典" in status.formula1
    listed = {cell.value for column in book["_字典"].iter_cols() for cell in column}
    assert listed >= {INVENTED.of(status) for status in Status}
