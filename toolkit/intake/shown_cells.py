"""What a cell means where what is shown and what is stored differ; what was decided is said once a column.

Units and prefixes of number formats, days that are not shown, days eight hours early, the 0 of a blank cell.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from toolkit.intake.codes import finding
from toolkit.intake.day_cells import day_of_zoned, meant_day
from toolkit.intake.tables import money_unit
from toolkit.ledger.columns import BY_CODE, Kind
from toolkit.ledger.finding import Place
from toolkit.ledger.numbers import IN_WAN, read_money
from toolkit.ledger.reading import Unreadable
from toolkit.sheets.date_format import Precision
from toolkit.sheets.grid import Mark, address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.intake.raw_row import Raw
    from toolkit.intake.tables import Table
    from toolkit.ledger.finding import Finding
    from toolkit.sheets.grid import Grid, Value
    from toolkit.sheets.number_format import Display

_DAYS = frozenset(
    code for code, column in BY_CODE.items() if column.kind in (Kind.DATE, Kind.DEADLINE)
)
_NUMBERS = frozenset(
    code for code, column in BY_CODE.items() if column.kind in (Kind.MONEY, Kind.COUNT)
)
# Columns in which the number 0 is no content: it is what a formula shows for a blank cell.
_NO_ZERO = frozenset(BY_CODE) - _NUMBERS - {"status"}
_UNIT = re.compile(r"(亿|百万|万|千)?元?整?")
_LISTED = 5


def is_blank_zero(value: Value, code: str, *, is_formula: bool) -> bool:
    """Whether a cell of this column only shows the 0 of a blank cell, or day 0 (1900-01-00) under a date format."""
    if value == dt.time():
        return code in _DAYS
    is_zero = type(value) in (int, float) and value == 0
    return is_zero and (code in _NO_ZERO or (is_formula and code == "status"))


class _Case(NamedTuple):
    """One cell: where, what is shown, what is stored ("" where that is not to be told), what is to be written instead."""

    cell: str
    shown: str
    stored: str
    instead: str = ""


@dataclass
class ShownCells:
    """Settles the cells of one table, row by row, and remembers what was decided."""

    table: Table
    columns: Mapping[str, int]
    _cases: dict[tuple[str, str], list[_Case]] = field(default_factory=lambda: defaultdict(list))
    _early: bool | None = None

    @property
    def _grid(self) -> Grid:
        return self.table.grid

    def settle(self, raw: Raw) -> None:
        """Put into a row what its cells mean."""
        for code, value in tuple(raw.cells.items()):
            place = raw.at.get(code, (raw.number, self.columns.get(code, 0)))
            display = self._grid.displays.get(place)
            if display and self._settle_display(raw, code, display, place):
                continue
            if type(value) is str:
                if code in _DAYS and len(value) > len("2026-06-29T16:00Z") - 1:
                    self._settle_text(raw, code, value, place)
            elif is_blank_zero(value, code, is_formula=self._is_formula(place)):
                del raw.cells[code], raw.typed[code]
                if not self._is_formula(place):
                    self._cases["X233", code].append(_Case(address(*place), "", ""))
            elif type(value) is dt.datetime and code in _DAYS:
                self._settle_moment(raw, code, value, place)

    def _is_formula(self, place: tuple[int, int]) -> bool:
        return any(remark.mark is Mark.FORMULA for remark in self._grid.remarks.get(place, ()))

    def _settle_display(
        self, raw: Raw, code: str, display: Display, place: tuple[int, int]
    ) -> bool:
        """What is shown in the place of what is stored; whether that settles the cell."""
        if display.precision is not None:
            return self._settle_precision(raw, code, display, place)
        case = _Case(address(*place), display.text, _stored(display))
        if not display.text:
            self._cases["X235", code].append(case._replace(stored=raw.typed[code]))
            return False
        if code == "money":
            case = case._replace(instead=self._amount(display))
        if code in _NUMBERS and display.number:
            is_usual = code == "money" and self._is_in_unit(display)
            raw.cells[code] = display.number if is_usual else display.exact
            if rule := self._said_of_number(code, display):
                self._cases[rule, code].append(case)
        elif not _is_percentage(display):
            self._cases["X234", code].append(case)
        return True

    def _said_of_number(self, code: str, display: Display) -> str:
        """Under which rule an amount or a count is told; "" where its heading says the same."""
        unit = _UNIT.fullmatch(display.suffix) if display.suffix else None
        if display.hides_sign or (display.scale != 1 and not unit and not _is_percentage(display)):
            return "X235"
        if code != "money":
            return "X234" if display.scale != 1 else ""
        return "" if self._is_in_unit(display) and display.scale == 1 else "X234"

    def _amount(self, display: Display) -> str:
        """The bare number that says the same under the heading of the amounts."""
        amount = read_money(display.exact)
        if isinstance(amount, Unreadable):
            return display.text
        return f"{(amount / IN_WAN[self._money]).normalize():f}"

    def _is_in_unit(self, display: Display) -> bool:
        """Whether an amount is shown in the unit that its heading names."""
        unit = _UNIT.fullmatch(display.suffix) if display.suffix else None
        return unit is not None and (unit[1] or "") == self._money and not display.prefix

    @property
    def _money(self) -> str:
        headings = (heading.text for heading in self.table.headings if heading.code == "money")
        return next((money_unit(self.table, text) for text in headings), "万")

    def _settle_precision(
        self, raw: Raw, code: str, display: Display, place: tuple[int, int]
    ) -> bool:
        """A date of which only the month or the year is shown is that month or year."""
        value = raw.cells[code]
        if not isinstance(value, dt.date) or code == "id":
            return False
        if display.precision is Precision.TIME:
            self._cases["X235", code].append(_Case(address(*place), display.text, str(value)))
            return False
        if display.precision is Precision.MONTH:
            raw.cells[code] = raw.typed[code] = f"{value.year}年{value.month}月"
        elif display.precision is Precision.YEAR:
            raw.cells[code] = raw.typed[code] = f"{value.year}年"
        else:
            return False
        return True

    def _settle_text(self, raw: Raw, code: str, text: str, place: tuple[int, int]) -> None:
        day = day_of_zoned(text)
        if day is not None:
            raw.cells[code] = day
            self._cases["X236", code].append(_Case(address(*place), str(day), text))

    def _settle_moment(
        self, raw: Raw, code: str, moment: dt.datetime, place: tuple[int, int]
    ) -> None:
        day = meant_day(moment)
        if day is None:
            return
        if self._is_early():
            raw.cells[code] = day
            self._cases["X236", code].append(_Case(address(*place), str(day), str(moment)))
        else:
            self._cases["X237", code].append(_Case(address(*place), str(day), str(moment)))

    def _is_early(self) -> bool:
        """Whether every day of the table is written eight hours early, as a whole export is; nobody types that."""
        if self._early is None:
            days = [
                self._grid.value(row, col)
                for row in range(self.table.block.last + 1, self.table.block.until + 1)
                for code, col in self.columns.items()
                if code in _DAYS
            ]
            dated = [day for day in days if isinstance(day, dt.date)]
            self._early = all(type(day) is dt.datetime and meant_day(day) for day in dated)
        return self._early

    def findings(self, file: str) -> Iterator[Finding]:
        """What was decided, column by column."""
        for (rule, code), cases in self._cases.items():
            message, fix = _SAID[rule]
            shown = "、".join(_CASES[rule].format(*case) for case in cases[:_LISTED])
            rest = f"等{len(cases)}处" if len(cases) > _LISTED else ""
            place = Place(file, self._grid.name, cases[0].cell)
            said = message.format(BY_CODE[code].header, f"{shown}{rest}")
            value = cases[0].instead or cases[0].shown or cases[0].stored
            fix = fix.format(cases[0].cell, value)
            yield finding(rule, place, said, fix, column=code, value=value)


def _stored(display: Display) -> str:
    if not display.number:
        return ""
    stored = Decimal(display.number) / display.scale
    return f"{stored.normalize():f}"


def _is_percentage(display: Display) -> bool:
    return display.suffix == "%" and not display.prefix


# Rule → what is said of a column (heading, cases), what to do (of the first cell: where, what to write).
_SAID: Mapping[str, tuple[str, str]] = {
    "X233": (
        "{}中的数字0多半是引用空白单元格留下的，已按空白处理：{}。",
        "请填写实际内容，没有内容的请清空{0}等单元格。",
    ),
    "X234": (
        "{}按单元格显示的内容读取，与存储的数值不同：{}。",
        "请核对；最好直接填写“{1}”，不用数字格式加单位、前缀。",
    ),
    "X235": (
        "{}中单元格显示的与存储的不同，请核对：{}。",
        "请把{0}改为常规格式，直接填写实际内容。",
    ),
    "X236": (
        "{}像是系统导出的，比应有的早8小时，已按北京时间读取：{}。",
        "请核对；不对的，请直接填写日期。",
    ),
    "X237": (
        "{}带有钟点，可能是系统导出早了8小时，已按当天读取：{}。",
        "如应为{1}，请把{0}改填为该日期；如钟点无误，请只填日期。",
    ),
}
# How one case is told (where, shown, stored).
_CASES: Mapping[str, str] = {
    "X233": "{0}",
    "X234": "{0}显示“{1}”",
    "X235": "{0}显示“{1}”、存储{2}",
    "X236": "{0}“{2}”→{1}",
    "X237": "{0}“{2}”，应为{1}？",
}
