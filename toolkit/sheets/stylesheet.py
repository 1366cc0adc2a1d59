"""What a workbook's styles say about values: which are struck through, and which numbers are days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from toolkit.packages.gate import LIMITS, SEND, UnreadableFile
from toolkit.packages.markup import attributes, children, descendants, parse

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
# 星期三 and 周三 are days too; Excel's readers know only y, m, d, h and s.
_WEEKDAY = re.compile(r"a{3,4}", re.IGNORECASE)
_DAY = "yyyy\\-mm\\-dd"


@dataclass(frozen=True, slots=True)
class Styles:
    """`struck`: numbers of the cell styles whose font is struck through; `plain`: the styles part for the parser."""

    struck: frozenset[bytes]
    plain: bytes


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
    cells = "".join(f"<xf numFmtId={quoteattr(xf.get('numFmtId', '0'))}/>" for xf in formats)
    plain = f'<styleSheet xmlns="{_MAIN}"><numFmts>{codes}</numFmts><cellXfs>{cells}</cellXfs></styleSheet>'
    return Styles(struck, plain.encode())


def _is_struck(font: Element) -> bool:
    return any(
        attributes(mark).get("val", "1") in ("1", "true") for mark in children(font, "strike")
    )


def shows_weekday(code: str) -> bool:
    """Whether a number format prints the day of the week in Chinese (aaaa, aaa)."""
    return bool(_WEEKDAY.search(_LITERAL.sub("", code)))


def _for_parser(code: str) -> str:
    return _DAY if shows_weekday(code) else code
