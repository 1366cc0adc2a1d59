"""Formulas moved by us and by LibreOffice, which inserts the rows itself, are the same."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import openpyxl
import pytest

from tests.support import office as libreoffice
from toolkit.sheets.references import Move

PYTHON = Path("/usr/bin/python3")
SCRIPT = Path(__file__).parents[1] / "support" / "insert_rows.py"
FIRST, LAST, MORE, COUNT = 3, 8, 7, 300
COLUMN = 26


def _has_uno() -> bool:
    asked = [str(PYTHON), "-c", "import uno"]
    return (
        PYTHON.is_file() and subprocess.run(asked, capture_output=True, check=False).returncode == 0
    )


def _formula(dice: random.Random) -> str:
    """Sums of cells above and below the data, of areas over all of it, of texts that only look like references."""

    def dollar() -> str:
        return dice.choice(("", "$"))

    def cell() -> str:
        row = dice.choice((1, 2, FIRST, *range(LAST + 1, 40)))
        return f"{dollar()}{dice.choice('ABCDE')}{dollar()}{row}"

    def area() -> str:
        top, bottom = dice.choice(((FIRST, LAST), (1, LAST), (FIRST, 20), (1, 2), (12, 30)))
        mark = dollar()
        return f"SUM({dollar()}A{mark}{top}:{dollar()}C{mark}{bottom})"

    words = ('COUNTIF(A1:A2,"A9")', "LOG10(100)", 'LEN("B12")', "SUM(9:12)")
    parts = (dice.choice((cell, cell, area, lambda: dice.choice(words)))() for _ in range(4))
    return dice.choice("+*&").join(parts)


@libreoffice.needed
@pytest.mark.skipif(not _has_uno(), reason="没有安装python3-uno")
def test_libreoffice_moves_them_alike(tmp_path: Path) -> None:
    dice = random.Random(7)  # noqa: S311 - formulas, not secrets
    formulas = [_formula(dice) for _ in range(COUNT)]
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for number, formula in enumerate(formulas):
        sheet.cell(1, COLUMN + number, f"={formula}")
    book.save(tmp_path / "before.xlsx")
    told = [tmp_path / "before.xlsx", tmp_path / "after.xlsx", tmp_path / "profile", FIRST, MORE]
    subprocess.run(
        [str(PYTHON), str(SCRIPT), *map(str, told)], check=True, timeout=120, capture_output=True
    )
    after = openpyxl.load_workbook(tmp_path / "after.xlsx").worksheets[0]
    move = Move(FIRST, LAST, LAST - FIRST + 1 + MORE)
    for number, formula in enumerate(formulas):
        theirs = str(after.cell(1, COLUMN + number).value).removeprefix("=")
        ours = move.formula(formula, sheet.title, sheet.title)
        assert ours.replace(" ", "") == theirs.replace(" ", ""), formula
