"""Every clause finds its fault, alone and among all others, and says nothing of a paper that is right."""

from __future__ import annotations

import copy
import datetime as dt
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.text.run import CT_R
from docx.section import _Footer
from docx.text.paragraph import Paragraph

from toolkit.gongwen.annex import annex_note, annex_start
from toolkit.gongwen.document import append, new_document, save
from toolkit.gongwen.elements import Run, blank_row, paragraph, signature, title
from toolkit.gongwen.lengths import pt
from toolkit.gongwen.letterhead import Imprint, Letterhead, imprint, letterhead
from toolkit.gongwen.proofread.clause import Clause, Weight, all_clauses, proofread
from toolkit.gongwen.proofread.paper import Role, read_paper
from toolkit.gongwen.styles import ADDRESSEE, BODY, HEADING1, HEADING2, HEADING3, KAI_RUN, Fonts
from toolkit.gongwen.tables import Column, Faces, table

Plant = Callable[[Document], object]

STAMP = dt.datetime(2026, 6, 19)
FONTS = Fonts()
FACES = Faces(head=FONTS.heading1, text=FONTS.body, size=pt(12))
TEXTUAL = [one for one in all_clauses() if one.bad]


def clean_paper() -> Document:
    document = new_document(FONTS)
    append(
        document,
        letterhead(
            Letterhead(
                "云泽高新区党工委文件", "云党工通〔2026〕12号", secrecy="秘密★1年", urgency="加急"
            ),
            FONTS,
        ),
    )
    append(
        document,
        [
            blank_row(),
            blank_row(),
            title("云泽高新区党工委关于八届市委第六轮巡察整改进展情况的通报"),
            blank_row(),
        ],
    )
    append(document, [paragraph(ADDRESSEE, "各单位：")])
    append(
        document,
        [
            paragraph(
                BODY,
                "按照国发〔2026〕1号文件和《关于印发〈甲办法〉的通知》要求，现将情况通报如下。",
            )
        ],
    )
    for number, mark in enumerate("一二三", 1):
        append(document, [paragraph(HEADING1, f"{mark}、坚决扛起整改责任")])
        append(
            document,
            [
                paragraph(HEADING2, "（一）加强领导。"),
                paragraph(
                    BODY, f"2026年{number}月8日召开会议，推动10～20家企业整改，增长15%～30%。"
                ),
            ],
        )
        append(
            document,
            [paragraph(BODY, Run("（二）压实责任。", KAI_RUN), "建立整改台账，开展“回头看”。")],
        )
        append(
            document,
            [
                paragraph(HEADING3, "1.完善制度。印发《甲办法》（试行）。"),
                paragraph(BODY, "（1）全长5km，面积30m²。"),
                paragraph(BODY, "（2）走访五六家企业……"),
            ],
        )
    append(document, annex_note(["整改台账汇总表", "逾期问题清单"]))
    append(document, [blank_row(), *signature("中共云泽高新区工作委员会", "2026年6月19日")])
    append(document, [imprint(Imprint("市委巡察办", "党政综合办公室", "2026年6月19日"), FONTS)])
    for number, name in enumerate(("整改台账汇总表", "逾期问题清单"), 1):
        append(document, annex_start(number, 2, name))
        append(
            document,
            [table([Column("编号", 20), Column("问题", 80)], [["3-1", "前期论证不充分"]], FACES)],
        )
    return document


def faults(document: Document, tmp_path: Path) -> Counter[str]:
    path = tmp_path / "公文.docx"
    save(document, path, created=STAMP)
    return Counter(fault.id for fault in proofread(read_paper(path)))


def find(document: Document, start: str) -> Paragraph:
    return next(p for p in document.paragraphs if p.text.startswith(start))


def margin(name: str, twips: int) -> Plant:
    def plant(document: Document) -> None:
        document.element.body.sectPr.find(qn("w:pgMar")).set(qn(f"w:{name}"), str(twips))

    return plant


def paper_size(document: Document) -> None:
    size = document.element.body.sectPr.find(qn("w:pgSz"))
    size.set(qn("w:w"), "12240")
    size.set(qn("w:h"), "15840")
    margins = document.element.body.sectPr.find(
        qn("w:pgMar")
    )  # keep the 版心, so that the paper is the only fault
    margins.set(qn("w:right"), str(12240 - 1587 - 8845))
    margins.set(qn("w:bottom"), str(15840 - 2098 - 12756))


def no_grid(document: Document) -> None:
    grid = document.element.body.sectPr.find(qn("w:docGrid"))
    grid.getparent().remove(grid)


def footers(document: Document) -> list[_Footer]:
    section = document.sections[0]
    return [section.footer, section.even_page_footer]


def in_footers(change: Callable[[CT_R], None]) -> Plant:
    def plant(document: Document) -> None:
        for footer in footers(document):
            for run in footer.paragraphs[0]._p.iter(qn("w:r")):
                change(run)

    return plant


