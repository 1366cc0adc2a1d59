"""The page of GB/T 9704—2012: A4, 版心 156 × 225 mm, 22 rows of 28 characters, page numbers outside.

The settings are profile P3: measured to give 22 × 28 in LibreOffice 7.4 and 25.2, and on paper in Word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

if TYPE_CHECKING:
    from docx.document import Document

    from toolkit.gongwen.styles import Fonts

# Twips (1/20 pt): clause 5.1 paper, 5.2.1 margins (天头 37, 订口 28, 版心 156 × 225 mm), 5.2.2 rows and characters.
PAPER = (11906, 16838)
TOP, RIGHT, BOTTOM, LEFT = 2098, 1474, 1984, 1587
HEADER, FOOTER = 851, 1417
ROW = 579  # height of a row
CHAR_SPACE = -849  # what is taken from each 16 pt cell, in 1/4096 pt, so that 28 fit in 156 mm
INDENT = 630  # two characters


def set_up(document: Document, fonts: Fonts) -> None:
    """Give the (only) section the page of the standard, with page numbers odd right and even left (7.5)."""
    section = document.sections[0]
    properties = section._sectPr  # noqa: SLF001 - python-docx has no API for the document grid
    for child in list(properties):
        properties.remove(child)
    document.settings.odd_and_even_pages_header_footer = True
    for fragment in (
        f'<w:pgSz {nsdecls("w")} w:w="{PAPER[0]}" w:h="{PAPER[1]}"/>',
        (
            f'<w:pgMar {nsdecls("w")} w:top="{TOP}" w:right="{RIGHT}" w:bottom="{BOTTOM}" w:left="{LEFT}"'
            f' w:header="{HEADER}" w:footer="{FOOTER}" w:gutter="0"/>'
        ),
        f'<w:docGrid {nsdecls("w")} w:type="linesAndChars" w:linePitch="{ROW}" w:charSpace="{CHAR_SPACE}"/>',
    ):
        properties.append(parse_xml(fragment))
    _number_pages(section.footer, "right", fonts.page)
    _number_pages(section.even_page_footer, "left", fonts.page)


def _number_pages(footer: object, side: str, font: str) -> None:
    """`— 1 —` in 4号 宋体, one character from the outer edge, 7 mm below the 版心 (7.5)."""
    footer.is_linked_to_previous = False  # type: ignore[attr-defined]
    paragraph = footer.paragraphs[0]._p  # type: ignore[attr-defined]  # noqa: SLF001
    run = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/><w:spacing w:val="0"/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>'
    xml = (
        f'<w:p {nsdecls("w")}><w:pPr><w:spacing w:before="0" w:after="0" w:line="280" w:lineRule="exact"/>'
        f'<w:ind w:{side}="280" w:firstLine="0"/><w:jc w:val="{side}"/></w:pPr>'
        f'<w:r>{run}<w:t xml:space="preserve">— </w:t></w:r>'
        f'<w:r>{run}<w:fldChar w:fldCharType="begin"/></w:r><w:r>{run}<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        f'<w:r>{run}<w:fldChar w:fldCharType="separate"/></w:r><w:r>{run}<w:t>1</w:t></w:r><w:r>{run}<w:fldChar w:fldCharType="end"/></w:r>'
        f'<w:r>{run}<w:t xml:space="preserve"> —</w:t></w:r></w:p>'
    )
    paragraph.getparent().replace(paragraph, parse_xml(xml))


def text_width() -> int:
    """The width of the 版心 in twips."""
    return PAPER[0] - LEFT - RIGHT
