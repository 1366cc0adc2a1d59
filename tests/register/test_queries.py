"""What the register knows, read back: blanks, and how long a text has read as it does."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import fields
from typing import TYPE_CHECKING

from tests.support.counting import steps_in
from tests.support.rounds import record
from toolkit.ledger.columns import CODES
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import Place
from toolkit.ledger.item import Item
from toolkit.ledger.record import encode_value
from toolkit.ledger.submission import Origin
from toolkit.register.change import Change
from toolkit.register.merge import Merged
from toolkit.register.queries import BLANKS
from toolkit.register.store import Register

if TYPE_CHECKING:
    from pathlib import Path

START = dt.date(2026, 1, 2)


def round_of(*entries: Entry, says: dict[str, str] | None = None) -> Merged:
    """A round in which these items stand as they are; or in which only these progress texts are new."""
    place = Place("报.xlsx", "整改台账", "A4")
    whole = [
        Change(entry.item.id, code, getattr(entry.item, code), place)
        for entry in entries
        for code in CODES
    ]
    news = [Change(id_, "progress", text, place) for id_, text in (says or {}).items()]
    return Merged(entries, (), (), tuple(whole if says is None else news))


def entry(id_: str, **columns: object) -> Entry:
    return Entry(item=Item(id=id_, **columns), origin=Origin("报.xlsx", "整改台账", 4))  # type: ignore[arg-type]


def test_what_an_item_lacks_is_stored_as_one_of_the_blanks() -> None:
    blank = Item()
    stored = {
        field.name: json.dumps(encode_value(field.name, getattr(blank, field.name)))
        for field in fields(Item)
    }
    assert set(stored.values()) == set(BLANKS)


def test_blank_items_and_full_ones_come_back_as_they_went_in(tmp_path: Path) -> None:
    kept = (
        entry("1-1"),
        entry("1-2", problem="null", progress='""', remarks="[]", measures=("[]", ""), people=0),
        entry("1-3", owner=" ", co_units=("财政局",)),
    )
    with Register.open(tmp_path / "register.db") as register:
        record(register, START, round_of(*kept))
        assert register.recall().entries == kept


def test_periods_without_news_are_days_later_than_the_last_word(tmp_path: Path) -> None:
    ledger = (entry("1-1", progress="甲"), entry("1-2", progress="乙"))
    week = dt.timedelta(7)
    with Register.open(tmp_path / "register.db") as register:
        record(register, START, round_of(*ledger))
        record(register, START + week, round_of(*ledger, says={"1-2": "丙"}))
        record(register, START + week, round_of(*ledger, says={}))  # a second run of the same day
        record(register, START + 2 * week, round_of(*ledger, says={}))
        assert dict(register.recall().unchanged_periods) == {"1-1": 2, "1-2": 1}


def test_what_is_recalled_costs_by_items_and_not_by_rounds(tmp_path: Path) -> None:
    ledger = tuple(entry(f"1-{n}", progress="甲") for n in range(1, 101))

    def cost(rounds: int) -> int:
        with Register.open(tmp_path / f"{rounds}.db") as register:
            record(register, START, round_of(*ledger))
            for number in range(1, rounds):
                news = round_of(*ledger, says={"1-1": str(number)})
                record(register, START + dt.timedelta(number), news)
            return steps_in(register._db, register.recall)

    assert cost(60) < 1.2 * cost(30)
