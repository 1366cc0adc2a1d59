""".xls of Excel 97–2003 and WPS .et (BIFF8), all of it by xlrd: values, errors, merges, hidden parts, notes, struck text."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from toolkit.packages.gate import BROKEN, LIMITS, SEND, UnreadableFile, refuse_size
from toolkit.sheets.calamine_values import grid_of, plain, refuse_texts
from toolkit.sheets.cell_pictures import with_pictures
from toolkit.sheets.grid import Book, Grid, Mark, Range, Remark
from toolkit.sheets.number_format import differs, display, display_text, is_date, may_differ
from toolkit.sheets.ole import MAGIC, WORKBOOKS, entries, streams
from toolkit.sheets.stylesheet import BUILT_IN

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from toolkit.sheets.grid import Value
    from toolkit.sheets.number_format import Display

_MACROS = "工作簿含有宏，已忽略，未执行。"


def accepts(data: bytes) -> bool:
    """Whether this is an OLE file with a workbook stream."""
    return data.startswith(MAGIC) and not WORKBOOKS.isdisjoint(streams(data))


def read(data: bytes, name: str) -> Book:
    """All sheets, hidden ones too; raises UnreadableFile."""
    import xlrd

    del name
    refuse_size(len(data), LIMITS.plain_bytes)
    try:
        workbook = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=_Silent()
        )
    except Exception as broken:  # xlrd meets damage with errors of every kind; it reads bytes only, so none is ours
        raise UnreadableFile(BROKEN) from broken
    codes = tuple(_code(workbook, xf.format_key) for xf in workbook.xf_list)
    grids = tuple(_grid(_Sheet(sheet, workbook, codes)) for sheet in workbook.sheets())
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
    """One sheet of xlrd's with its book, and the number format of each cell style."""

    sheet: Any
    book: Any
    codes: tuple[str, ...]

    def code(self, row: int, col: int) -> str:
        """The number format of a cell."""
        style = self.sheet.cell_xf_index(row, col)
        return self.codes[style] if style < len(self.codes) else ""


def _code(workbook: Any, key: int) -> str:
    entry = workbook.format_map.get(key)
    return (entry.format_str if entry else "") or BUILT_IN.get(key, "")


def _grid(source: _Sheet) -> Grid:
    sheet = source.sheet
    rows = [_row(source, row) for row in range(sheet.nrows)]
    merges = (
        Range(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells
    )
    grid = with_pictures(grid_of(sheet.name, rows, merges))
    remarks = dict(grid.remarks)
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
        MappingProxyType(dict(_displays(source))),
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
    if kind not in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return plain(value)
    return _moment(value, source.book.datemode) if is_date(source.code(row, col)) else plain(value)


def _displays(source: _Sheet) -> Iterator[tuple[tuple[int, int], Display]]:
    """What is shown of each cell under a format that may show something else than is stored."""
    import xlrd

    if not any(may_differ(code) for code in source.codes):
        return
    for row in range(source.sheet.nrows):
        for col, kind in enumerate(source.sheet.row_types(row)):
            code = source.code(row, col)
            value = source.sheet.cell_value(row, col)
            if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE) and may_differ(code):
                shown = display(code, value, from_1904=bool(source.book.datemode))
                if differs(shown, code, value):
                    yield (row + 1, col + 1), shown
            elif kind == xlrd.XL_CELL_TEXT and (words := display_text(code, value)):
                yield (row + 1, col + 1), words


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
