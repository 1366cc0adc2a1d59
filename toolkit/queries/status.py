"""How things stand between rounds, for the terminal and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.figures.counts import compute, standings
from toolkit.register.store import Register
from toolkit.run.record import figures_record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from toolkit.ledger.item import Item
    from toolkit.register.snapshot import Snapshot
    from toolkit.settings.model import Settings
    from toolkit.workspace import Workspace

_LISTED = 20
_SHOWN = 60


def _recall(workspace: Workspace) -> Snapshot:
    with Register.open_to_read(workspace.register_path) as register:
        return register.recall()


def status_lines(workspace: Workspace, settings: Settings, as_of: date) -> Iterator[str]:
    """How things stand on a date, for the terminal."""
    known = _recall(workspace)
    if not known.entries:
        yield "台账库是空的；请把完整的整改台账放进inbox，运行zhenggai run。"
        return
    figures = compute(known.entries, [unit.name for unit in settings.units], settings, as_of)
    last = known.rounds[-1]
    yield f"截至{as_of}：问题{figures.problems}个，完成率{figures.completion.text}（{figures.completion.rule}）。"
    words = settings.words
    yield (
        "，".join(f"{words.of(status)}{number}个" for status, number in figures.by_status.items())
        + "。"
    )
    yield f"逾期{figures.overdue}个，{settings.lights.soon_days}日内到期{figures.due_soon}个。"
    yield f"共运行{len(known.rounds)}期，最近一期截至{last.as_of}，成果在outbox/{last.folder}。"
    late = _late(known, settings, as_of)
    for item in late[:_LISTED]:
        due = item.deadline.due if item.deadline else ""
        yield f"  逾期 {item.id} {item.lead_unit} {due} {(item.problem or item.sub_problem)[:_SHOWN]}"
    if len(late) > _LISTED:
        yield f"  ……另有{len(late) - _LISTED}个，见汇总台账。"


def _late(known: Snapshot, settings: Settings, as_of: date) -> list[Item]:
    """The overdue items, in the order of the ledger."""
    stands = standings(known.entries, settings, as_of)
    return [entry.item for entry, stand in zip(known.entries, stands, strict=True) if stand.overdue]


def status_record(workspace: Workspace, settings: Settings, as_of: date) -> dict[str, Any]:
    """The same as JSON-able data: the figures as in run.json, the rounds, every overdue item."""
    known = _recall(workspace)
    figures = compute(known.entries, [unit.name for unit in settings.units], settings, as_of)
    return {
        "as_of": as_of.isoformat(),
        "figures": figures_record(figures),
        "rounds": [
            {"as_of": past.as_of.isoformat(), "folder": past.folder, "code": past.code}
            for past in known.rounds
        ],
        "overdue": [
            {
                "id": item.id,
                "lead_unit": item.lead_unit,
                "due": item.deadline.due.isoformat()
                if item.deadline and item.deadline.due
                else None,
                "problem": item.problem or item.sub_problem,
            }
            for item in _late(known, settings, as_of)
        ],
    }
