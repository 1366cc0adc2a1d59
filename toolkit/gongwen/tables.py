"""Tables of an official paper: data under a head that repeats on every page, and printed forms with labelled boxes.

Both are as wide as the 版心 (8844 twips) and centred, so that nothing stands outside it (5.2.1); built as elements, since
python-docx's own cells grow with the square of their number.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from toolkit.gongwen.elements import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

WIDTH = 8844
_TWIPS_PER_MM = 1440 / 25.4
# A row of text in a table, by its size in half points: exact heights, so that the grid of the page does not stretch it.
_LINE = 1.3


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its heading, its width in mm (scaled so that all fill the 版心), left, center or right."""

    header: str
    width_mm: float
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Cell:
    """One box of a form: its text (its lines one below the other), how many columns it spans, least height in mm, whether it is a label."""

    text: str
    span: int = 1
    height_mm: float = 0.0
    is_label: bool = False
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Faces:
    """Fonts of a table: of its head or labels, of its text, and the size in half points."""

    head: str = "黑体"
    text: str = "仿宋_GB2312"
    size: int = 24


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], faces: Faces) -> _Element:
    """A table with a head that repeats on each page; no row is broken over two pages."""
    widths = _scaled([column.width_mm for column in columns])
    aligns = [column.align for column in columns]
    head = "".join(
        _cell(column.header, width, "center", faces.head, faces.size)
        for column, width in zip(columns, widths, strict=True)
    )
    body = "".join(
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{_cells(row, widths, aligns, faces)}</w:tr>"
        for row in rows
    )
    first = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"
    return _table(widths, first + body)


def form(rows: Sequence[Sequence[Cell]], widths_mm: Sequence[float], faces: Faces) -> _Element:
    """A printed form: rows of boxes over common columns; labels are centred in the head's font."""
    widths = _scaled(widths_mm)
    lines = []
    for row in rows:
        place, boxes = 0, []
        for cell in row:
            width = sum(widths[place : place + cell.span])
            face, align = (faces.head, "center") if cell.is_label else (faces.text, cell.align)
            boxes.append(_cell(cell.text, width, align, face, faces.size, cell.span))
            place += cell.span
        height = round(max(cell.height_mm for cell in row) * _TWIPS_PER_MM)
        rule = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
        lines.append(f"<w:tr><w:trPr><w:cantSplit/>{rule}</w:trPr>{''.join(boxes)}</w:tr>")
    return _table(widths, "".join(lines))


def _scaled(widths_mm: Sequence[float]) -> list[int]:
    """The same proportions in twips, filling the 版心 exactly."""
    whole = sum(widths_mm)
    edges = [round(WIDTH * sum(widths_mm[:number]) / whole) for number in range(len(widths_mm) + 1)]
    return [after - before for before, after in pairwise(edges)]


def _cells(row: Sequence[str], widths: Sequence[int], aligns: Sequence[str], faces: Faces) -> str:
    return "".join(
        _cell(text, width, align, faces.text, faces.size)
        for text, width, align in zip(row, widths, aligns, strict=True)
    )


def _cell(text: str, width: int, align: str, font: str, size: int, span: int = 1) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    paragraphs = "".join(_paragraph(line, align, font, size) for line in text.split("\n"))
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}<w:vAlign w:val="center"/></w:tcPr>{paragraphs}</w:tc>'


def _paragraph(text: str, align: str, font: str, size: int) -> str:
    line = round(size * 10 * _LINE)
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
    run = f'{fonts}<w:spacing w:val="0"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    said = (
        f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{escape(printable(text))}</w:t></w:r>'
        if text
        else ""
    )
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Normal"/><w:spacing w:before="0" w:after="0" w:line="{line}" w:lineRule="atLeast"/>'
        f'<w:jc w:val="{align}"/><w:rPr>{run}</w:rPr></w:pPr>{said}</w:p>'
    )


def _table(widths: Sequence[int], rows: str) -> _Element:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{sides}'
        f'</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )
