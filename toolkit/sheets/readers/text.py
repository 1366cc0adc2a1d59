""".csv and tab-separated text, in UTF-8, UTF-16 or GBK."""

from __future__ import annotations

import csv
import io
import re

from toolkit.packages.gate import LIMITS, SEND, UnreadableFile, refuse_size
from toolkit.sheets.grid import Book, Grid, Value

_ENCODINGS = ("utf-8-sig", "gb18030")
_CONTROL = bytes(set(range(32)) - {9, 10, 13})
_HINT = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)
_FIELD_LIMIT = 1_000_000


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
            continue
    return ""


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
    return Book("csv", (Grid("csv", rows),))
