"""Sections: a wide annex on landscape pages, whose page numbers stay at the same place of the sheet (clause 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from toolkit.gongwen.page import BOTTOM, FOOTER, HEADER, LEFT, PAPER, RIGHT, ROW, TOP

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element


def end_portrait(document: Document) -> _Element:
    """A paragraph that ends the upright pages that stand before it; they keep the page numbers of the document."""
    own = document.element.body.sectPr
    return _ending(own)


def end_landscape(document: Document) -> _Element:
    """A paragraph that ends the landscape pages before it: the sheet turned, its head at the binding side on odd pages."""
    element = _ending(document.element.body.sectPr)
    properties = element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
    if properties is None:
        return element
    for tag in ("pgSz", "pgMar", "docGrid"):
        for child in properties.findall(qn(f"w:{tag}")):
            properties.remove(child)
    width, height = PAPER
    for xml in (
        f'<w:pgSz {nsdecls("w")} w:w="{height}" w:h="{width}" w:orient="landscape"/>',
        f'<w:pgMar {nsdecls("w")} w:top="{LEFT}" w:right="{TOP}" w:bottom="{RIGHT}" w:left="{BOTTOM}" w:header="{HEADER}" w:footer="{FOOTER - 425}" w:gutter="0"/>',
        f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="{ROW}"/>',
    ):
        properties.append(parse_xml(xml))
    return element


def _ending(own: _Element) -> _Element:
    """An empty paragraph with a copy of the document's section, so that headers and footers go on."""
    import copy

    element = OxmlElement("w:p")
    properties = OxmlElement("w:pPr")
    for child in (_style(), copy.deepcopy(own)):
        properties.append(child)
    element.append(properties)
    return element


def _style() -> _Element:
    style = OxmlElement("w:pStyle")
    style.set(qn("w:val"), "Normal")
    return style