def undash(run: CT_R) -> None:
    for text in run.iter(qn("w:t")):
        text.text = (text.text or "").replace("—", "")


def small(run: CT_R) -> None:
    for size in run.iter(qn("w:sz")):
        size.set(qn("w:val"), "21")


def other_font(run: CT_R) -> None:
    for fonts in run.iter(qn("w:rFonts")):
        fonts.set(qn("w:eastAsia"), "微软雅黑")


def one_footer(document: Document) -> None:
    document.settings.odd_and_even_pages_header_footer = False


def no_footer(document: Document) -> None:
    for footer in footers(document):
        for paragraph_ in footer.paragraphs:
            for run in list(paragraph_._p.iter(qn("w:r"))):
                run.getparent().remove(run)


def text(start: str, old: str, new: str) -> Plant:
    def plant(document: Document) -> None:
        for piece in find(document, start)._p.iter(qn("w:t")):
            piece.text = piece.text.replace(old, new)

    return plant


def look(start: str, **said: Any) -> Plant:
    """Direct formatting of every run of the paragraph: font, size (half points), color, bold."""

    def plant(document: Document) -> None:
        for run in find(document, start).runs:
            properties = run._r.get_or_add_rPr()
            if "font" in said:
                run.font.name = said["font"]
                properties.rFonts.set(qn("w:eastAsia"), said["font"])
            if "size" in said:
                run.font.size = docx.shared.Pt(said["size"] / 2)
            if "color" in said:
                run.font.color.rgb = docx.shared.RGBColor.from_string(said["color"])
            if said.get("bold"):
                run.font.bold = True

    return plant


def layout(start: str, **said: Any) -> Plant:
    def plant(document: Document) -> None:
        properties = find(document, start).paragraph_format
        for name, value in said.items():
            setattr(properties, name, value)
        indent = find(document, start)._p.pPr.find(qn("w:ind"))
        if indent is not None:
            indent.attrib.pop(qn("w:firstLineChars"), "")

    return plant


def without(start: str) -> Plant:
    def plant(document: Document) -> None:
        element = find(document, start)._p
        element.getparent().remove(element)

    return plant


def again(start: str) -> Plant:
    def plant(document: Document) -> None:
        element = find(document, start)._p
        element.addnext(copy.deepcopy(element))

    return plant


def with_body(said: str) -> Plant:
    def plant(document: Document) -> None:
        append_body(document, said)

    return plant


def append_body(document: Document, said: str) -> None:
    find(document, "按照国发")._p.addnext(paragraph(BODY, said))


PT = docx.shared.Pt
LEFT = WD_ALIGN_PARAGRAPH.LEFT
PLANTED: dict[str, Plant] = {
    "5.1-size": paper_size,
    "5.2.1-top": lambda document: (margin("top", 1440)(document), margin("bottom", 2642)(document)),
    "5.2.1-left": lambda document: (margin("left", 1800)(document), margin("right", 1261)(document)),
    "5.2.1-width": margin("right", 1800),
    "5.2.1-height": margin("bottom", 1440),
    "5.2.3-lines": no_grid,
    "7.5-text": in_footers(undash),
    "7.5-size": in_footers(small),
    "7.5-font": in_footers(other_font),
    "7.5-odd-right": one_footer,
    "5.2.2-font": look("按照国发", font="宋体"),
    "5.2.2-size": look("按照国发", size=28),
    "5.2.4-color": look("按照国发", color="0000FF"),
    "7.2.5-bracket": text("云党工通", "〔2026〕", "[2026]"),
    "7.2.5-year": text("云党工通", "2026", "26"),
    "7.2.5-serial": text("云党工通", "12号", "第012号"),
    "7.3.1-font": look("云泽高新区党工委关于", font="黑体"),
    "7.3.1-size": look("云泽高新区党工委关于", size=36),
    "7.3.1-center": lambda document: setattr(find(document, "云泽高新区党工委关于"), "alignment", LEFT),
    "7.3.1-text": text("云泽高新区党工委关于", "通报", "通报。"),
    "7.3.2-colon": text("各单位", "：", "；"),
    "7.3.2-left": layout("各单位", first_line_indent=PT(32)),
    "7.3.3-indent": layout("按照国发", first_line_indent=PT(0)),
    "7.3.3-back": layout("按照国发", left_indent=PT(32)),
    "7.3.3-h1-font": look("一、", font="仿宋_GB2312"),
    "7.3.3-h2-font": look("（一）", font="仿宋_GB2312"),
    "7.3.3-h3-font": look("1.完善", font="黑体"),
    "7.3.3-h-size": look("一、", size=36),
    "7.3.3-bold": look("一、", bold=True),
    "7.3.3-marks": text("1.完善", "1.", "1、"),
    "7.3.3-sequence": text("二、", "二、", "三、"),
    "7.3.4-end": text("附件：1.", "汇总表", "汇总表。"),
    "7.3.4-colon": text("附件：1.", "附件：", "附件:"),
    "7.3.5.4-date": text("2026年6月19日", "6月", "06月"),
    "7.3.5-missing": without("2026年6月19日"),
    "7.3.7-colon": text("附件1", "附件1", "附件1："),
    "7.3.7-font": look("附件1", font="仿宋_GB2312"),
    **{
        one.id: with_body(one.bad[0])
        for one in TEXTUAL
    },
}  # fmt: skip
# What a planted fault brings with it of necessity.
CONSEQUENCES = {
    "7.3.3-sequence": {"7.3.3-sequence"},
    "7.3.1-missing": set(),
    "9-level": {"7.3.3-marks", "7.3.3-h2-font"},
}
# What cannot stand in one paper together with the fault that it hides.
NOT_IN_COMPANY = {"7.3.5-missing", "7.3.3-sequence", "7.3.3-marks", "9-level"}


