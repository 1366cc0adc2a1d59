"""The form (台账版式): which columns this office's ledger has, in which order, with which words, and what they ask for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from toolkit.ledger.columns import BY_CODE, COLUMNS, Filler
from toolkit.ledger.numbers import unit_named
from toolkit.ledger.own import is_own, own_heading

if TYPE_CHECKING:
    from collections.abc import Iterable


class OwnKind(StrEnum):
    """What the cells of an own column hold; decides how they are checked and whether they can be summed."""

    TEXT = "短文本"
    PROSE = "长文本"
    NUMBER = "数字"
    YUAN = "金额（元）"
    WAN = "金额（万元）"
    PERCENT = "百分比"
    DATE = "日期"
    CHOICE = "选项"
    UNIT = "单位"
    PEOPLE = "人员"


SUMMABLE = frozenset({OwnKind.NUMBER, OwnKind.YUAN, OwnKind.WAN})
UNIT_OF = {OwnKind.YUAN: "元", OwnKind.WAN: "万元"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormColumn:
    """One column of the form.

    `heading` is the heading path as the office words it; `code` the standard column that it is, its own code, or "" of
    one that the office decided not to read. Of a standard column `kind`, `choices` and `is_summed` say nothing: the table of columns knows them. `is_public` tells
    whether an own column may stand in what everybody reads; `is_sure` is False for what the toolkit only supposes.
    """

    heading: str
    code: str
    kind: OwnKind = OwnKind.TEXT
    filled_by: Filler = Filler.UNIT
    required: bool = False
    choices: tuple[str, ...] = ()
    is_summed: bool = False
    is_public: bool = False
    is_sure: bool = True

    @property
    def is_own(self) -> bool:
        """Whether it is none of the standard columns."""
        return is_own(self.code)

    @property
    def path(self) -> str:
        """The heading path by which the register keeps an own column, whatever it is called today."""
        return own_heading(self.code)


@dataclass(frozen=True)
class Form:
    """The columns of an office's ledger from left to right; without any, the standard form."""

    columns: tuple[FormColumn, ...] = ()

    @property
    def is_standard(self) -> bool:
        """Whether the office has no form of its own."""
        return not self.columns

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of its columns; of the standard form those of the table of columns."""
        return frozenset(column.code for column in self.columns) or frozenset(BY_CODE)

    @cached_property
    def own(self) -> tuple[FormColumn, ...]:
        """Its own columns."""
        return tuple(column for column in self.columns if column.is_own)

    @cached_property
    def written(self) -> tuple[FormColumn, ...]:
        """The columns to write: of several that are one standard column the first; of the standard form all of them."""
        first = {column.code: column for column in reversed(self.columns or STANDARD)}
        return tuple(c for c in self.columns or STANDARD if c.code and first[c.code] is c)

    def with_columns_of(self, other: Form) -> Form:
        """The same form, with the columns of another that it has not, each behind its left neighbour there."""
        columns = list(self.columns)
        headings = [column.heading for column in columns]
        codes = {column.code for column in columns}
        at = 0
        for column in other.columns:
            if column.heading in headings:
                at = headings.index(column.heading) + 1
            elif column.code not in codes:
                columns.insert(at, column)
                headings.insert(at, column.heading)
                at += 1
        return Form(tuple(columns))

    def lacks(self, code: str) -> bool:
        """Whether the form has no such standard column: nothing may be asked for in it."""
        return code in BY_CODE and code not in self.codes

    @cached_property
    def _renamed(self) -> tuple[tuple[str, str], ...]:
        """Standard headings in quotation marks, each with the office's words for that column."""
        here = {column.code: column.heading for column in self.written if not column.is_own}
        return tuple(
            (f"“{BY_CODE[code].header}”", f"“{heading}”")
            for code, heading in here.items()
            if heading != BY_CODE[code].header
        )

    def worded(self, text: str) -> str:
        """A sentence of ours with the office's words for every column that it names in quotation marks."""
        for standard, own in self._renamed:
            text = text.replace(standard, own)
        return text

    def filler_of(self, code: str) -> Filler:
        """Who fills a column; one that nobody knows, the unit that added it."""
        here = next((column.filled_by for column in self.columns if column.code == code), None)
        return here or (BY_CODE[code].filled_by if code in BY_CODE else Filler.UNIT)

    def heading_in_wan(self, code: str) -> str:
        """How the office words a column; the standard heading where its own asks for another unit than 万元."""
        heading = self.heading_of(code)
        is_other = code == "money" and unit_named(heading) not in (None, "万")
        return BY_CODE[code].header if is_other else heading

    def heading_of(self, code: str) -> str:
        """How the office words a column; the standard heading of one that its form lacks."""
        here = next((column.heading for column in self.columns if column.code == code), "")
        return here or (own_heading(code) if is_own(code) else BY_CODE[code].header)


STANDARD = tuple(
    FormColumn(
        heading=column.header,
        code=column.code,
        filled_by=column.filled_by,
        required=column.required,
    )
    for column in COLUMNS
)
_REPORTED = frozenset({"progress", "status"})


def complete(columns: Iterable[FormColumn]) -> Form:
    """The form of a ledger with these columns; one without any column to report in is given those of the units.

    A ledger that is word for word the standard one has no form of its own.
    """
    columns = tuple(columns)
    codes = {column.code for column in columns}
    if codes.isdisjoint(_REPORTED):
        columns += tuple(
            column
            for column in STANDARD
            if column.filled_by is Filler.UNIT and column.code not in codes
        )
    headings = [(column.heading, column.code) for column in columns]
    standard = [(column.heading, column.code) for column in STANDARD]
    return Form() if headings == standard else Form(columns)
