"""The fonts of the house in a document that was laid out with others: a template of last year, edited by whoever.

The settings name five fonts, by what they are for. A template holds those of the day on which it was written: in its
styles, in its page number, in the mark of a letter, and in runs into which a program has copied them. All of these follow
the settings; a font that was none of the house's is the office's own choice in that place and stays.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from toolkit.gongwen.wordml import w

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docx.document import Document
    from lxml.etree import _Element

_SCRIPTS = tuple(qn(f"w:{script}") for script in ("ascii", "hAnsi", "eastAsia", "cs"))
_THEMES = tuple(
    qn(f"w:{name}") for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
)
_STORIES = frozenset({"header", "footer", "footnotes", "endnotes", "comments"})


@dataclass(frozen=True, slots=True)
class Faces:
    """The fonts of a house by what they are for.

    `by_style`: by the id of a style; `inheriting` are the styles that may name none and take that of `body`, the font of
    all else. `page` is that of page numbers, `mark` that of the sender's name above a letter.
    """

    by_style: Mapping[str, str]
    inheriting: frozenset[str]
    body: str
    page: str
    mark: str


def set_in(document: Document, faces: Faces) -> None:
    """Set a document whose styles have the ids of the house in these fonts."""
    change = _Change()
    for style, face in _styles(document, faces):
        named = _fonts_of(style, may_lack=style.get(qn("w:styleId")) in faces.inheriting)
        if named is not None:
            change.put(named, face)
    stories = tuple(_stories(document))
    for story in stories:
        for named, face in _ours(story, faces):
            change.put(named, face)
    for root in (document.styles.element, *stories):
        for named in root.iter(qn("w:rFonts")):
            change.follow(named, faces.by_style.get(_style_of(named), faces.body))


@dataclass(slots=True)
class _Change:
    """Which new fonts stand for an old one, as far as places of the house have shown it, and the places that are done."""

    instead: dict[str, list[str]] = field(default_factory=dict)
    done: list[_Element] = field(default_factory=list)

    def put(self, named: _Element, face: str) -> None:
        """A font for all scripts that a place of the house names, and for Latin and Chinese at least."""
        for script in _SCRIPTS:
            old = named.get(script)
            if old is not None:
                self.instead.setdefault(old, []).append(face)
            if old is not None or script != _SCRIPTS[-1]:
                named.set(script, face)
        for theme in _THEMES:
            if theme in named.attrib:
                del named.attrib[theme]
        self.done.append(named)

    def follow(self, named: _Element, likely: str) -> None:
        """In any other place, the new font in the place of the old one; where several are, the likely one."""
        if any(place is named for place in self.done):
            return
        for script in _SCRIPTS:
            news = self.instead.get(named.get(script) or "")
            if news:
                named.set(script, likely if likely in news else news[0])


def _styles(document: Document, faces: Faces) -> Iterator[tuple[_Element, str]]:
    root = document.styles.element
    yield from ((defaults, faces.body) for defaults in root.iter(qn("w:rPrDefault")))
    for style in root.iter(qn("w:style")):
        face = faces.by_style.get(str(style.get(qn("w:styleId"))))
        if face:
            yield style, face


def _fonts_of(style: _Element, *, may_lack: bool) -> _Element | None:
    """Where a style, or the defaults, name fonts; made where they name none and must."""
    named = next(style.iter(qn("w:rFonts")), None)
    if named is not None or may_lack:
        return named
    properties = style.find(qn("w:rPr"))
    if properties is None:
        properties = w("rPr")
        style.append(properties)
    named = w("rFonts")
    properties.insert(0, named)
    return named


def _stories(document: Document) -> Iterator[_Element]:
    """The text of the document, its headers, footers, notes and comments."""
    yield document.element
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.rpartition("/")[2] in _STORIES:
            root = getattr(relation.target_part, "element", None)
            if root is not None:
                yield root


def _ours(story: _Element, faces: Faces) -> Iterator[tuple[_Element, str]]:
    """Runs that name fonts by our own hand: of page numbers, and of a letter's mark above its red line."""
    for paragraph in story.iter(qn("w:p")):
        face = ""
        if story.tag == qn("w:ftr") and _has_number(paragraph):
            face = faces.page
        elif story.tag == qn("w:hdr") and _has_rule(paragraph):
            face = faces.mark
        if face:
            yield from ((named, face) for named in paragraph.iter(qn("w:rFonts")))


def _has_number(paragraph: _Element) -> bool:
    return any("PAGE" in (code.text or "") for code in paragraph.iter(qn("w:instrText")))


def _has_rule(paragraph: _Element) -> bool:
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:pBdr')}") is not None


_OF_RUN, _OF_PARAGRAPH = (
    "/".join(map(qn, names)) for names in (("w:rPr", "w:rStyle"), ("w:pPr", "w:pStyle"))
)


def _style_of(named: _Element) -> str:
    """The style of the run, else of the paragraph, in which fonts are named; "" for neither."""
    for place in named.iterancestors(qn("w:r"), qn("w:p")):
        found = place.find(_OF_RUN)
        found = place.find(_OF_PARAGRAPH) if found is None else found
        if found is not None:
            return str(found.get(qn("w:val")))
    return ""
