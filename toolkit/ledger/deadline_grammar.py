"""The grammar of deadlines: a table of patterns, each with the last day that it means (domain: 整改时限的写法).

A written deadline is cleaned, its standing words (长期坚持 …) are taken off, and the rest is cut into clauses; each
clause is read by the first pattern that fits. Several milestones: the last one is due.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from toolkit.ledger.dates import from_serial, full_year, ways_of
from toolkit.ledger.day_text import day_text
from toolkit.ledger.deadlines import Anchors, Deadline, DeadlineKind
from toolkit.ledger.joining import without_blanks
from toolkit.ledger.numerals import with_figures
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.text import as_typed, blank, clean

WAYS = ("2026-06-30", "2026年6月底前", "长期坚持")


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one clause means: its last day (None for a periodic or standing duty), how it was said, whether inferred."""

    due: date | None
    kind: DeadlineKind = DeadlineKind.FIXED
    inferred: bool = False


_Found = re.Match[str]
_Builder = Callable[
    [_Found, Anchors], "_Reading | str"
]  # a str is the reason why it cannot be read

_MONTHS = 12


def _last_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_end(year: str, month: str, *, inferred: bool = False) -> _Reading | str:
    if not 1 <= int(month) <= _MONTHS:
        return f"没有{int(month)}月"
    return _Reading(_last_of_month(full_year(year), int(month)), inferred=inferred)


def _exact(found: _Found, _: Anchors) -> _Reading | str:
    day = _day(full_year(found["y"]), int(found["m"]), int(found["d"]))
    return _Reading(day) if day else "日历上没有这一天"


def _exact_month(found: _Found, _: Anchors) -> _Reading | str:
    return _month_end(found["y"], found["m"])


def _before_month(found: _Found, _: Anchors) -> _Reading | str:
    return _month_end(found["y"], found["m"], inferred=True)


def _dotted_month(found: _Found, _: Anchors) -> _Reading | str:
    if found["m"] == "1":
        return "可能是1月，也可能是10月（Excel会把2022.10变成2022.1）"
    return _month_end(found["y"], found["m"])


_PART_DAY = {"上旬": 10, "初": 10, "中旬": 20, "中": 15}


def _part(found: _Found, _: Anchors) -> _Reading | str:
    return _part_of(
        full_year(found["y"]),
        int(found["m"]),
        found["part"],
        inferred=found["part"] in ("初", "中"),
    )


def _part_of(year: int, month: int, part: str, *, inferred: bool) -> _Reading | str:
    if not 1 <= month <= _MONTHS:
        return f"没有{month}月"
    day = date(year, month, _PART_DAY[part]) if part in _PART_DAY else _last_of_month(year, month)
    return _Reading(day, inferred=inferred)


_PART_OF_YEAR = {
    "上半年": (6, 30),
    "年中": (6, 30),
    "下半年": (12, 31),
    "年底": (12, 31),
    "年末": (12, 31),
    "年内": (12, 31),
    "底": (12, 31),
}
_QUARTERS = {"1": 3, "2": 6, "3": 9, "4": 12, "一": 3, "二": 6, "三": 9, "四": 12}


def _year_part(found: _Found, _: Anchors) -> _Reading:
    month, day = _PART_OF_YEAR[found["part"]]
    return _Reading(date(full_year(found["y"]), month, day))


def _quarter(found: _Found, _: Anchors) -> _Reading:
    return _Reading(_last_of_month(full_year(found["y"]), _QUARTERS[found["q"]]))


def _whole_year(found: _Found, _: Anchors) -> _Reading:
    return _Reading(date(full_year(found["y"]), 12, 31))


def _first_after(anchors: Anchors, day_of: Callable[[int], date | None]) -> _Reading | str:
    """The first such day that is not before the feedback; the year was not written, so it is inferred."""
    if not anchors.feedback:
        return "没有写年份，设置中也没有反馈日期可供推算"
    years = (anchors.feedback.year, anchors.feedback.year + 1)
    days = [day for day in map(day_of, years) if day]
    later = [day for day in days if day >= anchors.feedback]
    return _Reading(later[0], inferred=True) if later else "日历上没有这一天"


