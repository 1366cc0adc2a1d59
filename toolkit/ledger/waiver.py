"""Waivers (免于核查): the office accepts a finding, with reason, name and last day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from toolkit.ledger.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """One finding that the office waives: the rule on one item's column, why, by whom, up to which day (inclusive).

    A finding without an item (about a whole file) is waived by its message.
    """

    rule: str
    id: str
    column: str
    reason: str
    by: str
    until: date
    message: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What findings it covers."""
        return (self.rule, self.id, self.column, "" if self.id else self.message)


def key_of(finding: Finding) -> tuple[str, str, str, str]:
    """What a waiver must name to cover this finding."""
    return (finding.rule, finding.id, finding.column, "" if finding.id else finding.message)
