"""What nobody needs to read a table never refuses its file: hints, odd merges, unknown errors, blanks, beginnings."""

from __future__ import annotations

import io
import random
import zipfile

import msoffcrypto.format.ooxml
import pytest

from tests.support.package import MAIN, document, inline, relations, sheet, workbook, zipped
from toolkit.packages.gate import UnreadableFile
from toolkit.sheets.grid import Grid, Mark, Range, read_range
from toolkit.sheets.open import open_book

ROWS = f'<row r="1">{inline("A1", "问题编号")}{inline("B1", "整改措施")}</row><row r="2"><c r="A2"><v>1</v></c>{inline("B2", "修订办法")}</row>'
VALUES: list[list[object]] = [["问题编号", "整改措施"], [1, "修订办法"]]
GOOD = workbook({"台账": sheet(ROWS)})


def only(data: bytes, name: str = "台账.xlsx") -> Grid:
    (grid,) = open_book(data, name).grids
    return grid


def rows_of(grid: Grid) -> list[list[object]]:
    return [list(row) for row in grid.rows]


@pytest.mark.parametrize(
    "dimension",
    [
        "1:4", "", "A:J", "$A$1:$J$3", "Sheet1!A1:J3", "A1:XFD1048576", "XFD1048576:A1", "A0:B0", "#REF!", "A1:B2 D4:E5", "R1C1:R2C2",
        "A1:ZZZ99999999",
    ],
)  # fmt: skip
def test_the_dimension_is_only_a_hint(dimension: str) -> None:
    xml = sheet(ROWS).replace("<sheetData>", f'<dimension ref="{dimension}"/><sheetData>')
    assert rows_of(only(workbook({"台账": xml}))) == VALUES


@pytest.mark.parametrize("attribute", ["", ' reference="A1"', ' ref="A1" ref2=""', " x='1'"])
def test_a_dimension_of_any_attributes(attribute: str) -> None:
    xml = sheet(ROWS).replace("<sheetData>", f"<dimension{attribute}/><sheetData>")
    assert rows_of(only(workbook({"台账": xml}))) == VALUES


@pytest.mark.parametrize(
    "error",
    [
        "#GETTING_DATA", "#SPILL!", "#CALC!", "#ERROR!", "#FIELD!", "#BUSY!", "#CONNECT!", "#BLOCKED!", "#UNKNOWN!", "#PYTHON!",
        "#N/A", "#VALUE!", "#Ref!", "错误", "Err:502",
    ],
)  # fmt: skip
@pytest.mark.parametrize("attributes", ['t="e"', 's="0" t="e"', 't="e" s="0"', 'cm="1" t="e"'])
def test_every_error_value_is_named_and_the_rest_is_read(error: str, attributes: str) -> None:
    row = f'<row r="3"><c r="A3" {attributes}><v>{error}</v></c>{inline("B3", "召开会议")}</row>'
    grid = only(workbook({"台账": sheet(ROWS + row)}))
    assert rows_of(grid) == [*VALUES, [None, "召开会议"]]
    assert [(remark.mark, remark.text) for remark in grid.remarks[3, 1]] == [(Mark.ERROR, error)]


def test_an_error_behind_a_formula_is_named_too() -> None:
    row = '<row r="3"><c r="A3" t="e"><f>X(1)</f><v>#SPILL!</v></c><c r="B3" t="e"><f>X(2)</f></c></row>'
    grid = only(workbook({"台账": sheet(ROWS + row)}))
    assert [grid.remarks[3, col][0].text for col in (1, 2)] == ["#SPILL!", "#N/A"]


@pytest.mark.parametrize(
    ("reference", "merge"),
    [
        ("A1:A2", (1, 1, 2, 1)), ("$A$1:$A$2", (1, 1, 2, 1)), ("a1:a2", (1, 1, 2, 1)), ("A2:A1", (1, 1, 2, 1)), ("B1:A1", (1, 1, 1, 2)),
        ("A:A", (1, 1, 2, 1)), ("$A:$B", (1, 1, 2, 2)), ("1:1", (1, 1, 1, 2)), ("$1:$2", (1, 1, 2, 2)), ("台账!A1:A2", (1, 1, 2, 1)),
        ("'台 账'!$A$1:$B$1", (1, 1, 1, 2)), ("A1:XFD1048576", (1, 1, 2, 2)), ("A1", None), ("A1:B0", None), ("", None),
        ("#REF!", None), ("A1:ZZZZ9", None), ("A1:B2,C3:D4", None),
    ],
)  # fmt: skip
def test_a_merge_is_read_however_it_is_written(
    reference: str, merge: tuple[int, int, int, int] | None
) -> None:
    tail = f'<mergeCells count="99999999"><mergeCell ref="{reference}"/></mergeCells>'
    grid = only(workbook({"台账": sheet(ROWS, tail)}))
    assert rows_of(grid) == VALUES
    assert grid.merges == (() if merge is None else (Range(*merge),))


