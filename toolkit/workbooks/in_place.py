"""The office's own workbook, filled in: for one unit with its items, or whole, to be sent to the superior."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, partial
from typing import TYPE_CHECKING

from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.readers import read_cell
from toolkit.ledger.status import Status
from toolkit.sheets.fill import FilledRow, Filling, fill
from toolkit.sheets.grid import column_letters
from toolkit.sheets.skeleton import learn
from toolkit.workbooks.layout import layout_of
from toolkit.workbooks.ledger_row import row_of_entry
from toolkit.workbooks.ledger_sheet import in_unit_of, own_cell
from toolkit.workbooks.template import identity_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from toolkit.intake.form_place import FormPlace
    from toolkit.ledger.entry import Entry
    from toolkit.settings.model import Settings
    from toolkit.sheets.fill import CellMark
    from toolkit.sheets.leading_sheet import LeadingSheet
    from toolkit.sheets.skeleton import Skeleton
    from toolkit.workbooks.layout import Placed
    from toolkit.workbooks.ledger_row import LedgerRow

WHOLE = "整改台账.xlsx"
_TICK = "√"
# Characters that a cell holds at most (Excel; a longer one makes it offer a repair).
_LONGEST_TEXT = 32_767
_NUMBER = re.compile(r"[1-9]\d{0,8}")
# What a line around the table says of who reports and when: the words, then what is filled in behind them.
_UNIT = re.compile(
    r"((?:填\s*报|报\s*送|编\s*制|制\s*表)\s*(?:单\s*位|部\s*门)\s*(?:[（(]\s*(?:盖章|公章)\s*[）)])?\s*[：:])[ \u3000]*[^\s：:]*(?=\s|$)"
)
_DAY = re.compile(
    r"((?:填\s*报|报\s*送|编\s*制|制\s*表)\s*(?:时\s*间|日\s*期)\s*[：:])[ \u3000]*(?:[\d年月日.\-/／]+(?=\s|$))?"
)
_UNTIL = re.compile(
    r"(截\s*[至止]\s*(?:时间\s*[：:])?\s*)\d{4}\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}\s*日?"
)


@dataclass(frozen=True)
class OfficeBook:
    """The office's workbook, ready to be filled in, with where its columns stand."""

    skeleton: Skeleton
    place: FormPlace

    @classmethod
    def learned(cls, data: bytes, place: FormPlace, settings: Settings) -> OfficeBook:
        """From a workbook. Raises NotCarried, with the reason, where its layout cannot be filled in."""
        units = (name for unit in settings.units for name in (unit.name, *unit.aliases))
        words = (settings.words.of(status) for status in Status)
        choices = (choice for column in settings.form.own for choice in column.choices)
        leaders = (unit.lead_leader for unit in settings.units)
        known = frozenset((*units, *words, *choices, *leaders))
        return cls(learn(data, place.place, known), place)

    def for_unit(
        self, entries: Sequence[Entry], settings: Settings, *, unit: str, code: str, as_of: dt.date
    ) -> bytes:
        """The workbook of one unit: its own items, its name and no other unit's text; hidden identity and keys."""
        rows = [row_of_entry(entry, settings) for entry in entries]
        return fill(self.skeleton, self._of_unit(rows, settings, unit, code, as_of))

    def _of_unit(
        self, rows: Sequence[LedgerRow], settings: Settings, unit: str, code: str, as_of: dt.date
    ) -> Filling:
        told = {name: text for name, text in identity_of(unit, code).items() if text}
        line = partial(_line, unit=unit, day=None, until=as_of)
        return Filling(
            rows=self._rows(rows, settings),
            properties=told,
            line=line,
            heads=self.place.renamed,
            lists=self._lists(settings),
        )

    def marked(
        self,
        rows: Sequence[LedgerRow],
        settings: Settings,
        *,
        unit: str,
        code: str,
        as_of: dt.date,
        marks: Sequence[CellMark],
        leading: LeadingSheet,
    ) -> bytes:
        """What a unit sent, marked, to be put right and sent once more."""
        filling = self._of_unit(rows, settings, unit, code, as_of)
        return fill(self.skeleton, replace(filling, marks=marks, leading=leading))

    @cached_property
    def letters(self) -> Mapping[str, str]:
        """Excel letters by column code, left to right; of ticks spread over columns those of the first."""
        ticks = {code: col for col, (code, _) in sorted(self.place.ticks.items(), reverse=True)}
        cols = {**ticks, **{code: col for col, code in self.place.codes.items()}}
        return {code: column_letters(col) for code, col in sorted(cols.items(), key=lambda c: c[1])}

    def whole(self, entries: Sequence[Entry], settings: Settings, as_of: dt.date) -> bytes:
        """The whole ledger in the office's form, with nothing of ours in it."""
        line = partial(_line, unit=settings.task.issuer_short, day=as_of, until=as_of)
        rows = self._rows([row_of_entry(entry, settings) for entry in entries], settings)
        return fill(self.skeleton, Filling(rows=rows, line=line, heads=self.place.renamed))

    def _lists(self, settings: Settings) -> dict[int, tuple[str, ...]]:
        """What units may choose from: the words of statuses, the choices of own columns."""
        choices = {column.code: column.choices for column in settings.form.own}
        choices["status"] = tuple(settings.words.of(status) for status in Status)
        return {col: choices.get(code, ()) for col, code in self.place.codes.items()}

    def _rows(self, rows: Sequence[LedgerRow], settings: Settings) -> list[FilledRow]:
        cells = Cells.of(self.place, settings)
        return [FilledRow(cells.of_row(row), row.key) for row in rows]


