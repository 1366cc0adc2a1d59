"""What co-operating units say stands beside the lead's answer; where both say otherwise, both are named."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.items import ENTRY
from toolkit.ledger.answer import Answer
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import Severity
from toolkit.ledger.item import Item
from toolkit.ledger.status import Status
from toolkit.ledger.submission import Origin, Row
from toolkit.register.answers import answer_of, contradictions, newest

ORIGIN = Origin("林业局.xlsx", "整改台账", 7)
MAY, JUNE = dt.date(2026, 5, 20), dt.date(2026, 6, 12)


def row(**values: Any) -> Row:
    item = Item(id="3-2", progress="已会商2次。", **values)
    return Row(ORIGIN, item, letters={"status": "P", "completed_on": "Q"})


def lead(**values: Any) -> Entry:
    return replace(ENTRY, item=replace(ENTRY.item, status=None, completed_on=None, **values))


def test_a_row_as_an_answer() -> None:
    answer = answer_of(row(status=Status.DONE, completed_on=MAY), "林业局")
    assert answer == Answer(
        id="3-2", unit="林业局", status=Status.DONE, completed_on=MAY, progress="已会商2次。", origin=ORIGIN
    )  # fmt: skip


ANSWERS = st.lists(
    st.builds(
        lambda id_, unit, text: Answer(
            id=id_, unit=unit, status=None, completed_on=None, progress=text, origin=ORIGIN
        ),
        st.sampled_from(["1-1", "1-2"]), st.sampled_from(["林业局", "水务局"]), st.sampled_from("甲乙丙"),
    ),
    max_size=6,
)  # fmt: skip


@given(ANSWERS, ANSWERS)
def test_of_each_unit_about_each_item_the_last_answer_stands(
    known: list[Answer], fresh: list[Answer]
) -> None:
    expected: dict[tuple[str, str], str] = {}
    for answer in (*known, *fresh):
        expected[answer.id, answer.unit] = answer.progress
    found = newest(known, fresh)
    assert {(answer.id, answer.unit): answer.progress for answer in found} == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize(
    ("leads", "says", "columns"),
    [
        ({}, {"status": Status.DONE, "completed_on": MAY}, []),
        ({"status": Status.DONE}, {"status": Status.DONE}, []),
        ({"status": Status.IN_PROGRESS}, {"status": Status.DONE}, ["status"]),
        ({"status": Status.DONE}, {}, []),
        ({"completed_on": MAY}, {"completed_on": JUNE}, ["completed_on"]),
        (
            {"status": Status.IN_PROGRESS, "completed_on": MAY},
            {"status": Status.DONE, "completed_on": JUNE},
            ["status", "completed_on"],
        ),
    ],
)
def test_two_units_that_contradict_each_other_are_named_column_by_column(
    leads: dict[str, Any], says: dict[str, Any], columns: list[str]
) -> None:
    entry = replace(
        ENTRY, item=replace(ENTRY.item, **{"status": None, "completed_on": None, **leads})
    )
    given_ = row(**says)
    found = list(contradictions([entry], [(given_, answer_of(given_, "林业局"))]))
    assert [(one.rule, one.column, one.severity) for one in found] == [
        ("I115", column, Severity.WARNING) for column in columns
    ]


def test_a_contradiction_says_who_says_what_and_where() -> None:
    given_ = row(completed_on=JUNE)
    entry = replace(ENTRY, item=replace(ENTRY.item, completed_on=MAY))
    (found,) = contradictions([entry], [(given_, answer_of(given_, "林业局"))])
    assert found.message == (
        "完成时间：牵头单位规划建设局报“2026-05-20”，配合单位林业局报“2026-06-12”，按牵头单位。"
    )
    assert str(found.place) == "林业局.xlsx › 整改台账!Q7"


def test_an_answer_about_an_item_that_has_left_contradicts_nobody() -> None:
    given_ = row(status=Status.DONE)
    assert list(contradictions([], [(given_, answer_of(given_, "林业局"))])) == []
    assert list(contradictions([lead(id="9-9")], [(given_, answer_of(given_, "林业局"))])) == []
