"""The sheets 按单位 and 按领导 of 汇总台账.xlsx: the figures of every unit and leader, the quality of every unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.figures.quality import rule_of
from toolkit.ledger.status import Status
from toolkit.workbooks.consolidated_sheets import HEAD_ROW, Consolidated, titled, write_headings
from toolkit.workbooks.formats import Look, print_setup, row_height
from toolkit.workbooks.ledger_sheet import write_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from toolkit.figures.counts import Figures, GroupFigures
    from toolkit.settings.sections import Words

BY_UNIT, BY_LEADER, TOTAL = "按单位", "按领导", "合计"
_QUALITY = (("质量得分", 10), ("得分说明", 62))


def write_units(workbook: Workbook, looks: Look, book: Consolidated) -> None:
    """按单位, with the score of each unit and what it is made of."""
    columns = (*_columns("单位", book.settings.words), *_QUALITY)
    sheet = _sheet(workbook, looks, book, BY_UNIT, columns)
    first = len(columns) - len(_QUALITY)
    for row, unit in enumerate(book.figures.units, HEAD_ROW + 1):
        _write_row(sheet, row, unit.name or "（未填写）", unit, looks)
        if unit.quality:
            write_cell(sheet, row, first, unit.quality.score, looks.centre)
            write_cell(sheet, row, first + 1, unit.quality.reasons, looks.text)
            sheet.set_row(
                row, row_height({"reasons": (unit.quality.reasons, float(_QUALITY[1][1]))})
            )
    last = HEAD_ROW + 1 + len(book.figures.units)
    _write_total(sheet, last, book.figures, looks)
    sheet.merge_range(
        last + 1, 0, last + 1, len(columns) - 1, rule_of(book.settings.scores), looks.subtitle
    )
    print_setup(sheet, title=BY_UNIT, head_row=HEAD_ROW, paper=9)


def write_leaders(workbook: Workbook, looks: Look, book: Consolidated) -> None:
    """按领导."""
    sheet = _sheet(workbook, looks, book, BY_LEADER, _columns("牵头领导", book.settings.words))
    for row, leader in enumerate(book.figures.leaders, HEAD_ROW + 1):
        _write_row(sheet, row, leader.name or "（未填写）", leader, looks)
    _write_total(sheet, HEAD_ROW + 1 + len(book.figures.leaders), book.figures, looks)
    print_setup(sheet, title=BY_LEADER, head_row=HEAD_ROW, paper=9)


def _columns(label: str, words: Words) -> tuple[tuple[str, int], ...]:
    counts = ((words.of(status), 12) for status in Status)
    return (
        (label, 34),
        ("问题数", 10),
        *counts,
        ("状态不明", 10),
        ("完成率", 12),
        ("逾期", 8),
        ("临期", 8),
    )


def _sheet(
    workbook: Workbook,
    looks: Look,
    book: Consolidated,
    name: str,
    columns: Sequence[tuple[str, int]],
) -> Worksheet:
    sheet = titled(workbook, looks, book, name, len(columns) - 1)
    write_headings(sheet, looks, HEAD_ROW, columns)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    return sheet


def _values(group: GroupFigures | Figures) -> tuple[object, ...]:
    counts = (group.by_status[status] for status in Status)
    return (
        group.problems,
        *counts,
        group.unknown_status,
        group.completion.text,
        group.overdue,
        group.due_soon,
    )


def _write_row(sheet: Worksheet, row: int, name: str, group: GroupFigures, looks: Look) -> None:
    write_cell(sheet, row, 0, name, looks.text)
    for col, value in enumerate(_values(group), 1):
        write_cell(sheet, row, col, value, looks.centre)


def _write_total(sheet: Worksheet, row: int, figures: Figures, looks: Look) -> None:
    for col, value in enumerate((TOTAL, *_values(figures))):
        write_cell(sheet, row, col, value, looks.strong)
