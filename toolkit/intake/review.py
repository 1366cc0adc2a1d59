"""The consolidated workbook come back from the office: what it decides about items, what findings it waives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.intake.codes import finding
from toolkit.intake.review_columns import ReviewTable, decide, review_table, rows_said, told
from toolkit.ledger.columns import BY_CODE, COLUMNS
from toolkit.ledger.dates import read_date
from toolkit.ledger.decision import Decision, Unfollowed
from toolkit.ledger.finding import Finding, Place
from toolkit.ledger.letter import Reply
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.text import as_typed, clean, normal_heading
from toolkit.ledger.waiver import Waiver
from toolkit.sheets.grid import address, column_letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.ledger.deadlines import Anchors
    from toolkit.ledger.form import Form
    from toolkit.ledger.submission import Row
    from toolkit.sheets.grid import Book, Grid

KEY_HEADER = "_key"
FINDINGS_SHEET, LEDGER_SHEET, OVERVIEW_SHEET = "核查意见", "整改台账", "总览"
# What the office fills in to waive a finding.
REASON, BY, UNTIL = "免核理由", "批准人", "有效期至"
_HEADS = ("规则", "问题编号", "栏目", "核查意见", REASON, BY, UNTIL)
# What the office fills in when a unit has answered a letter.
REPLIED_ON = "复函日期"
_LETTER_HEADS = ("发文字号", REPLIED_ON, "复函内容")
_SEARCHED = 10
_HEADING_OF = {normal_heading(column.header): column.code for column in COLUMNS}
_NUMBER = frozenset({normal_heading(BY_CODE["id"].header)})
_CODE_OF = {column.header: column.code for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class Review:
    """What the office decided in the consolidated workbook, and what of it could not be followed."""

    waivers: tuple[Waiver, ...]
    decisions: tuple[Decision, ...]
    unfollowed: tuple[Unfollowed, ...]
    replies: tuple[Reply, ...]
    findings: tuple[Finding, ...]


def is_consolidated(book: Book) -> bool:
    """Whether a workbook is one that the office reviews in: its sheets, or a sheet with the review columns, say so.

    Its identity may have been lost on the way, its sheets renamed or one of them copied into another workbook.
    """
    names = (FINDINGS_SHEET, LEDGER_SHEET, OVERVIEW_SHEET)
    return all(book.grid(name) is not None for name in names) or bool(_tables(book))


def _tables(book: Book) -> tuple[ReviewTable, ...]:
    found = (review_table(grid, KEY_HEADER, _NUMBER) for grid in book.grids)
    return tuple(table for table in found if table)


def read_review(book: Book, file: str, anchors: Anchors) -> Review:
    """What the office decided, waived and noted, in whatever sheets; what is not complete is said, never half taken.

    Dates without a year are of the time of `anchors.as_of`; none is later than that, or before the feedback.
    """
    found: list[Waiver | Decision | Unfollowed | Reply | Finding] = []
    for grid in book.grids:
        found += _waivers(grid, file)
        found += _replies(grid, file)
    for table in _tables(book):
        found += _decisions(table, file, anchors)
    unfollowed = tuple(each for each in found if isinstance(each, Unfollowed))
    return Review(
        waivers=tuple(each for each in found if isinstance(each, Waiver)),
        decisions=tuple(each for each in found if isinstance(each, Decision)),
        unfollowed=unfollowed,
        replies=tuple(each for each in found if isinstance(each, Reply)),
        findings=(
            *(each for each in found if isinstance(each, Finding)),
            *(told(each) for each in unfollowed),
        ),
    )


def office_rows(book: Book, rows: Sequence[Row], form: Form) -> tuple[Row, ...]:
    """The rows of the sheets that the office reviews in; which item each is about, matching finds out.

    Only the ledger's own columns count: what is derived beside them, such as 来源, is no column of a unit.
    """
    words = {normal_heading(column.heading): column.code for column in form.columns}
    named = {**_HEADING_OF, **words}
    own = {table.grid.name: _own_columns(table, named) for table in _tables(book)}
    return tuple(
        replace(row, typed=_typed_in(row, own[row.origin.sheet]))
        for row in rows
        if row.origin.sheet in own
    )


def _own_columns(table: ReviewTable, named: Mapping[str, str]) -> Mapping[str, str]:
    """The letters of the ledger's columns in a sheet, by their codes."""
    heads = enumerate(table.grid.rows[table.head - 1], 1)
    cols = {normal_heading(as_typed(value)): col for col, value in heads if value is not None}
    return {code: column_letters(cols[head]) for head, code in named.items() if head in cols}


def _typed_in(row: Row, own: Mapping[str, str]) -> Mapping[str, str]:
    return {
        code: text
        for code, text in row.typed.items()
        if row.letters.get(code) == own.get(code) and code not in row.elsewhere
    }


