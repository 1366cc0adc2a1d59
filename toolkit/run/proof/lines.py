"""A text that was read back against the line that it must be: which number is another, or where the words differ."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.figures.printed import Line, Printed, text_of
from toolkit.gongwen.xml import printable

if TYPE_CHECKING:
    from toolkit.figures.printed import Piece

_NUMBER = r"([\d.,%—-]+)"
# So much is shown of two texts: from a little before they part.
_BEFORE, _SHOWN = 12, 40


def plain(text: str) -> str:
    """Without blanks, line breaks (a title is broken by its shape) and what XML cannot hold."""
    return "".join(printable(text).split())


def difference(line: Line, found: str) -> str:
    """Which number of a text is another, if only numbers are; otherwise where it parts from what it should be."""
    pattern = "".join(
        _NUMBER if isinstance(piece, Printed) else re.escape(plain(_text(piece))) for piece in line
    )
    match = re.fullmatch(pattern, plain(found))
    printed = [piece for piece in line if isinstance(piece, Printed)]
    for piece, text in zip(printed, match.groups() if match else (), strict=False):
        if piece.text != text:
            return f"的{piece.ref}印的是{text}，应为{piece.text}（“{found[:_SHOWN]}”）"
    return parted(text_of(line), found)


def parted(expected: str, found: str) -> str:
    """Where two texts part: `应为“…3月12日…”，印的是“…3月13日…”`."""
    pairs = zip(expected, found, strict=False)
    shortest = min(len(expected), len(found))
    same = next((n for n, (a, b) in enumerate(pairs) if a != b), shortest)
    return f"应为“{_around(expected, same)}”，印的是“{_around(found, same)}”"


def _around(text: str, place: int) -> str:
    start = max(place - _BEFORE, 0)
    before = "…" if start else ""
    after = "…" if len(text) > start + _SHOWN else ""
    return f"{before}{text[start : start + _SHOWN]}{after}"


def _text(piece: Piece) -> str:
    return piece if isinstance(piece, str) else piece.text
