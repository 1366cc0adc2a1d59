"""Chinese numerals, held against another reader of them."""

from __future__ import annotations

from decimal import Decimal

import cn2an
import pytest

from toolkit.ledger.numbers import read_count, read_money
from toolkit.ledger.numerals import read_numeral, with_figures
from toolkit.ledger.reading import Unreadable

NUMBERS = (*range(121), 200, 205, 250, 1001, 1010, 1200, 9999, 10_000, 12_000, 120_305, 10**8 + 7)


@pytest.mark.parametrize("number", NUMBERS)
def test_every_numeral_is_the_number_that_it_was_written_from(number: int) -> None:
    assert read_numeral(cn2an.an2cn(number)) == number


@pytest.mark.parametrize("written", ["二百五", "一万二", "三五", "十百", "百", "万", "", "一" * 40])
def test_what_could_be_two_numbers_is_none(written: str) -> None:
    assert read_numeral(written) is None


def test_digit_by_digit() -> None:
    assert read_numeral("二〇二六") == 2026
    assert with_figures("二〇二六年三月三十一日，一万二千人次") == "2026年3月31日，12000人次"


@pytest.mark.parametrize(
    ("written", "amount"),
    [("三万元", "3"), ("一万二千元", "1.2"), ("一万二千", "1.2"), ("五千元", "0.5"), ("十二", "12"), ("二十万元整", "20")],
)  # fmt: skip
def test_amounts_in_words(written: str, amount: str) -> None:
    assert read_money(written) == Decimal(amount)


def test_counts_in_words() -> None:
    assert read_count("一万二千人次") == 12_000
    assert isinstance(read_count("三五人"), Unreadable)
