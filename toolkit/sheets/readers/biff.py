""".xls of Excel 97–2003 and WPS .et (BIFF8): values by calamine, errors, hidden rows and notes by xlrd."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from toolkit.sheets import values
from toolkit.sheets.gate import LIMITS, SEND, UnreadableFile, refuse_size
from toolkit.sheets.grid import Book, Grid, Mark, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK_STREAM = "Workbook".encode("utf-16-le")


def accepts(data: bytes) -> bool:
    """Whether this is an OLE file with a workbook stream."""
    return data.startswith(_OLE) and (_WORKBOOK_STREAM in data or "Book".encode("utf-16-le") in data)


def read(data: bytes, name: str) -> Book:
    """All sheets, with what xlrd knows of each; xlrd goes first because it allocates no rectangle."""
    import xlrd

    refuse_size(data, LIMITS.plain_bytes)
    try:
        workbook = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=_Silent())
    except Exception as broken:  # xlrd meets damage with errors of every kind; it reads bytes only, so none is ours
        raise UnreadableFile(f"文件已损坏或格式不规范，无法读取；请用Excel或WPS打开后检查，{SEND}") from broken
    sheets = {sheet.name: sheet for sheet in workbook.sheets()}
    for sheet in sheets.values():
        width = max((sheet.row_len(row) for row in range(sheet.nrows)), default=0)
        if sheet.nrows * width > LIMITS.cells:
            raise UnreadableFile(f"工作表“{sheet.name}”的使用范围异常大；请删除台账以外的空行空列，{SEND}")
    facts = {name: _facts(sheet, workbook) for name, sheet in sheets.items()}
    hidden = {name: bool(sheet.visibility) for name, sheet in sheets.items()}
    workbook.release_resources()
    return Book("xls", tuple(_with_facts(grid, facts, hidden) for grid in values.read(data, name)))


class _Silent:
    """xlrd prints; we do not."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""


@dataclass(frozen=True, slots=True)
class _Facts:
    rows: frozenset[int]
    cols: frozenset[int]
    remarks: dict[tuple[int, int], tuple[Remark, ...]]


def _with_facts(grid: Grid, facts: Mapping[str, _Facts], hidden: Mapping[str, bool]) -> Grid:
    own = facts.get(grid.name)
    if own is None:
        return grid
    return Grid(grid.name, grid.rows, grid.merges, hidden[grid.name], own.rows, own.cols, MappingProxyType(own.remarks))


def _facts(sheet: Any, workbook: Any) -> _Facts:
    remarks: dict[tuple[int, int], tuple[Remark, ...]] = {}
    for place, remark in _remarks(sheet, workbook):
        remarks[place] = (*remarks.get(place, ()), remark)
    rows = frozenset(row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden)
    cols = frozenset(col + 1 for col, info in sheet.colinfo_map.items() if info.hidden)
    return _Facts(rows, cols, remarks)


def _remarks(sheet: Any, workbook: Any) -> Iterator[tuple[tuple[int, int], Remark]]:
    import xlrd

    has_struck = any(font.struck_out for font in workbook.font_list)
    for row in range(sheet.nrows):
        for col, kind in enumerate(sheet.row_types(row)):
            if kind == xlrd.XL_CELL_ERROR:
                text = xlrd.error_text_from_code.get(sheet.cell_value(row, col), "#N/A")
                yield (row + 1, col + 1), Remark(Mark.ERROR, text)
            elif has_struck and kind == xlrd.XL_CELL_TEXT and (text := _struck(sheet, workbook, row, col)):
                yield (row + 1, col + 1), Remark(Mark.STRUCK, text)
    for (row, col), note in sheet.cell_note_map.items():
        yield (row + 1, col + 1), Remark(Mark.COMMENT, note.text)


def _struck(sheet: Any, workbook: Any, row: int, col: int) -> str:
    """The struck part of a text: the cell's font holds up to the first run, then each run its own."""
    text = sheet.cell_value(row, col)
    font = workbook.xf_list[sheet.cell_xf_index(row, col)].font_index
    runs = [(0, font), *sheet.rich_text_runlist_map.get((row, col), ()), (len(text), font)]
    fonts = workbook.font_list
    return "".join(
        text[start:end]
        for (start, number), (end, _) in pairwise(runs)
        if number < len(fonts) and fonts[number].struck_out
    )
