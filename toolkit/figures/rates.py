"""Rates with their numerator, denominator and rule: a rate is never printed without its 口径."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from toolkit.ledger.status import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.settings.sections import Rates, Words


@dataclass(frozen=True, slots=True)
class Rate:
    """A share: numerator, denominator, the percentage as printed and the sentence that explains it.

    Rounded half up (2/3 with two decimals is 66.67%); of nothing there is no rate, printed as “—”.
    """

    numerator: int
    denominator: int
    text: str
    rule: str


def percentage(numerator: int, denominator: int, decimals: int) -> str:
    """`98.71%`: half up, with the given number of decimals; “—” where the denominator is 0."""
    if not denominator:
        return "—"
    share = Decimal(numerator) * 100 / Decimal(denominator)
    return f"{share.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)}%"


def completion(by_status: Mapping[Status, int], problems: int, rates: Rates, words: Words) -> Rate:
    """The completion rate by the office's rule (design §5): done ÷ all, phased counted only if the settings say so."""
    done = by_status[Status.DONE]
    phased = by_status[Status.PHASED]
    numerator = done + phased if rates.phased_counts_as_done else done
    parts = (
        f"{words.done}与{words.phased}问题数之和"
        if rates.phased_counts_as_done
        else f"{words.done}问题数（不含{words.phased}）"
    )
    rule = f"完成率＝{parts}÷问题总数＝{numerator}÷{problems}，四舍五入保留{rates.decimals}位小数"
    return Rate(numerator, problems, percentage(numerator, problems, rates.decimals), rule)
