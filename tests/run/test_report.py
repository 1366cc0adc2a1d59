"""运行说明.txt: what was done, what waits for a person; nothing that is not so is said."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.items import ENTRY, SETTINGS
from tests.support.proved import Proved
from tests.support.states import state_of
from toolkit.arrivals import Waiting
from toolkit.figures.escalation import Proposal
from toolkit.figures.printed import Printed, text_of
from toolkit.figures.table import BY_CODE, RATE_BY_CODE
from toolkit.ledger.finding import Finding, Place, Severity
from toolkit.ledger.letter import Letter, LetterKind
from toolkit.ledger.masking import Secret
from toolkit.ledger.revision import Revision, RevisionKind
from toolkit.ledger.submission import Role, Submission, Untaken, Verdict
from toolkit.public import PublicText
from toolkit.run.leaks import Stopped
from toolkit.run.report import (
    FIGURE_CODES,
    REPORT,
    read_report,
    report_lines,
    untaken_count,
    write_report,
)
from toolkit.state import State


def told(state: State, *stopped: Stopped) -> list[str]:
    return [text_of(line) for line in report_lines(state, stopped, ())]


def test_it_is_written_for_the_old_notepad(tmp_path: Path) -> None:
    write_report(state_of([ENTRY]), (), tmp_path, ())
    data = (tmp_path / REPORT).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert read_report(tmp_path).split("\n") == told(state_of([ENTRY]))


def test_a_first_quiet_period_is_told_in_a_few_lines() -> None:
    lines = told(state_of([ENTRY]))
    assert lines[0] == "甲乙党工委整改台账运行说明（截至2026-06-19）"
    assert lines[1] == "收到文件0个：无。"
    assert "本期为首期，没有可以比较的上期。" in lines
    assert not any(
        line.startswith(("审核：", "改过的文稿", "本期出具", "公开稿")) for line in lines
    )
    waits = [line for line in lines if line.startswith("待办")]
    assert waits[0] == "待办：以下单位本期未报送，沿用上期数据：规划建设局。"


def test_the_sample_says_that_nothing_is_real() -> None:
    sample = replace(SETTINGS, task=replace(SETTINGS.task, sample=True))
    assert "虚构" in told(state_of([ENTRY], sample))[1]


@pytest.mark.parametrize(
    ("values", "line"),
    [
        (
            {"waiting": (Waiting("大.xlsx", "还在复制中"),)},
            "待办：“大.xlsx”留待下次处理：还在复制中",
        ),
        (
            {"submissions": (Submission("图.pdf", "1", Verdict.REJECTED, reason="是PDF。"),)},
            "待办：以下文件未能读取，请按说明重新报送：图.pdf（是PDF。）",
        ),
        (
            {"proposals": (Proposal("林业局", ("3-2",), ("整改督〔2026〕1号",)),)},
            "待办：建议对林业局出具告诫书（3-2；已发整改督〔2026〕1号），请整改办决定。",
        ),
        (
            {"letters": tuple(
                Letter(kind=kind, prefix="x", serial=1, unit=unit, items=("3-2",), as_of=dt.date(2026, 6, 19))
                for kind, unit in ((LetterKind.URGE, "甲"), (LetterKind.URGE, "乙"), (LetterKind.REMIND, "甲"))
            )},
            "本期出具提醒函1份，督办函2份，在“督办”文件夹，核对后发出。",
        ),
        (
            {"public": PublicText((), ("3-2", "4-1"), {"1-1": Counter({Secret.PHONE: 2})})},
            "公开稿：不公开问题2个（3-2、4-1），隐去电话号码2处，请核对。",
        ),
        ({"has_learned_units": True}, "待办：单位名单取自本台账，已写入templates/设置.xlsx“单位”表，请核对。"),
    ],
)  # fmt: skip
def test_what_there_is_to_say(values: dict[str, Any], line: str) -> None:
    state = state_of([ENTRY], **values)
    assert line in told(state)
    assert line not in told(state_of([ENTRY]))


def test_a_paper_that_was_stopped_is_named_with_its_reason() -> None:
    line = "待办：“整改进展通报.docx”没有生成：第3段有电话号码；请改正台账后重新运行。"
    stopped = Stopped("整改进展通报.docx", "第3段有电话号码")
    assert line in told(state_of([ENTRY])) + told(state_of([ENTRY]), stopped)
    assert line not in told(state_of([ENTRY]))


def test_items_without_a_readable_status_wait() -> None:
    nameless = replace(ENTRY, item=replace(ENTRY.item, status=None))
    assert "待办：有1个问题没有可识别的整改状态。" in told(state_of([nameless]))


def test_edited_papers_of_this_run_are_counted_by_what_becomes_of_them() -> None:
    draft = Submission("通报.docx", "1", Verdict.ACCEPTED, Role.DRAFT)
    kinds = [RevisionKind.WORDING, RevisionKind.FIGURES, RevisionKind.STRUCK, RevisionKind.REMARK]
    revisions = tuple(
        Revision(kind=kind, file=file, item="", old="甲", new="乙", author="", on="")
        for kind in kinds
        for file in ("通报.docx", "上周的通报.docx")
    )
    lines = told(state_of([ENTRY], submissions=(draft,), revisions=revisions))
    assert (
        "改过的文稿：保留文字改动1处；数字改动1处、其他2处未采用，请看汇总台账“审阅意见”表。"
        in lines
    )


def test_rows_that_were_not_taken_are_counted_where_they_hold_something_new() -> None:
    left = (
        Untaken("表", 7, "编号找不到", "新"),
        Untaken("表", 0, "整张表没有数据"),
        Untaken("表", 9, "空行"),
    )
    given = Submission("报.xlsx", "1", Verdict.ACCEPTED, untaken=left)
    state = state_of([ENTRY], submissions=(given, replace(given, untaken=left[:1])))
    number = untaken_count(state)
    assert number >= 2
    assert f"待办：有{number}行未采用，原因见汇总台账“报送情况”表。" in told(state)


def test_a_rule_that_strikes_nearly_every_row_points_at_the_settings() -> None:
    entries = [replace(ENTRY, item=replace(ENTRY.item, id=f"1-{n}")) for n in range(10)]
    findings = tuple(
        Finding("D104", Severity.ERROR, Place("报.xlsx"), "早了。", "改。", id=entry.item.id)
        for entry in entries
    )
    lines = told(state_of(entries, findings=findings))
    assert any(line.startswith("请先核对设置：规则D104") for line in lines)
    assert not any(
        "请先核对设置" in line for line in told(state_of(entries, findings=findings[:5]))
    )


def test_the_figures_that_it_prints_are_those_that_it_names(everything: Proved) -> None:
    context = everything.context
    lines = report_lines(context.state, context.written.stopped, ())
    printed = {piece.ref.code for line in lines for piece in line if isinstance(piece, Printed)}
    figures = {code for code in printed if code in BY_CODE or code in RATE_BY_CODE}
    assert figures == set(FIGURE_CODES)