def _day_no_year(found: _Found, anchors: Anchors) -> _Reading | str:
    if int(found["m"]) > _MONTHS:
        return "像是两位数的年份"
    return _first_after(anchors, lambda year: _day(year, int(found["m"]), int(found["d"])))


def _month_no_year(found: _Found, anchors: Anchors) -> _Reading | str:
    month = int(found["m"])
    if not 1 <= month <= _MONTHS:
        return f"没有{month}月"
    return _first_after(anchors, lambda year: _last_of_month(year, month))


def _part_no_year(found: _Found, anchors: Anchors) -> _Reading | str:
    month = int(found["m"])
    if not 1 <= month <= _MONTHS:
        return f"没有{month}月"
    part = found["part"]
    return _first_after(
        anchors,
        lambda year: (
            date(year, month, _PART_DAY[part]) if part in _PART_DAY else _last_of_month(year, month)
        ),
    )


def _quarter_no_year(found: _Found, anchors: Anchors) -> _Reading | str:
    return _first_after(anchors, lambda year: _last_of_month(year, _QUARTERS[found["q"]]))


def _year_part_no_year(found: _Found, anchors: Anchors) -> _Reading | str:
    month, day = _PART_OF_YEAR[found["part"]]
    return _first_after(anchors, lambda year: date(year, month, day))


def _relative_year(found: _Found, anchors: Anchors) -> _Reading | str:
    """今年/本年/明年/次年 + the rest, from the year in which it is read, else of the feedback."""
    if not anchors.written:
        return f"“{found['word']}”从哪一年算起不明确，设置中也没有反馈日期"
    year = anchors.written.year + (found["word"] in ("明年", "次年", "来年"))
    rest = found["rest"].strip() or "年内"
    prefix = f"{year}" if rest.startswith("年") else f"{year}年"
    reading = _read_clause(prefix + rest, anchors)
    return replace(reading, inferred=True) if isinstance(reading, _Reading) else reading


def _this_month(_: _Found, anchors: Anchors) -> _Reading | str:
    if not anchors.written:
        return "“本月”“当月”指哪个月不明确"
    return _Reading(_last_of_month(anchors.written.year, anchors.written.month), inferred=True)


def _add_months(day: date, months: int) -> date:
    total = day.year * _MONTHS + day.month - 1 + months
    year, month = divmod(total, _MONTHS)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _after_feedback(found: _Found, anchors: Anchors) -> _Reading | str:
    if not anchors.feedback:
        return "从哪一天算起不明确，设置中也没有反馈日期"
    number, unit = int(found["n"]), found["unit"]
    days = {
        "个月": lambda: _add_months(anchors.feedback or date.max, number),
        "月": lambda: _add_months(anchors.feedback or date.max, number),
        "年": lambda: _add_months(anchors.feedback or date.max, number * _MONTHS),
        "周": lambda: (anchors.feedback or date.max) + timedelta(weeks=number),
        "个工作日": lambda: anchors.calendar.workday_after(anchors.feedback or date.max, number),
        "工作日": lambda: anchors.calendar.workday_after(anchors.feedback or date.max, number),
    }
    due = days.get(unit, lambda: (anchors.feedback or date.max) + timedelta(days=number))()
    return _Reading(due, DeadlineKind.RELATIVE, inferred="反馈" not in found[0])


def _half_year(found: _Found, anchors: Anchors) -> _Reading | str:
    if not anchors.feedback:
        return "从哪一天算起不明确，设置中也没有反馈日期"
    return _Reading(
        _add_months(anchors.feedback, 6), DeadlineKind.RELATIVE, inferred="反馈" not in found[0]
    )


