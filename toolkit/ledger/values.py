"""Values of the ledger as people read them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from toolkit.ledger.columns import Column, Kind
from toolkit.ledger.deadlines import Deadline
from toolkit.ledger.joining import numbered
from toolkit.ledger.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable


def shown(column: Column, value: object, word_of: Callable[[Status], str]) -> object:
    """A value of this column as a person reads it: text, a number, a date or None; `word_of` is the office's word for a status."""
    match value:
        case None | "" | ():
            return None
        case Status():
            return word_of(value)
        case Deadline():
            return dt.date.fromisoformat(value.raw) if _is_iso(value) else value.raw
        case tuple() if column.kind is Kind.UNITS:
            return "、".join(value)
        case tuple() if column.code == "regulations":
            return (
                "".join(value) if all(name.startswith("《") for name in value) else "、".join(value)
            )
        case tuple():
            return (
                value[0]
                if len(value) == 1
                else "\n".join(numbered(number, piece) for number, piece in enumerate(value, 1))
            )
    return value


def _is_iso(deadline: Deadline) -> bool:
    return deadline.due is not None and deadline.raw == deadline.due.isoformat()
