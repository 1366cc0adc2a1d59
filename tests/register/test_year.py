"""A year of rounds put into the register, against an expectation kept apart from it; at the end every value is explained."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from copy import deepcopy
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.support.fuzz import examples
from tests.support.rounds import record
from tests.support.year import START, Expected, Return, Week, Year
from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.item import Item
from toolkit.ledger.submission import Origin, Role, Row, Submission, Verdict
from toolkit.register.match import match
from toolkit.register.merge import Merged, merge
from toolkit.register.store import Register
from toolkit.settings.sections import Matching


def rows_of(items: list[Item], file: str) -> tuple[Row, ...]:
    return tuple(
        Row(
            Origin(file, "整改台账", number), item, dict.fromkeys(BY_CODE, "A"),
            {code: str(getattr(item, code)) for code in BY_CODE if getattr(item, code) not in (None, "", ())}, key=item.id,
        )
        for number, item in enumerate(items, 4)
    )  # fmt: skip


def submission(one: Return) -> Submission:
    said = hashlib.sha256(repr((one.unit, one.on, one.items)).encode()).hexdigest()
    return Submission(
        one.file,
        said,
        Verdict.ACCEPTED,
        Role.RETURN,
        one.unit,
        rows=rows_of(one.items, one.file),
        report_date=one.on,
    )


def keep(register: Register, week: Week, runs: int = 1) -> Merged:
    """One period: match, merge, record, as often as it is run; each run takes in all that came until then."""
    came = [submission(one) for one in sorted(week.returns, key=lambda one: one.file)]
    if week.decisions:
        came.append(
            Submission(
                "汇总台账.xlsx",
                str(week.day),
                Verdict.ACCEPTED,
                Role.REVIEW,
                decisions=tuple(week.decisions),
            )
        )
    known = register.recall()
    for run in range(1, runs + 1):
        until_now = came[: len(came) * run // runs]
        matched, _ = match(until_now, known, Matching().likeness)
        merged = merge(known, matched)
        record(register, week.day, merged, goes_on=run > 1)
    return merged


def start(register: Register, ledger: list[Item]) -> None:
    file = "台账.xlsx"
    whole = Submission(file, "0", Verdict.ACCEPTED, Role.BASELINE, rows=rows_of(ledger, file))
    record(register, START, merge(register.recall(), [whole]))


def agree(register: Register, expected: Expected) -> None:
    """What the register knows is what was expected, item by item."""
    known = register.recall()
    assert {entry.item.id: entry.item for entry in known.entries} == expected.items
    assert {entry.item.id for entry in known.entries if entry.closed} == expected.closed
    assert {entry.item.id for entry in known.entries if entry.extended} == set(expected.extensions)
    assert {
        (answer.id, answer.unit): (answer.status, answer.progress) for answer in known.answers
    } == expected.answers
    assert len(known.decisions) == expected.followed


def explained(register: Register, expected: Expected) -> None:
    """Every value stands at the end of a history whose last word names a file that came in that very round, or a decision."""
    arrived = {
        (past.as_of.isoformat(), name)
        for past in register.rounds()
        for name, _ in register.arrivals(past.id)
    }
    for id_, item in expected.items.items():
        for code in BY_CODE:
            history = register.history(id_, code)
            assert history[-1].value == getattr(item, code), (id_, code)
            assert all(before.value != after.value for before, after in pairwise(history))
            assert all((fact.as_of, fact.file) in arrived for fact in history), (id_, code)
    assert register.faults() == ()


@pytest.mark.parametrize(
    ("items", "seed", "runs"),
    [
        (64, 1, 1),
        (300, 2, 1),
        (64, 4, 3),
        pytest.param(2000, 3, 1, marks=pytest.mark.long),
        pytest.param(2000, 5, 4, marks=pytest.mark.long),
    ],
)
def test_fifty_two_weeks_of_fifteen_units(tmp_path: Path, items: int, seed: int, runs: int) -> None:
    year = Year(items, 15, seed)
    with Register.open(tmp_path / "register.db") as register:
        start(register, year.ledger)
        for number, week in enumerate(year.weeks(52)):
            keep(register, week, runs)
            year.expected.live(week)
            if number % 10 == 0 or items < 100:
                agree(register, year.expected)
        agree(register, year.expected)
        explained(register, year.expected)


class Rounds(RuleBasedStateMachine):
    """Any order of returns, decisions, rounds and undos."""

    @initialize(seed=st.integers(0, 10_000))
    def begin(self, seed: int) -> None:
        self.opened = ExitStack()
        folder = self.opened.enter_context(TemporaryDirectory())
        self.year = Year(7, 3, seed)
        self.history: list[Expected] = []
        self.register = self.opened.enter_context(Register.open(Path(folder) / "register.db"))
        start(self.register, self.year.ledger)
        self.weeks = self.year.weeks(1000)

    @rule(late=st.booleans())
    def a_round(self, late: bool) -> None:
        self.history.append(deepcopy(self.year.expected))
        week = next(self.weeks)
        if late:
            week.returns = []
        keep(self.register, week)
        self.year.expected.live(week)

    @precondition(lambda self: self.year._sent)
    @rule(again=st.integers(0, 5))
    def an_old_file_once_more(self, again: int) -> None:
        self.history.append(deepcopy(self.year.expected))
        sent = self.year._sent
        week = Week(
            next(self.weeks).day, returns=[replace(sent[again % len(sent)], file="再次.xlsx")]
        )
        keep(self.register, week)
        self.year.expected.live(week)

    @precondition(lambda self: self.history)
    @rule()
    def take_back_the_last_round(self) -> None:
        self.register.withdraw(self.register.rounds()[-1].link)
        self.year.expected = self.history.pop()

    @invariant()
    def register_and_expectation_agree(self) -> None:
        if hasattr(self, "register"):
            agree(self.register, self.year.expected)
            assert self.register.faults() == ()

    def teardown(self) -> None:
        if hasattr(self, "register"):
            explained(self.register, self.year.expected)
            self.opened.close()


TestRounds = Rounds.TestCase
TestRounds.settings = settings(
    max_examples=examples(25),
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
