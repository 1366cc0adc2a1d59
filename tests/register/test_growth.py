"""Twice the ledger is twice the work: no return, edit or decision looks through all the others."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.support.counting import instructions_in
from toolkit.ledger.decision import Decision, Ruling
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import Place
from toolkit.ledger.item import Item
from toolkit.ledger.status import Status
from toolkit.ledger.submission import Origin, Role, Row, Submission, Verdict
from toolkit.register.change import Change
from toolkit.register.decisions import decide
from toolkit.register.edits import edit
from toolkit.register.match import match
from toolkit.register.merge import merge
from toolkit.register.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = dt.date(2026, 6, 19)
LETTERS = {"id": "A", "problem": "B", "progress": "C"}
DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")


def items(number: int) -> list[Item]:
    """Problems that have little in common, each of a unit of its own."""
    names = [str(n).translate(DIGITS) for n in range(1000, 1000 + number)]
    return [
        Item(
            id=f"{n // 20 + 1}-{n % 20 + 1}",
            problem=f"{name}号事项{name[::-1]}处理不当{name}",
            lead_unit=f"第{name}局",
            status=Status.DONE,
        )
        for n, name in enumerate(names)
    ]


def entries(ledger: list[Item]) -> tuple[Entry, ...]:
    return tuple(Entry(item=item, origin=Origin("台账.xlsx", "台账", 4)) for item in ledger)


def row(item: Item, file: str, **said: str) -> Row:
    written = replace(item, **said)  # type: ignore[arg-type]
    typed = {code: str(getattr(written, code)) for code in LETTERS if getattr(written, code)}
    return Row(Origin(file, "台账", 4), written, LETTERS, typed)


def returned(item: Item, **said: str) -> Submission:
    file = f"{item.lead_unit}.xlsx"
    rows = (row(item, file, **said),)
    return Submission(
        file, file, Verdict.ACCEPTED, Role.RETURN, item.lead_unit, rows=rows
    )  # fmt: skip


def review(ledger: list[Item], **said: str) -> Submission:
    """The office's own workbook with something new in every row."""
    rows = tuple(row(item, "汇总台账.xlsx", **said) for item in ledger)
    return Submission("汇总台账.xlsx", "r", Verdict.ACCEPTED, Role.REVIEW, ledger=rows)


def returns(number: int) -> object:
    ledger = items(number)
    return merge(Snapshot(entries(ledger)), [returned(item, progress="新") for item in ledger])


def reworded(number: int) -> object:
    """Rows without a number whose problem is told a little otherwise."""
    ledger = items(number)
    came = [returned(item, id="", problem=f"{item.problem}的") for item in ledger]
    return match(came, Snapshot(entries(ledger)), 90)


def edited(number: int) -> object:
    ledger = items(number)
    known = Snapshot(entries(ledger))
    return edit(known, known.entries, (), [review(ledger, progress="整改办写的。")])


def contradicted(number: int) -> object:
    """The office and the unit write something new in the same cells."""
    before = items(number)
    now = [replace(item, progress="单位写的。") for item in before]
    place = Place("报.xlsx", "台账", "C4")
    changes = [Change(item.id, "progress", item.progress, place) for item in now]
    return edit(
        Snapshot(entries(before)), entries(now), changes, [review(before, progress="办里写的。")]
    )


def extended(number: int) -> object:
    ledger = {entry.item.id: entry for entry in entries(items(number))}
    asked = [
        Decision(
            id=id_, ruling=Ruling.EXTEND, until=DAY, opinion="同意", basis="纪要", by="王", on=DAY,
            place=Place("汇总台账.xlsx", "整改台账", "AD4"),
        )
        for id_ in ledger
    ]  # fmt: skip
    past = [replace(decision, until=DAY - dt.timedelta(30)) for decision in asked]
    return decide(ledger, asked, past, {})


@pytest.mark.parametrize("work", [returns, reworded, edited, contradicted, extended])
def test_twice_the_ledger_is_about_twice_the_work(work: Callable[[int], object]) -> None:
    work(2)  # what is imported and remembered at the first time
    small, large = (instructions_in(partial(work, number)) for number in (60, 120))
    assert large < 2.06 * small  # counted, not timed: the smallest square shows