@pytest.mark.parametrize("text", ["A1:B2", "$B$2:A1", "A1:$B$2", "s!A1:B2"])
def test_a_range_has_one_meaning(text: str) -> None:
    assert read_range(text) == Range(1, 1, 2, 2)


TEXTS = f'<sst xmlns="{MAIN}"><si><t>修订办法</t></si></sst>'


@pytest.mark.parametrize("number", ["1", "7", "4294967295", "99999999999999999999", "-1", "x", ""])
def test_a_text_beyond_the_table_is_lost_and_said_and_the_rest_is_read(number: str) -> None:
    cells = (
        f'<c r="A1" t="s"><v>{number}</v></c><c r="B1" t="s"><v>0</v></c><c r="C1"><v>2.5</v></c>'
    )
    grid = only(workbook({"台账": sheet(f'<row r="1">{cells}</row>')}, sharedStrings=TEXTS))
    assert rows_of(grid) == [[None, "修订办法", 2.5]]
    lost = [remark.mark for remark in grid.remarks.get((1, 1), ())]
    assert lost == ([Mark.LOST] if number else [])


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1" t="s"><v> 0 </v></c>', "修订办法"), ('<c r="A1" t="s"><v>\n0\n</v></c>', "修订办法"),
        ('<c r="A1" t="s" s="0"><v>0</v></c>', "修订办法"), ('<c t="s" r="A1"><v>0</v></c>', "修订办法"),
        ('<c r="A1"><v> 12 </v></c>', 12), ('<c r="A1"><v>1&#50;</v></c>', 12), ('<c r="A1" t="n"><v>12abc</v></c>', "12abc"),
        ('<c r="A1" t="zz"><v>甲</v></c>', "甲"), ('<c r="A1" t="str"><v>甲 </v></c>', "甲 "), ('<c r="A1"><extLst><x/></extLst><v>3</v></c>', 3),
        ('<c r="A1" s="99999"><v>3</v></c>', 3), ('<c r="A1" s="99999999999999999999"><v>3</v></c>', 3), ('<c r="A1" s="x"><v>3</v></c>', 3),
        ('<c r="$A$1"><v>3</v></c>', 3), ('<c r="A1" vm="x"><v>3</v></c>', 3), ('<x:c xmlns:x="u" r="A1"><x:v>3</x:v></x:c>', 3),
        ('<c r="A1"><v>0.30000000000000004</v></c>', 0.3), ('<c r="A1"><v>1.1000000000000001</v></c>', 1.1), ('<c r="A1"><v>12.6</v></c>', 12.6),
        ('<c r="A1" t="b"><v>true</v></c>', True), ('<c r="A1" t="d"><v>第三天</v></c>', "第三天"),
    ],
)  # fmt: skip
def test_a_cell_is_read_however_it_is_written(cell: str, value: object) -> None:
    data = workbook({"台账": sheet(f'<row r="1">{cell}</row>')}, sharedStrings=TEXTS)
    assert rows_of(only(data)) == [[value]]


BLANKS = (
    inline("{}", " "), inline("{}", "\u3000\n"), '<c r="{}" t="s"><v>1</v></c>', '<c r="{}" t="str"><v> </v></c>',
    '<c r="{}" t="str"><f>IF(A1="","","")</f><v></v></c>', '<c r="{}" s="0"/>', '<c r="{}"><v></v></c>',
)  # fmt: skip
FAR = (
    ("A1048576",),
    ("D200000",),
    ("XFD3",),
    ("A1048576", "XFD3"),
    ("M199999", "D200000", "B1048576"),
)


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("places", FAR, ids=" ".join)
def test_a_blank_far_out_is_nothing(blank: str, places: tuple[str, ...]) -> None:
    by_row: dict[int, list[str]] = {}
    for place in places:
        letters = place.rstrip("0123456789")
        by_row.setdefault(int(place[len(letters) :]), []).append(blank.format(place))
    far = "".join(f'<row r="{row}">{"".join(cells)}</row>' for row, cells in sorted(by_row.items()))
    texts = f'<sst xmlns="{MAIN}"><si><t>修订办法</t></si><si><t xml:space="preserve"> \n</t></si></sst>'
    grid = only(workbook({"台账": sheet(ROWS + far)}, sharedStrings=texts))
    assert rows_of(grid)[:2] == [[*row, *grid.rows[0][2:]] for row in VALUES]
    assert len(grid.rows) <= 3


