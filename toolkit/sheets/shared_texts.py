"""The shared texts of a workbook: the part itself without its claims, how long its texts are, what is struck through."""

from __future__ import annotations

import re
from html import unescape
from xml.etree.ElementTree import Element, SubElement, tostring

from toolkit.packages.markup import attributes, children, descendants, local, parse
from toolkit.sheets.cell_pictures import SIGN

_OPENED = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
_CLOSED = b"</sst>"


class SharedTexts:
    """The part as the parser gets it – texts only: a count that the file claims would be memory for so many.

    `texts` by their numbers, where they are wanted or something in them is struck through; `struck`: that.
    """

    def __init__(self, xml: bytes, *, is_wanted: bool) -> None:
        self._xml = _usual(xml)
        self.has_pictures = SIGN in self._xml
        self.texts: dict[str, str] = {}
        self.struck: dict[str, str] = {}
        if b"strike" in self._xml or is_wanted:
            for number, string in enumerate(children(parse(self._xml), "si")):
                self.texts[str(number)] = text_of(string)
                if struck := struck_of(string):
                    self.struck[str(number)] = struck

    def __len__(self) -> int:
        return self._xml.count(b"<si")

    def blank_numbers(self) -> frozenset[bytes]:
        """The numbers, as the sheets write them, of the texts that consist of blanks."""
        pieces = self._xml.split(b"<si")[1:]
        return frozenset(
            b"%d" % number for number, piece in enumerate(pieces) if is_blank(b"<si" + piece)
        )

    def has_longer_than(self, most: int) -> bool:
        """Whether one text alone takes more bytes; found by leaps of that length, not by looking at each."""
        at = self._xml.find(b"<si") if most >= len(b"<si") else -1
        while 0 <= at < len(self._xml) - most:
            further = self._xml.rfind(b"<si", at + 1, at + most + len(b"<si"))
            if further < 0:
                return True
            at = further
        return most < len(b"<si")

    def sizes(self) -> list[int]:
        """The size of each text in bytes; exact enough for a limit."""
        return [len(string) for string in self._xml.split(b"<si")[1:]]

    def take(self) -> bytes:
        """The part, given away."""
        xml, self._xml = self._xml, b""
        return xml


def _usual(xml: bytes) -> bytes:
    """The texts in a root element of ours; what is written in an unusual way is written anew."""
    start, end = xml.find(b"<si"), xml.rfind(_CLOSED)
    has_prefixes = b":si" in xml
    if start < 0 and not has_prefixes:
        return _OPENED + _CLOSED
    if has_prefixes or end < start or b"<!" in xml or xml.find(_CLAIM, start) >= 0:
        return _anew(parse(xml))
    return b"".join((_OPENED, memoryview(xml)[start:end], _CLOSED))


# count, uniqueCount: of a root element, or of one that is hidden among the texts.
_CLAIM = b"ount="


_TAG = re.compile(rb"<[^<>]*>")
_LONGEST_BLANK = 100_000


def is_blank(xml: bytes) -> bool:
    """Whether a piece of XML holds no text but blanks."""
    if len(xml) > _LONGEST_BLANK:
        return False
    return not unescape(_TAG.sub(b"", xml).decode("utf-8", "replace")).strip()


def _anew(root: Element) -> bytes:
    written = Element("sst")
    for string in children(root, "si"):
        item = SubElement(SubElement(written, "si"), "t", {"xml:space": "preserve"})
        item.text = text_of(string)
    inside = tostring(written, encoding="unicode", short_empty_elements=False).encode()
    return b"".join((_OPENED, memoryview(inside)[len(b"<sst>") :]))


def text_of(string: Element) -> str:
    """The text of a string item, its runs joined, phonetic guides left out."""
    return "".join(
        piece.text or ""
        for part in string
        if local(part.tag) != "rPh"
        for piece in part.iter()
        if local(piece.tag) == "t"
    )


def struck_of(string: Element) -> str:
    """The struck-through part of a string item with runs."""
    runs = (
        run
        for run in children(string, "r")
        if any(is_on(mark) for mark in descendants(run, "strike"))
    )
    return "".join(text_of_run(run) for run in runs)


def text_of_run(run: Element) -> str:
    """The text of one run."""
    return "".join(piece.text or "" for piece in children(run, "t"))


def is_on(mark: Element) -> bool:
    """Whether a property such as `<strike/>` or `<strike val="1"/>` is on."""
    return attributes(mark).get("val", "1") in ("1", "true")
