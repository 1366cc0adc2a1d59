"""What a sentence claims in figures: values with their units, bounds and directions, in their order.

Two wordings of a sentence say the same where these are equal: 1286项, 1,286项 and 一千二百八十六项 do, 2.36亿元 and
2.36万元, 30人 and 30人次, 不低于30% and 不高于30% do not.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from toolkit.ledger.numerals import NUMERALS, read_numeral

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure of a text, or a word that turns one round; `text` is how it is written and says nothing by itself.

    `unit` is 元 for money whatever it was written in, "" for a bare number; ratios (%, 成, 分之) are parts of 1. `bound` is
    one of `_BEFORE` and `_BEHIND` (at least, about, more than …).
    """

    value: Fraction
    unit: str
    bound: str = ""
    text: str = field(default="", compare=False)


def same_claims(one: str, other: str) -> bool:
    """Whether two wordings claim the same figures in the same order."""
    return claims(one) == claims(other)


def difference(before: str, now: str) -> str:
    """The first claim in which two wordings differ, as a Chinese phrase; "" where they differ in none."""
    old, new = claims(before), claims(now)
    for one, other in zip(old, new, strict=False):
        if one != other:
            return f"“{one.text}”改为“{other.text}”"
    if len(old) > len(new):
        return f"少了“{old[len(new)].text}”"
    return f"多了“{new[len(old)].text}”" if len(new) > len(old) else ""


# Multipliers behind a figure; 百分 belongs to ratios.
_TIMES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
# Units as they are counted, the longest first; those in one row mean the same.
_SAME_UNITS = (
    ("个工作日", "工作日"), ("个百分点", "百分点"), ("人次",), ("平方公里",), ("平方米", "平米"), ("立方米",), ("公里", "千米"), ("公顷",), ("公斤", "千克"),
    ("个季度", "季度"), ("个月",), ("小时", "个小时"), ("分钟",), ("天", "日", "号"), ("元", "块"), ("亩",), ("吨",), ("米",),
    ("个", "项"), ("人", "名", "位"), ("件",), ("条",), ("户",), ("家",), ("份",), ("场",), ("期",), ("页",), ("篇",), ("处",), ("年",), ("月",), ("周", "星期"),
    ("倍",), ("套",), ("辆",), ("本",), ("册",), ("类",), ("起",), ("宗",), ("笔",), ("所",), ("座",), ("台",), ("批",), ("次",), ("轮",), ("遍",),
    ("株",), ("棵",), ("头",), ("间",), ("栋",), ("片",), ("块",), ("门",), ("支",), ("张",), ("方面",), ("方",), ("级",), ("道",), ("岁",),
)  # fmt: skip
_UNITS: dict[str, str] = {}
for _row in _SAME_UNITS:
    for _unit in _row:
        _UNITS.setdefault(_unit, _row[0])
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_BEFORE = {
    ">=": ("不低于", "不少于", "不小于", "至少", "最少", "最低"),
    "<=": ("不高于", "不超过", "不多于", "不大于", "至多", "最多", "最高"),
    ">": ("超过", "多于", "大于", "高于", "突破", "逾", "超"),
    "<": ("不足", "不到", "少于", "低于", "小于"),
    "~<": ("将近", "接近", "近"),
    "~": ("大约", "约", "大概"),
    "nth": ("第",),
    "each": ("每", "逐", "按"),
}
_BEHIND = {
    ">=": ("以上",),
    "<=": ("以内", "以下", "之内", "内"),
    "~>": ("余", "多", "有余"),
    "~": ("左右", "上下"),
    "by": ("以前", "之前", "前"),
    "from": ("以后", "之后", "后", "起"),
    "end": ("底", "末"),
}


def _alternatives(words: dict[str, tuple[str, ...]]) -> str:
    every = sorted((word for row in words.values() for word in row), key=len, reverse=True)
    return "|".join(map(re.escape, every))


