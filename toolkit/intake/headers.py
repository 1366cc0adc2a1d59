"""Which column a heading means: the office's choice, exact, synonym, what the cells hold, likeness – never a guess."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.intake.profile import filled, share, tells
from toolkit.ledger.columns import BY_CODE, COLUMNS, RESULTS, Kind
from toolkit.ledger.joining import side_by_side
from toolkit.ledger.readers import Context
from toolkit.ledger.text import normal_heading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.sheets.grid import Value

# Least likeness (0 to 100) at which a misspelt heading is taken for a standard one, its least lead over the next, and
# the likeness from which a heading is put to the office as a question.
LIKENESS, LEAD, ASKED = 74, 10, 55
# The share of cells that must agree with a misspelt heading, and with a heading that says nothing.
AGREES, TELLS = 0.6, 0.9
LONGEST = 40
_LEAST_CELLS = 3
# The shortest lower word of a heading of several rows that says by itself what it is about.
_TELLING_WORD = 3


class How(StrEnum):
    """How sure a heading's meaning is, surest first."""

    CHOSEN = "chosen"
    EXACT = "exact"
    SYNONYM = "synonym"
    CELLS = "cells"
    LIKE = "like"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Office:
    """What the office knows that reading needs: units and anchors, and the headings that it has decided on."""

    context: Context = field(default_factory=Context)
    headings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Words:
    """What stands above one column: its Excel column, the row of its lowest words, the words from top to bottom."""

    col: int
    row: int
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: its column and row (from 1), its words, the column code ("" if not read), how that is known.

    `candidates` are the codes that an unknown heading may mean.
    """

    col: int
    row: int
    text: str
    code: str
    how: How
    candidates: tuple[str, ...] = ()


@cache
def spellings() -> Mapping[str, str]:
    """Normalised heading → column code, standard headings first so that they win over synonyms."""
    known: dict[str, str] = {}
    for column in COLUMNS:
        known.setdefault(normal_heading(column.header), column.code)
    for column in COLUMNS:
        for spelling in column.also:
            known.setdefault(normal_heading(spelling), column.code)
    return MappingProxyType(known)


@cache
def first_characters() -> frozenset[str]:
    """Every character that a known heading can begin with, however it is written: a cheap no for most cells."""
    return frozenset(spelling[0] for spelling in spellings()) | frozenset(
        " 　\n\t整巡問領責狀備類單時№Nn"
    )


@lru_cache(maxsize=8192)
def known_code(text: str) -> str:
    """The column that this spelling means exactly or as a synonym; "" where it is not known."""
    heading = normal_heading(text)
    if not heading:
        return ""
    known = spellings()
    return known.get(heading) or known.get(heading.removeprefix("巡察").removeprefix("整改"), "")


def match_headings(
    words: Sequence[Words], cells: Mapping[int, Sequence[Value]], office: Office
) -> tuple[Heading, ...]:
    """The meaning of each heading of a table, with the cells below them (by col) as the second witness."""
    from toolkit.intake.ambiguous_headings import settle

    lowest = Counter(word.parts[-1] for word in words)
    spelt = [_by_its_own_word(_spelt(word, office.headings), word, lowest) for word in words]
    headings = settle(spelt, cells, office.context)
    for resolve in (_by_cells, _by_likeness):
        for number, heading in enumerate(headings):
            if heading.how is How.UNKNOWN:
                taken = {other.code for other in headings}
                headings[number] = resolve(
                    heading, cells.get(heading.col, ()), taken, office.context
                )
    return tuple(headings)


def _spelt(words: Words, chosen: Mapping[str, str]) -> Heading:
    """By the office's choice, the standard heading or a synonym; of several rows the lowest that is known."""
    spelt = _spellings_of(words.parts)
    shown = words.parts[-1] if len(words.parts) == 1 else side_by_side(words.parts)
    for text in (shown, *spelt):
        if (heading := normal_heading(text)) in chosen:
            return Heading(words.col, words.row, text, chosen[heading], How.CHOSEN)
    if any(_LAST_TIME.match(normal_heading(part)) for part in words.parts[:-1]):
        return Heading(
            words.col, words.row, shown, "", How.UNKNOWN
        )  # 上期 over 整改状态 is not how things stand now
    for text in spelt:
        if code := known_code(text):
            low = words.parts[-1]
            exact = normal_heading(text) == normal_heading(BY_CODE[code].header)
            above = text in words.parts[:-1]
            how = (
                How.LIKE if above and not _HINT.search(low) else How.EXACT if exact else How.SYNONYM
            )
            return Heading(
                words.col,
                words.row,
                f"{text}{low}" if above and how is not How.LIKE else low,
                code,
                how,
            )
    return Heading(words.col, words.row, shown, "", How.UNKNOWN)


def _by_its_own_word(heading: Heading, words: Words, lowest: Mapping[str, int]) -> Heading:
    """An unknown heading under a group (责任落实 over 责任单住) by its own word, if that tells and stands there once."""
    low = words.parts[-1]
    tells_alone = len(normal_heading(low)) >= _TELLING_WORD and lowest[low] == 1
    if heading.how is not How.UNKNOWN or not tells_alone or _PAST.search(heading.text):
        return heading
    return replace(heading, text=low)


def is_result(heading: Heading) -> bool:
    """Whether a column of progress holds what was brought about (整改成效), which another column of progress precedes."""
    return heading.code == "progress" and normal_heading(heading.text) in RESULTS


# A lower row of the heading that only explains the upper one.
_HINT = re.compile(r"^[（(]|填|限|字|单位[:：]|年|选|^\d|^[A-Za-z]$|如")


