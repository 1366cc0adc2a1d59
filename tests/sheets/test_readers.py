"""Our readers beside openpyxl and xlrd, slower and older ones, on every workbook of the zoo; and what only we read."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

import openpyxl
import pytest
import xlrd
import xlsxwriter
from _pytest.mark.structures import ParameterSet
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import MergedCell
from openpyxl.utils.escape import unescape

from tests.support.fuzz import examples
from tests.support.package import inline, sheet, spreadsheet, workbook
from tests.zoo.specimen import Specimen, with_xlsxwriter
from tests.zoo.specimens import SPECIMENS
from toolkit.packages.gate import UnreadableFile
from toolkit.sheets.grid import Book, Grid, Mark, Range
from toolkit.sheets.open import open_book

# What openpyxl itself cannot open or reads otherwise, and why.
NOT_OF_OPENPYXL = {
    "thousands_of_formatted_rows": "openpyxl needs a gigabyte for its one far cell",
    "odd_xml": "openpyxl refuses its empty <fill/>",
    "numbers_as_text": "openpyxl keeps an 18-digit number as typed in the XML; Excel shows 15 digits",
}
XLSX = [
    s
    for s in SPECIMENS.values()
    if s.name not in NOT_OF_OPENPYXL and s.make()[:2] == b"PK" and s.file.endswith(("xlsx", "xlsm"))
]
ERRORS = ("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")


def readable(specimens: Iterable[Specimen]) -> Iterator[ParameterSet]:
    for specimen in specimens:
        try:
            yield pytest.param(
                specimen, open_book(specimen.make(), specimen.file), id=specimen.name
            )
        except UnreadableFile:
            continue


def as_ours(value: object) -> object:
    """A value of openpyxl's as grids hold it; its errors are remarks of ours."""
    if isinstance(value, str):
        return None if value in ERRORS or not value else unescaped(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date()
    return value


def unescaped(text: str) -> str:
    """openpyxl leaves `_x000D_` as it is; the file format means a carriage return."""
    return str(unescape(text))


@pytest.mark.parametrize(("specimen", "book"), list(readable(XLSX)))
def test_xlsx_is_read_as_openpyxl_reads_it(specimen: Specimen, book: Book) -> None:
    theirs = openpyxl.load_workbook(io.BytesIO(specimen.make()), data_only=True)
    assert [grid.name for grid in book.grids] == theirs.sheetnames
    for grid in book.grids:
        page = theirs[grid.name]
        assert grid.hidden == (page.sheet_state != "visible")
        for line in page.iter_rows(
            max_row=min(page.max_row, 200), max_col=min(page.max_column, 40)
        ):
            for cell in line:
                if not (
                    weekday(cell) or isinstance(cell, MergedCell)
                ):  # it forgets what a merge covers
                    assert grid.value(cell.row, cell.column) == as_ours(cell.value), (
                        grid.name,
                        cell.coordinate,
                    )
        merges = {(m.min_row, m.min_col, m.max_row, m.max_col) for m in page.merged_cells.ranges}
        assert {(m.first_row, m.first_col, m.last_row, m.last_col) for m in grid.merges} == merges
        assert grid.hidden_rows == {n for n, row in page.row_dimensions.items() if row.hidden}
        struck = {
            (cell.row, cell.column)
            for line in page.iter_rows(
                max_row=min(page.max_row, 200), max_col=min(page.max_column, 40)
            )
            for cell in line
            if cell.font.strike and cell.value is not None
        }
        assert struck <= {
            place
            for place, found in grid.remarks.items()
            if any(r.mark is Mark.STRUCK for r in found)
        }
        comments = {
            (c.row, c.column): c.comment.text
            for line in page.iter_rows(max_row=200)
            for c in line
            if c.comment
        }
        assert comments.keys() == {
            place
            for place, found in grid.remarks.items()
            if any(r.mark is Mark.COMMENT for r in found)
        }


def weekday(cell: Any) -> bool:
    return "aaa" in cell.number_format


def test_xls_is_read_as_xlrd_reads_it() -> None:
    data = SPECIMENS["saved_by_libreoffice_as_xls"].make()
    book, theirs = open_book(data, ""), xlrd.open_workbook(file_contents=data, formatting_info=True)
    page = theirs.sheet_by_index(0)
    for row in range(page.nrows):
        for col in range(page.ncols):
            cell = page.cell(row, col)
            ours = book.grids[0].value(row + 1, col + 1)
            if cell.ctype == xlrd.XL_CELL_DATE:
                assert ours == xlrd.xldate_as_datetime(cell.value, theirs.datemode).date()
            elif cell.ctype == xlrd.XL_CELL_ERROR:
                assert ours is None
            else:
                assert (ours if ours is not None else "") == cell.value
    assert {
        (m.first_row - 1, m.last_row, m.first_col - 1, m.last_col) for m in book.grids[0].merges
    } == set(page.merged_cells)


def test_the_three_formats_of_one_workbook_hold_the_same() -> None:
    books = [
        open_book(SPECIMENS[f"saved_by_libreoffice_as_{kind}"].make(), "")
        for kind in ("xlsx", "xls", "ods")
    ]
    grids = [book.grids[0] for book in books]
    rows = [[[*row, *[None] * (9 - len(row))][:9] for row in grid.rows] for grid in grids]
    assert rows[0] == rows[1] == rows[2]
    assert set(grids[0].merges) == set(grids[1].merges) == set(grids[2].merges)
    assert grids[0].hidden_rows == grids[1].hidden_rows == grids[2].hidden_rows == {6}
    assert grids[0].hidden_cols == grids[1].hidden_cols == grids[2].hidden_cols == {5}
    marks = [
        {
            (place, r.mark, r.text)
            for place, found in grid.remarks.items()
            for r in found
            if r.mark is not Mark.FORMULA
        }
        for grid in grids
    ]
    assert marks[0] == marks[1] == marks[2]


def styled(code: str, value: dt.datetime, **options: Any) -> object:
    def draw(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet().write_datetime(0, 0, value, book.add_format({"num_format": code}))

    return open_book(with_xlsxwriter(draw, **options), "").grids[0].value(1, 1)


@pytest.mark.parametrize("code", ["aaaa", "aaa", "[$-804]aaaa", "yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "[$-F800]dddd, mmmm dd, yyyy", "m/d/yy", "yyyy-mm-dd;@", '[DBNum1][$-804]m"月"d"日"', "yyyy/m/d aaaa"])  # fmt: skip
@pytest.mark.parametrize("options", [{}, {"date_1904": True}], ids=["1900", "1904"])
def test_a_day_in_any_format_is_a_day(code: str, options: dict[str, bool]) -> None:
    assert styled(code, dt.datetime(2026, 6, 30), **options) == dt.date(2026, 6, 30)


def test_a_day_with_a_time_keeps_it() -> None:
    assert styled("yyyy-mm-dd hh:mm", dt.datetime(2026, 6, 30, 14, 30)) == dt.datetime(
        2026, 6, 30, 14, 30
    )


@pytest.mark.parametrize(
    "code", ['0"天"', '0.00"万元"', '"aaaa"0', "[Red]0.0", "0%", "#,##0_);[Red]-#,##0", '_ * 0"日"']
)
def test_a_number_with_letters_in_its_format_is_a_number(code: str) -> None:
    def draw(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet().write_number(0, 0, 0.8, book.add_format({"num_format": code}))

    assert open_book(with_xlsxwriter(draw), "").grids[0].value(1, 1) == 0.8


def only(cells: str, **parts: str) -> Grid:
    return open_book(workbook({"台账": sheet(f'<row r="1">{cells}</row>')}, **parts), "").grids[0]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="b"><v>0</v></c>', False),
        ('<c r="A1" t="str"><v>文字</v></c>', "文字"),
        ('<c r="A1"><v>0.8</v></c>', 0.8),
        ('<c r="A1"><v>3</v></c>', 3),
        ('<c r="A1"><v>1e3</v></c>', 1000),
        ('<c r="A1" t="inlineStr"><is><t>甲&amp;乙&lt;丙&gt;&#10;丁</t></is></c>', "甲&乙<丙>\n丁"),
        (
            '<c r="A1" t="inlineStr"><is><r><t>甲</t></r><r><rPr><strike/></rPr><t>乙</t></r></is></c>',
            "甲乙",
        ),
        ('<c r="A1" t="inlineStr"><is><t>=cmd|\'/c calc\'!A1</t></is></c>', "=cmd|'/c calc'!A1"),
        ('<c r="A1" t="inlineStr"><is><t>\'001</t></is></c>', "'001"),
    ],
)
def test_values_of_every_kind(cell: str, value: object) -> None:
    assert only(cell).value(1, 1) == value
    odd = cell.replace('r="A1"', "r='A1'")
    assert only(odd).value(1, 1) == value, "the same after rewriting"


def test_phonetic_guides_are_no_text() -> None:
    shared = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>整改</t><rPh sb="0" eb="2"><t>ZHENGGAI</t></rPh></si></sst>'
    assert only('<c r="A1" t="s"><v>0</v></c>', sharedStrings=shared).value(1, 1) == "整改"


def test_cells_after_leading_blanks_keep_their_addresses() -> None:
    grid = open_book(
        workbook({"台账": sheet(f'<row r="7">{inline("D7", "问题编号")}</row>')}), ""
    ).grids[0]
    assert grid.value(7, 4) == "问题编号"
    assert not any(value for row in grid.rows[:6] for value in row)


def test_rows_and_cells_in_any_order_stand_where_they_say() -> None:
    rows = f'<row r="3">{inline("B3", "后")}{inline("A3", "先")}</row><row r="1">{inline("A1", "首")}</row>'
    grid = open_book(workbook({"台账": sheet(rows)}), "").grids[0]
    assert [grid.value(1, 1), grid.value(3, 1), grid.value(3, 2)] == ["首", "先", "后"]


def test_a_merge_beyond_the_data_ends_with_the_data() -> None:
    grid = open_book(workbook({"台账": sheet(f'<row r="1">{inline("A1", "一")}{inline("B1", "二")}</row><row r="2">{inline("B2", "三")}</row>', '<mergeCells><mergeCell ref="A1:A1048576"/></mergeCells>')}), "").grids[0]  # fmt: skip
    assert grid.merges == (Range(1, 1, 2, 1),)


def test_an_error_is_a_remark_and_no_value() -> None:
    grid = only('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>')
    assert grid.value(1, 1) is None
    assert [(r.mark, r.text) for r in grid.remarks[1, 1]] == [(Mark.ERROR, "#DIV/0!")]


def test_a_formula_is_told_with_its_result_and_without() -> None:
    grid = only(
        '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c><c r="C1" t="str"><f>""</f><v></v></c>'
    )
    assert grid.value(1, 1) == 2
    assert grid.remarks[1, 1][0].mark is Mark.FORMULA
    assert grid.remarks[1, 2][0].mark is Mark.UNCALCULATED
    assert (1, 3) not in grid.remarks, "a formula that shows nothing says nothing"


def test_struck_runs_are_told_and_the_rest_is_not() -> None:
    grid = only(
        '<c r="A1" t="inlineStr"><is><r><t>留</t></r><r><rPr><strike/></rPr><t>删</t></r><r><rPr><strike val="0"/></rPr><t>不删</t></r></is></c>'
    )
    assert [(r.mark, r.text) for r in grid.remarks[1, 1]] == [(Mark.STRUCK, "删")]


def test_text_in_gbk_and_utf16_and_utf8_is_the_same() -> None:
    text = "问题编号,整改措施\r\n1-1,修订“办法”\r\n"
    rows = [
        open_book(text.encode(encoding), "").grids[0].rows
        for encoding in ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16")
    ]
    assert all(found == rows[0] for found in rows)
    assert rows[0][1] == ["1-1", "修订“办法”"]


ODS = {
    'office:value-type="float" office:value="0.8"': ("0.8", 0.8),
    'office:value-type="percentage" office:value="0.8"': ("80%", 0.8),
    'office:value-type="float" office:value="3"': ("3", 3),
    'office:value-type="date" office:date-value="2026-06-30"': (
        "2026年6月30日",
        dt.date(2026, 6, 30),
    ),
    'office:value-type="date" office:date-value="2026-06-30T14:30:00"': (
        "x",
        dt.datetime(2026, 6, 30, 14, 30),
    ),
    'office:value-type="boolean" office:boolean-value="true"': ("TRUE", True),
    'office:value-type="time" office:time-value="PT14H30M00S"': ("14:30", dt.time(14, 30)),
    'office:value-type="string"': ("文字", "文字"),
    'office:value-type="string" office:string-value="存着的"': ("", "存着的"),
    'office:value-type="float" office:value="坏"': ("显示的", "显示的"),
}


@pytest.mark.parametrize("told", ODS)
def test_values_of_every_kind_in_ods(told: str) -> None:
    shown, value = ODS[told]
    row = f"<table:table-row><table:table-cell {told}><text:p>{shown}</text:p></table:table-cell></table:table-row>"
    assert (
        open_book(spreadsheet(f'<table:table table:name="台账">{row}</table:table>'), "")
        .grids[0]
        .value(1, 1)
        == value
    )


def test_repeated_cells_and_rows_of_ods_stand_where_they_say() -> None:
    twice = (
        '<table:table-cell table:number-columns-repeated="2"><text:p>甲</text:p></table:table-cell>'
    )
    text = '一<text:s text:c="2"/>二<text:line-break/>三<text:span>四</text:span>'
    rows = (
        '<table:table-row table:number-rows-repeated="2"/><table:table-row table:number-rows-repeated="2">'
        f'<table:table-cell table:number-columns-repeated="3"/>{twice}</table:table-row>'
        f"<table:table-row><table:table-cell><text:p>{text}</text:p></table:table-cell></table:table-row>"
    )
    grid = open_book(spreadsheet(f'<table:table table:name="台账">{rows}</table:table>'), "").grids[
        0
    ]
    assert grid.rows == [
        [],
        [],
        [None, None, None, "甲", "甲"],
        [None, None, None, "甲", "甲"],
        ["一  二\n三四"],
    ]


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20
).filter(lambda text: "_x" not in text)


FLOATS = st.floats(-1e9, 1e9).map(
    lambda number: round(number, 4)
)  # xlsxwriter writes 16 digits, not 17


@settings(max_examples=examples(60), deadline=None)
@given(
    cells=st.lists(
        st.one_of(st.none(), TEXTS, st.integers(-(2**50), 2**50), FLOATS, st.booleans()),
        min_size=1,
        max_size=8,
    )
)
def test_whatever_is_written_is_read(cells: list[str | float | None]) -> None:
    def draw(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet()
        for col, value in enumerate(cells):
            if isinstance(value, str):
                page.write_string(2, col, value)
            elif value is not None:
                page.write(2, col, value)
        page.write_string(2, len(cells), "末")  # a row of blanks alone would be cut off at the end

    grid = open_book(with_xlsxwriter(draw), "").grids[0]
    for col, value in enumerate(cells, 1):
        assert grid.value(3, col) == value
        assert isinstance(grid.value(3, col), bool) == isinstance(value, bool)


@pytest.mark.parametrize(("specimen", "book"), list(readable(XLSX)))
def test_the_usual_form_and_the_rewritten_one_read_alike(specimen: Specimen, book: Book) -> None:
    """Every sheet of the zoo with a comment in it, which sends it the long way round."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(specimen.make())) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as odd,
    ):
        for name in source.namelist():
            mark = (
                b"<!-- --></worksheet>"
                if name.startswith("xl/worksheets/sheet")
                else b"</worksheet>"
            )
            odd.writestr(name, source.read(name).replace(b"</worksheet>", mark))
    again = open_book(stream.getvalue(), "")
    assert again == book
