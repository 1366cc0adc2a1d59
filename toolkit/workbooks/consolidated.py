"""汇总台账.xlsx: totals, the whole ledger with what is derived, findings, by unit, by leader, what came in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit import __version__
from toolkit.figures.own_sums import summed, unit_of
from toolkit.figures.printed import Line, Printed, Quoted, Ref, Source
from toolkit.figures.table import FIGURES, RATES, Figure, RateFigure
from toolkit.figures.totals_sentences import left_out_sentence
from toolkit.intake.group_rows import is_news
from toolkit.ledger.columns import BY_CODE, CODES
from toolkit.ledger.entry import own_headings
from toolkit.ledger.status import Status
from toolkit.ledger.submission import Role
from toolkit.sheets.write import new_workbook
from toolkit.workbooks import formats as looks_of
from toolkit.workbooks.changes_sheet import write_changes
from toolkit.workbooks.consolidated_sheets import (
    HEAD_ROW,
    titled,
    write_findings,
    write_headings,
)
from toolkit.workbooks.decision_sheets import (
    REVIEW,
    prompt_decisions,
    write_answers,
    write_letters,
    write_revisions,
    write_withdrawn,
)
from toolkit.workbooks.formats import LIGHTS, Look, look, print_setup, row_height
from toolkit.workbooks.group_sheets import BY_UNIT, column_of, write_leaders, write_units
from toolkit.workbooks.layout import Layout, layout_of
from toolkit.workbooks.ledger_row import row_of_entry
from toolkit.workbooks.ledger_sheet import (
    KEY_HEADER,
    LEDGER_SHEET,
    write_cell,
    write_head,
    write_row,
)
from toolkit.workbooks.number_cells import NumberCells
from toolkit.workbooks.receipt import rows_taken
from toolkit.workbooks.regulations_sheet import write_regulations
from toolkit.workbooks.roadmap_sheet import write_roadmap
from toolkit.workbooks.trend_sheet import write_trend

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from toolkit.figures.due_state import DueState
    from toolkit.ledger.decision import Decision
    from toolkit.ledger.entry import Entry
    from toolkit.ledger.form import FormColumn
    from toolkit.state import State
    from toolkit.workbooks.number_cells import Address

TEMPLATE_ID = "zhenggai.consolidated"
OVERVIEW, RECEIVED = "总览", "报送情况"
# What is derived, beside the ledger's own columns, and what the office fills in review (design §6).
DERIVED = (
    ("红黄绿灯", 9),
    ("到期日", 12),
    ("时限情况", 10),
    ("报送", 10),
    ("来源", 34),
    ("审核情况", 26),
)
_ROLES = {
    Role.RETURN: "单位报送",
    Role.REVIEW: "整改办审核",
    Role.BASELINE: "基准台账",
    Role.DRAFT: "改过的文稿",
    None: "",
}


def write_consolidated(path: Path, state: State) -> Mapping[Address, Line]:
    """Write the workbook; which of its cells prints which figure."""
    properties = {
        "模板": TEMPLATE_ID,
        "版本": __version__,
        "截至日期": state.as_of.isoformat(),
        "简码": state.code,
    }
    workbook = new_workbook(path, state.created, properties)
    looks, cells = look(workbook), NumberCells()
    _write_overview(workbook, looks, state, cells)
    _write_ledger(workbook, looks, state)
    write_findings(workbook, looks, state)
    write_units(workbook, looks, state, cells)
    write_leaders(workbook, looks, state, cells)
    write_trend(workbook, looks, state, cells)
    write_roadmap(workbook, looks, state)
    write_regulations(workbook, looks, state)
    write_changes(workbook, looks, state, cells)
    write_answers(workbook, looks, state)
    write_withdrawn(workbook, looks, state)
    write_letters(workbook, looks, state, cells)
    write_revisions(workbook, looks, state)
    _write_received(workbook, looks, state, cells)
    workbook.close()
    return cells.lines


def _write_overview(workbook: Workbook, looks: Look, state: State, cells: NumberCells) -> None:
    sheet = titled(workbook, looks, state, OVERVIEW, 2)
    write_headings(sheet, looks, HEAD_ROW, (("项目", 24), ("数值", 16), ("口径", _RULE_WIDTH)))
    totals = _totals(state)
    for row, total in enumerate(totals, HEAD_ROW + 1):
        cells.label(sheet, (row, 0), total.name, looks.office)
        style = looks.money if total.code == "money" else looks.centre
        if total.code == MISSING_UNITS:
            missing = Printed(str(len(state.figures.missing_units)), Ref(MISSING_UNITS))
            cells.number(sheet, (row, 1), missing, style)
        else:
            cells.figure(sheet, (row, 1), state.figures.whole, total.code, style)
        rule = cells.text(sheet, (row, 2), total.rule, looks.text)
        sheet.set_row(row, row_height({"rule": (rule, float(_RULE_WIDTH))}))
    _chart(workbook, sheet, state, HEAD_ROW + 3 + len(totals))
    print_setup(sheet, title=OVERVIEW, head_row=-1, landscape=False, paper=9)


_RULE_WIDTH = 76
MISSING_UNITS = "missing_units"


@dataclass(frozen=True, slots=True)
class _Total:
    """One row of 总览: what it is called, the code of what it prints, its 口径."""

    name: str
    code: str
    rule: Line


def _totals(state: State) -> tuple[_Total, ...]:
    """Every figure of the table with its 口径, each rate behind what it is a share of, then who did not report."""
    rows: list[_Total] = []
    for figure in FIGURES:
        if figure.code != "unknown_status" or state.figures["unknown_status"]:
            rows.append(_figure_row(figure, state))
        rows += [_rate_row(rate, state) for rate in RATES if rate.after == figure.code]
    rows += [_sum_row(column, state) for column in summed(state.settings.form)]
    missing = "、".join(state.figures.missing_units) or "无"
    rows.append(_Total("本期未报送单位", MISSING_UNITS, (Quoted(missing, Source.SETTINGS),)))
    return tuple(rows)


def _figure_row(figure: Figure, state: State) -> _Total:
    name = figure.name_in(state.settings.words)
    shown = f"{name}（{figure.unit}）" if figure.unit == "万元" else name
    ids = state.figures.whole.left_out.get(figure.code, ())
    left_out = left_out_sentence(figure.code, ids, state.settings) if ids else ()
    mark = "；" if ids else ""
    unit = f"，单位：{figure.unit}"
    rule = (*figure.rule_in(state.settings, state.as_of), unit, mark, *left_out)
    return _Total(shown, figure.code, rule)


def _sum_row(column: FormColumn, state: State) -> _Total:
    """The sum of an own column, with what it adds up and what it leaves out."""
    unit = unit_of(column)
    heading = Quoted(column.heading, Source.SETTINGS)
    ids = state.figures.whole.left_out.get(column.code, ())
    left_out = left_out_sentence(column.code, ids, state.settings) if ids else ()
    rule = (
        "“",
        heading,
        "”一栏中的数之和",
        f"，单位：{unit}" if unit else "",
        *("；" if ids else ""),
        *left_out,
    )
    return _Total(f"合计·{column.heading}", column.code, rule)


def _rate_row(rate: RateFigure, state: State) -> _Total:
    return _Total(rate.name, rate.code, state.figures.whole.rule(rate.code))


def _chart(workbook: Workbook, sheet: Worksheet, state: State, row: int) -> None:
    """A bar a unit, parted by status; the numbers stand in the sheet 按单位."""
    units = list(state.figures.units)
    if not units:
        return
    chart = workbook.add_chart({"type": "bar", "subtype": "stacked"})
    colours = ("#B8C2CC", "#F2C037", "#A9CBA4", "#4C9F70", "#4F86C6")
    first, last = HEAD_ROW + 1, HEAD_ROW + len(units)
    for status, colour in zip(Status, colours, strict=True):
        column = column_of(f"by_status.{status.value}")
        chart.add_series({
            "name": state.settings.words.of(status),
            "categories": [BY_UNIT, first, 0, last, 0],
            "values": [BY_UNIT, first, column, last, column],
            "fill": {"color": colour}, "gap": 40,
        })  # fmt: skip
    chart.set_title(
        {
            "name": "各单位整改进展（个问题）",
            "name_font": {"size": 12, "name": looks_of.HEADING_FONT},
        }
    )
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 860, "height": 120 + 26 * len(units)})
    sheet.insert_chart(row, 0, chart)


def _layout(state: State) -> Layout:
    """The form's columns, and those beside it in which some item says something all the same."""
    form = state.settings.form
    said = [
        code
        for code in CODES
        if form.lacks(code)
        and (code in _ALWAYS or any(getattr(entry.item, code) for entry in state.entries))
    ]
    layout = layout_of(form, own_headings(state.entries), said)
    # The office counts by these: a number by its own name, amounts in one unit whatever the form asks for.
    named = layout.named("id", BY_CODE["id"].header)
    return named.named("money", form.heading_in_wan("money"))