def test_blanks_far_out_on_many_sheets_add_up_to_nothing() -> None:
    one = sheet(ROWS + f'<row r="90000">{inline("D90000", " ")}</row>')
    book = open_book(workbook({f"表{n}": one for n in range(9)}), "台账.xlsx")
    assert [rows_of(grid)[:2] for grid in book.grids] == [VALUES] * 9


def test_formulas_pulled_down_that_show_nothing_are_nothing() -> None:
    """A hundred and fifty thousand of them would be more remarks than anybody may have."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="str"><f>IF(B{n}="","",B{n})</f><v></v></c></row>'
        for n in range(3, 150_000)
    )
    grid = only(workbook({"台账": sheet(ROWS + rows)}))
    assert rows_of(grid) == VALUES
    assert not grid.remarks


@pytest.mark.parametrize(
    "before",
    [
        b"\r\n", b"\n\n\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n", b"   ", b"<br />\n<b>Warning</b>: Undefined variable in /www/a.php on line 3<br />\n",
        "提示：导出成功\r\n".encode(),
    ],
)  # fmt: skip
def test_what_a_faulty_export_writes_before_the_package_does_not_matter(before: bytes) -> None:
    assert rows_of(only(before + GOOD)) == VALUES
    with pytest.raises(UnreadableFile, match="没有表格"):
        open_book(before + document("<w:p/>"), "文.docx")


def test_what_stands_before_a_package_is_text_and_short() -> None:
    for before in (b"\x00\x01", b" " * 5000):
        with pytest.raises(UnreadableFile):
            open_book(before + GOOD, "台账.xlsx")


@pytest.mark.parametrize(
    "path",
    ["xl/workbook22.xml", "workbook.xml", "xl/Book.xml", "a/b/c.xml", "xl/工作簿.xml"],
)
def test_the_workbook_part_may_be_called_anything(path: str) -> None:
    assert rows_of(only(renamed(path))) == VALUES


def renamed(path: str) -> bytes:
    """The good workbook with its main part under another name, and its relationships with it."""
    folder, _, file = path.rpartition("/")
    around = f"{folder}/_rels" if folder else "_rels"
    names = {"xl/workbook.xml": path, "xl/_rels/workbook.xml.rels": f"{around}/{file}.rels"}
    with zipfile.ZipFile(io.BytesIO(GOOD)) as package:
        parts = {names.get(name, name): package.read(name).decode() for name in package.namelist()}
    parts[names["xl/_rels/workbook.xml.rels"]] = relations(("s1", "worksheet", "/xl/worksheets/sheet1.xml"))  # fmt: skip
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace("xl/workbook.xml", path)
    parts["_rels/.rels"] = parts["_rels/.rels"].replace("xl/workbook.xml", path)
    return zipped(parts)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "_rels/.rels"])  # fmt: skip
def test_a_part_in_another_encoding_is_read(part: str, encoding: str) -> None:
    row = '<row r="3"><c r="A3" t="s"><v>0</v></c></row>'
    data = workbook({"台账": sheet(ROWS + row)}, sharedStrings=TEXTS)
    declared = {"gb18030": "GB2312"}.get(encoding, "UTF-16" if "16" in encoding else "UTF-8")
    head = f'<?xml version="1.0" encoding="{declared}" standalone="yes"?>\n'
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = (head + parts[part].decode()).encode(encoding)
    grid = only(zipped(parts))
    assert grid.name == "台账"
    assert rows_of(grid) == [*VALUES, ["修订办法", None]]


def test_a_part_that_only_calls_itself_utf16_is_read() -> None:
    """What programs write that keep text in UTF-16 and save it in UTF-8."""
    head = '<?xml version="1.0" encoding="utf-16"?>'
    assert rows_of(only(workbook({"台账": head + sheet(ROWS)}))) == VALUES


@pytest.mark.parametrize("encoding", ["UTF-7", "EBCDIC-CP-US", "x-unknown", "UTF-32"])
def test_an_encoding_that_no_office_program_writes_is_refused(encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    with pytest.raises(UnreadableFile, match="编码异常"):
        open_book(workbook({"台账": head + sheet(ROWS)}), "台账.xlsx")


NOISE = random.Random(1).randbytes(9000)  # noqa: S311 - msoffcrypto writes packages below 4096 bytes wrongly


def encrypted(password: str) -> bytes:
    stream = io.BytesIO()
    data = workbook({"台账": sheet(ROWS)}, extra={"xl/media/1.png": NOISE})
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(data)).encrypt(password, stream)
    return stream.getvalue()


def test_the_password_that_excel_does_not_ask_for_is_not_asked_for() -> None:
    assert rows_of(only(encrypted("VelvetSweatshop"))) == VALUES


def test_any_other_password_is() -> None:
    with pytest.raises(UnreadableFile, match="打开密码"):
        open_book(encrypted("velvetsweatshop"), "台账.xlsx")


COMMENTED = {
    "xl/worksheets/_rels/sheet1.xml.rels": relations(("c", "comments", "../comments1.xml"))
}


@pytest.mark.parametrize("comments", [None, b"<comments", b"", b"\x00\x01"])
def test_damaged_comments_and_properties_cost_only_themselves(comments: bytes | None) -> None:
    extra: dict[str, object] = {**COMMENTED, "docProps/custom.xml": b"<Properties"}
    if comments is not None:
        extra["xl/comments1.xml"] = comments
    book = open_book(workbook({"台账": sheet(ROWS)}, extra=extra), "台账.xlsx")
    assert rows_of(book.grids[0]) == VALUES
    assert book.notes == ("工作表“台账”的批注已损坏，没有读取。",)


def test_tens_of_thousands_of_named_styles_are_no_styles_of_cells() -> None:
    xml = f'<styleSheet xmlns="{MAIN}"><cellStyleXfs count="4294967295">{"<xf/>" * 150_000}</cellStyleXfs><cellXfs count="4294967295"><xf/></cellXfs></styleSheet>'
    assert rows_of(only(workbook({"台账": sheet(ROWS)}, styles=xml))) == VALUES


TEXT = "问题编号,整改措施\r\n1-1,修订办法、召开会议、开展培训、完善机制\r\n1-2,清退资金\r\n"


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("damage", [b"\xff", b"\x81", b"\xfe\x30"])
def test_one_bad_byte_costs_one_character(encoding: str, damage: bytes) -> None:
    data = TEXT.replace("修订", "修@订").encode(encoding).replace(b"@", damage)
    book = open_book(data, "台账.csv")
    rows = rows_of(book.grids[0])
    assert rows[0] == ["问题编号", "整改措施"]
    assert rows[2] == ["1-2", "清退资金"]
    assert str(rows[1][1]).endswith("召开会议、开展培训、完善机制")
    assert "B2" in book.notes[0]
    assert "损坏的字符" in book.notes[0]


def test_text_of_no_encoding_at_all_is_no_text() -> None:
    with pytest.raises(UnreadableFile):
        open_book(b"\xff\x80" * 500 + b",", "台账.csv")


ENCRYPTED = (
    b"b\x14#e\xd0\x01\x00\x00\x00\x00E-SafeNet\x00\x00\x00LOCK\x00", b"%TSD-Header-###%\x00\x01", b"\x00\x10E-SafeNet\x00",
)  # fmt: skip


@pytest.mark.parametrize("head", ENCRYPTED)
@pytest.mark.parametrize("name", ["台账.xlsx", "台账.xls", "佐证.pdf"])
def test_encryption_software_is_named(head: bytes, name: str) -> None:
    with pytest.raises(
        UnreadableFile, match="被加密软件加密（仅能在本单位电脑上打开）；请在原单位解密后再报送。"
    ):
        open_book(head + NOISE, name)


def test_noise_under_the_name_of_a_workbook_may_be_encrypted() -> None:
    with pytest.raises(UnreadableFile, match="加密软件"):
        open_book(NOISE, "台账.xlsx")
    with pytest.raises(UnreadableFile, match="认不出"):
        open_book(NOISE, "数据.bin")
