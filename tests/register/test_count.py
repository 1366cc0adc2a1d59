"""Counted in SQL over what the register holds = counted in Python over the same ledger, for ledgers drawn by chance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.items import ENTRY, SETTINGS
from tests.support.rounds import plan
from toolkit.figures.changes import NEWS, changes
from toolkit.figures.counts import compute, due_states
from toolkit.ledger.columns import CODES
from toolkit.ledger.deadlines import Deadline, DeadlineKind
from toolkit.ledger.decision import Decision, Ruling
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import Finding, Place, Severity
from toolkit.ledger.letter import Letter, LetterKind, LetterNumber
from toolkit.ledger.status import Status
from toolkit.ledger.submission import Role, Row, Submission, Verdict
from toolkit.register.change import Change
from toolkit.register.count import Expression, Question, Tally
from toolkit.register.merge import Merged
from toolkit.register.pending import Pending
from toolkit.register.snapshot import Delivered
from toolkit.register.store import Register
from toolkit.run.proof.truth import question

SINCE, DAY = dt.date(2026, 6, 12), dt.date(2026, 6, 19)
PLACE = Place("汇总台账.xlsx", "整改台账", "AD4")


def drawn_entry(
    number: int, status: Status | None, days: int | None, who: tuple[str, str], amounts: tuple[Any, Any],
    names: list[str], flags: tuple[bool, bool],
) -> Entry:  # fmt: skip
    due = None if days is None else DAY + dt.timedelta(days)
    item = replace(
        ENTRY.item, id=f"1-{number}", status=status, lead_unit=who[0], lead_leader=who[1], money=amounts[0],
        people=amounts[1], regulations=tuple(names), measures=("修订。",) * (number % 3), progress=f"第{number % 4}稿。",
        deadline=Deadline(due, standing=due is None, kind=DeadlineKind.FIXED, raw=str(due)),
    )  # fmt: skip
    return replace(ENTRY, item=item, closed=flags[0], extended=flags[1])


ENTRIES = st.builds(
    drawn_entry,
    st.integers(1, 9),
    st.sampled_from([*Status, None]),
    st.none() | st.integers(-12, 12),
    st.tuples(st.sampled_from(["规划建设局", "林业局", ""]), st.sampled_from(["赵敏", "孙立", ""])),
    st.tuples(st.none() | st.decimals(0, 500, places=2), st.none() | st.integers(0, 9)),
    st.lists(st.sampled_from(["《甲办法》", "《乙规则》"]), max_size=3),
    st.tuples(st.booleans(), st.booleans()),
)
LEDGERS = st.lists(ENTRIES, max_size=7, unique_by=lambda entry: entry.item.id)
DOUBTS = st.sets(st.tuples(st.integers(1, 9), st.sampled_from(["money", "people", "status"])))


def decision(id_: str, ruling: Ruling) -> Decision:
    until = dt.date(2026, 12, 31) if ruling is Ruling.EXTEND else None
    return Decision(
        id=id_,
        ruling=ruling,
        opinion="同意",
        basis="纪要",
        by="王主任",
        on=SINCE,
        until=until,
        place=PLACE,
    )


def kept(
    pending: Pending, before: Sequence[Entry], after: Sequence[Entry], doubted: set[tuple[str, str]]
) -> None:
    """Put a ledger into a state: every changed value, and the decisions that closed, extended, reopened, withdrew."""
    old = {entry.item.id: entry for entry in before}
    now = {entry.item.id for entry in after}
    decisions = [decision(id_, Ruling.SPLIT) for id_ in old if id_ not in now]
    news: list[Change] = []
    rows: list[Row] = []
    for entry in after:
        id_, past = entry.item.id, old.get(entry.item.id)
        was_closed, was_extended = (past.closed, past.extended) if past else (False, False)
        if entry.closed != was_closed:
            decisions.append(decision(id_, Ruling.CLOSE if entry.closed else Ruling.REOPEN))
        if entry.extended and not was_extended:
            decisions.append(decision(id_, Ruling.EXTEND))
        fresh = [
            Change(id_, code, getattr(entry.item, code), Place("报.xlsx", "整改台账", "A4"))
            for code in CODES
            if past is None or getattr(entry.item, code) != getattr(past.item, code)
        ]
        news += fresh
        if not entry.carried:
            rows.append(Row(entry.origin, entry.item))
    given_ = Submission(
        "报.xlsx", "1", Verdict.ACCEPTED, Role.RETURN, "规划建设局", rows=tuple(rows)
    )
    merged = Merged(tuple(after), (given_,), (), tuple(news), tuple(decisions))
    pending.keep([Delivered("报.xlsx", "1", 1, 0.0)], merged)
    pending.keep_figures((), sorted(doubted))


def carrying(before: Sequence[Entry], after: Sequence[Entry], silent: set[int]) -> list[Entry]:
    """The later ledger as merging leaves it: an item that was extended stays so; some known ones said nothing."""
    old = {entry.item.id: entry for entry in before}
    return [
        replace(
            entry,
            extended=entry.extended or old[entry.item.id].extended,
            carried=int(entry.item.id[2:]) in silent,
        )
        if entry.item.id in old
        else entry
        for entry in after
    ]


def tally_of(
    tmp: Path, before: Sequence[Entry], after: Sequence[Entry], doubted: set[tuple[str, str]]
) -> Tally:
    tmp.unlink(missing_ok=True)
    with Register.open(tmp) as register:
        with register.begin(plan(register, SINCE)) as pending:
            kept(pending, (), before, set())
            pending.close("basis")
            pending.seal("2026-06-12", {})
        with register.begin(plan(register, DAY)) as pending:
            kept(pending, before, after, doubted)
            return pending.tally(question(SETTINGS, DAY, SINCE))


@given(LEDGERS, LEDGERS, DOUBTS, st.sets(st.integers(1, 9)))
def test_every_figure_and_every_change_is_the_same_in_both(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[Entry],
    after: list[Entry],
    doubts: set[tuple[int, str]],
    silent: set[int],
) -> None:
    after = carrying(before, after, silent)
    doubted = {(f"1-{number}", column) for number, column in doubts}
    tally = tally_of(tmp_path_factory.getbasetemp() / "count.db", before, after, doubted)
    findings = [
        Finding("M101", Severity.ERROR, PLACE, "过大。", "请改。", id=id_, column=column)
        for id_, column in doubted
    ]
    figures = compute(after, (), SETTINGS, DAY, findings)
    for totals in figures.sets:
        for code, number in totals.numbers.items():
            counted = tally.figures.get((totals.by.value, totals.name, code), 0)
            assert Decimal(str(counted)) == number, (totals.by, totals.name, code)
    for column in ("money", "people"):
        left_out = len(figures.whole.left_out.get(column, ()))
        assert tally.figures.get(("", "", f"left_out.{column}"), 0) == left_out
    news = changes(before, after, {}, SETTINGS, (SINCE, DAY))
    assert {kind.code: len(kind.ids(news)) for kind in NEWS} == tally.changes
    assert {code: tally.before[code] for code in news.before} == dict(news.before)
    days = {
        entry.item.id: due.days_left
        for entry, due in zip(after, due_states(after, SETTINGS, DAY), strict=True)
        if due.days_left is not None
    }
    assert tally.days_left == days


@pytest.mark.parametrize(
    ("days", "overdue", "due_soon"),
    [(-1, 1, 0), (0, 0, 1), (9, 0, 1), (10, 0, 1), (11, 0, 0), (None, 0, 0)],
)
def test_the_last_day_of_the_window_counts(
    tmp_path: Path, days: int | None, overdue: int, due_soon: int
) -> None:
    entry = drawn_entry(
        1, Status.IN_PROGRESS, days, ("林业局", ""), (None, None), [], (False, False)
    )
    figures = tally_of(tmp_path / "r.db", (), [entry], set()).figures
    assert (figures["", "", "overdue"], figures["", "", "due_soon"]) == (overdue, due_soon)


def test_a_day_is_a_day_also_over_the_change_of_the_year(tmp_path: Path) -> None:
    late = drawn_entry(1, None, None, ("林业局", ""), (None, None), [], (False, False))
    due = Deadline(dt.date(2025, 12, 30), standing=False, kind=DeadlineKind.FIXED, raw="x")
    late = replace(late, item=replace(late.item, deadline=due))
    assert tally_of(tmp_path / "r.db", (), [late], set()).days_left == {"1-1": -171}


def test_amounts_are_added_exactly(tmp_path: Path) -> None:
    """0.1 + 0.2 of binary fractions is another number."""
    entries = [
        drawn_entry(n, None, 1, ("林业局", ""), (Decimal(text), None), [], (False, False))
        for n, text in ((1, "0.1"), (2, "0.2"), (3, "123456789012345.67"))
    ]
    figures = tally_of(tmp_path / "r.db", (), entries, set()).figures
    assert figures["unit", "林业局", "money"] == "123456789012345.97"


def test_what_else_a_state_holds(tmp_path: Path) -> None:
    letters = [
        Letter(kind=kind, prefix=prefix, serial=serial, unit=unit, items=items, as_of=DAY)
        for kind, prefix, serial, unit, items in (
            (LetterKind.REMIND, "整改提", 1, "林业局", ("1-1",)),
            (LetterKind.URGE, "整改督", 7, "林业局", ("1-1", "1-2")),
            (LetterKind.URGE, "整改督", 8, "水务局", ("1-3",)),
        )
    ]
    never_sent = LetterNumber(
        kind=LetterKind.URGE, prefix="整改督", year=2026, serial=6, unit="水务局", period=1, as_of=DAY,
        items=("1-3", "1-4", "1-5"),
    )  # fmt: skip
    files = [
        Submission(
            "甲.xlsx", "1", Verdict.ACCEPTED, Role.RETURN, rows=(Row(ENTRY.origin, ENTRY.item),)
        ),
        Submission("乙.xlsx", "2", Verdict.REJECTED),
        Submission("丙.xlsx", "3", Verdict.REJECTED),
    ]
    with (
        Register.open(tmp_path / "r.db") as register,
        register.begin(plan(register, DAY)) as pending,
    ):
        decided = (decision("3-2", Ruling.CLOSE), decision("3-2", Ruling.EXTEND))
        pending.keep([], Merged((ENTRY,), tuple(files), (), (), decided), letters)
        pending.keep_reports([("林业局", True, "报送1个问题"), ("水务局", False, "没有收到")])
        pending.bind_numbers([never_sent])
        tally = pending.tally(question(SETTINGS, DAY, None))
    assert tally.letters == {
        "整改督〔2026〕6号": 3, "整改提〔2026〕1号": 1, "整改督〔2026〕7号": 2, "整改督〔2026〕8号": 1,
    }  # fmt: skip
    assert tally.rows == {"甲.xlsx": 1, "乙.xlsx": 0, "丙.xlsx": 0}
    assert tally.silent == {"水务局"}
    counts = dict(tally.counts)
    assert (counts["period"], counts["inputs"], counts["decisions"]) == (1, 3, 2)
    assert (counts["inputs.rejected"], counts["letters.urge"], counts["decisions.close"]) == (
        2,
        2,
        1,
    )


def test_an_expression_is_counted_over_what_it_names_and_by_each_group(tmp_path: Path) -> None:
    entries = [
        drawn_entry(n, None, 1, (unit, "赵敏"), (None, None), ["《甲》", "《甲》"], (False, False))
        for n, unit in ((1, "林业局"), (2, "林业局"), (3, ""))
    ]
    asked = Question(
        expressions=(
            Expression("items", "count(*)", "ledger_now"),
            Expression("names", "count(json_each.value)", "ledger_now, json_each(regulations)"),
        ),
        changes={"new": "b.item_id IS NULL"},
        parameters={"as_of": DAY.isoformat(), "since": SINCE.isoformat()},
        groups=("unit",),
    )
    with (
        Register.open(tmp_path / "r.db") as register,
        register.begin(plan(register, DAY)) as pending,
    ):
        kept(pending, (), entries, set())
        tally = pending.tally(asked)
        assert pending.tally(asked) == tally  # the table that stands before the view is gone again
    assert tally.figures == {
        ("", "", "items"): 3, ("unit", "林业局", "items"): 2, ("unit", "", "items"): 1,
        ("", "", "names"): 6, ("unit", "林业局", "names"): 4, ("unit", "", "names"): 2,
    }  # fmt: skip
    assert tally.changes == {"new": 3}
