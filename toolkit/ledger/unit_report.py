"""Whether a unit has reported in a period."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnitReport:
    """Whether a unit has reported in this period, and why that is said, as people read it."""

    unit: str
    reported: bool
    reason: str
