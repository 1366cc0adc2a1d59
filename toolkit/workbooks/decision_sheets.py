"""What the office decides in 汇总台账.xlsx, with what it needs beside it: review columns, co-operating units, items that left."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from toolkit.figures.escalation import item_count
from toolkit.ledger.decision import AGREED, BASIS, BY, LOOK_BACK, ON, OPINION, UNTIL
from toolkit.ledger.text import as_typed
from toolkit.workbooks.consolidated_sheets import HEAD_ROW, titled, write_headings
from toolkit.workbooks.formats import Look, print_setup, row_height
from toolkit.workbooks.ledger_sheet import write_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from toolkit.ledger.answer import Answer
    from toolkit.ledger.item import Item
    from toolkit.ledger.letter import Letter
    from toolkit.state import State
    from toolkit.workbooks.number_cells import NumberCells

ANSWERS, GONE, LETTERS, STROKES = "配合单位情况", "拆分并入", "函件登记", "审阅意见"
# What the office fills in, with the width of its column and what it is told when it stands on the cell.
_PROMPTS = (
    (
        OPINION,
        20,
        "退回的写明意见；拆分写“拆分为3-2-1、3-2-2”，并在下面插入各行；并入写“并入3-1”。",
    ),
    (AGREED, 10, "同意填“是”；不同意、退回或撤销销号填“否”并写明审核意见。"),
    (UNTIL, 12, "同意延期的，填新的日期（年-月-日），并填写依据。"),
    (
        BASIS,
        20,
        "会议纪要、请示批复等。直接改动问题、单位等基准内容的，也须填写依据、审核人和审核日期。",
    ),
    (BY, 10, "作出决定的人，写姓名。"),
    (ON, 12, "作出决定的日期（年-月-日）。"),
    (LOOK_BACK, 16, "已销号的问题复查后，填“未反弹”或“反弹”；反弹的重新整改。"),
)
REVIEW = tuple((name, width) for name, width, _ in _PROMPTS)


def prompt_decisions(sheet: Worksheet, first: int, last: int, col: int) -> None:
    """Lists, dates and prompts on the review columns, which begin at `col`; a wrong value warns and is let through."""
    allowed: dict[str, dict[str, object]] = {
        AGREED: {"validate": "list", "source": ["是", "否"]},
        LOOK_BACK: {"validate": "list", "source": ["未反弹", "反弹"]},
        UNTIL: {"validate": "date", "criteria": ">", "value": dt.date(2000, 1, 1)},
        ON: {"validate": "date", "criteria": ">", "value": dt.date(2000, 1, 1)},
    }
    for number, (name, _, prompt) in enumerate(_PROMPTS):
        rule = {
            "input_title": name, "input_message": prompt, "error_title": "请核对", "error_message": prompt,
            "error_type": "warning", **allowed.get(name, {"validate": "any"}),
        }  # fmt: skip
        sheet.data_validation(first, col + number, last, col + number, rule)


def write_answers(workbook: Workbook, looks: Look, state: State) -> None:
    """配合单位情况: the lead unit's answer and those of its co-operating units side by side; no sheet where there are none."""
    if not state.answers:
        return
    columns = (
        ("问题编号", 10), ("问题", 40), ("单位", 22), ("角色", 8), ("整改状态", 12), ("完成时间", 12), ("整改进展情况", 60),
        ("是否一致", 10), ("来源", 34),
    )  # fmt: skip
    sheet = titled(workbook, looks, state, ANSWERS, len(columns) - 1)
    write_headings(sheet, looks, HEAD_ROW, columns)
    row = HEAD_ROW + 1
    given: dict[str, list[Answer]] = {}
    for answer in state.answers:
        given.setdefault(answer.id, []).append(answer)
    for entry in state.entries:
        answers = given.get(entry.item.id, [])
        for cells in _side_by_side(entry.item, answers, state) if answers else ():
            for col, value in enumerate(cells):
                write_cell(sheet, row, col, value, looks.date if col == 5 else looks.text)
            sheet.set_row(
                row,
                row_height(
                    {str(n): (as_typed(v), float(columns[n][1])) for n, v in enumerate(cells)}
                ),
            )
            row += 1
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    print_setup(sheet, title=ANSWERS, head_row=HEAD_ROW)


def _side_by_side(item: Item, answers: Sequence[Answer], state: State) -> list[tuple[object, ...]]:
    words = state.settings.words
    problem = item.problem or item.sub_problem
    status = words.of(item.status) if item.status else ""
    lines: list[tuple[object, ...]] = [
        (item.id, problem, item.lead_unit, "牵头", status, item.completed_on, item.progress, "", "")
    ]
    for answer in answers:
        agrees = (answer.status or item.status) == item.status and (
            answer.completed_on or item.completed_on
        ) == item.completed_on
        said = words.of(answer.status) if answer.status else ""
        source = f"{answer.origin.file} › {answer.origin.sheet} 第{answer.origin.row}行"
        lines.append((
            item.id, "", answer.unit, "配合", said, answer.completed_on, answer.progress, "一致" if agrees else "不一致", source,
        ))  # fmt: skip
    return lines


