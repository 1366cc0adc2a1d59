"""Run every rule over every row, every submission and the whole ledger, and give each fault its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.checks.rule import Case, Fault, Rule, Scope, Surroundings
from toolkit.ledger.columns import CODES, COLUMNS, Filler
from toolkit.ledger.finding import Finding, Place
from toolkit.ledger.status import Status
from toolkit.ledger.submission import Role, Row, Submission, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from toolkit.ledger.entry import Entry
    from toolkit.ledger.item import Item

_BY_OFFICE = frozenset(column.code for column in COLUMNS if column.filled_by is Filler.OFFICE)


def examine(
    submissions: Iterable[Submission], entries: Iterable[Entry], rules: Sequence[Rule], around: Surroundings
) -> tuple[Finding, ...]:
    """What the rules say of the accepted submissions and of the ledger after the round, in the order of files and rows.

    `entries` is that ledger; one that nobody spoke about in this round is examined as it stands, at the row that it
    came from. With no entries (a workbook checked by itself), the rules about the whole ledger see its rows alone.
    """
    plan = _plan(rules)
    findings: list[Finding] = []
    fired: dict[str, set[str]] = {}
    cases: dict[str, Case] = {}
    for submission in submissions:
        if submission.verdict is not Verdict.ACCEPTED:
            continue
        here = replace(around, role=submission.role or Role.RETURN)
        own = [case_of(row, here) for row in submission.rows]
        for case in own:
            cases[case.item.id] = case
            findings += _examine_row(case, plan, fired)
        for rule in plan.of_submissions:
            for case_or_none, fault in rule.check(submission, own, here):
                findings.append(_about_submission(rule, fault, submission, case_or_none))
    whole = [cases.get(entry.item.id) or _carried(entry, around) for entry in entries]
    for case in whole:
        if case.item.id not in cases:
            findings += _examine_row(case, plan, fired)
    findings += _examine_ledger(whole or list(cases.values()), plan, around, fired)
    return tuple(findings)


def case_of(row: Row, around: Surroundings) -> Case:
    """A row with what stands once it is taken."""
    before = around.known.get(row.item.id)
    return Case(row, row.item if before is None else _standing(row.item, before.item), before, around)


def _standing(said: Item, known: Item) -> Item:
    """The item after this row: blank cells erase nothing, and the office's columns stay as the register has them."""
    kept = {}
    for code in CODES:
        new, old = getattr(said, code), getattr(known, code)
        if new is not old and new != old and (code in _BY_OFFICE or new is None or new in ("", ())):
            kept[code] = old
    return replace(said, **kept) if kept else said


def _carried(entry: Entry, around: Surroundings) -> Case:
    return Case(Row(entry.origin, entry.item), entry.item, around.known.get(entry.item.id), around)


@dataclass(frozen=True, slots=True)
class _Plan:
    """The rules sorted for use: those about rows by the status that they are asked in."""

    by_status: Mapping[Status | None, tuple[Rule, ...]]
    of_submissions: tuple[Rule, ...]
    of_ledger: tuple[Rule, ...]


def _plan(rules: Sequence[Rule]) -> _Plan:
    of_rows = [rule for rule in rules if rule.scope is Scope.ROW]
    return _Plan(
        {status: tuple(r for r in of_rows if r.on is None or status in r.on) for status in (None, *Status)},
        tuple(rule for rule in rules if rule.scope is Scope.SUBMISSION),
        tuple(rule for rule in rules if rule.scope is Scope.LEDGER),
    )


def _examine_row(case: Case, plan: _Plan, fired: dict[str, set[str]]) -> list[Finding]:
    item = case.item
    found: list[tuple[Rule, Fault]] = []
    for rule in plan.by_status[item.status]:
        for code in rule.needs:
            if not getattr(item, code):
                break
        else:
            found += [(rule, fault) for fault in rule.check(case)]
    if not found:
        return []
    codes = {rule.code for rule, _ in found}
    fired[item.id] = codes
    return [_about_row(rule, fault, case) for rule, fault in found if codes.isdisjoint(rule.moot)]


def _examine_ledger(
    cases: Sequence[Case], plan: _Plan, around: Surroundings, fired: Mapping[str, set[str]]
) -> Iterator[Finding]:
    for rule in plan.of_ledger:
        for case, fault in rule.check(cases, around):
            if rule.moot.isdisjoint(fired.get(case.item.id, ())):
                yield _about_row(rule, fault, case)


def _about_row(rule: Rule, fault: Fault, case: Case) -> Finding:
    """A fault with everything that the rule itself must not know: code, severity, place, item, value as typed."""
    return Finding(
        rule=rule.code,
        severity=rule.severity,
        place=case.row.place(fault.column),
        message=fault.message,
        fix=fault.fix,
        id=case.item.id,
        column=fault.column,
        value=case.row.typed.get(fault.column, ""),
    )


def _about_submission(rule: Rule, fault: Fault, submission: Submission, case: Case | None) -> Finding:
    if case is not None:
        return _about_row(rule, fault, case)
    return Finding(rule.code, rule.severity, Place(submission.file), fault.message, fault.fix, "", fault.column)
