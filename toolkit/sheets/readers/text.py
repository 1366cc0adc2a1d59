""".csv and tab-separated text, in UTF-8, UTF-16 or GBK."""

from __future__ import annotations

import csv
import io

from toolkit.sheets.grid import Book, Grid, Value

_ENCODINGS = ("utf-8-sig", "gb18030")
_CONTROL = bytes(set(range(32)) - {9, 10, 13})
_FIELD_LIMIT = 1_000_000


def accepts(data: bytes) -> bool:
    """Whether these bytes are text with a separator in it (and neither a package nor a web page)."""
    text = _decode(data)
    return (
        bool(text) and text.lstrip()[:1] != "<" and any(mark in text for mark in ",\t;") and not text.startswith("PK")
    )


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


def read(data: bytes, name: str) -> Book:
    """One sheet, named after the kind of file (a text file has no sheets)."""
    del name
    text = _decode(data)
    csv.field_size_limit(_FIELD_LIMIT)
    head = text[:20_000]
    separator = max(",\t;", key=head.count)
    rows: list[list[Value]] = [
        [cell or None for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    ]
    return Book("csv", (Grid("csv", rows),))
