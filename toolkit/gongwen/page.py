"""The page of GB/T 9704—2012: A4, 版心 156 × 225 mm, 22 rows of 28 characters, page numbers outside.

The settings are profile P3: measured to give 22 × 28 in LibreOffice 7.4 and 25.2, and on paper in Word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.gongwen.lengths import Length, pt, twips
from toolkit.gongwen.wordml import align, rows, sizes, text, tracking, w
from toolkit.gongwen.xml import element

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Margins:
    """What is left free at the edges of the sheet."""

    top: Length
    right: Length
    bottom: Length
    left: Length


# Clause 5.1 paper, 5.2.1 margins (天头 37, 订口 28, 版心 156 × 225 mm), 5.2.2 rows and characters.
PAPER = (twips(11906), twips(16838))
MARGINS = Margins(twips(2098), twips(1474), twips(1984), twips(1587))
HEADER, FOOTER = twips(851), twips(1417)
ROW = twips(579)  # height of a row
CHAR_SPACE = -849  # what is taken from each 16 pt cell, in 1/4096 pt, so that 28 fit in 156 mm
INDENT = twips(630)  # two characters
_NUMBER_SIZE = pt(14)


def set_up(document: Document, face: str) -> None:
    """Give the (only) section the page of the standard, with page numbers in this face, odd right and even left (7.5)."""
    section = document.sections[0]
    properties = section._sectPr  # noqa: SLF001 - python-docx has no API for the document grid
    for child in list(properties):
        properties.remove(child)
    document.settings.odd_and_even_pages_header_footer = True
    for child in (
        w("pgSz", w=PAPER[0].twips, h=PAPER[1].twips),
        margins(MARGINS, FOOTER),
        w("docGrid", type="linesAndChars", linePitch=ROW.twips, charSpace=CHAR_SPACE),
    ):
        properties.append(child)
    _number_pages(section.footer, "right", face)
    _number_pages(section.even_page_footer, "left", face)


def margins(free: Margins, footer: Length) -> _Element:
    """The margins of a section whose footer ends so far from the edge."""
    sides = {
        "top": free.top, "right": free.right, "bottom": free.bottom, "left": free.left, "header": HEADER, "footer": footer,
    }  # fmt: skip
    return w("pgMar", **{side: length.twips for side, length in sides.items()}, gutter=0)


def _number_pages(footer: object, side: str, face: str) -> None:
    """The page number, one character from the outer edge, 7 mm below the 版心 (7.5)."""
    footer.is_linked_to_previous = False  # type: ignore[attr-defined]
    paragraph = footer.paragraphs[0]._p  # type: ignore[attr-defined]  # noqa: SLF001
    indent = element("w:ind", {f"w:{side}": _NUMBER_SIZE.twips, "w:firstLine": 0})
    numbered = w("p", w("pPr", rows(_NUMBER_SIZE), indent, align(side)))
    for content in _number():
        numbered.append(w("r", _number_look(face), content))
    paragraph.getparent().replace(paragraph, numbered)


def _number_look(face: str) -> _Element:
    """4号, in the font of page numbers."""
    named = w("rFonts", ascii=face, hAnsi=face, eastAsia=face)
    return w("rPr", named, tracking(0), *sizes(_NUMBER_SIZE))


def _number() -> tuple[_Element, ...]:
    """`— 1 —`: what each run of it holds."""
    return (
        text("— "),
        w("fldChar", fldCharType="begin"),
        element("w:instrText", {"xml:space": "preserve"}, " PAGE "),
        w("fldChar", fldCharType="separate"),
        element("w:t", {}, "1"),
        w("fldChar", fldCharType="end"),
        text(" —"),
    )


def text_width() -> Length:
    """The width of the 版心."""
    return PAPER[0] - MARGINS.left - MARGINS.right
