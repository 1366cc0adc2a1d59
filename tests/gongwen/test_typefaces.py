"""Fonts of the settings act in a document that was laid out with others."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from docx.oxml.ns import qn
from lxml import etree

from toolkit.gongwen.document import append, new_document, save
from toolkit.gongwen.elements import Run, paragraph
from toolkit.gongwen.leftovers import drop_unused
from toolkit.gongwen.letter import new_letter
from toolkit.gongwen.styles import (
    BODY,
    HEADING1,
    HEADING2,
    HEI_RUN,
    KAI_RUN,
    TITLE,
    Fonts,
    adopt,
)
from toolkit.gongwen.wordml import fonts as named
from toolkit.gongwen.wordml import text, w

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docx.document import Document

OLD = Fonts("题甲", "黑甲", "楷甲", "仿甲", "页甲")
NEW = Fonts("题乙", "黑乙", "楷乙", "仿乙", "页乙")
# Every font moved on by one: what was the title's is now that of first headings.
TURNED = Fonts("页甲", "题甲", "黑甲", "楷甲", "仿甲")
SCRIPTS = ("ascii", "hAnsi", "eastAsia", "cs")


def faces(document: Document) -> Iterator[tuple[str, str]]:
    """(part, font) of every font that is named anywhere."""
    for part in document.part.package.iter_parts():
        root = getattr(part, "element", None)
        for place in () if root is None else root.iter(qn("w:rFonts")):
            for script in SCRIPTS:
                face = place.get(qn(f"w:{script}"))
                if face:
                    yield str(part.partname), face


def styled(document: Document, style: str) -> str | None:
    found = document.styles.element.find(f"{qn('w:style')}[@{qn('w:styleId')}='{style}']")
    fonts = found.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    return None if fonts is None else str(fonts.get(qn("w:eastAsia")))


def run_in(style: str, *direct: str) -> etree._Element:
    """A paragraph of this style whose runs name fonts themselves, as WPS copies them."""
    made = paragraph(style)
    for face in direct:
        made.append(w("r", w("rPr", named(face)), text("文")))
    return made


@pytest.mark.parametrize("new", [NEW, TURNED], ids=["others", "turned"])
def test_every_font_of_the_house_follows_the_settings(new: Fonts) -> None:
    document = new_letter(OLD, "甲乙办公室", "甲〔2026〕1号")
    append(document, [paragraph(TITLE, "题"), paragraph(BODY, Run("（一）", KAI_RUN), "文")])
    adopt(document, new)
    drop_unused(document)
    assert {face for _, face in faces(document)} <= {
        new.title, new.heading1, new.heading2, new.body, new.page
    }  # fmt: skip
    assert styled(document, TITLE) == new.title
    assert styled(document, HEADING1) == styled(document, HEI_RUN) == new.heading1
    assert styled(document, HEADING2) == styled(document, KAI_RUN) == new.heading2
    assert styled(document, "Normal") == new.body
    assert styled(document, BODY) is None
    by_part = dict(faces(document))
    assert {by_part[part] for part in by_part if "footer" in part} == {new.page}
    assert {by_part[part] for part in by_part if "header" in part} == {new.title}


@pytest.mark.parametrize("new", [NEW, TURNED], ids=["others", "turned"])
def test_fonts_that_a_program_copied_into_runs_follow_too(new: Fonts) -> None:
    document = new_document(OLD)
    append(document, [run_in(BODY, "仿甲", "楷甲", "黑甲"), run_in(TITLE, "题甲")])
    adopt(document, new)
    direct = [place.get(qn("w:eastAsia")) for place in document.element.body.iter(qn("w:rFonts"))]
    assert direct == [new.body, new.heading2, new.heading1, new.title]


def test_one_old_font_for_two_purposes_becomes_the_one_of_its_paragraph() -> None:
    same = Fonts("黑甲", "黑甲", "楷甲", "仿甲", "页甲")
    document = new_document(same)
    append(document, [run_in(TITLE, "黑甲"), run_in(HEADING1, "黑甲")])
    adopt(document, NEW)
    direct = [place.get(qn("w:eastAsia")) for place in document.element.body.iter(qn("w:rFonts"))]
    assert direct == [NEW.title, NEW.heading1]


def test_a_font_that_the_office_chose_for_one_place_stays() -> None:
    document = new_document(OLD)
    append(document, [run_in(BODY, "隶书")])
    adopt(document, NEW)
    assert [face for part, face in faces(document) if "document" in part] == ["隶书"] * 4


def test_a_style_that_names_no_font_and_one_of_a_theme_are_given_theirs() -> None:
    document = new_document(OLD)
    styles = document.styles.element
    for style in (TITLE, "Normal"):
        found = styles.find(f"{qn('w:style')}[@{qn('w:styleId')}='{style}']/{qn('w:rPr')}")
        found.remove(found.find(qn("w:rFonts")))
    default = next(styles.iter(qn("w:rPrDefault"))).find(f".//{qn('w:rFonts')}")
    default.attrib.clear()
    default.set(qn("w:eastAsiaTheme"), "minorEastAsia")
    adopt(document, NEW)
    assert (styled(document, TITLE), styled(document, "Normal")) == (NEW.title, NEW.body)
    assert default.get(qn("w:eastAsia")) == NEW.body
    assert default.get(qn("w:eastAsiaTheme")) is None


def test_the_same_fonts_change_nothing() -> None:
    document = new_letter(OLD, "甲乙办公室")
    append(document, [run_in(BODY, "仿甲", "隶书")])
    before = [etree.tostring(part.element) for part in document.part.package.iter_parts() if hasattr(part, "element")]  # fmt: skip
    adopt(document, OLD)
    after = [etree.tostring(part.element) for part in document.part.package.iter_parts() if hasattr(part, "element")]  # fmt: skip
    assert after == before


def test_no_part_names_a_font_that_the_paper_does_not_use(tmp_path: Path) -> None:
    import datetime as dt

    path = tmp_path / "文.docx"
    save(new_document(OLD), path, created=dt.datetime(2026, 6, 19))
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    assert not [name for name, xml in parts.items() if "Calibri" in xml or '"Symbol"' in xml]
    assert "word/theme/theme1.xml" not in parts
