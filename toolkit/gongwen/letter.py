"""信函格式 (10.1): the name of the sender above a red double line, another at the foot, and no number on the first page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from toolkit.gongwen.document import append, new_document
from toolkit.gongwen.elements import blank_row, paragraph
from toolkit.gongwen.lengths import Length, pt, twips
from toolkit.gongwen.letterhead import RED, below, fitting
from toolkit.gongwen.page import FOOTER, text_width
from toolkit.gongwen.wordml import align, rows, sizes, style, tracking, w
from toolkit.gongwen.wordml import fonts as fonts_of
from toolkit.gongwen.xml import element

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from lxml.etree import _Element

    from toolkit.gongwen.styles import Fonts

# The lines are 170 mm long, 7 mm beyond the 版心 on each side; the mark's ink begins 30 mm below the sheet's edge
# (0.6 mm below the top of its row), the lower line stands 20 mm above the foot.
_BEYOND = twips(397)
_HEADER, _FOOTER = twips(1667), twips(1134)
_SMALLEST, _LARGEST = pt(14), pt(36)
_LINE, _LINE_SPACE = pt(3), 9


def new_letter(fonts: Fonts, mark: str, number: str = "") -> Document:
    """An empty letter of this sender; its 发文字号 stands flush right below the line, one row above the title."""
    document = new_document(fonts)
    section = document.sections[0]
    section.different_first_page_header_footer = True
    margins = section._sectPr.find(qn("w:pgMar"))  # noqa: SLF001 - python-docx rounds to whole EMU
    if margins is not None:
        margins.set(qn("w:header"), str(_HEADER.twips))
        margins.set(qn("w:footer"), str(_FOOTER.twips))
    _lift_numbers(section)
    _fill(section.first_page_header, _mark(mark, _size(mark), fonts.title))
    _fill(section.first_page_footer, _foot())
    if number:
        numbered = paragraph("Normal", number)
        numbered[0].append(align("right"))
        append(document, [numbered])
    append(document, [blank_row()])
    return document


def _size(mark: str) -> Length:
    """The size at which the mark stands on one row of 170 mm."""
    return fitting(mark, text_width() + 2 * _BEYOND, _SMALLEST, _LARGEST)


def _row_of(size: Length) -> Length:
    return 1.1 * size


def fit_mark(document: Document) -> None:
    """Give the mark the size that its final words need, after a placeholder has been filled in.

    It is looked for among the parts: those that a filled-in template is saved with are not those of its sections.
    """
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.HEADER:
            for paragraph in relation.target_part.element.iter(qn("w:p")):
                if paragraph.find(f"{qn('w:pPr')}/{qn('w:pBdr')}") is not None:
                    _fit(paragraph)


def _fit(paragraph: _Element) -> None:
    size = _size("".join(text.text or "" for text in paragraph.iter(qn("w:t"))))
    for run in paragraph.iter(qn("w:sz"), qn("w:szCs")):
        run.set(qn("w:val"), str(size.half_points))
    for spacing in paragraph.iter(qn("w:spacing")):
        if spacing.get(qn("w:lineRule")):
            spacing.set(qn("w:line"), str(_row_of(size).twips))


def _fill(story: object, content: _Element) -> None:
    story.is_linked_to_previous = False  # type: ignore[attr-defined]
    old = story.paragraphs[0]._p  # type: ignore[attr-defined]  # noqa: SLF001
    old.getparent().replace(old, content)


def _beyond() -> _Element:
    """The indent of the lines, which reach beyond the 版心 on both sides."""
    return w("ind", left=(-_BEYOND).twips, right=(-_BEYOND).twips, firstLine=0)


def _mark(mark: str, size: Length, face: str) -> _Element:
    """The sender in red, the double line 4 mm below it: thick over thin."""
    line = below("thickThinSmallGap", _LINE, RED, _LINE_SPACE)
    properties = w("pPr", style("Normal"), line, rows(_row_of(size)), _beyond(), align("center"))
    look = w("rPr", fonts_of(face), w("color", val=RED), tracking(0), *sizes(size))
    return w("p", properties, w("r", look, element("w:t", {}, mark)))


def _foot() -> _Element:
    """The lower double line: thin over thick."""
    line = below("thinThickSmallGap", _LINE, RED)
    return w("p", w("pPr", style("Normal"), line, rows(pt(1)), _beyond()))


def _lift_numbers(section: Section) -> None:
    """Page numbers of later pages stay 7 mm below the 版心, although the footer now ends lower."""
    for story in (section.footer, section.even_page_footer):
        for spacing in story.paragraphs[0]._p.iter(qn("w:spacing")):  # noqa: SLF001 - python-docx rounds to whole EMU
            if spacing.get(qn("w:lineRule")):
                spacing.set(qn("w:after"), str((FOOTER - _FOOTER).twips))
