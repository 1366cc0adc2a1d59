"""Which row is which: every combination of key, number, text, unit and form, against the rule as people say it."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from tests.support.items import ENTRY
from toolkit.ledger.item import Item
from toolkit.ledger.submission import Origin, Row
from toolkit.register.index import Index
from toolkit.register.snapshot import Snapshot

# The item that the row is about, another one of its unit, and one of a unit that has nothing to do with it.
MINE, OTHER, STRANGER = "1-1", "1-2", "5-1"
TEXTS = {
    MINE: "护林防火巡查记录有四个月没有登记",
    OTHER: "苗木采购没有比价",
    STRANGER: "公租房空置十八套",
}
UNITS = {MINE: "林业管护局", OTHER: "林业管护局", STRANGER: "住房保障局"}
SAID = {
    "equal": TEXTS[MINE],
    "alike": "护林防火巡查的记录有四个月没有登记",
    "other": TEXTS[OTHER],
    "stranger": TEXTS[STRANGER],
    "unlike": "食堂账目不清",
    "absent": "",
}
NAMES = {"mine": MINE, "other": OTHER, "unknown": "9-9", "absent": ""}
SPEAKERS = {"own": "林业管护局", "foreign": "住房保障局", "absent": ""}
CASES = tuple(product(NAMES, NAMES, SAID, SPEAKERS, (True, False)))

INDEX = Index(
    Snapshot(
        tuple(
            replace(ENTRY, item=Item(id=id_, problem=text, lead_unit=UNITS[id_]))
            for id_, text in TEXTS.items()
        )
    ),
    90,
)


def expected(key: str, number: str, text: str, unit: str, *, ours: bool) -> str:
    """Text first; a key or number where no text speaks against it and no other unit speaks."""
    if text in ("equal", "other", "stranger"):
        return {"equal": MINE, "other": OTHER, "stranger": STRANGER}[text]
    named = {NAMES[said] for said in (key, number) if said in ("mine", "other")}
    if text == "alike" and (unit != "foreign" or MINE in named):
        return MINE
    if len(named) != 1 or unit == "foreign":
        return ""
    is_enough = key in ("mine", "other") or ours or (unit == "own" and text == "absent")
    return named.pop() if is_enough else ""


@pytest.mark.parametrize(
    ("key", "number", "text", "unit", "ours"),
    CASES,
    ids=["-".join((*case[:4], "ours" if case[4] else "theirs")) for case in CASES],
)
def test_which_row_is_which(key: str, number: str, text: str, unit: str, ours: bool) -> None:
    item = Item(id=NAMES[number], problem=SAID[text], lead_unit=SPEAKERS[unit])
    row = Row(Origin("甲.xlsx", "表", 3), item, typed={"id": NAMES[number]}, key=NAMES[key])
    found = INDEX.find(row, SPEAKERS[unit], on_our_form=ours)
    assert found.id == expected(key, number, text, unit, ours=ours)
