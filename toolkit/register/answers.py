"""What co-operating units say of an item that another unit leads: kept beside the lead's answer, which stands. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.ledger.answer import Answer
from toolkit.register.codes import finding
from toolkit.register.equality import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.ledger.entry import Entry
    from toolkit.ledger.finding import Finding
    from toolkit.ledger.submission import Row

RECORDED = "作为配合单位的情况记录，见汇总台账“配合单位情况”表"


def answer_of(row: Row, unit: str) -> Answer:
    """What a row says, as the answer of a co-operating unit."""
    item = row.item
    return Answer(
        id=item.id,
        unit=unit,
        status=item.status,
        completed_on=item.completed_on,
        progress=item.progress,
        origin=row.origin,
    )


def newest(known: Sequence[Answer], fresh: Sequence[Answer]) -> tuple[Answer, ...]:
    """The newest answer of each unit about each item."""
    return tuple({(answer.id, answer.unit): answer for answer in (*known, *fresh)}.values())


def contradictions(
    entries: Sequence[Entry], co_answers: Sequence[tuple[Row, Answer]]
) -> Iterator[Finding]:
    """Where a co-operating unit reports another status or another day than the unit that leads."""
    ledger = {entry.item.id: entry.item for entry in entries}
    for row, answer in co_answers:
        item = ledger.get(answer.id)
        for code, header in (("status", "整改状态"), ("completed_on", "完成时间")):
            said, leads = getattr(answer, code), getattr(item, code, None)
            if said and leads and said != leads:
                message = (
                    f"{header}：牵头单位{item.lead_unit if item else ''}报“{shown(leads)}”，"
                    f"配合单位{answer.unit}报“{shown(said)}”，按牵头单位。"
                )
                yield finding(
                    "I115", row, code, message, "请牵头单位与配合单位核对一致后，由牵头单位报送。"
                )
