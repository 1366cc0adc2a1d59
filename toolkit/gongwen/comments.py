"""Comments of Word on paragraphs: who says it, on which day, in how many lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from toolkit.gongwen.elements import printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from docx.document import Document
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on a whole paragraph of a document."""

    on: _Element
    lines: tuple[str, ...]


def add_comments(
    document: Document, comments: Sequence[Comment], author: str, created: datetime
) -> None:
    """Add comments, numbered from 0 in their order; equal input gives equal bytes."""
    if not comments:
        return
    story = document.part._comments_part.element  # noqa: SLF001 - its public way stamps the clock of today
    for number, comment in enumerate(comments):
        story.append(_comment(number, comment.lines, author, created))
        _mark(comment.on, number)


def _comment(number: int, lines: Sequence[str], author: str, created: datetime) -> _Element:
    said = "".join(
        f'<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:rPr><w:sz w:val="18"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(printable(line))}</w:t></w:r></w:p>'
        for line in lines
    )
    return parse_xml(
        f'<w:comment {nsdecls("w")} w:id="{number}" w:author="{escape(author)}" w:date="{created:%Y-%m-%dT%H:%M:%SZ}" w:initials="工具">{said}</w:comment>'
    )


def _mark(paragraph: _Element, number: int) -> None:
    start, end, run, reference = (
        OxmlElement(tag)
        for tag in ("w:commentRangeStart", "w:commentRangeEnd", "w:r", "w:commentReference")
    )
    for element in (start, end, reference):
        element.set(qn("w:id"), str(number))
    run.append(reference)
    properties = paragraph.find(qn("w:pPr"))
    paragraph.insert(0 if properties is None else 1, start)
    paragraph.append(end)
    paragraph.append(run)
