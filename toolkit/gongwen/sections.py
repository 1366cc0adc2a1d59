"""Sections: a wide annex on landscape pages, whose page numbers stay at the same place of the sheet (clause 8)."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from toolkit.gongwen.lengths import twips
from toolkit.gongwen.page import FOOTER, MARGINS, PAPER, ROW, Margins, margins
from toolkit.gongwen.wordml import style, w

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

# The sheet turned: its head at the binding side on odd pages.
_TURNED = Margins(top=MARGINS.left, right=MARGINS.top, bottom=MARGINS.right, left=MARGINS.bottom)
_TURNED_FOOTER = FOOTER - twips(425)


def end_portrait(document: Document) -> _Element:
    """A paragraph that ends the upright pages that stand before it; they keep the page numbers of the document."""
    own = document.element.body.sectPr
    return _ending(own)


def end_landscape(document: Document) -> _Element:
    """A paragraph that ends the landscape pages before it."""
    element = _ending(document.element.body.sectPr)
    properties = element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
    if properties is None:
        return element
    for tag in ("pgSz", "pgMar", "docGrid"):
        for child in properties.findall(qn(f"w:{tag}")):
            properties.remove(child)
    width, height = PAPER
    for child in (
        w("pgSz", w=height.twips, h=width.twips, orient="landscape"),
        margins(_TURNED, _TURNED_FOOTER),
        w("docGrid", type="lines", linePitch=ROW.twips),
    ):
        properties.append(child)
    return element


def _ending(own: _Element) -> _Element:
    """An empty paragraph with a copy of the document's section, so that headers and footers go on."""
    return w("p", w("pPr", style("Normal"), copy.deepcopy(own)))