def test_a_right_paper_is_found_right_and_its_parts_are_known(tmp_path: Path) -> None:
    document = clean_paper()
    assert faults(document, tmp_path) == Counter()
    roles = Counter(one.role for one in read_paper(tmp_path / "公文.docx").paragraphs)
    expected = {
        Role.NUMBER: 1, Role.TITLE: 3, Role.ADDRESSEE: 1, Role.HEADING1: 3, Role.HEADING2: 6, Role.HEADING3: 3, Role.HEADING4: 6,
        Role.ANNEX_NOTE: 2, Role.SIGNATURE: 1, Role.DATE: 1, Role.ANNEX: 2,
    }  # fmt: skip
    assert {role: roles[role] for role in expected} == expected


def test_there_are_at_least_forty_faults_to_plant() -> None:
    assert len(PLANTED) >= 60


@pytest.mark.parametrize("id_", PLANTED)
def test_a_fault_alone_is_found_and_nothing_else(tmp_path: Path, id_: str) -> None:
    document = clean_paper()
    PLANTED[id_](document)
    found = faults(document, tmp_path)
    assert found[id_], found
    assert set(found) - {id_} <= CONSEQUENCES.get(id_, set())


def test_all_faults_in_company_are_found(tmp_path: Path) -> None:
    document = clean_paper()
    planted = [id_ for id_ in PLANTED if id_ not in NOT_IN_COMPANY]
    for id_ in planted:
        if id_ != "7.5-font":
            PLANTED[id_](document)
    PLANTED["7.5-font"](document)
    found = faults(document, tmp_path)
    hidden = {
        "5.2.1-left",
        "5.2.1-top",
        "5.2.1-width",
        "5.2.1-height",
    }  # one margin cannot be wrong in two ways at once
    assert set(planted) - set(found) - hidden == set()
    assert len(set(found) & set(planted)) >= 40


def test_a_paper_without_page_numbers_or_title_says_so(tmp_path: Path) -> None:
    document = clean_paper()
    no_footer(document)
    assert "7.5-text" in faults(document, tmp_path)
    empty = docx.Document()
    empty.add_paragraph("没有标题的正文。")
    assert "7.3.1-missing" in faults(empty, tmp_path)


@pytest.mark.parametrize(
    ("one", "said"),
    [(one, said) for one in TEXTUAL for said in one.bad],
    ids=lambda value: getattr(value, "id", ""),
)
def test_every_wrong_example_is_found(tmp_path: Path, one: Clause, said: str) -> None:
    document = clean_paper()
    append_body(document, said)
    assert one.id in faults(document, tmp_path)


@pytest.mark.parametrize(
    ("one", "said"),
    [(one, said) for one in TEXTUAL for said in one.good],
    ids=lambda value: getattr(value, "id", ""),
)
def test_no_right_example_is_found(tmp_path: Path, one: Clause, said: str) -> None:
    document = clean_paper()
    append_body(document, said)
    assert one.id not in faults(document, tmp_path)


def test_every_clause_says_what_it_asks_and_what_to_do() -> None:
    clauses = all_clauses()
    assert len({one.id for one in clauses}) == len(clauses)
    for one in clauses:
        assert one.asks.endswith("。"), one.id
        assert one.fix.endswith(("。", "）。")), one.id
        assert isinstance(one.weight, Weight)


def test_a_paper_of_another_writer_is_read_by_its_look(tmp_path: Path) -> None:
    document = docx.Document()
    heading = document.add_paragraph("关于开展检查的通知")
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.runs[0].font.size = PT(22)
    document.add_paragraph("各科室：")
    document.add_paragraph("一、总体要求")
    document.add_paragraph("按照要求开展检查。")
    document.add_paragraph("某某局办公室")
    document.add_paragraph("2026年6月9日")
    found = faults(document, tmp_path)
    paper = read_paper(tmp_path / "公文.docx")
    assert [one.role for one in paper.paragraphs] == [
        Role.TITLE,
        Role.ADDRESSEE,
        Role.HEADING1,
        Role.BODY,
        Role.SIGNATURE,
        Role.DATE,
    ]
    assert {"5.1-size", "7.3.1-font", "7.3.3-indent", "7.5-text"} <= set(found)
