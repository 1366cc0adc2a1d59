""".ods (OpenDocument): values by calamine; merges, errors, notes, struck text and hidden parts from content.xml."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.sheets import values
from toolkit.sheets.gate import LIMITS, SEND, UnreadableFile, open_package, read_member, refuse_entities
from toolkit.sheets.grid import Book, Grid, Mark, Range, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_HIDDEN = ("collapse", "filter")
_ERRORS = ("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "Err:")


def accepts(data: bytes) -> bool:
    """Whether this is a zip package that declares itself an OpenDocument spreadsheet."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return read_member(package, "mimetype").startswith(_TYPE)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, UnreadableFile):
        return False


def read(data: bytes, name: str) -> Book:
    """All sheets with what stands in them besides their values."""
    with open_package(data) as package:
        content = read_member(package, "content.xml")
    refuse_entities(content)
    tables = {table.name: table for table in _tables(content)}
    del content
    return Book("ods", tuple(_with_facts(grid, tables.get(grid.name)) for grid in values.read(data, name)))


@dataclass
class _Table:
    """What is found in one table while it is walked."""

    name: str
    hidden: bool
    row: int = 1
    merges: list[Range] = field(default_factory=list)
    remarks: dict[tuple[int, int], tuple[Remark, ...]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: set[int] = field(default_factory=set)
    cols: int = 1
    cells: int = 0


def _with_facts(grid: Grid, table: _Table | None) -> Grid:
    if table is None:
        return grid
    return Grid(
        grid.name, grid.rows, tuple(table.merges), table.hidden, frozenset(table.hidden_rows),
        frozenset(table.hidden_cols), MappingProxyType(table.remarks),
    )  # fmt: skip


def _tables(content: bytes) -> Iterator[_Table]:
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    struck: set[str] = set()
    hidden: set[str] = set()
    table: _Table | None = None
    try:
        for event, element in ElementTree.iterparse(io.BytesIO(content), events=("start", "end")):
            if event == "start":
                if element.tag == f"{_TABLE}table" and table is None:
                    style = element.get(f"{_TABLE}style-name", "")
                    table = _Table(element.get(f"{_TABLE}name", ""), style in hidden)
            elif element.tag == f"{_STYLE}style":
                _note_style(element, struck, hidden)
            elif table and element.tag == f"{_TABLE}table-column":
                _note_column(element, table)
            elif table and element.tag == f"{_TABLE}table-row":
                _note_row(element, table, struck)
                element.clear()
            elif table and element.tag == f"{_TABLE}table":
                yield table
                table = None
                element.clear()
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as broken:
        raise UnreadableFile(f"文件已损坏或格式不规范，无法读取；{SEND}") from broken


def _note_style(style: Element, struck: set[str], hidden: set[str]) -> None:
    name = style.get(f"{_STYLE}name", "")
    text = style.find(f"{_STYLE}text-properties")
    through = [] if text is None else [text.get(f"{_STYLE}text-line-through-{word}") for word in ("style", "type")]
    if next((word for word in through if word), "none") != "none":
        struck.add(name)
    table = style.find(f"{_STYLE}table-properties")
    if table is not None and table.get(f"{_TABLE}display") == "false":
        hidden.add(name)


def _note_column(column: Element, table: _Table) -> None:
    repeated = _number(column, "number-columns-repeated")
    if column.get(f"{_TABLE}visibility") in _HIDDEN:
        table.hidden_cols.update(range(table.cols, min(table.cols + repeated, 1000)))
    table.cols += repeated


def _number(element: Element, attribute: str) -> int:
    return int(element.get(f"{_TABLE}{attribute}", 1))


def _note_row(line: Element, table: _Table, struck: set[str]) -> None:
    repeated = _number(line, "number-rows-repeated")
    if line.get(f"{_TABLE}visibility") in _HIDDEN:
        table.hidden_rows.update(range(table.row, min(table.row + repeated, table.row + 10_000)))
    col = 1
    filled = 0
    for cell in line:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        down, across = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
        if down > 1 or across > 1:
            table.merges.append(Range(table.row, col, table.row + down - 1, col + across - 1))
        remarks = tuple(_remarks(cell, struck)) if len(cell) or cell.attrib else ()
        if remarks:
            table.remarks[table.row, col] = remarks
        col += _number(cell, "number-columns-repeated")
        if len(cell):
            filled = col
    if filled:
        table.cells = max(table.cells, (table.row + repeated) * filled)
    if table.cells > LIMITS.cells:
        raise UnreadableFile(f"工作表“{table.name}”的使用范围异常大；请删除台账以外的空行空列，{SEND}")
    table.row += repeated


def _remarks(cell: Element, struck: set[str]) -> Iterator[Remark]:
    text = "\n".join("".join(p.itertext()) for p in cell.findall(f"{_TEXT}p"))
    kind = cell.get(f"{_CALCEXT}value-type") or cell.get(f"{_OFFICE}value-type", "")
    formula = cell.get(f"{_TABLE}formula", "").partition(":")[2]
    if kind == "error" or (formula and text.startswith(_ERRORS)):
        yield Remark(Mark.ERROR, text or "#N/A")
    if formula:
        yield Remark(Mark.FORMULA if text or kind else Mark.UNCALCULATED, formula)
    if cell.get(f"{_TABLE}style-name", "") in struck and text:
        yield Remark(Mark.STRUCK, text)
    elif spans := "".join(
        "".join(span.itertext()) for span in cell.iter(f"{_TEXT}span") if span.get(f"{_TEXT}style-name") in struck
    ):
        yield Remark(Mark.STRUCK, spans)
    for note in cell.findall(f"{_OFFICE}annotation"):
        yield Remark(Mark.COMMENT, "\n".join("".join(p.itertext()) for p in note.findall(f"{_TEXT}p")))
