"""A worksheet written anew, element by element: for unusual writers, and where the parser refused what stands there."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING
from xml.parsers import expat  # entities are refused before; expat is fed nothing else

from toolkit.packages.gate import BROKEN, SEND, UnreadableFile
from toolkit.sheets.escapes import escape, quoteattr
from toolkit.sheets.grid import MOST_COLS, MOST_ROWS, address, column_number

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHORT = re.compile(r"\d{1,6}")
_KEPT = ("is", "r", "rPr", "t", "v", "f")
_TYPES = frozenset({"s", "n", "b", "e", "str", "inlineStr", "d"})
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")


Rewritten = tuple[bytes, bytes, bytes, frozenset[tuple[int, int]]]


def rewritten(xml: bytes, texts: int) -> Rewritten:
    """(views and columns, cells in their usual form, merges, lost texts) of any worksheet. Raises UnreadableFile.

    Each value is held against its type: a number that is none becomes text; a text that is not among the `texts` shared
    ones is left out, and its place is among those that are lost.
    """
    return _Rewriter(texts).rewritten(xml)


class _Rewriter:
    """Takes a worksheet in: rows and cells with references, values, formulas, inline text, merges, hidden parts."""

    def __init__(self, texts: int) -> None:
        self._texts = texts
        self._out: list[str] = []
        self._cols: list[str] = []
        self._merges: list[str] = []
        self._row = self._col = 0
        self._open: list[str] = []
        self._head: dict[str, str] = {}
        self._type = ""
        self._lost: list[tuple[int, int]] = []
        self._inside: list[str] = []
        self._value: list[str] = []

    def rewritten(self, xml: bytes) -> Rewritten:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(xml, True)  # noqa: FBT003 - expat's own signature
        except (expat.ExpatError, ValueError, LookupError) as broken:
            raise UnreadableFile(BROKEN) from broken
        head, cells, tail = (
            "".join(part).encode() for part in (self._cols, self._out, self._merges)
        )
        return head, cells, tail, frozenset(self._lost)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self._open.append(name)
        if name == "row":
            self._start_row(attributes)
        elif name == "c":
            self._start_cell(attributes)
        elif name == "mergeCell":
            self._merges.append(_tag("mergeCell", {"ref": attributes.get("ref", "")}, "/>"))
        elif name in ("col", "sheetView"):
            self._cols.append(_tag(name, attributes, "/>"))
        elif name == "strike" and self._head:
            self._inside.append("<strike/>" if _is_on(attributes) else "")
        elif name == "t" and self._head and attributes.get("xml:space") == "preserve":
            self._inside.append(_tag("t", {"xml:space": "preserve"}))
        elif name in _KEPT and self._head:
            self._inside.append(_tag(name))

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        is_number = number.isdecimal() and len(number) < 9
        self._row = _bounded(int(number) if is_number else self._row + 1, MOST_ROWS)
        self._col = 0
        hidden = {"hidden": "1"} if attributes.get("hidden") in ("1", "true") else {}
        self._out.append(_tag("row", {"r": str(self._row), **hidden}))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = re.fullmatch(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})", attributes.get("r", ""))
        if reference:
            self._row = _bounded(int(reference[2]), MOST_ROWS)
            self._col = _bounded(column_number(reference[1].upper()), MOST_COLS)
        else:
            self._col = _bounded(self._col + 1, MOST_COLS)
            self._row = max(self._row, 1)
        self._type = attributes.get("t", "")
        kept = {
            key: attributes[key] for key in ("s", "vm") if _SHORT.fullmatch(attributes.get(key, ""))
        }
        self._head = {"r": address(self._row, self._col), **kept}
        self._inside, self._value = [], []

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        self._open.pop()
        if name == "row":
            self._out.append("</row>")
        elif name == "c" and self._head:
            self._end_cell()
            self._head = {}
        elif name in _KEPT and self._head:
            self._inside.append(_end_tag(name))

    def _end_cell(self) -> None:
        kind = self._checked_type("".join(self._value))
        if kind is None:
            self._lost.append((self._row, self._col))
            return
        told = {"t": kind} if kind else {}
        self._out += [_tag("c", {**self._head, **told}), *self._inside, _end_tag("c")]

    def _checked_type(self, value: str) -> str | None:
        """The type that fits the value; None for a text that is in no table."""
        kind = self._type if self._type in _TYPES else "str" if self._type else ""
        if kind == "s":
            number = value.strip()
            is_text = number.isdecimal() and len(number) < 9 and int(number) < self._texts
            return "s" if is_text or not number else None
        if kind in ("", "n") and value and not _NUMBER.fullmatch(value.strip()):
            return "str"
        return kind

    def _text(self, text: str) -> None:
        place = self._open[-1] if self._open else ""
        if not self._head:
            return
        if place == "v":
            self._value.append(text)
            text = text if self._type in ("str", "inlineStr") else text.strip()
        if place in ("v", "f") or (place == "t" and "rPh" not in self._open):
            self._inside.append(escape(text, {"\r": "&#13;"}))


_NOTHING: Mapping[str, str] = MappingProxyType({})


def _tag(name: str, attributes: Mapping[str, str] = _NOTHING, end: str = ">") -> str:
    """A start tag; what a sheet of a million cells says is not held as a tree."""
    kept = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return "<" + name + kept + end


def _end_tag(name: str) -> str:
    return "</" + name + ">"


def _is_on(attributes: dict[str, str]) -> bool:
    return attributes.get("val", "1") in ("1", "true")


def _bounded(number: int, most: int) -> int:
    if not 0 < number <= most:
        raise UnreadableFile(f"工作表的单元格位置异常，为安全起见未打开；{SEND}")
    return number
