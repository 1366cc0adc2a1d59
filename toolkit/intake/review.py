"""The consolidated workbook come back from the office: what it decides about items, what findings it waives."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.intake.codes import finding
from toolkit.ledger.columns import BY_CODE, COLUMNS
from toolkit.ledger.dates import read_date
from toolkit.ledger.decision import Decision, Ruling
from toolkit.ledger.finding import Finding, Place
from toolkit.ledger.ids import read_id
from toolkit.ledger.letter import Reply
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.text import as_typed, blank, clean, normal_heading
from toolkit.ledger.waiver import Waiver
from toolkit.sheets.grid import address, column_letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from toolkit.ledger.submission import Row
    from toolkit.sheets.grid import Book, Grid, Value

KEY_HEADER = "_key"
FINDINGS_SHEET, LEDGER_SHEET, OVERVIEW_SHEET = "核查意见", "整改台账", "总览"
# What the office fills in to waive a finding.
REASON, BY, UNTIL = "免核理由", "批准人", "有效期至"
_HEADS = ("规则", "问题编号", "栏目", "核查意见", REASON, BY, UNTIL)
# What the office fills in to decide about an item.
DECISIONS = ("审核意见", "同意销号", "延期至", "依据", "审核人", "审核日期")
LOOK_BACK = "回头看"
# What the office fills in when a unit has answered a letter.
LETTERS_SHEET, REPLIED_ON = "函件登记", "复函日期"
_LETTER_HEADS = ("发文字号", REPLIED_ON, "复函内容")
_SEARCHED = 10
_HEADING_OF = {normal_heading(column.header): column.code for column in COLUMNS}
_CODE_OF = {column.header: column.code for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class Review:
    """What the office decided in the consolidated workbook, and what of it could not be followed."""

    waivers: tuple[Waiver, ...]
    decisions: tuple[Decision, ...]
    replies: tuple[Reply, ...]
    findings: tuple[Finding, ...]


def is_consolidated(book: Book) -> bool:
    """Whether a workbook has the sheets of 汇总台账.xlsx (its identity may have been lost on the way)."""
    return all(
        book.grid(name) is not None for name in (FINDINGS_SHEET, LEDGER_SHEET, OVERVIEW_SHEET)
    )


def read_review(book: Book, file: str) -> Review:
    """The waivers of the sheet 核查意见; a decision that is not complete is a finding, never half taken."""
    waivers: list[Waiver] = []
    findings: list[Finding] = []
    for found in _waivers(book.grid(FINDINGS_SHEET), file):
        (waivers if isinstance(found, Waiver) else findings).append(found)  # type: ignore[arg-type]
    decisions: list[Decision] = []
    for decided in _decisions(book.grid(LEDGER_SHEET), file):
        (decisions if isinstance(decided, Decision) else findings).append(decided)  # type: ignore[arg-type]
    replies: list[Reply] = []
    for answered in _replies(book.grid(LETTERS_SHEET), file):
        (replies if isinstance(answered, Reply) else findings).append(answered)  # type: ignore[arg-type]
    return Review(tuple(waivers), tuple(decisions), tuple(replies), tuple(findings))


def office_rows(book: Book, rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows of the ledger's own sheet; which item each is about, matching finds out.

    Only the ledger's own columns count: what is derived beside them, such as 来源, is no column of a unit.
    """
    grid = book.grid(LEDGER_SHEET)
    _, cols = _heads(grid, (normal_heading(BY_CODE["id"].header), *DECISIONS))
    own = {code: column_letters(cols[head]) for head, code in _HEADING_OF.items() if head in cols}
    kept: list[Row] = []
    for row in rows:
        if row.origin.sheet == LEDGER_SHEET:
            typed = {
                code: text
                for code, text in row.typed.items()
                if row.letters.get(code) == own.get(code)
            }
            typed = {code: text for code, text in typed.items() if code not in row.elsewhere}
            kept.append(replace(row, typed=typed))
    return tuple(kept)


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


def _decisions(grid: Grid | None, file: str) -> Iterator[Decision | Finding]:
    """One decision for each row with something in its review columns."""
    head, cols = _heads(grid, (normal_heading(BY_CODE["id"].header), *DECISIONS))
    if grid is None or not head:
        return
    number = cols[normal_heading(BY_CODE["id"].header)]
    key = cols.get(KEY_HEADER, 0) or number
    seen: set[str] = set()
    for row in range(head + 1, len(grid.rows) + 1):
        item = clean(as_typed(grid.value(row, key)))
        if (
            not item or item in seen
        ):  # a row that was inserted, or copied together with its hidden key
            item = clean(as_typed(grid.value(row, number)))
        seen.add(item)
        said = {
            name: clean(as_typed(grid.value(row, cols[name])))
            for name in (*DECISIONS, LOOK_BACK)
            if name in cols
        }
        if any(said.values()):
            place = Place(file, grid.name, address(row, cols[DECISIONS[0]]))
            days = {name: _day(grid.value(row, cols[name])) for name in ("延期至", "审核日期")}
            yield _decision(item, said, days, place)


