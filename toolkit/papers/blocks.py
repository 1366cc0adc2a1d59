"""What papers are made of: paragraphs, tables, forms, charts as plain values, each number in them tied to its figure.

A block is written once, as elements of Word, and read back by a second hand, which expects its `lines` in the same order.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from toolkit.figures.printed import Line, Piece, Printed, Quoted, Ref, Source, text_of
from toolkit.gongwen.chart import BarChart, chart_paragraph
from toolkit.gongwen.comments import Comment, add_comments
from toolkit.gongwen.elements import paragraph, title
from toolkit.gongwen.lengths import Length, pt
from toolkit.gongwen.picture import picture_paragraph
from toolkit.gongwen.revisions import mark_paragraph
from toolkit.gongwen.styles import BODY, HEADING2
from toolkit.gongwen.tables import Cell, Column, Faces, form, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from docx.document import Document
    from lxml.etree import _Element

    from toolkit.gongwen.styles import Fonts
    from toolkit.papers.part_two import Group

AUTHOR = "整改台账工具箱"


@dataclass(frozen=True, slots=True)
class Setting:
    """The document that blocks are written into, with the fonts of the house and the only time in the file."""

    document: Document
    fonts: Fonts
    created: datetime


class Block(Protocol):
    """A part of a paper."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """The paragraphs that a reader sees, in their order; those without text may be left out."""

    def elements(self, setting: Setting) -> Sequence[_Element]:
        """The elements of WordprocessingML."""


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph."""

    line: Line
    style: str = BODY
    is_centred: bool = False

    @property
    def lines(self) -> tuple[Line, ...]:
        """Itself."""
        return (self.line,)

    def elements(self, setting: Setting) -> Sequence[_Element]:
        """One paragraph."""
        del setting
        return [paragraph(self.style, text_of(self.line), centred=self.is_centred)]


def blank() -> Text:
    """A blank row of the standard."""
    return Text(("",), style="Normal")


@dataclass(frozen=True, slots=True)
class PageTitle:
    """A title at the head of a new page."""

    text: str

    @property
    def lines(self) -> tuple[Line, ...]:
        """The title."""
        return ((self.text,),)

    def elements(self, setting: Setting) -> Sequence[_Element]:
        """The title, broken by the standard, after a page break."""
        del setting
        return [on_new_page(title(self.text))]


def on_new_page(element: _Element) -> _Element:
    """The same paragraph, beginning a page."""
    properties = element[0]
    properties.insert(1, properties.makeelement(f"{{{element.nsmap['w']}}}pageBreakBefore", {}))
    return element


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a head that repeats; `size` is that of its text."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Line, ...], ...]
    size: Length = pt(10.5)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Its head, then cell by cell, line by line."""
        head = tuple((Quoted(column.header, Source.LABEL),) for column in self.columns)
        return (*head, *(line for row in self.rows for cell in row for line in split(cell)))

    def elements(self, setting: Setting) -> Sequence[_Element]:
        """One table."""
        rows = [[text_of(cell) for cell in row] for row in self.rows]
        return [table(self.columns, rows, _faces(setting, self.size))]


def _faces(setting: Setting, size: Length) -> Faces:
    return Faces(head=setting.fonts.heading1, text=setting.fonts.body, size=size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One box of a form: what stands in it, how many columns it spans, its least height in mm."""

    line: Line
    span: int = 1
    height_mm: float = 0.0
    is_label: bool = False
    align: str = "left"


def label(text: str, height_mm: float = 0.0) -> Box:
    """A box with a printed label."""
    return Box(line=(text,), height_mm=height_mm, is_label=True)


