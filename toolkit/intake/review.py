"""The consolidated workbook come back from the office: what it waives in the sheet 核查意见."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.intake.codes import finding
from toolkit.ledger.columns import BY_CODE, COLUMNS
from toolkit.ledger.dates import read_date
from toolkit.ledger.finding import Finding, Place
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.text import as_typed, clean, normal_heading
from toolkit.ledger.waiver import Waiver
from toolkit.sheets.grid import address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.sheets.grid import Book, Grid

FINDINGS_SHEET, LEDGER_SHEET, OVERVIEW_SHEET = "核查意见", "整改台账", "总览"
# What the office fills in to waive a finding.
REASON, BY, UNTIL = "免核理由", "批准人", "有效期至"
_HEADS = ("规则", "问题编号", "栏目", "核查意见", REASON, BY, UNTIL)
# What the office fills in to decide about an item.
DECISIONS = ("审核意见", "同意销号", "延期至", "依据", "审核人", "审核日期")
_SEARCHED = 10
_CODE_OF = {column.header: column.code for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class Review:
    """What the office decided in the consolidated workbook, and what of it could not be followed."""

    waivers: tuple[Waiver, ...]
    findings: tuple[Finding, ...]


def is_consolidated(book: Book) -> bool:
    """Whether a workbook has the sheets of 汇总台账.xlsx (its identity may have been lost on the way)."""
    return all(book.grid(name) is not None for name in (FINDINGS_SHEET, LEDGER_SHEET, OVERVIEW_SHEET))


def read_review(book: Book, file: str) -> Review:
    """The waivers of the sheet 核查意见; a decision that is not complete is a finding, never half taken."""
    waivers: list[Waiver] = []
    findings: list[Finding] = []
    for found in _waivers(book.grid(FINDINGS_SHEET), file):
        (waivers if isinstance(found, Waiver) else findings).append(found)  # type: ignore[arg-type]
    findings += _undecided(book.grid(LEDGER_SHEET), file)
    return Review(tuple(waivers), tuple(findings))


def _heads(grid: Grid | None, wanted: tuple[str, ...]) -> tuple[int, Mapping[str, int]]:
    """(row, column by heading) of the heading row that has all of these; (0, {}) where there is none."""
    for row in range(1, min(len(grid.rows), _SEARCHED) + 1) if grid else ():
        assert grid is not None  # noqa: S101 - it has rows
        cols = {normal_heading(as_typed(value)): col for col, value in enumerate(grid.rows[row - 1], 1) if value}
        if all(head in cols for head in wanted):
            return row, cols
    return 0, {}


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
                "X501", place, f"免核没有填写{'、'.join(lacking)}，该条意见照常提出。", fix, value=said[REASON]
            )
        elif until is None or isinstance(until, Unreadable):
            place = Place(file, grid.name, address(row, cols[UNTIL]))
            yield finding(
                "X501",
                place,
                f"有效期至“{said[UNTIL]}”不是日期，该条意见照常提出。",
                "请填写日期，如2026-09-30。",
                value=said[UNTIL],
            )
        else:
            code = _CODE_OF.get(said["栏目"], "")
            yield Waiver(
                rule=said["规则"], id=said["问题编号"], column=code, reason=said[REASON], by=said[BY], until=until,
                message=said["核查意见"],
            )  # fmt: skip


def _undecided(grid: Grid | None, file: str) -> Iterator[Finding]:
    """Review columns that somebody filled: said, since this version does not act on them."""
    head, cols = _heads(grid, (BY_CODE["id"].header, *DECISIONS[:2]))
    if grid is None or not head:
        return
    filled = [
        row
        for row in range(head + 1, len(grid.rows) + 1)
        if any(clean(as_typed(grid.value(row, cols[name]))) for name in DECISIONS if name in cols)
    ]
    if filled:
        ids = "、".join(clean(as_typed(grid.value(row, cols[normal_heading(BY_CODE["id"].header)]))) for row in filled)
        place = Place(file, grid.name, address(filled[0], cols[DECISIONS[0]]))
        message = f"审核栏已填写（问题{ids}），本版本不据此销号或延期。"
        yield finding("X502", place, message, "请另行留存审核意见；销号、延期仍按原状态统计。")
