"""One worksheet's XML in its usual form, measured before any parser allocates for it.

Excel, WPS, LibreOffice, openpyxl and xlsxwriter all write `<row r="4" …><c r="A4" s="1" t="s"><v>7</v></c>`. Searching
bytes of that form costs a tenth of parsing them, so whatever is written otherwise (prefixes, single quotes, comments,
no references) is rewritten into it first; blank formatted cells far out are dropped. What stands around the cells –
dimensions, columns, merges, extensions – is read here or left out: no claim of it reaches the parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.packages.gate import LIMITS, Limits
from toolkit.packages.markup import refuse_entities, refuse_tags
from toolkit.sheets.grid import MOST_COLS, Range, column_number, read_range
from toolkit.sheets.shared_texts import is_blank
from toolkit.sheets.sheetxml_rewrite import rewritten

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence, Sized

    _Wanted = Callable[[bytes, bytes], bool]

_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OPENED, _DATA = b'<worksheet xmlns="' + _MAIN + b'"><sheetData>', b"<sheetData"
_CLOSED = b"</sheetData></worksheet>"
# A cell as the usual writers write it, the commonest first; one with a shared text says nothing but its number.
_UNUSUAL_CELL = re.compile(
    rb"""<c(?!\ r="[A-Z]{1,3}[1-9]\d{0,6}"(?:\ s="\d{1,6}")?(?:
        \ t="s"><v>\d{1,7}</v></c>
        |/>|><v>|><f
        |\ t="s"\ s="\d{1,6}"><v>\d{1,7}</v></c>
        |(?!\ t="s")(?:\ (?:s|t|cm|vm|ph)="\w{1,9}")*[/>]))(?![a-zA-Z])""",
    re.VERBOSE,
)
_UNUSUAL_ROW = re.compile(rb'<row(?! r="[1-9]\d{0,6}"[ />])(?![a-zA-Z])')
# Elements with a prefix, whatever it is called; figures written as character references, and with blanks before them.
_PREFIXED = re.compile(rb":(?:c|row|v|is|t|f)[\s/>]")
_REFERRED = re.compile(rb"<v>[-+.\deE]*&#")
_SPACED = re.compile(rb"<v>\s")
_FAR = re.compile(rb'r="(?:[A-Z]{2}|[A-Z]\d{5})')
_REFERENCE = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_BLANK_CELL = re.compile(rb'<c r="[^<>]*(?:/>|></c>)')
_BLANK_ROW = re.compile(rb'<row r="[^<>]*(?:/>|></row>)')
_MERGE = re.compile(rb'<mergeCell\b[^<>]*?\bref="([^"<>]{2,60})"')
_VALUE = re.compile(rb"<v(?:\s[^<>]*)?>([^<]*)</v>")


@dataclass(frozen=True, slots=True)
class SheetXml:
    """A worksheet taken apart: its cells in the usual form, and what was read of all else.

    `lost` are the places of cells whose text is in no table.
    """

    cells: bytes
    merges: tuple[Range, ...]
    hidden_cols: frozenset[int]
    hides_zeros: bool
    lost: frozenset[tuple[int, int]] = frozenset()


def take_apart(
    xml: bytes, texts: Sized, *, anew: bool = False, limits: Limits = LIMITS
) -> SheetXml:
    """A worksheet of any writer. Raises UnreadableFile.

    `texts` are the shared texts, counted only where a cell is written anew; with `anew` all cells are, and each value is
    held against its type.
    """
    found: Sequence[bytes] | None = _parts(xml)
    lost: frozenset[tuple[int, int]] = frozenset()
    if found is None or anew or _is_unusual(*found):
        refuse_entities(xml)
        refuse_tags(xml, limits)
        *found, lost = rewritten(xml, len(texts))
    head, cells, tail = found
    hides_zeros = b'showZeros="0"' in head or b'showZeros="false"' in head
    return SheetXml(cells, tuple(_merges(tail)), _hidden_cols(head), hides_zeros, lost)


def _parts(xml: bytes) -> tuple[bytes, bytes, bytes] | None:
    """What stands before the cells, the cells, what stands behind; None where they do not stand as usual."""
    start = xml.find(_DATA)
    opened = xml.find(b">", start)
    if start < 0 or opened < 0:
        return None
    if xml[opened - 1 : opened] == b"/":
        return xml[:start], b"", xml[opened + 1 :]
    end = xml.find(b"</sheetData>", opened)
    return (xml[:start], xml[opened + 1 : end], xml[end:]) if end >= 0 else None


def _is_unusual(head: bytes, cells: bytes, tail: bytes) -> bool:
    return bool(
        any(b"='" in part for part in (head, tail))  # in cells it stands in formulas
        or any(b"<!" in part for part in (head, cells, tail))
        or _UNUSUAL_CELL.search(cells)
        or _UNUSUAL_ROW.search(cells)
        or _PREFIXED.search(cells)
        or _SPACED.search(cells)
        or (b"&#" in cells and _REFERRED.search(cells))
    )


def for_parser(cells: bytes) -> bytes:
    """A worksheet that holds these cells and nothing else; those with an error value are left out."""
    kept = _without_errors(cells) if b't="e"' in cells else cells
    return b"".join((_OPENED, kept, _CLOSED))


def _without_errors(cells: bytes) -> bytes:
    """Error values are read elsewhere; the parser refuses a workbook for each that it does not know."""
    return _kept(cells, lambda head, _: b't="e"' not in head)


def _kept(cells: bytes, wanted: _Wanted) -> bytes:
    """The cells of which `wanted(head, inside)` is true, everything between them as it was."""
    pieces = cells.split(b'<c r="')
    kept = [pieces[0]]
    for piece in pieces[1:]:
        head, closed, rest = piece.partition(b">")
        if head.endswith(b"/"):
            inside, after = b"", rest
        else:
            inside, _, after = rest.partition(b"</c>")
        kept += [b'<c r="', piece] if not closed or wanted(head, inside) else [after]
    return b"".join(kept)


def without_formats(cells: bytes) -> bytes:
    """Without cells and rows that hold nothing but a format (a million of them are common and mean nothing)."""
    return _BLANK_ROW.sub(b"", _BLANK_CELL.sub(b"", cells))


def without_blanks(cells: bytes, blank_texts: Collection[bytes]) -> bytes:
    """Without cells that show nothing either: blanks typed far below, formulas that give "".

    `blank_texts` are the numbers of the shared texts that consist of blanks.
    """
    return _BLANK_ROW.sub(b"", _kept(cells, lambda head, inside: _shows(head, inside, blank_texts)))


def _shows(head: bytes, inside: bytes, blank_texts: Collection[bytes]) -> bool:
    if b' t="s"' in head:
        return inside[3:-4] not in blank_texts  # <v>7</v>
    if b"<is>" in inside:
        return not is_blank(inside)
    value = _VALUE.search(inside)
    if value is None:
        return b"<f" in inside and b' t="str"' not in head  # never calculated: that must be said
    return not is_blank(value[1])


def is_small(cells: bytes) -> bool:
    """Whether no cell stands beyond Z9999, which one quick search tells."""
    return not _FAR.search(cells)


def extent(cells: bytes) -> tuple[int, int]:
    """The last row and column that hold a cell; (0, 0) for none."""
    last_row, letters = 0, set()
    for column, row in _REFERENCE.findall(cells):
        last_row = max(last_row, int(row))
        letters.add(column)
    return last_row, max((column_number(column.decode()) for column in letters), default=0)


def each_cell(cells: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each cell in its usual form: (reference and other attributes, what is inside)."""
    pieces = iter(cells.split(b'<c r="'))
    next(pieces)
    for piece in pieces:
        head, _, rest = piece.partition(b">")
        yield head, b"" if head.endswith(b"/") else rest.partition(b"</c>")[0]


