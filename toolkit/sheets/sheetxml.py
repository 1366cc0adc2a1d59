"""One worksheet's XML in its usual form, measured before any parser allocates for it.

Excel, WPS, LibreOffice, openpyxl and xlsxwriter all write `<row r="4" …><c r="A4" s="1" t="s"><v>7</v></c>`. Searching
bytes of that form costs a tenth of parsing them, so whatever is written otherwise (prefixes, single quotes, comments,
no references) is rewritten into it first; blank formatted cells far out are dropped.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING
from xml.parsers import expat  # entities are refused before; expat is fed nothing else

from toolkit.sheets.escapes import escape, quoteattr
from toolkit.sheets.gate import BROKEN, LIMITS, SEND, Limits, UnreadableFile
from toolkit.sheets.grid import address, column_number
from toolkit.sheets.markup import refuse_entities, refuse_tags

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MOST_ROWS, MOST_COLS = 1_048_576, 16_384
_UNUSUAL = re.compile(
    rb"""<(?:c(?! r="[A-Z]{1,3}[1-9]\d{0,6}"[ />])(?![a-zA-Z])|row(?! r="[1-9]\d{0,6}"[ />])(?![a-zA-Z])|\w+:(?:c|row)\b)"""
)
_FAR = re.compile(rb'r="(?:[A-Z]{2}|[A-Z]\d{5})')
_REFERENCE = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_BLANK_CELL = re.compile(rb'<c r="[^<>]*(?:/>|></c>)')
_BLANK_ROW = re.compile(rb'<row r="[^<>]*(?:/>|></row>)')


def usual_form(xml: bytes, limits: Limits = LIMITS) -> bytes:
    """The sheet as the usual writers write it: the same bytes for nearly every file. Raises UnreadableFile."""
    if not (_UNUSUAL.search(xml) or b"='" in xml or b"<!" in xml):
        return xml
    refuse_entities(xml)
    refuse_tags(xml, limits)
    return _Rewriter().rewritten(xml)


def without_blanks(xml: bytes) -> bytes:
    """Without cells and rows that hold nothing but a format (a million of them are common and mean nothing)."""
    return _BLANK_ROW.sub(b"", _BLANK_CELL.sub(b"", xml))


def is_small(xml: bytes) -> bool:
    """Whether no cell stands beyond Z9999, which one quick search tells."""
    return not _FAR.search(xml)


def extent(xml: bytes) -> tuple[int, int]:
    """The last row and column that hold a cell; (0, 0) for none."""
    last_row, letters = 0, set()
    for column, row in _REFERENCE.findall(xml):
        last_row = max(last_row, int(row))
        letters.add(column)
    return last_row, max((column_number(column.decode()) for column in letters), default=0)


def cells(xml: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each cell of a sheet in its usual form: (reference and other attributes, what is inside)."""
    pieces = iter(xml.split(b'<c r="'))
    next(pieces)
    for piece in pieces:
        head, _, rest = piece.partition(b">")
        yield head, b"" if head.endswith(b"/") else rest.partition(b"</c>")[0]


def hidden_rows(xml: bytes) -> frozenset[int]:
    """The rows that are hidden, by hand or by a filter."""
    heads = (piece.partition(b">")[0] for piece in xml.split(b'<row r="')[1:])
    return frozenset(int(head.partition(b'"')[0]) for head in heads if _is_hidden(head))


def hidden_cols(xml: bytes) -> frozenset[int]:
    """The columns that are hidden."""
    found: set[int] = set()
    for piece in xml.partition(b"<sheetData")[0].split(b"<col ")[1:]:
        head = piece.partition(b">")[0]
        ends = re.search(rb'\bmin="(\d{1,5})"', head), re.search(rb'\bmax="(\d{1,5})"', head)
        if _is_hidden(head) and ends[0] and ends[1]:
            found.update(range(int(ends[0][1]), min(int(ends[1][1]), MOST_COLS) + 1))
    return frozenset(found)


def _is_hidden(head: bytes) -> bool:
    return b'hidden="1"' in head or b'hidden="true"' in head


class _Rewriter:
    """Writes a worksheet anew: rows and cells with references, values, formulas, inline text, merges, hidden parts."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._merges: list[str] = []
        self._row = self._col = 0
        self._open: list[str] = []

    def rewritten(self, xml: bytes) -> bytes:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(xml, True)  # noqa: FBT003 - expat's own signature
        except (expat.ExpatError, ValueError, LookupError) as broken:
            raise UnreadableFile(BROKEN) from broken
        if self._merges:
            self._out.append(_tag("mergeCells"))
            self._out += [_tag("mergeCell", {"ref": ref}, "/>") for ref in self._merges]
            self._out.append(_end_tag("mergeCells"))
        self._out.append(_end_tag("worksheet"))
        return "".join(self._out).encode()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self._open.append(name)
        if name == "worksheet":
            self._out.append(_tag("worksheet", {"xmlns": _MAIN}))
        elif name == "row":
            number = attributes.get("r", "")
            self._row = _bounded(int(number) if number.isdecimal() else self._row + 1, MOST_ROWS)
            self._col = 0
            hidden = {"hidden": "1"} if attributes.get("hidden") in ("1", "true") else {}
            self._out.append(_tag("row", {"r": str(self._row), **hidden}))
        elif name == "c":
            self._cell(attributes)
        elif name == "mergeCell":
            self._merges.append(attributes.get("ref", ""))
        elif name == "t" and attributes.get("xml:space") == "preserve":
            self._out.append(_tag("t", {"xml:space": "preserve"}))
        elif name in ("sheetData", "cols", "is", "r", "rPr", "t", "v", "f"):
            self._out.append(_tag(name))
        elif name in ("col", "strike"):
            self._out.append(_tag(name, attributes, "/>"))

    def _cell(self, attributes: dict[str, str]) -> None:
        reference = re.fullmatch(r"([A-Za-z]{1,3})(\d{1,7})", attributes.get("r", ""))
        if reference:
            self._row = _bounded(int(reference[2]), MOST_ROWS)
            self._col = _bounded(column_number(reference[1].upper()), MOST_COLS)
        else:
            self._col = _bounded(self._col + 1, MOST_COLS)
            self._row = max(self._row, 1)
        kept: dict[str, str] = {key: attributes[key] for key in ("s", "t") if key in attributes}
        self._out.append(_tag("c", {"r": address(self._row, self._col), **kept}))

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        self._open.pop()
        if name in ("row", "c", "sheetData", "cols", "is", "r", "rPr", "t", "v", "f"):
            self._out.append(_end_tag(name))

    def _text(self, text: str) -> None:
        place = self._open[-1] if self._open else ""
        if place in ("v", "f") or (place == "t" and "rPh" not in self._open):
            self._out.append(escape(text, {"\r": "&#13;"}))


_NOTHING: Mapping[str, str] = MappingProxyType({})


def _tag(name: str, attributes: Mapping[str, str] = _NOTHING, end: str = ">") -> str:
    """A start tag; what a sheet of a million cells says is not held as a tree."""
    kept = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return "<" + name + kept + end


def _end_tag(name: str) -> str:
    return "</" + name + ">"


def _bounded(number: int, most: int) -> int:
    if not 0 < number <= most:
        raise UnreadableFile(f"工作表的单元格位置异常，为安全起见未打开；{SEND}")
    return number
