"""Tables of an official paper: data under a head that repeats on every page, and printed forms with labelled boxes.

Both are as wide as the 版心 (156 mm) and centred, so that nothing stands outside it (5.2.1); built as elements, since
python-docx's own cells grow with the square of their number.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.gongwen import wordml
from toolkit.gongwen.lengths import ZERO, Length, mm, pt, twips
from toolkit.gongwen.wordml import w
from toolkit.gongwen.xml import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

WIDTH = mm(156)
# A row of text in a table, by its size: exact heights, so that the grid of the page does not stretch it.
_LINE = 1.3
_RULE, _PADDING = pt(0.5), twips(57)


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
    """Fonts of a table: of its head or labels, of its text, and the size of both."""

    head: str
    text: str
    size: Length


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], faces: Faces) -> _Element:
    """A table with a head that repeats on each page; no row is broken over two pages."""
    widths = _scaled([column.width_mm for column in columns])
    aligns = [column.align for column in columns]
    head = (
        _cell(column.header, width, "center", faces.head, faces.size)
        for column, width in zip(columns, widths, strict=True)
    )
    whole = _table(widths)
    whole.append(w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *head))
    for row in rows:
        whole.append(w("tr", w("trPr", w("cantSplit")), *_cells(row, widths, aligns, faces)))
    return whole


def form(rows: Sequence[Sequence[Cell]], widths_mm: Sequence[float], faces: Faces) -> _Element:
    """A printed form: rows of boxes over common columns; labels are centred in the head's font."""
    widths = _scaled(widths_mm)
    whole = _table(widths)
    for row in rows:
        height = mm(max(cell.height_mm for cell in row))
        rule = [w("trHeight", val=height.twips, hRule="atLeast")] if height else []
        line = w("tr", w("trPr", w("cantSplit"), *rule))
        place = 0
        for cell in row:
            width = sum(widths[place : place + cell.span], ZERO)
            face, align = (faces.head, "center") if cell.is_label else (faces.text, cell.align)
            line.append(_cell(cell.text, width, align, face, faces.size, cell.span))
            place += cell.span
        whole.append(line)
    return whole


def _scaled(widths_mm: Sequence[float]) -> list[Length]:
    """The same proportions, filling the 版心 exactly, in whole twips."""
    whole, wide = sum(widths_mm), WIDTH.twips
    edges = [round(wide * sum(widths_mm[:number]) / whole) for number in range(len(widths_mm) + 1)]
    return [twips(after - before) for before, after in pairwise(edges)]


def _cells(
    row: Sequence[str], widths: Sequence[Length], aligns: Sequence[str], faces: Faces
) -> Iterator[_Element]:
    for content, width, align in zip(row, widths, aligns, strict=True):
        yield _cell(content, width, align, faces.text, faces.size)


def _cell(
    content: str, width: Length, align: str, face: str, size: Length, span: int = 1
) -> _Element:
    spanned = [w("gridSpan", val=span)] if span > 1 else []
    wide = w("tcW", w=width.twips, type="dxa")
    box = w("tcPr", wide, *spanned, w("vAlign", val="center"))
    return w("tc", box, *(_paragraph(line, align, face, size) for line in content.split("\n")))


def _paragraph(content: str, align: str, face: str, size: Length) -> _Element:
    made = copy.deepcopy(_prototype(align, face, size))
    run = made[-1]
    if content:
        run[-1].text = printable(content)
    else:
        made.remove(run)
    return made


@lru_cache(maxsize=64)
def _prototype(align: str, face: str, size: Length) -> _Element:
    """A paragraph of a box, to be copied: a table has thousands that differ in their text alone."""
    spacing = wordml.rows(size * _LINE, "atLeast")
    mark = w("rPr", *_look(face, size))
    properties = w("pPr", wordml.style("Normal"), spacing, wordml.align(align), mark)
    return w("p", properties, wordml.run(*_look(face, size), content=""))


def _look(face: str, size: Length) -> tuple[_Element, ...]:
    return (wordml.fonts(face), wordml.tracking(0), *wordml.sizes(size))


def _table(widths: Sequence[Length]) -> _Element:
    """A table without rows."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = [w(side, val="single", sz=_RULE.eighths, space=0, color="000000") for side in sides]
    padding = [w(side, w=_PADDING.twips, type="dxa") for side in ("left", "right")]
    properties = w(
        "tblPr",
        w("tblW", w=WIDTH.twips, type="dxa"),
        wordml.align("center"),
        w("tblBorders", *borders),
        w("tblLayout", type="fixed"),
        w("tblCellMar", *padding),
    )
    grid = w("tblGrid", *(w("gridCol", w=width.twips) for width in widths))
    return w("tbl", properties, grid)
