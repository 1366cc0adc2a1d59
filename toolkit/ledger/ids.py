"""Numbers of items (问题编号): stable keys such as 3-2, as people and Excel write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from functools import lru_cache

from toolkit.ledger.joining import without_blanks
from toolkit.ledger.numerals import read_numeral
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.text import as_typed, clean

# Figures that a number of an id may have (Python refuses to count further than 4300).
_LONGEST = 18
_DASHES = re.compile(r"[－—–‐‑−﹣]+")
_PIECES = re.compile(r"\d+|\D+")
# What Excel makes of 3-2 once it takes it for a date, and how that looks as text.
_AS_DATE = re.compile(r"(?:(?:19|20)\d\d[年/.-])?0?(\d{1,2})(?:月|[/.-])0?(\d{1,2})日?")
_AS_TEXT_DATE = re.compile(
    r"(?:19|20)\d\d[年/.-]\d{1,2}[月/.-]\d{1,2}日?(?: 0{1,2}:00(?::00)?)?|\d{1,2}月\d{1,2}日"
)
_ID = re.compile(r"\d{1,3}(?:[-.·/—–]\d{1,3}){1,3}")
_NUMBER = re.compile(r"\d{1,4}")
_AROUND_MARK = re.compile(r"\s*([-.·/、_．。—()（）])\s*")
_WRAPPING = re.compile(r"^(?:第|问题|编号|No\.?|№)+|(?:号|项|题|条|个问题|问题)$", re.IGNORECASE)
_PARTING = re.compile(r"[-.·/、_．。—()（）【】\[\]]+")


def read_id(value: object) -> str | Unreadable:
    """The id as a text; a cell that Excel turned into a date is asked back, with the id that it probably was."""
    if isinstance(value, datetime | date):
        return _dated(as_typed(value), value.month, value.day)
    return _read_text(as_typed(value))


@lru_cache(maxsize=8192)
def _read_text(raw: str) -> str | Unreadable:
    text = _DASHES.sub("-", _closed_up(clean(raw).lstrip("'‘’")))
    if _AS_TEXT_DATE.fullmatch(clean(raw)) and (found := _AS_DATE.match(text)):
        return _dated(raw, int(found[1]), int(found[2]))
    return text.strip("。、") or Unreadable(raw, "没有编号", ("3-2",))


def _closed_up(text: str) -> str:
    """Without blanks, but for those that part figures: 3. 2 is 3.2, and 1-1⏎2 is not 1-12."""
    return without_blanks(_AROUND_MARK.sub(r"\1", text))


def _dated(raw: str, month: int, day: int) -> Unreadable:
    probable = f"{month}-{day}"
    return Unreadable(raw, f"编号被Excel改成了日期，可能是{probable}", (probable,))


def is_id(text: str, levels: int = 1) -> bool:
    """Whether a text has the shape of an id: a number, or (of two levels) numbers parted by a dash or dot."""
    plain = clean(text)
    return bool(_ID.fullmatch(plain)) or (levels == 1 and bool(_NUMBER.fullmatch(loose(plain))))


@lru_cache(maxsize=8192)
def loose(item_id: str) -> str:
    """The id without what people change about it: 3.2, （3）2, 第3-2项, ③-2 and 03-02 are all 3-2; 十二 is 12."""
    text = _WRAPPING.sub("", _closed_up(unicodedata.normalize("NFKC", clean(item_id))))
    pieces = [piece for piece in _PARTING.split(text) if piece]
    return "-".join(_plain(piece) for piece in pieces)


def _plain(piece: str) -> str:
    if piece.isdecimal():
        return piece.lstrip("0") or "0"
    numeral = read_numeral(piece)
    return piece.upper() if numeral is None else str(numeral)


def sort_key(item_id: str) -> tuple[tuple[int, int | str], ...]:
    """Natural order: 1-2 before 1-10."""
    return tuple(
        (0, int(piece)) if piece.isdecimal() and len(piece) <= _LONGEST else (1, piece)
        for piece in _PIECES.findall(item_id)
    )
