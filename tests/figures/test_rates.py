"""Percentages: half up, as people round, with as many decimals as the office wants; never without their 口径."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.figures.rates import Rate, percentage


@pytest.mark.parametrize(
    ("numerator", "denominator", "decimals", "text"),
    [
        (2, 3, 2, "66.67%"),
        (1, 3, 2, "33.33%"),
        (1, 8, 1, "12.5%"),
        (1, 8, 0, "13%"),  # half to even would be 12
        (1, 16, 1, "6.3%"),  # and 6.2
        (3, 16, 1, "18.8%"),
        (1, 32, 2, "3.13%"),  # and 3.12
        (5, 1000, 0, "1%"),  # and 0
        (1, 200, 0, "1%"),
        (0, 7, 2, "0.00%"),
        (7, 7, 2, "100.00%"),
        (0, 0, 2, "—"),
    ],
)
def test_half_is_rounded_up(numerator: int, denominator: int, decimals: int, text: str) -> None:
    assert percentage(numerator, denominator, decimals) == text


@given(st.integers(0, 4000), st.integers(1, 4000), st.integers(0, 3))
def test_every_share_is_rounded_as_by_hand(numerator: int, denominator: int, decimals: int) -> None:
    """In fractions: the nearest step, and of two equally near the upper one."""
    steps = floor(Fraction(100 * numerator * 10**decimals, denominator) + Fraction(1, 2))
    whole, rest = divmod(steps, 10**decimals)
    shown = f"{whole}.{rest:0{decimals}}" if decimals else str(whole)
    assert percentage(numerator, denominator, decimals) == f"{shown}%"


def test_a_rate_has_its_rule_with_both_numbers() -> None:
    rate = Rate(numerator=8, denominator=12, decimals=1, formula="完成率＝已完成问题数÷问题总数")
    assert rate.text == "66.7%"
    assert rate.rule == "完成率＝已完成问题数÷问题总数＝8÷12，四舍五入保留1位小数"
