"""Items × periods for analysts: what every item held at the end of every period, as one table, and what is counted of it.

pandas is loaded here and nowhere else in the product; a run never needs it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.ledger.columns import BY_CODE, CODES
from toolkit.ledger.record import decode_value
from toolkit.ledger.status import WORDS, Status
from toolkit.ledger.values import shown
from toolkit.optional import wanted_for
from toolkit.register.store import Register
from toolkit.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from toolkit.register.snapshot import Moment

# The columns of the table, by key: heading in exports, and what stands there.
COLUMNS: Mapping[str, tuple[str, str]] = {
    "period": ("期次", "第几期，从1起"),
    "as_of": ("截至日期", "该期的截至日期"),
    **{code: (BY_CODE[code].header, BY_CODE[code].explanation) for code in CODES},
    "status_code": ("状态代码", "整改状态的代码，状态不明的为空"),
    "due": ("到期日", "整改时限推算的日期，没有的为空"),
    "closed": ("已销号", "该期末是否已销号"),
    "overdue": ("已逾期", "该期末是否已逾期"),
    "unchanged": ("未变动期数", "整改进展情况和整改状态连续多少期没有变化，本期有变化的为0"),
}
_OPEN = frozenset({Status.DONE, Status.STANDING})


def history(workspace: Workspace | Path | str) -> Any:
    """The DataFrame of all items at the end of all periods: one row an item and period, columns as in `COLUMNS`.

    Raises UsageError where there is no workspace, MissingLibrary without pandas.
    """
    place = workspace if isinstance(workspace, Workspace) else Workspace.open(Path(workspace))
    with wanted_for("导出数据"):
        import pandas as pd
    with Register.open_to_read(place.register_path) as register:
        rows = list(_rows(register.moments()))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def ageing(table: Any) -> Any:
    """The open items of the newest period by how many periods nothing has changed, longest first."""
    now = _now(table)
    is_open = ~now["closed"] & ~now["status_code"].isin([status.value for status in _OPEN])
    keys = ["unchanged", "id", "problem", "lead_unit", "lead_leader", "deadline", "status"]
    return now[is_open & (now["unchanged"] > 0)].sort_values(
        ["unchanged", "due"], ascending=[False, True], kind="stable"
    )[keys]


def unit_by_month(table: Any) -> Any:
    """Units × months of the deadline, in the newest period: how many items."""
    now = _now(table)
    return _crossed(now["lead_unit"], now["due"].astype(str).str[:7], "没有日期")


def leader_by_status(table: Any) -> Any:
    """Leaders × statuses, in the newest period: how many items."""
    now = _now(table)
    return _crossed(now["lead_leader"], now["status"], "状态不明")


def _now(table: Any) -> Any:
    return table[table["period"] == table["period"].max()]


def _crossed(names: Any, across: Any, nothing: str) -> Any:
    import pandas as pd

    return pd.crosstab(
        names.replace("", "（未填）").rename("名称"), across.replace("", nothing).rename("")
    )


def _rows(moments: tuple[Moment, ...]) -> Iterator[dict[str, Any]]:
    """One row an item and period."""
    known: dict[str, dict[str, Any]] = {}
    unchanged: dict[str, int] = {}
    for moment in moments:
        before = {id_: _said(values) for id_, values in known.items()}
        for id_, code, value in moment.facts:
            known.setdefault(id_, {})[code] = decode_value(code, json.loads(value))
        for id_, values in known.items():
            if id_ in moment.withdrawn:
                continue
            is_same = id_ in before and before[id_] == _said(values)
            unchanged[id_] = unchanged.get(id_, 0) + 1 if is_same else 0
            yield _row(moment, id_, values, unchanged[id_])


def _said(values: Mapping[str, Any]) -> tuple[Any, Any]:
    return values.get("progress"), values.get("status")


def _row(moment: Moment, id_: str, values: Mapping[str, Any], unchanged: int) -> dict[str, Any]:
    status, deadline = values.get("status"), values.get("deadline")
    due: date | None = deadline.due if deadline else None
    closed = id_ in moment.closed
    is_open = not closed and status not in _OPEN
    told = {code: shown(BY_CODE[code], values.get(code), WORDS.__getitem__) for code in CODES}
    return {
        "period": moment.period,
        "as_of": moment.as_of.isoformat(),
        **{code: "" if value is None else str(value) for code, value in told.items()},
        "money": float(values["money"]) if values.get("money") is not None else None,
        "people": values.get("people"),
        "status_code": status.value if status else "",
        "due": due.isoformat() if due else "",
        "closed": closed,
        "overdue": bool(is_open and due and due < moment.as_of),
        "unchanged": unchanged,
    }
