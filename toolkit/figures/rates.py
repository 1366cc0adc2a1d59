"""Rates with their numerator, denominator and rule: a rate is never printed without its 口径."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A share: numerator, denominator, decimals of the percentage, and what is divided by what, in words.

    Rounded half up (2/3 with two decimals is 66.67%); of nothing there is no rate, printed as “—”.
    """

    numerator: int
    denominator: int
    decimals: int
    formula: str

    @property
    def text(self) -> str:
        """The percentage as it is printed."""
        return percentage(self.numerator, self.denominator, self.decimals)

    @property
    def rule(self) -> str:
        """Its 口径, with both numbers."""
        numbers = f"{self.numerator}÷{self.denominator}"
        return f"{self.formula}＝{numbers}，四舍五入保留{self.decimals}位小数"


def percentage(numerator: int, denominator: int, decimals: int) -> str:
    """`98.71%`: half up, with the given number of decimals; “—” where the denominator is 0."""
    if not denominator:
        return "—"
    share = Decimal(numerator) * 100 / Decimal(denominator)
    return f"{share.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)}%"
