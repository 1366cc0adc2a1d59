"""I · identity: a return answers for every item of its unit (what single rows claim to be is `toolkit.register.match`'s)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.checks.rule import Case, CheckContext, Fault, submission_rule
from toolkit.ledger.finding import Severity
from toolkit.ledger.submission import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.ledger.submission import Submission

_LISTED = 8


@submission_rule(
    "I107",
    Severity.WARNING,
    bad=(({"问题编号": "3-2"}, {"台账库·问题编号": "3-3"}),),
    good=(({"问题编号": "3-2"}, {"问题编号": "3-3"}),),
)
def no_row_is_missing(
    submission: Submission, cases: Sequence[Case], around: CheckContext
) -> Iterator[tuple[Case | None, Fault]]:
    """报送件应包括本单位牵头的全部问题。"""
    if submission.role is not Role.RETURN or not submission.unit or not cases:
        return
    present = {case.item.id for case in cases}
    missing = [
        entry.item.id
        for entry in around.known.values()
        if entry.item.lead_unit == submission.unit
        and entry.item.id not in present
        and not entry.closed
    ]
    if missing:
        listed = "、".join(missing[:_LISTED]) + ("等" if len(missing) > _LISTED else "")
        fault = Fault(
            "id",
            f"缺少{len(missing)}个问题：{listed}，这些问题沿用上期内容。",
            "请使用下发的台账，保留全部问题行后重新报送。",
        )
        yield None, fault
