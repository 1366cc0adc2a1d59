"""What a workbook's styles say about values: which are struck through, and which number formats they are shown under."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring
from xml.parsers import expat  # entities are refused before; expat is fed nothing else

from toolkit.packages.gate import BROKEN, LIMITS, SEND, Limits, UnreadableFile
from toolkit.packages.markup import refuse_entities, refuse_tags
from toolkit.sheets.number_format import display_text, is_date, is_duration, may_differ

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DAY, _LENGTH, _NUMBER = "yyyy\\-mm\\-dd", "[h]:mm:ss", "General"
_YEAR_MONTH, _MONTH_DAY, _WHOLE = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
# The formats that a file may name without writing them out, as Chinese programs have them (18.8.30).
BUILT_IN: Mapping[int, str] = MappingProxyType(
    {
        0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
        12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
        18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
        27: _YEAR_MONTH, 28: _MONTH_DAY, 29: _MONTH_DAY, 30: "m-d-yy", 31: _WHOLE,
        32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"',
        35: '上午/下午h"时"mm"分"ss"秒"', 36: _YEAR_MONTH, 37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0",
        39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
        48: "##0.0E+0", 49: "@", 50: _YEAR_MONTH, 51: _MONTH_DAY, 52: _YEAR_MONTH, 53: _MONTH_DAY,
        54: _MONTH_DAY, 55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"', 57: _YEAR_MONTH, 58: _MONTH_DAY,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Styles:
    """`struck`: numbers of the cell styles whose font is struck through; `plain`: the styles part for the parser.

    `shown`: cell styles under whose format a value may be shown as something else than it is, and that format's code;
    `shows_texts`: whether that can happen to texts, too; `days`: the cell styles that show days, with their codes.
    """

    struck: frozenset[bytes]
    plain: bytes
    shown: Mapping[bytes, str]
    shows_texts: bool
    days: Mapping[bytes, str]


def read_styles(xml: bytes, limits: Limits = LIMITS) -> Styles:
    """The styles part; the parser is told of each style only whether it is a number, a day or a length of time."""
    found = _Found()
    if xml:
        refuse_entities(xml)
        refuse_tags(xml, limits)
        _Reader(found).read(xml)
    if len(found.cells) > limits.styles:
        raise UnreadableFile(f"工作簿的单元格样式超过{limits.styles}种，不是正常的工作簿；{SEND}")
    codes = {**BUILT_IN, **found.codes}
    used = {codes.get(number, "") for number, _ in found.cells}
    if len(used) > limits.formats:
        raise UnreadableFile(f"工作簿的数字格式超过{limits.formats}种，不是正常的工作簿；{SEND}")
    kinds = {number: _for_parser(codes.get(number, "")) for number, _ in found.cells}
    special = {number for number in kinds if may_differ(codes.get(number, ""))}
    struck = (b"%d" % place for place, (_, font) in enumerate(found.cells) if font in found.struck)
    shown = {
        b"%d" % place: codes[number]
        for place, (number, _) in enumerate(found.cells)
        if number in special
    }
    plain = _plain([kinds[number] for number, _ in found.cells])
    shows_texts = any(display_text(codes[number], "字") for number in special)
    days = {
        b"%d" % place: codes[number]
        for place, (number, _) in enumerate(found.cells)
        if kinds[number] == _DAY
    }
    return Styles(
        frozenset(struck), plain, MappingProxyType(shown), shows_texts, MappingProxyType(days)
    )


def _plain(kinds: Iterable[str]) -> bytes:
    """A styles part with these formats and nothing else."""
    numbers = {_NUMBER: "0", _DAY: "170", _LENGTH: "171"}
    root = Element("styleSheet", {"xmlns": _MAIN})
    codes = SubElement(root, "numFmts")
    for code, number in numbers.items():
        SubElement(codes, "numFmt", {"numFmtId": number, "formatCode": code})
    cells = SubElement(root, "cellXfs")
    for kind in kinds:
        SubElement(cells, "xf", {"numFmtId": numbers[kind]})
    return tostring(root, encoding="unicode").encode()


@lru_cache(maxsize=4096)
def _for_parser(code: str) -> str:
    if is_duration(code):
        return _LENGTH
    return _DAY if is_date(code) else _NUMBER


@dataclass
class _Found:
    """Number formats by their numbers, fonts that are struck through, cell styles as (format, font)."""

    codes: dict[int, str] = field(default_factory=dict)
    struck: set[int] = field(default_factory=set)
    cells: list[tuple[int, int]] = field(default_factory=list)


class _Reader:
    """Goes through a styles part once; of a workbook with a hundred thousand styles no tree is built."""

    def __init__(self, found: _Found) -> None:
        self._found = found
        self._open: list[str] = []
        self._fonts = 0

    def read(self, xml: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        try:
            parser.Parse(xml, True)  # noqa: FBT003 - expat's own signature
        except (expat.ExpatError, ValueError, LookupError) as broken:
            raise UnreadableFile(BROKEN) from broken

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        inside = self._open[-1] if self._open else ""
        self._open.append(name)
        if name == "numFmt" and inside == "numFmts":
            number = _whole(attributes.get("numFmtId", ""))
            self._found.codes.setdefault(number, attributes.get("formatCode", ""))
        elif name == "font" and inside == "fonts":
            self._fonts += 1
        elif name == "strike" and inside == "font" and self._open[-3:-2] == ["fonts"]:
            if attributes.get("val", "1") in ("1", "true"):
                self._found.struck.add(self._fonts - 1)
        elif name == "xf" and inside == "cellXfs":
            style = (_whole(attributes.get("numFmtId", "")), _whole(attributes.get("fontId", "")))
            self._found.cells.append(style)

    def _end(self, _: str) -> None:
        self._open.pop()


def _whole(text: str) -> int:
    """A count as files write it; 0 for what is none."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0
