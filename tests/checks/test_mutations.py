"""No rule is dumb and none is deaf: on the sample's own rows each can be silent, and each speaks when its bad example
is written over such a row."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from tests.support.cases import SETTINGS, split
from toolkit.checks.examine import Plan, case_of, examine
from toolkit.checks.rule import CheckContext, Rule, Scope, all_rules
from toolkit.intake.headers import known_code
from toolkit.ledger.columns import BY_CODE, COLUMNS
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import Finding, Place
from toolkit.ledger.item import Item
from toolkit.ledger.own import OwnCell, is_own, own_code, own_heading
from toolkit.ledger.readers import read_cell
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.submission import Origin, Role, Row, Submission, Verdict
from toolkit.sample.story import WEEKS, Story, tell
from toolkit.workbooks.ledger_sheet import cell_value

FORM = SETTINGS.form
LETTERS = {column.code: chr(65 + number) for number, column in enumerate(COLUMNS)}


@cache
def sample() -> tuple[Story, tuple[dict[str, str], ...]]:
    """(story, every row of the sample as typed by code, in its last state)."""
    story = tell()
    typed = {}
    for entry in story.entries:
        shown = {
            c.code: cell_value(c, getattr(entry.item, c.code), story.settings) for c in COLUMNS
        }
        typed[entry.item.id] = {
            code: str(value) for code, value in shown.items() if value is not None
        }
    for (_, item_id), said in sorted(story.returns.items()):
        typed[item_id] |= said
    required = {column.code: "D-17" for column in FORM.own if column.required}
    return story, tuple({**said, **required} for said in typed.values())


def row_of(typed: dict[str, str], number: int = 4) -> Row:
    story, _ = sample()
    values: dict[str, Any] = {}
    unreadable: dict[str, Any] = {}
    own = {own_heading(code): text for code, text in typed.items() if is_own(code)}
    for code, text in typed.items():
        if is_own(code):
            continue
        value = read_cell(BY_CODE[code], text, story.settings.context)
        (unreadable if isinstance(value, Unreadable) else values)[code] = value
    item = Item(**{code: value for code, value in values.items() if value is not None})
    place = Place("报.xlsx", "整改台账", f"Z{number}")
    cells = {path: OwnCell(text, place) for path, text in own.items()}
    # A form's own columns stand in the table, whether a row fills them or not.
    letters = {**LETTERS, **{column.code: "Z" for column in FORM.own}}
    return Row(Origin("报.xlsx", "整改台账", number), item, letters, typed, unreadable, own=cells)


def says(
    rule: Rule,
    typed: dict[str, str],
    known: dict[str, str] | None = None,
    unchanged_periods: int = 0,
) -> bool:
    """Whether the rule speaks about this row."""
    story, _ = sample()
    row = row_of(typed)
    before = {row.item.id: Entry(item=row_of(known).item, origin=row.origin)} if known else {}
    around = CheckContext(
        story.settings.with_form(FORM),
        WEEKS[-1],
        Role.RETURN,
        before,
        {row.item.id: unchanged_periods},
    )
    case = case_of(row, around)
    return rule in Plan([rule]).asked(case) and bool(list(rule.check(case)))


def by_code(example: dict[str, str]) -> dict[str, str]:
    return {known_code(header) or own_code(header): text for header, text in example.items()}


def overlaid(
    typed: dict[str, str], example: dict[str, str]
) -> tuple[dict[str, str], dict[str, str] | None, int]:
    now, before, _, unchanged_periods = split(example)
    mutated = {code: text for code, text in {**typed, **by_code(now)}.items() if text}
    known = None
    if before is not None:
        known = {code: text for code, text in {**mutated, **by_code(before)}.items() if text}
    return mutated, known, unchanged_periods


ROW_RULES = [rule for rule in all_rules() if rule.scope is Scope.ROW]


@pytest.mark.parametrize("rule", ROW_RULES, ids=lambda rule: rule.code)
def test_rule_is_silent_about_some_row_of_the_sample(rule: Rule) -> None:
    _, rows = sample()
    assert not all(says(rule, typed) for typed in rows)


@pytest.mark.parametrize("rule", ROW_RULES, ids=lambda rule: rule.code)
def test_rule_speaks_when_its_bad_example_is_written_over_a_row_of_the_sample(rule: Rule) -> None:
    _, rows = sample()
    for example in rule.bad:
        assert any(says(rule, *overlaid(typed, example)) for typed in rows), example


@pytest.mark.parametrize(
    "rule",
    [rule for rule in all_rules() if rule.scope is not Scope.ROW],
    ids=lambda rule: rule.code,
)
def test_rule_about_a_table_is_silent_about_the_sample_and_speaks_about_two_rows_made_alike(
    rule: Rule,
) -> None:
    story, rows = sample()
    read = tuple(row_of(typed, number) for number, typed in enumerate(rows, 4))
    known = {row.item.id: Entry(item=row.item, origin=row.origin) for row in read}
    unit = read[0].item.lead_unit
    own = tuple(row for row in read if row.item.lead_unit == unit)
    around = CheckContext(story.settings, WEEKS[-1], Role.RETURN, known)

    def fired(rows: tuple[Row, ...]) -> list[Finding]:
        submission = Submission("报.xlsx", "0", Verdict.ACCEPTED, Role.RETURN, unit, rows=rows)
        entries = [Entry(item=row.item, origin=row.origin) for row in rows]
        return [
            found
            for found in examine([submission], entries, [rule], around)
            if found.rule == rule.code
        ]

    assert not fired(own)
    twin = row_of(
        {**own[0].typed, "id": own[1].item.id, "regulations": "《甲办法》"}, own[1].origin.row
    )
    first = row_of({**own[0].typed, "regulations": "《甲办法》"}, own[0].origin.row)
    assert fired((first, twin))
