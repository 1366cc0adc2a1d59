"""The consolidated workbook come back from the office: what it decides about items, what findings it waives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.intake.codes import finding
from toolkit.ledger.columns import BY_CODE, COLUMNS
from toolkit.ledger.dates import read_date
from toolkit.ledger.decision import Decision, Ruling
from toolkit.ledger.finding import Finding, Place
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.text import as_typed, blank, clean, normal_heading
from toolkit.ledger.waiver import Waiver
from toolkit.sheets.grid import address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from toolkit.sheets.grid import Book, Grid, Value

KEY_HEADER = "_key"
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
    decisions: tuple[Decision, ...]
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
    decisions: list[Decision] = []
    for decided in _decisions(book.grid(LEDGER_SHEET), file):
        (decisions if isinstance(decided, Decision) else findings).append(decided)  # type: ignore[arg-type]
    return Review(tuple(waivers), tuple(decisions), tuple(findings))


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


def _decisions(grid: Grid | None, file: str) -> Iterator[Decision | Finding]:
    """One decision for each row with something in its review columns."""
    head, cols = _heads(grid, (normal_heading(BY_CODE["id"].header), *DECISIONS))
    if grid is None or not head:
        return
    key = cols.get(KEY_HEADER, 0) or cols[normal_heading(BY_CODE["id"].header)]
    for row in range(head + 1, len(grid.rows) + 1):
        said = {name: clean(as_typed(grid.value(row, cols[name]))) for name in DECISIONS}
        if any(said.values()):
            place = Place(file, grid.name, address(row, cols[DECISIONS[0]]))
            days = {name: _day(grid.value(row, cols[name])) for name in ("延期至", "审核日期")}
            yield _decision(clean(as_typed(grid.value(row, key))), said, days, place)


def _day(value: Value) -> date | None:
    """A date; None for a blank or for anything else."""
    day = None if blank(value) else read_date(value)
    return None if isinstance(day, Unreadable) else day


def _decision(item: str, said: Mapping[str, str], days: Mapping[str, date | None], place: Place) -> Decision | Finding:
    on, until = days["审核日期"], days["延期至"]
    fault = _why_unclear(said, days)
    if fault or on is None:
        return finding(
            "X502", place, f"问题{item}的审核意见没有采用：{fault}。", _HOW_TO_DECIDE, value=said["审核意见"]
        )
    agreed = said["同意销号"]
    ruling = Ruling.CLOSE if agreed == "是" else Ruling.EXTEND if until else Ruling.SEND_BACK
    return Decision(
        id=item,
        ruling=ruling,
        opinion=said["审核意见"],
        basis=said["依据"],
        by=said["审核人"],
        on=on,
        until=until,
        place=place,
    )


def _why_unclear(said: Mapping[str, str], days: Mapping[str, date | None]) -> str:
    """What keeps the review columns of a row from being a decision; "" where nothing does."""
    agreed, until = said["同意销号"], said["延期至"]
    faults = (
        (not said["审核人"], "没有填写审核人"),
        (not said["审核日期"], "没有填写审核日期"),
        (bool(said["审核日期"]) and days["审核日期"] is None, f"审核日期“{said['审核日期']}”不是日期"),
        (bool(until) and days["延期至"] is None, f"延期至“{until}”不是日期"),
        (agreed not in ("", "是", "否"), f"同意销号写的是“{agreed}”，应为是或否"),
        (agreed == "是" and bool(until), "同时填了同意销号和延期至"),
        (bool(until) and not said["依据"], "延期没有填写依据"),
        (not agreed and not until, "没有填写同意销号（是、否）或延期至"),
        (agreed == "否" and not until and not said["审核意见"], "退回没有写明意见"),
    )
    return next((why for wrong, why in faults if wrong), "")


_HOW_TO_DECIDE = "同意销号的填“是”；延期的填延期至和依据；退回的填“否”并写明意见；都要填审核人和审核日期。"