def code_of(parts: tuple[str, ...], chosen: Mapping[str, str]) -> str:
    """The column that the words above a column spell, without looking at cells; "" where they spell none."""
    for text in _spellings_of(parts):
        code = known_code(text) or (chosen.get(normal_heading(text), "") if chosen else "")
        if code:
            return code
    return ""


def _spellings_of(parts: tuple[str, ...]) -> tuple[str, ...]:
    """What the words above a column may spell: 下一步 over 措施, the lowest alone, 单位 over 牵头, the upper ones."""
    if len(parts) == 1:
        return parts
    low, group = parts[-1], parts[-2]
    pairs = (
        f"{group}{low}",
        low,
        f"{low}{group}",
        f"{low}{group[-2:]}",
        f"{low}完成时间" if "时间" in group else low,
    )
    return tuple(dict.fromkeys((*pairs, *reversed(parts))))


# Headings with a meaning that is none of ours: never matched by their cells or by likeness, never asked about.
FOREIGN = frozenset(
    {"联系电话", "电话", "联系方式", "手机", "督导单位", "督办单位", "监督单位", "行业主管部门", "主管部门", "验收单位", "验收责任单位", "督导领导",
     "启动时间", "开始时间", "交办时间", "反馈时间", "下发时间", "填报时间", "报送时间", "更新时间", "审核意见", "验收意见", "验收情况", "复核情况",
     "整改认定", "巡察办审核", "主要负责人签字", "分管领导签字", "签字", "完成率", "完成比例", "完成百分比", "延期情况", "问题性质", "整改方案",
     "整改依据"}
)  # fmt: skip
_PAST = re.compile(r"上周|上期|上月|上次|去年|原|变更前|调整前")
# A group of columns that tells of last time: none of them is read.
_LAST_TIME = re.compile(r"上周|上一?期|上月|上次|去年|变更前|调整前|原(?!因)")
_SAYS_NOTHING = re.compile(
    r"(?:内容|列|栏|栏目|字段|项目|数据|标题|column|field|f|c)?[0-9一二三四五六七八九十a-z]{0,3}",
    re.IGNORECASE,
)
# What people put behind a heading without changing what it means.
_PADDING = re.compile(r"(?:描述|内容|名称|说明|详情|表述|明细|要求|清单|填写|填报|一栏|栏)$")
_COMMON = frozenset({"整改", "问题", "情况", "单位", "部门", "时间", "领导", "落实", "责任"})


def _by_cells(
    heading: Heading, values: Sequence[Value], taken: set[str], context: Context
) -> Heading:
    """What a column whose heading says little must be, where its cells can stand in one column only."""
    text = normal_heading(heading.text)
    if len(filled(values)) < _LEAST_CELLS or text in FOREIGN or _PAST.search(text):
        return heading
    open_codes = [
        column.code
        for column in COLUMNS
        if column.code not in taken and _may_mean(text, column.code)
    ]
    fits = [code for code in open_codes if tells(code, values, context) >= TELLS]
    if set(fits) == {"deadline", "completed_on"}:
        fits = []  # plain dates: planned or actual, nobody knows
    if len(fits) == 1:
        return replace(heading, code=fits[0], how=How.CELLS)
    return replace(heading, candidates=tuple(fits))


def _may_mean(text: str, code: str) -> bool:
    """Whether a heading says nothing, or shares a telling pair of characters with the column's spellings."""
    if _SAYS_NOTHING.fullmatch(text):
        return True
    pairs = {text[n : n + 2] for n in range(len(text) - 1)} - _COMMON
    return any(
        pair in normal_heading(spelling) for spelling in BY_CODE[code].spellings for pair in pairs
    )


def _by_likeness(
    heading: Heading, values: Sequence[Value], taken: set[str], context: Context
) -> Heading:
    """The one standard heading that a misspelling clearly resembles (责任单住, 整改实限), if the cells agree."""
    text = normal_heading(heading.text)
    if text in FOREIGN or _SAYS_NOTHING.fullmatch(text):
        return heading
    bare = known_code(_PADDING.sub("", text))
    if bare and bare not in taken and not _PAST.search(text) and _agrees(bare, values, context):
        return replace(heading, code=bare, how=How.LIKE, candidates=())
    ranked = [(code, score) for code, score in _ranked(text) if code not in taken]
    if not ranked:
        return heading
    (code, score), *rest = ranked
    clear = (
        score >= LIKENESS and (not rest or score - rest[0][1] >= LEAD) and not _PAST.search(text)
    )
    if clear and code == _ranked(text)[0][0] and _agrees(code, values, context):
        return replace(heading, code=code, how=How.LIKE, candidates=())
    asked = [code for code, score in ranked if score >= ASKED][:3]
    return replace(heading, candidates=tuple(dict.fromkeys((*heading.candidates, *asked))))


def probable_code(text: str) -> str:
    """The column that an unknown heading will be taken for if its cells agree; "" where it resembles none clearly."""
    ranked = _ranked(normal_heading(text))
    return ranked[0][0] if ranked and ranked[0][1] >= LIKENESS else ""


def _agrees(code: str, values: Sequence[Value], context: Context) -> bool:
    return BY_CODE[code].kind in (Kind.TEXT, Kind.PROSE, Kind.LIST) or (
        not filled(values) or share(code, values, context) >= AGREES
    )


@lru_cache(maxsize=1024)
def _ranked(heading: str) -> tuple[tuple[str, float], ...]:
    """(code, likeness 0 to 100) of every column with a spelling about as long as this heading, likest first."""
    from rapidfuzz import fuzz

    best: dict[str, float] = {}
    for spelling, code in spellings().items():
        if len(heading) >= 3 and abs(len(spelling) - len(heading)) <= 1:
            best[code] = max(best.get(code, 0), fuzz.ratio(heading, spelling))
    return tuple(sorted(best.items(), key=lambda pair: -pair[1]))
