"""Damage at random: a good file with bytes flipped, cut or repeated is read or refused, and nothing else happens."""

from __future__ import annotations

import io
import struct

import docx
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sheets.test_hostile import biff, number
from tests.support.fuzz import examples
from tests.support.package import inline, sheet, spreadsheet, workbook, zipped
from toolkit.packages.gate import UnreadableFile
from toolkit.sheets.archive import is_archive, members
from toolkit.sheets.open import open_book


def xlsx() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    page = book.add_worksheet("台账")
    page.merge_range("A1:C1", "整改台账")
    page.write_row("A2", ["问题编号", "整改措施", "整改时限"])
    page.write_rich_string(
        "B3", "修订", book.add_format({"font_strikeout": True}), "旧办法", "新办法"
    )
    page.write_formula("A3", "=1+1", None, 2)
    page.write_comment("B3", "批注")
    page.set_row(3, None, None, {"hidden": True})
    book.close()
    return stream.getvalue()


def plain_xlsx() -> bytes:
    """Stored, not deflated, so that a flipped byte meets the XML and not only the checksum."""
    import zipfile

    parts = zipfile.ZipFile(io.BytesIO(xlsx()))
    return zipped(
        {name: parts.read(name) for name in parts.namelist()}, compression=zipfile.ZIP_STORED
    )


def word() -> bytes:
    paper = docx.Document()
    table = paper.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 1)).text = "问题编号"
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def ods() -> bytes:
    row = '<table:table-row><table:table-cell table:number-columns-repeated="3"><text:p>一</text:p></table:table-cell></table:table-row>'
    return spreadsheet(f'<table:table table:name="台账">{row * 3}</table:table>')


def xls() -> bytes:
    label = struct.pack("<HHHHHHB", 0x204, 11, 2, 0, 0, 2, 0) + b"ab"
    return biff(number(0, 0) + number(1, 1, 46000.0) + label)


GOOD = {
    "xlsx": xlsx(), "plain": plain_xlsx(), "docx": word(), "ods": ods(), "xls": xls(),
    "odd": workbook({"台账": sheet(f"<row>{inline('A1', '问题编号')}</row>")}),
    "zip": zipped({"台账.xlsx": xlsx(), "内.zip": zipped({"甲.csv": b"1,2"})}),
    "csv": '问题编号,整改措施\r\n1-1,"修订""办法"""\r\n'.encode("gbk"),
}  # fmt: skip


def read(data: bytes) -> None:
    try:
        if is_archive(data):
            members(data)
        open_book(data, "坏")
    except UnreadableFile:
        return


@pytest.mark.parametrize("kind", GOOD)
def test_the_files_to_be_damaged_are_good(kind: str) -> None:
    if kind == "zip":
        assert len(members(GOOD[kind])) == 2
    else:
        assert open_book(GOOD[kind], kind).grids


@pytest.mark.parametrize("kind", GOOD)
@settings(max_examples=examples(120), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_damage_is_refused_or_read(kind: str, data: st.DataObject) -> None:
    good = bytearray(GOOD[kind])
    for at in data.draw(st.lists(st.integers(0, len(good) - 1), max_size=6)):
        good[at] = data.draw(st.integers(0, 255))
    start = data.draw(st.integers(0, len(good)))
    length = data.draw(st.integers(0, 64))
    how = data.draw(st.sampled_from(["whole", "cut", "lost", "doubled"]))
    if how == "cut":
        del good[start:]
    elif how == "lost":
        del good[start : start + length]
    elif how == "doubled":
        good[start:start] = good[start : start + length]
    read(bytes(good))


@settings(max_examples=examples(300), deadline=None)
@given(data=st.binary(max_size=400), head=st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<", b"\xff\xfe"]))  # fmt: skip
def test_rubbish_is_refused_or_read(head: bytes, data: bytes) -> None:
    read(head + data)


MARKUP = st.sampled_from([
    "<row>", "</row>", '<row r="2">', '<row r="0">', '<row r="x">', "<c>", "</c>", '<c r="B2">', '<c r="A0">', '<c r="?">',
    "<c r='C3'>", '<c r="A1" t="s">', '<c t="inlineStr">', '<c t="e">', '<c t="b">', '<c t="d">', '<c s="99">', "<v>", "</v>",
    "0", "7", "-1", "1e999", "2026-06-30", "文字", "&amp;", "&#10;", "&#xD800;", "<is>", "</is>", "<t>", "</t>", "<f>", "</f>",
    "<f/>", "<x:c>", "<!-- -->", "<![CDATA[x]]>", "<r>", "</r>", "<rPr><strike/></rPr>", "<rPh>", "</rPh>", "<cols>",
    '<mergeCell ref="A1:B2"/>', '<mergeCell ref="B2:A1"/>', '<mergeCell ref="A1"/>', '<mergeCell ref=""/>',
    '<col min="1" max="99999" hidden="1"/>',
])  # fmt: skip


@settings(max_examples=examples(400), deadline=None)
@given(pieces=st.lists(MARKUP, max_size=25))
def test_any_mixture_of_sheet_markup_is_refused_or_read(pieces: list[str]) -> None:
    read(workbook({"台账": sheet("".join(pieces))}))
