"""F · fields: what must not be empty, and what cannot be read for its type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.checks.rule import Fault, Surroundings, row_rule
from toolkit.ledger.columns import BY_CODE, COLUMNS, Filler, Kind
from toolkit.ledger.finding import Severity
from toolkit.ledger.status import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.ledger.submission import Row

_REQUIRED = tuple(column for column in COLUMNS if column.required)
# These kinds have rules of their own that say more (D, S, U).
_OWN_RULE = frozenset({Kind.DEADLINE, Kind.STATUS, Kind.UNIT, Kind.UNITS})


@row_rule(
    "F101",
    Severity.ERROR,
    bad=({"整改措施": ""}, {"整改状态": ""}, {"整改状态": "正在整改", "整改进展情况": ""}),
    good=({}, {"整改状态": "未启动", "整改进展情况": ""}),
)
def required_cells_are_filled(row: Row, around: Surroundings) -> Iterator[Fault]:
    """必填栏目不得为空（未启动的问题可以暂不填写进展情况）。"""
    known = around.entry(row)
    for column in _REQUIRED:
        if row.typed.get(column.code) or column.code not in row.letters:
            continue
        if known and (column.filled_by is Filler.OFFICE or getattr(known.item, column.code)):
            continue  # what the register knows stands: a blank cell of a return erases nothing
        if column.code == "progress" and row.item.status is Status.NOT_STARTED:
            continue
        if column.filled_by is Filler.UNIT and not known and not _is_reported(row):
            continue  # a bare problem list as baseline: the units have not been asked yet
        yield Fault(column.code, f"“{column.header}”未填写。", f"请填写{column.header}：{column.explanation}")


def _is_reported(row: Row) -> bool:
    """Whether a unit has written anything on this row (status or progress, or any measure)."""
    return any(row.typed.get(code) for code in ("status", "progress", "completed_on", "measures"))


@row_rule(
    "F102",
    Severity.ERROR,
    bad=({"完成时间": "下个月吧"}, {"涉及金额（万元）": "若干"}, {"处理人次": "10余人次"}, {"整改类型": "看情况"}),
    good=({"完成时间": "2026-03-02"}, {"涉及金额（万元）": "12.6"}, {"处理人次": "3"}),
)
def cells_hold_what_their_column_asks(row: Row, around: Surroundings) -> Iterator[Fault]:
    """日期、金额、数量、选项等栏目的内容应能识别。"""
    del around
    for code, fault in row.unreadable.items():
        if BY_CODE[code].kind not in _OWN_RULE:
            yield Fault(code, f"“{BY_CODE[code].header}”无法识别：{fault.why}", fault.fix)
