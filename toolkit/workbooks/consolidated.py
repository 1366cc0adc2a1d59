"""汇总台账.xlsx: totals, the whole ledger with what is derived, findings, by unit, by leader, what came in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from toolkit import __version__
from toolkit.intake.group_rows import is_news
from toolkit.ledger.columns import BY_CODE, CODES, COLUMNS
from toolkit.ledger.status import Status
from toolkit.ledger.submission import Role
from toolkit.ledger.text import as_typed
from toolkit.sheets.open import open_book
from toolkit.sheets.write import new_workbook
from toolkit.workbooks import formats as looks_of
from toolkit.workbooks.changes_sheet import write_changes
from toolkit.workbooks.consolidated_sheets import (
    HEAD_ROW,
    Consolidated,
    titled,
    write_findings,
    write_headings,
)
from toolkit.workbooks.decision_sheets import (
    REVIEW,
    prompt_decisions,
    write_answers,
    write_letters,
    write_strokes,
    write_withdrawn,
)
from toolkit.workbooks.formats import LIGHTS, Look, look, print_setup, row_height
from toolkit.workbooks.group_sheets import BY_UNIT, TOTAL, write_leaders, write_units
from toolkit.workbooks.ledger_sheet import (
    KEY_HEADER,
    LEDGER_SHEET,
    write_cell,
    write_head,
    write_items,
)

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from toolkit.figures.due_state import DueState
    from toolkit.ledger.decision import Decision
    from toolkit.ledger.entry import Entry
    from toolkit.settings.model import Settings

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


def write_consolidated(path: Path, book: Consolidated, created: datetime) -> None:
    """Write the workbook."""
    workbook = new_workbook(
        path,
        created,
        {
            "模板": TEMPLATE_ID,
            "版本": __version__,
            "截至日期": book.as_of.isoformat(),
            "简码": book.code,
        },
    )
    looks = look(workbook)
    _write_overview(workbook, looks, book)
    _write_ledger(workbook, looks, book)
    write_findings(workbook, looks, book)
    write_units(workbook, looks, book)
    write_leaders(workbook, looks, book)
    write_changes(workbook, looks, book)
    write_answers(workbook, looks, book)
    write_withdrawn(workbook, looks, book)
    write_letters(workbook, looks, book)
    write_strokes(workbook, looks, book)
    _write_received(workbook, looks, book)
    workbook.close()


def _write_overview(workbook: Workbook, looks: Look, book: Consolidated) -> None:
    sheet = titled(workbook, looks, book, OVERVIEW, 2)
    write_headings(sheet, looks, HEAD_ROW, (("项目", 24), ("数值", 16), ("口径", 76)))
    for row, (name, value, rule) in enumerate(_totals(book), HEAD_ROW + 1):
        sheet.write_string(row, 0, name, looks.office)
        write_cell(sheet, row, 1, value, looks.money if name.endswith("（万元）") else looks.centre)
        sheet.write_string(row, 2, rule, looks.text)
        sheet.set_row(row, row_height({"rule": (rule, 76.0), "value": (as_typed(value), 16.0)}))
    _chart(workbook, sheet, book)
    print_setup(sheet, title=OVERVIEW, head_row=-1, landscape=False, paper=9)


def _totals(book: Consolidated) -> list[tuple[str, object, str]]:
    """Name, value and rule of every total; `read_totals` reads them back by name."""
    figures, words = book.figures, book.settings.words
    soon = book.settings.lights.soon_days
    return [
        ("问题总数", figures.problems, "台账行数，单位：个问题"),
        *(
            (
                words.of(status),
                figures.by_status[status],
                f"整改状态为“{words.of(status)}”的问题，单位：个",
            )
            for status in Status
        ),
        *(
            [("状态不明", figures.unknown_status, "整改状态空白或无法识别的问题，单位：个")]
            if figures.unknown_status
            else []
        ),
        ("完成率", figures.completion.text, figures.completion.rule),
        (
            "逾期",
            figures.overdue,
            f"截至{book.as_of}已过整改时限，且状态不是“{words.done}”“{words.standing}”的问题，单位：个",
        ),
        (
            "临期",
            figures.due_soon,
            f"{soon}日内到期，且状态不是“{words.done}”“{words.standing}”的问题，单位：个",
        ),
        ("整改措施", figures.measures, "各问题措施条数之和，单位：条"),
        ("制度成果", figures.regulations, "制度名称去重后的数量，单位：项"),
        ("涉及金额（万元）", figures.money, "各问题涉及金额之和"),
        ("处理人次", figures.people, "各问题处理人次之和，单位：人次"),
        ("沿用上期", figures.carried, "本期没有报送、沿用上期内容的问题，单位：个"),
        ("本期未报送单位", len(figures.missing_units), "、".join(figures.missing_units) or "无"),
    ]


def _chart(workbook: Workbook, sheet: Worksheet, book: Consolidated) -> None:
    """A bar a unit, parted by status; the numbers stand in the sheet 按单位."""
    units = list(book.figures.units)
    if not units:
        return
    chart = workbook.add_chart({"type": "bar", "subtype": "stacked"})
    colours = ("#B8C2CC", "#F2C037", "#A9CBA4", "#4C9F70", "#4F86C6")
    first, last = HEAD_ROW + 1, HEAD_ROW + len(units)
    for number, (status, colour) in enumerate(zip(Status, colours, strict=True)):
        chart.add_series({
            "name": book.settings.words.of(status),
            "categories": [BY_UNIT, first, 0, last, 0],
            "values": [BY_UNIT, first, 2 + number, last, 2 + number],
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
    sheet.insert_chart(HEAD_ROW + 3 + len(_totals(book)), 0, chart)


def _write_ledger(workbook: Workbook, looks: Look, book: Consolidated) -> None:
    width = len(COLUMNS)
    extra = (*DERIVED, *REVIEW)
    sheet = titled(
        workbook, looks, book, LEDGER_SHEET, CODES.index("kind")
    )  # as wide as the first printed page
    write_head(sheet, HEAD_ROW, looks)
    write_headings(sheet, looks, HEAD_ROW, extra, width)
    write_items(sheet, HEAD_ROW + 1, [entry.item for entry in book.entries], book.settings, looks)
    for row, (entry, stand) in enumerate(zip(book.entries, book.stands, strict=True), HEAD_ROW + 1):
        for col, value in enumerate(
            _derived(entry, stand, book.decisions.get(entry.item.id)), width
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
        for col in range(width + len(DERIVED), width + len(extra)):
            sheet.write_blank(row, col, None, looks.text)
    last = HEAD_ROW + len(book.entries)
    for word, colour in LIGHTS.items():
        rule = {
            "type": "cell",
            "criteria": "==",
            "value": f'"{word}"',
            "format": workbook.add_format(
                {"bg_color": colour, "font_color": "#FFFFFF" if word != "黄" else "#1F2933"}
            ),
        }
        sheet.conditional_format(HEAD_ROW + 1, width, max(last, HEAD_ROW + 1), width, rule)
    prompt_decisions(sheet, HEAD_ROW + 1, max(last, HEAD_ROW + 1), width + len(DERIVED))
    key = width + len(extra)
    sheet.set_column(key, key, 10, looks.plain, {"hidden": True})
    sheet.write_string(HEAD_ROW, key, KEY_HEADER)
    for row, entry in enumerate(book.entries, HEAD_ROW + 1):
        sheet.write_string(row, key, entry.item.id)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.autofilter(HEAD_ROW, 0, max(last, HEAD_ROW + 1), key - 1)
    print_setup(sheet, title="汇总台账", head_row=HEAD_ROW)
    _fold_for_paper(sheet)


def _fold_for_paper(sheet: Worksheet) -> None:
    """36 columns on one page cannot be read: the ledger is printed three pages wide, with the id on each."""
    sheet.fit_to_pages(3, 0)
    sheet.repeat_columns(0)


def _derived(entry: Entry, stand: DueState, decision: Decision | None) -> tuple[object, ...]:
    origin = entry.origin
    due = entry.item.deadline.due if entry.item.deadline else None
    timing = "逾期" if stand.overdue else "临期" if stand.due_soon else ""
    source = f"{origin.file} › {origin.sheet} 第{origin.row}行"
    carried = "沿用上期" if entry.carried else ""
    return (stand.light.word, due, timing, carried, source, _decided(entry, decision))


def _decided(entry: Entry, decision: Decision | None) -> str:
    """The latest decision about an item, and what it was made from."""
    made = f"由{entry.parent}拆分而来" if entry.parent else ""
    joined = f"{'、'.join(entry.joined)}已并入本问题" if entry.joined else ""
    return "；".join(said for said in (decision.sentence if decision else "", made, joined) if said)


def _write_received(workbook: Workbook, looks: Look, book: Consolidated) -> None:
    columns = (
        ("文件", 44),
        ("用途", 12),
        ("单位", 26),
        ("处理", 10),
        ("采用行数", 10),
        ("说明", 60),
        ("SHA-256（前12位）", 18),
    )
    sheet = titled(workbook, looks, book, RECEIVED, len(columns) - 1)
    write_headings(sheet, looks, HEAD_ROW, columns)
    row = HEAD_ROW + 1
    for submission in book.submissions:
        left = "；".join(
            f"{u.sheet}第{u.row}行：{u.reason}" if u.row else f"工作表“{u.sheet}”：{u.reason}"
            for u in submission.untaken
            if is_news(u)
        )
        said = "；".join(
            text for text in (submission.reason, f"未采用：{left}" if left else "") if text
        )
        cells = (
            submission.file,
            _ROLES[submission.role],
            submission.unit,
            submission.verdict.word,
            len(submission.rows),
            said,
            submission.sha256[:12],
        )
        for col, value in enumerate(cells):
            write_cell(sheet, row, col, value, looks.text)
        sheet.set_row(row, row_height({"file": (submission.file, 44.0), "said": (said, 60.0)}))
        row += 1
    for unit in book.figures.missing_units:
        for col, value in enumerate(
            ("", "", unit, "未报送", None, "本期没有收到，沿用上期内容", "")
        ):
            write_cell(sheet, row, col, value, looks.text)
        row += 1
    print_setup(sheet, title=RECEIVED, head_row=HEAD_ROW)


def read_totals(path: Path, settings: Settings) -> dict[str, dict[str, int]]:
    """The whole numbers of the written workbook, read back: as 总览 and 按单位 state them, as counted from the ledger.

    The stated ones are read by openpyxl, which has no line in common with what reads the returns.
    """
    import openpyxl

    stated = openpyxl.load_workbook(path, read_only=True, data_only=True)
    overview: dict[str, int] = {
        str(name): value
        for name, value, *_ in stated[OVERVIEW].iter_rows(
            min_row=HEAD_ROW + 2, max_col=2, values_only=True
        )
        if isinstance(value, int)
    }
    heads, *groups = stated[BY_UNIT].iter_rows(min_row=HEAD_ROW + 1, values_only=True)
    sums = next((row for row in groups if row[0] == TOTAL), ())
    total: dict[str, int] = {
        str(head): value for head, value in zip(heads, sums, strict=False) if isinstance(value, int)
    }
    stated.close()
    return {
        OVERVIEW: overview,
        BY_UNIT: {**total, "问题总数": total.pop("问题数", 0)},
        LEDGER_SHEET: _counted(path, settings),
    }


def _counted(path: Path, settings: Settings) -> dict[str, int]:
    ledger = open_book(path.read_bytes(), path.name).grid(LEDGER_SHEET)
    if ledger is None:
        return {}
    headers = [as_typed(value) for value in ledger.rows[HEAD_ROW]]
    status_col, timing_col = (
        headers.index(BY_CODE["status"].header) + 1,
        headers.index("时限情况") + 1,
    )
    rows = range(HEAD_ROW + 2, len(ledger.rows) + 1)
    counted = Counter(
        as_typed(ledger.value(row, col)) for row in rows for col in (status_col, timing_col)
    )
    words = [settings.words.of(status) for status in Status]
    return {"问题总数": len(rows), **{word: counted[word] for word in (*words, "逾期", "临期")}}
