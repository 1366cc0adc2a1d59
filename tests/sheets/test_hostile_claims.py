"""Files whose claims cost what they claim, and files that are odd in ways that nobody needs: within 500 MB and 20 seconds.

The kinds of test_hostile.py go on here; each is made on the spot and opened in a process of its own, since a claim that
reaches the parser ends the process.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sheets.test_hostile import HEAD, TAIL, repeated, within_limits
from tests.support.package import MAIN, inline, relations, sheet, workbook, zipped


def stored(data: bytes) -> bytes:
    """The package without compression, whose ratio would betray it."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return zipped(parts, compression=zipfile.ZIP_STORED)


TEXT = "<si><t>问题编号</t></si>"
CELL = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'


def texts(opened: str, inside: str = TEXT, closed: str = "</sst>") -> bytes:
    return workbook({"台账": sheet(CELL)}, sharedStrings=f"{opened}{inside}{closed}")


def shared_texts_that_claim_four_thousand_millions() -> bytes:
    return texts(f'<sst xmlns="{MAIN}" count="4294967295" uniqueCount="4294967295">')


def the_claim_in_single_quotes_and_odd_blanks() -> bytes:
    return texts(f"<sst\n uniqueCount =\t'4294967295' xmlns='{MAIN}'>")


def the_claim_behind_a_prefix() -> bytes:
    return texts(f'<x:sst xmlns:x="{MAIN}" uniqueCount="4294967295">', TEXT.replace("<", "<x:").replace("<x:/", "</x:"), "</x:sst>")  # fmt: skip


def the_claim_in_a_root_inside_the_root() -> bytes:
    inner = f'{TEXT}<sst uniqueCount="4294967295">{TEXT}</sst>'
    return texts(f'<sst xmlns="{MAIN}">', inner)


def the_claim_in_utf16() -> bytes:
    xml = f'<?xml version="1.0" encoding="UTF-16"?><sst xmlns="{MAIN}" uniqueCount="4294967295">{TEXT}</sst>'
    return workbook({"台账": sheet(CELL)}, sharedStrings=xml.encode("utf-16"))


def every_count_there_is() -> bytes:
    counts = 'count="4294967295" uniqueCount="4294967295"'
    styles = f'<styleSheet xmlns="{MAIN}"><numFmts {counts}/><fonts {counts}/><cellStyleXfs {counts}/><cellXfs {counts}><xf numFmtId="0"/></cellXfs></styleSheet>'
    tail = f'<mergeCells {counts}><mergeCell ref="A1:A1"/></mergeCells><dataValidations {counts}/><hyperlinks {counts}/>'
    xml = sheet(CELL, tail).replace("<sheetData>", f'<dimension ref="A1:XFD1048576"/><sheetFormatPr defaultRowHeight="1e999" outlineLevelRow="255"/><cols {counts}/><sheetData {counts}>')  # fmt: skip
    return workbook(
        {"台账": xml}, styles=styles, sharedStrings=f'<sst xmlns="{MAIN}" {counts}>{TEXT}</sst>'
    )


def a_dimension_among_the_rows() -> bytes:
    rows = f'<row r="1"><dimension ref="A1:XFD1048576"/>{inline("A1", "问题编号")}</row>'
    return workbook({"台账": sheet(rows)})


def a_second_sheet_of_data_behind_the_first() -> bytes:
    second = '<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return workbook(
        {"台账": sheet(CELL, second)}, sharedStrings=f'<sst xmlns="{MAIN}">{TEXT}</sst>'
    )


def hidden(cols: str) -> bytes:
    xml = sheet(f'<row r="1">{inline("A1", "问题编号")}</row>')
    return workbook({"台账": xml.replace("<sheetData>", f"<cols>{cols}</cols><sheetData>")})


def styled(inside: str, rows: str = CELL) -> bytes:
    xml = f'<styleSheet xmlns="{MAIN}">{inside}</styleSheet>'
    texts_ = f'<sst xmlns="{MAIN}">{TEXT}</sst>'
    return workbook({"样": sheet(rows)}, styles=xml, sharedStrings=texts_)


