"""整改台账.xlsx: the ledger that a department fills, blank or with its items already in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit import __version__
from toolkit.ledger.columns import COLUMNS, Filler
from toolkit.sheets.write import new_workbook
from toolkit.workbooks.ledger_sheet import (
    KEY_HEADER,
    LEDGER_SHEET,
    style_of,
    validate,
    write_cell,
    write_dictionary,
    write_head,
    write_items,
)
from toolkit.workbooks.look import Look, look, print_setup

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from toolkit.ledger.entry import Entry
    from toolkit.settings import Settings

TEMPLATE_ID = "zhenggai.ledger"
HEAD_ROW, FIRST_ROW = 2, 3
BLANK_ROWS = 50
_HELP_SHEET, _IDENTITY_SHEET = "填表说明", "_标识"
_HOW = (
    "1. 白色栏目由责任单位填写，灰色栏目由整改办填写，请不要改动灰色内容、问题编号和表头。",
    "2. 可以调整列宽、行高，不要合并单元格、增删列；不是本单位的问题请不要填写。",
    "3. 整改状态从下拉列表中选择；“已完成”的必须填写完成时间和佐证材料；逾期未完成的必须填写存在困难和下一步措施。",
    "4. 整改进展情况写入通报，请写清做了什么、形成了什么、取得了什么实效，有时间、数据和文件名称，不写空话。",
    "5. 填好后保存为.xlsx，原样报回整改办；不要改成图片或PDF，不要设置打开密码。",
)


def write_ledger(
    path: Path, entries: Sequence[Entry], settings: Settings, created: datetime, *, unit: str = "", report: str = ""
) -> None:
    """Write a ledger for a unit (or the blank template, without entries): sheet, help, hidden identity and row keys.

    `report` is what stands behind 填报时间： ("" leaves it to be filled in).
    """
    properties = {"模板": TEMPLATE_ID, "版本": __version__, "单位": unit}
    workbook = new_workbook(path, created, {name: value for name, value in properties.items() if value})
    looks = look(workbook)
    sheet = workbook.add_worksheet(LEDGER_SHEET)
    _write_title(sheet, looks, settings, unit, report)
    write_head(sheet, HEAD_ROW, looks)
    items = [entry.item for entry in entries]
    write_items(sheet, FIRST_ROW, items, settings, looks)
    last = FIRST_ROW + len(items) + (0 if items else BLANK_ROWS)
    for row in range(FIRST_ROW + len(items), last):
        for col, column in enumerate(COLUMNS):
            write_cell(sheet, row, col, None, style_of(column, looks))
        sheet.set_row(row, 34)
    _write_keys(sheet, [item.id for item in items], looks)
    _write_help(workbook, looks)
    _write_identity(workbook, properties, [item.id for item in items])
    validate(sheet, FIRST_ROW, last + BLANK_ROWS, write_dictionary(workbook, settings))
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.autofilter(HEAD_ROW, 0, max(last - 1, FIRST_ROW), len(COLUMNS) - 1)
    print_setup(sheet, title="整改台账", head_row=HEAD_ROW)
    sheet.print_area(0, 0, max(last - 1, FIRST_ROW), len(COLUMNS) - 1)
    workbook.close()


def _write_title(sheet: Worksheet, looks: Look, settings: Settings, unit: str, report: str) -> None:
    task = settings.task
    about = f"{task.round_name}巡察整改台账" if task.round_name else "巡察反馈意见整改台账"
    mark = "（样例数据，纯属虚构）" if task.sample else ""
    sheet.merge_range(0, 0, 0, len(COLUMNS) - 1, f"{task.issuer_short}{about}{mark}", looks.title)
    sheet.set_row(0, 34)
    line = f"填报单位：{unit or '　　　　　　　　'}    填报时间：{report or '　　　　　　'}    联系人及电话："
    sheet.merge_range(1, 0, 1, len(COLUMNS) - 1, line, looks.subtitle)
    sheet.set_row(1, 22)


def _write_keys(sheet: Worksheet, ids: Sequence[str], looks: Look) -> None:
    """The hidden column at the far right: the id of each row, whatever becomes of the visible one."""
    col = len(COLUMNS)
    sheet.set_column(col, col, 10, looks.plain, {"hidden": True})
    sheet.write_string(HEAD_ROW, col, KEY_HEADER)
    for row, item_id in enumerate(ids, FIRST_ROW):
        sheet.write_string(row, col, item_id)


def _write_help(workbook: Workbook, looks: Look) -> None:
    sheet = workbook.add_worksheet(_HELP_SHEET)
    for row, line in enumerate(_HOW):
        sheet.merge_range(row, 0, row, 4, line, looks.subtitle)
        sheet.set_row(row, 30)
    head = len(_HOW) + 1
    for col, (text, width) in enumerate((("栏目", 20), ("谁填", 12), ("是否必填", 10), ("说明", 62), ("举例", 46))):
        sheet.set_column(col, col, width, looks.plain)
        sheet.write_string(head, col, text, looks.head)
    for row, column in enumerate(COLUMNS, head + 1):
        office = column.filled_by is Filler.OFFICE
        cells = (
            column.header,
            column.filled_by.value,
            "必填" if column.required else "",
            column.explanation,
            column.example,
        )
        for col, text in enumerate(cells):
            sheet.write_string(row, col, text, looks.office if office else looks.text)
        sheet.set_row(row, 32)
    print_setup(sheet, title=_HELP_SHEET, head_row=-1, paper=9)


def _write_identity(workbook: Workbook, properties: dict[str, str], ids: Sequence[str]) -> None:
    sheet = workbook.add_worksheet(_IDENTITY_SHEET)
    sheet.very_hidden()
    for row, (name, value) in enumerate(properties.items()):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    for row, item_id in enumerate(ids, len(properties) + 1):
        sheet.write_number(row, 0, FIRST_ROW + row - len(properties))
        sheet.write_string(row, 1, item_id)
