"""Tables of a Word document (.docx): each table a sheet, the paragraphs around them a sheet of their own.

python-docx is not used: its text drops tracked insertions. A tracked insertion is read, a tracked deletion is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.packages.gate import LIMITS, UnreadableFile
from toolkit.packages.markup import parse
from toolkit.sheets.grid import Book, Grid, Mark, Range, Remark
from toolkit.sheets.parts import Parts, require

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

BODY = "正文"
_DOCUMENT = "word/document.xml"
_IS_DOCUMENT = re.compile(
    rb"(?:wordprocessingml\.(?:document|template)|ms-word\.(?:document|template)\.macroEnabled\w*)\.main\+xml"
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HUGE = "Word文档中的表格异常庞大，未打开；请把表格复制到.xlsx工作簿后报送。"
_REVISED = "文档有修订痕迹，已按接受全部修订后的内容读取。"
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# What is not part of the text as it stands: deletions, moves away, text boxes' fallback copies, field codes.
_SKIPPED = frozenset({f"{_W}del", f"{_W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"})  # fmt: skip


def accepts(data: bytes) -> bool:
    """Whether this is a zip package with a Word document part."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with Parts(data) as parts:
            return bool(parts.main(_IS_DOCUMENT, _DOCUMENT))
    except UnreadableFile:
        return False


def read(data: bytes, name: str) -> Book:
    """Every table in the document's order, named 表1, 表2 …; raises UnreadableFile where there is none."""
    del name
    with Parts(data) as parts:
        path = parts.main(_IS_DOCUMENT, _DOCUMENT)
        document = require(parts, path)
        targets = [to for kind, to in parts.relations(path).values() if kind == "comments"]
        notes = parts.read(targets[0]) if targets else parts.read("word/comments.xml")
    body = parse(document).find(f"{_W}body")
    comments = _comments(parse(notes)) if notes else {}
    tables = [] if body is None else [child for child in _blocks(body) if child.tag == f"{_W}tbl"]
    if body is None or not tables:
        raise UnreadableFile(
            "这是Word文档，其中没有表格；请用下发的台账模板填报，报送.xlsx工作簿。"
        )
    lines = [[_text(child)] for child in _blocks(body) if child.tag == f"{_W}p" and _text(child)]
    grids = [Grid(BODY, lines)]
    left = LIMITS.cells
    for number, table in enumerate(tables, 1):
        grids.append(_grid(f"表{number}", table, comments, left))
        left -= sum(map(len, grids[-1].rows))
    revised = b"<w:ins " in document or b"<w:del " in document
    return Book("docx", tuple(grids), (_REVISED,) if revised else ())


def _blocks(body: Element) -> Iterator[Element]:
    """Paragraphs and tables of the body, those inside content controls and insertions too."""
    for child in body:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (
            f"{_W}sdt",
            f"{_W}sdtContent",
            f"{_W}ins",
            f"{_W}moveTo",
            f"{_W}customXml",
        ):
            yield from _blocks(child)


def _comments(root: Element) -> dict[str, str]:
    return {
        comment.get(f"{_W}id", ""): "\n".join(_text(p) for p in comment.iter(f"{_W}p"))
        for comment in root.iter(f"{_W}comment")
    }


@dataclass
class _Sheet:
    """A table while it is being read."""

    rows: list[list[str | None]] = field(default_factory=list)
    merges: list[Range] = field(default_factory=list)
    remarks: dict[tuple[int, int], tuple[Remark, ...]] = field(default_factory=dict)
    open_merges: dict[int, tuple[int, int]] = field(default_factory=dict)

    def close(self, col: int) -> None:
        """End the vertical merge that stands in this column; it covered the rows up to the last one but one."""
        first, width = self.open_merges.pop(col)
        if len(self.rows) - 1 > first:
            self.merges.append(Range(first, col, len(self.rows) - 1, col + width - 1))


def _grid(name: str, table: Element, comments: Mapping[str, str], most: int) -> Grid:
    """One table of at most so many cells."""
    sheet = _Sheet()
    for line in _rows(table):
        _read_row(line, sheet, comments)
        most -= len(sheet.rows[-1])
        if most < 0:
            raise UnreadableFile(_HUGE)
    sheet.rows.append([])
    for col in tuple(sheet.open_merges):
        sheet.close(col)
    return Grid(name, sheet.rows[:-1], tuple(sheet.merges), remarks=MappingProxyType(sheet.remarks))


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == f"{_W}tr" and child.find(f"{_W}trPr/{_W}del") is None:
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"):
            yield from _rows(child)


def _cells(line: Element) -> Iterator[Element]:
    for child in line:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            yield from _cells(child)


def _read_row(line: Element, sheet: _Sheet, comments: Mapping[str, str]) -> None:
    number = len(sheet.rows) + 1
    cells: list[str | None] = [None] * _count(line.find(f"{_W}trPr/{_W}gridBefore"), 0)
    sheet.rows.append(cells)
    for cell in _cells(line):
        col = len(cells) + 1
        width = max(1, _count(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1))
        merge = cell.find(f"{_W}tcPr/{_W}vMerge")
        continues = (
            merge is not None
            and merge.get(f"{_W}val", "continue") == "continue"
            and col in sheet.open_merges
        )
        if not continues:
            if col in sheet.open_merges:
                sheet.close(col)
            if merge is not None:
                sheet.open_merges[col] = (number, width)
            elif width > 1:
                sheet.merges.append(Range(number, col, number, col + width - 1))
            remarks = tuple(_remarks(cell, comments))
            if remarks:
                sheet.remarks[number, col] = remarks
        text = None if continues else _text(cell) or None
        cells += [text, *([None] * (width - 1))]
        if len(cells) > LIMITS.columns:
            raise UnreadableFile(_HUGE)


def _count(element: Element | None, otherwise: int) -> int:
    value = element.get(f"{_W}val", "") if element is not None else ""
    return min(int(value), 500) if value.isdecimal() else otherwise


def _text(element: Element) -> str:
    """The text as it stands, paragraphs by line breaks."""
    if element.tag == f"{_W}p":
        return "".join(_pieces(element))
    return "\n".join(text for p in _paragraphs(element) if (text := "".join(_pieces(p)).strip()))


def _paragraphs(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == f"{_W}p":
            yield child
        elif child.tag not in _SKIPPED:
            yield from _paragraphs(child)


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag not in _SKIPPED:
            yield from _pieces(child)


def _remarks(cell: Element, comments: Mapping[str, str]) -> Iterator[Remark]:
    struck = [run for run in cell.iter(f"{_W}r") if _is_struck(run)]
    if text := "".join("".join(_pieces(run)) for run in struck):
        yield Remark(Mark.STRUCK, text)
    for reference in cell.iter(f"{_W}commentReference"):
        if words := comments.get(reference.get(f"{_W}id", ""), ""):
            yield Remark(Mark.COMMENT, words)


def _is_struck(run: Element) -> bool:
    marks = (run.find(f"{_W}rPr/{_W}strike"), run.find(f"{_W}rPr/{_W}dstrike"))
    return any(
        mark is not None and mark.get(f"{_W}val", "true") not in ("0", "false") for mark in marks
    )
