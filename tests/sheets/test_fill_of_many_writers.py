"""Forms as many programs write them: filled in, read back by two readers, nothing lost of what stands around."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from lxml import etree

from tests.support import office as libreoffice
from toolkit.sheets.around import NotCarried
from toolkit.sheets.fill import KEY_HEADER, CellMark, FilledRow, Filling, fill
from toolkit.sheets.leading_sheet import LeadingSheet, TableLine
from toolkit.sheets.open import open_book
from toolkit.sheets.skeleton import Place, Skeleton, learn

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
SHEET, BOOK, STYLES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"
FORMS = Path(__file__).parent / "forms"
HEAD = ["序号", "存在问题", "责任单位", "进展", "完成率"]
PLACE = Place(sheet="台账", head=2, first=3, last=5, left=1, right=5)
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")
Change = Callable[[Any], None]


def by_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "台账"
    sheet.append(["某局整改台账"])
    sheet.merge_cells("A1:E1")
    sheet.append(HEAD)
    for n in range(3):
        sheet.append([n + 1, f"旧问题第{n}条很长", "甲局", f"旧进展第{n}条", f"=A{n + 3}/10"])
    sheet.append(["说明：如实填写", None, None, None, "=SUM(A3:A5)"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def by_xlsxwriter() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("台账")
    border = book.add_format({"border": 1, "text_wrap": True})
    sheet.merge_range("A1:E1", "某局整改台账", border)
    sheet.write_row(1, 0, HEAD, border)
    for n in range(3):
        sheet.write_row(n + 2, 0, [n + 1, f"旧问题第{n}条很长", "甲局", f"旧进展第{n}条"], border)
        sheet.write_formula(n + 2, 4, f"=A{n + 3}/10", border, 0.1)
    sheet.write_comment("D3", "旧进展第0条的批注")
    sheet.write_comment("D2", "写清做了什么")
    sheet.write_row(5, 0, ["说明：如实填写", "", "", ""], border)
    sheet.write_formula("E6", "=SUM(A3:A5)", border, 6)
    sheet.set_column("A:XFD", 9)
    sheet.set_row(2, 60)
    book.close()
    return stream.getvalue()


def changed(data: bytes, changes: dict[str, Change]) -> bytes:
    """A package in which the trees of some parts were changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name in changes:
                tree = etree.fromstring(part)
                changes[name](tree)
                part = etree.tostring(tree)
            new.writestr(name, part)
    return stream.getvalue()


def prefixed(data: bytes) -> bytes:
    """Every element in a prefix, as some servers write."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name in (SHEET, BOOK, STYLES):
                tree = etree.fromstring(part)
                root = etree.Element(tree.tag, nsmap={"x": MAIN})
                root.extend(list(tree))
                part = etree.tostring(root)
            new.writestr(name, part)
    return stream.getvalue()


def unnumbered(data: bytes) -> bytes:
    """Rows and cells without r, counted from their order."""

    def change(tree: Any) -> None:
        for row in tree.iter(f"{{{MAIN}}}row"):
            number = row.attrib.pop("r")
            full = [f"{letter}{number}" for letter in "ABCDE"][: len(row)]
            if [cell.get("r") for cell in row] == full:
                for cell in row:
                    del cell.attrib["r"]

    return changed(data, {SHEET: change})


def extended(data: bytes) -> bytes:
    """Drop-downs of Excel 2010 and an extension of WPS."""

    def change(tree: Any) -> None:
        text = (
            f'<extLst xmlns="{MAIN}" xmlns:x14="{X14}" xmlns:xm="{XM}">'
            '<ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations count="1">'
            '<x14:dataValidation type="list"><x14:formula1><xm:f>台账!$C$3:$C$5</xm:f></x14:formula1>'
            "<xm:sqref>C3:C5</xm:sqref></x14:dataValidation></x14:dataValidations></ext>"
            '<ext uri="{wps}"><wps:x xmlns:wps="http://web.wps.cn/et/2018/main">1</wps:x></ext></extLst>'
        )
        tree.append(etree.fromstring(text))

    return changed(data, {SHEET: change})


def sharing_a_formula(data: bytes) -> bytes:
    """The formulas of the column as one shared formula (18.3.1.40)."""

    def change(tree: Any) -> None:
        formulas = [f for f in tree.iter(f"{{{MAIN}}}f") if "/10" in (f.text or "")]
        for number, formula in enumerate(formulas):
            formula.set("t", "shared")
            formula.set("si", "0")
            if number == 0:
                formula.set("ref", "E3:E5")
            else:
                formula.text = None

    return changed(data, {SHEET: change})


def shouting(data: bytes) -> bytes:
    """Part names in another case than the relationships say."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("sheet1.xml", "Sheet1.XML"), old.read(name))
    return stream.getvalue()


