"""Documents: a new one by the standard, saving with equal bytes, and reading the text that a person sees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import docx
from docx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI
from docx.opc.pkgwriter import _ContentTypesItem
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from toolkit.gongwen import page, styles
from toolkit.gongwen.incoming import open_document, read_body
from toolkit.gongwen.leftovers import drop_unused
from toolkit.packages.rewrite import repacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from docx.document import Document
    from docx.opc.rel import Relationships
    from lxml.etree import _Element

    from toolkit.gongwen.styles import Fonts

# Tags that are asked for in every paragraph of every paper.
_P, _RUN, _TEXT, _BREAK, _TAB = (qn(f"w:{tag}") for tag in ("p", "r", "t", "br", "tab"))
_BOXED = f".//{qn('w:txbxContent')}"


def new_document(fonts: Fonts) -> Document:
    """An empty document with the page, the styles and the page numbers of GB/T 9704."""
    document = docx.Document()
    for element in list(document.element.body):
        if element.tag != qn("w:sectPr"):
            document.element.body.remove(element)
    styles.set_up(document, fonts)
    page.set_up(document, fonts.page)
    return document


def append(document: Document, paragraphs: Iterable[_Element]) -> None:
    """Add paragraphs at the end of the body."""
    last = document.element.body.sectPr
    for element in paragraphs:
        last.addprevious(element)


def save(document: Document, path: Path, *, created: datetime, subject: str = "") -> None:
    """Write the document; equal content gives equal bytes, whatever the clock says. `created` stands in its properties."""
    properties = document.core_properties
    properties.author = ""
    properties.last_modified_by = ""
    properties.comments = ""
    properties.subject = subject
    properties.revision = 1
    properties.created = properties.modified = created
    drop_unused(document)
    path.write_bytes(_package(_members(document)))


def _members(document: Document) -> Mapping[str, bytes]:
    """The members of a document's package by name.

    As python-docx's own writer makes them, which would deflate them in an order and with times of its own.
    """
    package = document.part.package
    assert package is not None  # noqa: S101 - every part of a document has one
    parts = package.parts
    content_types = _ContentTypesItem.from_parts(parts)  # type: ignore[no-untyped-call]
    members = {
        CONTENT_TYPES_URI.membername: content_types.blob,
        PACKAGE_URI.rels_uri.membername: _relations(package.rels),
    }
    for part in parts:
        members[part.partname.membername] = part.blob
        if part.rels:
            members[part.partname.rels_uri.membername] = _relations(part.rels)
    return members


def _relations(relations: Relationships) -> bytes:
    return relations.xml  # type: ignore[return-value]  # python-docx declares its bytes as text


def _package(members: Mapping[str, bytes]) -> bytes:
    """A package with fixed times and its members in a fixed order, the list of content types first."""
    names = sorted(members, key=lambda name: (name != CONTENT_TYPES_URI.membername, name))
    return repacked((name, members[name]) for name in names)


def visible_paragraphs(source: Path | bytes) -> tuple[str, ...]:
    """The text of every paragraph of the body as a person sees it: insertions count, deletions do not.

    python-docx's own `paragraph.text` loses what stands in tracked insertions and content controls. Only the main part is
    read. Raises UnreadableFile.
    """
    return texts_of(read_body(source))


def subject_of(source: Path | bytes) -> str:
    """The subject in the properties of a document, "" where it has none. Raises UnreadableFile."""
    return open_document(source).core_properties.subject or ""


def texts_of(element: _Element) -> tuple[str, ...]:
    """The visible text of every paragraph within an element; a text box counts once, after the paragraph that holds it."""
    paragraphs = element.iter(_P)
    return tuple(
        "".join(_visible(paragraph)) for paragraph in paragraphs if not _is_fallback(paragraph)
    )


def text_of(paragraph: _Element) -> str:
    """The visible text of one paragraph alone; "" of the copy of a text box that only old programs show."""
    return "" if _is_fallback(paragraph) else "".join(_visible(paragraph))


_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def _is_fallback(paragraph: _Element) -> bool:
    """Whether it is the copy of a text box that old programs show instead of it."""
    return (
        paragraph.getparent() is not None
        and next(paragraph.iterancestors(_FALLBACK), None) is not None
    )


def _visible(paragraph: _Element) -> Iterator[str]:
    boxed = paragraph.find(_BOXED) is not None
    for element in paragraph.iter(_TEXT, _BREAK, _TAB):
        if boxed and next(element.iterancestors(_P)) is not paragraph:
            continue
        if element.tag == _BREAK:
            yield "\n"
        elif element.tag == _TAB:
            yield (
                "\t" if _tag_above(element) == _RUN else ""
            )  # a tab stop of the paragraph is no text
        else:
            yield element.text or ""


def _tag_above(element: _Element) -> str:
    parent = element.getparent()
    return "" if parent is None else str(parent.tag)


def highlight(document: Document, pattern: re.Pattern[str]) -> None:
    """Mark every match of the pattern in yellow, for a person to see what is still missing."""
    for run in _runs_with(document.element.body, pattern):
        _one_text_a_run(run)
    for run in _runs_with(document.element.body, pattern):
        texts = run.findall(qn("w:t"))
        if len(texts) == 1:
            _split_and_mark(run, texts[0].text or "", pattern)


def _runs_with(body: _Element, pattern: re.Pattern[str]) -> tuple[_Element, ...]:
    """The runs with a text that matches; in most papers there is none."""
    above = (text.getparent() for text in body.iter(_TEXT) if pattern.search(text.text or ""))
    return tuple(dict.fromkeys(run for run in above if run is not None and run.tag == _RUN))


def _one_text_a_run(run: _Element) -> None:
    """A run that holds several lines becomes one run for each of its texts and breaks; it looks as before."""
    import copy

    properties = run.find(qn("w:rPr"))
    children = [child for child in run if child is not properties]
    if len(children) < 2:
        return
    for child in children[:-1]:
        fresh = OxmlElement("w:r")
        if properties is not None:
            fresh.append(copy.deepcopy(properties))
        fresh.append(child)
        run.addprevious(fresh)


def _split_and_mark(run: _Element, text: str, pattern: re.Pattern[str]) -> None:
    import copy

    pieces = re.split(f"({pattern.pattern})", text)
    for piece in pieces:
        if not piece:
            continue
        fresh = copy.deepcopy(run)
        fresh.find(qn("w:t")).text = piece  # type: ignore[union-attr]
        fresh.find(qn("w:t")).set("{http://www.w3.org/XML/1998/namespace}space", "preserve")  # type: ignore[union-attr]
        if pattern.fullmatch(piece):
            properties = fresh.get_or_add_rPr()  # type: ignore[attr-defined]
            properties.highlight_val = 7  # WD_COLOR_INDEX.YELLOW
        run.addprevious(fresh)
    parent = run.getparent()
    if parent is not None:
        parent.remove(run)
