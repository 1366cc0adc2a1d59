"""Pieces of text brought together or taken apart so that no figure arises that nobody wrote.

A line break in a cell may stand between two figures (`追回资金30⏎5人`) or between a figure and what would be its unit.
Every place that joins lines, drops blanks, numbers pieces or shortens a text does it by this module.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# What keeps apart, on one line, what two lines kept apart.
MARK = "；"
_NUMERALS = "〇○零一二两三四五六七八九十百千万亿"
_OF_THINGS = "个項项次件条名人户家处份宗起批篇类套台辆场轮元角吨米亩公里克平立倍成课门支座栋间幅张册部岁%％‰℃°"
_UNITS = f"{_OF_THINGS}期天日号月年时点分秒周旬届级多余"
_FIGURE_ENDS = re.compile(r"[0-9]$")
# 12. or 1, or 3- before 5: the next line's figure would be its decimals, its thousands, its other end.
_GOES_ON = re.compile(r"[0-9] ?[.,．，:：/／~～–—－-]$|(?:^|[^\w）)])[-－+±]$")
_STARTS_INSIDE = re.compile(r"[.,．:/／~～–—－-][0-9]|，[0-9]{3}(?![0-9])")
_NUMERAL_ENDS = re.compile(rf"[{_NUMERALS}]$")
_WORD_IN_ONE = re.compile(r"(?:统|唯|之|进|单|同|逐|专|归|不|合|划)一$")
_COUNTED = re.compile(rf"[0-9{_NUMERALS}][{_UNITS}]$")
# 3项, 12万元, 5人次: a number of things at a line's end is complete, whatever word follows.
_COUNTED_THINGS = re.compile(rf"[0-9][万亿千百余多]?[{_OF_THINGS}]{{1,2}}$")
# 2026年⏎6月⏎30日: one date, whose figures stay three.
_DATE_GOES_ON = (
    (re.compile(r"[0-9]年$"), re.compile(r"[0-9]{1,2}月")),
    (re.compile(r"[0-9]月$"), re.compile(r"[0-9]{1,2}[日号]")),
)
_LIST_MARK = re.compile(
    r"(?:[0-9]{1,2}[.．、]|[（(][0-9一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}(?:是|、)|[①-⑳]|第[一二三四五六七八九十])"
)
_SENTENCE_ENDS = tuple("。；：！？…")
_ANY_MARK = (*_SENTENCE_ENDS, *"，、,;:!?")


def gap(before: str, after: str) -> str:
    """What must stand between two lines on one line: "", a blank, or `MARK` between figures and before a unit."""
    if after[0].isdecimal() and _GOES_ON.search(before):
        return " "
    if _FIGURE_ENDS.search(before) and _STARTS_INSIDE.match(after):
        return " "
    if before.endswith(_SENTENCE_ENDS):
        return ""
    if _welds(before, after):
        return MARK
    return " " if _is_word(before[-1]) and _is_word(after[0]) else ""


def _is_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _welds(before: str, after: str) -> bool:
    """Whether two lines put together show a figure that neither of them has, or a figure with a unit that it had not."""
    if _FIGURE_ENDS.search(before):
        return after[0].isalnum() or after[0] in _UNITS
    if _NUMERAL_ENDS.search(before):
        is_unit = after[0] in _UNITS and not _WORD_IN_ONE.search(before)
        return after[0].isdecimal() or after[0] in _NUMERALS or is_unit
    if _COUNTED_THINGS.search(before):
        return after[0].isalnum()
    return (
        after[0].isdecimal()
        and _COUNTED.search(before) is not None
        and not any(begins.search(before) and ends.match(after) for begins, ends in _DATE_GOES_ON)
    )


def begins_with_mark(line: str) -> bool:
    """Whether a line begins with the mark of a list: 1. （一） 一是 ① 第一."""
    return _LIST_MARK.match(line) is not None


def joined(lines: Sequence[str]) -> list[str]:
    """The lines with stray breaks mended: a line goes on where a sentence does, else it stays a line of its own."""
    whole = list(lines[:1])
    for line in lines[1:]:
        if whole[-1].endswith(_SENTENCE_ENDS) or begins_with_mark(line):
            whole.append(line)
        else:
            whole[-1] += gap(whole[-1], line) + line
    return whole


def on_one_line(lines: Sequence[str]) -> str:
    """All the lines as one, for a heading or a quotation."""
    text = "".join(lines[:1])
    for line in lines[1:]:
        begins_anew = begins_with_mark(line) and not text.endswith(_ANY_MARK)
        text += (MARK if begins_anew else gap(text, line)) + line
    return text


def side_by_side(parts: Sequence[str]) -> str:
    """Words that stand one below the other in a heading, as one."""
    text = "".join(parts[:1])
    for part in parts[1:]:
        text += gap(text, part) + part if text and part else part
    return text


def joints(text: str) -> Iterator[tuple[str, str]]:
    """The lines, two by two, that a paper keeps apart by a mark because figures stand at their break."""
    lines = [line for line in (line.strip() for line in text.split("\n")) if line]
    for before, after in pairwise(lines):
        if not begins_with_mark(after) and gap(before, after) == MARK:
            yield before, after


_BLANKS = re.compile(r"\s+")
# So far back a figure is looked for in front of a point that stands by itself.
_NEAR = 12
# A dash that was written parts two figures with or without blanks; a point or comma would make one of them.
_POINT_ENDS, _STARTS_AT_POINT = re.compile(r"[0-9]\s*[.,．，]$"), re.compile(r"[.,．，][0-9]")


def without_blanks(text: str) -> str:
    """The text without blanks and line breaks, but for one blank between two figures: `12 5` is not 125."""
    return _BLANKS.sub(lambda blanks: " " if _parts_figures(text, *blanks.span()) else "", text)


def _parts_figures(text: str, start: int, end: int) -> bool:
    """Whether what stands before `start` and what stands from `end` on would be one figure without a blank."""
    if not start or end == len(text):
        return False
    before, after = text[start - 1], text[end]
    if after.isdecimal():
        return (
            before.isdecimal()
            or _POINT_ENDS.search(text[max(0, start - _NEAR) : start]) is not None
        )
    if before.isdecimal():
        return _STARTS_AT_POINT.match(text, end) is not None
    return before in _NUMERALS and after in _NUMERALS


def numbered(number: int, piece: str) -> str:
    """`1.修订办法。`; `2. 2026年底前验收。` with a blank, lest the number and the figure behind it be read as one."""
    return number_mark(number, piece) + piece


def number_mark(number: int, piece: str) -> str:
    """The number in front of a piece, with the blank that it needs there."""
    return f"{number}. " if piece[:1].isdecimal() else f"{number}."


_FIGURE = re.compile(rf"(?:[0-9][0-9.,]*|[{_NUMERALS}]+)$")
_GOES_ON_WITH = tuple(f"0123456789.,%{_NUMERALS}")


def shortened(text: str, longest: int, ellipsis: str = "…") -> str:
    """At most so many characters of the text; a figure is never cut in two, since half of it would be another one."""
    if len(text) <= longest:
        return text
    kept = text[:longest]
    return (_FIGURE.sub("", kept) if text[longest] in _GOES_ON_WITH else kept) + ellipsis


_FIGURES = re.compile(rf"[0-9][0-9.,]*%?|[{_NUMERALS}]+")


def excerpt(text: str, start: int, end: int) -> str:
    """What stands from `start` to `end`, widened to whole figures: 5人 out of 15人 would be another number."""
    for figure in _FIGURES.finditer(text):
        if figure.start() < start < figure.end():
            start = figure.start()
        if figure.start() < end < figure.end():
            end = figure.end()
    return text[max(start, 0) : end]