def _phase(_: _Found, anchors: Anchors) -> _Reading:
    return _Reading(anchors.phase_end, DeadlineKind.PHASE, inferred=anchors.phase_end is None)


def _immediate(_: _Found, anchors: Anchors) -> _Reading:
    due = anchors.feedback + timedelta(days=anchors.immediate_days) if anchors.feedback else None
    return _Reading(due, DeadlineKind.IMMEDIATE, inferred=True)


def _periodic(_: _Found, __: Anchors) -> _Reading:
    return _Reading(None, DeadlineKind.PERIODIC)


def _compact(found: _Found, _: Anchors) -> _Reading | str:
    text = found["n"]
    if len(text) == 8:
        day = _day(int(text[:4]), int(text[4:6]), int(text[6:]))
        return _Reading(day) if day else "日历上没有这一天"
    if len(text) == 6:
        return _month_end(text[:4], text[4:])
    day = from_serial(int(text))
    return _Reading(day) if day else "只是一个数字，看不出日期"


def _because(reason: str) -> _Builder:
    return lambda _found, _anchors: reason


_Y = r"(?P<y>(?:19|20)\d\d|(?<!\d)\d\d)"
_YEAR = rf"{_Y}年"
_END = r"(?:以?前|之前|内|止|为止|完成|前完成|以前完成|底前)?"
_TABLE: tuple[tuple[re.Pattern[str], _Builder], ...] = tuple(
    (re.compile(pattern), builder)
    for pattern, builder in (
        (rf"{_Y}(?:年|[-/.．])(?P<m>\d{{1,2}})(?:月|[-/.．])(?P<d>\d{{1,2}})(?:日|号)?{_END}", _exact),
        (rf"(?P<n>(?:19|20)\d{{6}}|(?:19|20)\d\d(?:0[1-9]|1[0-2])|\d{{5}}){_END}", _compact),
        (rf"{_YEAR}(?P<m>\d{{1,2}})月(?:份)?(?P<part>上旬|中旬|下旬|初|中){_END}", _part),
        (rf"{_YEAR}(?P<m>\d{{1,2}})月(?:份)?(?:以?前|之前)(?:完成)?", _before_month),
        (rf"{_YEAR}(?P<m>\d{{1,2}})月?(?:份)?(?:底|末)?{_END}", _exact_month),
        (rf"(?P<y>(?:19|20)\d\d)[.．](?P<m>\d{{1,2}}){_END}", _dotted_month),
        (rf"(?P<y>(?:19|20)\d\d)[-/](?P<m>\d{{1,2}}){_END}", _exact_month),
        (rf"{_YEAR}第?(?P<q>[1-4一二三四])季度(?:末|底)?{_END}", _quarter),
        (rf"{_Y}年?[Qq](?P<q>[1-4]){_END}", _quarter),
        (rf"{_YEAR}(?P<part>上半年|年中|下半年|底)(?:末|底)?{_END}", _year_part),
        (rf"{_Y}年?(?P<part>年底|年末|年内|年中)(?:以?前|之前)?(?:完成)?", _year_part),
        (rf"{_YEAR}度?(?:全年)?{_END}", _whole_year),
        (r"(?P<word>今年|本年度?|当年|明年|次年|来年)(?P<rest>.*)", _relative_year),
        (rf"(?P<m>\d{{1,2}})(?:月|[-/.．])(?P<d>\d{{1,2}})(?:日|号)?{_END}", _day_no_year),
        (rf"(?P<m>\d{{1,2}})月(?:份)?(?P<part>上旬|中旬|下旬|初|中){_END}", _part_no_year),
        (rf"(?P<m>\d{{1,2}})月(?:份)?(?:底|末)?{_END}", _month_no_year),
        (rf"第?(?P<q>[1-4一二三四])季度(?:末|底)?{_END}", _quarter_no_year),
        (rf"[Qq](?P<q>[1-4]){_END}", _quarter_no_year),
        (rf"(?P<part>上半年|下半年|年中|年底|年末|年内)(?:末|底)?{_END}", _year_part_no_year),
        (r"(?:本月|当月)(?:底|末|内)?(?:以?前)?", _this_month),
        (r"(?:自|从|在)?(?:收到)?(?:巡察)?(?:反馈|意见反馈)?(?:意见)?(?:之日|之后|后|日)?(?:起|算起)?(?:\d{1,2}[-—–~～至到])?(?P<n>\d{1,3})(?P<unit>个工作日|工作日|个月|月|天|日|周|年)(?:之内|以内|内|前)?(?:完成)?", _after_feedback),
        (r"(?:反馈后)?半年(?:之内|以内|内)?", _half_year),
        (r"(?:在)?(?:集中整改|整改)(?:期限?|期间|阶段)(?:内|结束前|届满前|期满前|结束|以内)?(?:完成)?|集中整改|巡察期间", _phase),
        (r"(?:即知即改|立行立改|立整立改|边巡边改|边审边改|边查边改|即查即改|马上改|立即整改|立即改|立知立改|立查立改)(?:完成)?", _immediate),
        (r"每[\d一两二三]*(?:年|半年|季度?|个?月|周|天|日).*", _periodic),
        (r"(?:\d+月|于|已)?.*(?:已完成|已整改|整改完成|已于.*完成|完成整改|已办结).*|完成|办结", _because("填的是状态，不是时限")),
        (r".*(?:春节|国庆|元旦|五一|汛期|开学|换届|换届选举|两会).*", _because("没有具体日期")),
        (r".*(?:尽快|适时|视情|待.+后|按.*(?:进度|计划)|第.阶段|分阶段|短期|中期|近期|远期).*", _because("没有具体日期")),
        (r"(?:同上|〃|见上|如前|详见.*|见.*方案)", _because("没有写明时限")),
    )
)  # fmt: skip

