"""Chinese numerals, read and normalised: 十二, 二十, 二〇二二, 一百零五, 一万二千, 两."""

from __future__ import annotations

import re

_DIGITS = {
    "〇": 0,
    "○": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
NUMERALS = "".join(_DIGITS) + "十百千万亿"
# Longer strings of numerals are no number that anybody counts.
_LONGEST = 16
_DIGIT, _ZERO = "[一二两三四五六七八九]", "[〇○零]"
_STRING_OF_DIGITS = re.compile(f"[{''.join(_DIGITS)}]+")
# Below 万. After 百 and 千 a figure needs its own place or a 零: 二百五 is 250 to some and 205 to others.
_BELOW_WAN = re.compile(
    f"(?:(?P<千>{_DIGIT})千)?{_ZERO}?(?:(?P<百>{_DIGIT})百)?{_ZERO}?(?:(?P<十>{_DIGIT}?)十)?(?P<个>{_ZERO}?{_DIGIT})?"
)
_PLACES = {"千": 1000, "百": 100, "十": 10}
_LEFT_OPEN = re.compile(f"[百千万亿]{_DIGIT}$")


def read_numeral(text: str) -> int | None:
    """The number that a Chinese numeral means; None where it is not one, or could be two (二百五, 三五).

    A string of digits is read digit by digit.
    """
    if not text or len(text) > _LONGEST:
        return None
    if _STRING_OF_DIGITS.fullmatch(text):
        return _digit_by_digit(text)
    if _LEFT_OPEN.search(text):
        return None
    rest, total = text, 0
    for unit, worth in (("亿", 10**8), ("万", 10**4)):
        above, found, below = rest.rpartition(unit)
        if found:
            number = _below_wan(above)
            if not number:
                return None
            total, rest = total + number * worth, below
    number = _below_wan(rest) if rest else 0
    return None if number is None else total + number


def _digit_by_digit(text: str) -> int | None:
    """二〇二六, 一二〇; 三五 is three to five."""
    is_vague = 1 < len(text) < 4 and not any(zero in text for zero in "〇○零")
    return None if is_vague else int("".join(str(_DIGITS[digit]) for digit in text))


def _below_wan(text: str) -> int | None:
    found = _BELOW_WAN.fullmatch(text)
    if not text or not found:
        return None
    total = sum(worth * _DIGITS.get(found[place] or "", 0) for place, worth in _PLACES.items())
    if found["十"] == "":
        total += 10
    return total + (_DIGITS[found["个"][-1]] if found["个"] else 0)


_BEFORE_A_UNIT = re.compile(
    f"([{NUMERALS}]+)(?=年|个?月|日|号|天|个|季度|项|人|次|份|件|周内|周前|周年)"
)


def with_figures(text: str) -> str:
    """The text with every Chinese numeral before a unit of time or counting written in figures: 三月底 → 3月底.

    Only numerals directly before 年 月 日 号 天 周 个 季度 项 人 次 are touched, so 一季度 and 一是 keep their meaning where
    no such unit follows.
    """
    return _BEFORE_A_UNIT.sub(
        lambda numeral: numeral[1] if (number := read_numeral(numeral[1])) is None else str(number),
        text,
    )
