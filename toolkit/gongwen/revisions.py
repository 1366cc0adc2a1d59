"""What people did to a document: each paragraph as it reads now, who changed it and when, and what they remarked.

Insertions count, deletions do not, moved text counts where it went; a paragraph whose mark was deleted runs into the next
one, as Word shows it. python-docx sees none of this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from toolkit.gongwen.document import text_of, texts_of
from toolkit.gongwen.incoming import open_document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docx.document import Document
    from lxml.etree import _Element

_TRACKED = tuple(qn(f"w:{tag}") for tag in ("ins", "del", "moveTo", "moveFrom"))
# The prefix of the bookmarks by which our papers say what a paragraph is about.
_MARK, _LONGEST_NAME = "_zg_", 40


@dataclass(frozen=True, slots=True)
class RevisedParagraph:
    """A paragraph as it reads now, its mark ("" where it has none), and by whom and on which day it was tracked as changed."""

    text: str
    mark: str = ""
    author: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment: who, on which day, what, and the text of the paragraph that it stands on."""

    author: str
    on: str
    text: str
    about: str


@dataclass(frozen=True, slots=True)
class Revised:
    """A document with what people did to it."""

    paragraphs: tuple[RevisedParagraph, ...]
    remarks: tuple[Remark, ...]


def read_revised(source: Path | bytes) -> Revised:
    """Read a document of any writer. Raises UnreadableFile."""
    document = open_document(source)
    return Revised(tuple(_joined(document.element.body)), tuple(_remarks(document)))


def _joined(body: _Element) -> Iterator[RevisedParagraph]:
    """The paragraphs; one whose mark is deleted goes on in the next."""
    held: list[RevisedParagraph] = []
    for element in body.iter(qn("w:p")):
        paragraph = RevisedParagraph(text_of(element), _mark(element), *_who(element))
        if element.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None:
            held.append(paragraph)
            continue
        whole = [*held, paragraph]
        held = []
        author, on = next(((one.author, one.on) for one in whole if one.author), ("", ""))
        mark = next((one.mark for one in whole if one.mark), "")
        yield RevisedParagraph("".join(one.text for one in whole), mark, author, on)
    yield from held


def _who(element: _Element) -> tuple[str, str]:
    tracked = next(element.iter(*_TRACKED), None)
    if tracked is None:
        return "", ""
    return str(tracked.get(qn("w:author")) or ""), str(tracked.get(qn("w:date")) or "")[:10]


def _mark(element: _Element) -> str:
    names = (str(start.get(qn("w:name")) or "") for start in element.iter(qn("w:bookmarkStart")))
    return next(
        (
            name.removeprefix(_MARK).partition("_")[2].replace("_", "-")
            for name in names
            if name.startswith(_MARK)
        ),
        "",
    )


def mark_paragraph(element: _Element, number: int, mark: str) -> None:
    """Say by a hidden bookmark what a paragraph is about; `number` is unique in the document.

    Word allows letters, figures and underscores, and forty characters: a longer name is left out.
    """
    name = f"{_MARK}{number}_{mark.replace('-', '_')}"
    if len(name) > _LONGEST_NAME:
        return
    start, end = (
        element.makeelement(qn("w:bookmarkStart"), {}),
        element.makeelement(qn("w:bookmarkEnd"), {}),
    )
    for one in (start, end):
        one.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    properties = element.find(qn("w:pPr"))
    element.insert(0 if properties is None else 1, start)
    element.append(end)


def _remarks(document: Document) -> Iterator[Remark]:
    about: dict[str | None, str] = {}
    for element in document.element.body.iter(qn("w:p")):
        for reference in element.iter(qn("w:commentReference"), qn("w:commentRangeStart")):
            about.setdefault(reference.get(qn("w:id")), text_of(element))
    for relation in document.part.rels.values():
        if not relation.reltype.endswith("/comments"):
            continue
        from lxml import etree

        for comment in etree.fromstring(relation.target_part.blob).iter(qn("w:comment")):
            said = "\n".join(text for text in texts_of(comment) if text)
            author, on = (
                str(comment.get(qn("w:author")) or ""),
                str(comment.get(qn("w:date")) or "")[:10],
            )
            yield Remark(author, on, said, about.get(comment.get(qn("w:id")), ""))
