"""审核单.xlsx: what waits for a decision of the head, one row each, to be filled in on one screen and signed once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit import __version__
from toolkit.intake.identity import CODE, VERSION
from toolkit.intake.review_sheet import (
    CHOICES,
    DECIDED,
    EXTEND,
    FOR_CLOSING,
    FOR_EXTENSION,
    KEY,
    KIND,
    NUMBER,
    PROBLEM,
    REMARK,
    REQUEST,
    REVIEW_SHEET,
)
from toolkit.intake.tables import TEMPLATE
from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.decision import AGREED, BY, ON, OPINION, UNTIL, Ruling
from toolkit.ledger.joining import shortened
from toolkit.ledger.status import Status
from toolkit.ledger.submission import Role, Verdict
from toolkit.sheets.write import new_workbook
from toolkit.workbooks.formats import A4, Look, look, print_setup, refused, row_height
from toolkit.workbooks.ledger_sheet import write_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from toolkit.ledger.entry import Entry
    from toolkit.state import State

REVIEW_FILE = f"{REVIEW_SHEET}.xlsx"
REVIEW_TEMPLATE = "zhenggai.review"
HEAD_ROW = 3
# The width of all columns is that of a screen of 1366 pixels; heads read the whole text in 汇总台账.xlsx.
_COLUMNS = (
    (NUMBER, 9), (PROBLEM, 26), (BY_CODE["progress"].header, 40), (BY_CODE["evidence"].header, 16),
    (BY_CODE["deadline"].header, 12), (REQUEST, 26), (DECIDED, 9), (UNTIL, 12), (REMARK, 22),
)  # fmt: skip
_HIDDEN = (KEY, KIND)
# Name and day stand over the columns that are filled in.
_SIGNED_COL = [name for name, _ in _COLUMNS].index(REQUEST)
_PROGRESS, _EVIDENCE, _REASON = 120, 40, 120
_HOW = (
    "逐行在“决定”栏选择：同意（销号或所申请的延期）、退回（写明意见）、延期至（填日期）；不作决定的空着。"
    "填好审核人、审核日期，放回inbox。"
)
# Findings that tell why one item is disputed, beside what it waits for.
_DISPUTES = ("I114", "I115")


@dataclass(frozen=True, slots=True)
class Request:
    """An item that waits for a decision: what `kind` of one, why, until when more time is asked for, what was refused."""

    entry: Entry
    kind: str
    reasons: tuple[str, ...]
    until: dt.date | None
    refused: Mapping[str, str]


def requests_of(state: State) -> tuple[Request, ...]:
    """All items that wait for a decision, in the order of the ledger.

    Newly done, more time asked for, fallen back, disputed, and what was decided last time and not followed.
    """
    asked = _asked_extensions(state)
    before = {entry.item.id: entry for entry in state.before}
    left = {each.id: each for each in state.unfollowed}
    disputes: dict[str, list[str]] = defaultdict(list)
    for found in state.findings:
        if found.rule in _DISPUTES:
            disputes[found.id].append(found.message)
    requests = []
    for entry in state.entries:
        id_ = entry.item.id
        until = asked.get(id_)
        unfollowed = left.get(id_)
        reasons = tuple(
            reason
            for reason in (
                *_waits_for(entry, before.get(id_), state),
                _asks_for_time(entry, until),
                f"上次的意见没有采用：{unfollowed.reason}" if unfollowed else "",
                *disputes[id_],
            )
            if reason
        )
        if reasons:
            kind = FOR_CLOSING if _is_to_be_closed(entry) or not until else FOR_EXTENSION
            refused_cells = dict(unfollowed.cells) if unfollowed else {}
            requests.append(Request(entry, kind, reasons, until, refused_cells))
    return tuple(requests)


def _is_to_be_closed(entry: Entry) -> bool:
    """Whether the unit says that it has done all, and nobody has answered."""
    return entry.item.status is Status.DONE and not entry.closed and not entry.sent_back


def _waits_for(entry: Entry, before: Entry | None, state: State) -> Iterator[str]:
    word = state.settings.words.of
    if _is_to_be_closed(entry):
        yield f"报{word(Status.DONE)}，请审核销号"
    decided = state.decided.get(entry.item.id)
    if decided and decided.ruling is Ruling.REOPEN and not entry.item.deadline:
        yield "回头看发现反弹，请定新的时限"
        return
    was_done = before is not None and before.item.status is Status.DONE
    if was_done and entry.item.status is not Status.DONE and not entry.sent_back:
        status = word(entry.item.status) if entry.item.status else "没有填写状态"
        yield f"上期{word(Status.DONE)}，本期又报{status}"


def _asks_for_time(entry: Entry, until: dt.date | None) -> str:
    """An extension; of an item that has no day yet, the day that the unit has set itself."""
    has_day = entry.item.deadline is not None and entry.item.deadline.due is not None
    return (
        "" if until is None else f"申请延期至{until}" if has_day else f"没有时限，单位填报{until}"
    )


def _asked_extensions(state: State) -> dict[str, dt.date]:
    """The later day that a unit wrote in the deadline of an item, which only a decision can move; any where there is none."""
    dues = {
        entry.item.id: entry.item.deadline.due if entry.item.deadline else None
        for entry in state.entries
        if not entry.closed
    }
    asked: dict[str, dt.date] = {}
    for submission in state.submissions:
        if submission.verdict is not Verdict.ACCEPTED or submission.role is not Role.RETURN:
            continue
        for row in submission.rows:
            due, wanted = dues.get(row.item.id), row.item.deadline
            is_asked = row.item.id in dues and "deadline" in row.typed
            if is_asked and wanted and wanted.due and (due is None or wanted.due > due):
                asked[row.item.id] = wanted.due
    return asked


def write_review_sheet(path: Path, state: State) -> None:
    """Write the sheet; none where nothing waits."""
    requests = requests_of(state)
    if not requests:
        return
    properties = {TEMPLATE: REVIEW_TEMPLATE, VERSION: __version__, CODE: state.code}
    workbook = new_workbook(path, state.created, properties)
    looks = look(workbook)
    sheet = workbook.add_worksheet(REVIEW_SHEET)
    _write_head(sheet, looks, state)
    red = refused(workbook)
    for row, request in enumerate(requests, HEAD_ROW + 1):
        _write_request(sheet, row, request, looks, red)
    last = HEAD_ROW + len(requests)
    _validate(sheet, last)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.autofilter(HEAD_ROW, 0, last, len(_COLUMNS) + len(_HIDDEN) - 1)
    print_setup(sheet, title=REVIEW_SHEET, head_row=HEAD_ROW, paper=A4)
    sheet.print_area(0, 0, last, len(_COLUMNS) - 1)
    workbook.close()


def _write_head(sheet: Worksheet, looks: Look, state: State) -> None:
    task, last = state.settings.task, len(_COLUMNS) - 1
    title = f"{task.issuer_short}整改事项审核单（截至{state.as_of.isoformat()}）{task.mark}"
    sheet.merge_range(0, 0, 0, last, title, looks.title)
    sheet.set_row(0, 32)
    sheet.merge_range(1, 0, 1, last, _HOW, looks.subtitle)
    sheet.set_row(1, 20)
    for col, label, style in ((_SIGNED_COL, BY, looks.text), (_SIGNED_COL + 2, ON, looks.date)):
        sheet.write_string(2, col, f"{label}：", looks.check)
        sheet.write_blank(2, col + 1, None, style)
    sheet.set_row(2, 24)
    for col, (heading, width) in enumerate(_COLUMNS):
        sheet.set_column(col, col, width, looks.plain)
        sheet.write_string(HEAD_ROW, col, heading, looks.head)
    for col, heading in enumerate(_HIDDEN, len(_COLUMNS)):
        sheet.set_column(col, col, 8, looks.plain, {"hidden": True})
        sheet.write_string(HEAD_ROW, col, heading)
    sheet.set_row(HEAD_ROW, 24)


def _write_request(sheet: Worksheet, row: int, request: Request, looks: Look, red: Format) -> None:
    item, left = request.entry.item, request.refused
    deadline = item.deadline.raw if item.deadline else ""
    shown = (
        item.id,
        item.lowest,
        shortened(item.progress, _PROGRESS),
        shortened(item.evidence, _EVIDENCE),
        deadline,
        shortened("；".join(request.reasons), _REASON),
    )
    for col, text in enumerate(shown):
        write_cell(sheet, row, col, text, looks.centre if col in (0, 4) else looks.text)
    decided = left.get(DECIDED, _decided_in_words(left))
    until = left.get(UNTIL, "") or request.until
    answers = ((decided, looks.centre), (until, looks.date), (left.get(OPINION, ""), looks.text))
    for col, (value, style) in enumerate(answers, len(shown)):
        write_cell(sheet, row, col, value, red if value and left else style)
    sheet.write_string(row, len(_COLUMNS), item.id)
    sheet.write_string(row, len(_COLUMNS) + 1, request.kind)
    widths = {str(col): (str(text), float(_COLUMNS[col][1])) for col, text in enumerate(shown)}
    sheet.set_row(row, row_height(widths))


def _decided_in_words(left: Mapping[str, str]) -> str:
    """A refused decision of 汇总台账.xlsx in the words of this sheet."""
    if left.get(UNTIL):
        return EXTEND
    return {"是": CHOICES[0], "否": CHOICES[1]}.get(left.get(AGREED, ""), "")


def _validate(sheet: Worksheet, last: int) -> None:
    """A list of the decisions and dates where dates go; another value warns and is let through."""
    first, decided = HEAD_ROW + 1, [name for name, _ in _COLUMNS].index(DECIDED)
    day = {"validate": "date", "criteria": ">", "value": dt.date(2000, 1, 1)}
    warns = {"error_title": "请核对", "error_type": "warning"}
    choices = {
        "validate": "list",
        "source": list(CHOICES),
        "error_message": "请选择：同意、退回、延期至。",
    }
    wrong_day = {**day, "error_message": "请填日期（年-月-日）。"}
    sheet.data_validation(first, decided, last, decided, {**choices, **warns})
    sheet.data_validation(first, decided + 1, last, decided + 1, {**wrong_day, **warns})
    signed_on = _SIGNED_COL + 3
    sheet.data_validation(2, signed_on, 2, signed_on, {**wrong_day, **warns})