def styled_far_below(data: bytes) -> bytes:
    """A format on the last row that there is."""

    def change(tree: Any) -> None:
        rows = tree.find(f"{{{MAIN}}}sheetData")
        row = etree.SubElement(rows, f"{{{MAIN}}}row", {"r": "1048576"})
        etree.SubElement(row, f"{{{MAIN}}}c", {"r": "A1048576", "s": "0"})

    return changed(data, {SHEET: change})


def as_it_is(data: bytes) -> bytes:
    return data


def by_exceljs() -> bytes:
    return (FORMS / "exceljs.xlsx").read_bytes()


def by_sheetjs() -> bytes:
    return (FORMS / "sheetjs.xlsx").read_bytes()


WRITERS = [by_openpyxl, by_xlsxwriter, by_exceljs, by_sheetjs]
HABITS = [as_it_is, prefixed, unnumbered, extended, sharing_a_formula, shouting, styled_far_below]


@pytest.fixture(params=[(w, h) for w in WRITERS for h in HABITS], ids=lambda p: f"{p[0].__name__}-{p[1].__name__}")  # fmt: skip
def skeleton(request: pytest.FixtureRequest) -> Skeleton:
    writer, habit = request.param
    return learn(habit(writer()), PLACE)


ROWS = [FilledRow({1: n, 2: f"新问题{n}", 3: "乙局", 4: f"新进展{n}\n第二行"}, f"k{n}") for n in range(1, 8)]  # fmt: skip
FILLING = Filling(rows=ROWS, properties={"模板": "zhenggai.ledger", "单位": "乙局"})
MARKED = Filling(
    rows=ROWS,
    properties=FILLING.properties,
    marks=[CellMark(1, 4, "F8D7DA", "错误：没有实效", 1), CellMark(6, 2, "FFF3CD", "提醒：请核对", 1)],
    leading=LeadingSheet(
        name="核查意见", title="乙局核查意见", above=["请改正。"], columns=[("级别", 8), ("位置", 14)],
        lines=[TableLine(("错误", "D4"), "F8D7DA", "'台账'!D4")], link_col=1,
    ),
)  # fmt: skip


def test_both_readers_read_the_rows_back(skeleton: Skeleton) -> None:
    data = fill(skeleton, FILLING)
    grid = open_book(data, "表.xlsx").grid("台账")
    sheet = openpyxl.load_workbook(io.BytesIO(data))["台账"]
    assert grid is not None
    for number, row in enumerate(ROWS, 3):
        for col, value in row.cells.items():
            assert grid.value(number, col) == value
            assert sheet.cell(number, col).value == value
        assert grid.value(number, 6) == row.key
        assert sheet.cell(number, 5).value == f"=A{number}/10"
    assert grid.value(2, 6) == KEY_HEADER
    assert sheet["A10"].value == "说明：如实填写"
    assert sheet["E10"].value == "=SUM(A3:A9)"
    assert "A1:E1" in {str(merge) for merge in sheet.merged_cells.ranges}


def test_nothing_of_the_old_rows_is_left(skeleton: Skeleton) -> None:
    for filling in (FILLING, MARKED):
        with zipfile.ZipFile(io.BytesIO(fill(skeleton, filling))) as package:
            assert len(set(map(str.lower, package.namelist()))) == len(package.namelist())
            for name in package.namelist():
                text = package.read(name).decode()
                assert "旧问题" not in text, name
                assert "旧进展" not in text, name


def test_marks_and_the_sheet_before(skeleton: Skeleton) -> None:
    book = openpyxl.load_workbook(io.BytesIO(fill(skeleton, MARKED)))
    assert book.sheetnames[:2] == ["核查意见", "台账"]
    assert book.active is book.worksheets[0]
    sheet = book["台账"]
    assert "没有实效" in sheet["D4"].comment.text
    assert sheet["D4"].fill.fgColor.rgb == "FFF8D7DA"
    assert "请核对" in sheet["B9"].comment.text
    assert sheet["D5"].fill.fill_type is None
    assert book["核查意见"]["B4"].hyperlink.location == "'台账'!D4"