_STANDING = re.compile(
    r"(?:并|且|后)?(?:需要?|要)?(?:长期坚持|长期整改|长期持续|长期推进|长期|常态化(?:推进|整改|坚持|开展)?|常态长效|常态|持续(?:整改|推进|坚持|深化|用力|发力)|久久为功|常抓不懈)"
)
_CUT = re.compile(r"[，,；;、。]|并(?=\d|长|持|常)|且(?=\d|长|持|常)")
_RANGE = re.compile(r"(?P<a>.+?)(?:—+|–|－|~|～|至|到|-(?=\d{4}[年.]))(?P<b>.+)")
_MOVED = re.compile(r".*(?:延期|延长|调整为|顺延|延至).*")
_IMPOSSIBLE = re.compile(
    r"日历上没有|没有\d+月"
)  # the reasons that the builders above give for days of no calendar
# 2026年6月底前整改完毕: what is to be done by then changes nothing.
_DOING = (
    "全部|全面|基本|彻底|逐步|整体|完成|办结|整改|落实|解决|销号|销账|完毕|到位|结束|形成|出台|实现|制定|建成|建立|做到|取得|达到|验收|提交|"
    "报送|印发|修订|清退|清零|整治|化解|收回|追缴|公示|竣工|投用|见效|建章立制|健全|完善|补"
)
_TRAILING_ACTION = re.compile(rf"(?P<by>[前底末内日号月份旬年初度])(?:{_DOING})[^\d，,；;（(]*$")
_LEADING_WORD = re.compile(
    r"^(?:整改|完成|办结)?(?:时限|期限|时间)?[为是：:]*(?:应|须|需|要|拟|计划|预计|确保|力争|争取|务必|限|最迟|最晚|不晚|不迟|截至|截止|至迟)*(?:在|于|到|至)?(?=[\d今本当明次来上下第一二三四年Qq])"
)
_BRACKET = re.compile(r"[（(【\[]([^（）()【】\[\]]*)[）)】\]]")
_INCLUDED_IN_BRACKETS = re.compile(r"[（(](?:包?含|包括)(?:当日|当天|本日|当月)?[）)]")


