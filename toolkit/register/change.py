"""One value that becomes new in a round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.ledger.finding import Place


@dataclass(frozen=True, slots=True)
class Change:
    """The item, the column (code), the new value, and the cell that it came from."""

    id: str
    column: str
    value: object
    place: Place
