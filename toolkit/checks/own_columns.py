"""F · columns of the office's own: what must be filled in, and what cannot be read for its kind (sheet 栏目)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.checks.rule import Case, Fault, row_rule
from toolkit.ledger.columns import Filler
from toolkit.ledger.finding import Severity
from toolkit.ledger.form import UNIT_OF, OwnKind
from toolkit.ledger.own_values import read_own
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.text import says_nothing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.ledger.form import FormColumn


@row_rule(
    "F201",
    Severity.ERROR,
    bad=({"档案编号": ""},),
    good=({"档案编号": "D-17"}, {}),
)
def own_required_cells_are_filled(case: Case) -> Iterator[Fault]:
    """设置中“栏目”表写明必填的自有栏目应填写。"""
    if case.before and case.before.closed:
        return
    known = dict(case.before.own) if case.before else {}
    for column in case.around.settings.form.own:
        is_asked = column.required and case.has_column(column.code)
        is_theirs = column.filled_by is Filler.UNIT or case.before is None
        cell = case.row.own.get(column.path)
        said = cell.text if cell else known.get(column.path, "")
        if is_asked and is_theirs and says_nothing(said):
            yield Fault(column.code, f"“{column.heading}”未填写。", f"请填写{column.heading}。")


@row_rule(
    "F202",
    Severity.ERROR,
    bad=({"结算金额（元）": "若干"}, {"是否公开": "看情况"}, {"验收日期": "下个月吧"}),
    good=(
        {"结算金额（元）": "12,600.50"},
        {"结算金额（元）": "3.5万元"},
        {"是否公开": "是"},
        {"验收日期": "2026-05-08"},
        {"结算金额（元）": "无"},
    ),
)
def own_cells_hold_what_their_column_asks(case: Case) -> Iterator[Fault]:
    """自有栏目的内容应与“栏目”表中写明的内容（金额、日期、选项等）相符。"""
    form = case.around.settings.form
    for column in form.own if case.row.own else ():
        cell = case.row.own.get(column.path)
        read = read_own(column, cell.text, case.around.settings.context.directory) if cell else None
        if isinstance(read, Unreadable):
            yield Fault(
                column.code, f"“{column.heading}”无法识别：{read.why}。", _how_to_write(column)
            )


def _how_to_write(column: FormColumn) -> str:
    """What to write in a cell of this kind; the value itself only the unit knows."""
    if column.choices:
        return f"请从下拉列表中选择：{'、'.join(column.choices)}。"
    if column.kind in UNIT_OF:
        return f"请填写实际的金额，单位{UNIT_OF[column.kind]}，只写数字。"
    return _HOW.get(column.kind, f"请重新填写{column.heading}。")


_HOW = {
    OwnKind.NUMBER: "请填写实际的数，只写数字。",
    OwnKind.PERCENT: "请填写实际的百分数，如完成了多少就写多少。",
    OwnKind.DATE: "请写明日期（年-月-日）。",
    OwnKind.UNIT: "请填写单位全称或设置中的简称。",
}
