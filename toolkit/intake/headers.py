"""What a heading is, and which column its words spell: the office's choice, the standard heading, a synonym."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.intake.periods import When, period_in
from toolkit.ledger.columns import BY_CODE, COLUMNS, RESULTS, Kind
from toolkit.ledger.heading_grammar import (
    counts_something,
    planned_or_actual_first,
    spelling_of,
)
from toolkit.ledger.joining import side_by_side
from toolkit.ledger.own import heading_path, is_own, own_heading
from toolkit.ledger.readers import Context
from toolkit.ledger.status import WORDS
from toolkit.ledger.text import normal_heading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.intake.periods import Period

# The likeness (0 to 100) from which a heading resembles a standard one clearly.
LIKENESS = 74
LONGEST = 40


class How(StrEnum):
    """How sure a heading's meaning is, surest first."""

    CHOSEN = "chosen"
    OWN = "own"
    """A column of the office's own, by its form."""
    COUNTER = "counter"
    """It only counts rows, beside their numbers."""
    EXACT = "exact"
    SYNONYM = "synonym"
    GRAMMAR = "grammar"
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


class Part(StrEnum):
    """What one column is of a value that is spread over several."""

    TICK = "tick"
    """A tick in it says what its heading says (已完成｜正在整改｜未启动)."""
    PERIOD = "period"
    """It is the value of one period (3月｜4月｜5月): the newest that is filled counts."""
    PAST = "past"
    """It is the value of last time (上期): never how things stand now."""
    UNCLEAR = "unclear"
    """It says something of the status, nobody knows what."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: its column and row (from 1), its words, the column code ("" if not read), how that is known.

    `candidates` are the codes that an unknown heading may mean. `part` is set where the value is spread over columns:
    `choice` is then the value that a tick means, `age` 0 for the newest period, 1 for the one before it …
    `means` is the known spelling that a heading understood by its grammar stands for, `own` the path by which the
    register keeps an own column of the form.
    """

    col: int
    row: int
    text: str
    code: str
    how: How
    candidates: tuple[str, ...] = ()
    part: Part | None = None
    choice: str = ""
    age: int = 0
    means: str = ""
    own: str = ""

    @property
    def spelling(self) -> str:
        """The normalised spelling by which its meaning is decided among its neighbours."""
        return normal_heading(self.means or planned_or_actual_first(self.text))


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
    heading = normal_heading(planned_or_actual_first(text))
    if not heading:
        return ""
    known = spellings()
    code = known.get(heading) or known.get(heading.removeprefix("巡察").removeprefix("整改"), "")
    return "" if asks_for_another_kind(text, code) else code


_IN_A_SENTENCE = re.compile(r"[。；;！!]")
_VALUES = frozenset((*WORDS.values(), *BY_CODE["kind"].choices))


def grammar_code(text: str) -> str:
    """The column that a heading means by its shape; "" where no rule knows all of it."""
    if _IN_A_SENTENCE.search(text) or text in _VALUES:
        return ""  # a cell of the table, whatever its words
    code = spellings().get(normal_heading(spelling_of(text)), "")
    return "" if asks_for_another_kind(text, code) else code


def asks_for_another_kind(text: str, code: str) -> bool:
    """Whether a heading asks for a number of things (新建制度（个）) where the column holds their names."""
    return (
        bool(code) and counts_something(text) and BY_CODE[code].kind not in (Kind.COUNT, Kind.MONEY)
    )


def is_result(heading: Heading) -> bool:
    """Whether a column of progress holds what was brought about (整改成效), which another column of progress precedes."""
    return heading.code == "progress" and heading.spelling in RESULTS


def to_the_letter(text: str) -> str:
    """A key of `Office.headings` for just these words: 金额（元） is another column than 金额（万元）."""
    return f"={heading_path([text])}"


# A lower row of the heading that only explains the upper one.
_HINT = re.compile(r"^[（(]|填|限|字|单位[:：]|年|选|^\d|^[A-Za-z]$|如")


