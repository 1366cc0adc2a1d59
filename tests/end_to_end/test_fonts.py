"""The five fonts of the settings act in every paper, also in templates that were written with others."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from tests.support.full_round import OFFICE, Made, make
from tests.support.wordml import troubles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FONTS: dict[str, Any] = {
    "font_title": '题"体', "font_heading1": "黑&甲", "font_heading2": "楷<乙", "font_body": "仿'丙>", "font_page": "页 丁；",
}  # fmt: skip
# Attributes by which a part of a paper names a font, whatever their prefix.
NAMING = {"ascii", "hAnsi", "eastAsia", "cs", "typeface"}
# eastAsia and cs are attributes of w:lang too, where they name a language.
LANGUAGES = {"zh-CN", "en-US", "ar-SA"}
KINDS = {
    "整改进展通报", "整改进展通报（党内稿）", "整改进展通报（公开稿）", "整改进展通报（审阅稿）", "整改周报", "发文审批单", "提醒函", "督办函",
    "销号单",
}  # fmt: skip


@pytest.fixture(scope="module", params=["the same", "others"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    settings = replace(OFFICE, document=replace(OFFICE.document, **FONTS))
    templates = settings if request.param == "the same" else OFFICE
    return make(tmp_path_factory.mktemp("字体") / "区", settings, templates)


@pytest.fixture(scope="module")
def papers(made: Made) -> list[Path]:
    return sorted(made.folder.rglob("*.docx"))


def named(path: Path) -> Iterator[tuple[str, str]]:
    """(part, font) of every font that a paper names, the workbooks behind charts left out."""
    with zipfile.ZipFile(path) as package:
        for part in package.namelist():
            if part.endswith(".xml"):
                for node in ET.parse(io.BytesIO(package.read(part))).iter():
                    for key, value in node.attrib.items():
                        if re.sub(r"\{.*\}", "", key) in NAMING and value not in LANGUAGES:
                            yield part, value


def test_there_is_a_paper_of_every_kind(papers: list[Path]) -> None:
    assert {path.stem.partition("-")[0] for path in papers} == KINDS
    assert {path.parent.name for path in papers} >= {"签发", "督办", "销号"}


def test_no_paper_names_another_font(papers: list[Path]) -> None:
    other = {
        f"{path.name}:{part}": font
        for path in papers
        for part, font in named(path)
        if font not in FONTS.values()
    }
    assert other == {}


def test_each_font_stands_where_it_belongs(papers: list[Path]) -> None:
    everywhere = {font for path in papers for _, font in named(path)}
    assert everywhere == set(FONTS.values())
    by_name = {path.relative_to(path.parents[1]).as_posix(): path for path in papers}
    brief = dict.fromkeys(named(next(p for p in papers if p.stem == "整改周报")))
    assert ("word/charts/chart1.xml", FONTS["font_page"]) in brief
    assert {font for part, font in brief if "footer" in part} == {FONTS["font_page"]}
    letter = named(next(p for p in papers if p.stem.startswith("督办函")))
    assert {font for part, font in letter if "header" in part} == {FONTS["font_title"]}
    final = named(next(path for name, path in by_name.items() if name.startswith("签发/")))
    assert FONTS["font_title"] in {font for part, font in final if part == "word/document.xml"}


def test_word_opens_them(papers: list[Path]) -> None:
    assert {path.name: found for path in papers if (found := troubles(path))} == {}
