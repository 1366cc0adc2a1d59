"""Excerpts: no longer than asked for, and no figure in them is half of one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.ledger.text import shortened


@pytest.mark.parametrize(
    ("text", "most", "said"),
    [
        ("问题一", 3, "问题一"),
        ("问题一二", 3, "问题…"),
        ("截至2026年3月", 5, "截至…"),
        ("截至2026年3月", 7, "截至2026…"),
        ("欠缴12.56万元", 6, "欠缴…"),
        ("清退1,286元", 5, "清退…"),
        ("清退１２８６元", 5, "清退…"),
        ("2026年的台账", 4, "…"),
    ],
)
def test_an_excerpt_is_cut_before_a_figure_and_not_in_it(text: str, most: int, said: str) -> None:
    assert shortened(text, most) == said


@given(st.text(alphabet="问题12.,年", max_size=20), st.integers(1, 20))
def test_an_excerpt_is_a_beginning_of_at_most_so_many_characters(text: str, most: int) -> None:
    found = shortened(text, most)
    assert len(found) <= most
    assert text.startswith(found.removesuffix("…"))
