"""What is put into an element stays where it was put, whatever it holds."""

from __future__ import annotations

import pytest
from lxml import etree

from toolkit.gongwen.wordml import w
from toolkit.gongwen.xml import NAMESPACES, element, name_of

NASTY = ['怪"体', "甲&乙", "甲<w:br/>乙", "甲'>乙", "]]>", "甲\n乙", "", "  "]


@pytest.mark.parametrize("text", NASTY)
def test_texts_and_attributes_come_back_as_they_went_in(text: str) -> None:
    made = element("w:t", {"w:val": text, "xml:space": "preserve"}, text)
    again = etree.fromstring(etree.tostring(made))
    assert (again.text or "") == text
    assert again.get(name_of("w:val")) == text
    assert again.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


def test_what_xml_cannot_hold_is_left_out_of_attributes_too() -> None:
    made = element("w:t", {"w:val": "甲\x00\uffff乙"}, "丙\x1b丁")
    assert (made.get(name_of("w:val")), made.text) == ("甲乙", "丙丁")


def test_children_and_texts_stand_in_their_order() -> None:
    made = element("w:t", {}, "一", w("br"), "二", "三", w("tab"))
    expected = '<w:t xmlns:w="{}">一<w:br/>二三<w:tab/></w:t>'.replace("{}", NAMESPACES["w"])
    assert etree.tostring(made, encoding="unicode") == expected


def test_a_name_with_an_unknown_prefix_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        element("x:p", {})


def test_required_prefixes_are_known_where_they_are_named() -> None:
    inside = element("wps:wsp", {})
    choice = element("mc:Choice", {"Requires": "wps"}, inside)
    assert etree.fromstring(etree.tostring(choice)).nsmap["wps"] == NAMESPACES["wps"]
