"""Parts that nothing uses are not carried on; parts that something uses are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from toolkit.gongwen.leftovers import drop_unused
from toolkit.gongwen.wordml import text, w
from toolkit.gongwen.xml import element

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element


def kinds(document: Document) -> set[str]:
    """The last words of the relationship types that the document has."""
    rels = (*document.part.rels.values(), *document.part.package.rels.values())
    return {relation.reltype.rpartition("/")[2] for relation in rels}


def with_paragraph(*properties: _Element) -> Document:
    """python-docx's own blank document without its styles, which use everything, and one paragraph."""
    document = docx.Document()
    for style in list(document.styles.element):
        document.styles.element.remove(style)
    document.element.body.insert(0, w("p", *properties, w("r", text("文"))))
    return document


def test_what_nothing_uses_is_gone() -> None:
    document = with_paragraph()
    drop_unused(document)
    assert kinds(document) & {
        "stylesWithEffects", "thumbnail", "fontTable", "theme", "numbering"
    } == set()  # fmt: skip
    assert {"styles", "settings", "officeDocument", "core-properties"} <= kinds(document)


@pytest.mark.parametrize(
    ("kind", "use"),
    [
        ("numbering", w("pPr", w("numPr", w("numId", val=1)))),
        ("theme", w("pPr", w("rPr", w("rFonts", asciiTheme="minorHAnsi")))),
        ("theme", w("pPr", w("rPr", w("color", val="FF0000", themeColor="accent1")))),
        ("theme", w("pPr", w("rPr", w("rFonts", cstheme="minorBidi")))),
        ("theme", element("a:schemeClr", {"val": "accent1"})),
    ],
    ids=["list", "font", "colour", "complex script", "shape"],
)
def test_what_a_paragraph_uses_stays(kind: str, use: _Element) -> None:
    document = with_paragraph(use)
    drop_unused(document)
    assert kind in kinds(document)


def test_fonts_that_are_embedded_stay() -> None:
    document = with_paragraph()
    table = next(
        relation.target_part
        for relation in document.part.rels.values()
        if relation.reltype.endswith("/fontTable")
    )
    face = Part(PackURI("/word/fonts/font1.odttf"), "application/obfuscated", b"face")
    table.relate_to(
        face, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
    )
    drop_unused(document)
    assert "fontTable" in kinds(document)
