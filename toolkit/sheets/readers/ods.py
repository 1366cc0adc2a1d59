""".ods (OpenDocument), read by ourselves: values, merges, errors, notes, struck text, hidden parts.

calamine is not used here: it gives no merged ranges, and refuses files of some writers that LibreOffice opens.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.packages.gate import LIMITS, SEND, UnreadableFile, open_package, read_member
from toolkit.packages.markup import walk
from toolkit.sheets.blank_links import without_blank_links
from toolkit.sheets.calamine_values import grid_of, plain, refuse_texts
from toolkit.sheets.cell_pictures import with_pictures
from toolkit.sheets.displayed_text import date_as_shown, number_as_shown
from toolkit.sheets.grid import Book, Grid, Mark, Range, Remark, Value
from toolkit.sheets.parts import Parts, require

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from toolkit.sheets.number_format import Display

_TYPES = (
    b"application/vnd.oasis.opendocument.spreadsheet",
    b"application/vnd.oasis.opendocument.spreadsheet-template",
)
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_HIDDEN = ("collapse", "filter")
_ERRORS = ("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "Err:")
_MOST_ROWS, _MOST_COLS, _MOST_SPACES, _MOST_DIGITS = 1_048_576, 16_384, 64, 12


def accepts(data: bytes) -> bool:
    """Whether this is a zip package that declares itself an OpenDocument spreadsheet."""
    if not data.startswith(b"PK\x03\x04") or b"mimetype" not in data:
        return False
    try:
        with open_package(data) as package:
            return read_member(package, "mimetype").strip() in _TYPES
    except UnreadableFile:
        return False


def read(data: bytes, name: str) -> Book:
    """All sheets, hidden ones too; raises UnreadableFile."""
    del name
    with Parts(data) as parts:
        if b"encryption-data" in parts.read("META-INF/manifest.xml"):
            raise UnreadableFile(f"工作簿设置了打开密码；请取消密码，{SEND}")
        content = require(parts, "content.xml")
    grids = tuple(_grid(table) for table in _tables(content))
    refuse_texts(grids)
    return Book("ods", without_blank_links(grids))


@dataclass
class _Table:
    """What is found in one table while it is walked; `row` and `col` are the next ones, from 1."""

    name: str
    hidden: bool
    row: int = 1
    col: int = 1
    rows: list[list[Value]] = field(default_factory=list)
    merges: list[Range] = field(default_factory=list)
    remarks: dict[tuple[int, int], tuple[Remark, ...]] = field(default_factory=dict)
    displays: dict[tuple[int, int], Display] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_cols: set[int] = field(default_factory=set)
    cells: int = 0


def _grid(table: _Table) -> Grid:
    grid = grid_of(table.name, table.rows, table.merges)
    return with_pictures(
        Grid(
            grid.name, grid.rows, grid.merges, table.hidden, frozenset(table.hidden_rows),
            frozenset(table.hidden_cols), MappingProxyType(table.remarks), MappingProxyType(table.displays),
        )
    )  # fmt: skip


def _tables(content: bytes) -> Iterator[_Table]:
    place = _Walk()
    for event, element in walk(content):
        if event == "start":
            place.enter(element)
        elif table := place.leave(element):
            yield table


class _Walk:
    """Goes through content.xml once; a table inside a cell belongs to the cell."""

    def __init__(self) -> None:
        self._struck: set[str] = set()
        self._hidden: set[str] = set()
        self._table: _Table | None = None
        self._inside = 0
        self._cells = 0

    def enter(self, element: Element) -> None:
        if element.tag == f"{_TABLE}table":
            self._inside += 1
            if self._inside == 1:
                style = element.get(f"{_TABLE}style-name", "")
                self._table = _Table(element.get(f"{_TABLE}name", ""), style in self._hidden)

    def leave(self, element: Element) -> _Table | None:
        """Takes in an element that is complete; gives the table that it ends."""
        if element.tag == f"{_STYLE}style":
            _note_style(element, self._struck, self._hidden)
        if element.tag == f"{_TABLE}table":
            self._inside -= 1
            if self._inside == 0:
                element.clear()
                return self._table
        if self._inside == 1 and self._table:
            self._take(element, self._table)
        return None

    def _take(self, element: Element, table: _Table) -> None:
        if element.tag == f"{_TABLE}table-column":
            _note_column(element, table)
        elif element.tag == f"{_TABLE}table-row":
            before = table.cells
            _note_row(element, table, self._struck)
            element.clear()
            self._cells += table.cells - before
            if self._cells > LIMITS.cells:
                raise UnreadableFile(
                    f"工作表“{table.name}”的使用范围异常大；请删除台账以外的空行空列，{SEND}"
                )


def _note_style(style: Element, struck: set[str], hidden: set[str]) -> None:
    name = style.get(f"{_STYLE}name", "")
    text = style.find(f"{_STYLE}text-properties")
    through = (
        []
        if text is None
        else [text.get(f"{_STYLE}text-line-through-{word}") for word in ("style", "type")]
    )
    if next((word for word in through if word), "none") != "none":
        struck.add(name)
    table = style.find(f"{_STYLE}table-properties")
    if table is not None and table.get(f"{_TABLE}display") == "false":
        hidden.add(name)


def _note_column(column: Element, table: _Table) -> None:
    repeated = _number(column, "number-columns-repeated")
    if column.get(f"{_TABLE}visibility") in _HIDDEN:
        table.hidden_cols.update(range(table.col, min(table.col + repeated, _MOST_COLS + 1)))
    table.col += repeated


def _number(element: Element, attribute: str) -> int:
    """A count of one or more; what is no count is one."""
    return max(1, _whole(element.get(f"{_TABLE}{attribute}", "1")))


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < _MOST_DIGITS else 1


def _note_row(line: Element, table: _Table, struck: set[str]) -> None:
    repeated = _number(line, "number-rows-repeated")
    values: list[Value] = []
    for cell in line:
        if cell.tag in _CELLS:
            _note_cell(cell, table, values, struck)
    while values and values[-1] is None:
        values.pop()
    if values:
        table.cells += (table.row - len(table.rows) - 1) // 100 + repeated * len(values)
        if table.cells > LIMITS.cells or table.row + repeated > _MOST_ROWS + 1:
            raise UnreadableFile(
                f"工作表“{table.name}”的使用范围异常大；请删除台账以外的空行空列，{SEND}"
            )
        table.rows.extend([] for _ in range(table.row - len(table.rows) - 1))
        table.rows.extend([values] * repeated)
    if line.get(f"{_TABLE}visibility") in _HIDDEN:
        table.hidden_rows.update(range(table.row, min(table.row + repeated, len(table.rows) + 2)))
    table.row += repeated


def _note_cell(cell: Element, table: _Table, values: list[Value], struck: set[str]) -> None:
    """One cell, as often as it is repeated; blank ones only move on."""
    col = len(values) + 1
    down, across = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
    if down > 1 or across > 1:
        table.merges.append(Range(table.row, col, table.row + down - 1, col + across - 1))
    remarks = (
        tuple(_remarks(cell, struck)) if len(cell) or f"{_TABLE}formula" in cell.attrib else ()
    )
    if remarks:
        table.remarks[table.row, col] = remarks
    failed = any(remark.mark is Mark.ERROR for remark in remarks)
    value = None if failed else _value(cell)
    repeated = _number(cell, "number-columns-repeated")
    if shown := _display(cell, value):
        for offset in range(min(repeated, _MOST_ALIKE)):
            table.displays[table.row, col + offset] = shown
        if len(table.displays) > LIMITS.displays:
            raise UnreadableFile(
                f"工作表“{table.name}”中用数字格式改变显示的单元格超过{LIMITS.displays}个；{SEND}"
            )
    if value is not None and col + repeated - 1 > _MOST_COLS:
        raise UnreadableFile(
            f"工作表“{table.name}”的使用范围异常大；请删除台账以外的空行空列，{SEND}"
        )
    values.extend([value] * min(repeated, _MOST_COLS))


# So many equal cells side by side may each have a display; more of them are no ledger.
_MOST_ALIKE = 64


def _display(cell: Element, value: Value) -> Display | None:
    """What is shown, where it is not the value: the file holds the very text."""
    if type(value) in (int, float):
        return number_as_shown(_shown(cell), float(value))  # type: ignore[arg-type]
    return date_as_shown(_shown(cell)) if isinstance(value, dt.date) else None


_MIDNIGHT = dt.datetime(1900, 1, 1)
_DURATION = re.compile(
    r"P(?:(\d{1,9})D)?T?(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:[.,]\d{1,12})?S)?"
)


def _value(cell: Element) -> Value:
    """What a cell holds, by the type that it declares; a type that contradicts its value gives the words shown."""
    kind = cell.get(f"{_OFFICE}value-type") or cell.get(f"{_CALCEXT}value-type", "")
    shown = _shown(cell)
    try:
        if kind in ("float", "percentage", "currency"):
            return plain(float(cell.get(f"{_OFFICE}value", "")))
        if kind == "date":
            return plain(dt.datetime.fromisoformat(cell.get(f"{_OFFICE}date-value", "")))
    except (ValueError, OverflowError):
        return shown or None
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    if kind == "time" and (found := _DURATION.fullmatch(cell.get(f"{_OFFICE}time-value", ""))):
        days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
        with suppress(OverflowError):
            return _time(dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds))
    return shown or cell.get(f"{_OFFICE}string-value") or None


def _time(length: dt.timedelta) -> Value:
    """A time of the day, or a longer duration."""
    return (_MIDNIGHT + length).time() if length < dt.timedelta(days=1) else length


def _shown(cell: Element) -> str:
    return "\n".join(_words(paragraph) for paragraph in cell.findall(f"{_TEXT}p"))


def _words(element: Element) -> str:
    """The text of a paragraph, with the spaces, tabs and breaks that ODF writes as elements."""
    return "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            yield " " * min(_whole(child.get(f"{_TEXT}c", "1")), _MOST_SPACES)
        elif child.tag == f"{_TEXT}tab":
            yield "\t"
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag not in (f"{_TEXT}ruby-text", f"{_OFFICE}annotation"):
            yield from _pieces(child)
        yield child.tail or ""


def _remarks(cell: Element, struck: set[str]) -> Iterator[Remark]:
    text = _shown(cell)
    kind = cell.get(f"{_CALCEXT}value-type") or cell.get(f"{_OFFICE}value-type", "")
    formula = cell.get(f"{_TABLE}formula", "").partition(":")[2]
    if kind == "error" or (formula and text.startswith(_ERRORS)):
        yield Remark(Mark.ERROR, text or "#N/A")
    elif formula:
        yield Remark(Mark.FORMULA if text or kind else Mark.UNCALCULATED, formula)
    if cell.get(f"{_TABLE}style-name", "") in struck and text:
        yield Remark(Mark.STRUCK, text)
    elif spans := "".join(
        _words(span)
        for paragraph in cell.findall(f"{_TEXT}p")
        for span in paragraph.iter(f"{_TEXT}span")
        if span.get(f"{_TEXT}style-name") in struck
    ):
        yield Remark(Mark.STRUCK, spans)
    for note in cell.findall(f"{_OFFICE}annotation"):
        yield Remark(
            Mark.COMMENT, "\n".join(_words(paragraph) for paragraph in note.findall(f"{_TEXT}p"))
        )