@dataclass(frozen=True, slots=True)
class Form:
    """A printed form over common columns of these widths in mm; `size` is that of its text."""

    rows: tuple[tuple[Box, ...], ...]
    widths_mm: tuple[float, ...]
    size: Length = pt(12)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Box by box, line by line."""
        return tuple(line for row in self.rows for box in row for line in split(box.line))

    def elements(self, setting: Setting) -> Sequence[_Element]:
        """One table of boxes."""
        rows = [[_cell(box) for box in row] for row in self.rows]
        return [form(rows, self.widths_mm, _faces(setting, self.size))]


# A row of one line of 12 pt text with room to write in it by hand.
_LEAST_ROW_MM = 10.0


def _cell(box: Box) -> Cell:
    return Cell(
        text_of(box.line),
        span=box.span,
        height_mm=max(box.height_mm, _LEAST_ROW_MM),
        is_label=box.is_label,
        align=box.align,
    )


def split(line: Line) -> Iterator[Line]:
    """A line with breaks in it as the paragraphs that it becomes in a box."""
    current: list[Piece] = []
    for piece in line:
        first, *rest = _cut(piece)
        current.append(first)
        for part in rest:
            yield tuple(current)
            current = [part]
    yield tuple(current)


def _cut(piece: Piece) -> list[Piece]:
    """A piece at its line breaks; a number has none."""
    if isinstance(piece, Printed):
        return [piece]
    if isinstance(piece, Quoted):
        return [Quoted(text, piece.source, piece.name) for text in piece.text.split("\n")]
    return list(piece.split("\n"))


@dataclass(frozen=True, slots=True)
class Bars:
    """A native chart; `refs` say, series by series and bar by bar, what each value stands for."""

    chart: BarChart
    refs: tuple[tuple[Ref, ...], ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """None: its words stand in the chart."""
        return ()

    def elements(self, setting: Setting) -> Sequence[_Element]:
        """The paragraph that shows the chart; its parts go into the document."""
        return [chart_paragraph(setting.document, self.chart, setting.created)]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in a paragraph of its own."""

    data: bytes
    width_mm: float

    @property
    def lines(self) -> tuple[Line, ...]:
        """None."""
        return ()

    def elements(self, setting: Setting) -> Sequence[_Element]:
        """One paragraph."""
        return [picture_paragraph(setting.document, self.data, self.width_mm)]


@dataclass(frozen=True, slots=True)
class Items:
    """Part two of a notice: a heading a group in 楷体, then its answers, each marked with its item.

    `wording` turns a paragraph into the words that a person has put in its place; `remarks` are what stands beside an
    item as a comment, by its id.
    """

    groups: tuple[Group, ...]
    wording: Callable[[str], str] = str
    remarks: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def lines(self) -> tuple[Line, ...]:
        """Heading and paragraphs, each quoted from its item, or from the edit that took its place."""
        return tuple(line for group in self.groups for line in self._lines_of(group))

    @property
    def comment_lines(self) -> tuple[str, ...]:
        """What stands beside the items, in their order."""
        ids = [answer.id for group in self.groups for answer in group.answers]
        return tuple(text for id_ in ids for text in self.remarks.get(id_, ()))

    def _lines_of(self, group: Group) -> Iterator[Line]:
        yield self._line(group.title, group.answers[0].id)
        for answer in group.answers:
            for text in answer.lines:
                yield self._line(text, answer.id)

    def _line(self, text: str, id_: str) -> Line:
        printed = self.wording(text)
        if printed != text:
            return (Quoted(printed, Source.EDIT),)
        return (Quoted(text, Source.ITEM, id_),)

    def elements(self, setting: Setting) -> Sequence[_Element]:
        """Paragraphs, with the remarks as comments on the first paragraph of their item."""
        numbers = count(1)
        elements: list[_Element] = []
        comments: list[Comment] = []
        for group in self.groups:
            elements.append(paragraph(HEADING2, self.wording(group.title)))
            for answer in group.answers:
                written = [paragraph(BODY, self.wording(text)) for text in answer.lines]
                for element in written:
                    mark_paragraph(element, next(numbers), answer.id)
                if answer.id in self.remarks:
                    comments.append(Comment(written[0], self.remarks[answer.id]))
                elements += written
        add_comments(setting.document, comments, AUTHOR, setting.created)
        return elements