def spelt(words: Words, chosen: Mapping[str, str]) -> Heading:
    """By the office's choice, the standard heading or a synonym; of several rows the lowest that is known."""
    spellings_here = _spellings_of(words.parts)
    shown = words.parts[-1] if len(words.parts) == 1 else side_by_side(words.parts)
    for text in (shown, heading_path(words.parts), *spellings_here):
        code = chosen.get(to_the_letter(text), chosen.get(normal_heading(text)))
        if code is not None:
            if is_own(code):
                return Heading(words.col, words.row, text, "", How.OWN, own=own_heading(code))
            return Heading(words.col, words.row, text, code, How.CHOSEN)
    for text in spellings_here:
        code = known_code(text)
        if code and not of_others(words.parts, code):
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
    return _by_grammar(words, shown)


# Groups that tell of what others do about the rectification: who checks it, when it was put off.
_OF_OTHERS = re.compile(
    r"(?:验收|复查|复核|审核|核查|抽查|延期|移交|督导|督查|回头看)(?:验收)?(?:情况|工作|环节|信息|结果|意见|记录|人员)?"
)
_ASKED_OF_OTHERS = frozenset(
    {"owner", "lead_unit", "co_units", "lead_leader", "deadline", "completed_on", "progress", "next_steps", "measures"}
)  # fmt: skip


def of_others(parts: tuple[str, ...], code: str) -> bool:
    """Whether a column stands under a group that is about others (验收 over 时间, 责任人)."""
    return code in _ASKED_OF_OTHERS and any(
        _OF_OTHERS.fullmatch(normal_heading(part)) for part in parts[:-1]
    )


def _by_grammar(words: Words, shown: str) -> Heading:
    """A heading that no list knows, by its shape: its own words first, then those of its group."""
    for text in _spellings_of(words.parts):
        code = grammar_code(text)
        if code and not of_others(words.parts, code):
            low = words.parts[-1]
            text_shown = low if text == low else shown
            return Heading(
                words.col, words.row, text_shown, code, How.GRAMMAR, means=spelling_of(text)
            )
    return Heading(words.col, words.row, shown, "", How.UNKNOWN)


def dated(words: Words) -> tuple[Period | None, Words]:
    """The period that one of the words above a column tells, and the words without it."""
    for number, part in enumerate(words.parts):
        period, rest = period_in(part)
        if period is not None:
            bare = (*words.parts[:number], *([rest] if rest else []), *words.parts[number + 1 :])
            return period, replace(words, parts=bare or words.parts)
    return None, words


def is_past(words: Words) -> bool:
    """Whether a column tells of last time: 上期 in any of its words, or 原 over a group."""
    period, _ = dated(words)
    return (period is not None and period.when is When.PAST) or any(
        _FORMER.match(normal_heading(part)) for part in words.parts[:-1]
    )


_FORMER = re.compile(r"原(?!因)|变更前|调整前")


def code_of(parts: tuple[str, ...], chosen: Mapping[str, str], *, by_grammar: bool = True) -> str:
    """The column that the words above a column spell, without looking at cells; "" where they spell none."""
    for text in _spellings_of(parts):
        code = known_code(text) or (chosen.get(normal_heading(text), "") if chosen else "")
        if code and not of_others(parts, code):
            return code
    for text in _spellings_of(parts) if by_grammar else ():
        code = grammar_code(text)
        if code and not of_others(parts, code):
            return code
    period, rest = dated(Words(0, 0, parts))
    if period and rest.parts != parts:
        return code_of(rest.parts, chosen, by_grammar=by_grammar)
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


def probable_code(text: str) -> str:
    """The column that an unknown heading will be taken for if its cells agree; "" where it resembles none clearly."""
    likest = likenesses(normal_heading(text))
    return likest[0][0] if likest and likest[0][1] >= LIKENESS else ""


@lru_cache(maxsize=1024)
def likenesses(heading: str) -> tuple[tuple[str, float], ...]:
    """(code, likeness 0 to 100) of every column with a spelling about as long as this heading, likest first."""
    from rapidfuzz import fuzz

    best: dict[str, float] = {}
    for spelling, code in spellings().items():
        if len(heading) >= 3 and abs(len(spelling) - len(heading)) <= 1:
            best[code] = max(best.get(code, 0), fuzz.ratio(heading, spelling))
    return tuple(sorted(best.items(), key=lambda pair: -pair[1]))
