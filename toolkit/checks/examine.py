"""Run every rule over every row, every submission and the whole ledger, and give each fault its place."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from toolkit.checks.remedies import for_the_office
from toolkit.checks.rule import (
    BEFORE,
    LONG_NUMBER,
    UNREADABLE,
    Case,
    CheckContext,
    Fault,
    Rule,
    Scope,
)
from toolkit.ledger.columns import COLUMNS, Filler
from toolkit.ledger.finding import Finding, Place
from toolkit.ledger.own import is_own, own_heading
from toolkit.ledger.submission import Role, Row, Submission, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from toolkit.ledger.entry import Entry
    from toolkit.ledger.item import Item


def examine(
    submissions: Iterable[Submission],
    entries: Iterable[Entry],
    rules: Sequence[Rule],
    around: CheckContext,
) -> tuple[Finding, ...]:
    """What the rules say of the accepted submissions and of the ledger after the round, in the order of files and rows.

    `entries` is that ledger; one that nobody spoke about in this round is examined as it stands, at the row that it
    came from. With no entries (a workbook checked by itself), the rules about the whole ledger see its rows alone.
    """
    plan = Plan(rules)
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


def case_of(row: Row, around: CheckContext) -> Case:
    """A row with what stands once it is taken."""
    before = around.known.get(row.item.id)
    item = row.item if before is None else _standing(row, before.item)
    return Case(row, item, before, around, "\n".join(row.typed.values()))


_OFFICE, _UNIT = (
    tuple(column.code for column in COLUMNS if column.filled_by is filler)
    for filler in (Filler.OFFICE, Filler.UNIT)
)
_of_office, _of_unit = attrgetter(*_OFFICE), attrgetter(*_UNIT)


def _standing(row: Row, known: Item) -> Item:
    """The item after this row: blank cells erase nothing, 无 does, and the office's columns stay as the register has them."""
    said = row.item
    pairs = zip(_UNIT, _of_unit(said), _of_unit(known), strict=True)
    kept: dict[str, Any] = {
        code: old
        for code, new, old in pairs
        if not new and old and new != 0 and (code not in row.typed or code in row.unreadable)
    }
    office = _of_office(known)
    if _of_office(said) != office:
        kept |= zip(_OFFICE, office, strict=True)
    return replace(said, **kept) if kept else said


def _carried(entry: Entry, around: CheckContext) -> Case:
    return Case(
        Row(entry.origin, entry.item),
        entry.item,
        around.known.get(entry.item.id),
        around,
        entry.item.progress,
    )


# Ten digits, blanks and hyphens between them aside, found by table: a regular expression costs as much as five rules.
# Of a full-width digit (EF BC 90 to 99) the last byte counts.
_DIGITS, _TEN = (
    bytes(48 if 0x30 <= byte <= 0x39 or 0x90 <= byte <= 0x99 else 46 for byte in range(256)),
    b"0" * 10,
)


class Plan:
    """The rules sorted for use: which of those about rows are asked depends on the status and on what the row says."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._of_rows = tuple(rule for rule in rules if rule.scope is Scope.ROW)
        self.of_submissions = tuple(rule for rule in rules if rule.scope is Scope.SUBMISSION)
        self.of_ledger = tuple(rule for rule in rules if rule.scope is Scope.LEDGER)
        columns = {code for rule in self._of_rows for code in rule.needs} - {
            UNREADABLE,
            BEFORE,
            LONG_NUMBER,
        }
        self._columns = tuple(
            sorted(columns | {"id", "status"})
        )  # two at least: attrgetter of one gives no tuple
        self._said = attrgetter(*self._columns)
        self._asked: dict[tuple[object, ...], tuple[Rule, ...]] = {}

    def asked(self, case: Case) -> tuple[Rule, ...]:
        """The rules to ask about this row: worked out once for every combination of status and filled columns."""
        said = (
            case.item.status,
            case.before is not None,
            bool(case.row.unreadable),
            _TEN in case.words.encode("utf-8", "replace").translate(_DIGITS, b" -\xef\xbc"),
            *map(bool, self._said(case.item)),
        )
        rules = self._asked.get(said)
        if rules is None:
            has = {
                BEFORE: said[1],
                UNREADABLE: said[2],
                LONG_NUMBER: said[3],
                **dict(zip(self._columns, said[4:], strict=True)),
            }
            rules = self._asked[said] = tuple(
                rule
                for rule in self._of_rows
                if (rule.on is None or case.item.status in rule.on)
                and all(has[need] for need in rule.needs)
            )
        return rules


def _examine_row(case: Case, plan: Plan, fired: dict[str, set[str]]) -> list[Finding]:
    found: list[tuple[Rule, Fault]] = []
    for rule in plan.asked(case):
        for fault in rule.check(case):
            found.append((rule, fault))  # noqa: PERF401 - a list per rule costs more than the rule
    form = case.around.settings.form
    if found and (case.row.asked or not case.around.known or not form.is_standard):
        found = [
            (rule, fault)
            for rule, fault in found
            if not (_is_asked_already(case, fault) or _is_not_in_the_form(case, fault))
        ]
    if not found:
        return []
    codes = {rule.code for rule, _ in found}
    fired[case.item.id] = codes
    return [
        _about_row(rule, fault, case) for rule, fault in found if codes.isdisjoint(rule.silenced_by)
    ]


def _is_asked_already(case: Case, fault: Fault) -> bool:
    """Whether the cell may stand under a heading that nobody understood: that is asked, and then not held to be blank."""
    return fault.column in case.row.asked and fault.column not in case.row.typed


def _is_not_in_the_form(case: Case, fault: Fault) -> bool:
    """Whether the office's form has no such column, or a first ledger, which is one: what it lacks is no fault of a row."""
    lacks = bool(fault.column) and not case.has_column(fault.column)
    is_first = not case.around.known
    by_form = case.around.settings.form.lacks(fault.column)
    return lacks and (is_first or by_form) and fault.column not in case.row.typed


def _examine_ledger(
    cases: Sequence[Case], plan: Plan, around: CheckContext, fired: Mapping[str, set[str]]
) -> Iterator[Finding]:
    for rule in plan.of_ledger:
        for case, fault in rule.check(cases, around):
            if rule.silenced_by.isdisjoint(fired.get(case.item.id, ())):
                yield _about_row(rule, fault, case)


def _about_row(rule: Rule, fault: Fault, case: Case) -> Finding:
    """A fault with everything that the rule itself must not know: code, severity, place, item, value as typed."""
    return Finding(
        rule=rule.code,
        severity=rule.severity,
        place=case.row.place(fault.column),
        message=fault.message,
        fix=for_the_office(case, fault.column, fault.fix),
        id=case.item.id,
        column=fault.column,
        value=_as_typed(case.row, fault.column),
    )


def _as_typed(row: Row, code: str) -> str:
    """What was typed in a column, one of the office's own too."""
    if not is_own(code):
        return row.typed.get(code, "")
    cell = row.own.get(own_heading(code))
    return cell.text if cell else ""


def _about_submission(
    rule: Rule, fault: Fault, submission: Submission, case: Case | None
) -> Finding:
    if case is not None:
        return _about_row(rule, fault, case)
    return Finding(
        rule.code, rule.severity, Place(submission.file), fault.message, fault.fix, "", fault.column
    )