def read_deadline(value: object, anchors: Anchors) -> Deadline | Unreadable:
    """What a cell of 整改时限 means: a date cell, an Excel day number or words."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return Deadline(value, standing=False, kind=DeadlineKind.FIXED, raw=value.isoformat())
    raw = as_typed(value)
    return _read_text(raw, anchors)


@lru_cache(maxsize=4096)
def _read_text(raw: str, anchors: Anchors) -> Deadline | Unreadable:
    if blank(raw):
        return Unreadable(raw, "没有写明时限", WAYS)
    said = day_text(clean(raw))
    text = without_blanks(re.sub(r"[“”\"‘’']", "", said.text)).strip("。.")
    if _MOVED.fullmatch(text):
        return Unreadable(raw, "写了新旧两个时限，调整时限须由整改办决定", WAYS)
    standing = bool(_STANDING.search(text))
    rest = _STANDING.sub("", _INCLUDED_IN_BRACKETS.sub("", text))
    rest = _BRACKET.sub(r"，\1，", rest).strip("，,；;、。（）()")
    if not rest:
        return Deadline(None, standing=True, kind=DeadlineKind.STANDING, raw=raw)
    read = _read_milestones(with_figures(rest), anchors)
    if isinstance(read, str):
        return Unreadable(raw, f"“{raw}”{read}", WAYS, impossible=bool(_IMPOSSIBLE.match(read)))
    if read.due and (wrong := said.contradicts(read.due)):
        return Unreadable(raw, f"“{raw}”里的{read.due}{wrong}", ways_of(read.due))
    if read.due and said.ends_before:
        read = replace(read, due=read.due - timedelta(days=1), inferred=True)
    return Deadline(read.due, standing=standing, kind=read.kind, raw=raw, inferred=read.inferred)


def _read_milestones(text: str, anchors: Anchors) -> _Reading | str:
    """Every clause that is a time; the last of them is due. The first reason why none can be read, otherwise.

    Beside a day, 立行立改 says how the problem is taken on and not until when.
    """
    whole = _read_clause(text, anchors)
    if isinstance(whole, _Reading):
        return whole
    clauses = [clause for clause in _CUT.split(text) if clause and not clause.startswith("取得")]
    readings = (
        [_read_clause(clause, anchors) for clause in clauses]
        if len(clauses) > 1
        else [_read_range(text, anchors) or whole]
    )
    read = [reading for reading in readings if isinstance(reading, _Reading)]
    bad = [reading for reading in readings if isinstance(reading, str)]
    if bad or not read:
        return bad[0] if bad else whole
    if any(reading.kind is DeadlineKind.FIXED for reading in read):
        read = [reading for reading in read if reading.kind is not DeadlineKind.IMMEDIATE]
    dated = [reading for reading in read if reading.due]
    return max(dated, key=lambda reading: reading.due or date.min) if dated else read[0]


def _read_range(text: str, anchors: Anchors) -> _Reading | str | None:
    """`2022年3月—6月` ends in June 2022; None where the text is no range."""
    found = _RANGE.fullmatch(text)
    if not found:
        return None
    start, end = found["a"], found["b"]
    year = re.match(r"(?:19|20)\d\d", start)
    if year and not re.match(r"(?:19|20)?\d\d年|(?:19|20)\d\d", end):
        end = f"{year[0]}年{end}" if "月" in end or "年" in start else f"{year[0]}.{end}"
    return _read_clause(end, anchors)


def _read_clause(text: str, anchors: Anchors) -> _Reading | str:
    text = _TRAILING_ACTION.sub(r"\g<by>", _LEADING_WORD.sub("", text))
    text = re.sub(r"(?:取得阶段性成效|阶段性成效|基本完成|初步完成)$", "", text) or text
    for pattern, build in _TABLE:
        found = pattern.fullmatch(text)
        if found:
            return build(found, anchors)
    return "不是可以识别的时限"
