"""The levels of an official document: 一、 （一） 1. （1） (GB/T 9704—2012, 7.3.3), unbroken to any number."""

from __future__ import annotations

from functools import cache, lru_cache

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "万亿")


@lru_cache(maxsize=4096)
def chinese_numeral(number: int) -> str:
    """44 → 四十四, 10 → 十, 105 → 一百零五, 10010 → 一万零一十; whole numbers from 1."""
    if number < 1:
        raise ValueError(number)
    groups = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    text = ""
    for place in range(len(groups) - 1, -1, -1):
        if groups[place]:
            gap = "零" if text and (groups[place] < 1_000 or groups[place + 1] == 0) else ""
            text += gap + _group(groups[place]) + _GROUPS[place]
    return text.removeprefix("一") if text.startswith("一十") else text


def _group(number: int) -> str:
    """1 to 9999 with all its units: 1010 → 一千零一十."""
    text = ""
    for place, digit in enumerate(f"{number:04}"):
        if digit != "0":
            text += _DIGITS[int(digit)] + _UNITS[3 - place]
        elif text and not text.endswith("零"):
            text += "零"
    return text.rstrip("零")


# A paper numbers nothing as far as this.
_MOST_NUMBERED = 400


@cache
def _numbers() -> dict[str, int]:
    return {chinese_numeral(number): number for number in range(1, _MOST_NUMBERED)}


def number_of(numeral: str) -> int | None:
    """四十四 → 44, for what a paper may number with; None for anything else."""
    return _numbers().get(numeral)


def mark(level: int, number: int) -> str:
    """The mark of a heading: level 1 一、, level 2 （一）, level 3 1., level 4 （1）."""
    return {
        1: f"{chinese_numeral(number)}、",
        2: f"（{chinese_numeral(number)}）",
        3: f"{number}.",
        4: f"（{number}）",
    }[level]
