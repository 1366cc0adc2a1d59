"""One row of a table as it stands, before anything in it is understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.ledger.reading import Unreadable
    from toolkit.sheets.grid import Remark, Value


@dataclass(slots=True)
class Raw:
    """One row as it stands: cleaned values and texts as typed, by code.

    `at` holds (row, col) of values that stand elsewhere than in the row's own first cell of their column; `faults` the
    error cells and formulas without result; `second` what a second column of the same code says otherwise; `doubts` what
    several ticked columns leave open; `no_news` the columns that only say that nothing is new; `inherited` those that a
    lost merge left blank here; `lookalikes` those whose text had characters that only look right; `own` the texts of own
    columns by heading path, each with its (row, col).
    """

    number: int
    key: str = ""
    cells: dict[str, Value] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    at: dict[str, tuple[int, int]] = field(default_factory=dict)
    faults: dict[str, Remark] = field(default_factory=dict)
    second: list[tuple[str, int, str]] = field(default_factory=list)
    ditto: list[str] = field(default_factory=list)
    lost_ditto: list[str] = field(default_factory=list)
    doubts: dict[str, Unreadable] = field(default_factory=dict)
    no_news: list[str] = field(default_factory=list)
    inherited: list[str] = field(default_factory=list)
    lookalikes: list[str] = field(default_factory=list)
    own: dict[str, tuple[str, tuple[int, int]]] = field(default_factory=dict)
