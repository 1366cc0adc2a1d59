"""Where a value came from: file, sheet, cell, round, what it was before, and what the office decided.

Answers while a leader waits on the telephone: nothing is loaded that the answer does not need.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.errors import UsageError
from toolkit.ledger.columns import BY_CODE, COLUMNS
from toolkit.ledger.ids import read_id
from toolkit.ledger.joining import shortened
from toolkit.ledger.own import heading_path, is_own, own_code, own_heading
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.record import encode_value
from toolkit.ledger.values import shown
from toolkit.register.store import Register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from toolkit.ledger.decision import Decision
    from toolkit.ledger.status import Status
    from toolkit.register.snapshot import Fact
    from toolkit.workspace import Workspace

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where the values of an item came from.

    `values` are the columns in the order of the table, each with all its values, oldest first; `decisions` the office's
    about the item, none where one column was asked for.
    """

    id: str
    values: tuple[tuple[Fact, ...], ...]
    decisions: tuple[Decision, ...]


def why_lines(
    workspace: Workspace, word_of: Callable[[Status], str], item_id: str, column: str
) -> Iterator[str]:
    """Where the values of an item came from, newest first, "" being all columns that hold something; then the decisions.

    Raises UsageError for an id or a column that is not known.
    """
    origin = _origin_of(workspace, item_id, column)
    for values in origin.values:
        yield from _value_lines(values, word_of)
    for decision in origin.decisions:
        yield f"审核：{decision.sentence}  ［{decision.place}］"


def why_record(workspace: Workspace, item_id: str, column: str) -> dict[str, Any]:
    """The same as JSON-able data: values as in run.json, each with what it was before, newest first."""
    from toolkit.run.record import decision_record

    origin = _origin_of(workspace, item_id, column)
    return {
        "id": origin.id,
        "values": [
            {
                "column": values[-1].column,
                "header": _header_of(values[-1].column),
                **_fact_record(values[-1]),
                "before": [_fact_record(fact) for fact in reversed(values[:-1])],
            }
            for values in origin.values
        ],
        "decisions": [decision_record(decision) for decision in origin.decisions],
    }


def _origin_of(workspace: Workspace, item_id: str, column: str) -> _Origin:
    found = read_id(item_id)
    key = item_id if isinstance(found, Unreadable) else found
    with Register.open_to_read(workspace.register_path) as register:
        code = _code_of(column, register)
        facts = register.history(key, code or None)
        decisions = () if code else register.decisions_about(key)
    if not facts:
        raise UsageError(f"台账库中没有问题“{item_id}”；用zhenggai status查看现有情况，编号如3-2。")
    own = dict.fromkeys(fact.column for fact in facts if is_own(fact.column))
    by_column = (
        tuple(fact for fact in facts if fact.column == column)
        for column in (*(heading.code for heading in COLUMNS), *own)
    )
    filled = (
        values
        for values in by_column
        if values and (code or values[-1].value not in (None, "", ()))
    )
    return _Origin(key, tuple(filled), decisions)


def _fact_record(fact: Fact) -> dict[str, Any]:
    return {
        "value": encode_value(fact.column, fact.value),
        "as_of": fact.as_of,
        "file": fact.file,
        "sheet": fact.sheet,
        "cell": fact.cell,
    }


def _header_of(code: str) -> str:
    return own_heading(code) if is_own(code) else BY_CODE[code].header


def _code_of(column: str, register: Register) -> str:
    headers = {heading.header: heading.code for heading in COLUMNS}
    code = column if column in BY_CODE else headers.get(column, "")
    if column and not code:
        from toolkit.intake.headers import known_code

        code = _own_code_of(column, register) or known_code(column)
    if column and not code:
        headings = [heading.header for heading in COLUMNS]
        headings += [own_heading(own) for own in register.own_columns()]
        raise UsageError(f"没有栏目“{column}”；可用的栏目：{'、'.join(headings)}。")
    return code


def _own_code_of(column: str, register: Register) -> str:
    """The own column that a heading names: by its whole path, else by its lowest words where only one ends so."""
    path, own = heading_path([column]), register.own_columns()
    exact = own_code(path)
    ending = [code for code in own if path in own_heading(code).split("／")[-1:]]
    return exact if exact in own else ending[0] if len(ending) == 1 else ""


def _value_lines(facts: tuple[Fact, ...], word_of: Callable[[Status], str]) -> Iterator[str]:
    """The value that stands, and below it what it was before."""
    code = facts[-1].column
    for number, fact in enumerate(reversed(facts)):
        plain = fact.value if is_own(code) else shown(BY_CODE[code], fact.value, word_of)
        value = str(plain or "（空）").replace("\n", " ")
        text = shortened(value, _SHOWN, f"……（共{len(value)}字）")
        where = f"{fact.file} › {fact.sheet}" + (f"!{fact.cell}" if fact.cell else "")
        yield f"{'  原为：' if number else f'{_header_of(code)}：'}{text}  ［{fact.as_of}期，{where}］"
