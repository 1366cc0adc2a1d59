"""Several things in one cell: measures, and the names of regulations."""

from __future__ import annotations

import re

from toolkit.ledger.text import clean

_NUMBERED = re.compile(
    r"(?:(?<=^)|(?<=\n)|(?<=[。；;]))\s*(?:\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]|[①-⑳]|[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}(?:是|、))",
    re.MULTILINE,
)
# Where a mark may stand: at the start, or behind a break or a sentence's end; one cheap look saves the costly one.
_MARK = r"(?:\d{1,2}[.．、](?!\d)|[（(][\d一二三四五六七八九十]|[①-⑳]|[一二三四五六七八九十]{1,3}(?:是|、))"
_MAY_BE_NUMBERED = re.compile(rf"[\n。；;]\s*{_MARK}")
_FIRST_MARK = re.compile(_MARK)
_TITLE = re.compile(r"《(?:[^《》]|《[^《》]*》)*》")


def read_list(text: str) -> tuple[str, ...]:
    """The pieces of a cell that lists several things by 1. 2., （1）, ①, 一是 or by lines, without their marks."""
    text = clean(text)
    may_be = _FIRST_MARK.match(text) or _MAY_BE_NUMBERED.search(text)
    pieces = _NUMBERED.split(text) if may_be and _NUMBERED.search(text) else text.split("\n")
    return tuple(piece for piece in (piece.strip() for piece in pieces) if piece)


def read_regulations(text: str) -> tuple[str, ...]:
    """The names of regulations with their 《》, each once, in order; text without 《》 is cut at separators."""
    text = clean(text)
    titles = _TITLE.findall(text)
    if not titles:
        titles = [piece.strip() for piece in re.split(r"[、；;\n]", text)]
    return tuple(dict.fromkeys(title for title in titles if title))
