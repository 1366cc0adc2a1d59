"""建账确认单.xlsx: how the first ledger was understood – columns, units, deadlines, what was not read – for the clerk to check."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit import __version__
from toolkit.intake.identity import CODE, VERSION
from toolkit.intake.setup_sheet import CHOICE, CHOICES, TWIN, UNIT
from toolkit.intake.tables import TEMPLATE
from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.form import STANDARD
from toolkit.ledger.joining import shortened
from toolkit.ledger.units import are_alike
from toolkit.settings.lists import OWN_COLUMN
from toolkit.sheets.write import new_workbook
from toolkit.workbooks.formats import A4, look, print_setup, row_height
from toolkit.workbooks.ledger_sheet import as_cell, write_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from xlsxwriter.workbook import Workbook

    from toolkit.ledger.entry import Entry
    from toolkit.ledger.form import FormColumn
    from toolkit.state import State
    from toolkit.workbooks.formats import Look

SETUP_FILE, SETUP_TEMPLATE = "建账确认单.xlsx", "zhenggai.setup"
HEAD_ROW = 2
UNITS, DEADLINES = "单位", "时限"
_TEXT = 120


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One sheet: its name, how it is to be read, its columns with widths, its rows."""

    name: str
    how: str
    columns: tuple[tuple[str, int], ...]
    rows: Sequence[tuple[object, ...]]


def write_setup_sheet(path: Path, state: State) -> None:
    """Write the sheet of a first period; none of a later one."""
    if state.before:
        return
    properties = {TEMPLATE: SETUP_TEMPLATE, VERSION: __version__, CODE: state.code}
    workbook = new_workbook(path, state.created, properties)
    looks = look(workbook)
    told = (_units(state), _columns(state), _deadlines(state), _unread(state), _hidden(state))
    for sheet in told:
        if sheet.rows:
            _write(workbook, looks, sheet)
    workbook.close()


def _units(state: State) -> _Sheet:
    counted = Counter(entry.item.lead_unit for entry in state.entries)
    names = [unit.name for unit in state.settings.units]
    twins = dict(_twins(names))
    rows = [(name, counted[name], twins.get(name, ""), "") for name in names]
    how = (
        "台账里的责任单位。名称相近的列在“疑似同一单位”：是同一单位的选“同一单位”，存好后放回inbox，即合并重新建账；"
        "不是的选“不同单位”或不管。"
    )
    return _Sheet(UNITS, how, ((UNIT, 34), ("牵头问题数", 12), (TWIN, 34), (CHOICE, 16)), rows)