def write_withdrawn(workbook: Workbook, looks: Look, state: State) -> None:
    """拆分并入: the items that others stand for now, with the decision; no sheet where there are none."""
    if not state.withdrawn:
        return
    columns = (
        ("问题编号", 12), ("处理", 10), ("现编号", 24), ("依据", 30), ("审核人", 12), ("审核日期", 12), ("出处", 40),
    )  # fmt: skip
    sheet = titled(workbook, looks, state, GONE, len(columns) - 1)
    write_headings(sheet, looks, HEAD_ROW, columns)
    for row, decision in enumerate(state.withdrawn, HEAD_ROW + 1):
        cells = (
            decision.id, decision.ruling.word, "、".join(decision.others), decision.basis, decision.by, decision.on, str(decision.place),
        )  # fmt: skip
        for col, value in enumerate(cells):
            write_cell(sheet, row, col, value, looks.date if col == 5 else looks.text)
    print_setup(sheet, title=GONE, head_row=HEAD_ROW)


_LETTER_COLUMNS = (
    ("发文字号", 24),
    ("种类", 10),
    ("日期", 12),
    ("单位", 28),
    ("问题数", 8),
    ("问题编号", 50),
    ("情况", 20),
    ("复函日期", 12),
    ("复函内容", 50),
)
_LENGTH_COL = 4
_REPLY_PROMPTS = (
    ("复函日期", "单位复函的日期（年-月-日）；填好放回inbox，下一期起按已复函处理。"),
    ("复函内容", "单位复函说了什么：原因、措施、预计完成时间。"),
)


def write_letters(workbook: Workbook, looks: Look, state: State, cells: NumberCells) -> None:
    """函件登记: every number that was ever given, newest last, with what the unit answered; no sheet where there are none."""
    if not state.letter_numbers:
        return
    columns = _LETTER_COLUMNS
    sheet = titled(workbook, looks, state, LETTERS, len(columns) - 1)
    write_headings(sheet, looks, HEAD_ROW, columns)
    sent = {letter.number: letter for letter in (*state.past_letters, *state.letters)}
    replies = {reply.number: reply for reply in state.replies}
    for row, given in enumerate(state.letter_numbers, HEAD_ROW + 1):
        letter, reply = sent.get(given.number), replies.get(given.number)
        ids = letter.items if letter else given.items
        values = (
            given.number,
            given.kind.word,
            letter.as_of if letter else given.as_of,
            given.unit,
            None,
            "、".join(ids),
            _fate(letter),
            reply.on if reply else None,
            reply.content if reply else "",
        )
        for col, value in enumerate(values):
            is_date = columns[col][0] in ("日期", "复函日期")
            write_cell(sheet, row, col, value, looks.date if is_date else looks.text)
        cells.number(sheet, (row, _LENGTH_COL), item_count(given.number, ids), looks.text)
        answer = reply.content if reply else ""
        sheet.set_row(row, row_height({"ids": ("、".join(ids), 50.0), "reply": (answer, 50.0)}))
    last = HEAD_ROW + len(state.letter_numbers)
    names = [name for name, _ in columns]
    for name, prompt in _REPLY_PROMPTS:
        rule = {"validate": "any", "input_title": name, "input_message": prompt}
        col = names.index(name)
        sheet.data_validation(HEAD_ROW + 1, col, last, col, rule)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    print_setup(sheet, title=LETTERS, head_row=HEAD_ROW)


def _fate(letter: Letter | None) -> str:
    """What became of a number: its letter stands, was corrected, or fell away."""
    if letter is None:
        return "撤回，字号不再使用"
    return "更正后重发" if letter.is_correction else "已出具"


def write_revisions(workbook: Workbook, looks: Look, state: State) -> None:
    """审阅意见: what people wrote into papers that came back, newest last; no sheet where there is nothing."""
    if not state.revisions:
        return
    columns = (
        ("文稿", 30), ("问题编号", 10), ("原文", 56), ("改后或批注", 56), ("修改人", 12), ("日期", 12), ("处理", 40),
    )  # fmt: skip
    sheet = titled(workbook, looks, state, STROKES, len(columns) - 1)
    write_headings(sheet, looks, HEAD_ROW, columns)
    for row, revision in enumerate(state.revisions, HEAD_ROW + 1):
        cells = (
            revision.file,
            revision.item,
            revision.old,
            revision.new,
            revision.author,
            revision.on,
            revision.fate,
        )
        for col, value in enumerate(cells):
            write_cell(sheet, row, col, value, looks.text)
        sheet.set_row(
            row, row_height({str(n): (text, float(columns[n][1])) for n, text in enumerate(cells)})
        )
    sheet.freeze_panes(HEAD_ROW + 1, 0)
    print_setup(sheet, title=STROKES, head_row=HEAD_ROW)
