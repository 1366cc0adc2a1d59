"""How a cell is put right: said with what stands in it, never with an example to be typed as it is.

What can be typed as it is said stands after 写成 or 填 in quotation marks. A test obeys every such
remedy, and obeying it may earn no further finding.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from toolkit.checks.rule import OPEN
from toolkit.ledger.columns import BY_CODE, Filler, Kind
from toolkit.ledger.numerals import with_figures
from toolkit.ledger.status import Status
from toolkit.ledger.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.checks.rule import Case
    from toolkit.ledger.reading import Unreadable

# What goes with a status that is put right. A blank cell erases nothing, so what is to go becomes 无.
STILL_OPEN = "状态填“{IN_PROGRESS}”，完成时间填“无”，并写明下一步措施（已逾期的还要写存在困难）"
DONE_AFTER_ALL = "状态填“{DONE}”，并填写完成时间和佐证材料"

_YEAR_MONTH_DAY = re.compile(r"((?:19|20)\d\d)[年./\-]\s*(\d{1,2})[月./\-]\s*(\d{1,2})")
_YEAR_MONTH = re.compile(r"((?:19|20)\d\d)[年./\-]\s*(\d{1,2})")
_MONTH_DAY = re.compile(r"(?<!\d)(\d{1,2})[月./\-]\s*(\d{1,2})(?!\d)")
_FIGURES = re.compile(r"\d+(?:\.\d+)?")
_MONTHS = 12


def remedy(case: Case, code: str, fault: Unreadable) -> str:
    """What to do about a cell of this column that cannot be read."""
    kind = BY_CODE[code].kind
    ways = [f"“{way}”" for way in dict.fromkeys(_ways(kind, fault, case.around.as_of))]
    how = _HOW.get(kind, "请重新填写。")
    if kind is Kind.DATE and case.item.status in OPEN:
        day = f"完成时间写成{'或'.join(ways)}，" if ways else ""
        return f"尚未完成的，完成时间填“无”；已经完成的，{day}{DONE_AFTER_ALL}。"
    if kind is Kind.CHOICE:
        return f"请从下拉列表中选择：{'、'.join(BY_CODE[code].choices)}。"
    if kind is Kind.STATUS and not ways:
        words = case.around.settings.words
        return f"请从下拉列表中选择与实际相符的一项：{'、'.join(words.of(status) for status in Status)}。"
    return f"请核对；没有其他意思的，写成{'或'.join(ways)}。" if ways else how


_HOW = {
    Kind.DATE: f"请写明实际完成的年、月、日；尚未完成的，{STILL_OPEN}。",
    Kind.DEADLINE: "请写明完成日期（年-月-日）；完成后还要坚持的，日期后面加“，并长期坚持”。",
    Kind.MONEY: "请填一个确定的数，单位万元；没有的，填“无”。",
    Kind.COUNT: "请填一个确定的整数；没有的，填“无”。",
    Kind.UNIT: "请写单位全称；确是新单位的，请整改办先登记。",
    Kind.UNITS: "请写单位全称，几个单位用顿号分开；确是新单位的，请整改办先登记。",
    Kind.ID: "请按下发台账中的编号填写。",
}


def _ways(kind: Kind, fault: Unreadable, as_of: date) -> Iterator[str]:
    """What the cell may have been meant to say, as it should be written."""
    if kind is Kind.STATUS:
        # One way is meant by what was typed (已销号), several are a list of words to choose from.
        yield from fault.try_instead if len(fault.try_instead) == 1 else ()
        return
    yield from (way for way in fault.try_instead if _is_made_of(way, fault))
    text = with_figures(clean(fault.raw))
    if kind is Kind.DATE:
        yield from (day.isoformat() for day in _days(text, as_of))
    if kind is Kind.DEADLINE:
        yield from _deadlines(text, fault)
    if kind in (Kind.MONEY, Kind.COUNT):
        figures = _FIGURES.findall(text)
        whole = [figure for figure in figures if kind is Kind.MONEY or "." not in figure]
        yield from whole if len(figures) == 1 else ()


def _is_made_of(way: str, fault: Unreadable) -> bool:
    """Whether a way of writing comes from the cell: its figures, or the reason names it."""
    figures = {float(figure) for figure in _FIGURES.findall(way)}
    there = {float(figure) for figure in _FIGURES.findall(with_figures(clean(fault.raw)))}
    return way in fault.why.replace(f"“{fault.raw}”", "") or bool(figures and figures <= there)


def _days(text: str, as_of: date) -> Iterator[date]:
    """The one day that a text names; without its year, the last such day that is over."""
    named = [_day(*map(int, found)) for found in _YEAR_MONTH_DAY.findall(text)]
    if not named and not _YEAR_MONTH.search(text):
        parts = [tuple(map(int, found)) for found in _MONTH_DAY.findall(text)]
        named = [_latest(month, day, as_of) for month, day in parts]
    if len(named) == 1 and named[0]:
        yield named[0]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _latest(month: int, day: int, as_of: date) -> date | None:
    days = (_day(year, month, day) for year in (as_of.year, as_of.year - 1))
    return next((found for found in days if found and found <= as_of), None)


def _deadlines(text: str, fault: Unreadable) -> Iterator[str]:
    """Month 1 or 10 of 2026.1; the end of a month without such a day; a day beside other words."""
    whole = _YEAR_MONTH_DAY.search(text)
    if whole:
        year, month, day = map(int, whole.groups())
        found = _day(year, month, day)
        if found:
            yield found.isoformat()
        elif 1 <= month <= _MONTHS and fault.impossible:
            yield f"{year}年{month}月底前"
        return
    bare = _YEAR_MONTH.fullmatch(text)
    if bare and int(bare[2]) == 1:
        yield from (f"{bare[1]}年{month}月底前" for month in (1, 10))


def for_the_office(case: Case, column: str, fix: str) -> str:
    """The same instruction on a cell of the office's: a unit that follows it would be refused."""
    form = case.around.settings.form
    is_unit_s = case.before is None or form.filler_of(column) is Filler.UNIT
    if is_unit_s or "整改办" in fix:
        return fix
    return f"{fix}{form.heading_of(column)}由整改办更正：请告知整改办，不要自行改动。"
