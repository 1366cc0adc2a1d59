"""Values and merged ranges through python-calamine, for the formats that it reads."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from toolkit.sheets.gate import SEND, UnreadableFile
from toolkit.sheets.grid import Grid, Range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.sheets.grid import Value


_BROKEN = f"文件已损坏或格式不规范，无法读取；请用Excel或WPS打开后检查，{SEND}"


def read(data: bytes, name: str) -> tuple[Grid, ...]:
    """Every sheet with its values at their true addresses (calamine trims leading blanks unless told not to)."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

    del name
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [meta.name for meta in workbook.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
        return tuple(_grid(workbook, sheet) for sheet in sheets)
    except (CalamineError, OSError, ValueError) as broken:
        raise UnreadableFile(_BROKEN) from broken
    except BaseException as panic:
        if type(panic).__name__ != "PanicException":  # what calamine's Rust raises on damage it did not foresee
            raise
        raise UnreadableFile(_BROKEN) from panic


def _grid(workbook: Any, name: str) -> Grid:
    sheet = workbook.get_sheet_by_name(name)
    rows = sheet.to_python(skip_empty_area=False)
    merges = tuple(
        Range(first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1) for first, last in sheet.merged_cell_ranges or ()
    )
    return Grid(name, _trimmed([[_plain(value) for value in row] for row in rows]), merges)


def _plain(value: Any) -> Value:
    if type(value) is str:
        return value or None
    if type(value) is float and value.is_integer():
        return int(value)
    if type(value) is dt.datetime and value.time() == dt.time():
        return value.date()
    return value  # type: ignore[no-any-return]


def _trimmed(rows: Sequence[Sequence[Value]]) -> Sequence[Sequence[Value]]:
    """Without the blank rows at the end."""
    last = len(rows)
    while last and not any(value is not None for value in rows[last - 1]):
        last -= 1
    return rows[:last]
