"""What was so before: a deadline that the office moved, an answer after 退回. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.ledger.deadline_grammar import read_deadline
from toolkit.ledger.deadlines import Anchors, Deadline
from toolkit.ledger.decision import Ruling
from toolkit.ledger.submission import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from toolkit.ledger.decision import Decision
    from toolkit.ledger.submission import Submission
    from toolkit.register.change import Change


def was_deadline(written: Deadline, item: str, decisions: Sequence[Decision]) -> bool:
    """Whether this was the deadline before an extension, by its words or its day."""
    moved = [d for d in decisions if d.id == item and d.ruling is Ruling.EXTEND]
    return any(written.due == d.until or written.raw == d.was or _is(written, d.was) for d in moved)


def _is(written: Deadline, was: str) -> bool:
    before = read_deadline(was, Anchors())
    return isinstance(before, Deadline) and before.due is not None and before.due == written.due


def answered(
    decisions: Iterable[Decision], changes: Iterable[Change], submissions: Iterable[Submission]
) -> frozenset[str]:
    """The items sent back of which a unit has reported anew, on the same day or a later one.

    Both come in one round where the unit heard of it before the workbook came back.
    """
    reported = {
        submission.file: submission.report_date
        for submission in submissions
        if submission.role is Role.RETURN and submission.report_date
    }
    newest = {
        change.id: reported[change.place.file]
        for change in changes
        if change.place.file in reported
    }
    return frozenset(
        decision.id
        for decision in decisions
        if decision.ruling is Ruling.SEND_BACK
        and decision.id in newest
        and newest[decision.id] >= decision.on
    )
