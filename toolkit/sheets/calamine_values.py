"""Values and merged ranges through python-calamine, of packages that were written by `readers.ooxml` itself."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from toolkit.packages.gate import BROKEN, LIMITS, SEND, Limits, UnreadableFile
from toolkit.sheets.grid import Grid, Range

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from toolkit.sheets.grid import Value


def read(data: bytes) -> tuple[Grid, ...]:
    """Every sheet with its values at their true addresses (calamine trims leading blanks unless told not to)."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return tuple(_grid(workbook, name) for name in workbook.sheet_names)
    except (CalamineError, OSError, ValueError, OverflowError) as broken:
        raise UnreadableFile(BROKEN) from broken
    except BaseException as panic:
        if (
            type(panic).__name__ != "PanicException"
        ):  # what calamine's Rust raises on damage it did not foresee
            raise
        raise UnreadableFile(BROKEN) from panic


def _grid(workbook: Any, name: str) -> Grid:
    sheet = workbook.get_sheet_by_name(name)
    rows = [
        [value if type(value) is str and value else plain(value) for value in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]
    merges = (
        Range(first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1)
        for first, last in sheet.merged_cell_ranges or ()
    )
    return grid_of(name, rows, merges)


def plain(value: Any) -> Value:
    """One value as grids hold it: blank text is None, whole numbers are int, a day without a time is a date."""
    if type(value) is str:
        return value or None
    if type(value) is float and value.is_integer():
        return int(value)
    if type(value) is dt.datetime and value.time() == dt.time():
        return value.date()
    return value  # type: ignore[no-any-return]


def grid_of(name: str, rows: Sequence[Sequence[Value]], merges: Any) -> Grid:
    """A grid without the blank rows at its end; merges end where the rows end, overlapping ones are an error."""
    last = len(rows)
    while last and not any(value is not None for value in rows[last - 1]):
        last -= 1
    width = max((len(row) for row in rows[:last]), default=0)
    clipped = tuple(kept for merge in merges if (kept := _clipped(merge, last, width)))
    covered = sum((m.last_row - m.first_row + 1) * (m.last_col - m.first_col + 1) for m in clipped)
    if covered > 2 * last * width:
        raise UnreadableFile(f"工作表“{name}”的合并单元格互相重叠，为安全起见未打开；{SEND}")
    return Grid(name, rows[:last], clipped)


def refuse_texts(grids: Iterable[Grid], limits: Limits = LIMITS) -> None:
    """Raise UnreadableFile where few texts fill many cells: small in the file, and endless for whoever works on them."""
    size = sum(
        len(value) for grid in grids for row in grid.rows for value in row if type(value) is str
    )
    if size > limits.text_bytes // 2:
        raise UnreadableFile(f"单元格文字总量异常大，为安全起见未打开；请只保留台账内容，{SEND}")


def _clipped(merge: Range, rows: int, cols: int) -> Range | None:
    """The part of a merge inside the used rectangle; None where that is not more than one cell."""
    if (
        merge.first_row > rows
        or merge.first_col > cols
        or merge.first_row < 1
        or merge.first_col < 1
    ):
        return None
    last_row, last_col = min(merge.last_row, rows), min(merge.last_col, cols)
    if last_row < merge.first_row or last_col < merge.first_col:
        return None
    if (last_row, last_col) == (merge.first_row, merge.first_col):
        return None
    return Range(merge.first_row, merge.first_col, last_row, last_col)
