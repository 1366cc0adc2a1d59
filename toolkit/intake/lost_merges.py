"""Merges that were lost on the way (values pasted, saved as csv): the first row says it, those below are blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.intake.codes import finding
from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.finding import Place
from toolkit.ledger.joining import shortened
from toolkit.ledger.text import means_nothing
from toolkit.sheets.grid import address

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.intake.cells import Cells
    from toolkit.intake.raw_row import Raw
    from toolkit.ledger.finding import Finding

# The levels above the problem that the row names itself, highest first, and what is merged along with a level.
_ABOVE = {
    "problem": ("source", "main_problem", "sub_problem"),
    "sub_problem": ("source", "main_problem"),
}
_LEVELS = frozenset({"main_problem", "sub_problem"})
_ALONGSIDE = ("lead_leader", "lead_unit", "owner", "deadline")
_LISTED, _SHOWN = 5, 30


def inherit(raw: Raw, above: Raw | None, cells: Cells) -> None:
    """Fill what a lost merge left blank in this row: the levels above its problem, and who answers for them until when.

    `above` is the row before it in the same section. A row that names no problem of its own inherits nothing here, and
    neither does a row of our own workbooks, whose cells were never merged.
    """
    if above is None or raw.key:
        return
    lowest = next((code for code in ("problem", "sub_problem") if _says(raw, code)), "")
    levels = []
    for code in _ABOVE.get(lowest, ()):
        if code in raw.cells and raw.cells[code] != above.cells.get(code):
            break  # another group begins: what stands above is not its
        if _take(raw, above, code, cells):
            levels.append(code)
    if _LEVELS.intersection(levels):
        levels += [code for code in _ALONGSIDE if _take(raw, above, code, cells)]
    raw.inherited = levels


def _says(raw: Raw, code: str) -> bool:
    value = raw.cells.get(code)
    return isinstance(value, str) and code not in raw.at and not means_nothing(value)


def _take(raw: Raw, above: Raw, code: str, cells: Cells) -> bool:
    """The value of the row above where this row's own cell is blank; whether there was one."""
    if (
        code in raw.cells
        or code in raw.faults
        or code not in above.cells
        or code not in cells.columns
    ):
        return False
    raw.cells[code], raw.typed[code] = above.cells[code], above.typed[code]
    raw.at[code] = above.at.get(code, (above.number, cells.columns[code]))
    return True


def lost_merge_findings(rows: Sequence[Raw], cells: Cells, place: Place) -> Iterator[Finding]:
    """Which rows inherited what, one finding a column; `place` is the sheet."""
    for code in dict.fromkeys(code for raw in rows for code in raw.inherited):
        heirs = [raw for raw in rows if code in raw.inherited]
        numbers = "、".join(str(raw.number) for raw in heirs[:_LISTED])
        rest = "等" if len(heirs) > _LISTED else ""
        first = heirs[0]
        header, text = BY_CODE[code].header, shortened(first.typed[code], _SHOWN)
        message = (
            f"第{numbers}{rest}行的{header}空着，像是合并单元格丢失，按上面一行的内容读取，"
            f"如第{first.number}行读为“{text}”。"
        )
        cell = address(first.number, cells.columns[code])
        yield finding(
            "X221",
            Place(place.file, place.sheet, cell),
            message,
            f"请核对，并逐行填写{header}。",
            column=code,
            value=first.typed[code],
        )
