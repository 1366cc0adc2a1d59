"""Money in 万元 and counts, read from what people type."""

from __future__ import annotations

import re
from decimal import Decimal

from toolkit.ledger.joining import without_blanks
from toolkit.ledger.numerals import NUMERALS, read_numeral
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.text import as_typed, clean

# 1,234,567: a comma between figures stands before three of them, or it parts two numbers.
_FIGURES = r"(?:\d{1,3}(?:,\d{3})+|\d+)"
_MONEY = re.compile(
    rf"(?:人民币|共计?|合计)?(-?{_FIGURES}(?:\.\d+)?)(亿|万|千)?(元)?(?:人民币|整)?(?:[（(].*[）)])?"
)
_WORDED_MONEY = re.compile(rf"(?:人民币|共计?|合计)?([{NUMERALS}]+)(元)?整?")
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
_UNIT_NAMED = re.compile(r"(亿|万|千|百万)?元")
# Numbers from here on are printed with an exponent, and are no amounts of a ledger.
TOO_MUCH = 10**12
_COUNTED = ("个", "项", "人次", "人", "次", "份", "件", "名", "条", "起", "家")
_COUNT = re.compile(rf"(-?{_FIGURES}|[{NUMERALS}]+)(?:{'|'.join(_COUNTED)})*")
_VAGUE = re.compile(r"[余多约]|左右|若干|近|上下")
_MONEY_EXAMPLES, _COUNT_EXAMPLES = ("12.6", "3.5万元"), ("3", "12")


def read_money(value: object) -> Decimal | Unreadable:
    """An amount in 万元: a bare number is 万元, 元 and 亿元 are converted; a vague or negative amount is asked back."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < TOO_MUCH:
        return Decimal(str(value))
    raw = as_typed(value)
    text = _bare(raw)
    if why := _why_not(raw, text):
        return Unreadable(raw, why, ("12.6", "0.35"))
    found = _MONEY.fullmatch(text)
    if not found:
        worded = _in_words(text)
        return (
            Unreadable(raw, f"“{raw}”不是金额", _MONEY_EXAMPLES)
            if worded is None
            else worded.normalize() + 0
        )
    number = Decimal(found[1].replace(",", ""))
    if number < 0:
        return Unreadable(raw, f"“{raw}”是负数", ("12.6",))
    if number >= TOO_MUCH:
        return Unreadable(raw, "数额异常大", _MONEY_EXAMPLES)
    factor = _FACTOR[found[2]] if found[2] else _YUAN if found[3] else Decimal(1)
    return number if factor == 1 else (number * factor).normalize() + 0


def _in_words(text: str) -> Decimal | None:
    """An amount in Chinese numerals: 三万元, 一万二千 and 五千元 are 元; a bare 十二 is 万元 as a bare 12 is."""
    found = _WORDED_MONEY.fullmatch(text)
    number = read_numeral(found[1]) if found else None
    if found is None or number is None:
        return None
    in_yuan = found[2] or "万" in found[1] or "亿" in found[1]
    return Decimal(number) * (_YUAN if in_yuan else 1)


def unit_named(heading: str) -> str | None:
    """The unit of money that a heading names, as a key of `IN_WAN` ("" is 元); None where it names none."""
    found = _UNIT_NAMED.search(heading)
    return (found[1] or "") if found else None


def read_count(value: object) -> int | Unreadable:
    """A whole number, with or without its counting word, in figures or Chinese numerals; a vague one is asked back."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raw = as_typed(value)
    text = _bare(raw)
    if why := _why_not(raw, text):
        return Unreadable(raw, why, _COUNT_EXAMPLES)
    found = _COUNT.fullmatch(text)
    number = found and _whole(found[1])
    if number is None:
        return Unreadable(raw, f"“{raw}”不是整数", _COUNT_EXAMPLES)
    return number if number >= 0 else Unreadable(raw, f"“{raw}”是负数", ("3",))


def _bare(raw: str) -> str:
    """The text without the blanks and the full stop that change no number."""
    return without_blanks(clean(raw).replace("，", ",")).rstrip("。")


def _why_not(raw: str, text: str) -> str:
    """What keeps a text from being one number, whatever figures it has; "" where nothing does."""
    if _VAGUE.search(text):
        return f"“{raw}”不是确数"
    lines = clean(raw).split("\n")
    if len(lines) > 1 and any(re.match(r"[^（(]", line.strip()) for line in lines[1:]):
        return f"“{raw}”分成了几行，看不出是一个数"
    return ""


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
    if text[0] in NUMERALS:
        return read_numeral(text)
    try:
        return int(text.replace(",", ""))
    except ValueError:
        return None
