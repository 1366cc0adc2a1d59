"""What was so before: a deadline that the office has moved, and an answer that came after 退回."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.items import deadline_of
from toolkit.ledger.deadlines import Deadline, DeadlineKind
from toolkit.ledger.decision import Decision, Ruling
from toolkit.ledger.finding import Place
from toolkit.ledger.submission import Role, Submission, Verdict
from toolkit.register.change import Change
from toolkit.register.earlier import answered, was_deadline

DAY = dt.date(2026, 6, 19)
PLACE = Place("汇总台账.xlsx", "整改台账", "AD4")
MOVED = Decision(
    id="3-2", ruling=Ruling.EXTEND, opinion="同意", basis="纪要", by="王主任", on=DAY, until=dt.date(2026, 9, 30), place=PLACE,
    was="2026年6月底前",
)  # fmt: skip
AGAIN = replace(MOVED, until=dt.date(2026, 12, 31), was="2026-09-30")


@pytest.mark.parametrize(
    ("written", "is_earlier"),
    [
        ("2026年6月底前", True),
        ("2026-06-30", True),  # the same day in other words
        ("2026-09-30", True),  # to where it was moved first
        ("2026-12-31", True),
        ("2026-07-01", False),
        ("2026年9月", True),
    ],
)
def test_a_deadline_that_the_office_moved_is_known_by_words_or_day(
    written: str, is_earlier: bool
) -> None:
    assert was_deadline(deadline_of(written), "3-2", [MOVED, AGAIN]) is is_earlier
    assert not was_deadline(deadline_of(written), "9-9", [MOVED, AGAIN])


@pytest.mark.parametrize("ruling", [ruling for ruling in Ruling if ruling is not Ruling.EXTEND])
def test_only_an_extension_moves_one(ruling: Ruling) -> None:
    assert not was_deadline(deadline_of("2026-06-30"), "3-2", [replace(MOVED, ruling=ruling)])


@pytest.mark.parametrize("was", ["", "尽快", "长期坚持"])
def test_a_deadline_without_a_day_was_no_other_one(was: str) -> None:
    written = Deadline(
        dt.date(2026, 5, 1), standing=False, kind=DeadlineKind.FIXED, raw="2026-05-01"
    )
    assert not was_deadline(written, "3-2", [replace(MOVED, was=was)])


def sent_back(id_: str, on: dt.date) -> Decision:
    return replace(MOVED, id=id_, ruling=Ruling.SEND_BACK, until=None, on=on)


def returned(file: str, on: dt.date | None, role: Role = Role.RETURN) -> Submission:
    return Submission(file, file, Verdict.ACCEPTED, role, report_date=on)


def change(id_: str, file: str) -> Change:
    return Change(id_, "progress", "新。", Place(file, "整改台账", "N4"))


DAYS = st.sampled_from([DAY - dt.timedelta(1), DAY, DAY + dt.timedelta(1)])


@given(st.dictionaries(st.sampled_from(["1-1", "1-2", "2-1"]), st.tuples(DAYS, DAYS)))
def test_an_answer_counts_from_the_day_of_the_decision_on(
    days: dict[str, tuple[dt.date, dt.date]],
) -> None:
    decisions = [sent_back(id_, on) for id_, (on, _) in days.items()]
    submissions = [returned(f"{id_}.xlsx", reported) for id_, (_, reported) in days.items()]
    changes = [change(id_, f"{id_}.xlsx") for id_ in days]
    expected = {id_ for id_, (on, reported) in days.items() if reported >= on}
    assert answered(decisions, changes, submissions) == expected


@pytest.mark.parametrize(
    "submission",
    [returned("报.xlsx", None), returned("报.xlsx", DAY, Role.REVIEW), returned("别.xlsx", DAY)],
)
def test_what_says_no_day_or_is_no_return_answers_nothing(submission: Submission) -> None:
    decisions, changes = [sent_back("1-1", DAY)], [change("1-1", "报.xlsx")]
    assert answered(decisions, changes, [submission]) == frozenset()
    assert answered(decisions, changes, [returned("报.xlsx", DAY)]) == {"1-1"}
    assert answered(decisions, [], [returned("报.xlsx", DAY)]) == frozenset()
