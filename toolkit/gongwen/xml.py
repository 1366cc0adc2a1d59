"""XML elements by their prefixed names. Texts and attributes are given as values, so that none can break out of its place."""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from docx.oxml.parser import oxml_parser

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

NAMESPACES: Mapping[str, str] = MappingProxyType(
    {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "xml": "http://www.w3.org/XML/1998/namespace",
    }
)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _UNPRINTABLE.sub("", text)


def element(tag: str, attributes: Mapping[str, str | int], *children: _Element | str) -> _Element:
    """An element such as `w:p` with its attributes (`w:val`, or `val` where they have no prefix), children and texts.

    A `Requires` attribute names prefixes that must be known where it stands, so they are declared there.
    """
    made = oxml_parser.makeelement(
        name_of(tag),
        {name_of(name): printable(str(value)) for name, value in attributes.items()},
        nsmap=_declared(tag, tuple(attributes), str(attributes.get("Requires", ""))),
    )
    for child in children:
        if isinstance(child, str):
            _add_text(made, printable(child))
        else:
            made.append(child)
    return made


@lru_cache(maxsize=512)
def name_of(prefixed: str) -> str:
    """`w:val` → `{http://…/main}val`; a name without prefix as it is."""
    prefix, _, local = prefixed.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local


@lru_cache(maxsize=512)
def _declared(tag: str, attributes: tuple[str, ...], required: str) -> dict[str, str]:
    """The namespaces of these prefixed names, and of the prefixes that are required."""
    prefixes = [name.rpartition(":")[0] for name in (tag, *attributes)]
    return {
        prefix: NAMESPACES[prefix]
        for prefix in (*prefixes, *required.split())
        if prefix not in ("", "xml")
    }


def _add_text(made: _Element, text: str) -> None:
    """Text behind the last child, or at the beginning where there is none."""
    if len(made):
        made[-1].tail = (made[-1].tail or "") + text
    else:
        made.text = (made.text or "") + text