# What filling in changes, and what it adds; every other part is byte for byte that of the skeleton.
CHANGED = {SHEET, BOOK, STYLES, "[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"}
ADDED = {"docProps/custom.xml", "xl/worksheets/zhenggai_identity.xml"}
HUNG = ("xl/comments", "xl/drawings/", "xl/worksheets/_rels/")


def test_only_the_listed_parts_differ(skeleton: Skeleton) -> None:
    with (
        zipfile.ZipFile(io.BytesIO(skeleton.data)) as before,
        zipfile.ZipFile(io.BytesIO(fill(skeleton, FILLING))) as after,
    ):
        assert set(after.namelist()) - set(before.namelist()) == ADDED
        assert set(before.namelist()) <= set(after.namelist())
        for name in before.namelist():
            if name.lower() not in {part.lower() for part in CHANGED} and not name.startswith(HUNG):
                assert after.read(name) == before.read(name), name
        old, new = (etree.fromstring(book.read(skeleton.part)) for book in (before, after))
    places = [
        [child.tag for child in tree if child.tag != f"{{{MAIN}}}cols"] for tree in (old, new)
    ]
    assert places[0] == places[1]
    heads = [
        [etree.tostring(row) for row in tree.iter(f"{{{MAIN}}}row") if row.get("r") == "1"]
        for tree in (old, new)
    ]
    assert heads[0] == heads[1]


@libreoffice.needed
def test_forms_that_libreoffice_has_saved(tmp_path: Path) -> None:
    source = tmp_path / "表.xlsx"
    source.write_bytes(by_openpyxl())
    saved = libreoffice.convert(source, tmp_path / "另存", "xlsx").read_bytes()
    grid = open_book(fill(learn(saved, PLACE), MARKED), "表.xlsx").grid("台账")
    assert grid is not None
    for number, row in enumerate(ROWS, 3):
        assert [grid.value(number, col) for col in (1, 2, 3, 4)] == list(row.cells.values())


def test_a_workbook_without_styles_is_answered() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(by_openpyxl())) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            if name != STYLES:
                part = old.read(name)
                new.writestr(name, part.replace(b"relationships/styles", b"relationships/other"))
    with pytest.raises(NotCarried, match="样式表"):
        learn(stream.getvalue(), PLACE)


def test_extensions_move_and_others_stay() -> None:
    data = fill(learn(extended(by_openpyxl()), PLACE), FILLING)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        text = package.read(SHEET).decode()
    assert "<xm:sqref>C3:C9</xm:sqref>" in text
    assert "台账!$C$3:$C$9" in text
    assert "http://web.wps.cn/et/2018/main" in text


def test_notes_of_the_heading_stay_beside_ours() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(fill(learn(by_xlsxwriter(), PLACE), MARKED)))["台账"]
    notes = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
    assert notes == {"D2", "D4", "B9"}


def test_a_column_that_runs_to_the_end_is_split() -> None:
    data = fill(learn(by_xlsxwriter(), PLACE), FILLING)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        tree = etree.fromstring(package.read(SHEET))
    spans = [
        (int(col.attrib["min"]), int(col.attrib["max"])) for col in tree.iter(f"{{{MAIN}}}col")
    ]
    assert spans == [(1, 5), (6, 6), (7, 16384)]


@libreoffice.needed
@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize("writer", WRITERS)
def test_saved_by_another_program(writer: Callable[[], bytes], kind: str, tmp_path: Any) -> None:
    source = tmp_path / "乙局.xlsx"
    source.write_bytes(fill(learn(writer(), PLACE), MARKED))
    folder = tmp_path / "另存"
    folder.mkdir()
    saved = libreoffice.convert(source, folder, kind)
    book = open_book(saved.read_bytes(), saved.name)
    grid = book.grid("台账")
    assert grid is not None
    for number, row in enumerate(ROWS, 3):
        for col, value in {**row.cells, 6: row.key}.items():
            assert grid.value(number, col) == value
    assert grid.value(10, 5) == sum(range(1, 8))
