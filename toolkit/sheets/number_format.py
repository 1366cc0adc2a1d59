"""What a person sees where a cell holds a number under a number format: text, scale, unit, how exact a date is.

Shown and stored differ where a format scales (0!.0,"万元"), adds a unit or a prefix ("3-"0), hides, or leaves out the day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from toolkit.sheets.chinese_figures import with_figures
from toolkit.sheets.date_format import NO_DAY, Precision, date_text, precision_of
from toolkit.sheets.format_code import Kind, Section, Token, read_code

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Display:
    """What is shown of a value: the text; of a number also what stands around it, and the number itself unrounded.

    `scale` is what the stored number is multiplied by to give the one shown: 0.0001 where 125000 is shown as 12.5.
    `precision` is given for dates only.
    """

    text: str
    prefix: str = ""
    number: str = ""
    suffix: str = ""
    scale: Decimal = Decimal(1)
    precision: Precision | None = None
    hides_sign: bool = False

    @property
    def exact(self) -> str:
        """The text with all the digits that rounding hides: 12.6789万元 where 12.7万元 is shown."""
        return f"{self.prefix}{self.number}{self.suffix}" if self.number else self.text


# Signs, brackets and our own money: they stand beside amounts in 元 and in 万元 alike, and say nothing of a unit.
SAYS_NOTHING = re.compile(r"(?:CNY|RMB|[¥￥()（）\-+,\s])*")
_SIGNIFICANT = 15


@lru_cache(maxsize=32_768)
def display(code: str, value: float, *, from_1904: bool = False) -> Display:
    """What a code shows for a stored number (for a date: days since 1900 or 1904)."""
    format_code = read_code(code)
    section = format_code.section(value)
    if section is None:
        bare = not format_code.numbers  # a code for texts alone leaves numbers as they are
        return Display(_general(value)) if bare else Display("")
    if section.is_date:
        text = date_text(section, value, from_1904=from_1904)
        return Display(text, precision=precision_of(section))
    return _number(section, value)


def display_text(code: str, text: str) -> Display | None:
    """What a code shows for a text; None where that is the text itself."""
    section = read_code(code).text
    if section is None or [token.kind for token in section.tokens] == [Kind.TEXT]:
        return None
    shown = "".join(
        text if token.kind is Kind.TEXT else " " if token.kind is Kind.SPACE else token.text
        for token in section.tokens
    ).strip()
    return None if shown == text.strip() else Display(shown)


def differs(shown: Display, code: str, value: float) -> bool:
    """Whether what is shown means something else than what is stored, or less, or more."""
    if shown.text == NO_DAY:
        return True
    if shown.precision is not None:
        letters = _letters(code, value)
        is_day = shown.precision in (Precision.DAY, Precision.MOMENT)
        return not is_day or letters.isdisjoint("yeba")
    if shown.scale != 1 or shown.hides_sign:
        return True
    if not shown.text:
        return True
    if not (SAYS_NOTHING.fullmatch(shown.prefix) and SAYS_NOTHING.fullmatch(shown.suffix)):
        return True
    return _is_other_writing(shown)


@lru_cache(maxsize=4096)
def may_differ(code: str) -> bool:
    """Whether a value under this code can be shown otherwise than it is stored: told from the code alone.

    That a negative number is no day is left out: it is said of every date.
    """
    format_code = read_code(code)
    samples = (1.0, 45000.5) if is_date(code) else (1.0, -1.0, 0.0, 12345.0, 123456789.0, 45000.5)
    return (
        any(differs(display(code, sample), code, sample) for sample in samples)
        or any(section.condition and section.condition.limit for section in format_code.numbers)
        or display_text(code, "字") is not None
    )


def is_date(code: str) -> bool:
    """Whether a code shows positive numbers as days or times."""
    section = read_code(code).section(40_000.0)
    return section is not None and section.is_date


def is_duration(code: str) -> bool:
    """Whether it shows a length of time ([h]:mm) rather than a moment."""
    section = read_code(code).section(40_000.0)
    return section is not None and any(token.kind is Kind.ELAPSED for token in section.tokens)


def _letters(code: str, value: float) -> frozenset[str]:
    section = read_code(code).section(value)
    return frozenset(section.letters if section else "")


def _is_other_writing(shown: Display) -> bool:
    """Leading zeros (001), Chinese figures, a text that the code puts in the number's place."""
    plain = shown.text.replace(",", "").strip("()（）¥￥ ")
    if not plain.strip("-–—"):
        return shown.number.strip("-") != "0"  # bookkeepers show 0 as a stroke
    try:
        number = Decimal(plain.removesuffix("%"))
    except InvalidOperation:
        return "/" not in plain and "E" not in plain
    digits = plain.lstrip("-+")
    return digits.startswith("0") and digits != "0" and number != 0 and digits[1:2] != "."