def _heads(grid: Grid | None, wanted: tuple[str, ...]) -> tuple[int, Mapping[str, int]]:
    """(row, column by heading) of the heading row that has all of these; (0, {}) where there is none."""
    for row in range(1, min(len(grid.rows), _SEARCHED) + 1) if grid else ():
        assert grid is not None  # noqa: S101 - it has rows
        cols = {
            normal_heading(as_typed(value)): col
            for col, value in enumerate(grid.rows[row - 1], 1)
            if value
        }
        if all(head in cols for head in wanted):
            return row, cols
    return 0, {}


def _replies(grid: Grid | None, file: str) -> Iterator[Reply | Finding]:
    """What the office wrote down of units' answers to letters (复函)."""
    head, cols = _heads(grid, _LETTER_HEADS)
    if grid is None or not head:
        return
    for row in range(head + 1, len(grid.rows) + 1):
        number, day, content = (
            clean(as_typed(grid.value(row, cols[name]))) for name in _LETTER_HEADS
        )
        if not number or not (day or content):
            continue
        place = Place(file, grid.name, address(row, cols[REPLIED_ON]))
        on = read_date(grid.value(row, cols[REPLIED_ON])) if day else None
        if on is None or isinstance(on, Unreadable):
            yield finding(
                "X503",
                place,
                f"{number}的复函日期“{day}”不是日期，复函没有登记。",
                "请填写收到复函的日期（年-月-日）。",
                value=day,
            )
        else:
            yield Reply(number=number, on=on, content=content, place=place)


def _waivers(grid: Grid | None, file: str) -> Iterator[Waiver | Finding]:
    head, cols = _heads(grid, _HEADS)
    if grid is None or not head:
        return
    for row in range(head + 1, len(grid.rows) + 1):
        said = {name: clean(as_typed(grid.value(row, cols[name]))) for name in _HEADS}
        if not (said[REASON] or said[BY] or said[UNTIL]):
            continue
        place = Place(file, grid.name, address(row, cols[REASON]))
        until = read_date(grid.value(row, cols[UNTIL])) if said[UNTIL] else None
        lacking = [name for name in (REASON, BY, UNTIL) if not said[name]]
        if lacking:
            fix = "请补填免核理由、批准人和有效期至三项；不再免核的，把三项都清空。"
            yield finding(
                "X501",
                place,
                f"免核没有填写{'、'.join(lacking)}，该条意见照常提出。",
                fix,
                value=said[REASON],
            )
        elif until is None or isinstance(until, Unreadable):
            place = Place(file, grid.name, address(row, cols[UNTIL]))
            yield finding(
                "X501",
                place,
                f"有效期至“{said[UNTIL]}”不是日期，该条意见照常提出。",
                "请写成年-月-日。",
                value=said[UNTIL],
            )
        else:
            code = _CODE_OF.get(said["栏目"], "")
            yield Waiver(
                rule=said["规则"], id=said["问题编号"], column=code, reason=said[REASON], by=said[BY], until=until,
                message=said["核查意见"],
            )  # fmt: skip


def _decisions(
    table: ReviewTable, file: str, anchors: Anchors
) -> Iterator[Decision | Unfollowed | Finding]:
    """One decision for each row with something in its review columns."""
    grid, place_col = table.grid, min(table.cols.values())
    heads = {
        normal_heading(as_typed(value)): col
        for col, value in enumerate(grid.rows[table.head - 1], 1)
        if value is not None
    }
    number = next(col for word, col in heads.items() if word in _NUMBER)
    key = heads.get(normal_heading(KEY_HEADER), number)
    rows = list(rows_said(table, anchors))
    place = Place(file, grid.name, address(table.head, place_col))
    for name, heading in table.renamed if rows else ():
        yield _renamed(place, name, heading)
    if rows and table.missing:
        yield _missing(place, table.missing, len(rows))
        return
    for row, texts in rows:
        typed = grid.value(row, number)
        item = clean(as_typed(typed if isinstance(typed, str) else grid.value(row, key)))
        yield decide(item, texts, Place(file, grid.name, address(row, place_col)), anchors)


def _renamed(place: Place, name: str, heading: str) -> Finding:
    message = f"审核栏“{name}”的表头写的是“{heading}”，按所在的位置认作“{name}”。"
    return finding("X505", place, message, f"请核对；最好恢复表头“{name}”。", value=heading)


def _missing(place: Place, missing: Sequence[str], rows: int) -> Finding:
    names = "、".join(f"“{name}”" for name in missing)
    message = f"审核栏找不到{names}，{rows}行审核意见没有读取。"
    fix = f"请恢复表头{names}，或在最新的汇总台账中重新填写。"
    return finding("X504", place, message, fix)
