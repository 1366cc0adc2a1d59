"""Decisions (审核意见) of the office about an item: close it, extend its deadline, send it back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from toolkit.ledger.finding import Place


class Ruling(StrEnum):
    """What was decided."""

    CLOSE = "close"
    EXTEND = "extend"
    SEND_BACK = "send_back"

    @property
    def word(self) -> str:
        """销号, 延期, 退回."""
        return {"close": "销号", "extend": "延期", "send_back": "退回"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision, with who made it, on which day, on what basis, and the row of the workbook that it stands in.

    `until` is the new due date of an extension, None otherwise.
    """

    id: str
    ruling: Ruling
    opinion: str
    basis: str
    by: str
    on: date
    until: date | None
    place: Place

    @property
    def content(self) -> tuple[object, ...]:
        """All but the place: a reviewed workbook may come back twice, and is one decision."""
        return (self.id, self.ruling, self.opinion, self.basis, self.by, self.on, self.until)