_CODE_BEFORE = {word: code for code, row in _BEFORE.items() for word in row}
_CODE_BEHIND = {word: code for code, row in _BEHIND.items() for word in row}
_UP = ("增长", "上升", "提高", "增加", "提升", "上涨", "扩大", "多收", "新增", "增")
_DOWN = ("下降", "降低", "减少", "下跌", "缩减", "压减", "缩小", "少收", "核减", "减", "降")
_NOT = ("尚未", "没有", "未", "无")
# 至少召开3次: bounds that do not stand directly before their figure.
_BOUNDS = {word: code for word, code in _CODE_BEFORE.items() if code in "<=>=" and len(word) > 1}
_TURNS = {
    **{word: code for code, row in (("+", _UP), ("-", _DOWN), ("not", _NOT)) for word in row},
    **_BOUNDS,
}
_TURN = "|".join(sorted(map(re.escape, _TURNS), key=len, reverse=True))
_FIGURE = r"\d+(?:\.\d+)?"
_NUMBER = rf"(?:{_FIGURE}|[{NUMERALS}]+)"
_PATTERN = re.compile(
    rf"(?P<before>{_alternatives(_BEFORE)})?"
    rf"(?:(?P<whole>{_NUMBER})分之(?P<part>{_NUMBER})"
    rf"|(?P<tenths>{_NUMBER})(?P<more0>余|多)?成(?![立效为果熟长员本套品])"
    rf"|(?P<half>一半|半数|过半)"
    rf"|(?P<figure>{_FIGURE})(?P<more>余|多)?(?P<times>[十百千万亿]*)(?P<more1>余|多)?(?P<rate>[%‰])?(?P<unit>{_UNIT})?"
    rf"|(?P<numeral>[{NUMERALS}]+|半)(?P<more2>余|多)?(?P<unit2>{_UNIT}))"
    rf"(?P<behind>(?:{_alternatives(_BEHIND)}){{0,2}})"
)
_BEHIND_WORD = re.compile(_alternatives(_BEHIND))
# Words that begin like a number and are none: 一个 before what is not counted stays a number, 一次性, 一方面 are none.
_NO_NUMBERS = re.compile(
    r"一次性|一方面|另一方面|一件件|一项项|一个个|第一时间|一起|一道|一门心思|万一|千方百计|一支|百年|千家万户"
)
_GROUPED = re.compile(r"(?<!\d)\d{1,3}(?:,\d{3})+(?!\d)")
_CLAUSE = re.compile(r"[^，。；！？、：,;!?\n]+")
_PERIODS = re.compile(r"(?:每|逐|按)(?P<unit>季度|季|周|月|年|日|天|旬|半年)")
_BLANK = re.compile(r"\s+")


def claims(text: str) -> tuple[Claim, ...]:
    """Every figure that a text claims, with the words that turn it round, from left to right."""
    plain = unicodedata.normalize("NFKC", text)
    plain = _GROUPED.sub(lambda found: found[0].replace(",", ""), plain)
    plain = _BLANK.sub("", plain).replace("百分之百", "100%")
    plain = _NO_NUMBERS.sub("　", plain)
    found: list[Claim] = []
    for clause in _CLAUSE.finditer(plain):
        found += _of_clause(clause[0])
    return tuple(found)


def _of_clause(clause: str) -> Iterator[Claim]:
    """The figures of a clause, each after the words that turn it round; of a clause without figures nothing."""
    figures = [
        (match.span(), claim)
        for match in _PATTERN.finditer(clause)
        if (claim := _claim(match)) is not None
    ]
    figures += [
        (match.span(), Claim(Fraction(1), match["unit"], "each", match[0]))
        for match in _PERIODS.finditer(clause)
    ]
    if not figures:
        return
    taken = [span for span, _ in figures]
    turns = [
        (match.span(), Claim(Fraction(0), _TURNS[match[0]], "", match[0]))
        for match in re.finditer(_TURN, clause)
        if not any(start < match.end() and match.start() < end for start, end in taken)
    ]
    for _, claim in sorted(figures + turns, key=lambda each: each[0]):
        yield claim


def _claim(match: re.Match[str]) -> Claim | None:
    bound = _CODE_BEFORE.get(match["before"] or "", "")
    if any(match[name] for name in ("more", "more0", "more1", "more2")):
        bound += _CODE_BEHIND["余"]
    bound += "".join(_CODE_BEHIND[word] for word in _BEHIND_WORD.findall(match["behind"]))
    measured = _measured(match)
    return Claim(*measured, bound, match[0]) if measured else None


def _measured(match: re.Match[str]) -> tuple[Fraction, str] | None:
    """(value, unit); None for numerals that no one counts with."""
    if match["half"]:
        return Fraction(1, 2), "ratio"
    if match["part"]:
        whole, part = _value(match["whole"]), _value(match["part"])
        return (part / whole, "ratio") if whole and part is not None else None
    if match["tenths"]:
        tenths = _value(match["tenths"])
        return (tenths / 10, "ratio") if tenths is not None else None
    if match["figure"]:
        value = Fraction(match["figure"])
        for times in match["times"] or "":
            value *= _TIMES[times]
        if match["rate"]:
            return value / {"%": 100, "‰": 1000}[match["rate"]], "ratio"
        return _in_base(value, _UNITS.get(match["unit"] or "", ""))
    number = Fraction(1, 2) if match["numeral"] == "半" else _value(match["numeral"])
    return _in_base(number, _UNITS[match["unit2"]]) if number is not None else None


def _in_base(value: Fraction, unit: str) -> tuple[Fraction, str]:
    return (value / 100, "point") if unit == "个百分点" else (value, unit)


def _value(text: str) -> Fraction | None:
    if text[0].isdigit() and text[0].isascii():
        return Fraction(text)
    if text == "百":
        return Fraction(100)
    number = read_numeral(text)
    return None if number is None else Fraction(number)
