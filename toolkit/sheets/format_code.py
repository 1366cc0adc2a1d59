r"""A number format code taken apart: sections, their conditions, and what each token shows (ECMA-376 part 1, 18.8.31).

The codes of Chinese programs are read besides: `!` before a character as `\`, G/通用格式 as General, aaaa and aaa for the
day of the week, 上午/下午, [DBNum1] to [DBNum3] for Chinese and full-width figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

# Longer codes are no formats: Excel allows 255 characters.
_LONGEST = 1024


class Kind(Enum):
    """What a token is."""

    LITERAL = auto()
    SPACE = auto()  # a blank as wide as a character (_x) or filled up with one (*x)
    DIGIT = auto()  # 0 # ?
    POINT = auto()
    COMMA = auto()
    PERCENT = auto()
    EXPONENT = auto()
    FRACTION = auto()
    GENERAL = auto()
    DATE = auto()  # y m d h s and their like, one token a run of letters
    ELAPSED = auto()  # [h] [m] [s]
    HALF_DAY = auto()  # AM/PM, 上午/下午
    TEXT = auto()  # @


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind, and what stands there or is shown for it."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Condition:
    """[>=10000]: which numbers a section is for."""

    operator: str
    limit: float

    def holds(self, value: float) -> bool:
        """Whether the section is for this number."""
        return {
            "<": value < self.limit,
            "<=": value <= self.limit,
            ">": value > self.limit,
            ">=": value >= self.limit,
            "=": value == self.limit,
            "<>": value != self.limit,
        }[self.operator]

    @property
    def is_negative(self) -> bool:
        """Whether only negative numbers come here: their sign is then not shown by itself."""
        return (self.operator == "<" and self.limit <= 0) or (
            self.operator == "<=" and self.limit < 0
        )


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its tokens, its condition (None: the rest), and the figures it writes (0 usual, 1–3 as DBNum)."""

    tokens: tuple[Token, ...]
    condition: Condition | None = None
    figures: int = 0

    @property
    def is_date(self) -> bool:
        """Whether it shows a number as a day or a time."""
        return any(token.kind in (Kind.DATE, Kind.ELAPSED) for token in self.tokens)

    @property
    def is_text(self) -> bool:
        """Whether it shows a text."""
        return any(token.kind is Kind.TEXT for token in self.tokens)

    @property
    def letters(self) -> str:
        """The letters of its date tokens, in order: yyyy"年"m"月" → yyyym."""
        return "".join(token.text for token in self.tokens if token.kind is Kind.DATE)


@dataclass(frozen=True, slots=True)
class FormatCode:
    """A whole code: sections for numbers, in the order in which they are tried, and the one for texts."""

    numbers: tuple[Section, ...]
    text: Section | None

    def section(self, value: float) -> Section | None:
        """The section that shows this number; None where the code shows none."""
        for section in self.numbers:
            if section.condition is None or section.condition.holds(value):
                return section
        return None


_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"? | [\\!](?P<escaped>.) | _(?P<space>.) | \*(?P<fill>.)
    | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General|G/通用格式|通用格式|Standard)
    | (?P<half>AM/PM|A/P|上午/下午)
    | (?P<exponent>E[+-])
    | (?P<date>y+|m+|d+|h+|s+|a{3,4}|e+|b{2,4}|g{1,3})
    | (?P<digit>[0#?]) | (?P<point>\.) | (?P<comma>,) | (?P<percent>%) | (?P<text>@) | (?P<slash>/)
    | (?P<literal>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?(?:E[+-]?\d+)?)", re.IGNORECASE)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CURRENCY = re.compile(r"\$([^\-\]]*)(?:-.*)?")
_FIGURES = re.compile(r"DBNum([123])", re.IGNORECASE)
_SIMPLE = {
    "escaped": Kind.LITERAL, "quoted": Kind.LITERAL, "literal": Kind.LITERAL, "space": Kind.SPACE, "fill": Kind.SPACE,
    "general": Kind.GENERAL, "half": Kind.HALF_DAY, "exponent": Kind.EXPONENT, "date": Kind.DATE, "digit": Kind.DIGIT,
    "point": Kind.POINT, "comma": Kind.COMMA, "percent": Kind.PERCENT, "text": Kind.TEXT,
}  # fmt: skip


@lru_cache(maxsize=4096)
def read_code(code: str) -> FormatCode:
    """A code of any program; one that is no code at all shows its characters, as programs do."""
    sections = [_section(text) for text in _split(code[:_LONGEST])]
    text = sections.pop(3) if len(sections) > 3 else None
    if text is None:
        found = next((n for n, section in enumerate(sections) if section.is_text), None)
        text = None if found is None else sections.pop(found)
    return FormatCode(tuple(_with_conditions(sections[:3])), text)


def _split(code: str) -> list[str]:
    """The sections as they are written; a semicolon in quotes or behind an escape ends none."""
    parts, start = [], 0
    for found in _TOKEN.finditer(code):
        if found.lastgroup == "literal" and found["literal"] == ";":
            parts.append(code[start : found.start()])
            start = found.end()
    return [*parts, code[start:]]


def _section(text: str) -> Section:
    tokens: list[Token] = []
    condition: Condition | None = None
    figures = 0
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or ""
        if kind in _SIMPLE:
            tokens.append(Token(_SIMPLE[kind], found[kind]))
        elif kind == "slash":
            tokens.append(Token(Kind.FRACTION, "/"))
        elif number := _FIGURES.match(found["bracket"]):
            figures = int(number[1])
        elif limit := _CONDITION.fullmatch(found["bracket"].strip()):
            condition = Condition(limit[1], float(limit[2]))
        elif _ELAPSED.fullmatch(found["bracket"]):
            tokens.append(Token(Kind.ELAPSED, found["bracket"]))
        elif currency := _CURRENCY.fullmatch(found["bracket"]):
            tokens.append(Token(Kind.LITERAL, currency[1]))
    return Section(tuple(_settled(tokens)), condition, figures)


def _settled(tokens: list[Token]) -> list[Token]:
    """With letters and strokes decided by what stands around them: digits make a number, date letters a date."""
    has_digits = any(token.kind is Kind.DIGIT for token in tokens)
    letters = "".join(token.text.lower() for token in tokens if token.kind is Kind.DATE)
    is_date = bool(letters) and (not has_digits or "s" in letters)
    is_date = is_date or any(token.kind is Kind.ELAPSED for token in tokens)
    plain = {Kind.DATE} if not is_date else {Kind.COMMA, Kind.PERCENT}
    plain |= {Kind.FRACTION} if is_date or not has_digits else set()
    settled = []
    for token in tokens:
        if token.kind in plain:
            settled.append(Token(Kind.LITERAL, token.text))
        elif token.kind is Kind.DATE:
            settled.append(Token(Kind.DATE, token.text.lower()))
        else:
            settled.append(token)
    return settled


def _with_conditions(sections: list[Section]) -> list[Section]:
    """Each section with the numbers it is for, where the code leaves that to the usual order: positive, negative, zero."""
    if not sections or len(sections) == 1:
        return sections
    first, second, *rest = sections
    if first.condition is None:
        first = _for(first, Condition(">" if rest else ">=", 0))
    if second.condition is None and (rest or sections[0].condition is None):
        second = _for(second, Condition("<", 0))
    return [first, second, *rest]


def _for(section: Section, condition: Condition) -> Section:
    return Section(section.tokens, condition, section.figures)
