"""Chinese numerals up to 万, read and normalised: 十二, 二十, 二〇二二, 一百零五, 两."""

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
_UNITS = {"十": 10, "百": 100, "千": 1000}
# Longer strings of numerals are no number that anybody counts.
_LONGEST = 12
_NUMERAL = re.compile("[〇○零一二两三四五六七八九十百千]+")


def read_numeral(text: str) -> int | None:
    """The number that a Chinese numeral means; None where it is not one. A string of digits is read digit by digit."""
    if not text or len(text) > _LONGEST or not _NUMERAL.fullmatch(text):
        return None
    if not any(unit in text for unit in _UNITS):
        return int("".join(str(_DIGITS[digit]) for digit in text))
    total, digit = 0, None
    for character in text:
        if character in _UNITS:
            total += (1 if digit in (None, 0) else digit or 0) * _UNITS[character]
            digit = None
        else:
            digit = _DIGITS[character]
    return total + (digit or 0)


def with_figures(text: str) -> str:
    """The text with every Chinese numeral before a unit of time or counting written in figures: 三月底 → 3月底.

    Only numerals directly before 年 月 日 号 天 周 个 季度 项 人 次 are touched, so 一季度 and 一是 keep their meaning where
    no such unit follows.
    """
    return re.sub(
        "([〇○零一二两三四五六七八九十百千]+)(?=年|个?月|日|号|天|个|季度|项|人|次|份|件|周内|周前|周年)",
        lambda numeral: numeral[1] if (number := read_numeral(numeral[1])) is None else str(number),
        text,
    )
