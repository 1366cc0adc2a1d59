"""整改台账.xlsx: the ledger that a department fills, blank or with its items already in it; it checks itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit import __version__
from toolkit.checks.fields import LONGEST
from toolkit.ledger.entry import own_headings
from toolkit.ledger.finding import Severity
from toolkit.ledger.status import worded
from toolkit.sheets.grid import column_letters
from toolkit.sheets.write import FormulaSheet, new_workbook
from toolkit.workbooks.formats import FILLS, GREEN, Look, filled_centre, look, print_setup
from toolkit.workbooks.layout import Layout, layout_of
from toolkit.workbooks.ledger_row import LedgerRow, row_of_entry
from toolkit.workbooks.ledger_sheet import (
    LEDGER_SHEET,
    validate,
    write_cell,
    write_dictionary,
    write_head,
    write_row,
)
from toolkit.workbooks.selfcheck import CLEAN, SELF_CHECK, SelfCheck, counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from toolkit.ledger.entry import Entry
    from toolkit.ledger.form import FormColumn
    from toolkit.settings.model import Settings

TEMPLATE_ID = "zhenggai.ledger"
HEAD_ROW, FIRST_ROW = 2, 3
BLANK_ROWS = 50
_BLANK_HEIGHT = 34
_CHECK_WIDTH = 30
# Columns that the line above the table takes: who reports, the counter, each word of the legend.
_WHO_COLS, _COUNTER_COLS, _LEGEND_COLS = 5, 2, 2
_LEGEND = ((Severity.ERROR, "须改正"), (Severity.WARNING, "请核对"), (Severity.NOTE, "请留意"))
_HELP_SHEET, _IDENTITY_SHEET = "填表说明", "_标识"
_HOW = (
    "1. 白色栏目由责任单位填写，灰色栏目由整改办填写，请不要改动灰色内容、问题编号和表头。",
    "2. 可以调整列宽、行高，不要合并单元格、增删列；不是本单位的问题请不要填写。",
    "3. 整改状态从下拉列表中选择；“{DONE}”的必须填写完成时间和佐证材料；逾期未完成的必须填写存在困难和下一步措施。",
    "4. 整改进展情况写入通报，请写清做了什么、形成了什么、取得了什么实效，有时间、数据和文件名称，不写空话。",
    "5. 右侧“自检”一栏随填随查：打“√”的没有发现问题，其余写明缺什么；有问题的单元格变色，红色须改正，黄色请核对，蓝色请留意。自检不能代替核查，整改办收到后还会核对全部规则。",
    "6. 填好后保存为.xlsx，原样报回整改办；不要改成图片或PDF，不要设置打开密码。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """A ledger to be written: its rows, whose it is ("" for the whole or the blank one), what stands behind 填报时间：.

    `code` is that of the state that the rows are from: when the workbook comes back, it says what stood in its cells.
    `check` is its self-check, where many ledgers of the same settings, day and columns share one; `own` are the paths of
    own columns: those that the form does not know stand right of its columns.
    """

    rows: Sequence[LedgerRow]
    settings: Settings
    created: datetime
    unit: str = ""
    report: str = ""
    code: str = ""
    check: SelfCheck | None = None
    own: Sequence[str] = ()


def write_ledger(
    path: Path,
    entries: Sequence[Entry],
    settings: Settings,
    created: datetime,
    *,
    unit: str = "",
    report: str = "",
    code: str = "",
) -> None:
    """Write a ledger for a unit (or the blank template, without entries): sheet, help, hidden identity and row keys.

    `report` is what stands behind 填报时间： ("" leaves it to be filled in). 自检 counts overdue from `created` until a
    spreadsheet calculates it anew.
    """
    ledger = Ledger(
        rows=[row_of_entry(entry, settings) for entry in entries],
        settings=settings,
        created=created,
        unit=unit,
        report=report,
        code=code,
        own=own_headings(entries),
    )
    write(path, ledger)


def write(path: Path, ledger: Ledger) -> None:
    """Write a ledger as a workbook of its own."""
    workbook = open_ledger(path, ledger)
    add_ledger(workbook, look(workbook), ledger)
    workbook.close()


def open_ledger(path: Path, ledger: Ledger) -> Workbook:
    """A new workbook that says in its properties which template it is and whose."""
    return new_workbook(
        path, ledger.created, {name: text for name, text in _identity(ledger).items() if text}
    )


def _identity(ledger: Ledger) -> dict[str, str]:
    return identity_of(ledger.unit, ledger.code)


def identity_of(unit: str, code: str) -> dict[str, str]:
    """What a ledger says of itself: which template it is, whose, and of which state ("" for none)."""
    identity = {"模板": TEMPLATE_ID, "版本": __version__, "单位": unit}
    return {**identity, "简码": code} if code else identity


def add_ledger(workbook: Workbook, looks: Look, ledger: Ledger) -> Worksheet:
    """Add the sheets of a ledger to a workbook; the sheet with the table."""
    sheet = add_form(workbook, looks, ledger)
    _write_identity(workbook, _identity(ledger), [row.key for row in ledger.rows])
    return sheet


def add_form(workbook: Workbook, looks: Look, ledger: Ledger) -> Worksheet:
    """Add the sheets of a ledger that are not about whose it is; the sheet with the table."""
    layout = layout_of(ledger.settings.form, ledger.own)
    check = ledger.check or SelfCheck(ledger.settings, ledger.created.date(), layout)
    sheet = workbook.add_worksheet(LEDGER_SHEET, worksheet_class=FormulaSheet)
    write_head(sheet, HEAD_ROW, looks, layout)
    texts = _write_rows(sheet, looks, ledger, check)
    last = FIRST_ROW + max(len(texts), 1) - 1
    line = _Line.in_width_of(layout)
    write_title(sheet, looks, ledger.settings, layout, ledger.unit, ledger.report)
    _write_counter(workbook, sheet, looks, check, texts, line)
    _write_help(workbook, looks, ledger.settings, layout)
    write_dictionary(workbook, check.lists)
    rows = (FIRST_ROW, last + BLANK_ROWS)
    validate(sheet, rows, check.ranges, check.parameter(LONGEST.name), ledger.settings, layout)
    _colour(workbook, sheet, check, last + BLANK_ROWS)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    # Sorting by the arrows moves whole rows: the hidden columns belong to the range.
    sheet.autofilter(HEAD_ROW, 0, last, check.first + len(check.columns) - 1)
    print_setup(sheet, title="整改台账", head_row=HEAD_ROW)
    sheet.print_area(0, 0, last, check.first - 1)
    return sheet


@dataclass(frozen=True, slots=True)
class _Line:
    """How many columns the parts of the line above the table take: who reports, the counter, each word of the legend."""

    who: int
    counter: int
    word: int

    @classmethod
    def in_width_of(cls, layout: Layout) -> _Line:
        """Less than usual where the table is narrower than all parts side by side."""
        wide = cls(_WHO_COLS, _COUNTER_COLS, _LEGEND_COLS)
        if layout.width >= wide.all:
            return wide
        return cls(max(layout.width - 1 - len(_LEGEND), 1), 1, 1)

    @property
    def all(self) -> int:
        return self.who + self.counter + self.word * len(_LEGEND)


def _span(sheet: Worksheet, row: int, first: int, cols: int, text: str, style: Format) -> None:
    """A text over so many columns of a row."""
    if cols == 1:
        sheet.write_string(row, first, text, style)
    else:
        sheet.merge_range(row, first, row, first + cols - 1, text, style)


def write_title(
    sheet: Worksheet,
    looks: Look,
    settings: Settings,
    layout: Layout,
    unit: str = "",
    report: str = "",
) -> None:
    """The title, and the line that says who reports (`unit`) and when (`report`); "" leaves it to be filled in."""
    task = settings.task
    about = f"{task.round_name}巡察整改台账" if task.round_name else "巡察反馈意见整改台账"
    title = f"{task.issuer_short}{about}{task.mark}"
    _span(sheet, 0, 0, layout.standard_width, title, looks.title)
    sheet.set_row(0, 34)
    who = _Line.in_width_of(layout).who
    _span(sheet, 1, 0, who, reported_by(unit, report), looks.subtitle)
    sheet.set_row(1, 22)


def reported_by(unit: str, report: str = "") -> str:
    """The line above the table: who reports and when, "" to be filled in."""
    return f"填报单位：{unit or '　　　　　　　　'}    填报时间：{report or '　　　　　　'}    联系人及电话："


def counter_cell(layout: Layout) -> str:
    """Where the counter of 自检 stands, above the table."""
    return f"{column_letters(_Line.in_width_of(layout).who + 1)}2"


def _write_rows(sheet: FormulaSheet, looks: Look, ledger: Ledger, check: SelfCheck) -> list[str]:
    """The rows (of a blank ledger, blank rows), each with its self-check; what that says of each."""
    for col, column in enumerate(check.columns, check.first):
        options = {"hidden": True} if column.hidden else {}
        sheet.set_column(col, col, 10 if column.hidden else _CHECK_WIDTH, looks.plain, options)
        sheet.write_string(HEAD_ROW, col, column.header, looks.head)
    rows = ledger.rows or (LedgerRow(cells={}),) * BLANK_ROWS
    last = FIRST_ROW + len(rows) - 1
    texts = []
    for number, row in enumerate(rows, FIRST_ROW):
        written = tuple(check.written(row, number + 1, is_first=number == FIRST_ROW))
        texts.append(str(written[0][2]))
        beside = {SELF_CHECK: (texts[-1], float(_CHECK_WIDTH))}
        write_row(sheet, number, row.cells, row.own, looks, check.layout, beside)
        if not row.cells:
            sheet.set_row(number, _BLANK_HEIGHT)
        for col, (column, formula, value) in enumerate(written, check.first):
            style = looks.plain if column.hidden else looks.check
            if column.is_shared:
                sheet.write_shared_formula((number, last), col, formula, style, value)
            elif formula:
                sheet.write_formula(number, col, formula, style, value)
            else:
                write_cell(sheet, number, col, value, looks.plain)
    return texts


def _write_counter(
    workbook: Workbook, sheet: Worksheet, looks: Look, check: SelfCheck, texts: Sequence[str], line: _Line,
) -> None:  # fmt: skip
    """Above the table: how many rows still have something to put right, and what the colours mean."""
    counter = check.counter(FIRST_ROW + 1, FIRST_ROW + len(texts) + BLANK_ROWS)
    _span(sheet, 1, line.who, line.counter, "", looks.subtitle)
    sheet.write_formula(1, line.who, counter, looks.subtitle, counted(texts))
    for number, (severity, words) in enumerate(_LEGEND):
        col = line.who + line.counter + number * line.word
        _span(sheet, 1, col, line.word, words, filled_centre(workbook, FILLS[severity]))


def _colour(workbook: Workbook, sheet: Worksheet, check: SelfCheck, last: int) -> None:
    """Colour the cells that 自检 speaks of, by severity, and 自检 itself."""
    for code, severity, condition in check.colours(FIRST_ROW + 1):
        col = check.layout.index[code]
        style = workbook.add_format({"bg_color": FILLS[severity]})
        rule = {"type": "formula", "criteria": condition, "format": style}
        sheet.conditional_format(FIRST_ROW, col, last, col, rule)
    clean = {
        "type": "cell",
        "criteria": "==",
        "value": f'"{CLEAN}"',
        "format": workbook.add_format({"font_color": GREEN}),
    }
    sheet.conditional_format(FIRST_ROW, check.first, last, check.first, clean)


def _write_help(workbook: Workbook, looks: Look, settings: Settings, layout: Layout) -> None:
    sheet = workbook.add_worksheet(_HELP_SHEET)
    for row, line in enumerate(_HOW):
        text = worded(line, settings.words.of)
        sheet.merge_range(row, 0, row, 4, text, looks.subtitle)
        sheet.set_row(row, 30)
    head = len(_HOW) + 1
    for col, (text, width) in enumerate(
        (("栏目", 20), ("谁填", 12), ("是否必填", 10), ("说明", 62), ("举例", 46))
    ):
        sheet.set_column(col, col, width, looks.plain)
        sheet.write_string(head, col, text, looks.head)
    for row, placed in enumerate(layout.columns, head + 1):
        column = placed.column
        explanation = column.explanation if column else _own_explanation(placed.form)
        cells = (
            placed.heading,
            placed.form.filled_by.value,
            "必填" if placed.form.required else "",
            worded(explanation, settings.words.of),
            worded(column.example, settings.words.of) if column else "",
        )
        for col, text in enumerate(cells):
            sheet.write_string(row, col, text, looks.office if placed.is_office else looks.text)
        sheet.set_row(row, 32)
    print_setup(sheet, title=_HELP_SHEET, head_row=-1, paper=9)


def _own_explanation(column: FormColumn) -> str:
    """What an own column asks for, by its kind."""
    if column.choices:
        return f"从{'、'.join(column.choices)}中选择。"
    return f"填写{column.kind.value}。"


def _write_identity(workbook: Workbook, properties: dict[str, str], ids: Sequence[str]) -> None:
    sheet = workbook.add_worksheet(_IDENTITY_SHEET)
    sheet.very_hidden()
    for row, (name, value) in enumerate(properties.items()):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    for row, item_id in enumerate(ids, len(properties) + 1):
        sheet.write_number(row, 0, FIRST_ROW + row - len(properties))
        sheet.write_string(row, 1, item_id)
