"""What a workbook's styles say about values: which are struck through, and which numbers are days."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from toolkit.sheets.gate import LIMITS, SEND, UnreadableFile
from toolkit.sheets.markup import attributes, children, descendants, parse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
# The built-in formats of Chinese editions that show a year and a month; the date format that stands in for them.
_BUILT_IN_MONTHS, _BUILT_IN_DAY = frozenset({"17", "27", "36", "50", "52", "55", "57"}), "14"
# 星期三 and 周三 are days too; Excel's readers know only y, m, d, h and s.
_WEEKDAY = re.compile(r"a{3,4}", re.IGNORECASE)
_DAY = "yyyy\\-mm\\-dd"


@dataclass(frozen=True, slots=True)
class Styles:
    """`struck`: numbers of the cell styles whose font is struck through; `plain`: the styles part for the parser.

    `months`: numbers of those that show a day as its year and month alone.
    """

    struck: frozenset[bytes]
    plain: bytes
    months: frozenset[bytes] = frozenset()


def read_styles(xml: bytes) -> Styles:
    """The styles part: only number formats are handed on, a weekday as the day that it is."""
    if not xml:
        return Styles(frozenset(), f'<styleSheet xmlns="{_MAIN}"/>'.encode())
    if xml.count(b"<xf") > LIMITS.styles:
        raise UnreadableFile(f"工作簿的单元格样式超过{LIMITS.styles}种，不是正常的工作簿；{SEND}")
    root = parse(xml)
    fonts = [font for group in children(root, "fonts") for font in children(group, "font")]
    struck_fonts = {str(number) for number, font in enumerate(fonts) if _is_struck(font)}
    formats = [
        attributes(xf) for group in children(root, "cellXfs") for xf in children(group, "xf")
    ]
    struck = frozenset(
        b"%d" % number for number, xf in enumerate(formats) if xf.get("fontId") in struck_fonts
    )
    codes = "".join(
        f"<numFmt numFmtId={quoteattr(told.get('numFmtId', ''))} formatCode={quoteattr(_for_parser(told.get('formatCode', '')))}/>"
        for told in map(attributes, descendants(root, "numFmt"))
    )
    monthly = _BUILT_IN_MONTHS | {
        told.get("numFmtId", "")
        for told in map(attributes, descendants(root, "numFmt"))
        if shows_only_month(told.get("formatCode", ""))
    }
    months = frozenset(
        b"%d" % number for number, xf in enumerate(formats) if xf.get("numFmtId") in monthly
    )
    cells = "".join(f"<xf numFmtId={quoteattr(_format_of(xf))}/>" for xf in formats)
    plain = f'<styleSheet xmlns="{_MAIN}"><numFmts>{codes}</numFmts><cellXfs>{cells}</cellXfs></styleSheet>'
    return Styles(struck, plain.encode(), months)


def _format_of(xf: Mapping[str, str]) -> str:
    number = xf.get("numFmtId", "0")
    return _BUILT_IN_DAY if number in _BUILT_IN_MONTHS else number


def _is_struck(font: Element) -> bool:
    return any(
        attributes(mark).get("val", "1") in ("1", "true") for mark in children(font, "strike")
    )


def shows_weekday(code: str) -> bool:
    """Whether a number format prints the day of the week in Chinese (aaaa, aaa)."""
    return bool(_WEEKDAY.search(_LITERAL.sub("", code)))


def shows_only_month(code: str) -> bool:
    """Whether a number format shows of a day its month, with or without the year, and neither day nor time."""
    first = _LITERAL.sub("", code).partition(";")[0].lower()
    return "m" in first and not any(sign in first for sign in "dhs0#?e") and not shows_weekday(code)


def month_shown(value: object) -> str:
    """What such a format shows of a day, with its year: 2026年6月; "" of anything else."""
    return f"{value.year}年{value.month}月" if isinstance(value, dt.date) else ""


def _for_parser(code: str) -> str:
    return _DAY if shows_weekday(code) else code
