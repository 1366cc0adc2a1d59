"""Written files with one thing in them changed: a number of a paper, a cell, a value of a chart, a leaf of a record."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from toolkit.figures.printed import Line, Printed

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLANK = "\u3000 \n\t"


def other(text: str) -> str:
    """Another number of the same length: 12 → 22, 19.05% → 29.05%; 1 where there was none (—)."""
    place = next((n for n, character in enumerate(text) if character.isdecimal()), None)
    if place is None:
        return "1"
    return f"{text[:place]}{(int(text[place]) + 1) % 10}{text[place + 1 :]}"


@dataclass(frozen=True)
class Span:
    """Where a number stands in a text, blanks left aside, and what it stands for (None: no figure)."""

    start: int
    text: str
    printed: Printed | None


def spans_of(line: Line) -> Iterator[Span]:
    """Every figure of a line, and the first digit that is none."""
    place, has_digit = 0, False
    for piece in line:
        text = without_blanks(piece if isinstance(piece, str) else piece.text)
        if isinstance(piece, Printed):
            yield Span(place, text, piece)
        elif not has_digit and (digits := [n for n, c in enumerate(text) if c.isdecimal()]):
            has_digit = True
            yield Span(place + digits[0], text[digits[0]], None)
        place += len(text)


def without_blanks(text: str) -> str:
    return "".join(text.split())


class WordFile:
    """A Word file, read once, of which copies are written with one number changed."""

    def __init__(self, path: Path) -> None:
        self.members = members_of(path.read_bytes())
        self.roots = {
            name: etree.fromstring(data)
            for name, data in self.members.items()
            if name.startswith("word/") and name.endswith(".xml") and b"<w:p" in data
        }

    def changed(self, part: str, paragraph: int, span: Span) -> bytes:
        """The file with a number of a paragraph of a part (counted from 0, empty ones too) changed."""
        root = copy.deepcopy(self.roots[part])
        place = list(root.iter(f"{_W}p"))[paragraph]
        new = other(span.text)
        places = list(characters(place))[span.start : span.start + len(span.text)]
        for (element, at), character in reversed(list(zip(places, new, strict=False))):
            text = element.text or ""
            element.text = f"{text[:at]}{character}{text[at + 1 :]}"
        return zipped({**self.members, part: etree.tostring(root)})

    def with_member(self, name: str, data: bytes) -> bytes:
        """The file with another member."""
        assert name in self.members
        return zipped({**self.members, name: data})


def characters(paragraph: Any) -> Iterator[tuple[Any, int]]:
    """(element, place in its text) of every character of a paragraph that is no blank."""
    for element in paragraph.iter(qn("w:t")):
        if next(element.iterancestors(f"{_W}p")) is paragraph:
            for place, character in enumerate(element.text or ""):
                if character.strip():
                    yield element, place


def visible(paragraph: Any) -> str:
    """The text of a paragraph without its blanks."""
    return "".join((element.text or "")[place] for element, place in characters(paragraph))


def members_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A package of these members, not compressed: it is read once and thrown away."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return stream.getvalue()


def values_changed(part: bytes, tag: str) -> Iterator[tuple[str, str, bytes]]:
    """(old, new, the part) for every element with this tag that holds a text, one at a time."""
    root = etree.fromstring(part)
    for element in root.iter(tag):
        old = element.text or ""
        element.text = other(old) if old.strip("0123456789.%") == "" else f"{old}1"
        yield old, element.text, etree.tostring(root)
        element.text = old


Path_ = tuple[str | int, ...]


def leaves(record: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """(path, value) of every number and every text of a record."""
    if isinstance(record, dict):
        for key, value in record.items():
            yield from leaves(value, (*path, key))
    elif isinstance(record, list):
        for number, value in enumerate(record):
            yield from leaves(value, (*path, number))
    elif record is not None:
        yield path, record


def with_leaf(record: Any, path: Path_, value: Any) -> Any:
    """The record with another value at this path."""
    changed = copy.deepcopy(record)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return changed
