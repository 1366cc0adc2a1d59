"""Decisions of the office: followed once, remembered, and refused with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.cases import row_of
from tests.support.rounds import record
from toolkit.ledger.decision import Decision, Ruling
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import Place
from toolkit.ledger.submission import Origin, Role, Submission, Verdict
from toolkit.register.merge import Merged, merge
from toolkit.register.snapshot import Snapshot
from toolkit.register.store import Register

DAY = dt.date(2026, 6, 19)
PLACE = Place("汇总台账.xlsx", "整改台账", "AD4")


def decision(ruling: Ruling, until: dt.date | None = None, opinion: str = "同意") -> Decision:
    return Decision(
        id="3-2",
        ruling=ruling,
        opinion=opinion,
        basis="会议纪要第3号",
        by="王主任",
        on=DAY,
        until=until,
        place=PLACE,
    )


def review(*decisions: Decision, sha: str = "r") -> Submission:
    return Submission("汇总台账.xlsx", sha, Verdict.ACCEPTED, Role.REVIEW, decisions=decisions)


def returned(example: dict[str, str], sha: str) -> Submission:
    return Submission(
        "报.xlsx", sha, Verdict.ACCEPTED, Role.RETURN, "规划建设局", rows=(row_of(example),)
    )


def known(example: dict[str, str], **flags: Any) -> Snapshot:
    return Snapshot(
        (Entry(item=row_of(example).item, origin=Origin("基准.xlsx", "台账", 4), **flags),)
    )


def only(merged: Merged | Snapshot) -> Entry:
    (entry,) = merged.entries
    return entry


def test_a_done_item_is_closed_and_the_decision_kept() -> None:
    merged = merge(known({"整改状态": "已完成"}), [review(decision(Ruling.CLOSE))])
    assert only(merged).closed
    assert merged.decisions == (decision(Ruling.CLOSE),)


def test_an_item_reported_done_in_the_same_round_can_be_closed() -> None:
    merged = merge(
        known({}), [returned({"整改状态": "已完成"}, "1"), review(decision(Ruling.CLOSE))]
    )
    assert only(merged).closed


def test_an_extension_moves_the_deadline_and_says_where_it_stands() -> None:
    until = dt.date(2026, 9, 30)
    merged = merge(
        known({"整改时限": "2026年6月底前，并长期坚持"}), [review(decision(Ruling.EXTEND, until))]
    )
    entry = only(merged)
    assert (entry.extended, entry.item.deadline.due, entry.item.deadline.standing) == (
        True,
        until,
        True,
    )
    assert [(change.column, change.place) for change in merged.changes] == [("deadline", PLACE)]


def test_what_was_sent_back_waits_until_the_unit_reports_something_new() -> None:
    back = decision(Ruling.SEND_BACK, opinion="请补充数据")
    merged = merge(known({"整改状态": "已完成"}, closed=True), [review(back)])
    assert (only(merged).closed, only(merged).sent_back) == (False, "请补充数据")
    assert [found.rule for found in merged.findings] == ["I110"]
    again = merge(Snapshot(merged.entries), [returned({"整改状态": "已完成"}, "1")])
    assert [found.rule for found in again.findings] == ["I110"]
    news = merge(
        Snapshot(merged.entries),
        [returned({"整改状态": "已完成", "整改进展情况": "4月2日补报数据12项。"}, "2")],
    )
    assert (news.findings, only(news).sent_back) == ((), "")


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.open(tmp_path / "register.db") as opened:
        yield opened


def keep(register: Register, *submissions: Submission) -> Entry:
    number = len(register.rounds())
    day = dt.date(2026, 6, 5) + dt.timedelta(weeks=number)
    merged = merge(register.recall(), submissions)
    record(register, day, merged)
    return only(register.recall())


def test_the_register_remembers_what_was_decided(register: Register) -> None:
    assert not keep(register, returned({"整改状态": "正在整改"}, "1")).extended
    extended = keep(register, review(decision(Ruling.EXTEND, dt.date(2026, 9, 30)), sha="2"))
    assert (extended.extended, str(extended.item.deadline.due)) == (True, "2026-09-30")
    assert keep(register, returned({"整改状态": "已完成", "整改时限": "2026-09-30"}, "3")).extended
    assert keep(register, review(decision(Ruling.CLOSE), sha="4")).closed
    sent_back = keep(register, review(decision(Ruling.SEND_BACK, opinion="请核实"), sha="5"))
    assert (sent_back.closed, sent_back.sent_back) == (False, "请核实")
    assert (
        keep(
            register, returned({"整改状态": "已完成", "整改进展情况": "4月2日核实12项。"}, "6")
        ).sent_back
        == ""
    )
    newest = register.history("3-2", "deadline")[-1]
    assert (newest.file, newest.cell) == ("汇总台账.xlsx", "AD4")


def test_a_reviewed_workbook_that_comes_back_decides_nothing_twice(register: Register) -> None:
    keep(register, returned({"整改状态": "已完成"}, "1"))
    keep(register, review(decision(Ruling.CLOSE), sha="2"))
    moved = replace(decision(Ruling.CLOSE), place=Place("副本.xlsx", "整改台账", "AD9"))
    merged = merge(register.recall(), [review(moved, sha="3")])
    assert (merged.decisions, merged.findings) == ((), ())