def hidden_rows(cells: bytes) -> frozenset[int]:
    """The rows that are hidden, by hand or by a filter."""
    if b"hidden=" not in cells:
        return frozenset()
    heads = (piece.partition(b">")[0] for piece in cells.split(b'<row r="')[1:])
    return frozenset(int(head.partition(b'"')[0]) for head in heads if _is_hidden(head))


def _hidden_cols(head: bytes) -> frozenset[int]:
    """The columns that are hidden; a range is counted once however often it is written."""
    ranges = set()
    for piece in head.split(b"<col ")[1:] if b"hidden=" in head else ():
        column = piece.partition(b">")[0]
        ends = re.search(rb'\bmin="(\d{1,5})"', column), re.search(rb'\bmax="(\d{1,5})"', column)
        if _is_hidden(column) and ends[0] and ends[1]:
            ranges.add((int(ends[0][1]), min(int(ends[1][1]), MOST_COLS)))
    found: set[int] = set()
    reached = 0
    for first, last in sorted(ranges):
        found.update(range(max(first, reached + 1), last + 1))
        reached = max(reached, last)
    return frozenset(found)


def _is_hidden(head: bytes) -> bool:
    return b'hidden="1"' in head or b'hidden="true"' in head


def _merges(tail: bytes) -> Iterator[Range]:
    """The merged blocks, however their references are written; what is no reference merges nothing."""
    for reference in _MERGE.findall(tail):
        merge = read_range(reference.decode("utf-8", "replace"))
        if merge:
            yield merge
