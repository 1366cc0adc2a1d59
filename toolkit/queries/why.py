"""Where a value came from: file, sheet, cell, round, what it was before, and what the office decided.

Answers while a leader waits on the telephone: nothing is loaded that the answer does not need.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.errors import UsageError
from toolkit.ledger.columns import BY_CODE, COLUMNS
from toolkit.ledger.ids import read_id
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.values import shown
from toolkit.register.store import Register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from toolkit.ledger.status import Status
    from toolkit.register.snapshot import Fact
    from toolkit.workspace import Workspace

_SHOWN = 60


def why_lines(
    workspace: Workspace, word_of: Callable[[Status], str], item_id: str, column: str
) -> Iterator[str]:
    """Where the values of an item came from, newest first. Raises UsageError for an id or a column that is not known."""
    code = _code_of(column)
    found = read_id(item_id)
    key = item_id if isinstance(found, Unreadable) else found
    with Register.open(workspace.register_path) as register:
        facts = register.history(key, code or None)
        decisions = () if code else register.decisions_about(key)
    if not facts:
        raise UsageError(f"台账库中没有问题“{item_id}”；用zhenggai status查看现有情况，编号如3-2。")
    for heading in COLUMNS:
        values = [fact for fact in facts if fact.column == heading.code]
        if values and (code or values[-1].value not in (None, "", ())):
            yield from _told(values, word_of)
    for decision in decisions:
        yield f"审核：{decision.sentence}  ［{decision.place}］"


def _code_of(column: str) -> str:
    headers = {heading.header: heading.code for heading in COLUMNS}
    code = column if column in BY_CODE else headers.get(column, "")
    if column and not code:
        from toolkit.intake.headers import known_code

        code = known_code(column)
    if column and not code:
        raise UsageError(
            f"没有栏目“{column}”；可用的栏目：{'、'.join(heading.header for heading in COLUMNS)}。"
        )
    return code


def _told(facts: list[Fact], word_of: Callable[[Status], str]) -> Iterator[str]:
    """The value that stands, and below it what it was before."""
    column = BY_CODE[facts[-1].column]
    for number, fact in enumerate(reversed(facts)):
        value = str(shown(column, fact.value, word_of) or "（空）").replace("\n", " ")
        text = value if len(value) <= _SHOWN else f"{value[:_SHOWN]}……（共{len(value)}字）"
        where = f"{fact.file} › {fact.sheet}" + (f"!{fact.cell}" if fact.cell else "")
        yield f"{'  原为：' if number else f'{column.header}：'}{text}  ［{fact.as_of}期，{where}］"
