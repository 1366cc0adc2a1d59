"""Workbooks drawn as lists of rows, for tests of reading: what a person sees on the sheet stands in the test."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_cell_to_rowcol
from xlsxwriter.worksheet import Worksheet

from tests.support.items import SETTINGS, arrival, read_one
from toolkit.ledger.finding import Finding
from toolkit.ledger.submission import Submission
from toolkit.settings.model import Settings

HEAD = [
    "问题编号",
    "分项问题",
    "具体问题",
    "整改措施",
    "牵头单位",
    "整改时限",
    "整改进展情况",
    "整改状态",
]
LINE = [
    "1-1",
    "分项问题一。",
    "具体问题一",
    "修订办法。",
    "规划建设局",
    "2026-06-30",
    "3月12日修订《甲办法》。",
    "正在整改",
]


def line(number: int, **changed: Any) -> list[Any]:
    """A data row under HEAD with an id and texts of its own; `changed` by heading."""
    row = (
        dict(zip(HEAD, LINE, strict=True))
        | {"问题编号": f"1-{number}", "具体问题": f"具体问题{number}"}
        | changed
    )
    return [row[head] for head in HEAD]


@dataclass
class Sheet:
    """One sheet: rows from A1, merged ranges in A1 style (their first cell keeps its value), what else it has."""

    rows: Sequence[Sequence[Any]]
    name: str = "Sheet1"
    merges: Sequence[str] = ()
    hidden: bool = False
    hidden_rows: Sequence[int] = ()
    comments: Sequence[tuple[str, str]] = ()
    properties: Sequence[tuple[str, object]] = ()


def workbook(*sheets: Sheet) -> bytes:
    """The bytes of an .xlsx with these sheets."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for sheet in sheets:
        for name, value in sheet.properties:
            book.set_custom_property(name, value)
        page = book.add_worksheet(sheet.name)
        for number, row in enumerate(sheet.rows):
            for col, value in enumerate(row):
                write(page, number, col, value, day)
        for merge in sheet.merges:
            first = merge.split(":")[0]
            top, left = xl_cell_to_rowcol(first)
            page.merge_range(merge, "")
            page.write(top, left, sheet.rows[top][left])
        for number in sheet.hidden_rows:
            page.set_row(number - 1, None, None, {"hidden": True})
        for cell, text in sheet.comments:
            page.write_comment(cell, text)
        if sheet.hidden:
            page.hide()
    book.close()
    return stream.getvalue()


def write(page: Worksheet, row: int, col: int, value: Any, day: Format) -> None:
    """One cell; a pair is a formula and its saved result."""
    if isinstance(value, tuple):
        page.write_formula(row, col, value[0], None, value[1])
    elif hasattr(value, "year"):
        page.write_datetime(row, col, value, day)
    elif value not in (None, ""):
        page.write(row, col, value)


def reading(
    *sheets: Sheet | Sequence[Sequence[Any]],
    settings: Settings = SETTINGS,
    name: str = "规划建设局.xlsx",
    has_baseline: bool = True,
) -> Submission:
    """The submission that a workbook of these sheets (or rows of one sheet) is read as."""
    drawn = [sheet if isinstance(sheet, Sheet) else Sheet(sheet) for sheet in sheets]
    return read_one(arrival(name, workbook(*drawn)), settings, has_baseline=has_baseline)


def said(submission: Submission, code: str) -> list[Finding]:
    """The findings of one code."""
    return [found for found in submission.findings if found.rule == code]


def values(submission: Submission, code: str) -> list[Any]:
    """What was read in one column, row by row."""
    return [getattr(row.item, code) for row in submission.rows]
