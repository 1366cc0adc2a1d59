"""信函格式 (10.1): the name of the sender above a red double line, another at the foot, and no number on the first page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from toolkit.gongwen.document import append, new_document
from toolkit.gongwen.elements import blank_row, paragraph, printable
from toolkit.gongwen.letterhead import RED
from toolkit.gongwen.page import FOOTER, text_width

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from lxml.etree import _Element

    from toolkit.gongwen.styles import Fonts

# Twips. The lines are 170 mm long, 7 mm beyond the 版心 on each side; the mark's ink begins 30 mm below the sheet's edge
# (0.6 mm below the top of its row), the lower line stands 20 mm above the foot.
_BEYOND = 397
_HEADER, _FOOTER = 1667, 1134


def new_letter(fonts: Fonts, mark: str, number: str = "") -> Document:
    """An empty letter of this sender; its 发文字号 stands flush right below the line, one row above the title."""
    document = new_document(fonts)
    section = document.sections[0]
    section.different_first_page_header_footer = True
    margins = section._sectPr.find(qn("w:pgMar"))  # noqa: SLF001 - python-docx rounds to whole EMU
    if margins is not None:
        margins.set(qn("w:header"), str(_HEADER))
        margins.set(qn("w:footer"), str(_FOOTER))
    _lift_numbers(section)
    _fill(section.first_page_header, _mark(mark, _size(mark), fonts.title))
    _fill(section.first_page_footer, _foot())
    if number:
        append(document, [paragraph("Normal", number)])
        last = document.element.body.sectPr.getprevious()
        aligned = OxmlElement("w:jc")
        aligned.set(qn("w:val"), "right")
        last[0].append(aligned)
    append(document, [blank_row()])
    return document


def _size(mark: str) -> int:
    """Half points, so that the mark stands on one row of 170 mm."""
    return max(28, min(72, int((text_width() + 2 * _BEYOND) / 20 / max(len(mark), 1) * 2 * 0.96)))


def fit_mark(document: Document) -> None:
    """Give the mark the size that its final words need, after a placeholder has been filled in.

    It is looked for among the parts: those that a filled-in template is saved with are not those of its sections.
    """
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.HEADER:
            for element in relation.target_part.element.iter(qn("w:p")):
                if element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}") is not None:
                    _fit(element)


def _fit(element: _Element) -> None:
    size = _size("".join(text.text or "" for text in element.iter(qn("w:t"))))
    for run in element.iter(qn("w:sz"), qn("w:szCs")):
        run.set(qn("w:val"), str(size))
    for spacing in element.iter(qn("w:spacing")):
        if spacing.get(qn("w:lineRule")):
            spacing.set(qn("w:line"), str(size * 11))


def _fill(story: object, xml: str) -> None:
    story.is_linked_to_previous = False  # type: ignore[attr-defined]
    old = story.paragraphs[0]._p  # type: ignore[attr-defined]  # noqa: SLF001
    old.getparent().replace(old, parse_xml(xml))


def _mark(mark: str, size: int, font: str) -> str:
    """The sender in red, the double line 4 mm below it: thick over thin."""
    line = size * 11
    return (
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Normal"/><w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="9" w:color="{RED}"/></w:pBdr>'
        f'<w:spacing w:before="0" w:after="0" w:line="{line}" w:lineRule="exact"/><w:ind w:left="-{_BEYOND}" w:right="-{_BEYOND}" w:firstLine="0"/><w:jc w:val="center"/></w:pPr>'
        f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/><w:color w:val="{RED}"/><w:spacing w:val="0"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr><w:t>{escape(printable(mark))}</w:t></w:r></w:p>'
    )


def _foot() -> str:
    """The lower double line: thin over thick."""
    return (
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Normal"/><w:pBdr><w:bottom w:val="thinThickSmallGap" w:sz="24" w:space="0" w:color="{RED}"/></w:pBdr>'
        f'<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:ind w:left="-{_BEYOND}" w:right="-{_BEYOND}" w:firstLine="0"/></w:pPr></w:p>'
    )


def _lift_numbers(section: Section) -> None:
    """Page numbers of later pages stay 7 mm below the 版心, although the footer now ends lower."""
    for story in (section.footer, section.even_page_footer):
        for spacing in story.paragraphs[0]._p.iter(qn("w:spacing")):  # noqa: SLF001 - python-docx rounds to whole EMU
            if spacing.get(qn("w:lineRule")):
                spacing.set(qn("w:after"), str(FOOTER - _FOOTER))
