"""Which column each heading means: by its words, its cells, its likeness – never a guess."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.intake.ambiguous_headings import settle
from toolkit.intake.headers import (
    FOREIGN,
    LIKENESS,
    Heading,
    How,
    Office,
    Words,
    asks_for_another_kind,
    is_result,
    known_code,
    likenesses,
    of_others,
    spelt,
)
from toolkit.intake.profile import filled, share, tells
from toolkit.intake.spread_columns import Spread
from toolkit.ledger.columns import BY_CODE, COLUMNS, Kind
from toolkit.ledger.text import normal_heading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.ledger.readers import Context
    from toolkit.sheets.grid import Value

# The least lead of a likeness over the next, and the likeness from which the office is asked.
LEAD, ASKED = 10, 55
# The share of cells that must agree with a misspelt heading, and with a heading that says nothing.
AGREES, TELLS = 0.6, 0.9
_LEAST_CELLS = 3
# The shortest lower word of a heading of several rows that says by itself what it is about.
_TELLING_WORD = 3
_PAST = re.compile(r"上周|上期|上月|上次|去年|原|变更前|调整前")
_SAYS_NOTHING = re.compile(
    r"(?:内容|列|栏|栏目|字段|项目|数据|标题|column|field|f|c)?[0-9一二三四五六七八九十a-z]{0,3}",
    re.IGNORECASE,
)
# What people put behind a heading without changing what it means.
_PADDING = re.compile(r"(?:描述|内容|名称|说明|详情|表述|明细|要求|清单|填写|填报|一栏|栏)$")
_COMMON = frozenset({"整改", "问题", "情况", "单位", "部门", "时间", "领导", "落实", "责任"})


def match_headings(
    words: Sequence[Words], cells: Mapping[int, Sequence[Value]], office: Office
) -> tuple[Heading, ...]:
    """The meaning of each heading of a table; the cells below it (by col) are the second witness."""
    spread = Spread.of(words, cells, office)
    lowest = Counter(word.parts[-1] for word in spread.words)
    spelling = [
        _by_its_own_word(spelt(word, office.headings), word, lowest) for word in spread.words
    ]
    seen = spread.newest_cells(cells)
    headings = settle(spread.among(spelling), seen, office.context)
    second = _understood_twice(headings)
    for number in second:
        headings[number] = replace(headings[number], code="", how=How.UNKNOWN, means="")
    for resolve in (_by_cells, _by_likeness):
        for number, heading in enumerate(headings):
            if heading.how is How.UNKNOWN and number not in second:
                taken = {other.code for other in headings}
                headings[number] = resolve(
                    heading, seen.get(heading.col, ()), taken, office.context
                )
    return spread.completed(headings)


def _understood_twice(headings: Sequence[Heading]) -> list[int]:
    """Headings that only their shape gives a column which another has (包保领导 beside 责任领导): none of ours then.

    What was brought about is the exception: it goes on from the progress that stands beside it.
    """
    holders: dict[str, int] = {}
    order = sorted(
        (number for number, heading in enumerate(headings) if heading.code and not heading.part),
        key=lambda number: (headings[number].how is How.GRAMMAR, number),
    )
    for number in order:
        holders.setdefault(headings[number].code, number)
    return [
        number
        for number in order
        if headings[number].how is How.GRAMMAR
        and holders[headings[number].code] != number
        and not is_result(headings[number])
    ]


def _by_its_own_word(heading: Heading, words: Words, lowest: Mapping[str, int]) -> Heading:
    """An unknown heading under a group (责任单住) by its own word, if that tells and is the only one."""
    low = words.parts[-1]
    tells_alone = len(normal_heading(low)) >= _TELLING_WORD and lowest[low] == 1
    is_about_others = of_others(words.parts, "owner")
    if (
        heading.how is not How.UNKNOWN
        or is_about_others
        or not tells_alone
        or _PAST.search(heading.text)
    ):
        return heading
    return replace(heading, text=low)


def _by_cells(
    heading: Heading, values: Sequence[Value], taken: set[str], context: Context
) -> Heading:
    """What a column with a poor heading must be, where its cells can stand in one only."""
    text = normal_heading(heading.text)
    is_foreign = text in FOREIGN or _OF_ANOTHER_ACT.match(text)
    if len(filled(values)) < _LEAST_CELLS or is_foreign or _PAST.search(text):
        return heading
    open_codes = [
        column.code
        for column in COLUMNS
        if column.code not in taken
        and _may_mean(text, column.code)
        and not asks_for_another_kind(heading.text, column.code)
    ]
    fits = [code for code in open_codes if tells(code, values, context) >= TELLS]
    if len(fits) == 1:
        return replace(heading, code=fits[0], how=How.CELLS)
    return replace(heading, candidates=tuple(fits))


# Who, when and how of something else than the rectification: 验收日期 is not when the work was done, 督导人 not who does it.
_OF_ANOTHER_ACT = re.compile(
    "验收|复查|复核|审核|审批|核查|核验|抽查|检查|移交|移送|督导|督办|督查|交办|转办|下发|印发|填报|上报|报送|更新|立案|受理|"
    "签收|登记|公示|会议|约谈|回访|评估|结案|通报|发文|入账|上缴|整改前"
)


def _may_mean(text: str, code: str) -> bool:
    """Whether a heading says nothing, or shares a telling pair of characters with a spelling."""
    if _SAYS_NOTHING.fullmatch(text):
        return True
    pairs = {text[n : n + 2] for n in range(len(text) - 1)} - _COMMON
    return any(
        pair in normal_heading(spelling) for spelling in BY_CODE[code].spellings for pair in pairs
    )


def _by_likeness(
    heading: Heading, values: Sequence[Value], taken: set[str], context: Context
) -> Heading:
    """The one standard heading that a misspelling resembles (责任单住), if the cells agree."""
    text = normal_heading(heading.text)
    if text in FOREIGN or _OF_ANOTHER_ACT.match(text) or _SAYS_NOTHING.fullmatch(text):
        return heading
    bare = known_code(_PADDING.sub("", text))
    if asks_for_another_kind(heading.text, bare):
        bare = ""
    if bare and bare not in taken and not _PAST.search(text) and _agrees(bare, values, context):
        return replace(heading, code=bare, how=How.LIKE, candidates=())
    ranked = [
        (code, score)
        for code, score in likenesses(text)
        if code not in taken and not asks_for_another_kind(heading.text, code)
    ]
    if not ranked:
        return heading
    (code, score), *rest = ranked
    clear = (
        score >= LIKENESS and (not rest or score - rest[0][1] >= LEAD) and not _PAST.search(text)
    )
    clear = clear and code == likenesses(text)[0][0] and not _differs_in_meaning(text, code)
    if clear and _agrees(code, values, context):
        return replace(heading, code=code, how=How.LIKE, candidates=())
    asked = [code for code, score in ranked if score >= ASKED][:3]
    return replace(heading, candidates=tuple(dict.fromkeys((*heading.candidates, *asked))))


# Characters that say another thing, and are no slip of the pen: 未整改金额, 责任人数, 转办时间.
_OTHER_MEANING = frozenset(
    "未已应需非不无拟再复延前后上下总首数额资费率值级次个项转交报查验审批督评"
)


def _differs_in_meaning(text: str, code: str) -> bool:
    """Whether a heading is unlike the spelling that it resembles most by a character that says another thing."""
    from rapidfuzz import fuzz

    nearest = max(
        map(normal_heading, BY_CODE[code].spellings), key=lambda known: fuzz.ratio(text, known)
    )
    return bool((set(text) - set(nearest)) & _OTHER_MEANING)


def _agrees(code: str, values: Sequence[Value], context: Context) -> bool:
    return BY_CODE[code].kind in (Kind.TEXT, Kind.PROSE, Kind.LIST) or (
        not filled(values) or share(code, values, context) >= AGREES
    )
