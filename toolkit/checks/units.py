"""U · units: every unit named is one of the office's list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.checks.rule import Fault, Surroundings, row_rule
from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.ledger.submission import Row


def _unknown_unit(row: Row, code: str) -> Iterator[Fault]:
    fault = row.unreadable.get(code)
    if fault:
        header = BY_CODE[code].header
        yield Fault(code, f"{header}无法识别：{fault.why}", f"{fault.fix}单位全称和简称见设置.xlsx“单位”表。")


@row_rule("U101", Severity.ERROR, bad=({"牵头单位": "各科室"},), good=({"牵头单位": "规划建设局"},))
def lead_unit_is_known(row: Row, around: Surroundings) -> Iterator[Fault]:
    """牵头单位应是设置中登记的一个单位。"""
    if not around.entry(row):
        yield from _unknown_unit(row, "lead_unit")


@row_rule(
    "U102",
    Severity.WARNING,
    bad=({"配合单位": "有关部门"},),
    good=({"配合单位": "财政局、投资促进局"}, {"配合单位": ""}),
)
def co_units_are_known(row: Row, around: Surroundings) -> Iterator[Fault]:
    """配合单位应是设置中登记的单位。"""
    if not around.entry(row):
        yield from _unknown_unit(row, "co_units")
