"""Values through python-calamine, of packages that were written by `readers.ooxml` itself; values as grids hold them."""

from __future__ import annotations

import datetime as dt
import io
import math
from typing import TYPE_CHECKING, Any

from toolkit.packages.gate import BROKEN, LIMITS, SEND, Limits, UnreadableFile
from toolkit.sheets.grid import Grid, Range

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from toolkit.sheets.grid import Value

    Rows = list[list[Value]]


class ParserRefused(UnreadableFile):
    """calamine met a value that it does not know, in a package of ours."""


def read(data: bytes) -> tuple[Rows, ...]:
    """The values of every sheet at their true addresses (calamine trims leading blanks unless told not to)."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return tuple(_rows(workbook, name) for name in workbook.sheet_names)
    except (CalamineError, OSError, ValueError, OverflowError) as broken:
        raise ParserRefused(BROKEN) from broken
    except BaseException as panic:
        if (
            type(panic).__name__ != "PanicException"
        ):  # what calamine's Rust raises on damage it did not foresee
            raise
        raise ParserRefused(BROKEN) from panic


def _rows(workbook: Any, name: str) -> Rows:
    sheet = workbook.get_sheet_by_name(name)
    return [
        [value if type(value) is str and value else plain(value) for value in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]


def plain(value: Any) -> Value:
    """One value as grids hold it: blank text is None, whole numbers are int, a day without a time is a date.

    A number has the fifteen figures that a workbook shows of it: 0.30000000000000004 is 0.3.
    """
    if type(value) is str:
        return value or None
    if type(value) is float:
        return _number(value)
    if type(value) is dt.datetime and value.time() == dt.time():
        return value.date()
    return value  # type: ignore[no-any-return]


def _number(value: float) -> Value:
    if not math.isfinite(value):
        return None  # no program writes it, and none shows it
    return int(value) if value.is_integer() else float(f"{value:.15g}")


def grid_of(name: str, rows: Sequence[Sequence[Value]], merges: Iterable[Range]) -> Grid:
    """A grid without the blank rows at its end; merges end where the rows end, overlapping ones are an error."""
    last = len(rows)
    while last and not any(_is_something(value) for value in rows[last - 1]):
        last -= 1
    width = max((len(row) for row in rows[:last]), default=0)
    clipped = tuple(kept for merge in merges if (kept := _clipped(merge, last, width)))
    covered = sum((m.last_row - m.first_row + 1) * (m.last_col - m.first_col + 1) for m in clipped)
    if covered > 2 * last * width:
        raise UnreadableFile(f"工作表“{name}”的合并单元格互相重叠，为安全起见未打开；{SEND}")
    return Grid(name, rows[:last], clipped)


def _is_something(value: Value) -> bool:
    return value is not None and not (type(value) is str and value.isspace())


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
