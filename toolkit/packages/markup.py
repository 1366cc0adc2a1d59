"""XML of unknown origin, read within limits: no document type, hence no entities; no depth that exhausts a stack.

The parser is Python's own (expat, in C). What makes it dangerous with strangers' files – internal and external
entities – exists only below a document type, which is refused twice: by a search of the bytes, and by the parser.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError, TreeBuilder, XMLParser, iterparse

from toolkit.packages.gate import BROKEN, LIMITS, SEND, Limits, UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_DECLARED = f"文件含有异常的XML声明，为安全起见未打开；{SEND}"
_ENCODED = f"文件的编码异常，为安全起见未打开；{SEND}"
_DEEP = f"文件的XML嵌套过深，为安全起见未打开；{SEND}"
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


# Encodings other than UTF-8 in which programs write parts: by the bytes they begin with, and by what they declare.
_BEGINNINGS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
# What a part declares → what it is read as; "" where the bytes are UTF-8 already. Any other would be a way past the gate.
_DECLARED_AS = {
    "utf-8": "", "utf8": "", "us-ascii": "", "ascii": "",
    "utf-16": "utf-8", "unicode": "utf-8",  # of text that was UTF-16 only in the memory of its writer
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "cp936": "gb18030", "big5": "big5",
    "iso-8859-1": "latin-1", "windows-1252": "cp1252",
}  # fmt: skip
_ENCODING = re.compile(rb"""^\s*<\?xml[^<>]{0,80}?encoding\s*=\s*["']([A-Za-z0-9_.\-]{1,20})["']""")
_STATED = re.compile(r"""(^\s*<\?xml[^<>]{0,80}?)\s+encoding\s*=\s*["'][^"'<>]{1,20}["']""")


def is_xml(part: bytes) -> bool:
    """Whether a part may be XML in an encoding that is read, by its first bytes."""
    head = part[:64]
    begins = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return begins in (b"<", b"") or head.startswith(tuple(mark for mark, _ in _BEGINNINGS))


def as_utf8(xml: bytes) -> bytes:
    """A part in UTF-8 without a byte order mark, whatever it was written in; nearly always the same bytes."""
    encoding = next((found for mark, found in _BEGINNINGS if xml.startswith(mark)), None)
    if encoding is None:
        declared = _ENCODING.match(xml[:200])
        name = declared[1].decode("ascii").lower() if declared else "utf-8"
        encoding = _DECLARED_AS.get(name)
    if encoding == "":
        return xml
    if encoding is None:
        raise UnreadableFile(_ENCODED)
    try:
        return _STATED.sub(r"\1", xml.decode(encoding), count=1).encode()
    except UnicodeError as broken:
        raise UnreadableFile(BROKEN) from broken


def refuse_entities(xml: bytes) -> None:
    """An Office file declares no entities; what still holds a NUL is no XML in any encoding that is read."""
    head = xml[:4096]
    if _DECLARATION.search(head) or (b"<!" in xml and _DECLARATION.search(xml)):
        raise UnreadableFile(_DECLARED)
    if b"\x00" in head:
        raise UnreadableFile(_ENCODED)


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
