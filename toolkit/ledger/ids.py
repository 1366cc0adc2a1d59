"""Numbers of items (问题编号): stable keys such as 3-2, as people and Excel write them."""

from __future__ import annotations

import re
from datetime import date, datetime

from toolkit.ledger.reading import Unreadable
from toolkit.ledger.text import as_typed, clean

_DASHES = re.compile(r"[－—–‐‑−﹣]+")
_PIECES = re.compile(r"\d+|\D+")


def read_id(value: object) -> str | Unreadable:
    """The id as a text; a cell that Excel turned into a date is asked back, with the id that it probably was."""
    if isinstance(value, datetime | date):
        probable = f"{value.month}-{value.day}"
        return Unreadable(as_typed(value), f"编号被Excel改成了日期，可能是{probable}", (probable,))
    text = _DASHES.sub("-", re.sub(r"\s", "", clean(as_typed(value))))
    return text.strip("。、") or Unreadable(as_typed(value), "没有编号", ("3-2",))


def sort_key(item_id: str) -> tuple[tuple[int, int | str], ...]:
    """Natural order: 1-2 before 1-10."""
    return tuple((0, int(piece)) if piece.isdecimal() else (1, piece) for piece in _PIECES.findall(item_id))
