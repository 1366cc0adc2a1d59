"""D · deadlines: readable, possible, in the right order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.checks.rule import Fault, Surroundings, row_rule
from toolkit.ledger.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.ledger.submission import Row


@row_rule(
    "D101",
    Severity.ERROR,
    bad=({"整改时限": "2026年6月31日"}, {"整改时限": "2026.1"}, {"整改时限": "尽快"}),
    good=({"整改时限": "2026年6月底前"}, {"整改时限": "长期坚持"}, {"整改时限": "2026年底前，并长期坚持"}),
)
def deadline_is_readable(row: Row, around: Surroundings) -> Iterator[Fault]:
    """整改时限应能读成明确的日期或“立行立改”“长期坚持”。"""
    known = around.entry(row)
    fault = row.unreadable.get("deadline")
    if fault and not (known and known.item.deadline):
        yield Fault("deadline", f"整改时限无法识别：{fault.why}", fault.fix)
