"""A picture in a paragraph of its own."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from docx.shared import Mm

from toolkit.gongwen.elements import paragraph
from toolkit.gongwen.wordml import w

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_ONE_LINE = 240  # of a row's own height


def picture_paragraph(document: Document, png: bytes, width_mm: float) -> _Element:
    """The picture, centred, in its own proportions."""
    inline = document.part.new_pic_inline(io.BytesIO(png), Mm(width_mm))
    element = paragraph("Normal", centred=True)
    element[0].insert(1, w("spacing", line=_ONE_LINE, lineRule="auto"))
    element.append(w("r", w("drawing", inline)))
    return element
