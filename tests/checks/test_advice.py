"""Following the advice never earns the next finding: each remedy is obeyed as worded, at once and a round later."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pytest

from tests.support.advice import STOCK, Example, obeyed, quoted
from tests.support.cases import AS_OF, BEFORE, QUIET, REGISTER, SETTINGS, table_of
from toolkit.checks.examine import examine
from toolkit.checks.rule import Rule, all_rules
from toolkit.ledger.columns import BY_CODE, KINDS_OF_RECTIFICATION, Filler
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import Finding
from toolkit.ledger.numerals import with_figures
from toolkit.ledger.status import WORDS

# Remedies that only a person can follow, each with the reason.
BY_HAND = {
    "C101": "what is left of the text",
    "C102": "what is left of the text",
    "C103": "what is left of the text",
    "C104": "what may be said",
    "C105": "what may be said",
    "D112": "the work itself",
    "D113": "a calendar that is not yet published",
    "F103": "which words to spare",
    "F104": "which measure is missing",
    "I107": "rows of another workbook",
    "M104": "nothing is to be done",
    "T105": "the text that was cut off",
    "T112": "where the other half belongs",
}
STANDING = "2026-06-30，并长期坚持"
# What the advice asks to write anew, and nothing can be read out of it: the column is filled from the stock.
WRITTEN_ANEW = {
    "D101", "D102", "D106", "D107", "D109", "F101", "F105", "F106", "F201", "F202", "H101", "M106", "S101", "S104", "S112", "T101", "T102", "T103",
    "T104", "T106", "T110", "T113", "T114", "U101", "U102", "U103", "U104",
}  # fmt: skip
ROWS = [
    pytest.param(rule, example, id=f"{rule.code}-{number}")
    for rule in all_rules()
    for number, example in enumerate(rule.bad)
]


def rows_of(example: Any) -> tuple[Example, ...]:
    return example if isinstance(example, tuple) else (example,)


def examined(rows: tuple[Example, ...]) -> tuple[Finding, ...]:
    cases, around, submission = table_of(rows)
    entries = [Entry(item=case.item, origin=case.row.origin) for case in cases]
    return examine([submission], entries, all_rules(), around)


def a_round_later(rows: tuple[Example, ...], corrected: tuple[Example, ...]) -> tuple[Finding, ...]:
    """The corrected rows where the register has taken the faulty ones a round ago."""
    taken, _, _ = table_of(rows)
    known = {case.item.id: Entry(item=case.item, origin=case.row.origin) for case in taken}
    _, around, submission = table_of(
        tuple(
            {h: t for h, t in row.items() if not h.startswith((BEFORE, QUIET))} for row in corrected
        )
    )
    around = replace(around, known={**around.known, **known}, last_as_of=AS_OF)
    return examine([submission], (), all_rules(), around)


def ways(rows: tuple[Example, ...], found: Finding) -> list[tuple[Example, ...]]:
    """The table after each way of obeying one finding."""
    number = int(re.sub(r"\D", "", found.place.cell) or 4) - 4
    row, header = rows[number], SETTINGS.form.heading_of(found.column)
    changes = list(obeyed(found, stock_of(row)))
    if found.rule == "T109":
        changes = [
            {**cells, "整改进展情况": row["备注"]} for cells in changes
        ]  # what is to be moved
    if found.rule in WRITTEN_ANEW and not any(header in cells for cells in changes):
        changes.append({header: STANDING if found.rule == "D107" else STOCK[found.column]})
    return [
        (*rows[:number], {**row, **as_before(row, cells), **cells}, *rows[number + 1 :])
        for cells in changes
    ]


def stock_of(row: Example) -> Example:
    """The stock for this row: who says that it was done in time names a day that was in time."""
    (case,), _, _ = table_of((row,))
    due = case.item.deadline.due if case.item.deadline else None
    in_time = min(due, dt.date(2026, 3, 20)) if due else dt.date(2026, 3, 20)
    return {**STOCK, "completed_on": str(in_time)}


def as_before(row: Example, cells: Example) -> Example:
    """What the register knew of the cells that are changed now, where it knew the row."""
    knew = any(header.startswith(BEFORE) for header in row)
    return {f"{BEFORE}{h}": row.get(f"{BEFORE}{h}", row.get(h, "")) for h in cells} if knew else {}


DONE = [
    pytest.param(rule, {**example, **late_and_bare}, id=f"{rule.code}-{number}")
    for rule in all_rules()
    for number, example in enumerate(rule.bad)
    if isinstance(example, dict)
    and example.get("整改状态") == "已完成"
    and "整改时限" not in example
    for late_and_bare in ({"下一步措施": "", "整改时限": "2026-05-31"},)
]


@pytest.mark.parametrize(("rule", "example"), [*ROWS, *DONE])
def test_obeying_earns_no_further_finding(rule: Rule, example: Any) -> None:
    rows = rows_of(example)
    for found in examined(rows):
        after = ways(rows, found)
        assert after or rule.code in BY_HAND, found.fix
        for corrected in after:
            assert leftover(examined(corrected), rows) == [], (found.fix, corrected)
            column = BY_CODE.get(found.column)
            if column is None or column.filled_by is Filler.UNIT:
                assert leftover(a_round_later(rows, corrected), rows) == [], (found.fix, corrected)


def leftover(found: tuple[Finding, ...], rows: tuple[Example, ...]) -> list[str]:
    """What is said of the corrected rows, but that an item is late.

    One that was late stays late, however well that is explained; and where nobody could read the deadline, it shows now,
    as does one behind the concentrated period.
    """
    cases, _, _ = table_of(rows)
    dues = [case.item.deadline.due if case.item.deadline else None for case in cases]
    is_late = any(due and due < AS_OF for due in dues)
    states = {"D112"} if is_late else {"S107", "D112", "D105"} if None in dues else set()
    return [f"{f.rule} {f.message}" for f in found if f.rule not in states]


def test_every_rule_is_walked_or_says_why_not() -> None:
    codes = {rule.code for rule in all_rules()}
    assert set(BY_HAND) <= codes
    assert codes >= WRITTEN_ANEW
    assert not WRITTEN_ANEW & set(BY_HAND)


@pytest.mark.parametrize(("rule", "example"), ROWS)
def test_what_is_to_be_typed_comes_from_the_row(rule: Rule, example: Any) -> None:
    """Never an example that could be typed in as it stands: its figures stand in the row, or it is a word of the form."""
    rows = rows_of(example)
    cases, around, _ = table_of(rows)
    task = around.settings.task
    there = " ".join(text for case in cases for text in case.row.typed.values())
    there += " " + " ".join(str(c.item.deadline.due) for c in cases if c.item.deadline)
    there += f" {AS_OF} {task.phase_end} {task.feedback_on} " + " ".join(
        text
        for row in rows
        for header, text in row.items()
        if header.startswith((BEFORE, REGISTER))
    )
    figures = {float(number) for number in re.findall(r"\d+(?:\.\d+)?|\d+", with_figures(there))}
    figures |= {float(number) for number in re.findall(r"\d+", with_figures(there))}
    figures |= {number / 10000 for number in figures}
    if "2026.1" in there:
        figures.add(10)  # the 0 that Excel takes away
    form = {"无", *WORDS.values(), *KINDS_OF_RECTIFICATION}
    for found in examined(rows):
        for text in quoted(found.fix):
            numbers = {float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)}
            is_own = (
                numbers <= figures
                if numbers
                else text in form or all(n in there for n in re.findall("[^《》]+", text))
            )
            assert is_own, found.fix
        assert not re.search(r"如[：“]|例如", found.fix), found.fix
