"""What people did to a document: each paragraph as it reads now, who changed it and when, and what they remarked.

Insertions count, deletions do not, moved text counts where it went; a paragraph whose mark was deleted runs into the next
one, as Word shows it. python-docx sees none of this.
"""

from __future__ import annotations

import re
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

_WORD = re.compile(r"[^\W\d_]")
_TRACKED = tuple(qn(f"w:{tag}") for tag in ("ins", "del", "moveTo", "moveFrom"))
# The prefix of the bookmarks by which our papers say what a paragraph is about.
_MARK, _LONGEST_NAME = "_zg_", 40


@dataclass(frozen=True, slots=True)
class RevisedParagraph:
    """A paragraph as it reads now, its mark ("" where it has none), by whom and on which day it was tracked as changed.

    `in_table`: it stands in a cell.
    """

    text: str
    mark: str = ""
    author: str = ""
    on: str = ""
    in_table: bool = False


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
    paragraphs = (*_joined(document.element.body), *_around(document))
    return Revised(paragraphs, tuple(_remarks(document)))


def texts_around(source: Path | bytes) -> tuple[str, ...]:
    """The words in the heads and feet of a document, each text once. Raises UnreadableFile."""
    return tuple(paragraph.text for paragraph in _around(open_document(source)))


def _around(document: Document) -> Iterator[RevisedParagraph]:
    """What people wrote into heads and feet, each text once; page numbers are not words."""
    seen: set[str] = set()
    for section in document.sections:
        for part in (
            section.header, section.first_page_header, section.even_page_header,
            section.footer, section.first_page_footer, section.even_page_footer,
        ):  # fmt: skip
            elements = () if part.is_linked_to_previous else part._element.iter(qn("w:p"))  # noqa: SLF001 - python-docx has no iterator over boxes and tables
            for element in elements:
                text = text_of(element)
                if _WORD.search(text) and text not in seen:
                    seen.add(text)
                    yield RevisedParagraph(text, "", *_who(element), in_table=True)


def _joined(body: _Element) -> Iterator[RevisedParagraph]:
    """The paragraphs; one whose mark is deleted goes on in the next."""
    held: list[RevisedParagraph] = []
    for element in body.iter(qn("w:p")):
        in_table = next(element.iterancestors(qn("w:tbl")), None) is not None
        paragraph = RevisedParagraph(
            text_of(element), _mark(element), *_who(element), in_table=in_table
        )
        if element.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None:
            held.append(paragraph)
            continue
        whole = [*held, paragraph]
        held = []
        author, on = next(((one.author, one.on) for one in whole if one.author), ("", ""))
        mark = next((one.mark for one in whole if one.mark), "")
        text = "".join(one.text for one in whole)
        yield RevisedParagraph(text, mark, author, on, in_table=whole[0].in_table)
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
