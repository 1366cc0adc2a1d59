"""Several rows of one problem as one row: texts joined, measures listed, amounts added, the rest chosen and said."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from toolkit.intake.codes import finding
from toolkit.ledger.columns import BY_CODE, CODES, Kind
from toolkit.ledger.own import joined_own
from toolkit.ledger.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from toolkit.ledger.finding import Finding, Place
    from toolkit.ledger.reading import Unreadable
    from toolkit.ledger.submission import Row

# Statuses from the least to the most advanced: a problem is as far as its least advanced measure.
_ADVANCE = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.PHASED, Status.STANDING, Status.DONE)
_PEOPLE = frozenset({"lead_leader", "owner"})


def _least(values: Sequence[Status]) -> Status:
    return min(values, key=_ADVANCE.index)


def _latest_due(values: Sequence[Any]) -> Any:
    dated = [deadline for deadline in values if deadline.due]
    latest = max(dated, key=lambda deadline: deadline.due) if dated else values[0]
    return replace(latest, standing=any(deadline.standing for deadline in values))


def _first(values: Sequence[Any]) -> Any:
    return values[0]


# How differing values of one problem's rows become one, and what is said of it.
_CHOICE: Mapping[Kind, tuple[Callable[[Sequence[Any]], Any], str]] = MappingProxyType(
    {
        Kind.STATUS: (_least, "取进度最慢的一个"),
        Kind.DEADLINE: (_latest_due, "取最晚的一个"),
        Kind.DATE: (max, "取最晚的一个"),
        Kind.MONEY: (lambda values: sum(values, Decimal(0)), "已相加"),
        Kind.COUNT: (sum, "已相加"),
        Kind.UNIT: (_first, "第一个为牵头单位，其余为配合单位"),
        Kind.CHOICE: (_first, "取第一个"),
        Kind.ID: (_first, "取第一个"),
    }
)


def join(rows: Sequence[Row]) -> tuple[Row, tuple[Finding, ...]]:
    """The rows as the first of them, with everything that the others say besides; and what had to be chosen."""
    head = rows[0]
    values: dict[str, Any] = {}
    typed = dict(head.typed)
    elsewhere: dict[str, Place] = dict(head.elsewhere)
    unreadable: dict[str, Unreadable] = {}
    said: list[Finding] = [_told(rows)]
    for code in CODES:
        own = [
            row
            for row in rows
            if code in row.typed and (row is head or not _is_repeat(row, code, head))
        ]
        if not own:
            continue
        texts = tuple(dict.fromkeys(row.typed[code] for row in own))
        typed[code] = "\n".join(texts)
        if own[0] is not head:
            elsewhere[code] = own[0].place(code)
        fault = next((row.unreadable[code] for row in own if code in row.unreadable), None)
        if fault:
            unreadable[code] = fault
            elsewhere[code] = next(row.place(code) for row in own if code in row.unreadable)
            continue
        values[code] = _joined(code, own, said)
    item = replace(
        head.item, **{code: value for code, value in values.items() if value is not None}
    )
    units = dict.fromkeys(
        (*(row.item.lead_unit for row in rows[1:]), *(u for row in rows for u in row.item.co_units))
    )
    co_units = tuple(unit for unit in units if unit and unit != item.lead_unit)
    if co_units:
        item = replace(item, co_units=co_units)
        if "co_units" not in typed:
            typed["co_units"] = typed.get("lead_unit", "")
            elsewhere["co_units"] = head.place("lead_unit")
    joined = replace(
        head,
        item=item,
        typed=typed,
        unreadable=unreadable,
        elsewhere=elsewhere,
        own=joined_own(row.own for row in rows),
    )
    return joined, tuple(said)


def _is_repeat(row: Row, code: str, head: Row) -> bool:
    """Whether a cell only says again what the first row says (a merge, a copy): a second 3 in a column of counts counts."""
    repeated = row.typed[code] == head.typed.get(code)
    return repeated and (
        code in row.elsewhere or BY_CODE[code].kind not in (Kind.MONEY, Kind.COUNT)
    )


def _told(rows: Sequence[Row]) -> Finding:
    head = rows[0]
    lines = "、".join(str(row.origin.row) for row in rows[1:])
    message = f"第{lines}行是同一问题的其他措施，已并入第{head.origin.row}行。"
    goes_on = not rows[1].typed.keys() & {"id", "problem", "sub_problem"}
    code = "X306" if goes_on else "X303"
    fix = "请核对；最好一个问题只占一行，各条措施在单元格内分行。"
    return finding(code, head.place("measures"), message, fix, column="measures", item=head.item.id)


def _joined(code: str, own: Sequence[Row], said: list[Finding]) -> Any:
    """One value of the rows that say something in this column."""
    kind = BY_CODE[code].kind
    values = [getattr(row.item, code) for row in own]
    values = [value for value in values if value not in (None, "", ())]
    if not values:
        return None
    if kind in (Kind.LIST, Kind.UNITS):
        return tuple(dict.fromkeys(piece for value in values for piece in value))
    if kind in (Kind.TEXT, Kind.PROSE):
        return ("、" if code in _PEOPLE else "\n").join(dict.fromkeys(values))
    if len(values) == 1 or (len(set(values)) == 1 and kind not in (Kind.MONEY, Kind.COUNT)):
        return values[0]
    choose, how = _CHOICE[kind]
    listed = "；".join(f"第{row.origin.row}行“{row.typed[code]}”" for row in own)
    message = f"同一问题的几行{BY_CODE[code].header}不一致（{listed}），{how}。"
    fix = "请核对，改为一个问题填写一个内容。"
    said.append(finding("X304", own[0].place(code), message, fix, column=code, item=own[0].item.id))
    return choose(values)
