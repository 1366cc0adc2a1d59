"""XML of unknown origin, read within limits: no document type, hence no entities; no depth that exhausts a stack.

The parser is Python's own (expat, in C). What makes it dangerous with strangers' files – internal and external
entities – exists only below a document type, which is refused twice: by a search of the bytes, and by the parser.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError, TreeBuilder, XMLParser, iterparse

from toolkit.sheets.gate import BROKEN, LIMITS, SEND, Limits, UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_DECLARED = f"文件含有异常的XML声明，为安全起见未打开；{SEND}"
_DEEP = f"文件的XML嵌套过深，为安全起见未打开；{SEND}"
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def refuse_entities(xml: bytes) -> None:
    """An Office file declares no entities and is UTF-8; one that is not is an attack on the parser."""
    head = xml[:4096]
    if _DECLARATION.search(head) or (b"<!" in xml and _DECLARATION.search(xml)):
        raise UnreadableFile(_DECLARED)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in head:
        raise UnreadableFile(f"文件的编码异常，为安全起见未打开；{SEND}")


def refuse_tags(xml: bytes, limits: Limits = LIMITS) -> None:
    """Raise UnreadableFile for more elements than a person's workbook has."""
    if len(xml) > limits.tags and xml.count(b"<") > limits.tags:
        raise UnreadableFile(
            f"文件内容异常庞杂（XML标记超过{limits.tags}个），为安全起见未打开；{SEND}"
        )


class Shallow(TreeBuilder):
    """A tree builder that refuses what is nested deeper than any Office file."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._left = most

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        """One level down."""
        self._left -= 1
        if self._left < 0:
            raise UnreadableFile(_DEEP)
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        """One level up."""
        self._left += 1
        return super().end(tag)

    def doctype(self, *_told: str | None) -> None:
        """The parser met a document type."""
        raise UnreadableFile(_DECLARED)


def parse(xml: bytes, limits: Limits = LIMITS) -> Element:
    """The root element; raises UnreadableFile for what is no XML, too deep, too much, or an attack."""
    refuse_entities(xml)
    refuse_tags(xml, limits)
    parser = XMLParser(target=Shallow(limits.xml_depth))  # noqa: S314 - see above
    try:
        parser.feed(xml)
        root: Element = parser.close()
    except (ParseError, ValueError, LookupError) as broken:
        raise UnreadableFile(BROKEN) from broken
    return root


def walk(xml: bytes, limits: Limits = LIMITS) -> Iterator[tuple[str, Element]]:
    """Start and end of each element in turn, for what is too large to be kept whole; raises as `parse` does."""
    refuse_entities(xml)
    refuse_tags(xml, limits)
    depth = 0
    try:
        for event, element in iterparse(io.BytesIO(xml), events=("start", "end")):  # noqa: S314 - see above
            depth += 1 if event == "start" else -1
            if depth > limits.xml_depth:
                raise UnreadableFile(_DEEP)
            yield event, element
    except (ParseError, ValueError, LookupError, OverflowError) as broken:
        raise UnreadableFile(BROKEN) from broken


def local(name: str) -> str:
    """The name of an element or attribute without its namespace."""
    return name.rpartition("}")[2]


def children(element: Element, name: str) -> Iterator[Element]:
    """The direct children of this local name, whatever namespace the writer chose."""
    return (child for child in element if local(child.tag) == name)


def descendants(element: Element, name: str) -> Iterator[Element]:
    """All elements below of this local name."""
    return (found for found in element.iter() if local(found.tag) == name)


def attributes(element: Element) -> dict[str, str]:
    """The attributes by their local names; the first wins where two namespaces use one."""
    found: dict[str, str] = {}
    for name, value in element.attrib.items():
        found.setdefault(local(name), value)
    return found
