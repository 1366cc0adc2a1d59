"""What the register can be asked between rounds: how things stand, and where a value came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.errors import UsageError
from toolkit.figures.counts import compute, standings
from toolkit.intake.headers import known_code
from toolkit.ledger.columns import BY_CODE, COLUMNS
from toolkit.ledger.ids import read_id
from toolkit.ledger.reading import Unreadable
from toolkit.register.store import Register
from toolkit.run.record import figures_record
from toolkit.workbooks.ledger_sheet import cell_value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from toolkit.register.known import Fact, Known
    from toolkit.settings.model import Settings
    from toolkit.workspace import Workspace

_LISTED = 20
_SHOWN = 60


def _recall(workspace: Workspace) -> Known:
    with Register.open(workspace.register_path) as register:
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
    yield "，".join(f"{words.of(status)}{number}个" for status, number in figures.by_status.items()) + "。"
    yield f"逾期{figures.overdue}个，{settings.lights.soon_days}日内到期{figures.due_soon}个。"
    yield f"共运行{len(known.rounds)}期，最近一期截至{last.as_of}，成果在outbox/{last.folder}。"
    late = [
        entry.item
        for entry, stand in zip(known.entries, standings(known.entries, settings, as_of), strict=True)
        if stand.overdue
    ]
    for item in late[:_LISTED]:
        due = item.deadline.due if item.deadline else ""
        yield f"  逾期 {item.id} {item.lead_unit} {due} {(item.problem or item.sub_problem)[:_SHOWN]}"
    if len(late) > _LISTED:
        yield f"  ……另有{len(late) - _LISTED}个，见汇总台账。"


def status_record(workspace: Workspace, settings: Settings, as_of: date) -> dict[str, Any]:
    """The same as JSON-able data: the figures as in run.json, and the rounds."""
    known = _recall(workspace)
    figures = compute(known.entries, [unit.name for unit in settings.units], settings, as_of)
    rounds = [{"as_of": past.as_of.isoformat(), "folder": past.folder} for past in known.rounds]
    return {"as_of": as_of.isoformat(), "figures": figures_record(figures), "rounds": rounds}


def why_lines(workspace: Workspace, settings: Settings, item_id: str, column: str) -> Iterator[str]:
    """Where the values of an item came from, newest first. Raises UsageError for an id or a column that is not known."""
    code = _code_of(column)
    found = read_id(item_id)
    key = item_id if isinstance(found, Unreadable) else found
    with Register.open(workspace.register_path) as register:
        facts = register.history(key, code or None)
        decisions = [] if code else [decision for decision in register.recall().decisions if decision.id == key]
    if not facts:
        raise UsageError(f"台账库中没有问题“{item_id}”；用zhenggai status查看现有情况，编号如3-2。")
    for heading in COLUMNS:
        values = [fact for fact in facts if fact.column == heading.code]
        if values and (code or values[-1].value not in (None, "", ())):
            yield from _told(values, settings)
    for decision in decisions:
        yield f"审核：{decision.sentence}  ［{decision.place}］"


def _code_of(column: str) -> str:
    code = column if column in BY_CODE else known_code(column)
    if column and not code:
        raise UsageError(f"没有栏目“{column}”；可用的栏目：{'、'.join(heading.header for heading in COLUMNS)}。")
    return code


def _told(facts: list[Fact], settings: Settings) -> Iterator[str]:
    """The value that stands, and below it what it was before."""
    column = BY_CODE[facts[-1].column]
    for number, fact in enumerate(reversed(facts)):
        value = str(cell_value(column, fact.value, settings) or "（空）").replace("\n", " ")
        text = value if len(value) <= _SHOWN else f"{value[:_SHOWN]}……（共{len(value)}字）"
        where = f"{fact.file} › {fact.sheet}" + (f"!{fact.cell}" if fact.cell else "")
        yield f"{'  原为：' if number else f'{column.header}：'}{text}  ［{fact.as_of}期，{where}］"
