""".csv and tab-separated text, in UTF-8, UTF-16 or GBK; a few damaged bytes cost their characters and nothing else."""

from __future__ import annotations

import csv
import io
import re
from itertools import count
from typing import TYPE_CHECKING

from toolkit.packages.gate import LIMITS, SEND, UnreadableFile, refuse_size
from toolkit.sheets.cell_pictures import with_pictures
from toolkit.sheets.grid import Book, Grid, Value, address

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENCODINGS = ("utf-8-sig", "gb18030")
_CONTROL = bytes(set(range(32)) - {9, 10, 13})
_HINT = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)
_FIELD_LIMIT = 1_000_000
# What stands for a byte that is no character. One in so many characters may be: more, and it is another encoding.
_LOST, _MOST_LOST = "\ufffd", 20
_LISTED = 5


def accepts(data: bytes) -> bool:
    """Whether these bytes are text with a separator in it (and neither a package nor a web page)."""
    text = _decode(data)
    return bool(text) and text.lstrip()[:1] != "<" and any(mark in text for mark in ",\t;")


def _decode(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if data[:4096].translate(None, _CONTROL) != data[:4096]:
        return ""
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            if text := _with_losses(data, encoding):
                return text
    return ""


def _with_losses(data: bytes, encoding: str) -> str:
    """The text without the bytes that are none in this encoding; "" where they are too many for damage."""
    left = count(_MOST_MENDED, -1)
    text = "\n".join(_line(line, encoding, left) for line in data.split(b"\n"))
    others = len(text) - len(text.encode("ascii", "ignore"))
    lost = text.count(_LOST)
    return text if 0 < lost * _MOST_LOST <= others else ""


def _line(line: bytes, encoding: str, left: Iterator[int]) -> str:
    """One line; in GBK a stray byte takes half of every character behind it along, unless it is found and left out.

    `left` counts down the lines in which it is looked for.
    """
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        if encoding.startswith("utf") or len(line) > _LONGEST_MENDED or next(left) <= 0:
            return line.decode(encoding, "replace")
    mended = (
        line[:at].decode(encoding, "replace") + _LOST + line[at + 1 :].decode(encoding, "replace")
        for at, byte in enumerate(line)
        if byte > _ASCII
    )
    return max(mended, key=_likeliness, default="")


def _likeliness(text: str) -> int:
    """How many of its characters are common ones: shifted by half a character, text turns into rare ones."""
    return len(text.encode("gb2312", "ignore")) - len(_LOST) * text.count(_LOST)


_ASCII, _LONGEST_MENDED, _MOST_MENDED = 127, 2000, 20


def _separator(text: str) -> tuple[str, str]:
    """The mark between cells and the text; Excel's own hint line (sep=;) is no row."""
    hint = _HINT.match(text)
    if hint:
        return hint[1], text[hint.end() :]
    head = text[:20_000]
    return max(",\t;", key=head.count), text


def read(data: bytes, name: str) -> Book:
    """One sheet, named after the kind of file (a text file has no sheets)."""
    del name
    refuse_size(len(data), LIMITS.plain_bytes)
    text = _decode(data)
    separator, text = _separator(text)
    if text.count(separator) + text.count("\n") + text.count("\r") >= LIMITS.cells:
        raise UnreadableFile(f"文本表格的单元格超过{LIMITS.cells}个；请只保留台账内容，{SEND}")
    csv.field_size_limit(_FIELD_LIMIT)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as broken:
        raise UnreadableFile(f"文本表格的引号不配对或内容异常，无法读取；{SEND}") from broken
    if max(map(len, lines), default=0) > LIMITS.columns:
        raise UnreadableFile(f"文本表格有一行超过{LIMITS.columns}列，不是正常的台账；{SEND}")
    rows: list[list[Value]] = [[cell or None for cell in line] for line in lines]
    notes = (_losses(rows),) if _LOST in text else ()
    return Book("csv", (with_pictures(Grid("csv", rows)),), notes)


def _losses(rows: list[list[Value]]) -> str:
    places = [
        address(number, col)
        for number, row in enumerate(rows, 1)
        for col, value in enumerate(row, 1)
        if type(value) is str and _LOST in value
    ]
    rest = f"等{len(places)}处" if len(places) > _LISTED else ""
    shown = "、".join(places[:_LISTED])
    return f"文件中有损坏的字符，显示为“{_LOST}”：{shown}{rest}，请核对这些单元格。"
