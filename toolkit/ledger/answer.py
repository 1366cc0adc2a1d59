"""The answer of a co-operating unit (配合单位) to an item that another unit leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from toolkit.ledger.status import Status
    from toolkit.ledger.submission import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one co-operating unit said last of one item, and the row that it stands in."""

    id: str
    unit: str
    status: Status | None
    completed_on: date | None
    progress: str
    origin: Origin
