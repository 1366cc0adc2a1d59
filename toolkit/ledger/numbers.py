"""Money in 万元 and counts, read from what people type."""

from __future__ import annotations

import re
from decimal import Decimal

from toolkit.ledger.numerals import read_numeral
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.text import as_typed, clean

_MONEY = re.compile(
    r"(?:人民币|共计?|合计)?(-?\d[\d,]*(?:\.\d+)?)(亿|万|千)?(元)?(?:人民币|整)?(?:[（(].*[）)])?"
)
_FACTOR = {"亿": Decimal(10000), "万": Decimal(1), "千": Decimal("0.1")}
# The units in which a column of amounts may be written, in 万元.
IN_WAN = {
    "亿": Decimal(10000),
    "万": Decimal(1),
    "百万": Decimal(100),
    "千": Decimal("0.1"),
    "": Decimal("0.0001"),
}
_YUAN = Decimal("0.0001")
# Numbers from here on are printed with an exponent, and are no amounts of a ledger.
TOO_MUCH = 10**12
_COUNTED = ("个", "项", "人次", "人", "次", "份", "件", "名", "条", "起", "家")
_COUNT = re.compile(rf"([-\d,]+|[〇零一二两三四五六七八九十百千]+)(?:余?)(?:{'|'.join(_COUNTED)})*")
_VAGUE = re.compile(r"[余多约]|左右|若干|近|上下")


def read_money(value: object) -> Decimal | Unreadable:
    """An amount in 万元: a bare number is 万元, 元 and 亿元 are converted; a vague or negative amount is asked back."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < TOO_MUCH:
        return Decimal(str(value))
    raw = as_typed(value)
    text = re.sub(r"[\s，]", "", clean(raw)).rstrip("。")
    if _VAGUE.search(text):
        return Unreadable(raw, f"“{raw}”不是确数", ("12.6", "0.35"))
    found = _MONEY.fullmatch(text)
    if not found:
        return Unreadable(raw, f"“{raw}”不是金额", ("12.6", "3.5万元"))
    number = Decimal(found[1].replace(",", ""))
    if number < 0:
        return Unreadable(raw, f"“{raw}”是负数", ("12.6",))
    if number >= TOO_MUCH:
        return Unreadable(raw, "数额异常大", ("12.6", "3.5万元"))
    factor = _FACTOR[found[2]] if found[2] else _YUAN if found[3] else Decimal(1)
    return number if factor == 1 else (number * factor).normalize() + 0


def read_count(value: object) -> int | Unreadable:
    """A whole number, with or without its counting word, in figures or Chinese numerals; a vague one is asked back."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raw = as_typed(value)
    text = re.sub(r"\s", "", clean(raw)).rstrip("。")
    if _VAGUE.search(text):
        return Unreadable(raw, f"“{raw}”不是确数", ("3", "12"))
    found = _COUNT.fullmatch(text)
    number = found and (
        read_numeral(found[1])
        if found[1][0] in "〇零一二两三四五六七八九十百千"
        else _whole(found[1])
    )
    if number is None:
        return Unreadable(raw, f"“{raw}”不是整数", ("3", "12"))
    return number if number >= 0 else Unreadable(raw, f"“{raw}”是负数", ("3",))


def beside_figures() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What may stand beside the figures of an amount and of a count, the decimal point included: for the sheet."""
    money = tuple(
        f"{point}{factor}{yuan}"
        for point in ("", ".")
        for factor in ("", *_FACTOR)
        for yuan in ("", "元")
    )
    return money, ("", *_COUNTED)


def _whole(text: str) -> int | None:
    try:
        return int(text.replace(",", ""))
    except ValueError:
        return None
