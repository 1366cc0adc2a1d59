"""The review columns of the office's workbooks: which columns they are, and what a row of them decides."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.intake.codes import finding
from toolkit.ledger.dates import read_date
from toolkit.ledger.decision import (
    AGREED,
    BASIS,
    BY,
    DECISIONS,
    LOOK_BACK,
    ON,
    OPINION,
    UNTIL,
    Decision,
    Ruling,
    Unfollowed,
)
from toolkit.ledger.ids import read_id
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.text import as_typed, blank, clean, normal_heading

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from toolkit.ledger.deadlines import Anchors
    from toolkit.ledger.finding import Finding, Place
    from toolkit.sheets.grid import Grid, Value

# As an office renames the columns; each is one of ours whatever stands beside it.
_SYNONYMS = {
    OPINION: ("审批意见", "整改办意见", "整改办审核意见", "领导意见", "领导审核意见", "批示意见", "审定意见", "审核结论"),
    AGREED: ("是否同意销号", "是否销号", "同意销号是否", "准予销号", "是否准予销号", "销号意见", "是否同意", "销号"),
    UNTIL: ("延期到", "同意延期至", "延期时间", "延期日期", "延长至", "延期时限", "新的时限"),
    BASIS: ("审核依据", "决定依据", "延期依据", "文件依据", "依据文件"),
    BY: ("审批人", "审核人签字", "审核人签名", "审核人姓名", "审核领导", "批准人", "审定人", "签字人", "签字"),
    ON: ("审核时间", "审批日期", "审批时间", "审定日期", "审定时间", "签字日期", "签字时间", "审核日"),
    LOOK_BACK: ("回头看情况", "回头看结果", "回头看结论"),
}  # fmt: skip
_NAMES = {normal_heading(name): name for name in (*DECISIONS, LOOK_BACK)} | {
    normal_heading(other): name for name, others in _SYNONYMS.items() for other in others
}
# So many of the columns make a table one that the office reviews in.
_LEAST = 3
_DONE_WITH = "审核情况"  # the derived column in front of ours
_YES = frozenset(
    [
        "是",
        "同意",
        "同意销号",
        "准予销号",
        "准予",
        "准",
        "可",
        "可以",
        "对",
        "已同意",
        "通过",
        "销号",
        "√",
        "✓",
        "✔",
        "☑",
        "Y",
        "YES",
    ]
)
_NO = frozenset(
    "否 不 不同意 不同意销号 不予销号 不准 不通过 暂不同意 暂不销号 暂缓 退回 × ✗ ✘ ☒ X N NO".split()  # noqa: SIM905
)
_AROUND_WORD = " 。.！!，,；;（）()[]【】"
_MONTH_DAY = re.compile(r"(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号]?|(?P<end>月?底|末))")
_CHINESE_MONTHS = {
    name: str(number)
    for number, name in enumerate(
        ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"), 1
    )
}
_CHINESE_MONTH = re.compile(r"(十[一二]?|[一二三四五六七八九])(?=月)")


@dataclass(frozen=True, slots=True)
class ReviewTable:
    """Where the office reviews in a sheet: heading row, the column of each name, the names not found, (name, heading) of others.

    `merged` leads from a cell inside a merged one to its first row.
    """

    grid: Grid
    head: int
    cols: Mapping[str, int]
    missing: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    merged: Mapping[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class Said:
    """What stands in the review columns of one row, as typed; the two dates as read, None for a blank or anything else."""

    opinion: str = ""
    agreed: str = ""
    until: str = ""
    basis: str = ""
    by: str = ""
    on: str = ""
    looked: str = ""
    until_day: dt.date | None = field(default=None, compare=False)
    on_day: dt.date | None = field(default=None, compare=False)

    @property
    def cells(self) -> tuple[tuple[str, str], ...]:
        """The typed texts under the names of their columns, blanks left out."""
        texts = (self.opinion, self.agreed, self.until, self.basis, self.by, self.on, self.looked)
        pairs = zip((*DECISIONS, LOOK_BACK), texts, strict=True)
        return tuple((name, text) for name, text in pairs if text)


def review_table(
    grid: Grid, key_header: str, number_headings: frozenset[str]
) -> ReviewTable | None:
    """The review columns of a sheet, by their headings; one that was renamed beyond words by its place among the others."""
    for row in range(1, min(len(grid.rows), _SEARCHED) + 1):
        words = {
            col: normal_heading(as_typed(value))
            for col, value in enumerate(grid.rows[row - 1], 1)
            if value is not None and not blank(value)
        }
        cols = {_NAMES[word]: col for col, word in reversed(words.items()) if word in _NAMES}
        has_number = not number_headings.isdisjoint(words.values())
        if has_number and len(cols.keys() & set(DECISIONS)) >= _LEAST:
            return _completed(grid, row, cols, words, key_header)
    return None


_SEARCHED = 10


def _completed(
    grid: Grid, head: int, cols: dict[str, int], words: Mapping[int, str], key_header: str
) -> ReviewTable:
    """The columns in our order: one without a name of its own stands where ours stood, between two that are known."""
    names = (*DECISIONS, LOOK_BACK)
    taken = set(cols.values())
    renamed = []
    for number, name in enumerate(names):
        before = cols.get(names[number - 1]) if number else _col_of(words, _DONE_WITH)
        after = (
            cols.get(names[number + 1]) if number + 1 < len(names) else _col_of(words, key_header)
        )
        place = (before or 0) + 1 if before else (after or 0) - 1
        between = before is None or after is None or after - before == 2
        if name not in cols and place > 0 and place not in taken and between and place in words:
            cols[name] = place
            taken.add(place)
            renamed.append((name, clean(as_typed(grid.value(head, place)))))
    missing = tuple(name for name in DECISIONS if name not in cols)
    return ReviewTable(grid, head, cols, missing, tuple(renamed), _merged(grid, cols.values()))


def _merged(grid: Grid, cols: Collection[int]) -> dict[tuple[int, int], int]:
    return {
        (row, merge.first_col): merge.first_row
        for merge in grid.merges
        if merge.first_col in cols and merge.first_col == merge.last_col
        for row in range(merge.first_row, min(merge.last_row, len(grid.rows)) + 1)
    }


def _col_of(words: Mapping[int, str], heading: str) -> int | None:
    wanted = normal_heading(heading)
    return next((col for col, word in words.items() if word == wanted), None)


def rows_said(table: ReviewTable, anchors: Anchors) -> Iterator[tuple[int, Said]]:
    """What stands in the review columns of each row with a cell of its own there.

    A cell merged over several rows stands in each of them; in a row with nothing else it decides nothing.
    """
    for row in range(table.head + 1, len(table.grid.rows) + 1):
        own = {name: table.grid.value(row, col) for name, col in table.cols.items()}
        if all(blank(value) for value in own.values()):
            continue
        values = {
            name: table.grid.value(table.merged.get((row, col), row), col)
            for name, col in table.cols.items()
        }
        texts = {name: clean(as_typed(value)) for name, value in values.items()}
        yield row, said(texts, values.get(UNTIL), values.get(ON), anchors)


def said(texts: Mapping[str, str], until: Value, on: Value, anchors: Anchors) -> Said:
    """The texts of the review columns by their names, with their dates: a signature's in the past, an extension's to come."""
    opinion, agreed, until_text, basis, by, on_text, looked = (
        texts.get(name, "") for name in (*DECISIONS, LOOK_BACK)
    )
    return Said(
        opinion,
        agreed,
        until_text,
        basis,
        by,
        on_text,
        looked,
        until_day=_day(until, anchors.as_of, is_past=False),
        on_day=_day(on, anchors.as_of, is_past=True),
    )


def _day(value: Value, as_of: dt.date | None, *, is_past: bool) -> dt.date | None:
    """A date; without a year (8月3日, 9月底) the nearest one before or after the as-of date; None for anything else."""
    if value is None or blank(value):
        return None
    day = read_date(value)
    if not isinstance(day, Unreadable):
        return day
    text = _CHINESE_MONTH.sub(lambda found: _CHINESE_MONTHS[found[0]], clean(as_typed(value)))
    found = _MONTH_DAY.fullmatch(text.strip(_AROUND_WORD))
    if not found or as_of is None:
        return None
    years = (as_of.year, as_of.year - 1) if is_past else (as_of.year, as_of.year + 1)
    days = (_on(year, found) for year in years)
    fits = (day for day in days if day and ((day <= as_of) if is_past else (day >= as_of)))
    return next(fits, None)


def _on(year: int, found: re.Match[str]) -> dt.date | None:
    month = int(found["month"])
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    day = last if found["end"] else int(found["day"])
    return dt.date(year, month, day) if 1 <= day <= last else None


_SPLIT = re.compile(r"拆分?[为成](?P<ids>.+)")
_JOIN = re.compile(r"(?:并入|合并到|合并至)(?P<ids>.+)")
_BETWEEN_IDS = re.compile(r"[、，,；;和及与\s]+")
_RELAPSED = re.compile(
    r"(?<![未无没])(?<!没有)(?<!未见)(?<!未发现)(?:反弹|回潮)|重新整改|整改不到位|未整改到位"
)
_FIRM = re.compile(r"(?:未|无|没有|未见|未发现)(?:反弹|回潮)|巩固|保持")


def agreement(text: str) -> bool | None:
    """Whether a cell of 同意销号 says yes or no, in any of the plain ways; None where it says neither."""
    word = text.strip(_AROUND_WORD).upper()
    return True if word in _YES else False if word in _NO else None


def decide(item: str, said: Said, place: Place, anchors: Anchors) -> Decision | Unfollowed:
    """The decision of a row, or why it cannot be followed."""
    rulings = _rulings(said)
    fault = _why_unclear(said, rulings, anchors)
    if fault or said.on_day is None:
        return Unfollowed(item, place, said.cells, fault)
    ruling = _first(rulings) or Ruling.AMEND
    opinion = said.opinion or said.looked
    return Decision(
        id=item,
        ruling=ruling,
        opinion=opinion,
        basis=said.basis,
        by=said.by,
        on=said.on_day,
        until=said.until_day,
        place=place,
        others=_others(ruling, opinion),
        cells=said.cells,
    )


def told(unfollowed: Unfollowed) -> Finding:
    """The finding about a decision that is not complete."""
    message = f"问题{unfollowed.id}的审核意见没有采用：{unfollowed.reason}。"
    opinion = dict(unfollowed.cells).get(OPINION, "")
    return finding("X502", unfollowed.place, message, _HOW_TO_DECIDE, value=opinion)


def _rulings(said: Said) -> tuple[Ruling, ...]:
    """Every decision that the review columns of a row can be read as."""
    agreed = agreement(said.agreed)
    found = {
        Ruling.CLOSE: agreed is True,
        Ruling.SEND_BACK: agreed is False,
        Ruling.EXTEND: bool(said.until),
        Ruling.SPLIT: bool(_SPLIT.search(said.opinion)),
        Ruling.JOIN: bool(_JOIN.search(said.opinion)),
        Ruling.REOPEN: bool(_RELAPSED.search(said.looked)),
        Ruling.LOOK_BACK: bool(_FIRM.search(said.looked)) and not _RELAPSED.search(said.looked),
    }
    return tuple(ruling for ruling, holds in found.items() if holds)


def _first(rulings: Sequence[Ruling]) -> Ruling | None:
    """The one decision; that something fell back includes its new deadline."""
    return Ruling.REOPEN if Ruling.REOPEN in rulings else next(iter(rulings), None)


def _others(ruling: Ruling, opinion: str) -> tuple[str, ...]:
    """The ids that a split or a join names."""
    found = (
        (_SPLIT if ruling is Ruling.SPLIT else _JOIN).search(opinion) if ruling.withdraws else None
    )
    parts = _BETWEEN_IDS.split(found["ids"].strip("。 ")) if found else ()
    read = [read_id(part) for part in parts if part]
    return tuple(dict.fromkeys(part for part in read if isinstance(part, str)))


def _why_unclear(said: Said, rulings: Sequence[Ruling], anchors: Anchors) -> str:
    """What keeps the review columns of a row from being a decision; "" where nothing does."""
    ruling = _first(rulings)
    needs_basis = ruling in (Ruling.EXTEND, Ruling.SPLIT, Ruling.JOIN)
    as_of, feedback, on = anchors.as_of, anchors.feedback, said.on_day
    faults = (
        (not said.by, "没有填写审核人"),
        (not said.on, "没有填写审核日期"),
        (bool(said.on) and on is None, f"审核日期“{said.on}”不是日期"),
        (bool(on and as_of and on > as_of), f"审核日期{on}晚于截至日期{as_of}"),
        (bool(on and feedback and on < feedback), f"审核日期{on}早于反馈日期{feedback}"),
        (bool(said.until) and said.until_day is None, f"延期至“{said.until}”不是日期"),
        (
            bool(said.agreed) and agreement(said.agreed) is None,
            f"同意销号写的是“{said.agreed}”，应为是或否",
        ),
        (
            bool(said.looked) and not set(rulings) & _LOOKED,
            f"回头看写的是“{said.looked}”，应写明未反弹或反弹",
        ),
        (
            len(rulings) > 1 and set(rulings) != _RELAPSE,
            f"同时填了{'和'.join(_FILLED_IN[each] for each in rulings)}",
        ),
        (needs_basis and not said.basis, f"{ruling.word if ruling else ''}没有填写依据"),
        (
            not rulings and not said.basis,
            "没有填写同意销号（是、否）、延期至，变更的没有填写依据",
        ),
        (ruling is Ruling.SEND_BACK and not said.opinion, "退回没有写明意见"),
    )
    return next((why for wrong, why in faults if wrong), "")


_LOOKED = {Ruling.REOPEN, Ruling.LOOK_BACK}
# What fell back may be given its new deadline at once.
_RELAPSE = {Ruling.EXTEND, Ruling.REOPEN}
_FILLED_IN = {
    Ruling.CLOSE: "同意销号", Ruling.SEND_BACK: "不同意销号", Ruling.EXTEND: "延期至", Ruling.SPLIT: "拆分", Ruling.JOIN: "并入",
    Ruling.REOPEN: "回头看反弹", Ruling.LOOK_BACK: "回头看未反弹",
}  # fmt: skip
_HOW_TO_DECIDE = (
    "同意销号的填“是”；延期的填延期至和依据；退回的填“否”并写明意见；回头看的写“未反弹”或“反弹”；"
    "变更、拆分、并入的写明依据；都要填审核人和审核日期。"
)
