"""The sheets 按单位 and 按领导 of 汇总台账.xlsx: the figures of every unit and leader, the quality of every unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.figures.own_sums import summed
from toolkit.figures.printed import By, Printed, Quoted, Ref, Source
from toolkit.figures.quality import rule_of
from toolkit.figures.table import FIGURES, RATES
from toolkit.workbooks.consolidated_sheets import HEAD_ROW, titled, write_headings
from toolkit.workbooks.formats import Look, print_setup, row_height

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from toolkit.figures.counts import Totals
    from toolkit.settings.model import Settings
    from toolkit.state import State
    from toolkit.workbooks.number_cells import NumberCells

BY_UNIT, BY_LEADER, TOTAL = "按单位", "按领导", "合计"
_QUALITY = (("质量得分", 10), ("得分说明", 62))
# The figures that groups have, in the order of the table, each rate behind what it is a share of.
CODES = tuple(
    code
    for figure in FIGURES
    if figure.is_grouped
    for code in (
        figure.code,
        *(rate.code for rate in RATES if rate.after == figure.code),
    )
)


def column_of(code: str) -> int:
    """The column of a figure in both sheets, from 0. Raises ValueError for one that groups do not have."""
    return CODES.index(code) + 1


def write_units(workbook: Workbook, looks: Look, state: State, cells: NumberCells) -> None:
    """按单位, with the score of each unit and what it is made of."""
    columns = (*_columns("单位", state.settings), *_QUALITY)
    sheet = _sheet(workbook, looks, state, BY_UNIT, columns, cells)
    first = len(columns) - len(_QUALITY)
    for row, unit in enumerate(state.figures.units, HEAD_ROW + 1):
        _write_row(sheet, row, unit, looks, cells)
        found = state.figures.quality[unit.name]
        score = Printed(str(found.score), Ref("quality.score", By.UNIT, unit.name))
        cells.number(sheet, (row, first), score, looks.centre)
        reasons = cells.text(sheet, (row, first + 1), found.reasons(unit.name), looks.text)
        sheet.set_row(row, row_height({"reasons": (reasons, float(_QUALITY[1][1]))}))
    last = HEAD_ROW + 1 + len(state.figures.units)
    _write_figures(sheet, last, state.figures.whole, looks.strong, cells)
    cells.label(sheet, (last, 0), TOTAL, looks.strong)
    rule = (Quoted(rule_of(state.settings.scores), Source.LABEL),)
    cells.merged(sheet, (last + 1, 0, last + 1, len(columns) - 1), rule, looks.subtitle)
    print_setup(sheet, title=BY_UNIT, head_row=HEAD_ROW, paper=9)


def write_leaders(workbook: Workbook, looks: Look, state: State, cells: NumberCells) -> None:
    """按领导."""
    columns = _columns("牵头领导", state.settings)
    sheet = _sheet(workbook, looks, state, BY_LEADER, columns, cells)
    for row, leader in enumerate(state.figures.leaders, HEAD_ROW + 1):
        _write_row(sheet, row, leader, looks, cells)
    last = HEAD_ROW + 1 + len(state.figures.leaders)
    _write_figures(sheet, last, state.figures.whole, looks.strong, cells)
    cells.label(sheet, (last, 0), TOTAL, looks.strong)
    print_setup(sheet, title=BY_LEADER, head_row=HEAD_ROW, paper=9)


def _columns(label: str, settings: Settings) -> tuple[tuple[str, int], ...]:
    words = settings.words
    names = {figure.code: _heading(figure.name_in(words), figure.unit) for figure in FIGURES}
    names |= {rate.code: rate.name for rate in RATES}
    own = ((f"合计·{column.heading}", 16) for column in summed(settings.form))
    return ((label, 34), *((names[code], 12) for code in CODES), *own)


def _heading(name: str, unit: str) -> str:
    """An amount says its unit: a column of plain counts of problems does not."""
    return f"{name}（{unit}）" if unit not in ("个", "人次") else name


def _sheet(
    workbook: Workbook,
    looks: Look,
    state: State,
    name: str,
    columns: Sequence[tuple[str, int]],
    cells: NumberCells,
) -> Worksheet:
    sheet = titled(workbook, looks, state, name, len(columns) - 1)
    write_headings(sheet, looks, HEAD_ROW, columns)
    for col, (heading, _) in enumerate(columns):
        cells.label(sheet, (HEAD_ROW, col), heading, looks.head)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    return sheet


def _write_row(sheet: Worksheet, row: int, group: Totals, looks: Look, cells: NumberCells) -> None:
    cells.label(sheet, (row, 0), group.name or "（未填写）", looks.text)
    _write_figures(sheet, row, group, looks.centre, cells)


def _write_figures(
    sheet: Worksheet, row: int, group: Totals, style: Format, cells: NumberCells
) -> None:
    for col, code in enumerate((*CODES, *group.sums), 1):
        cells.figure(sheet, (row, col), group, code, style)