def formatted(codes: dict[int, str], rows: str = CELL) -> bytes:
    formats = "".join(f'<numFmt numFmtId="{n}" formatCode="{code}"/>' for n, code in codes.items())
    cells = "".join(f'<xf numFmtId="{n}"/>' for n in codes)
    return styled(f"<numFmts>{formats}</numFmts><cellXfs>{cells}</cellXfs>", rows)


def columns_hidden_a_million_times() -> bytes:
    return hidden('<col min="1" max="16384" hidden="1"/>' * 200_000)


def columns_hidden_in_ranges_that_overlap() -> bytes:
    cols = [f'<col min="{n}" max="16384" hidden="true"/>' for n in range(1, 16_384)]
    return hidden("".join(cols) * 20)


def prefixes_with_strokes_in_their_names() -> bytes:
    rows = '<row r="1"><a-b:c r="XFD1"><v>1</v></a-b:c></row><row r="1048576"><é.x:c r="A1048576"><v>1</v></é.x:c></row>'
    return workbook({"角": f'<worksheet xmlns="{MAIN}" xmlns:a-b="{MAIN}" xmlns:é.x="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'})  # fmt: skip


def long_texts_behind_prefixes() -> bytes:
    """A small file whose shared text fills a hundred thousand cells."""
    inside = f"<x:si><x:t>{'长' * 30_000}</x:t></x:si>"
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 100_001))
    return workbook({"串": sheet(cells)}, sharedStrings=f'<x:sst xmlns:x="{MAIN}">{inside}</x:sst>')


def long_texts_cut_by_comments() -> bytes:
    """Comments that look like the beginning of another text."""
    inside = f"<si><t>{('长' * 300 + '<!--<si-->') * 100}</t></si>"
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 100_001))
    return workbook({"串": sheet(cells)}, sharedStrings=f'<sst xmlns="{MAIN}">{inside}</sst>')


def one_cell_of_attributes_without_end() -> bytes:
    """Quadratic for a search that begins anew at each of them."""
    return stored(workbook({"开": HEAD + '<row r="1"><c r="A1" ' + 't="s"' * 3_000_000 + TAIL}))


def one_value_without_end() -> bytes:
    return stored(workbook({"开": HEAD + '<row r="1"><c r="A1"><v>' + "<v>" * 1_000_000 + TAIL}))


def one_cell_of_errors_without_end() -> bytes:
    return stored(
        workbook({"开": repeated(HEAD + '<row r="1">', '<c r="A1" t="e"><v>', 700_000, TAIL)})
    )


def a_million_error_values() -> bytes:
    return stored(workbook({"误": repeated(HEAD, '<row r="1"><c r="A1" t="e"><v>#SPILL!</v></c></row>', 200_000, TAIL)}))  # fmt: skip


def styles_of_a_million_cells() -> bytes:
    return stored(styled("<cellXfs>" + '<xf numFmtId="1" fontId="2"/>' * 1_400_000 + "</cellXfs>"))


def fonts_of_a_million_kinds() -> bytes:
    return styled("<fonts>" + "<font><strike/></font>" * 400_000 + "</fonts>")


def number_formats_of_every_kind() -> bytes:
    return formatted({n: f"0.00&quot;{n}&quot;" for n in range(200, 90_200)})


def number_formats_without_end() -> bytes:
    return stored(formatted({n: "0[" * 100_000 + str(n) for n in range(200, 300)}))


def displays_in_every_cell() -> bytes:
    row = "".join(f'<c r="{letter}{{0}}" s="1"><v>{{0}}</v></c>' for letter in "ABCDEFGHIJ")
    rows = "".join(f'<row r="{n}">{row.format(n)}</row>' for n in range(1, 32_000))
    return formatted({170: "General", 171: "0.00&quot;元&quot;"}, rows)


