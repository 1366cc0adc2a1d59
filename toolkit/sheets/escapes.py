"""Text as it stands in XML, as `xml.sax.saxutils` has it – which loads urllib, http.client and ssl with it, at every start."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_NONE: Mapping[str, str] = MappingProxyType({})
_BLANKS: Mapping[str, str] = MappingProxyType({"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def escape(text: str, entities: Mapping[str, str] = _NONE) -> str:
    """A text between two tags; `entities` are further replacements."""
    text = text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")
    for character, entity in entities.items():
        text = text.replace(character, entity)
    return text


def quoteattr(text: str) -> str:
    """A text as the value of an attribute, with its quotation marks."""
    text = escape(text, _BLANKS)
    if '"' not in text:
        return f'"{text}"'
    if "'" not in text:
        return f"'{text}'"
    return '"' + text.replace('"', "&quot;") + '"'
