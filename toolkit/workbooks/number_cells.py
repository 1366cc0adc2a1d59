"""Which cell of a workbook prints which figure: written down while the cells are written, proved after they are read back."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from toolkit.figures.printed import Line, Quoted, Source, text_of
from toolkit.sheets.grid import column_letters
from toolkit.workbooks.ledger_sheet import write_cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from toolkit.figures.counts import Totals
    from toolkit.figures.printed import Printed

# (sheet, address such as B5): where a number stands.
Address = tuple[str, str]


class NumberCells:
    """Writes cells that print figures, and remembers what each stands for."""

    def __init__(self) -> None:
        self._lines: dict[Address, Line] = {}

    @property
    def lines(self) -> Mapping[Address, Line]:
        """What every such cell prints."""
        return dict(self._lines)

    def figure(
        self, sheet: Worksheet, place: tuple[int, int], totals: Totals, code: str, style: Format
    ) -> None:
        """A figure or rate in a cell (row, column; from 0): a number as a number, a rate as its text."""
        self._remember(sheet, place, (totals.printed(code),))
        is_rate = code in totals.rates
        write_cell(sheet, *place, totals.text(code) if is_rate else totals[code], style)

    def number(
        self, sheet: Worksheet, place: tuple[int, int], printed: Printed, style: Format
    ) -> None:
        """A count of the period in a cell."""
        self._remember(sheet, place, (printed,))
        write_cell(sheet, *place, Decimal(printed.text), style)

    def text(self, sheet: Worksheet, place: tuple[int, int], line: Line, style: Format) -> str:
        """A text with numbers in it; the text."""
        text = text_of(line)
        self._remember(sheet, place, line)
        write_cell(sheet, *place, text, style)
        return text

    def label(self, sheet: Worksheet, place: tuple[int, int], text: str, style: Format) -> None:
        """What a number beside or below it is called."""
        self.text(sheet, place, (Quoted(text, Source.LABEL),), style)

    def merged(
        self, sheet: Worksheet, area: tuple[int, int, int, int], line: Line, style: Format
    ) -> str:
        """A text over several cells; the text."""
        text = text_of(line)
        self._remember(sheet, area[:2], line)
        sheet.merge_range(*area, text, style)
        return text

    def _remember(self, sheet: Worksheet, place: tuple[int, int], line: Line) -> None:
        row, col = place
        self._lines[sheet.get_name(), f"{column_letters(col + 1)}{row + 1}"] = line
