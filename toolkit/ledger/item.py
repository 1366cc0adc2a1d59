"""One specific problem with all its columns, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from toolkit.ledger.deadlines import Deadline
    from toolkit.ledger.status import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One row of the ledger; the fields are the codes of `columns.COLUMNS`, in their order (a test holds it).

    Blank text is "", a blank list is (), any other blank (or unreadable) value is None.
    `money` is in 万元; `people` counts person-times.
    """

    id: str = ""
    source: str = ""
    main_problem: str = ""
    sub_problem: str = ""
    problem: str = ""
    root_cause: str = ""
    goal: str = ""
    measures: tuple[str, ...] = ()
    lead_leader: str = ""
    lead_unit: str = ""
    co_units: tuple[str, ...] = ()
    owner: str = ""
    kind: str = ""
    deadline: Deadline | None = None
    progress: str = ""
    status: Status | None = None
    completed_on: date | None = None
    regulations: tuple[str, ...] = ()
    evidence: str = ""
    money: Decimal | None = None
    people: int | None = None
    difficulty: str = ""
    next_steps: str = ""
    remarks: str = ""

    @property
    def lowest(self) -> str:
        """The problem at the lowest level that the ledger's form has."""
        return self.problem or self.sub_problem or self.main_problem
