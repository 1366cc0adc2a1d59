"""How things stand between rounds, for the terminal and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.figures.counts import compute, due_states
from toolkit.figures.printed import text_of
from toolkit.figures.totals_sentences import (
    due_sentence,
    rate_sentence,
    results_sentence,
    status_sentence,
)
from toolkit.ledger.joining import shortened
from toolkit.register.store import Register
from toolkit.run.record import figures_record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from toolkit.figures.counts import Figures
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
    figures = _figures(known, settings, as_of)
    whole, last = figures.whole, known.rounds[-1]
    yield f"截至{as_of}："
    yield text_of(status_sentence(whole, settings))
    yield text_of(rate_sentence("completion_rate", whole, "完成率"))
    yield text_of((*due_sentence(whole, settings), *results_sentence(whole, settings)))
    yield f"共运行{len(known.rounds)}期，最近一期截至{last.as_of}，成果在outbox/{last.folder}。"
    late = _late(known, settings, as_of)
    yield from (_late_line(item) for item in late[:_LISTED])
    if len(late) > _LISTED:
        yield f"  ……另有{len(late) - _LISTED}个，见汇总台账。"


def _late(known: Snapshot, settings: Settings, as_of: date) -> list[Item]:
    """The overdue items, in the order of the ledger."""
    states = due_states(known.entries, settings, as_of)
    return [entry.item for entry, state in zip(known.entries, states, strict=True) if state.overdue]


def _late_line(item: Item) -> str:
    due = item.deadline.due if item.deadline else ""
    return f"  逾期 {item.id} {item.lead_unit} {due} {shortened(item.problem or item.sub_problem, _SHOWN, '')}"


def _figures(known: Snapshot, settings: Settings, as_of: date) -> Figures:
    return compute(known.entries, [unit.name for unit in settings.units], settings, as_of)


def status_record(workspace: Workspace, settings: Settings, as_of: date) -> dict[str, Any]:
    """The same as JSON-able data: the figures as in run.json, the rounds, every overdue item."""
    known = _recall(workspace)
    return {
        "as_of": as_of.isoformat(),
        "figures": figures_record(_figures(known, settings, as_of)),
        "rounds": [
            {"as_of": past.as_of.isoformat(), "folder": past.folder, "code": past.code}
            for past in known.rounds
        ],
        "overdue": [_late_record(item) for item in _late(known, settings, as_of)],
    }


def _late_record(item: Item) -> dict[str, str | None]:
    due = item.deadline.due if item.deadline else None
    return {
        "id": item.id,
        "lead_unit": item.lead_unit,
        "due": due.isoformat() if due else None,
        "problem": item.problem or item.sub_problem,
    }
