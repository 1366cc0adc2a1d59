"""Run every rule over every row, and give each fault its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.checks.rule import Fault, RowRule, Surroundings, all_rules
from toolkit.ledger.finding import Finding
from toolkit.ledger.submission import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from toolkit.ledger.entry import Entry
    from toolkit.ledger.submission import Row, Submission
    from toolkit.settings import Settings


def examine(
    submissions: Iterable[Submission], known: Mapping[str, Entry], settings: Settings, as_of: date
) -> tuple[Finding, ...]:
    """What the rules say about every row of every submission, in the order of files, rows and rules."""
    rules = all_rules()
    return tuple(
        finding
        for submission in submissions
        for finding in _examine_rows(
            submission.rows, rules, Surroundings(settings, as_of, submission.role or Role.RETURN, known)
        )
    )


def _examine_rows(rows: Sequence[Row], rules: Sequence[RowRule], around: Surroundings) -> Iterator[Finding]:
    for row in rows:
        for rule in rules:
            for fault in rule.check(row, around):
                yield place(rule, fault, row)


def place(rule: RowRule, fault: Fault, row: Row) -> Finding:
    """A fault with everything that the rule itself must not know: code, severity, place, item, value as typed."""
    return Finding(
        rule=rule.code,
        severity=rule.severity,
        place=row.place(fault.column),
        message=fault.message,
        fix=fault.fix,
        id=row.item.id,
        column=fault.column,
        value=row.typed.get(fault.column, ""),
    )