# What the office reviews by stands there whatever the form has.
_ALWAYS = frozenset({"id", "status"})


def _write_ledger(workbook: Workbook, looks: Look, state: State) -> None:
    layout = _layout(state)
    width = layout.width
    extra = (*DERIVED, *REVIEW)
    sheet = titled(
        workbook, looks, state, LEDGER_SHEET, min(CODES.index("kind"), width - 1)
    )  # as wide as the first printed page
    write_head(sheet, HEAD_ROW, looks, layout)
    write_headings(sheet, looks, HEAD_ROW, extra, width)
    unfollowed = {each.id: dict(each.cells) for each in state.unfollowed}
    reasons = {each.id: each.reason for each in state.unfollowed}
    refused = looks_of.refused(workbook)
    for row, (entry, stand) in enumerate(
        zip(state.entries, state.due_states, strict=True), HEAD_ROW + 1
    ):
        written = row_of_entry(entry, state.settings)
        write_row(sheet, row, written.cells, written.own, looks, layout)
        for col, value in enumerate(
            _derived(
                entry, stand, state.decided.get(entry.item.id), reasons.get(entry.item.id, "")
            ),
            width,
        ):
            write_cell(
                sheet,
                row,
                col,
                value,
                looks.link
                if col >= width + 4
                else looks.date
                if col == width + 1
                else looks.centre,
            )
        left = unfollowed.get(entry.item.id, {})
        for col, (heading, _) in enumerate(REVIEW, width + len(DERIVED)):
            if heading in left:
                sheet.write_string(row, col, left[heading], refused)
            else:
                sheet.write_blank(row, col, None, looks.text)
    last = max(HEAD_ROW + len(state.entries), HEAD_ROW + 1)
    _colour_lights(workbook, sheet, width, last)
    prompt_decisions(sheet, HEAD_ROW + 1, last, width + len(DERIVED))
    key = width + len(extra)
    sheet.set_column(key, key, 10, looks.plain, {"hidden": True})
    sheet.write_string(HEAD_ROW, key, KEY_HEADER)
    for row, entry in enumerate(state.entries, HEAD_ROW + 1):
        sheet.write_string(row, key, entry.item.id)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.autofilter(HEAD_ROW, 0, last, key)
    print_setup(sheet, title="汇总台账", head_row=HEAD_ROW)
    _fold_for_paper(sheet)


