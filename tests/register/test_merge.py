"""Merging: the newest return stands, the office's columns stay, a blank erases nothing, and every change is said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.cases import row_of
from tests.support.rounds import record
from toolkit.ledger.entry import Entry
from toolkit.ledger.status import Status
from toolkit.ledger.submission import Origin, Role, Submission, Verdict
from toolkit.ledger.waiver import Waiver
from toolkit.register.merge import Merged, merge
from toolkit.register.snapshot import Snapshot
from toolkit.register.store import Register


def known(*examples: dict[str, str]) -> Snapshot:
    return Snapshot(
        tuple(
            Entry(item=row_of(e).item, origin=Origin("基准.xlsx", "台账", n))
            for n, e in enumerate(examples, 4)
        )
    )


def returned(
    *examples: dict[str, str],
    unit: str = "规划建设局",
    file: str = "报.xlsx",
    sha: str = "1",
    **more: Any,
) -> Submission:
    rows = tuple(row_of(example, number, file) for number, example in enumerate(examples, 4))
    return Submission(file, sha, Verdict.ACCEPTED, Role.RETURN, unit, rows=rows, **more)


def only(merged: Merged) -> Entry:
    (entry,) = merged.entries
    return entry


def test_a_blank_cell_erases_nothing() -> None:
    merged = merge(known({"佐证材料": "附件3-2"}), [returned({"佐证材料": ""})])
    assert only(merged).item.evidence == "附件3-2"
    assert not [change for change in merged.changes if change.column == "evidence"]


def test_an_unreadable_cell_erases_nothing() -> None:
    merged = merge(known({"整改状态": "已完成"}), [returned({"整改状态": "差不多"})])
    assert only(merged).item.status is Status.DONE


@pytest.mark.parametrize(
    ("column", "written", "rule"),
    [
        ("整改时限", "2026-12-31", "H106"),
        ("具体问题", "换了一个问题", "I105"),
        ("分项问题", "换了一个分项。", "I105"),
        ("责任人", "王五", "I108"),
        ("整改类型", "长期坚持", "I108"),
        ("配合单位", "财政金融局", "I108"),
    ],
)
def test_the_office_s_columns_stay_and_a_change_is_said(
    column: str, written: str, rule: str
) -> None:
    before = {"具体问题": "具体问题一", "配合单位": "社会事务局"}
    merged = merge(known(before), [returned({**before, column: written})])
    assert only(merged).item == row_of(before).item
    assert [found.rule for found in merged.findings] == [rule]
    assert written in merged.findings[0].message


def test_the_same_deadline_in_other_words_is_no_change() -> None:
    merged = merge(known({"整改时限": "2026-06-30"}), [returned({"整改时限": "2026年6月30日前"})])
    assert merged.findings == ()


def test_of_two_returns_of_a_unit_the_newer_stands_and_the_older_is_named() -> None:
    old = returned(
        {"整改进展情况": "旧的进展。"}, file="甲.xlsx", sha="1", report_date=dt.date(2026, 6, 2)
    )
    new = returned(
        {"整改进展情况": "新的进展。"}, file="乙.xlsx", sha="2", report_date=dt.date(2026, 6, 1)
    )
    merged = merge(known({}), [old, new])
    assert only(merged).item.progress == "旧的进展。"
    verdicts = {given.file: given.verdict for given in merged.submissions}
    assert verdicts == {"甲.xlsx": Verdict.ACCEPTED, "乙.xlsx": Verdict.SUPERSEDED}


def test_another_unit_s_row_is_not_taken_and_said_only_when_it_says_something_new() -> None:
    rows = {"问题编号": "3-2", "整改进展情况": "3月12日完成。"}
    same = merge(known(rows), [returned(rows, unit="财政金融局")])
    assert (same.findings, [left.row for left in same.submissions[0].untaken]) == ((), [4])
    other = merge(known(rows), [returned({**rows, "整改状态": "已完成"}, unit="财政金融局")])
    assert [found.rule for found in other.findings] == ["I104"]
    assert only(other).item.status is Status.IN_PROGRESS


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.open(tmp_path / "register.db") as opened:
        yield opened


def keep(register: Register, day: dt.date, merged: Merged) -> Snapshot:
    record(register, day, merged)
    return register.recall()


def test_quiet_rounds_count_as_of_dates_since_the_text_last_changed(register: Register) -> None:
    days = [dt.date(2026, 6, day) for day in (5, 12, 12, 19)]
    texts = ["甲。", "乙。", "乙。", "乙。"]
    counts = []
    for number, (day, text) in enumerate(zip(days, texts, strict=True)):
        merged = merge(register.recall(), [returned({"整改进展情况": text}, sha=str(number))])
        counts.append(keep(register, day, merged).unchanged_periods["3-2"])
    assert counts == [0, 0, 0, 1]


def test_waivers_are_remembered_and_the_newest_of_a_finding_stands(register: Register) -> None:
    merged = merge(Snapshot(), [returned({})])
    keep(register, dt.date(2026, 6, 5), merged)
    first = Waiver(
        rule="T101", id="3-2", column="progress", reason="一", by="王", until=dt.date(2026, 6, 30)
    )
    second = replace(first, reason="二", until=dt.date(2026, 9, 30))
    for number, waiver in enumerate((first, second)):
        review = Submission(
            "汇总台账.xlsx", f"r{number}", Verdict.ACCEPTED, Role.REVIEW, waivers=(waiver,)
        )
        keep(register, dt.date(2026, 6, 12 + number), merge(register.recall(), [review]))
    assert register.recall().waivers == (second,)


def test_of_two_returns_without_a_date_the_later_one_is_the_newer() -> None:
    rows = {"整改进展情况": "先。"}, {"整改进展情况": "后。"}
    late = replace(returned(rows[1], sha="1"), file="规划局(1).xlsx", arrived=20.0)
    early = replace(returned(rows[0], sha="2"), file="规划局.xlsx", arrived=10.0)
    merged = merge(known({"整改进展情况": "原。"}), [late, early])
    assert only(merged).item.progress == "后。"
    assert [submission.verdict for submission in merged.submissions] == [
        Verdict.ACCEPTED,
        Verdict.SUPERSEDED,
    ]


def test_an_older_return_that_comes_in_a_later_round_does_not_undo_the_newer_one(
    register: Register,
) -> None:
    day = dt.date(2026, 6, 5)
    keep(
        register,
        day,
        merge(Snapshot(), [replace(returned({}, sha="0"), role=Role.BASELINE, unit="")]),
    )
    first = replace(returned({"整改进展情况": "新。"}, sha="1"), report_date=dt.date(2026, 6, 10))
    keep(register, dt.date(2026, 6, 12), merge(register.recall(), [first]))
    late = replace(returned({"整改进展情况": "旧。"}, sha="2"), report_date=dt.date(2026, 6, 3))
    merged = merge(register.recall(), [late])
    assert (only(merged).item.progress, merged.submissions[0].verdict) == (
        "新。",
        Verdict.SUPERSEDED,
    )
    assert "早于" in merged.submissions[0].reason


def test_a_superseded_file_sent_again_is_a_duplicate(register: Register) -> None:
    keep(
        register,
        dt.date(2026, 6, 5),
        merge(Snapshot(), [replace(returned({}, sha="0"), role=Role.BASELINE, unit="")]),
    )
    files = [
        replace(
            returned({"整改进展情况": f"{n}。"}, sha=str(n)), file=f"{n}.xlsx", arrived=float(n)
        )
        for n in (1, 2)
    ]
    keep(register, dt.date(2026, 6, 12), merge(register.recall(), files))
    merged = merge(register.recall(), files[:1])
    assert (only(merged).item.progress, merged.submissions[0].verdict) == ("2。", Verdict.DUPLICATE)


def test_what_nobody_reported_about_is_carried_over_and_nothing_else() -> None:
    """A row that says what was said before is a report, too; a new item was reported by whoever brought it."""
    rows = [{"问题编号": f"3-{n}", "具体问题": f"具体问题第{n}号"} for n in (2, 3, 4)]
    said = [{**rows[0], "整改进展情况": "6月3日印发《甲办法》。"}, rows[1]]
    entries = merge(known(*rows), [returned(*said)]).entries
    assert {entry.item.id: entry.carried for entry in entries} == {
        "3-2": False,
        "3-3": False,
        "3-4": True,
    }
    assert all(entry.carried for entry in merge(known(*rows), []).entries)
    baseline = replace(returned(*rows), role=Role.BASELINE, unit="")
    assert not any(entry.carried for entry in merge(Snapshot(), [baseline]).entries)


def test_a_row_that_was_not_taken_leaves_its_item_carried_over() -> None:
    rows = {"问题编号": "3-2", "整改进展情况": "3月12日完成。"}
    other = merge(known(rows), [returned({**rows, "整改状态": "已完成"}, unit="财政金融局")])
    assert only(other).carried
    refused = replace(returned(rows), verdict=Verdict.REJECTED)
    assert only(merge(known(rows), [refused])).carried
