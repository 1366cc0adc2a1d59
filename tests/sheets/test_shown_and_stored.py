"""What a grid carries where display and stored value differ: the same from .xlsx, .xls and .ods; pictures; blank links."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.support import office
from tests.support.package import (
    DOCUMENT,
    MAIN,
    PACKAGE,
    inline,
    sheet,
    spreadsheet,
    workbook,
    zipped,
)
from toolkit.sheets.blank_links import moved, target_of
from toolkit.sheets.date_format import Precision
from toolkit.sheets.displayed_text import date_as_shown, number_as_shown
from toolkit.sheets.grid import Book, Grid, Mark
from toolkit.sheets.number_format import Display
from toolkit.sheets.open import open_book
from toolkit.sheets.shown import as_shown

JUNE = dt.date(2026, 6, 1)
# Code → stored, then what a person sees ("" where the stored value says it).
COLUMNS: list[tuple[str, object, str]] = [
    ('"3-"0', 2, "3-2"), ('#,##0.00"元"', 3200, "3,200.00元"), ('0.00,"千元"', 3200, "3.20千元"), ("0%", 0.8, "80%"), ("000", 7, "007"),
    ('yyyy"年"m"月"', JUNE, "2026年6月"), ("yyyy-mm-dd", JUNE, ""), ("0.00", 12.5, ""), ("General", 3, ""), ("#,##0.00", 3200, ""),
]  # fmt: skip


def formatted() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page = book.add_worksheet("台账")
    for col, (code, value, _) in enumerate(COLUMNS):
        look = book.add_format({"num_format": code})
        if isinstance(value, dt.date):
            page.write_datetime(0, col, value, look)
        else:
            page.write_number(0, col, value, look)
    book.close()
    return stream.getvalue()


def assert_shown(book: Book) -> None:
    (grid,) = book.grids
    assert [grid.value(1, col) for col in range(1, len(COLUMNS) + 1)] == [
        value for _, value, _ in COLUMNS
    ]
    shown = [display.text if (display := grid.displays.get((1, col))) else "" for col in range(1, len(COLUMNS) + 1)]  # fmt: skip
    assert shown == [text for _, _, text in COLUMNS]
    assert grid.displays[1, 6].precision is Precision.MONTH
    seen = as_shown(book).grids[0]
    assert [seen.value(1, col) for col in range(1, 6)] == [
        "3-2",
        "3,200.00元",
        "3.20千元",
        "80%",
        "007",
    ]
    assert seen.value(1, 6) == JUNE
    assert seen.displays == grid.displays


def test_what_xlsx_shows() -> None:
    assert_shown(open_book(formatted(), "台账.xlsx"))


@pytest.mark.office
@office.needed
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_what_other_formats_show(tmp_path: Path, kind: str) -> None:
    (tmp_path / "台账.xlsx").write_bytes(formatted())
    path = office.convert(tmp_path / "台账.xlsx", tmp_path, kind)
    assert_shown(open_book(path.read_bytes(), path.name))


def test_a_book_without_displays_is_left_alone() -> None:
    book = open_book(
        workbook({"台账": sheet(f'<row r="1">{inline("A1", "甲")}</row>')}), "台账.xlsx"
    )
    assert as_shown(book) is book


def styles(*codes: str) -> str:
    formats = "".join(
        f'<numFmt numFmtId="{170 + n}" formatCode="{code}"/>' for n, code in enumerate(codes)
    )
    cells = "".join(f'<xf numFmtId="{170 + n}"/>' for n in range(len(codes)))
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellXfs><xf numFmtId="0"/>{cells}<xf numFmtId="57"/><xf numFmtId="31"/></cellXfs></styleSheet>'


def only(cells: str, *codes: str, head: str = "", **parts: Any) -> Grid:
    xml = sheet(f'<row r="1">{cells}</row>').replace("<sheetData>", f"{head}<sheetData>")
    (grid,) = open_book(workbook({"台账": xml}, styles=styles(*codes), **parts), "台账.xlsx").grids
    return grid


def test_texts_are_shown_by_their_formats_too() -> None:
    texts = f'<sst xmlns="{MAIN}"><si><t>规划建设</t></si></sst>'
    cells = '<c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="1" t="inlineStr"><is><t>财政</t></is></c><c r="C1" s="1"><v>5</v></c>'
    grid = only(cells, "@&quot;局&quot;", sharedStrings=texts)
    assert {place: shown.text for place, shown in grid.displays.items()} == {
        (1, 1): "规划建设局",
        (1, 2): "财政局",
    }


@pytest.mark.parametrize(("style", "text"), [("1", "2026年6月"), ("2", "")])
def test_formats_that_a_file_only_numbers_are_the_chinese_ones(style: str, text: str) -> None:
    grid = only(f'<c r="A1" s="{style}"><v>46174</v></c>')
    assert grid.value(1, 1) == JUNE
    assert [shown.text for shown in grid.displays.values()] == ([text] if text else [])


def test_zeros_that_the_sheet_hides_are_blank() -> None:
    head = '<sheetViews><sheetView showZeros="0" workbookViewId="0"/></sheetViews>'
    grid = only(
        '<c r="A1"><v>0</v></c><c r="B1"><v>5</v></c><c r="C1" t="b"><v>0</v></c>', head=head
    )
    book = as_shown(Book("xlsx", (grid,)))
    assert [book.grids[0].value(1, col) for col in (1, 2, 3)] == [None, 5, False]


def test_a_hidden_zero_is_blank_and_any_other_hidden_number_stays() -> None:
    grid = only('<c r="A1" s="1"><v>0</v></c><c r="B1" s="1"><v>5</v></c>', ";;;")
    seen = as_shown(Book("xlsx", (grid,))).grids[0]
    assert [seen.value(1, 1), seen.value(1, 2)] == [None, 5]
    assert [shown.text for shown in grid.displays.values()] == ["", ""]


def test_a_number_that_is_no_day_is_shown_as_nobody_can_read_it() -> None:
    grid = only('<c r="A1" s="1"><v>-5</v></c>', "yyyy-mm-dd")
    assert as_shown(Book("xlsx", (grid,))).grids[0].value(1, 1) == "#"


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("3,200.00元", 3200, Display("3,200.00元", "", "3200", "元")), ("12.7万元", 126789, Display("12.7万元", "", "12.6789", "万元", scale=number_as_shown("1.0x", 10000).scale)),
        ("80%", 0.8, Display("80%", "", "80", "%", scale=number_as_shown("80%", 0.8).scale)), ("3-2", 2, None), ("附件3", 3, Display("附件3", "附件", "3", "")),
        ("12.50", 12.5, None), ("¥3,200.00", 3200, None), ("-5", -5, None), ("1/2", 0.5, None), ("1.23E+04", 12345, None), ("13", 12.6, None), ("0", 0, None),
        ("007", 7, Display("007", "", "7", "")), ("已完成", 1, Display("已完成")), ("", 5, Display("")),
    ],
)  # fmt: skip
def test_a_text_that_a_file_keeps_beside_the_number(
    text: str, value: float, shown: Display | None
) -> None:
    found = number_as_shown(text, value)
    if text == "3-2":
        assert found is not None
        assert found.text == "3-2"
    else:
        assert found == shown


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("2026年6月", Precision.MONTH), ("2026-06", Precision.MONTH), ("2026.6", Precision.MONTH), ("二〇二六年六月", Precision.MONTH), ("Jun-26", Precision.MONTH),
        ("2026年", Precision.YEAR), ("2026", Precision.YEAR), ("16:00", Precision.TIME), ("下午4时00分", Precision.TIME), ("6月30日", Precision.DAY),
        ("2026-06-30", None), ("2026年6月30日", None), ("星期二", None), ("2026-06-30 16:00", None), ("06/30/26", None),
    ],
)  # fmt: skip
def test_how_much_of_a_date_a_text_shows(text: str, precision: Precision | None) -> None:
    found = date_as_shown(text)
    assert (found.precision if found else None) == precision


@pytest.mark.parametrize(
    ("formula", "target"),
    [
        ("=原始!B2", ("原始", 2, 2)), ("=B2", ("", 2, 2)), ("=$B$2", ("", 2, 2)), ("='2025年 台账'!$C$10", ("2025年 台账", 10, 3)), ("='它''s'!A1", ("它's", 1, 1)),
        ("=+原始!B2", ("原始", 2, 2)), ("=[$原始.B2]", ("原始", 2, 2)), ("=[.B2]", ("", 2, 2)), ("=[$'原 始'.$B$2]", ("原 始", 2, 2)),
        ("=B2+1", None), ("=SUM(B2:B3)", None), ('=IF(B2="","",B2)', None), ("=B2:B3", None), ("='[1]别处'!B2", None), ("=[1]Sheet1!B2", None), ("=B0", None),
        ("=名称", None), ("", None), ("=" + "A" * 5000, None),
    ],
)  # fmt: skip
def test_which_formulas_are_one_reference(
    formula: str, target: tuple[str, int, int] | None
) -> None:
    assert target_of(formula) == target


@pytest.mark.parametrize(
    ("formula", "down", "right", "there"),
    [
        ("=原始!B2", 3, 0, "=原始!B5"), ("=B2", 0, 2, "=D2"), ("=$B2", 1, 1, "=$B3"), ("=B$2", 1, 1, "=C$2"), ("=$B$2", 9, 9, "=$B$2"), ("=A1", 0, 26, "=AA1"),
        ("=SUM(B2)", 3, 0, "=SUM(B2)"), ("=B2", -5, 0, "=B2"),
    ],
)  # fmt: skip
def test_a_shared_formula_moves_as_programs_move_it(
    formula: str, down: int, right: int, there: str
) -> None:
    assert moved(formula, down, right) == there


def linked(rows: str, source: str = '<row r="2"><c r="A2"><v>0</v></c></row>') -> Grid:
    data = workbook({"台账": sheet(rows), "原始": sheet(source)}, styles=styles("yyyy-mm-dd"))
    return open_book(data, "台账.xlsx").grids[0]


def test_a_link_to_a_blank_cell_is_blank_and_marked() -> None:
    rows = (
        '<row r="1"><c r="A1"><f>原始!B2</f><v>0</v></c><c r="B1" s="1"><f>原始!C2</f><v>0</v></c><c r="C1"><f>原始!A2</f><v>0</v></c>'
        '<c r="D1"><f>原始!A2*0</f><v>0</v></c><c r="E1"><f>没有这张表!A1</f><v>0</v></c><c r="F1"><f>Z9</f><v>0</v></c></row>'
    )
    grid = linked(rows)
    assert list(grid.rows[0]) == [None, None, 0, 0, 0, None][: len(grid.rows[0])]
    marks = [grid.remarks[1, col][0].mark for col in range(1, 7)]
    blank, formula = Mark.BLANK_LINK, Mark.FORMULA
    assert marks == [blank, blank, formula, formula, formula, blank]


def test_links_that_share_one_formula_are_followed_each_to_its_own_cell() -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">原始!A1</f><v>0</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>0</v></c></row><row r="3"><c r="A3"><f t="shared" si="0"/><v>0</v></c></row>'
    )
    grid = linked(rows)
    assert [grid.remarks[row, 1][0].text for row in (1, 2, 3)] == [
        "=原始!A1",
        "=原始!A2",
        "=原始!A3",
    ]
    assert [grid.value(row, 1) for row in (1, 2, 3)] == [None, 0, None]


PICTURES = [
    '<c r="A1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>', '<c r="A1"><f>DISPIMG("ID_1",1)</f></c>',
    '<c r="A1" t="str"><f>DISPIMG("ID_1",1)</f><v></v></c>', '<c r="A1" t="inlineStr"><is><t>=DISPIMG("ID_1",1)</t></is></c>',
    '<c r="A1" t="e"><f>_xlfn.DISPIMG("ID_1",1)</f><v>#NAME?</v></c>', '<c r="A1" t="e" vm="1"><v>#VALUE!</v></c>', '<c r="A1" vm="3" t="e"><v>#VALUE!</v></c>',
]  # fmt: skip


@pytest.mark.parametrize("cell", PICTURES)
def test_a_picture_in_a_cell_is_a_picture_and_no_text(cell: str) -> None:
    grid = only(cell + inline("B1", "甲"))
    assert list(grid.rows[0]) == [None, "甲"]
    assert [remark.mark for remark in grid.remarks[1, 1]] == [Mark.PICTURE]


def test_pictures_pasted_as_text_are_pictures_in_every_format() -> None:
    text = '=DISPIMG("ID_1",1)'
    shared = f'<sst xmlns="{MAIN}"><si><t>{text}</t></si></sst>'
    cell = f"<table:table-row><table:table-cell><text:p>{text}</text:p></table:table-cell></table:table-row>"
    books = [
        only('<c r="A1" t="s"><v>0</v></c>', sharedStrings=shared),
        open_book(f'问题编号,佐证\n1,"{text.replace(chr(34), chr(34) * 2)}"\n'.encode(), "台账.csv").grids[0],
        open_book(spreadsheet(f'<table:table table:name="台账">{cell}</table:table>'), "台账.ods").grids[0],
    ]  # fmt: skip
    for grid in books:
        assert [remarks[0].mark for remarks in grid.remarks.values()] == [Mark.PICTURE]
        assert text not in {value for row in grid.rows for value in row}


RICH = "http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"


def rich(*kinds: tuple[str, str]) -> bytes:
    """A workbook whose cells A1, B1 … are rich values: (structure's name, value of its key)."""
    cells = "".join(
        f'<c r="{chr(64 + n)}1" t="e" vm="{n}"><v>#VALUE!</v></c>' for n in range(1, len(kinds) + 1)
    )
    blocks = "".join(
        f'<bk><extLst><ext uri="u"><x:rvb xmlns:x="{RICH}" i="{n}"/></ext></extLst></bk>'
        for n in range(len(kinds))
    )
    metadata = f'<metadata xmlns="{MAIN}"><futureMetadata name="XLRICHVALUE" count="9">{blocks}</futureMetadata><valueMetadata>' + "".join(f'<bk><rc t="1" v="{n}"/></bk>' for n in range(len(kinds))) + "</valueMetadata></metadata>"  # fmt: skip
    values = f'<rvData xmlns="{RICH}">' + "".join(f'<rv s="{n}"><v>0</v><v>{value}</v></rv>' for n, (_, value) in enumerate(kinds)) + "</rvData>"  # fmt: skip
    structures = f'<rvStructures xmlns="{RICH}">' + "".join(f'<s t="{name}"><k n="x" t="i"/><k n="errorType" t="i"/></s>' for name, _ in kinds) + "</rvStructures>"  # fmt: skip
    related = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{to}"/>'
        for key, kind, to in (
            ("s1", f"{DOCUMENT}/worksheet", "worksheets/sheet1.xml"), ("m", f"{DOCUMENT}/sheetMetadata", "metadata.xml"),
            ("v", "http://schemas.microsoft.com/office/2017/06/relationships/rdRichValue", "richData/rdrichvalue.xml"),
            ("t", "http://schemas.microsoft.com/office/2017/06/relationships/rdRichValueStructure", "richData/rdrichvaluestructure.xml"),
        )
    )  # fmt: skip
    extra = {
        "xl/metadata.xml": metadata,
        "xl/richData/rdrichvalue.xml": values,
        "xl/richData/rdrichvaluestructure.xml": structures,
    }
    plain = workbook({"台账": sheet(f'<row r="1">{cells}</row>')}, extra=extra)
    import zipfile

    with zipfile.ZipFile(io.BytesIO(plain)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>'.encode()
    )
    return zipped(parts)


def test_rich_values_that_are_errors_are_named_and_the_others_are_pictures() -> None:
    data = rich(
        ("_localImage", "0"),
        ("_error", "8"),
        ("_error", "13"),
        ("_error", "99"),
        ("_webimage", "1"),
    )
    (grid,) = open_book(data, "台账.xlsx").grids
    found = [(remarks[0].mark, remarks[0].text) for _, remarks in sorted(grid.remarks.items())]
    picture, error = Mark.PICTURE, Mark.ERROR
    assert found == [
        (picture, "图片"),
        (error, "#SPILL!"),
        (error, "#CALC!"),
        (error, "#VALUE!"),
        (picture, "图片"),
    ]