def _colour_lights(workbook: Workbook, sheet: Worksheet, col: int, last: int) -> None:
    """The colour of each light behind its word, in a column down to the last row."""
    for word, colour in LIGHTS.items():
        ink = "#1F2933" if word == "黄" else "#FFFFFF"
        style = workbook.add_format({"bg_color": colour, "font_color": ink})
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": style}
        sheet.conditional_format(HEAD_ROW + 1, col, last, col, rule)


def _fold_for_paper(sheet: Worksheet) -> None:
    """36 columns on one page cannot be read: the ledger is printed three pages wide, with the id on each."""
    sheet.fit_to_pages(3, 0)
    sheet.repeat_columns(0)


def _derived(
    entry: Entry, stand: DueState, decision: Decision | None, unfollowed: str
) -> tuple[object, ...]:
    origin = entry.origin
    due = entry.item.deadline.due if entry.item.deadline else None
    timing = "逾期" if stand.overdue else "临期" if stand.due_soon else ""
    source = f"{origin.file} › {origin.sheet} 第{origin.row}行"
    carried = "沿用上期" if entry.carried else ""
    return (stand.light.word, due, timing, carried, source, _decided(entry, decision, unfollowed))


def _decided(entry: Entry, decision: Decision | None, unfollowed: str) -> str:
    """The latest decision about an item, what it was made from, why what was written last was not followed."""
    left = f"没有采用：{unfollowed}" if unfollowed else ""
    made = f"由{entry.parent}拆分而来" if entry.parent else ""
    joined = f"{'、'.join(entry.joined)}已并入本问题" if entry.joined else ""
    followed = decision.sentence if decision else ""
    return "；".join(said for said in (left, followed, made, joined) if said)


_TAKEN_COL = 4


def _write_received(workbook: Workbook, looks: Look, state: State, cells: NumberCells) -> None:
    columns = (
        ("文件", 44),
        ("用途", 12),
        ("单位", 26),
        ("处理", 10),
        ("采用行数", 10),
        ("说明", 60),
        ("SHA-256（前12位）", 18),
    )
    sheet = titled(workbook, looks, state, RECEIVED, len(columns) - 1)
    write_headings(sheet, looks, HEAD_ROW, columns)
    row = HEAD_ROW + 1
    for submission in state.submissions:
        left = "；".join(
            f"{u.sheet}第{u.row}行：{u.reason}" if u.row else f"工作表“{u.sheet}”：{u.reason}"
            for u in submission.untaken
            if is_news(u)
        )
        said = "；".join(
            text for text in (submission.reason, f"未采用：{left}" if left else "") if text
        )
        values = (
            submission.file,
            _ROLES[submission.role],
            submission.unit,
            submission.verdict.word,
            None,
            said,
            submission.sha256[:12],
        )
        for col, value in enumerate(values):
            write_cell(sheet, row, col, value, looks.text)
        cells.number(sheet, (row, _TAKEN_COL), rows_taken(submission), looks.text)
        sheet.set_row(row, row_height({"file": (submission.file, 44.0), "said": (said, 60.0)}))
        row += 1
    for report in state.reports:
        word = "已报送" if report.reported else "未报送"
        reason = report.reason if report.reported else f"{report.reason}，沿用上期内容"
        for col, value in enumerate(("", "", report.unit, word, None, reason, "")):
            write_cell(sheet, row, col, value, looks.text)
        row += 1
    print_setup(sheet, title=RECEIVED, head_row=HEAD_ROW)
