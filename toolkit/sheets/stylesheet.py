"""What a workbook's styles say about values: which are struck through, and which numbers are days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring

from toolkit.sheets.gate import LIMITS, SEND, UnreadableFile
from toolkit.sheets.markup import attributes, children, descendants, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
        return Styles(frozenset(), _part((), ()))
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
    return Styles(struck, _part(map(attributes, descendants(root, "numFmt")), formats))


def _part(codes: Iterable[Mapping[str, str]], formats: Iterable[Mapping[str, str]]) -> bytes:
    """A styles part with these number formats, and the cell styles that name them."""
    root = Element("styleSheet", {"xmlns": _MAIN})
    listed, cells = SubElement(root, "numFmts"), SubElement(root, "cellXfs")
    for told in codes:
        code = _for_parser(told.get("formatCode", ""))
        SubElement(listed, "numFmt", {"numFmtId": told.get("numFmtId", ""), "formatCode": code})
    for xf in formats:
        SubElement(cells, "xf", {"numFmtId": xf.get("numFmtId", "0")})
    return tostring(root, encoding="unicode").encode()


def _is_struck(font: Element) -> bool:
    return any(
        attributes(mark).get("val", "1") in ("1", "true") for mark in children(font, "strike")
    )


def shows_weekday(code: str) -> bool:
    """Whether a number format prints the day of the week in Chinese (aaaa, aaa)."""
    return bool(_WEEKDAY.search(_LITERAL.sub("", code)))


def _for_parser(code: str) -> str:
    return _DAY if shows_weekday(code) else code
