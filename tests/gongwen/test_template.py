"""A template as people edit it: what can be filled in is, what cannot is named in Chinese with its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.support.counting import calls_in
from toolkit.gongwen.document import append, new_document, save, texts_of
from toolkit.gongwen.elements import paragraph
from toolkit.gongwen.styles import BODY, Fonts
from toolkit.gongwen.template import Template, TemplateError, Templates, replace_marker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STAMP = dt.datetime(2026, 1, 1)
MARKER = "【逐项整改情况】"
VALUES = {"发文机关": "甲乙县委 & <办公室>", "完成率": "42.42%", "问题总数": "66"}


@pytest.fixture
def template(tmp_path: Path) -> Callable[..., Any]:
    def make(*texts: str, change: Callable[..., Any] = lambda _document: None) -> Path:
        path = tmp_path / "通报.docx"
        document = new_document(Fonts())
        append(document, [paragraph(BODY, text) for text in texts])
        change(document)
        save(document, path, created=STAMP)
        return path

    return make


def rendered(path: Path) -> tuple[str, ...]:
    return texts_of(Template.read(path).render(VALUES).element.body)


def split_into_runs(document: Document) -> None:
    """As Word does when a part of a placeholder is made bold, or spelled anew."""
    for element in document.element.body.iter(qn("w:p")):
        text = "".join(piece.text for piece in element.iter(qn("w:t")))
        for run in element.findall(qn("w:r")):
            element.remove(run)
        for number, character in enumerate(text):
            run = OxmlElement("w:r")
            if number % 2:
                properties = OxmlElement("w:rPr")
                properties.append(OxmlElement("w:b"))
                run.append(properties)
            piece = OxmlElement("w:t")
            piece.text = character
            run.append(piece)
            element.append(run)


@pytest.mark.parametrize("text", ["{{发文机关}}", "{{ 发文机关 }}", "{{　发文机关　}}"])
def test_a_placeholder_is_filled_in_to_the_letter(template: Callable[..., Any], text: str) -> None:
    assert rendered(template(f"由{text}印发")) == ("由甲乙县委 & <办公室>印发",)


def test_a_placeholder_split_over_runs_is_filled_in(template: Callable[..., Any]) -> None:
    assert rendered(template("完成率为{{完成率}}。", change=split_into_runs)) == (
        "完成率为42.42%。",
    )


def test_a_marker_split_over_runs_is_found(template: Callable[..., Any]) -> None:
    document = Template.read(template("前", MARKER, "后", change=split_into_runs)).render(VALUES)
    replace_marker(document, MARKER, [paragraph(BODY, "甲"), paragraph(BODY, "乙")], "通报.docx")
    assert texts_of(document.element.body) == ("前", "甲", "乙", "后")


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ((), "应恰好有一段“【逐项整改情况】”，现有0段"),
        ((MARKER, MARKER), "现有2段"),
        ((f"如下：{MARKER}",), "要单独成一段"),
    ],
)
def test_a_marker_that_is_missing_doubled_or_not_alone_is_named(
    template: Callable[..., Any], texts: tuple[str, ...], said: str
) -> None:
    document = Template.read(template("前", *texts)).render(VALUES)
    with pytest.raises(TemplateError, match=said):
        replace_marker(document, MARKER, [], "通报.docx")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{发文机构}}", "第2段.*“{{发文机构}}”不认识.*是不是“{{发文机关}}”？可用的有"),
        ("{{发文 机关}}", "不认识"),
        ("{{}}", "不认识"),
        ("{{7*7}}", "不认识"),
        ("{{发文机关.__class__.__mro__}}", "不认识"),
        ("{{发文机关|upper}}", "不认识"),
        ("{% for x in range(10**9) %}{% endfor %}", "程序语句"),
        ("{# 注释 #}", "程序语句"),
        ("{%p if 1 %}", "程序语句"),
        ("{{发文机关", "花括号不成对"),
        ("发文机关}}", "花括号不成对"),
        ("{发文机关}", "写成了“{发文机关}”；应写成“{{发文机关}}”"),
        ("｛｛发文机关｝｝", "应写成“{{发文机关}}”"),
    ],
)
def test_what_cannot_be_filled_in_is_named_with_its_paragraph(
    template: Callable[..., Any], text: str, said: str
) -> None:
    with pytest.raises(TemplateError, match=said) as raised:
        rendered(template("好的。", text))
    assert not any(
        word in str(raised.value) for word in ("undefined", "expected", "unexpected", "Error")
    )


def test_braces_that_mean_nothing_to_us_stay(template: Callable[..., Any]) -> None:
    assert rendered(template("集合{甲，乙}")) == ("集合{甲，乙}",)


def test_a_header_is_looked_at_too(template: Callable[..., Any]) -> None:
    def head(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "{{发文机构}}"

    with pytest.raises(TemplateError, match="页眉的占位符"):
        rendered(template("好的。", change=head))


@pytest.mark.parametrize("data", [b"", b"not a docx", b"PK\x03\x04broken"])
def test_a_template_that_is_no_word_file_is_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "通报.docx"
    path.write_bytes(data)
    with pytest.raises(TemplateError, match="打不开"):
        Template.read(path).render(VALUES)


def test_tab_stops_of_a_paragraph_are_no_text(template: Callable[..., Any], tmp_path: Path) -> None:
    path = template("甲")
    document = docx.Document(str(path))
    document.paragraphs[0].paragraph_format.tab_stops.add_tab_stop(914400)
    document.paragraphs[0].add_run("\t乙")
    document.save(str(tmp_path / "二.docx"))
    assert rendered(tmp_path / "二.docx") == ("甲\t乙",)


def test_a_template_is_filled_in_anew_for_every_paper(template: Callable[..., Path]) -> None:
    found = Template.read(template("{{发文机关}}完成{{完成率}}。"))
    values = [{**VALUES, "发文机关": name} for name in ("甲局", "乙<局>", "{{完成率}}")]
    papers = [found.render(given) for given in values]
    assert [texts_of(paper.element.body) for paper in papers] == [
        ("甲局完成42.42%。",),
        ("乙<局>完成42.42%。",),
        ("{{完成率}}完成42.42%。",),
    ]


def test_a_paper_that_lacks_a_value_is_refused_after_one_that_had_it(
    template: Callable[..., Path],
) -> None:
    found = Template.read(template("{{发文机关}}"))
    found.render(VALUES)
    with pytest.raises(TemplateError, match=r"“\{\{发文机关\}\}”不认识"):
        found.render({"完成率": "1%"})


def test_a_change_to_a_paper_stays_in_it(template: Callable[..., Path]) -> None:
    found = Template.read(template("甲"))
    replace_marker(found.render(VALUES), "甲", [paragraph(BODY, "乙")], "通报.docx")
    assert texts_of(found.render(VALUES).element.body) == ("甲",)


def test_templates_of_a_folder_are_read_once(template: Callable[..., Path]) -> None:
    path = template("甲")
    templates = Templates(path.parent)
    first = templates.of(path.name)
    path.unlink()
    assert templates.of(path.name) is first
    with pytest.raises(TemplateError, match=r"缺少模板.*督办函\.docx"):
        templates.of("督办函.docx")


def test_the_second_paper_of_a_template_costs_less_than_half_of_the_first(
    template: Callable[..., Path],
) -> None:
    found = Template.read(template(*("{{发文机关}}，完成率{{完成率}}。" * 3 for _ in range(9))))
    first, second = (calls_in(lambda: found.render(VALUES)) for _ in range(2))
    assert second < first / 2
