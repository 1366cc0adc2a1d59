from __future__ import annotations

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.gongwen.numbering import chinese_numeral, mark, number_of


@given(st.integers(1, 99_999_999))
def test_numerals_are_read_back_by_another_reader(number: int) -> None:
    assert cn2an.cn2an(chinese_numeral(number), "smart") == number


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (100, "一百"), (101, "一百零一"), (110, "一百一十"),
        (111, "一百一十一"), (1001, "一千零一"), (1010, "一千零一十"), (10_000, "一万"), (10_010, "一万零一十"),
        (100_000, "十万"), (110_001, "十一万零一"),
    ],
)  # fmt: skip
def test_numerals_as_officials_write_them(number: int, text: str) -> None:
    assert chinese_numeral(number) == text


@pytest.mark.parametrize("number", [0, -1])
def test_there_is_no_heading_number_below_one(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        chinese_numeral(number)


def test_marks_of_the_four_levels() -> None:
    assert [mark(level, 12) for level in (1, 2, 3, 4)] == ["十二、", "（十二）", "12.", "（12）"]


@given(st.integers(1, 399))
def test_a_numeral_is_read_back(number: int) -> None:
    assert number_of(chinese_numeral(number)) == number


@pytest.mark.parametrize("text", ["", "零", "一百一", "一十", "两", "12", "十二、", "四百"])
def test_what_numbers_nothing_is_no_numeral(text: str) -> None:
    assert number_of(text) is None
