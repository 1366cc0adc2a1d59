"""T · regulations that a cell of 制度成果 names and that are not made yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.checks.rule import Case, Fault, row_rule
from toolkit.ledger.finding import Severity
from toolkit.ledger.lists import planned_regulations

if TYPE_CHECKING:
    from collections.abc import Iterator


@row_rule(
    "T121",
    Severity.WARNING,
    bad=(
        {"制度成果": "《甲办法》（拟制定）"},
        {"制度成果": "《甲办法》、《乙规定》（征求意见稿）"},
        {"制度成果": "拟制定丙细则"},
        {"制度成果": "《丁规程（草案）》"},
    ),
    good=({"制度成果": "《甲办法》"}, {"制度成果": "《甲办法（试行）》"}, {"制度成果": ""}),
)
def regulations_are_made(case: Case) -> Iterator[Fault]:
    """制度成果只填已经印发的制度；拟制定、征求意见的不计入制度成果。"""
    text = case.row.typed.get("regulations")
    planned = planned_regulations(text) if text else ()
    if planned:
        made = "".join(name for name in case.item.regulations if name not in planned)
        yield Fault(
            "regulations",
            f"{'、'.join(planned)}还没有印发，不计入制度成果。",
            f"制度成果填“{made or '无'}”；没有印发的写到下一步措施中，印发后再填。",
        )
