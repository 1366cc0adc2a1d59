"""审核单.xlsx come back: one decision a row, signed once above the table."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.intake.review_columns import Said, agreement, decide, said, told
from toolkit.ledger.decision import (
    AGREED,
    BASIS,
    BY,
    ON,
    OPINION,
    UNTIL,
    Decision,
    Unfollowed,
)
from toolkit.ledger.finding import Place
from toolkit.ledger.item import Item
from toolkit.ledger.submission import Origin, Row
from toolkit.ledger.text import as_typed, blank, clean, normal_heading
from toolkit.sheets.grid import address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.ledger.deadlines import Anchors
    from toolkit.ledger.finding import Finding
    from toolkit.sheets.grid import Book, Grid, Value

REVIEW_SHEET = "审核单"
NUMBER, PROBLEM, REQUEST, DECIDED, REMARK = "问题编号", "问题", "请示事项", "决定", "意见"
KEY, KIND = "_key", "_kind"
AGREE, SEND_BACK, EXTEND = CHOICES = ("同意", "退回", "延期至")
# What the office is asked for in a row: to accept the work, to move the deadline.
FOR_CLOSING, FOR_EXTENSION = "close", "extend"
_SEARCHED = 10
_NEEDED = tuple(normal_heading(name) for name in (NUMBER, REQUEST, DECIDED))
_EXTENDED = re.compile(r"(?:同意)?延期[至到]?(?P<day>.*)")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a review sheet decides, what of it cannot be followed, and its rows, by which their items are found."""

    decisions: tuple[Decision, ...]
    unfollowed: tuple[Unfollowed, ...]
    findings: tuple[Finding, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    grid: Grid
    head: int
    cols: Mapping[str, int]

    def value(self, row: int, name: str) -> Value:
        col = self.cols.get(normal_heading(name))
        return self.grid.value(row, col) if col else None

    def text(self, row: int, name: str) -> str:
        return clean(as_typed(self.value(row, name)))


def is_review_sheet(book: Book) -> bool:
    """Whether a workbook has the columns of 审核单.xlsx, whatever its sheets are called."""
    return any(True for _ in _sheets(book))


def read_review_sheet(book: Book, file: str, anchors: Anchors) -> Reviewed:
    """The decisions of a review sheet; a row in which nothing was decided says nothing."""
    rows: list[Row] = []
    found: list[Decision | Unfollowed] = []
    for sheet in _sheets(book):
        signature = _signature(sheet)
        for number in range(sheet.head + 1, len(sheet.grid.rows) + 1):
            item = sheet.text(number, NUMBER) or sheet.text(number, KEY)
            if not item:
                continue
            rows.append(_row(sheet, number, file))
            if not blank(sheet.value(number, DECIDED)):
                place = Place(file, sheet.grid.name, address(number, sheet.cols[_NEEDED[2]]))
                found.append(_decision(sheet, number, item, signature, place, anchors))
    left = tuple(each for each in found if isinstance(each, Unfollowed))
    return Reviewed(
        decisions=tuple(each for each in found if isinstance(each, Decision)),
        unfollowed=left,
        findings=tuple(told(each) for each in left),
        rows=tuple(rows),
    )


def _sheets(book: Book) -> Iterator[_Sheet]:
    for grid in book.grids:
        for row in range(1, min(len(grid.rows), _SEARCHED) + 1):
            heads = enumerate(grid.rows[row - 1], 1)
            cols = {normal_heading(as_typed(value)): col for col, value in heads if value}
            if all(name in cols for name in _NEEDED):
                yield _Sheet(grid, row, cols)
                break


def _row(sheet: _Sheet, number: int, file: str) -> Row:
    """A row with nothing but what it is about: it changes no cell of the ledger."""
    item = Item(id=sheet.text(number, NUMBER), problem=sheet.text(number, PROBLEM))
    return Row(Origin(file, sheet.grid.name, number), item, key=sheet.text(number, KEY))


def _signature(sheet: _Sheet) -> dict[str, Value]:
    """审核人 and 审核日期 above the table: behind their labels, in the same cell or the next one that is filled."""
    found: dict[str, Value] = {}
    for row in sheet.grid.rows[: sheet.head - 1]:
        filled = [value for value in row if value is not None and not blank(value)]
        for place, value in enumerate(filled):
            label, _, behind = clean(as_typed(value)).replace(":", "：").partition("：")
            if label not in (BY, ON) or label in found:
                continue
            following = filled[place + 1] if place + 1 < len(filled) else None
            is_label = "：" in clean(as_typed(following)).replace(":", "：")
            found[label] = behind or (None if is_label else following)
    return found


def _decision(
    sheet: _Sheet,
    number: int,
    item: str,
    signature: Mapping[str, Value],
    place: Place,
    anchors: Anchors,
) -> Decision | Unfollowed:
    """What a row decides, in the words of the review columns of 汇总台账.xlsx."""
    typed = sheet.text(number, DECIDED)
    agreed, extended = agreement(typed), _EXTENDED.fullmatch(typed)
    asks_for_time = sheet.text(number, KIND) == FOR_EXTENSION
    until = sheet.value(number, UNTIL)
    until = extended["day"] if extended and extended["day"] else until
    texts = {
        OPINION: sheet.text(number, REMARK),
        BY: clean(as_typed(signature.get(BY))),
        ON: clean(as_typed(signature.get(ON))),
    }
    if extended or (agreed and asks_for_time):
        texts |= {UNTIL: clean(as_typed(until)), BASIS: REVIEW_SHEET}
        wording = said(texts, until, signature.get(ON), anchors)
        if not texts[UNTIL]:
            return Unfollowed(item, place, _cells(wording, EXTEND), "延期没有填写新的日期")
        return _with_cells(decide(item, wording, place, anchors), EXTEND)
    texts[AGREED] = {True: "是", False: "否"}.get(agreed, typed) if agreed is not None else typed
    wording = said(texts, None, signature.get(ON), anchors)
    if agreed is None:
        why = f"决定写的是“{typed}”，应为{'、'.join(CHOICES)}"
        return Unfollowed(item, place, _cells(wording, typed), why)
    return _with_cells(decide(item, wording, place, anchors), AGREE if agreed else SEND_BACK)


def _cells(wording: Said, decided: str) -> tuple[tuple[str, str], ...]:
    """What was written, also under the heading of the sheet itself: a new one shows it again."""
    return ((DECIDED, decided), *wording.cells)


def _with_cells(found: Decision | Unfollowed, decided: str) -> Decision | Unfollowed:
    return replace(found, cells=((DECIDED, decided), *found.cells))
