"""What is shown where a file stores the text itself beside the value (.ods): how it differs from the value, read from it."""

from __future__ import annotations

import re
from decimal import Decimal
from math import isfinite, log10

from toolkit.sheets.date_format import Precision
from toolkit.sheets.number_format import SAYS_NOTHING, Display

_NUMBER = re.compile(r"(?P<prefix>[^\d]*?)(?P<number>-?\d[\d,]*(?:\.\d+)?)(?P<suffix>[^\d]*)")
# Dates of which not all is shown; whatever else a date is shown as has a day.
_LESS: tuple[tuple[re.Pattern[str], Precision], ...] = (
    (re.compile(r"\d{2,4}\s*[年/.\-]\s*\d{1,2}\s*月?"), Precision.MONTH),
    (re.compile(r"[〇零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月"), Precision.MONTH),
    (re.compile(r"[A-Z][a-z]{2,8}[\s\-]\d{2,4}"), Precision.MONTH),
    (re.compile(r"\d{4}\s*年?"), Precision.YEAR),
    (re.compile(r"(?:上午|下午)?\d{1,2}[:时]\d{2}(?:[:分]\d{2}秒?)?分?(?:\s?[AP]M)?"), Precision.TIME),
    (re.compile(r"\d{1,2}\s*[月/\-]\s*\d{1,2}\s*日?"), Precision.DAY),
)  # fmt: skip
_LONGEST = 80


def number_as_shown(text: str, value: float) -> Display | None:
    """What the text adds to the number or does to it; None where it shows the number itself."""
    if len(text) > _LONGEST or not isfinite(value):
        return None
    found = _NUMBER.fullmatch(text.strip())
    if not found:
        return _words(text)
    shown = Decimal(found["number"].replace(",", ""))
    scale = _scale(shown, value)
    prefix, suffix = found["prefix"].strip(), found["suffix"].strip()
    says_nothing = bool(SAYS_NOTHING.fullmatch(prefix) and SAYS_NOTHING.fullmatch(suffix))
    has_zeros = re.match(r"-?0\d", found["number"]) is not None and value != 0
    if says_nothing and scale == 1 and not has_zeros:
        return None
    exact = Decimal(repr(value)) * scale
    number = f"{exact:f}".rstrip("0").rstrip(".") if exact % 1 else f"{exact:.0f}"
    return Display(text.strip(), prefix, number, suffix, scale)


def _words(text: str) -> Display | None:
    """A text in the number's place; fractions and powers of ten are numbers in another writing."""
    plain = text.strip()
    is_number = re.fullmatch(r"-?[\d ]*\d/\d+|-?\d+(?:\.\d+)?E[+-]?\d+", plain) is not None
    return None if is_number else Display(plain)


def _scale(shown: Decimal, value: float) -> Decimal:
    """The power of ten by which the number shown differs from the one stored; 1 where rounding explains it."""
    if not value or not shown:
        return Decimal(1)
    power = round(log10(abs(float(shown) / value)))
    return Decimal(10) ** power


def date_as_shown(text: str) -> Display | None:
    """How much of a date the text shows; None where it shows a whole day."""
    plain = text.strip()
    found = next((kind for pattern, kind in _LESS if pattern.fullmatch(plain)), None)
    return None if found is None else Display(plain, precision=found)