def _number(section: Section, value: float) -> Display:
    tokens = section.tokens
    hides_sign = value < 0 and bool(section.condition and section.condition.is_negative)
    if not any(token.kind in (Kind.DIGIT, Kind.GENERAL) for token in tokens):
        return Display(_joined(tokens).strip())
    number = abs(value) if hides_sign else value
    first = next(n for n, token in enumerate(tokens) if token.kind in _DRAWN)
    last = max(n for n, token in enumerate(tokens) if token.kind in _DRAWN)
    before, core, after = tokens[:first], tokens[first : last + 1], tokens[last + 1 :]
    commas = sum(1 for _ in takewhile(lambda token: token.kind is Kind.COMMA, after))
    percent = sum(token.kind is Kind.PERCENT for token in tokens)
    scale = Decimal(100) ** percent / Decimal(1000) ** (commas + _inner_commas(core))
    exact = Decimal(repr(number)) * scale
    drawn = with_figures(_drawn(core, exact), section.figures, is_general=_is_general(core))
    prefix, suffix = _joined(before), _joined(after[commas:])
    sign = "-" if drawn.startswith("-") else ""
    text = f"{sign}{prefix}{drawn.removeprefix('-')}{suffix}".strip()
    shift = _shift(core)
    shown = exact * Decimal(10) ** shift
    is_marked = hides_sign and any(mark in prefix for mark in ("-", "(", "（"))
    return Display(
        text,
        prefix.strip(),
        _plain(shown),
        suffix.strip(),
        scale * Decimal(10) ** shift,
        hides_sign=hides_sign and not is_marked,
    )


# A double has up to 309 digits before its point, and a code up to 255 places behind it.
_EXACT = Context(prec=600, rounding=ROUND_HALF_UP)

_DRAWN = (Kind.DIGIT, Kind.GENERAL, Kind.POINT, Kind.EXPONENT, Kind.FRACTION)


def _is_general(core: Sequence[Token]) -> bool:
    return any(token.kind is Kind.GENERAL for token in core)


