"""What the sheets of 汇总台账.xlsx have in common, and its sheet 核查意见, in which the office waives findings."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.finding import Severity
from toolkit.ledger.joining import shortened
from toolkit.ledger.text import as_typed
from toolkit.ledger.waiver import key_of
from toolkit.workbooks.formats import FILLS, OFFICE, Look, print_setup, row_height
from toolkit.workbooks.ledger_sheet import KEY_HEADER, write_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from toolkit.ledger.finding import Finding
    from toolkit.ledger.form import Form
    from toolkit.state import State

FINDINGS = "核查意见"
HEAD_ROW = 2


def write_headings(
    sheet: Worksheet, looks: Look, row: int, columns: Sequence[tuple[str, int]], first_col: int = 0
) -> None:
    """The headings of a table with the widths of their columns."""
    for col, (text, width) in enumerate(columns, first_col):
        sheet.set_column(col, col, width, looks.plain)
        sheet.write_string(row, col, text, looks.head)
    sheet.set_row(row, 26)


def titled(workbook: Workbook, looks: Look, state: State, name: str, last_col: int) -> Worksheet:
    """A new sheet with its title and the as-of line."""
    sheet = workbook.add_worksheet(name)
    task = state.settings.task
    sheet.merge_range(
        0, 0, 0, last_col, f"{task.issuer_short}巡察整改汇总台账·{name}{task.mark}", looks.title
    )
    sheet.set_row(0, 34)
    sheet.merge_range(1, 0, 1, last_col, f"截至{state.as_of.isoformat()}", looks.subtitle)
    return sheet


_FINDING_COLUMNS = (
    ("级别", 8), ("规则", 8), ("文件", 34), ("位置", 16), ("问题编号", 10), ("栏目", 14), ("原填内容", 30), ("核查意见", 52),
    ("如何改正", 52), ("免核理由", 24), ("批准人", 10), ("有效期至", 12),
)  # fmt: skip
_WAIVED = "已豁免"
# What is asked of a person who waives a finding: the columns of the last three.
_WAIVER_PROMPTS = (
    ("免核理由", "这条意见可以不改的，写明理由；三栏都填，放回inbox后不再提出。"),
    ("批准人", "同意免核的人，写姓名。"),
    ("有效期至", "免核到哪一天为止（年-月-日），过期后照常提出。"),
)


def write_findings(workbook: Workbook, looks: Look, state: State) -> None:
    """Every finding with room to waive it, then what is waived."""
    columns, form = _FINDING_COLUMNS, state.settings.form
    sheet = titled(workbook, looks, state, FINDINGS, len(columns) - 1)
    write_headings(sheet, looks, HEAD_ROW, columns)
    order = list(Severity)
    findings = sorted(state.findings, key=lambda finding: order.index(finding.severity))
    lines = [
        *(
            (finding, (finding.severity.word, *_finding_cells(finding, form), "", "", None))
            for finding in findings
        ),
        *(
            (
                w.finding,
                (
                    _WAIVED,
                    *_finding_cells(w.finding, form),
                    w.waiver.reason,
                    w.waiver.by,
                    w.waiver.until,
                ),
            )
            for w in state.waived
        ),
    ]
    key = len(columns)
    sheet.set_column(key, key, 10, looks.plain, {"hidden": True})
    sheet.write_string(HEAD_ROW, key, KEY_HEADER)
    for row, (finding, cells) in enumerate(lines, HEAD_ROW + 1):
        for col, value in enumerate(cells):
            write_cell(sheet, row, col, value, looks.date if col == key - 1 else looks.text)
        sheet.write_string(row, key, "|".join(key_of(finding)[:3]))
        sheet.set_row(
            row,
            row_height({str(n): (as_typed(v), float(columns[n][1])) for n, v in enumerate(cells)}),
        )
    last = max(HEAD_ROW + len(lines), HEAD_ROW + 1)
    for word, colour in (*((s.word, FILLS[s]) for s in Severity), (_WAIVED, OFFICE)):
        style = workbook.add_format({"bg_color": colour})
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": style}
        sheet.conditional_format(HEAD_ROW + 1, 0, last, 0, rule)
    _prompt_waivers(sheet, last)
    sheet.freeze_panes(HEAD_ROW + 1, 0)
    sheet.autofilter(HEAD_ROW, 0, last, key)
    print_setup(sheet, title=FINDINGS, head_row=HEAD_ROW)


def _finding_cells(finding: Finding, form: Form) -> tuple[str, ...]:
    """The cells of a finding from 规则 to 如何改正."""
    place = "!".join(part for part in (finding.place.sheet, finding.place.cell) if part)
    column = finding.column
    standard = BY_CODE[column].header if column in BY_CODE else ""
    header = standard or (form.heading_of(column) if column else "")
    value = shortened(finding.value, _LONGEST_VALUE, "")
    return (
        finding.rule,
        finding.place.file,
        place,
        finding.id,
        header,
        value,
        finding.message,
        finding.fix,
    )


_LONGEST_VALUE = 200


def _prompt_waivers(sheet: Worksheet, last: int) -> None:
    first_col = len(_FINDING_COLUMNS) - len(_WAIVER_PROMPTS)
    for col, (name, prompt) in enumerate(_WAIVER_PROMPTS, first_col):
        rule: dict[str, object] = {
            "validate": "any", "input_title": name, "input_message": prompt, "error_type": "warning",
        }  # fmt: skip
        if name == "有效期至":
            rule |= {
                "validate": "date",
                "criteria": ">",
                "value": dt.date(2000, 1, 1),
                "error_message": prompt,
            }
        sheet.data_validation(HEAD_ROW + 1, col, last, col, rule)