def rich_values_that_lead_in_circles() -> bytes:
    future = '<bk><rvb i="999999999"/></bk>' * 100_000
    cells = '<bk><rc t="1" v="999999999"/></bk>' * 100_000
    metadata = f'<metadata xmlns="{MAIN}"><futureMetadata name="XLRICHVALUE">{future}</futureMetadata><valueMetadata>{cells}</valueMetadata></metadata>'
    values = "<rvData>" + '<rv s="999999999"><v>8</v></rv>' * 100_000 + "</rvData>"
    structures = '<rvStructures><s t="_error"><k n="errorType"/></s></rvStructures>'
    parts = {"sheetMetadata": metadata, "rdRichValue": values, "rdRichValueStructure": structures}
    cell = '<row r="1"><c r="A1" t="e" vm="999999999"><v>#VALUE!</v></c></row>'
    return workbook({"富": sheet(cell)}, **parts)


def shared_formulas_without_end() -> bytes:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><f t="shared" si="0"/><v>0</v></c></row>'
        for n in range(2, 99_000)
    )
    first = f'<row r="1"><c r="A1"><f t="shared" ref="A1:XFD1048576" si="0">{"A" * 300_000}1</f><v>0</v></c></row>'
    return workbook({"式": sheet(first + rows)})


def formulas_that_all_are_almost_one_reference() -> bytes:
    name = "''" * 60
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><f>\'{name}\'!A</f><v>0</v></c></row>' for n in range(1, 60_000)
    )
    return workbook({"式": sheet(rows)})


def comments_in_a_part_that_never_ends() -> bytes:
    extra = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(("c", "comments", "../comments1.xml")),
        "xl/comments1.xml": "<comments>" + "<comment>" * 700_000,
    }
    return workbook({"注": sheet(f'<row r="1">{inline("A1", "问题编号")}</row>')}, extra=extra)


def blank_texts_of_a_hundred_thousand_kinds() -> bytes:
    blanks = "".join(
        f"<si><t xml:space='preserve'>{' ' * (n % 50 + 1)}</t></si>" for n in range(100_000)
    )
    rows = "".join(
        f'<row r="{n * 10}"><c r="D{n * 10}" t="s"><v>{n}</v></c></row>' for n in range(1, 100_000)
    )
    return workbook({"空": sheet(f'<row r="1">{inline("A1", "问题编号")}</row>{rows}<row r="1048576"><c r="T1048576" s="1"/></row>')}, sharedStrings=f'<sst xmlns="{MAIN}">{blanks}</sst>')  # fmt: skip


def a_line_of_bad_bytes_after_another() -> bytes:
    return ("问题编号,整改措施\n" + "好" * 900 + "\n").encode("gbk") + (
        b"\xd6\xd0" * 990 + b"\xff\n"
    ) * 9000


def one_line_of_quotation_marks() -> bytes:
    return ("问题编号,整改措施\n" + '"",' * 5_000_000).encode()


KINDS: dict[Callable[[], bytes], int | None] = {
    shared_texts_that_claim_four_thousand_millions: 1, the_claim_in_single_quotes_and_odd_blanks: 1, the_claim_behind_a_prefix: 1,
    the_claim_in_a_root_inside_the_root: 1, the_claim_in_utf16: 1, every_count_there_is: 1, a_dimension_among_the_rows: 1,
    a_second_sheet_of_data_behind_the_first: 1, columns_hidden_a_million_times: 1, columns_hidden_in_ranges_that_overlap: 1,
    prefixes_with_strokes_in_their_names: None, long_texts_behind_prefixes: None, long_texts_cut_by_comments: None,
    one_cell_of_attributes_without_end: None, one_value_without_end: None, one_cell_of_errors_without_end: None, a_million_error_values: None,
    styles_of_a_million_cells: None, fonts_of_a_million_kinds: None, number_formats_of_every_kind: None, number_formats_without_end: None,
    displays_in_every_cell: None, rich_values_that_lead_in_circles: 0, shared_formulas_without_end: None,
    formulas_that_all_are_almost_one_reference: 59_999, comments_in_a_part_that_never_ends: 1, blank_texts_of_a_hundred_thousand_kinds: 1,
    a_line_of_bad_bytes_after_another: None, one_line_of_quotation_marks: None,
}  # fmt: skip


@pytest.mark.parametrize("make", KINDS, ids=lambda make: make.__name__)
def test_no_claim_costs_what_it_claims(make: Callable[[], bytes], tmp_path: Path) -> None:
    within_limits(make(), f"{make.__name__}.xlsx", tmp_path, cells=KINDS[make])
