"""Files that mean harm, or cost as if they did: each refused in one sentence or read, within 500 MB and 20 seconds."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.child import Outcome, opened_in_a_child
from tests.support.package import (
    MAIN,
    WORD,
    document,
    inline,
    relations,
    sheet,
    spreadsheet,
    workbook,
    zipped,
)
from toolkit.sheets.grid import column_letters

MEMORY, SECONDS = (
    500,
    20,
)  # megabytes of the whole process; seconds of processor time, whatever else the machine does
GOOD = sheet(f'<row r="1">{inline("A1", "问题编号")}</row>')
SHARED = sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<!DOCTYPE lolz [<!ENTITY l0 "哈">{ENTITIES}]>'


def repeated(head: str, piece: str, times: int, tail: str) -> Iterator[bytes]:
    """A large part written piece by piece."""
    yield head.encode()
    block = piece.encode() * 1000
    for _ in range(times // 1000):
        yield block
    yield tail.encode()


HEAD, TAIL = f'<worksheet xmlns="{MAIN}"><sheetData>', "</sheetData></worksheet>"


def zip_bomb() -> bytes:
    return workbook(
        {"炸": repeated(HEAD, '<row r="1"><c r="A1"><v>1</v></c></row>', 30_000_000, TAIL)}
    )


def media_bomb() -> bytes:
    return workbook(
        {"台账": GOOD}, extra={"xl/media/image1.png": (bytes(10_000_000) for _ in range(100))}
    )


def many_parts() -> bytes:
    return workbook({"台账": GOOD}, extra={f"xl/media/{n}.png": b"" for n in range(20_000)})


def corners_calamine_dies_of() -> bytes:
    return workbook({"角": sheet('<row r="1"><c r="XFD1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>')})  # fmt: skip


def corners_of_blank_cells() -> bytes:
    far = '<row r="1048576"><c r="A1048576" s="0"/></row>'
    return workbook(
        {"角": sheet(f'<row r="1">{inline("A1", "问题编号")}<c r="XFD1" s="0"/></row>{far}')}
    )


def corners_in_single_quotes() -> bytes:
    return workbook({"角": sheet("<row r='1'><c r='XFD1'><v>1</v></c></row><row r='1048576'><c r='A1048576'><v>1</v></c></row>")})  # fmt: skip


def corners_with_prefixes() -> bytes:
    rows = '<x:row r="1"><x:c r="XFD1"><x:v>1</x:v></x:c></x:row><x:row r="1048576"><x:c r="A1048576"><x:v>1</x:v></x:c></x:row>'
    return workbook(
        {
            "角": f'<worksheet xmlns="{MAIN}" xmlns:x="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        }
    )


def corners_without_references() -> bytes:
    return workbook(
        {
            "角": sheet(
                f'<row r="1">{"<c><v>1</v></c>" * 16384}</row><row r="1048576"><c><v>1</v></c></row>'
            )
        }
    )


def corners_in_odd_spacing() -> bytes:
    return workbook({"角": sheet('<row r="1"><c\tr = "XFD1"><v>1</v></c></row><row\nr="1048576"><c\nr="a1048576"><v>1</v></c></row>')})  # fmt: skip


def corners_behind_a_comment() -> bytes:
    return workbook({"角": sheet('<row r="1"><c <!-- --> r="XFD1"><v>1</v></c></row><!-- x --><row r="1048576"><c r="A1048576"><v>1</v></c></row>')})  # fmt: skip


def corners_in_another_sheet_file_of_the_same_name() -> bytes:
    """The workbook names sheet1; a second part differs only in the case of its name."""
    evil = sheet(
        '<row r="1"><c r="XFD1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    )
    return workbook({"台账": GOOD}, extra={"xl/worksheets/SHEET1.xml": evil})


def many_sheets_of_middling_size() -> bytes:
    one = sheet(
        '<row r="1"><c r="Z1"><v>1</v></c></row><row r="9999"><c r="A9999"><v>1</v></c></row>'
    )
    return workbook({f"表{n}": one for n in range(300)})


def reference_out_of_the_sheet() -> bytes:
    return workbook({"表": sheet('<row r="9999999"><c r="ZZZ9999999"><v>1</v></c></row>')})


def a_million_formatted_rows() -> bytes:
    rows = (
        "".join(f'<row r="{n}" spans="1:8" ht="15" customHeight="1"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>'
                for n in range(start, start + 1000)).encode()
        for start in range(2, 1_048_000, 1000)
    )  # fmt: skip

    def parts() -> Iterator[bytes]:
        yield (HEAD + f'<row r="1">{inline("A1", "问题编号")}</row>').encode()
        yield from rows
        yield TAIL.encode()

    return workbook({"台账": parts()})


def shared_string_bomb() -> bytes:
    long = f'<sst xmlns="{MAIN}"><si><t>{"长" * 30_000}</t></si></sst>'
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 100_001))
    return workbook({"串": sheet(cells)}, sharedStrings=long)


def many_shared_strings() -> bytes:
    return workbook(
        {"串": GOOD},
        sharedStrings=repeated(f'<sst xmlns="{MAIN}">', "<si><t>一</t></si>", 3_500_000, "</sst>"),
    )


def many_small_cells() -> bytes:
    row = "".join(f'<c r="{column_letters(c)}{{0}}"><v>{c}.5</v></c>' for c in range(1, 21))
    return workbook(
        {"多": sheet("".join(f'<row r="{n}">{row.format(n)}</row>' for n in range(1, 49_000)))}
    )


def many_odd_cells() -> bytes:
    """The slow path: a million cells that must be written anew."""
    return workbook({"多": repeated(HEAD, "<row><c><v>1</v></c></row>", 240_000, TAIL)})


def more_odd_cells_than_anyone_has() -> bytes:
    return workbook({"多": repeated(HEAD, "<c/>", 10_000_000, TAIL)})


def one_merge_over_everything() -> bytes:
    return workbook({"合": sheet(f'<row r="1">{inline("A1", "问题编号")}</row>', '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')})  # fmt: skip


def thousands_of_merges_over_everything() -> bytes:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="B{n}"><v>1</v></c></row>'
        for n in range(1, 5000)
    )
    return workbook(
        {
            "合": sheet(
                rows, "<mergeCells>" + '<mergeCell ref="A1:B5000"/>' * 50_000 + "</mergeCells>"
            )
        }
    )


def too_many_styles() -> bytes:
    return workbook(
        {"样": GOOD},
        styles=f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 200_000}</cellXfs></styleSheet>',
    )


def too_many_formulas() -> bytes:
    return workbook({"式": sheet("".join(f'<row r="{n}"><c r="A{n}"><f>1+{n}</f><v>1</v></c></row>' for n in range(1, 200_000)))})  # fmt: skip


def laughs_in(part: str) -> bytes:
    """A good workbook with one part declared to laugh."""
    empty = f'<styleSheet xmlns="{MAIN}"/>'
    good = workbook(
        {"台账": SHARED}, sharedStrings=f'<sst xmlns="{MAIN}"><si><t></t></si></sst>', styles=empty
    )
    with zipfile.ZipFile(io.BytesIO(good)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    parts[part] = LAUGHS + parts[part].replace("></", ">&l9;</", 1)
    return zipped(parts)


def external_entity() -> bytes:
    evil = f'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&f;</t></is></c></row></sheetData></worksheet>'
    return workbook({"外": evil})


def doctype_after_a_long_comment() -> bytes:
    return workbook({"外": f"<!--{'长' * 5000}-->{LAUGHS}<worksheet xmlns='{MAIN}'><sheetData><row><c t='inlineStr'><is><t>&l9;</t></is></c></row></sheetData></worksheet>"})  # fmt: skip


def utf16_entities() -> bytes:
    return workbook({"外": f'<?xml version="1.0" encoding="UTF-16"?>{LAUGHS}<worksheet xmlns="{MAIN}">&l9;</worksheet>'.encode("utf-16")})  # fmt: skip


def deep_xml() -> bytes:
    return workbook(
        {"深": f'<worksheet xmlns="{MAIN}">{"<a>" * 500_000}{"</a>" * 500_000}</worksheet>'}
    )


def deep_styles() -> bytes:
    return workbook(
        {"深": GOOD},
        styles=f'<styleSheet xmlns="{MAIN}">{"<a>" * 200_000}{"</a>" * 200_000}</styleSheet>',
    )


def unclosed_cells() -> bytes:
    """Quadratic for a careless regular expression."""
    return workbook({"开": HEAD + '<row r="1">' + '<c r="A1" t="e"><f ' * 1_000_000})


def unclosed_rows() -> bytes:
    return workbook({"开": HEAD + '<row r="1" hidden="1" ' * 1_000_000})


def comments_bomb() -> bytes:
    notes = f'<comments xmlns="{MAIN}"><commentList>' + "".join(
        f'<comment ref="A{n}"><text><t>注</t></text></comment>' for n in range(1, 250_000)
    )
    extra = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(("c", "comments", "../comments1.xml")),
        "xl/comments1.xml": notes + "</commentList></comments>",
    }
    return workbook({"注": GOOD}, extra=extra)


def lying_directory() -> bytes:
    """The directory says ten bytes, the member unpacks to a hundred million."""
    data = bytearray(workbook({"谎": (bytes(1_000_000) for _ in range(100))}))
    at = data.index(b"PK\x01\x02")
    while at >= 0:
        name = bytes(data[at + 46 : at + 46 + struct.unpack_from("<H", data, at + 28)[0]])
        if name.endswith(b"sheet1.xml"):
            struct.pack_into("<I", data, at + 24, 10)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def path_out_of_the_folder() -> bytes:
    return workbook({"台账": GOOD}, extra={"../../etc/passwd": b"x"})


def two_parts_of_one_name() -> bytes:
    stream = io.BytesIO(workbook({"台账": GOOD}))
    with zipfile.ZipFile(stream, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("xl/worksheets/sheet1.xml", GOOD)
    return stream.getvalue()


def cell(kind: str = "", inside: str = "<text:p>一</text:p>", **counts: Any) -> str:
    told = "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in counts.items())
    return f"<table:{kind}table-cell{told}>{inside}</table:{kind}table-cell>"


def ods_of(rows: str) -> bytes:
    return spreadsheet(f'<table:table table:name="台账">{rows}</table:table>')


def ods_rows_repeated() -> bytes:
    return ods_of(
        f'<table:table-row table:number-rows-repeated="1048576">{cell()}</table:table-row>'
    )


def ods_columns_repeated() -> bytes:
    return ods_of(
        f"<table:table-row>{cell(number_columns_repeated=2_000_000_000)}</table:table-row>"
    )


def ods_blank_repeats() -> bytes:
    blank = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    return ods_of(f"<table:table-row>{cell()}</table:table-row>{blank}")


def ods_content_after_a_million_rows() -> bytes:
    return ods_of(
        f'<table:table-row table:number-rows-repeated="1048574"/><table:table-row>{cell()}</table:table-row>'
    )


def ods_long_text_repeated() -> bytes:
    """Half a gigabyte of text in a kilobyte of file."""
    text = f"<text:p>{'长' * 1_000_000}</text:p>"
    return ods_of(
        f'<table:table-row table:number-rows-repeated="50000">{cell(inside=text)}</table:table-row>'
        * 10
    )


def ods_spaces() -> bytes:
    spaces = '<text:s text:c="999999999"/>'
    return ods_of(
        f"<table:table-row>{cell(inside=f'<text:p>一{spaces * 100_000}</text:p>')}</table:table-row>"
    )


def ods_deep() -> bytes:
    return ods_of(f"<table:table-row>{cell(inside='<text:p>' + '<text:span>' * 200_000 + '</text:span>' * 200_000 + '</text:p>')}</table:table-row>")  # fmt: skip


def ods_many_rows() -> bytes:
    return ods_of(f"<table:table-row>{cell() * 2}</table:table-row>" * 140_000)


def word_table(cells: str) -> str:
    return f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"


def word_deep() -> bytes:
    tables = "<w:tbl><w:tr><w:tc>" * 20_000 + "</w:tc></w:tr></w:tbl>" * 20_000
    return document(word_table(f"<w:tc>{tables}</w:tc>"))


def word_huge_spans() -> bytes:
    one = '<w:tc><w:tcPr><w:gridSpan w:val="500"/></w:tcPr></w:tc>'
    return document(word_table(one * 100_000))


def word_many_rows_before() -> bytes:
    row = '<w:tr><w:trPr><w:gridBefore w:val="500"/></w:trPr><w:tc><w:p/></w:tc></w:tr>'
    return document(f"<w:tbl>{row * 100_000}</w:tbl>")


def word_many_paragraphs() -> bytes:
    return document(
        word_table("<w:tc><w:p/></w:tc>") + "<w:p><w:r><w:t>字</w:t></w:r></w:p>" * 150_000
    )


def word_laughs() -> bytes:
    return zipped(
        {
            "word/document.xml": f'{LAUGHS}<w:document xmlns:w="{WORD}"><w:body>&l9;</w:body></w:document>'
        }
    )


def csv_columns() -> bytes:
    return ("问题编号," * 1_000_000).encode()


def csv_rows() -> bytes:
    return b"1,2,3\n" * 3_000_000


def csv_one_quote() -> bytes:
    return '问题编号,整改措施\n1,"'.encode() + b"x" * 15_000_000


def csv_narrow_rows() -> bytes:
    return b"\n" * 10_000_000 + b"1,2"


def encrypted(spins: int, laughs: str = "") -> bytes:
    """The shell of an encrypted workbook, with these parameters."""
    from tests.support.ole import ole_file

    info = (
        f'<?xml version="1.0"?>{laughs}<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password">'
        '<keyData saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="AAAAAAAAAAAAAAAAAAAAAA=="/>'
        '<dataIntegrity encryptedHmacKey="AAAA" encryptedHmacValue="AAAA"/><keyEncryptors><keyEncryptor uri="p">'
        f'<p:encryptedKey spinCount="{spins}" saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="AAAAAAAAAAAAAAAAAAAAAA==" encryptedVerifierHashInput="AAAAAAAAAAAAAAAAAAAAAA==" encryptedVerifierHashValue="AAAAAAAAAAAAAAAAAAAAAA==" encryptedKeyValue="AAAAAAAAAAAAAAAAAAAAAA=="/>'
        "</keyEncryptor></keyEncryptors></encryption>"
    )
    return ole_file(
        {
            "EncryptionInfo": struct.pack("<HHI", 4, 4, 0x40) + info.encode(),
            "EncryptedPackage": bytes(4096),
        }
    )


def biff(records: bytes) -> bytes:
    from tests.support.ole import ole_file

    begin = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0x0DBB, 0x07CC, 0, 6)
    sheet_at = len(begin) + 4 + 6 + 2 + 5 + 4
    name = struct.pack("<BB", 5, 0) + b"Sheet"
    bound = struct.pack("<HHIBB", 0x85, 6 + len(name), 0, 0, 0) + name
    globals_ = begin + bound + struct.pack("<HH", 0x0A, 0)
    sheet_at = len(globals_)
    bound = struct.pack("<HHIBB", 0x85, 6 + len(name), sheet_at, 0, 0) + name
    globals_ = begin + bound + struct.pack("<HH", 0x0A, 0)
    page = (
        struct.pack("<HHHHHHII", 0x809, 16, 0x600, 0x10, 0x0DBB, 0x07CC, 0, 6)
        + records
        + struct.pack("<HH", 0x0A, 0)
    )
    return ole_file({"Workbook": globals_ + page})


def number(row: int, col: int, value: float = 1.0) -> bytes:
    return struct.pack("<HHHHHd", 0x203, 14, row, col, 0, value)


def xls_far_corner() -> bytes:
    return biff(b"".join(number(row, 255) for row in range(65_535)))


def xls_of_blanks() -> bytes:
    """Every record announces 256 blank cells."""
    blanks = b"".join(
        struct.pack("<HHHH", 0xBE, 6 + 2 * 256, row, 0) + bytes(512) + struct.pack("<H", 255)
        for row in range(1, 30_000)
    )
    return biff(number(0, 0) + blanks)


def xls_lying_lengths() -> bytes:
    return biff(struct.pack("<HH", 0x203, 0xFFFF) + b"x" * 100)


def xls_many_numbers() -> bytes:
    return biff(b"".join(number(row, col) for row in range(20_000) for col in range(45)))


REFUSED_OR_READ = (
    zip_bomb, media_bomb, many_parts, corners_calamine_dies_of, corners_of_blank_cells, corners_in_single_quotes,
    corners_with_prefixes, corners_without_references, corners_in_odd_spacing, corners_behind_a_comment,
    corners_in_another_sheet_file_of_the_same_name, many_sheets_of_middling_size, reference_out_of_the_sheet,
    a_million_formatted_rows, shared_string_bomb, many_shared_strings, many_small_cells, many_odd_cells,
    more_odd_cells_than_anyone_has, one_merge_over_everything, thousands_of_merges_over_everything, too_many_styles,
    too_many_formulas, external_entity, doctype_after_a_long_comment, utf16_entities, deep_xml, deep_styles,
    unclosed_cells, unclosed_rows, comments_bomb, lying_directory, path_out_of_the_folder, two_parts_of_one_name,
    ods_rows_repeated, ods_columns_repeated, ods_blank_repeats, ods_content_after_a_million_rows,
    ods_long_text_repeated, ods_spaces, ods_deep, ods_many_rows, word_deep, word_huge_spans, word_many_rows_before,
    word_many_paragraphs, word_laughs, csv_columns, csv_rows, csv_one_quote, csv_narrow_rows, xls_far_corner,
    xls_of_blanks, xls_lying_lengths, xls_many_numbers,
)  # fmt: skip
# These are no attack but a clerk's bad luck, and must be read.
# These are the work of an attacker, and must not be handed on.
REFUSED = {
    zip_bomb,
    corners_calamine_dies_of,
    shared_string_bomb,
    ods_long_text_repeated,
    csv_columns,
    word_laughs,
}
READ = {
    a_million_formatted_rows: 1,
    one_merge_over_everything: 1,
    corners_of_blank_cells: 1,
    ods_blank_repeats: 1,
    many_small_cells: 20 * 48_999,
    xls_many_numbers: 900_000,
    xls_of_blanks: 1,
}


@pytest.mark.parametrize("make", REFUSED_OR_READ, ids=lambda make: make.__name__)
def test_no_file_costs_more_than_the_limits(make: Callable[[], bytes], tmp_path: Path) -> None:
    outcome = within_limits(make(), make.__name__, tmp_path, cells=READ.get(make))
    assert outcome.refusal or make not in REFUSED


@pytest.mark.parametrize(
    "part",
    [
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/sharedStrings.xml",
        "xl/worksheets/sheet1.xml",
    ],
)
def test_laughing_entities_are_refused_in_every_part(part: str, tmp_path: Path) -> None:
    outcome = within_limits(laughs_in(part), "laughs", tmp_path)
    assert outcome.refusal


@pytest.mark.parametrize(
    ("spins", "laughs"), [(10_000_000, ""), (9_999_999_999, ""), (100_000, LAUGHS)]
)
def test_encryption_that_costs_minutes_is_not_tried(
    spins: int, laughs: str, tmp_path: Path
) -> None:
    outcome = within_limits(encrypted(spins, laughs), "locked.xlsx", tmp_path)
    assert outcome.refusal


def within_limits(
    data: bytes, name: str, folder: Path, *, kind: str = "book", cells: int | None = None
) -> Outcome:
    path = folder / name
    path.write_bytes(data)
    outcome = opened_in_a_child(path, kind)
    assert outcome.peak < MEMORY, outcome
    assert outcome.cpu < SECONDS, outcome
    if cells is not None:
        assert (outcome.refusal, outcome.cells) == ("", cells)
    elif outcome.refusal:
        assert outcome.refusal.endswith("。")
        assert outcome.refusal.count("。") == 1
    return outcome


def nested(depth: int) -> bytes:
    data = zipped({"台账.xlsx": workbook({"台账": GOOD})})
    for _ in range(depth):
        data = zipped({f"{n}.zip": data for n in range(8)})
    return data


def test_archives_in_archives_end_somewhere(tmp_path: Path) -> None:
    outcome = within_limits(nested(4), "套.zip", tmp_path, kind="archive")
    assert "太深" in outcome.refusal


def test_an_archive_of_bombs_is_counted_as_a_whole(tmp_path: Path) -> None:
    noise = zipped({"大.xlsx": bytes(9_000_000)})
    outcome = within_limits(
        zipped({f"{n}.zip": noise for n in range(60)}), "炸.zip", tmp_path, kind="archive"
    )
    assert "总量太大" in outcome.refusal


def test_an_archive_that_contains_itself_ends(tmp_path: Path) -> None:
    """Not a true quine; but every level again holds a level, whatever it costs to look."""
    data = b""
    for _ in range(30):
        data = zipped({"自己.zip": data, "台账.csv": "问题编号,整改措施".encode()})
    outcome = within_limits(data, "自己.zip", tmp_path, kind="archive")
    assert outcome.cells == 2
    assert "太深" in outcome.refusal


def test_an_archive_with_a_path_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    outcome = within_limits(zipped({"../../台账.xlsx": b"x"}), "路径.zip", tmp_path, kind="archive")
    assert "路径" in outcome.refusal
