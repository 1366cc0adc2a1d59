"""Titles of any length break well; name and date stand where clause 7.3.5.2 puts them."""

from __future__ import annotations

import time

import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from toolkit.gongwen.elements import (
    CHARACTER,
    TITLE_WIDTH,
    _drawn,
    paragraph,
    remark,
    signature,
    signature_with_seal,
    title_lines,
)
from toolkit.gongwen.page import text_width


@pytest.mark.parametrize(
    "lines",
    [
        ("关于巡察整改进展情况的通报",),
        (
            "中共云泽高新技术产业开发区工作委员会",
            "关于八届澜州市委第六轮巡察整改",
            "阶段性进展情况的通报",
        ),
        ("中共甲市乙县委员会关于", "巡察整改进展情况的通报"),
    ],
)
def test_titles_break_at_joints_of_meaning(lines: tuple[str, ...]) -> None:
    assert title_lines("".join(lines)) == lines


@pytest.mark.parametrize(
    "text",
    [
        "【请在设置中填写：发文机关】关于【请在设置中填写：巡察轮次】巡察整改进展情况的通报",
        "中共某某市委员会关于落实《关于进一步加强巡察整改工作的若干意见》情况的通报",
        "甲单位、乙单位、丙单位、丁单位、戊单位、己单位、庚单位、辛单位、壬单位、癸单位关于巡察整改进展情况的通报",
        "关于China International Import Expo国际博览会筹备工作领导小组办公室整改情况的通报",
        "某" * 130,
        "甲、" * 120,
    ],
)
def test_long_titles_are_broken_quickly_and_nothing_is_torn(text: str) -> None:
    start = time.perf_counter()
    lines = title_lines(text)
    assert time.perf_counter() - start < 0.5
    assert "".join(lines) == text
    assert max(map(len, lines)) <= TITLE_WIDTH + 1
    assert not any(line.startswith(tuple("，。、；：）》”】")) for line in lines)
    assert all(line.count("【") == line.count("】") for line in lines)


def test_a_wrapped_title_tears_no_common_word() -> None:
    issuer = "中共甲乙省丙丁市戊己高新技术产业开发区与综合保税区联合工作委员会（管理委员会）党组"
    lines = title_lines(f"{issuer}关于八届市委第六轮巡察整改进展情况的通报")
    assert lines[1].endswith("联合工作委员会")
    assert lines[-1].startswith("第六轮")


@given(st.text(alphabet="甲乙丙关于的通报、《》“”【】abc12", min_size=1, max_size=90))
def test_a_broken_title_is_the_same_title(text: str) -> None:
    assert "".join(title_lines(text)) == text


def place(element: etree._Element) -> tuple[str, int, int]:
    indent = element.find(f".//{qn('w:ind')}")
    alignment = element.find(f".//{qn('w:jc')}").attrib[qn("w:val")]
    left, right = (int(indent.attrib[qn(side)]) for side in ("w:left", "w:right"))
    return str(alignment), left, right


def test_the_dates_first_character_is_two_to_the_right_of_the_names() -> None:
    name, date = map(place, signature("中共云泽高新技术产业开发区工作委员会", "2026年6月19日"))
    assert name == ("right", 0, 2 * CHARACTER.twips)
    start_of_name = text_width().twips - 2 * CHARACTER.twips - 18 * 314
    assert date == ("left", start_of_name + 2 * CHARACTER.twips, 0)


def test_a_longer_date_takes_the_two_characters_and_the_name_moves_with_it() -> None:
    name, date = map(place, signature("县委", "2026年12月19日"))
    assert date == ("right", 0, 2 * CHARACTER.twips)
    start_of_date = text_width().twips - 2 * CHARACTER.twips - 7 * 314
    assert name == ("left", start_of_date - 2 * CHARACTER.twips, 0)


def test_a_name_of_forty_characters_is_broken() -> None:
    name, date = signature(
        "中共甲乙丙丁自治州国家级经济技术开发区与综合保税区和自由贸易试验区联合工作委员会" + "党组",
        "2026年6月19日",
    )
    assert name.findall(f".//{qn('w:br')}")
    assert place(name) == ("right", 0, 2 * CHARACTER.twips)
    assert place(date) == ("right", 0, 4 * CHARACTER.twips)


def test_what_xml_cannot_hold_is_left_out() -> None:
    element = paragraph("Normal", "甲\x00乙\ud800丙\uffff丁")
    assert "".join(text.text or "" for text in element.iter(qn("w:t"))) == "甲乙丙丁"


def test_a_sealed_paper_has_its_name_centred_over_its_date() -> None:
    name, date = signature_with_seal("中共云泽高新区工作委员会", "2026年6月19日")
    indents = [
        (
            int(one[0].find(qn("w:ind")).attrib[qn("w:left")]),
            int(one[0].find(qn("w:ind")).attrib[qn("w:right")]),
        )
        for one in (name, date)
    ]
    assert indents[0] == indents[1]
    axis = (text_width().twips - indents[0][1] + indents[0][0]) / 2
    date_right = text_width().twips - axis - _drawn("2026年6月19日").twips / 2
    assert date_right == pytest.approx(4 * CHARACTER.twips, abs=40)
    assert all(one[0].find(qn("w:jc")).get(qn("w:val")) == "center" for one in (name, date))


def test_a_remark_stands_in_one_pair_of_brackets() -> None:
    assert (
        text_of(remark("（此件公开发布）")) == text_of(remark("此件公开发布")) == "（此件公开发布）"
    )


def text_of(element: etree._Element) -> str:
    return "".join(piece.text or "" for piece in element.iter(qn("w:t")))


def test_quotation_marks_are_said_to_be_east_asian() -> None:
    hinted, plain = paragraph("GwBody", "开展“回头看”"), paragraph("GwBody", "开展检查")
    assert [fonts.get(qn("w:hint")) for fonts in hinted.iter(qn("w:rFonts"))] == ["eastAsia"]
    assert list(plain.iter(qn("w:rPr"))) == []