def _twins(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each name that may be another way to write an earlier or longer one, with that."""
    for name in names:
        other = next((o for o in names if o != name and _is_written_for(name, o)), "")
        if other:
            yield name, other


def _is_written_for(name: str, other: str) -> bool:
    """Whether a name may stand for another; of two that may stand for each other the shorter is asked about."""
    return are_alike(name, other) and (len(name), name) < (len(other), other)


def _columns(state: State) -> _Sheet:
    columns = state.settings.form.columns or STANDARD
    rows = [_column(column, state) for column in columns]
    how = "台账的每一栏是怎样理解的，各举两例。理解错了的，在设置.xlsx“栏目”表中改正后再运行，即重新建账。"
    heads = (("表头", 24), ("认作", 16), ("谁填", 10), ("举例", 40), ("再举一例", 40))
    return _Sheet("栏目", how, heads, rows)


def _column(column: FormColumn, state: State) -> tuple[object, ...]:
    meant = (
        OWN_COLUMN if column.is_own else BY_CODE[column.code].header if column.code else "不读取"
    )
    texts = dict.fromkeys(text for entry in state.entries if (text := _said(entry, column, state)))
    examples = [shortened(text, _TEXT, "") for text in list(texts)[:2]]
    return (column.heading, meant, column.filled_by.value, *examples, *[""] * (2 - len(examples)))


def _said(entry: Entry, column: FormColumn, state: State) -> str:
    if column.is_own:
        return dict(entry.own).get(column.path, "")
    if not column.code:
        return ""
    value = as_cell(entry.item, BY_CODE[column.code], state.settings)
    return "" if value is None else str(value)


def _deadlines(state: State) -> _Sheet:
    rows = [_deadline(entry, state) for entry in state.entries]
    how = "每个时限是怎样读的。读错了的，请改正台账后重新放入。"
    heads = (("问题编号", 12), ("整改时限原文", 34), ("读作", 14), ("说明", 40))
    return _Sheet(DEADLINES, how, heads, rows)


def _deadline(entry: Entry, state: State) -> tuple[object, ...]:
    deadline, feedback = entry.item.deadline, state.settings.task.feedback_on
    if deadline is None:
        return (entry.item.id, "", "", "没有可识别的时限")
    due = deadline.due
    is_before = due is not None and feedback is not None and due < feedback
    notes = (
        "早于反馈日期，请核对" if is_before else "",
        "长期坚持" if deadline.standing else "",
        "没有写明年份或日期，按常规推定" if deadline.inferred else "",
        "看不出是哪一天" if due is None and not deadline.standing else "",
    )
    return (entry.item.id, deadline.raw, due, "；".join(note for note in notes if note))


def _unread(state: State) -> _Sheet:
    rows = [
        (given.file, left.sheet, left.row or "", left.reason, shortened(left.text, _TEXT, ""))
        for given in state.submissions
        for left in given.untaken
    ]
    how = "台账里没有读取的行和工作表，以及原因。"
    heads = (("文件", 34), ("工作表", 16), ("行", 8), ("原因", 50), ("内容", 50))
    return _Sheet("没有读取", how, heads, rows)


# What was hidden in the ledger and read all the same: rows, columns, sheets.
_HIDDEN = ("X205", "X208", "X209")


def _hidden(state: State) -> _Sheet:
    rows = [
        (found.place.file, found.place.sheet, found.place.cell, found.message, found.fix)
        for found in state.findings
        if found.rule in _HIDDEN
    ]
    how = "台账里隐藏、但照常读取了的行、列和工作表。不该算进来的，请在台账中删除后重新放入。"
    heads = (("文件", 34), ("工作表", 16), ("位置", 10), ("说明", 40), ("怎样办", 50))
    return _Sheet("隐藏的内容", how, heads, rows)


def _write(workbook: Workbook, looks: Look, told: _Sheet) -> None:
    sheet = workbook.add_worksheet(told.name)
    last_col = len(told.columns) - 1
    sheet.merge_range(0, 0, 0, last_col, f"建账确认单·{told.name}", looks.title)
    sheet.set_row(0, 32)
    sheet.merge_range(1, 0, 1, last_col, told.how, looks.subtitle)
    sheet.set_row(1, 34)
    for col, (heading, width) in enumerate(told.columns):
        sheet.set_column(col, col, width, looks.plain)
        sheet.write_string(HEAD_ROW, col, heading, looks.head)
    for row, values in enumerate(told.rows, HEAD_ROW + 1):
        for col, value in enumerate(values):
            is_day = hasattr(value, "isoformat")
            write_cell(sheet, row, col, value, looks.date if is_day else looks.text)
        texts = {str(n): (str(v), float(told.columns[n][1])) for n, v in enumerate(values)}
        sheet.set_row(row, row_height(texts))
    last = max(HEAD_ROW + len(told.rows), HEAD_ROW + 1)
    if told.columns[-1][0] == CHOICE:
        rule = {"validate": "list", "source": list(CHOICES)}
        sheet.data_validation(HEAD_ROW + 1, last_col, last, last_col, rule)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.autofilter(HEAD_ROW, 0, last, last_col)
    print_setup(sheet, title=f"建账确认单·{told.name}", head_row=HEAD_ROW, paper=A4)
