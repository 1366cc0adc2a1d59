"""A wide annex on landscape pages between upright ones."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import docx
from docx.oxml.ns import qn

from tests.support.wordml import troubles
from toolkit.gongwen.annex import annex_start
from toolkit.gongwen.document import append, new_document, save
from toolkit.gongwen.elements import paragraph, title
from toolkit.gongwen.lengths import pt
from toolkit.gongwen.letterhead import Letterhead, letterhead
from toolkit.gongwen.sections import end_landscape, end_portrait
from toolkit.gongwen.styles import Fonts
from toolkit.gongwen.tables import Column, Faces, table

FACES = Faces(head="黑体", text="仿宋_GB2312", size=pt(12))


def test_landscape_pages_stand_between_upright_ones_and_keep_the_numbers(tmp_path: Path) -> None:
    document = new_document(Fonts())
    append(document, [title("通报"), paragraph("GwBody", "正文。"), end_portrait(document)])
    append(
        document,
        [
            *annex_start(1, 1, "台账"),
            table([Column("编号", 20), Column("问题", 200)], [["1", "甲"]] * 40, FACES),
        ],
    )
    append(document, [end_landscape(document), paragraph("GwBody", "又是竖排。")])
    path = tmp_path / "横.docx"
    save(document, path, created=dt.datetime(2026, 6, 19))
    assert troubles(path) == []
    sections = docx.Document(str(path)).sections
    assert [section.orientation for section in sections] == [0, 1, 0]
    assert [round(section.page_width.mm) for section in sections] == [210, 297, 210]
    assert all("PAGE" in section.footer._element.xml for section in sections)


def test_bodies_that_issue_together_stand_one_a_line_the_leading_one_first() -> None:
    elements = list(
        letterhead(Letterhead("中共甲委员会\n甲人民政府文件", "甲发〔2026〕1号"), Fonts())
    )
    texts = ["".join(piece.text or "" for piece in element.iter(qn("w:t"))) for element in elements]
    assert [text for text in texts if text] == ["中共甲委员会", "甲人民政府文件", "甲发〔2026〕1号"]
