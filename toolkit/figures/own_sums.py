"""Sums of the office's own columns (sheet 栏目, 合计): in the unit of the column, what is no number named and left out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from toolkit.ledger.form import UNIT_OF
from toolkit.ledger.own_values import amount_in
from toolkit.ledger.text import means_nothing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from toolkit.figures.table import Counted
    from toolkit.ledger.form import Form, FormColumn


def summed(form: Form) -> tuple[FormColumn, ...]:
    """The own columns that are summed, in the order of the form."""
    return tuple(column for column in form.own if column.is_summed)


def placeholders(form: Form) -> dict[str, FormColumn]:
    """What a paper's template may ask for: 合计.<heading> → the column."""
    return {f"合计.{column.heading}": column for column in summed(form)}


def unit_of(column: FormColumn) -> str:
    """What its sum is counted in: 元, 万元, or "" of plain numbers."""
    return UNIT_OF.get(column.kind, "")


def own_sums(items: Sequence[Counted], columns: Iterable[FormColumn]) -> dict[str, Decimal]:
    """The sum of each column over these items, by code."""
    return {column.code: _sum(items, column) for column in columns}


def _sum(items: Sequence[Counted], column: FormColumn) -> Decimal:
    amounts = (amount_in(column, text) for item in items if (text := _sure_text(item, column)))
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def _sure_text(item: Counted, column: FormColumn) -> str:
    """What the item says in the column; "" where nothing, or where it is in doubt."""
    return "" if column.code in item.doubtful else _text(item, column)


def _text(item: Counted, column: FormColumn) -> str:
    return next((text for path, text in item.entry.own if path == column.path), "")


def left_out(items: Sequence[Counted], columns: Iterable[FormColumn]) -> dict[str, tuple[str, ...]]:
    """The items whose value in a column is there and not in its sum, by code; columns without any are absent."""
    found = {
        column.code: tuple(item.entry.item.id for item in items if _is_left_out(item, column))
        for column in columns
    }
    return {code: ids for code, ids in found.items() if ids}


def _is_left_out(item: Counted, column: FormColumn) -> bool:
    text = _text(item, column)
    if not text or means_nothing(text):
        return False
    return column.code in item.doubtful or amount_in(column, text) is None