@dataclass(frozen=True, slots=True)
class Cells:
    """What stands in each column of the office's workbook."""

    place: FormPlace
    settings: Settings
    columns: Mapping[int, Placed]

    @classmethod
    def of(cls, place: FormPlace, settings: Settings) -> Cells:
        """For the columns of this workbook, as the form words them."""
        layout = layout_of(settings.form)
        by_code = {placed.code: placed for placed in layout.columns}
        columns = {col: by_code[code] for col, code in place.codes.items() if code in by_code}
        return cls(place, settings, columns)

    def of_row(self, row: LedgerRow) -> dict[int, object]:
        """The values of a row by column, blanks left out."""
        cells: dict[int, object] = {}
        for col, placed in self.columns.items():
            if placed.column is None:
                form = placed.form
                value = own_cell(form, row.own.get(form.path, ""))
            else:
                value = in_unit_of(placed, row.cells.get(placed.code))
            value = _as_number(value) if placed.code == "id" else as_given_back(value)
            if value not in (None, ""):
                cells[col] = value
        return cells | self._ticks(row)

    def _ticks(self, row: LedgerRow) -> dict[int, object]:
        """A tick in the column whose heading says the value."""
        context = self.settings.context
        return {
            col: _TICK
            for col, (code, choice) in self.place.ticks.items()
            if code in row.cells
            and read_cell(BY_CODE[code], choice, context)
            == read_cell(BY_CODE[code], row.cells[code], context)
        }


def _as_number(value: object) -> object:
    """序号 1, 2, 3 as numbers: a text of figures bears a warning in every cell."""
    return int(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else value


def as_given_back(value: object) -> object:
    """A value as a cell gives it back: amounts without the noughts behind their point, lines ended in one way.

    A text that is longer than a cell holds is left out, and leaves untouched what is known when it comes back blank.
    """
    if isinstance(value, Decimal):
        return value.normalize() + 0
    if isinstance(value, str):
        text = value.replace("\r\n", "\n").replace("\r", "\n")
        return text if len(text) <= _LONGEST_TEXT else ""
    return value


def _line(text: str, *, unit: str, day: dt.date | None, until: dt.date) -> str:
    """A line around the table with who reports, when (blank for the unit to fill in), and as of when."""
    written = f"{day.year}年{day.month}月{day.day}日" if day else ""
    text = _UNIT.sub(rf"\g<1>{unit}", text)
    text = _DAY.sub(rf"\g<1>{written}", text)
    return _UNTIL.sub(rf"\g<1>{until.year}年{until.month}月{until.day}日", text)
