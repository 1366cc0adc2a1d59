"""The notice from the template that an office has edited, and what is proved of it when it is read back."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from tests.support.items import ENTRY, SETTINGS
from toolkit.figures.counts import compute
from toolkit.gongwen.document import visible_paragraphs
from toolkit.gongwen.template import Template
from toolkit.papers.notice import Notice, disagreements, write_notice, write_template
from toolkit.papers.prose import DEFAULT
from toolkit.settings.model import Settings

STAMP, AS_OF = dt.datetime(2026, 6, 19), dt.date(2026, 6, 19)


def notice(*entries, settings=SETTINGS):
    return Notice(entries, compute(entries, (), settings, AS_OF), settings, AS_OF)


def written(folder, what, change=lambda _document: None):
    template, path = folder / "模板.docx", folder / "通报.docx"
    write_template(DEFAULT, template, STAMP, what.settings)
    document = docx.Document(str(template))
    change(document)
    document.save(str(template))
    write_notice(what, Template.read(template), path, STAMP)
    return path


def entry(**values):
    return replace(ENTRY, item=replace(ENTRY.item, **values))


def highlighted(path):
    document = docx.Document(str(path))
    return [
        run.text
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run.font.highlight_color
    ]


def test_what_the_office_has_written_itself_stays(tmp_path):
    def edit(document):
        document.paragraphs[2].insert_paragraph_before("本通报已经会议审定。").runs[0].bold = True
        document.paragraphs[3].add_run("（内部资料）").italic = True

    path = written(tmp_path, notice(ENTRY), edit)
    document = docx.Document(str(path))
    own = next(found for found in document.paragraphs if found.text == "本通报已经会议审定。")
    assert own.runs[0].bold
    assert any(found.text.endswith("（内部资料）") for found in document.paragraphs)


def test_what_is_missing_in_the_settings_is_yellow_also_in_a_broken_title(tmp_path):
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


def test_a_problem_without_an_answer_is_yellow(tmp_path):
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
def test_what_a_unit_typed_never_stops_the_notice(tmp_path, progress):
    what = notice(entry(progress=progress), entry(id="9", sub_problem="分项问题九"))
    assert disagreements(what, written(tmp_path, what)) == ()


def test_a_notice_that_says_otherwise_than_the_ledger_is_found_out(tmp_path):
    path = written(tmp_path, notice(ENTRY))
    assert disagreements(notice(entry(progress="别的。")), path) == (
        "通报第二部分与台账不一致，应有2段",
    )


def test_a_heading_that_the_office_has_in_part_one_too_confuses_nothing(tmp_path):
    what = notice(ENTRY)
    title = what.groups[0].title

    def edit(document):
        document.paragraphs[3].insert_paragraph_before(title)

    assert disagreements(what, written(tmp_path, what, edit)) == ()


def test_every_style_names_its_east_asian_font(tmp_path):
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


def test_blank_rows_stand_only_where_the_standard_has_them(tmp_path):
    texts = visible_paragraphs(written(tmp_path, notice(ENTRY)))
    assert [number for number, text in enumerate(texts) if not text] == [1, len(texts) - 3]


def test_the_signature_keeps_to_the_text_before_it(tmp_path):
    document = docx.Document(str(written(tmp_path, notice(ENTRY))))
    kept = [bool(found.paragraph_format.keep_with_next) for found in document.paragraphs[-4:-2]]
    assert kept == [True, True]


@pytest.mark.office
@pytest.mark.skipif(not shutil.which("soffice"), reason="没有安装LibreOffice（soffice）")
def test_a_template_saved_by_another_office_program_keeps_its_look(tmp_path):
    template, path = tmp_path / "模板.docx", tmp_path / "通报.docx"
    write_template(DEFAULT, template, STAMP, SETTINGS)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "docx",
        "--outdir",
        tmp_path / "存",
        template,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    what = notice(ENTRY)
    write_notice(what, Template.read(tmp_path / "存" / "模板.docx"), path, STAMP)
    assert disagreements(what, path) == ()
    used = {found.text: found.style.name for found in docx.Document(str(path)).paragraphs}
    assert used[what.groups[0].title] == "公文二级标题"
    assert used[what.groups[0].answers[0].lines[0]] == "公文正文"
    assert "公文标题" in used.values()
