"""Ids as people and Excel write them."""

from __future__ import annotations

import datetime as dt

import pytest

from toolkit.ledger.ids import is_id, loose, read_id, sort_key
from toolkit.ledger.reading import Unreadable


@pytest.mark.parametrize(
    ("written", "read"),
    [("3－2", "3-2"), (" 3-2。", "3-2"), (3.0, "3"), ("'3-2", "3-2"), (1.1, "1.1")],
)
def test_an_id_keeps_its_writing_but_for_width_and_blanks(written: float | str, read: str) -> None:
    assert read_id(written) == read


@pytest.mark.parametrize(
    "written", [dt.date(2026, 3, 2), dt.datetime(2026, 3, 2), "3月2日", "2026-03-02", "2026/3/2"]
)
def test_a_date_is_asked_back_with_the_id_that_it_probably_was(written: dt.date | str) -> None:
    read = read_id(written)
    assert isinstance(read, Unreadable)
    assert read.try_instead == ("3-2",)


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("（一）1", "1-1"),
        ("十二", "12"),
        ("①", "1"),
        ("问题3", "3"),
        ("A-01", "A-1"),
        ("1.10", "1-10"),
    ],
)
def test_the_loose_form_forgets_what_people_change(written: str, bare: str) -> None:
    assert loose(written) == bare


def test_shapes_of_ids() -> None:
    assert is_id("3-2")
    assert is_id("12")
    assert not is_id("12", levels=2)
    assert not is_id("规划建设局")


def test_order_is_natural_and_survives_absurd_numbers() -> None:
    assert sorted(["1-10", "1-2", "x", "9" * 5000], key=sort_key)[:2] == ["1-2", "1-10"]
    assert loose("0" * 5000) == "0"
