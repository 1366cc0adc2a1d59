"""A picture in a paragraph of its own."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from docx.shared import Mm

from toolkit.gongwen.elements import paragraph

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element


def picture_paragraph(document: Document, png: bytes, width_mm: float) -> _Element:
    """The picture, centred, in its own proportions."""
    inline = document.part.new_pic_inline(io.BytesIO(png), Mm(width_mm))
    element = paragraph("Normal", "", centred=True)
    spacing = element[0].makeelement(_W + "spacing", {_W + "line": "240", _W + "lineRule": "auto"})
    element[0].insert(1, spacing)
    run = element[1]
    for child in list(run):
        run.remove(child)
    drawing = run.makeelement(_W + "drawing", {})
    drawing.append(inline)
    run.append(drawing)
    return element


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
