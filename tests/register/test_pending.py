"""Keeping a round and taking it back: what the last word is, and that the work grows with the round, not with its square."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from tests.support.counting import steps_in
from tests.support.rounds import record
from toolkit.ledger.columns import CODES
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import Place
from toolkit.ledger.item import Item
from toolkit.ledger.submission import Origin
from toolkit.register.change import Change
from toolkit.register.merge import Merged
from toolkit.register.store import Register

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.date(2026, 6, 5)


def change(id_: str, column: str, value: object, cell: str = "A4") -> Change:
    return Change(id_, column, value, Place("报.xlsx", "整改台账", cell))


def merged(items: list[Item], *more: Change) -> Merged:
    """A ledger of these items, each with all its columns, and further changes."""
    entries = tuple(
        Entry(item=item, origin=Origin("报.xlsx", "整改台账", row))
        for row, item in enumerate(items, 4)
    )
    whole = [change(item.id, code, getattr(item, code)) for item in items for code in CODES]
    return Merged(entries, (), (), (*whole, *more))


def numbered(number: int) -> list[Item]:
    return [
        Item(id=f"{n // 20 + 1}-{n % 20 + 1}", problem=f"问题{n}", progress="正在办理。")
        for n in range(number)
    ]


def test_of_two_changes_of_a_cell_the_later_is_the_current_one(tmp_path: Path) -> None:
    item = Item(id="1-1", progress="先写的。", owner="李四")
    later = (change("1-1", "progress", "后写的。", "N9"), change("1-1", "owner", "", "K9"))
    with Register.open(tmp_path / "register.db") as register:
        record(register, DAY, merged([item], *later))
        (entry,) = register.recall().entries
        assert (entry.item.progress, entry.item.owner) == ("后写的。", "")
        history = register.history("1-1", "progress")
        assert [(fact.value, fact.cell) for fact in history] == [
            ("先写的。", "A4"),
            ("后写的。", "N9"),
        ]


def test_a_round_taken_back_leaves_the_values_of_the_round_before(tmp_path: Path) -> None:
    items = numbered(3)
    with Register.open(tmp_path / "register.db") as register:
        record(register, DAY, merged(items))
        before = register.recall().entries
        news = Merged(before, (), (), (change("1-2", "progress", "已办结。"),))
        link = record(register, DAY + dt.timedelta(7), news)
        assert register.recall().entries[1].item.progress == "已办结。"
        register.withdraw(link)
        assert register.recall().entries == before


def steps(tmp_path: Path, number: int, work: str) -> int:
    """What it costs in the register to keep a round that speaks of so many items, or to take it back."""
    items = numbered(number)
    news = tuple(change(item.id, "progress", "已办结。") for item in items)
    with Register.open(tmp_path / f"{work}-{number}.db") as register:
        record(register, DAY, merged(items))
        spoken = Merged(register.recall().entries, (), (), news)
        kept = steps_in(register._db, lambda: record(register, DAY, spoken))
        link = register.rounds()[-1].link
        return kept if work == "keep" else steps_in(register._db, lambda: register.withdraw(link))


@pytest.mark.parametrize("work", ["keep", "withdraw"])
def test_twice_the_items_are_about_twice_the_work(tmp_path: Path, work: str) -> None:
    assert steps(tmp_path, 400, work) < 2.5 * steps(tmp_path, 200, work)
