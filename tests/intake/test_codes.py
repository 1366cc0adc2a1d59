"""The examples of every finding of reading: the bad ones make it, the good ones do not."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.items import SETTINGS, arrival, read_one
from toolkit.intake.codes import CODES
from toolkit.ledger.finding import FindingType

SHEET = re.compile(r"〔(隐藏)?工作表 (.+)〕")
MACROS = "〔工作簿含有宏〕"
CASES = [
    (code, example, bad)
    for code, told in CODES.items()
    for bad in (True, False)
    for example in (told.bad if bad else told.good)
]


def sheets_of(
    example: tuple[tuple[str, ...], ...],
) -> list[tuple[str, bool, list[tuple[str, ...]]]]:
    """[(name, hidden, rows)] of a sketch."""
    sheets: list[tuple[str, bool, list[tuple[str, ...]]]] = []
    for row in example:
        found = SHEET.fullmatch(row[0]) if len(row) == 1 else None
        if found:
            sheets.append((found[2], bool(found[1]), []))
        elif row[0] != MACROS:
            if not sheets:
                sheets.append(("整改台账", False, []))
            sheets[-1][2].append(row)
    return sheets


def drawn(example: tuple[tuple[str, ...], ...]) -> bytes:
    """The bytes of a workbook as sketched."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, hidden, rows in sheets_of(example):
        page = book.create_sheet(name)
        page.sheet_state = "hidden" if hidden else "visible"
        for number, row in enumerate(rows, 1):
            for col, text in enumerate(row, 1):
                draw(page, number, col, text)
    stream = io.BytesIO()
    book.save(stream)
    if any(row[0] == MACROS for row in example):
        with zipfile.ZipFile(stream, "a") as package:
            package.writestr("xl/vbaProject.bin", b"\0")
    return stream.getvalue()


def draw(page: Worksheet, row: int, col: int, text: str) -> None:
    cell = page.cell(row, col)
    if text == "↑":
        page.merge_cells(start_row=row - 1, end_row=row, start_column=col, end_column=col)
        return
    if text.startswith("〔隐藏行〕"):
        page.row_dimensions[row].hidden = True
    if text.startswith("〔隐藏列〕"):
        page.column_dimensions[cell.column_letter].hidden = True
    if text.startswith("~~"):
        cell.font = Font(strike=True)
    if text == "〔图片〕":
        cell.value = '=DISPIMG("ID_1",1)'
        return
    if formatted := re.fullmatch(r"〔格式 (.+)〕([\d.]+)", text):
        cell.value, cell.number_format = float(formatted[2]), formatted[1]
        return
    comment = re.search(r"〔批注 (.+)〕", text)
    if comment:
        cell.comment = Comment(comment[1], "某")
    cell.value = re.sub(r"〔[^〕]+〕|~~", "", text) or None


def calculated(example: tuple[tuple[str, ...], ...]) -> bytes:
    """The same by a writer that keeps the results of formulas."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page = book.add_worksheet("整改台账")
    for number, row in enumerate(example):
        for col, text in enumerate(row):
            formula, arrow, result = text.partition("→")
            if arrow:
                value = int(result) if result.isdecimal() else result
                page.write_formula(number, col, formula, None, value)
            else:
                page.write_string(number, col, text)
    book.close()
    return stream.getvalue()


# What is said only where the office has no ledger yet.
OF_A_FIRST_LEDGER = frozenset({"X318"})


@pytest.mark.parametrize(
    ("code", "example", "bad"), CASES, ids=[f"{c}-{'bad' if b else 'good'}" for c, _, b in CASES]
)
def test_example(code: str, example: tuple[tuple[str, ...], ...], bad: bool) -> None:
    data = (
        calculated(example)
        if any("→" in text for row in example for text in row)
        else drawn(example)
    )
    read = read_one(
        arrival("台账.xlsx", data), SETTINGS, has_baseline=code not in OF_A_FIRST_LEDGER
    )
    found = {finding.rule for finding in read.findings}
    assert (code in found) is bad, found


@pytest.mark.parametrize("told", CODES.values(), ids=list(CODES))
def test_every_code_has_both_kinds_of_examples(told: FindingType) -> None:
    assert told.bad
    assert told.good
    assert told.title.endswith("。")
