"""The editions of a notice: what the public does not read, what the Party organisation does, what stops a paper."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.support.cases import row_of
from tests.support.items import SETTINGS
from toolkit.gongwen.document import visible_paragraphs
from toolkit.ledger.entry import Entry
from toolkit.ledger.submission import Origin
from toolkit.ledger.units import Unit
from toolkit.papers.editions import Edition
from toolkit.run.round import run_round
from toolkit.run.templates import create_workspace
from toolkit.settings.papers import Skeleton
from toolkit.settings.reading import load
from toolkit.workbooks.template import write_ledger

DAY = dt.date(2026, 6, 19)
SECRETS = (
    "赵六",
    "李四",
    "13800138000",
    "110101199003070011",
    "恒远建设",
    "0769-22890000",
    "钱小芳",
    "举报人",
    "初核",
)
LEDGER = (
    {
        "问题编号": "1-1", "分项问题": "工程管理不规范", "具体问题": "对恒远建设有限公司的监管不到位", "责任人": "赵六（科长）13800138000", "整改状态": "已完成",
        "完成时间": "2026-05-20", "整改进展情况": "约谈恒远建设有限公司负责人，赵六两次到场（0769-22890000）。法定代表人钱小芳已作出承诺。",
    },
    {
        "问题编号": "1-2", "分项问题": "工程管理不规范", "具体问题": "信访办理不及时", "整改时限": "2026-06-10",
        "整改进展情况": "对举报人反映的情况开展初核。已办结信访件12件。",
    },
    {"问题编号": "2-1", "分项问题": "公租房空置率较高", "具体问题": "", "整改进展情况": "", "整改状态": "未启动", "整改时限": "2026-12-31"},
    {"问题编号": "2-2", "分项问题": "敏感的问题", "具体问题": "", "整改进展情况": "正在核查敏感事项。"},
)  # fmt: skip


def made(
    tmp_path: Path, ledger: tuple[dict[str, str], ...] = LEDGER, **document: Any
) -> tuple[Path, dict[str, Any]]:
    settings = replace(
        SETTINGS.with_units((*SETTINGS.units, Unit(name="投资促进局", liaison="孙七"))),
        document=replace(
            SETTINGS.document,
            phone="0000-1234567",
            email="a@b.gov.cn",
            withheld="2-2、9-9",
            **document,
        ),
    )
    place = create_workspace(tmp_path / "区", settings)
    entries = [Entry(item=row_of(line).item, origin=Origin("", "", 0)) for line in ledger]
    write_ledger(place.inbox / "台账.xlsx", entries, settings, dt.datetime(2026, 6, 1))
    folder = run_round(
        place, load(place.settings_path.read_bytes()), DAY, now=dt.datetime(2026, 6, 19, 17)
    ).folder
    return folder, json.loads((folder / "run.json").read_text(encoding="utf-8"))


def text(folder: Path, edition: Edition) -> str:
    return "\n".join(visible_paragraphs(folder / edition.value))


def test_the_public_reads_no_secret_and_everything_else(tmp_path: Path) -> None:
    folder, record = made(tmp_path)
    public = text(folder, Edition.PUBLIC)
    assert [secret for secret in SECRETS if secret in public] == []
    assert "约谈某公司负责人，赵某两次到场。法定代表人钱某已作出承诺。" in public
    assert "1.针对“对某公司的监管不到位”的问题。" in public
    assert "已办结信访件12件。目前整改状态为“正在整改”。" in public
    assert "目前整改状态为“未启动”，整改时限为2026年12月31日。" in public
    assert "逾期" not in public
    assert "敏感" not in public
    assert "0000-1234567" in public  # the office's own telephone is published
    assert record["public"]["withheld"] == ["2-2"]
    assert set(record["public"]["masked"]) == {"1-1", "1-2"}
    assert "不公开问题1个（2-2）" in (folder / "运行说明.txt").read_text(encoding="utf-8-sig")
    with zipfile.ZipFile(folder / Edition.PUBLIC.value) as package:
        whole = b"".join(package.read(name) for name in package.namelist()).decode(
            "utf-8", "replace"
        )
    assert [secret for secret in SECRETS if secret in whole] == []


UNKNOWN = (
    {"问题编号": "1-1", "分项问题": "甲一。", "整改状态": "", "整改进展情况": "", "佐证材料": "", "制度成果": ""},
    {"问题编号": "1-2", "分项问题": "甲二。", "整改状态": "差不多了", "整改进展情况": ""},
    {"问题编号": "1-3", "分项问题": "甲三。", "整改状态": "已完成", "完成时间": "2026-05-20", "整改进展情况": ""},
    {"问题编号": "1-4", "分项问题": "甲四。", "整改状态": "未启动", "整改时限": "2026-06-10", "整改进展情况": ""},
    {"问题编号": "1-5", "分项问题": "甲五。", "整改状态": "", "整改进展情况": "3月12日修订《甲办法》。"},
    {"问题编号": "1-6", "分项问题": "甲六。", "整改状态": "长期坚持", "整改时限": "2026-12-31", "整改进展情况": "每季度检查1次"},
)  # fmt: skip


def test_the_public_reads_nothing_that_nobody_has_said(tmp_path: Path) -> None:
    folder, _ = made(tmp_path, UNKNOWN)
    public = visible_paragraphs(folder / Edition.PUBLIC.value)
    answers = {public[n - 1][-3:]: text for n, text in enumerate(public) if "针对上述问题" in text}
    assert answers == {
        "甲一。": "针对上述问题，【该问题尚未填报整改进展情况】",
        "甲二。": "针对上述问题，【该问题尚未填报整改进展情况】",
        "甲三。": "针对上述问题，目前整改状态为“已完成”。",
        "甲四。": "针对上述问题，目前整改状态为“未启动”。",
        "甲五。": "针对上述问题，3月12日修订《甲办法》。",
        "甲六。": "针对上述问题，每季度检查1次。目前整改状态为“长期坚持”。",
    }
    runs = [
        run.text
        for paragraph in docx.Document(str(folder / Edition.PUBLIC.value)).paragraphs
        for run in paragraph.runs
        if run.font.highlight_color
    ]
    assert runs.count("【该问题尚未填报整改进展情况】") == 2
    assert "公开稿中2个问题（1-1、1-2）" in (folder / "运行说明.txt").read_text("utf-8-sig")


def test_a_status_that_nobody_knows_is_a_gap_in_every_edition(tmp_path: Path) -> None:
    folder, _ = made(tmp_path, UNKNOWN, skeleton=Skeleton.STATUS)
    for edition in (Edition.PLAIN, Edition.PUBLIC):
        texts = visible_paragraphs(folder / edition.value)
        assert texts.count("整改状态：【该问题尚未填报可识别的整改状态】") == 3
    party = text(folder, Edition.PARTY)
    assert "整改状态：不明" in party


def test_the_party_organisation_reads_unit_status_and_delay(tmp_path: Path) -> None:
    folder, _ = made(tmp_path)
    party = text(folder, Edition.PARTY)
    assert (
        "（牵头单位：规划建设局；整改状态：正在整改；整改时限：2026年6月10日，已逾期9天）" in party
    )
    assert "（牵头单位：规划建设局；整改状态：已完成；整改时限：2026年6月30日）" in party
    assert "敏感的问题" in party


def test_the_draft_says_where_each_item_comes_from_and_what_is_open(tmp_path: Path) -> None:
    folder, record = made(tmp_path)
    with zipfile.ZipFile(folder / Edition.DRAFT.value) as package:
        comments = package.read("word/comments.xml").decode()
        body = package.read("word/document.xml").decode()
    assert comments.count("<w:comment ") == 4
    assert "来源：台账.xlsx › 整改台账 第4行" in comments
    assert 'w:date="2026-06-19T00:00:00Z"' in comments
    rules = [found["rule"] for found in record["findings"] if found["id"]]
    assert rules
    assert all(rule in comments for rule in rules)
    assert (
        body.count("commentRangeStart")
        == body.count("commentRangeEnd")
        == body.count("commentReference")
        == 4
    )
    assert text(folder, Edition.DRAFT) == text(folder, Edition.PLAIN)


@pytest.mark.parametrize("skeleton", list(Skeleton))
def test_every_skeleton_has_its_own_headings_and_tells_every_item(
    tmp_path: Path, skeleton: Skeleton
) -> None:
    folder, _ = made(tmp_path, skeleton=skeleton)
    plain = text(folder, Edition.PLAIN)
    heading = {
        "三段式": "一、坚决扛起巡察整改政治责任",
        "主体责任式": "一、履行巡察整改主体责任情况",
        "逐项状态式": "一、组织整改落实情况",
    }
    assert heading[skeleton.value] in plain
    if skeleton is Skeleton.STATUS:
        assert (
            "1.反馈问题：对恒远建设有限公司的监管不到位。\n整改状态：已完成。\n整改情况：约谈"
            in plain
        )
    else:
        assert "1.针对“对恒远建设有限公司的监管不到位”的问题。约谈" in plain


def test_a_paper_that_tells_an_identity_number_is_stopped_with_the_place_named(
    tmp_path: Path,
) -> None:
    leaky = {**LEDGER[0], "整改进展情况": "约谈张某（110101199003070011），3月12日完成。"}
    folder, record = made(tmp_path, (leaky, *LEDGER[1:]))
    papers = {stopped["paper"]: stopped["reason"] for stopped in record["stopped"]}
    papers_of_leaders = {Edition.PLAIN.value, Edition.PARTY.value, Edition.DRAFT.value}
    assert set(papers) == {*papers_of_leaders, "看板.html"}
    assert "段有身份证号码“11…”" in papers[Edition.PLAIN.value]
    assert not (folder / Edition.PLAIN.value).exists()
    assert not (folder / "看板.html").exists()
    assert "110101199003070011" not in text(folder, Edition.PUBLIC)
    assert "没有生成" in (folder / "运行说明.txt").read_text(encoding="utf-8-sig")
    assert "110101199003070011" not in (folder / "运行说明.txt").read_text(encoding="utf-8-sig")
