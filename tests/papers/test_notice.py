"""The notice from the template that an office has edited, and what is proved of it when it is read back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from tests.support import office
from tests.support.items import ENTRY, SETTINGS
from tests.support.proofs import text_faults
from tests.support.states import state_of
from tests.support.states import written as write
from toolkit.gongwen.document import visible_paragraphs
from toolkit.ledger.entry import Entry
from toolkit.papers.editions import Edition
from toolkit.papers.notice import NOTICE, groups
from toolkit.papers.prose import DEFAULT
from toolkit.papers.prose_template import write_blank
from toolkit.settings.model import Settings
from toolkit.state import State

STAMP, AS_OF = dt.datetime(2026, 6, 19), dt.date(2026, 6, 19)


def notice(*entries: Entry, settings: Settings = SETTINGS) -> State:
    return state_of(entries, settings, AS_OF)


def written(folder: Path, what: State, change: Callable[..., Any] = lambda _document: None) -> Path:
    template = folder / "通报.docx"
    write_blank(template, STAMP, what.settings, DEFAULT)
    document = docx.Document(str(template))
    change(document)
    document.save(str(template))
    return write(NOTICE, what, folder, folder)


def entry(**values: Any) -> Entry:
    return replace(ENTRY, item=replace(ENTRY.item, **values))


def highlighted(path: Path) -> list[str]:
    document = docx.Document(str(path))
    return [
        run.text
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run.font.highlight_color
    ]


def test_what_the_office_has_written_itself_stays(tmp_path: Path) -> None:
    def edit(document: Document) -> None:
        document.paragraphs[2].insert_paragraph_before("本通报已经会议审定。").runs[0].bold = True
        document.paragraphs[3].add_run("（内部资料）").italic = True

    path = written(tmp_path, notice(ENTRY), edit)
    document = docx.Document(str(path))
    own = next(found for found in document.paragraphs if found.text == "本通报已经会议审定。")
    assert own.runs[0].bold
    assert any(found.text.endswith("（内部资料）") for found in document.paragraphs)


def test_what_is_missing_in_the_settings_is_yellow_also_in_a_broken_title(tmp_path: Path) -> None:
    path = written(tmp_path, notice(ENTRY, settings=Settings()))
    document = docx.Document(str(path))
    title = document.paragraphs[0]
    assert title.text.startswith("【请在设置中填写：发文机关】")
    assert (
        next(run.text for run in title.runs if run.font.highlight_color)
        == "【请在设置中填写：发文机关】"
    )
    assert {
        "【请在设置中填写：发文机关】",
        "【请在设置中填写：巡察轮次】",
        "【请在设置中填写：反馈日期】",
    } <= set(highlighted(path))


def test_a_problem_without_an_answer_is_yellow(tmp_path: Path) -> None:
    path = written(tmp_path, notice(entry(progress="")))
    assert highlighted(path).count("【该问题尚未填报整改进展情况】") == 1


@pytest.mark.parametrize(
    "progress",
    [
        "系统模板含有{{占位符}}和{% 语句 %}字样。",
        "已处理\x07违规\ufffe问题\uffff。",
        "已建设<平台> & 系统。",
        "见【请在设置中填写：甲】。",
        "😀已完成。",
    ],
)
def test_what_a_unit_typed_never_stops_the_notice(tmp_path: Path, progress: str) -> None:
    what = notice(entry(progress=progress), entry(id="9", sub_problem="分项问题九"))
    written(tmp_path, what)
    assert text_faults(NOTICE, what, tmp_path) == ()


def test_a_notice_that_says_otherwise_than_the_ledger_is_found_out(tmp_path: Path) -> None:
    written(tmp_path, notice(ENTRY))
    (fault, *_) = text_faults(NOTICE, notice(entry(progress="别的。")), tmp_path)
    assert "应为“…对“具体问题一”的问题。别的。”" in fault


def test_a_heading_that_the_office_has_in_part_one_too_confuses_nothing(tmp_path: Path) -> None:
    what = notice(ENTRY)
    title = groups(what, Edition.PLAIN)[0].title

    def edit(document: Document) -> None:
        document.paragraphs[3].insert_paragraph_before(title)

    written(tmp_path, what, edit)
    assert text_faults(NOTICE, what, tmp_path) == ()


def test_every_style_names_its_east_asian_font(tmp_path: Path) -> None:
    path = written(tmp_path, notice(ENTRY))
    document = docx.Document(str(path))
    fonts = {}
    for style in document.styles:
        found = style.element.find(f".//{qn('w:rFonts')}")
        if found is not None:
            fonts[style.name] = found.get(qn("w:eastAsia"))
    assert fonts["Normal"] == "仿宋_GB2312"
    assert fonts["公文标题"] == "方正小标宋简体"
    assert (fonts["公文一级标题"], fonts["公文二级标题"]) == ("黑体", "楷体_GB2312")
    used = {found.style.name for found in document.paragraphs}
    assert {
        "公文标题",
        "公文正文",
        "公文一级标题",
        "公文二级标题",
        "公文署名",
        "公文成文日期",
    } <= used


def test_blank_rows_stand_only_where_the_standard_has_them(tmp_path: Path) -> None:
    texts = visible_paragraphs(written(tmp_path, notice(ENTRY)))
    assert [number for number, text in enumerate(texts) if not text] == [1, len(texts) - 3]


def test_the_signature_keeps_to_the_text_before_it(tmp_path: Path) -> None:
    document = docx.Document(str(written(tmp_path, notice(ENTRY))))
    kept = [bool(found.paragraph_format.keep_with_next) for found in document.paragraphs[-4:-2]]
    assert kept == [True, True]


@pytest.mark.office
@office.needed
def test_a_template_saved_by_another_office_program_keeps_its_look(tmp_path: Path) -> None:
    template = tmp_path / "通报.docx"
    write_blank(template, STAMP, SETTINGS, DEFAULT)
    saved = office.convert(template, tmp_path, "docx").parent
    what = notice(ENTRY)
    path = write(NOTICE, what, saved, tmp_path)
    assert text_faults(NOTICE, what, tmp_path, saved) == ()
    used = {found.text: found.style.name for found in docx.Document(str(path)).paragraphs}
    assert used[groups(what, Edition.PLAIN)[0].title] == "公文二级标题"
    assert used[groups(what, Edition.PLAIN)[0].answers[0].lines[0]] == "公文正文"
    assert "公文标题" in used.values()