def _plain(number: Decimal) -> str:
    """A number without exponent and without zeros at the end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _joined(tokens: Sequence[Token]) -> str:
    return "".join(" " if token.kind is Kind.SPACE else token.text for token in tokens)


def _inner_commas(core: Sequence[Token]) -> int:
    """Commas between the last digit before the point and the point: they scale, too (0,.0)."""
    point = next((n for n, token in enumerate(core) if token.kind is Kind.POINT), 0)
    return sum(1 for _ in takewhile(lambda token: token.kind is Kind.COMMA, reversed(core[:point])))


def _shift(core: Sequence[Token]) -> int:
    """By how many digits a full stop written among the digits moves the point (0!.0 shows 125 as 12.5)."""
    if any(token.kind in (Kind.POINT, Kind.FRACTION, Kind.EXPONENT) for token in core):
        return 0
    stop = next(
        (n for n, token in enumerate(core) if token.kind is Kind.LITERAL and token.text == "."),
        None,
    )
    return 0 if stop is None else -sum(token.kind is Kind.DIGIT for token in core[stop:])


def _drawn(core: Sequence[Token], number: Decimal) -> str:
    """The digits of a number as the placeholders have them."""
    if _is_general(core):
        return _general(float(number))
    if any(token.kind is Kind.EXPONENT for token in core):
        return _scientific(core, number)
    if any(token.kind is Kind.FRACTION for token in core):
        return _fraction(core, number)
    point = next((n for n, token in enumerate(core) if token.kind is Kind.POINT), len(core))
    whole, decimals = core[:point], core[point + 1 :]
    places = sum(token.kind is Kind.DIGIT for token in decimals)
    rounded = abs(number).quantize(Decimal(1).scaleb(-places), context=_EXACT)
    integer, _, rest = f"{rounded:f}".partition(".")
    has_groups = any(token.kind is Kind.COMMA for token in whole[1:-1])
    left = _filled(whole, "" if integer == "0" else integer, has_groups=has_groups)
    right = _decimals(decimals, rest)
    sign = "-" if number < 0 and rounded else ""
    return f"{sign}{left}{'.' if point < len(core) else ''}{right}"


def _filled(whole: Sequence[Token], digits: str, *, has_groups: bool) -> str:
    """Digits put into the places of the integer part from the right; the first place takes all that are left."""
    places = [n for n, token in enumerate(whole) if token.kind is Kind.DIGIT]
    shown: list[str] = []
    count = 0
    for n in range(len(whole) - 1, -1, -1):
        token = whole[n]
        if token.kind is Kind.COMMA:
            continue
        if token.kind is not Kind.DIGIT:
            shown.append(token.text)
            continue
        taken = digits if n == places[0] else digits[-1:]
        digits = digits[: len(digits) - len(taken)]
        for digit in reversed(taken) if taken else [{"0": "0", "?": " "}.get(token.text, "")]:
            if has_groups and count and count % 3 == 0 and digit.strip():
                shown.append(",")
            shown.append(digit)
            count += 1
    return "".join(reversed(shown))


def _decimals(tokens: Sequence[Token], digits: str) -> str:
    """The places behind the point; # and ? at the end show no zeros."""
    shown, used = [], 0
    for token in tokens:
        if token.kind is Kind.DIGIT:
            is_rest_zero = not digits[used:].strip("0")
            digit = digits[used]
            shown.append({"#": "", "?": " "}.get(token.text, digit) if is_rest_zero else digit)
            used += 1
        elif token.kind is not Kind.COMMA:
            shown.append(token.text)
    return "".join(shown)


def _general(value: float) -> str:
    """A number without a format: the fifteen figures that a workbook keeps."""
    if value and not 1e-9 <= abs(value) < 1e15:
        mantissa, _, exponent = f"{value:.{_SIGNIFICANT}g}".partition("e")
        return f"{mantissa}E{exponent}" if exponent else mantissa
    return _plain(Decimal(f"{value:.{_SIGNIFICANT}g}"))


def _scientific(core: Sequence[Token], number: Decimal) -> str:
    mark = next(n for n, token in enumerate(core) if token.kind is Kind.EXPONENT)
    point = next((n for n, token in enumerate(core[:mark]) if token.kind is Kind.POINT), mark)
    places = sum(token.kind is Kind.DIGIT for token in core[point:mark])
    width = max(1, sum(token.kind is Kind.DIGIT for token in core[mark:]))
    step = max(1, sum(token.kind is Kind.DIGIT for token in core[:point]))
    exponent = (number.adjusted() if number else 0) // step * step
    mantissa = number.scaleb(-exponent).quantize(Decimal(1).scaleb(-places), context=_EXACT)
    sign = "-" if exponent < 0 else core[mark].text[1:].replace("-", "")
    return f"{mantissa:f}E{sign}{str(abs(exponent)).rjust(width, '0')}"


def _fraction(core: Sequence[Token], number: Decimal) -> str:
    stroke = next(n for n, token in enumerate(core) if token.kind is Kind.FRACTION)
    below = "".join(token.text for token in core[stroke + 1 :]).strip()
    digits = sum(token.kind is Kind.DIGIT for token in core[stroke + 1 :])
    whole, part = divmod(Fraction(abs(number)), 1)
    if below.isdecimal() and below.strip("0"):
        top, bottom = round(part * int(below)), int(below)
    else:
        nearest = part.limit_denominator(10 ** max(digits, 1) - 1)
        top, bottom = nearest.numerator, nearest.denominator
    sign = "-" if number < 0 else ""
    shown = f"{whole} {top}/{bottom}" if whole and top else f"{top}/{bottom}" if top else f"{whole}"
    return sign + shown
