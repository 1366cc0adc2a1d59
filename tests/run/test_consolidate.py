"""Match, merge and examine in one: every finding comes out once, at the office's level, in its words, or is waived."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from tests.support.cases import SETTINGS, row_of
from toolkit.errors import SettingsError
from toolkit.ledger.decision import Decision, Ruling
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import Finding, Place, Severity
from toolkit.ledger.letter import Reply
from toolkit.ledger.status import Status
from toolkit.ledger.submission import Origin, Role, Submission, Verdict
from toolkit.ledger.waiver import Waiver
from toolkit.register.snapshot import Snapshot
from toolkit.run.consolidate import Consolidation, consolidate
from toolkit.settings.lists import RuleChoice
from toolkit.settings.model import Settings

DAY = dt.date(2026, 6, 19)
ENTRY = Entry(item=row_of({}).item, origin=Origin("台账.xlsx", "整改台账", 4))
KNOWN = Snapshot((ENTRY,))
PLACE = Place("汇总台账.xlsx", "整改台账", "AD4")
# Done without a day of completion: a rule of the statuses strikes.
DONE = {"整改状态": "已完成", "整改进展情况": "6月3日印发《甲办法》。"}


def returned(example: dict[str, str], **values: Any) -> Submission:
    given: dict[str, Any] = {
        "file": "报.xlsx", "sha256": "1", "verdict": Verdict.ACCEPTED, "role": Role.RETURN, "unit": "规划建设局",
        "rows": (row_of(example, file="报.xlsx"),),
    }  # fmt: skip
    return Submission(**{**given, **values})


def made(
    *submissions: Submission, known: Snapshot = KNOWN, settings: Settings = SETTINGS
) -> Consolidation:
    return consolidate(known, submissions, settings, DAY)


def rules(found: Consolidation) -> set[str]:
    return {finding.rule for finding in found.findings}


def choosing(code: str, level: str) -> Settings:
    return replace(SETTINGS, rules=(RuleChoice(code=code, level=level),))


def test_a_return_is_matched_merged_and_examined() -> None:
    found = made(returned(DONE))
    (entry,) = found.merged.entries
    assert (entry.item.status, entry.item.progress) == (Status.DONE, DONE["整改进展情况"])
    assert found.before is KNOWN
    assert {finding.place.file for finding in found.findings} >= {"报.xlsx"}
    assert any(rule.startswith("S") for rule in rules(found))


def test_findings_of_reading_matching_and_merging_come_out_too() -> None:
    read = Finding("X101", Severity.WARNING, Place("报.xlsx"), "没有认出。", "请选。", value="经费")
    unknown = returned({"问题编号": "9-9", "具体问题": "没有的问题"}, findings=(read,))
    assert {"X101", "I101"} <= rules(made(unknown))


@pytest.mark.parametrize("code", ["I101", "X101"])
def test_the_office_s_level_holds_for_every_room(code: str) -> None:
    read = Finding("X101", Severity.WARNING, Place("报.xlsx"), "没有认出。", "请选。", value="经费")
    unknown = returned({"问题编号": "9-9", "具体问题": "没有的问题"}, findings=(read,))
    levels = {f.rule: f.severity for f in made(unknown, settings=choosing(code, "说明")).findings}
    assert levels[code] is Severity.NOTE
    assert code not in rules(made(unknown, settings=choosing(code, "停用")))


def test_a_rule_that_nobody_knows_is_refused() -> None:
    with pytest.raises(SettingsError):
        made(settings=choosing("Z999", "停用"))


def test_statuses_in_findings_are_named_in_the_office_s_words() -> None:
    words = replace(SETTINGS, words=replace(SETTINGS.words, done="已办结"))
    standard, own = made(returned(DONE)), made(returned(DONE), settings=words)
    told = [f.message + f.fix for f in standard.findings if "已完成" in f.message + f.fix]
    assert told
    assert not any("{" in f.message + f.fix for f in own.findings)
    assert any("已办结" in f.message + f.fix for f in own.findings)


def test_what_is_waived_is_apart_whether_now_or_before() -> None:
    (struck, *_) = [f for f in made(returned(DONE)).findings if f.id == "3-2"]
    waiver = Waiver(
        rule=struck.rule, id=struck.id, column=struck.column, reason="特殊", by="王主任", until=DAY
    )
    review = Submission("汇总台账.xlsx", "2", Verdict.ACCEPTED, Role.REVIEW, waivers=(waiver,))
    now = made(returned(DONE), review)
    before = made(returned(DONE), known=replace(KNOWN, waivers=(waiver,)))
    late = replace(waiver, until=DAY - dt.timedelta(1))
    for found in (now, before):
        assert struck.rule in {waived.finding.rule for waived in found.waived}
        assert (struck.rule, struck.column) not in {(f.rule, f.column) for f in found.findings}
    assert made(returned(DONE), known=replace(KNOWN, waivers=(late,))).waived == ()


def test_the_latest_decision_about_each_item_is_known() -> None:
    old = Decision(
        id="3-2", ruling=Ruling.EXTEND, opinion="", basis="纪要", by="王主任", on=DAY, until=dt.date(2026, 6, 30), place=PLACE
    )  # fmt: skip
    new = replace(old, ruling=Ruling.SEND_BACK, opinion="请补充", until=None)
    review = Submission("汇总台账.xlsx", "2", Verdict.ACCEPTED, Role.REVIEW, decisions=(new,))
    found = made(review, known=replace(KNOWN, decisions=(old,)))
    assert found.decided["3-2"].ruling is Ruling.SEND_BACK
    assert made(known=replace(KNOWN, decisions=(old,))).decided["3-2"].ruling is Ruling.EXTEND


def test_only_answers_that_are_new_are_fresh() -> None:
    reply = Reply(number="整改督〔2026〕1号", on=DAY, content="正在办理", place=PLACE)
    more = replace(reply, content="已办结")
    review = Submission("汇总台账.xlsx", "2", Verdict.ACCEPTED, Role.REVIEW, replies=(reply, more))
    assert made(review).fresh_replies == (reply, more)
    assert made(review, known=replace(KNOWN, replies=(reply,))).fresh_replies == (more,)


def test_what_is_being_done_is_told() -> None:
    steps: list[tuple[str, int, int]] = []
    consolidate(KNOWN, (), SETTINGS, DAY, lambda *step: steps.append(step))
    assert [what for what, _, _ in steps] == ["核查"]
