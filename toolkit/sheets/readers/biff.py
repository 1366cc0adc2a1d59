""".xls of Excel 97–2003 and WPS .et (BIFF8), all of it by xlrd: values, errors, merges, hidden parts, notes, struck text."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from toolkit.sheets.calamine_values import grid_of, plain, refuse_texts
from toolkit.sheets.gate import BROKEN, LIMITS, SEND, UnreadableFile, refuse_size
from toolkit.sheets.grid import Book, Grid, Mark, Range, Remark
from toolkit.sheets.ole import MAGIC, WORKBOOKS, entries, streams
from toolkit.sheets.stylesheet import shows_weekday

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from toolkit.sheets.grid import Value

_MACROS = "工作簿含有宏，已忽略，未执行。"


def accepts(data: bytes) -> bool:
    """Whether this is an OLE file with a workbook stream."""
    return data.startswith(MAGIC) and not WORKBOOKS.isdisjoint(streams(data))


def read(data: bytes, name: str) -> Book:
    """All sheets, hidden ones too; raises UnreadableFile."""
    import xlrd

    del name
    refuse_size(data, LIMITS.plain_bytes)
    try:
        workbook = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=_Silent()
        )
    except Exception as broken:  # xlrd meets damage with errors of every kind; it reads bytes only, so none is ours
        raise UnreadableFile(BROKEN) from broken
    weekdays = _weekday_styles(workbook)
    grids = tuple(_grid(_Sheet(sheet, workbook, weekdays)) for sheet in workbook.sheets())
    if sum(len(row) for grid in grids for row in grid.rows) > LIMITS.cells:
        raise UnreadableFile(f"工作簿的单元格超过{LIMITS.cells}个；请只保留台账内容，{SEND}")
    refuse_texts(grids)
    return Book("xls", grids, (_MACROS,) if "_VBA_PROJECT_CUR" in entries(data) else ())


class _Silent:
    """xlrd prints; we do not."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One sheet of xlrd's with its book, and the cell styles that show a number as a day of the week."""

    sheet: Any
    book: Any
    weekdays: frozenset[int]


def _weekday_styles(workbook: Any) -> frozenset[int]:
    formats = {
        key for key, entry in workbook.format_map.items() if shows_weekday(entry.format_str or "")
    }
    return frozenset(
        number for number, xf in enumerate(workbook.xf_list) if xf.format_key in formats
    )


def _grid(source: _Sheet) -> Grid:
    sheet = source.sheet
    rows = [_row(source, row) for row in range(sheet.nrows)]
    merges = (
        Range(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells
    )
    grid = grid_of(sheet.name, rows, merges)
    remarks: dict[tuple[int, int], tuple[Remark, ...]] = {}
    for place, remark in _remarks(source):
        remarks[place] = (*remarks.get(place, ()), remark)
    if len(remarks) > LIMITS.remarks:
        raise UnreadableFile(f"工作表“{sheet.name}”的错误值等超过{LIMITS.remarks}处；{SEND}")
    hidden_rows = frozenset(row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden)
    hidden_cols = frozenset(col + 1 for col, info in sheet.colinfo_map.items() if info.hidden)
    return Grid(
        grid.name,
        grid.rows,
        grid.merges,
        bool(sheet.visibility),
        hidden_rows,
        hidden_cols,
        MappingProxyType(remarks),
    )


def _row(source: _Sheet, row: int) -> list[Value]:
    """The values of a row up to its last one."""
    types = source.sheet.row_types(row)
    values = [_value(source, kind, row, col) for col, kind in enumerate(types)]
    while values and values[-1] is None:
        values.pop()
    return values


def _value(source: _Sheet, kind: int, row: int, col: int) -> Value:
    import xlrd

    if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
        return None
    value = source.sheet.cell_value(row, col)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    is_day = kind == xlrd.XL_CELL_DATE or (
        kind == xlrd.XL_CELL_NUMBER
        and source.weekdays
        and source.sheet.cell_xf_index(row, col) in source.weekdays
    )
    return _moment(value, source.book.datemode) if is_day else plain(value)


def _moment(serial: float, datemode: int) -> Value:
    """A day, a day with a time, or a time of the day; what is none of them stays a number."""
    import xlrd

    try:
        moment: dt.datetime = xlrd.xldate.xldate_as_datetime(serial, datemode)
    except (ValueError, OverflowError):
        return plain(serial)
    return moment.time() if 0 <= serial < 1 else plain(moment)


def _remarks(source: _Sheet) -> Iterator[tuple[tuple[int, int], Remark]]:
    import xlrd

    sheet = source.sheet
    has_struck = any(font.struck_out for font in source.book.font_list)
    for row in range(sheet.nrows):
        for col, kind in enumerate(sheet.row_types(row)):
            if kind == xlrd.XL_CELL_ERROR:
                text = xlrd.error_text_from_code.get(sheet.cell_value(row, col), "#N/A")
                yield (row + 1, col + 1), Remark(Mark.ERROR, text)
            elif has_struck and kind == xlrd.XL_CELL_TEXT and (text := _struck(source, row, col)):
                yield (row + 1, col + 1), Remark(Mark.STRUCK, text)
    for (row, col), note in sheet.cell_note_map.items():
        yield (row + 1, col + 1), Remark(Mark.COMMENT, note.text)


def _struck(source: _Sheet, row: int, col: int) -> str:
    """The struck part of a text: the cell's font holds up to the first run, then each run its own."""
    text = source.sheet.cell_value(row, col)
    style = source.sheet.cell_xf_index(row, col)
    font = source.book.xf_list[style].font_index if style < len(source.book.xf_list) else 0
    runs = [(0, font), *source.sheet.rich_text_runlist_map.get((row, col), ()), (len(text), font)]
    fonts = source.book.font_list
    return "".join(
        text[start:end]
        for (start, number), (end, _) in pairwise(runs)
        if number < len(fonts) and fonts[number].struck_out
    )
