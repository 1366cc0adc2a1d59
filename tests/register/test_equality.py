"""Whether two values of a column say the same, and how one stands in a sentence."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.ledger.deadlines import Deadline, DeadlineKind
from toolkit.ledger.status import Status
from toolkit.register.equality import same, shown

JUNE = dt.date(2026, 6, 30)


def deadline(raw: str, due: dt.date | None = JUNE, *, standing: bool = False) -> Deadline:
    return Deadline(due, standing=standing, kind=DeadlineKind.FIXED, raw=raw)


VALUES = (
    "", "甲", "甲 乙", "甲\n乙", "甲乙", None, (), ("《甲》",), ("《乙》", "《甲》"), ("《甲》", "《乙》"), 0, 1, Decimal(0), Decimal("1.0"),
    Status.DONE, deadline("2026-06-30"), deadline("2026年6月底前"), deadline("长期坚持", None, standing=True),
)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("甲 乙", "甲\n乙", True),
        ("甲乙", "甲　乙", True),
        ("甲", "乙", False),
        (("《甲》", "《乙》"), ("《乙》", "《甲》"), True),
        (("《甲》",), ("《甲》", "《乙》"), False),
        (deadline("2026-06-30"), deadline("2026年6月底前"), True),
        (deadline("2026-06-30"), deadline("2026-06-30并长期坚持", standing=True), False),
        (deadline("2026-06-30"), deadline("2026-07-01", dt.date(2026, 7, 1)), False),
        (None, "", True),
        ("", (), True),
        (None, 0, False),  # nobody was dealt with is something else than that nobody said so
        (0, None, False),
        (Decimal("12.60"), Decimal("12.6"), True),
        (Status.DONE, Status.PHASED, False),
        (Status.DONE, None, False),
    ],
)
def test_what_is_the_same(one: object, other: object, is_same: bool) -> None:
    assert same(one, other) is is_same


@given(st.sampled_from(VALUES), st.sampled_from(VALUES))
def test_it_does_not_matter_which_is_the_first(one: object, other: object) -> None:
    assert same(one, one)
    assert same(one, other) == same(other, one)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "（空）"), ("", "（空）"), ((), "（空）"), ("甲\n乙", "甲 乙"), (deadline("2026年6月底前"), "2026年6月底前"),
        (Status.DONE, "{DONE}"), (("《甲》", "《乙》"), "《甲》、《乙》"), (0, "0"), (Decimal("12.6"), "12.6"), (JUNE, "2026-06-30"),
        ("甲" * 40, "甲" * 40), ("甲" * 41, "甲" * 40 + "……"), (("甲" * 30, "乙" * 30), "甲" * 30 + "、" + "乙" * 9 + "……"),
    ],
)  # fmt: skip
def test_how_a_value_stands_in_a_sentence(value: object, text: str) -> None:
    assert shown(value) == text