def _day(value: Value) -> date | None:
    """A date; None for a blank or for anything else."""
    day = None if blank(value) else read_date(value)
    return None if isinstance(day, Unreadable) else day


_SPLIT = re.compile(r"拆分?[为成](?P<ids>.+)")
_JOIN = re.compile(r"(?:并入|合并到|合并至)(?P<ids>.+)")
_BETWEEN_IDS = re.compile(r"[、，,；;和及与\s]+")
_RELAPSED = re.compile(
    r"(?<![未无没])(?<!没有)(?<!未见)(?<!未发现)(?:反弹|回潮)|重新整改|整改不到位|未整改到位"
)
_FIRM = re.compile(r"(?:未|无|没有|未见|未发现)(?:反弹|回潮)|巩固|保持")


def _rulings(said: Mapping[str, str]) -> tuple[Ruling, ...]:
    """Every decision that the review columns of a row can be read as."""
    looked = said.get(LOOK_BACK, "")
    found = {
        Ruling.CLOSE: said["同意销号"] == "是",
        Ruling.SEND_BACK: said["同意销号"] == "否",
        Ruling.EXTEND: bool(said["延期至"]),
        Ruling.SPLIT: bool(_SPLIT.search(said["审核意见"])),
        Ruling.JOIN: bool(_JOIN.search(said["审核意见"])),
        Ruling.REOPEN: bool(_RELAPSED.search(looked)),
        Ruling.LOOK_BACK: bool(_FIRM.search(looked)) and not _RELAPSED.search(looked),
    }
    return tuple(ruling for ruling, holds in found.items() if holds)


def _decision(
    item: str, said: Mapping[str, str], days: Mapping[str, date | None], place: Place
) -> Decision | Finding:
    rulings = _rulings(said)
    on = days["审核日期"]
    fault = _why_unclear(said, days, rulings)
    if fault or on is None:
        return finding(
            "X502",
            place,
            f"问题{item}的审核意见没有采用：{fault}。",
            _HOW_TO_DECIDE,
            value=said["审核意见"],
        )
    ruling = rulings[0] if rulings else Ruling.AMEND
    opinion = said["审核意见"] or said.get(LOOK_BACK, "")
    return Decision(
        id=item,
        ruling=ruling,
        opinion=opinion,
        basis=said["依据"],
        by=said["审核人"],
        on=on,
        until=days["延期至"],
        place=place,
        others=_others(ruling, opinion),
    )


def _others(ruling: Ruling, opinion: str) -> tuple[str, ...]:
    """The ids that a split or a join names."""
    found = (
        (_SPLIT if ruling is Ruling.SPLIT else _JOIN).search(opinion) if ruling.withdraws else None
    )
    parts = _BETWEEN_IDS.split(found["ids"].strip("。 ")) if found else ()
    read = [read_id(part) for part in parts if part]
    return tuple(dict.fromkeys(part for part in read if isinstance(part, str)))


def _why_unclear(
    said: Mapping[str, str], days: Mapping[str, date | None], rulings: Sequence[Ruling]
) -> str:
    """What keeps the review columns of a row from being a decision; "" where nothing does."""
    agreed, until, looked = said["同意销号"], said["延期至"], said.get(LOOK_BACK, "")
    ruling = rulings[0] if rulings else None
    needs_basis = ruling in (Ruling.EXTEND, Ruling.SPLIT, Ruling.JOIN)
    faults = (
        (not said["审核人"], "没有填写审核人"),
        (not said["审核日期"], "没有填写审核日期"),
        (
            bool(said["审核日期"]) and days["审核日期"] is None,
            f"审核日期“{said['审核日期']}”不是日期",
        ),
        (bool(until) and days["延期至"] is None, f"延期至“{until}”不是日期"),
        (agreed not in ("", "是", "否"), f"同意销号写的是“{agreed}”，应为是或否"),
        (
            bool(looked) and not set(rulings) & _LOOKED,
            f"回头看写的是“{looked}”，应写明未反弹或反弹",
        ),
        (len(rulings) > 1, f"同时填了{'和'.join(_FILLED_IN[each] for each in rulings)}"),
        (needs_basis and not said["依据"], f"{ruling.word if ruling else ''}没有填写依据"),
        (
            not rulings and not said["依据"],
            "没有填写同意销号（是、否）、延期至，变更的没有填写依据",
        ),
        (ruling is Ruling.SEND_BACK and not said["审核意见"], "退回没有写明意见"),
    )
    return next((why for wrong, why in faults if wrong), "")


_LOOKED = {Ruling.REOPEN, Ruling.LOOK_BACK}
_FILLED_IN = {
    Ruling.CLOSE: "同意销号", Ruling.SEND_BACK: "不同意销号", Ruling.EXTEND: "延期至", Ruling.SPLIT: "拆分", Ruling.JOIN: "并入",
    Ruling.REOPEN: "回头看反弹", Ruling.LOOK_BACK: "回头看未反弹",
}  # fmt: skip
_HOW_TO_DECIDE = (
    "同意销号的填“是”；延期的填延期至和依据；退回的填“否”并写明意见；回头看的写“未反弹”或“反弹”；"
    "变更、拆分、并入的写明依据；都要填审核人和审核日期。"
)
