"""What merging advises can be followed; what the office itself has changed or asked for is no finding of the unit's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.advice import obeyed
from tests.support.cases import row_of
from tests.support.rounds import record
from toolkit.ledger.decision import Decision, Ruling
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import Place
from toolkit.ledger.submission import Origin, Role, Submission, Verdict
from toolkit.register.merge import Merged, merge
from toolkit.register.snapshot import Snapshot
from toolkit.register.store import Register

KNOWN = {"具体问题": "具体问题一", "配合单位": "社会事务局", "问题来源": ""}
EMPTY: Mapping[str, str] = {}
SENT_BACK_ON = dt.date(2026, 6, 17)


def known(*decisions: Decision, **changed: str) -> Snapshot:
    entry = Entry(item=row_of({**KNOWN, **changed}).item, origin=Origin("基准.xlsx", "台账", 4))
    return Snapshot((entry,), decisions=decisions)


def returned(
    changed: Mapping[str, str] = EMPTY, file: str = "报.xlsx", report_date: dt.date | None = None
) -> Submission:
    row = row_of({**KNOWN, **changed}, file=file)
    return Submission(
        file,
        file,
        Verdict.ACCEPTED,
        Role.RETURN,
        "规划建设局",
        rows=(row,),
        report_date=report_date,
    )


def decision(
    ruling: Ruling, until: str = "", was: str = "", file: str = "汇总台账.xlsx"
) -> Decision:
    return Decision(
        id="3-2", ruling=ruling, opinion="请补充佐证材料", basis="", by="王主任", on=SENT_BACK_ON,
        until=dt.date.fromisoformat(until) if until else None, place=Place(file, "整改台账", "AD4"), was=was,
    )  # fmt: skip


def reviewed(*decisions: Decision) -> Submission:
    return Submission("汇总台账.xlsx", "r", Verdict.ACCEPTED, Role.REVIEW, decisions=decisions)


def rules(merged: Merged) -> list[str]:
    return [found.rule for found in merged.findings]


@pytest.mark.parametrize(
    ("header", "written"),
    [
        ("整改时限", "2026-12-31"),
        ("具体问题", "换了一个问题"),
        ("责任人", "王五"),
        ("配合单位", "财政金融局"),
        ("问题来源", "自行补充"),
    ],
)
def test_restoring_what_the_office_fixed_leaves_nothing_to_say(header: str, written: str) -> None:
    (found,) = merge(known(), [returned({header: written})]).findings
    (restored,) = obeyed(found)
    assert restored.keys() == {header}
    assert rules(merge(known(), [returned(restored)])) == []


@pytest.mark.parametrize(
    ("was", "printed"),
    [
        ("2026-06-30", "2026-06-30"),
        ("2026年6月30日前", "2026-06-30"),
        ("3个月内", "3个月内"),
        ("2026-06-30，并长期坚持", "2026年6月底前，并长期坚持"),
    ],
)
def test_a_form_printed_before_an_extension_says_nothing_new(was: str, printed: str) -> None:
    extended = known(decision(Ruling.EXTEND, "2026-09-30", was), 整改时限="2026-09-30")
    assert rules(merge(extended, [returned({"整改时限": printed})])) == []
    assert rules(merge(extended, [returned({"整改时限": "2026-12-31"})])) == ["H106"]


def test_a_form_printed_between_two_extensions_says_nothing_new() -> None:
    first = decision(Ruling.EXTEND, "2026-09-30", "2026-06-30")
    second = decision(Ruling.EXTEND, "2026-12-31", "2026-09-30")
    twice = known(first, second, 整改时限="2026-12-31")
    for printed in ("2026-06-30", "2026-09-30", "2026-12-31"):
        assert rules(merge(twice, [returned({"整改时限": printed})])) == []


def test_the_extension_of_another_item_excuses_nothing() -> None:
    other = replace(decision(Ruling.EXTEND, "2026-09-30", "2026-05-31"), id="3-3")
    assert rules(merge(known(other), [returned({"整改时限": "2026-05-31"})])) == ["H106"]


@pytest.mark.parametrize(
    ("reported_on", "waiting"),
    [
        (SENT_BACK_ON, False),
        (SENT_BACK_ON + dt.timedelta(1), False),
        (SENT_BACK_ON - dt.timedelta(1), True),
        (None, True),
    ],
)
def test_a_report_of_the_day_when_it_was_sent_back_or_later_is_the_answer(
    tmp_path: Path, reported_on: dt.date | None, *, waiting: bool
) -> None:
    """Both lie in the inbox together: the unit heard of it before the workbook came back."""
    again = returned({"整改进展情况": "6月17日补充会议纪要2份。"}, "再报.xlsx", reported_on)
    with Register.open(tmp_path / "台账库.db") as register:
        record(register, dt.date(2026, 6, 12), merge(Snapshot(), [returned(file="基准.xlsx")]))
        merged = merge(register.recall(), [again, reviewed(decision(Ruling.SEND_BACK))])
        assert ("I110" in rules(merged)) is waiting
        record(register, dt.date(2026, 6, 19), merged)
        later = merge(register.recall(), [])
        assert ("I110" in rules(later)) is waiting


def test_a_report_that_says_nothing_new_is_no_answer() -> None:
    same = returned(file="再报.xlsx", report_date=SENT_BACK_ON)
    assert rules(merge(known(), [same, reviewed(decision(Ruling.SEND_BACK))])) == ["I110"]
