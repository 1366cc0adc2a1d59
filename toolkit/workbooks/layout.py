"""Where each column of a ledger stands in our own layout: the form's columns in its order and words, others behind them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.ledger.columns import BY_CODE, Filler
from toolkit.ledger.form import STANDARD, Form, FormColumn, OwnKind
from toolkit.ledger.own import own_code
from toolkit.sheets.grid import column_letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from toolkit.ledger.columns import Column

# The width of an own column that nothing is known of, in characters; of one with long texts; of one with figures.
OWN_WIDTH, _LONG, _SHORT = 16, 36, 12
_WIDTHS = {
    OwnKind.PROSE: _LONG,
    **dict.fromkeys((OwnKind.NUMBER, OwnKind.PERCENT, OwnKind.DATE, OwnKind.CHOICE), _SHORT),
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A column of a sheet: what it is in the form, and the standard column that it is (None for an own one)."""

    form: FormColumn
    column: Column | None

    @property
    def code(self) -> str:
        """Its code, the standard one or its own."""
        return self.form.code

    @property
    def heading(self) -> str:
        """Its words in this office's form."""
        return self.form.heading

    @property
    def width(self) -> float:
        """In characters."""
        return self.column.width if self.column else _WIDTHS.get(self.form.kind, OWN_WIDTH)

    @property
    def is_office(self) -> bool:
        """Whether the office fills it."""
        return self.form.filled_by is Filler.OFFICE


@dataclass(frozen=True)
class Layout:
    """The columns of a sheet from left to right."""

    columns: tuple[Placed, ...]

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Column number from 0, by code."""
        return MappingProxyType({placed.code: n for n, placed in enumerate(self.columns)})

    @cached_property
    def letters(self) -> Mapping[str, str]:
        """Excel letters, by code."""
        return MappingProxyType({code: column_letters(n + 1) for code, n in self.index.items()})

    @cached_property
    def standard(self) -> tuple[tuple[int, Placed, Column], ...]:
        """The standard columns, each with its number."""
        return tuple(
            (n, placed, placed.column) for n, placed in enumerate(self.columns) if placed.column
        )

    @cached_property
    def own(self) -> tuple[tuple[int, FormColumn], ...]:
        """The own columns, each with its number."""
        return tuple((n, placed.form) for n, placed in enumerate(self.columns) if not placed.column)

    def named(self, code: str, heading: str) -> Layout:
        """The same with another heading of one column."""
        return Layout(
            tuple(
                replace(placed, form=replace(placed.form, heading=heading))
                if placed.code == code
                else placed
                for placed in self.columns
            )
        )

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.columns)

    @property
    def standard_width(self) -> int:
        """How many columns reach to the last standard one."""
        return 1 + max(n for n, _, _ in self.standard)


def layout_of(form: Form, own: Iterable[str] = (), beside: Sequence[str] = ()) -> Layout:
    """The columns of a form; behind them the standard ones `beside`, and the own ones that the form does not know.

    A form without a number of the problem is led by one: findings and decisions name it.
    """
    columns = form.written
    known = {column.code for column in columns}
    if "id" not in known:
        columns = (_standard("id"), *columns)
    further = tuple(_standard(code) for code in beside if code not in known)
    others = tuple(
        FormColumn(heading=path, code=own_code(path)) for path in own if own_code(path) not in known
    )
    return Layout(tuple(_placed(column) for column in (*columns, *further, *others)))


def _standard(code: str) -> FormColumn:
    return next(column for column in STANDARD if column.code == code)


def _placed(column: FormColumn) -> Placed:
    return Placed(column, BY_CODE.get(column.code))
