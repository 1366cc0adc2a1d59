"""A day whose number format has no day: what a person sees travels beside the value, whatever program saved it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter

from tests.support import office
from toolkit.sheets.grid import Mark
from toolkit.sheets.open import open_book
from toolkit.sheets.stylesheet import shows_only_month

CODES = ('yyyy"年"m"月"', "yyyy-mm", "yyyy-mm-dd", "h:mm", "0.0")


def drawn(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("台账")
    for row, code in enumerate(CODES):
        page.write_datetime(row, 0, dt.datetime(2026, 9, 1), book.add_format({"num_format": code}))
    book.close()
    return path


def shown(path: Path) -> dict[int, str]:
    """Row → what its cell shows where that is less than its value."""
    grid = open_book(path.read_bytes(), path.name).grids[0]
    return {
        row: remark.text
        for (row, _), remarks in grid.remarks.items()
        for remark in remarks
        if remark.mark is Mark.SHOWN
    }


def test_a_workbook_says_what_its_month_formats_show(tmp_path: Path) -> None:
    assert shown(drawn(tmp_path / "表.xlsx")) == {1: "2026年9月", 2: "2026年9月"}


@pytest.mark.parametrize("number", [17, 27, 36, 50, 52, 55, 57])
def test_the_built_in_month_formats_of_chinese_editions(tmp_path: Path, number: int) -> None:
    path = tmp_path / "表.xlsx"
    book = xlsxwriter.Workbook(str(path))
    month = book.add_format({"num_format": number})
    book.add_worksheet("台账").write_datetime(0, 0, dt.datetime(2026, 9, 1), month)
    book.close()
    assert shown(path) == {1: "2026年9月"}


@office.needed
@pytest.mark.office
@pytest.mark.parametrize("kind", ["xls", "ods", "xlsx"])
def test_other_formats_say_the_same(tmp_path: Path, kind: str) -> None:
    source = drawn(tmp_path / "表.xlsx")
    assert shown(office.convert(source, tmp_path, kind)) == {1: "2026年9月", 2: "2026年9月"}


@pytest.mark.parametrize(
    ("code", "is_month"),
    [
        ("yyyy-mm", True), ('yyyy"年"m"月"', True), ('[$-804]yyyy"年"m"月";@', True), ('m"月"', True), ("mmm-yy", True), ("yyyy.m", True),
        ("yyyy-mm-dd", False), ('m"月"d"日"', False), ("mm:ss", False), ("h:mm", False), ("[$-804]aaaa", False), ("General", False),
        ("0.00", False), ('0"m"', False), ("#,##0", False), ("@", False), ("yyyy/m/d h:mm", False),
    ],
)  # fmt: skip
def test_which_formats_show_a_month(code: str, is_month: bool) -> None:
    assert shows_only_month(code) is is_month
