""".xls of Excel 97–2003 and WPS .et (BIFF8): values by calamine, errors, hidden rows and notes by xlrd."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from toolkit.sheets import values
from toolkit.sheets.gate import UnreadableFile
from toolkit.sheets.grid import Book, Grid, Mark, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK_STREAM = "Workbook".encode("utf-16-le")
_ERROR_CELL = 5


def accepts(data: bytes) -> bool:
    """Whether this is an OLE file with a workbook stream."""
    return data.startswith(_OLE) and (_WORKBOOK_STREAM in data or "Book".encode("utf-16-le") in data)


def read(data: bytes, name: str) -> Book:
    """All sheets, with what xlrd knows of each."""
    import xlrd

    grids = values.read(data, name)
    try:
        workbook = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=_Silent())
    except (xlrd.XLRDError, AssertionError, IndexError, KeyError, ValueError, OSError) as broken:
        raise UnreadableFile("文件已损坏或格式不规范，无法读取；请用Excel或WPS打开后另存为.xlsx重新报送。") from broken
    sheets = {sheet.name: sheet for sheet in workbook.sheets()}
    return Book("xls", tuple(_with_facts(grid, sheets[grid.name]) for grid in grids))


class _Silent:
    """xlrd prints; we do not."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""


def _with_facts(grid: Grid, sheet: Any) -> Grid:
    remarks: dict[tuple[int, int], tuple[Remark, ...]] = {}
    for place, remark in _remarks(sheet):
        remarks[place] = (*remarks.get(place, ()), remark)
    rows = frozenset(row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden)
    cols = frozenset(col + 1 for col, info in sheet.colinfo_map.items() if info.hidden)
    return Grid(grid.name, grid.rows, grid.merges, bool(sheet.visibility), rows, cols, MappingProxyType(remarks))


def _remarks(sheet: Any) -> Iterator[tuple[tuple[int, int], Remark]]:
    import xlrd

    for row in range(sheet.nrows):
        for col, kind in enumerate(sheet.row_types(row)):
            if kind == _ERROR_CELL:
                text = xlrd.error_text_from_code.get(sheet.cell_value(row, col), "#N/A")
                yield (row + 1, col + 1), Remark(Mark.ERROR, text)
    for (row, col), note in sheet.cell_note_map.items():
        yield (row + 1, col + 1), Remark(Mark.COMMENT, note.text)
