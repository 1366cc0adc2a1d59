"""Figures as the format codes [DBNum1], [DBNum2] and [DBNum3] write them: 一百二十三, 壹佰贰拾叁, １２３."""

from __future__ import annotations

import re

_FIGURES = {1: "〇一二三四五六七八九", 2: "零壹贰叁肆伍陆柒捌玖", 3: "０１２３４５６７８９"}
_PLACES = {1: ("", "十", "百", "千"), 2: ("", "拾", "佰", "仟")}
_GROUPS = ("", "万", "亿", "兆")
_NUMBER = re.compile(r"\d+")


def with_figures(text: str, kind: int, *, is_general: bool = False) -> str:
    """A text with its figures as [DBNum`kind`] has them; 0 leaves them as they are.

    General and the one or two figures of a month, a day or an hour are read out (三十), placeholders go figure by figure.
    """
    if not kind:
        return text
    if kind in _PLACES and is_general:
        whole, point, rest = text.partition(".")
        spoken = _NUMBER.sub(lambda found: _spoken(found[0], kind), whole)
        return spoken + point + "".join(_figure(mark, kind) for mark in rest)
    if kind in _PLACES and text.isdecimal() and len(text) <= 2:
        spoken = _spoken(text, kind)
        return spoken.removeprefix("一") if spoken.startswith("一十") else spoken
    return "".join(_figure(mark, kind) for mark in text)


def _figure(mark: str, kind: int) -> str:
    return _FIGURES[kind][int(mark)] if mark.isascii() and mark.isdecimal() else mark


def _spoken(digits: str, kind: int) -> str:
    """A whole number read out: 105 is 一百〇五, 20 is 二十."""
    number = int(digits)
    if number == 0 or number >= 10**16:
        return "".join(_figure(digit, kind) for digit in str(number))
    spoken = ""
    for group in range(len(_GROUPS) - 1, -1, -1):
        value = number // 10 ** (4 * group) % 10_000
        if not value:
            continue
        if spoken and value < 1000:
            spoken += _FIGURES[kind][0]
        spoken += _group(value, kind) + _GROUPS[group]
    return spoken


def _group(value: int, kind: int) -> str:
    spoken, has_gap = "", False
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        if not digit:
            has_gap = has_gap or bool(spoken)
            continue
        spoken += (_FIGURES[kind][0] if has_gap else "") + _FIGURES[kind][digit]
        spoken += _PLACES[kind][place]
        has_gap = False
    return spoken
