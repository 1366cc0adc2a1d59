"""Comments of Word on paragraphs: who says it, on which day, in how many lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from toolkit.gongwen.lengths import pt
from toolkit.gongwen.wordml import rows, run, w

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from docx.document import Document
    from lxml.etree import _Element


# Characters of 9 pt in rows of one line (240 in a rule "auto").
_SIZE, _ROW = pt(9), pt(12)


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
    return w(
        "comment",
        *map(_line, lines),
        id=number,
        author=author,
        date=f"{created:%Y-%m-%dT%H:%M:%SZ}",
        initials="工具",
    )


def _line(content: str) -> _Element:
    size = w("sz", val=_SIZE.half_points)
    return w("p", w("pPr", rows(_ROW, "auto")), run(size, content=content))


def _mark(paragraph: _Element, number: int) -> None:
    properties = paragraph.find(qn("w:pPr"))
    paragraph.insert(0 if properties is None else 1, w("commentRangeStart", id=number))
    paragraph.append(w("commentRangeEnd", id=number))
    paragraph.append(w("r", w("commentReference", id=number)))
