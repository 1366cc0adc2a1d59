"""Styles of a template that another program has saved, or that an office made itself."""

from __future__ import annotations

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from toolkit.gongwen.document import append, new_document
from toolkit.gongwen.elements import Run, paragraph
from toolkit.gongwen.styles import BODY, HEADING2, KAI_RUN, TITLE, Fonts, adopt

NAMES = {
    TITLE: "公文标题",
    BODY: "公文正文",
    HEADING2: "公文二级标题",
    KAI_RUN: "公文楷体",
    "Normal": "Normal",
}
REFERENCES = ("w:pStyle", "w:rStyle", "w:basedOn")


@pytest.fixture
def document() -> Document:
    fresh = new_document(Fonts())
    append(fresh, [paragraph(TITLE, "标题"), paragraph(BODY, Run("（一）甲。", KAI_RUN), "正文")])
    return fresh


def renumbered(document: Document) -> Document:
    """What WPS and LibreOffice do when they save: names stay, ids become numbers."""
    styles = list(document.styles.element.iter(qn("w:style")))
    ids = {style.get(qn("w:styleId")): str(number) for number, style in enumerate(styles, 1)}
    for style in styles:
        style.set(qn("w:styleId"), ids[style.get(qn("w:styleId"))])
    for root in (document.styles.element, document.element):
        for reference in root.iter(*map(qn, REFERENCES)):
            reference.set(qn("w:val"), ids[reference.get(qn("w:val"))])
    return document


def names(document: Document) -> dict[str, str]:
    return {style.style_id: style.name for style in document.styles}


def test_ids_that_another_program_gave_become_ours_again(document: Document) -> None:
    before = document.element.body.xml
    adopt(renumbered(document), Fonts())
    assert document.element.body.xml == before
    assert NAMES.items() <= names(document).items()
    assert len(names(document)) == len(list(document.styles))
    assert {style.base_style.name for style in document.styles if style.style_id == BODY} == {
        "Normal"
    }


def test_a_style_that_the_office_changed_stays_as_it_is(document: Document) -> None:
    document.styles["公文正文"].font.size = docx.shared.Pt(15)
    adopt(renumbered(document), Fonts())
    assert document.styles["公文正文"].font.size.pt == 15


def test_an_offices_own_document_gets_the_styles_it_lacks() -> None:
    document = docx.Document()
    before = names(document)
    adopt(document, Fonts(body="仿宋"))
    assert before.items() <= names(document).items()
    body = document.styles["公文正文"]
    assert (body.font.name, body.font.size.pt) == ("仿宋", 16)
    assert document.styles["公文署名"].paragraph_format.keep_with_next


def test_our_own_document_is_not_touched(document: Document) -> None:
    before = document.styles.element.xml
    adopt(document, Fonts())
    assert document.styles.element.xml == before
