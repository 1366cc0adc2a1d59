"""Texts and bars of the page that print figures: each has an id, so that a second hand can find and prove it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from lxml import etree

from toolkit.figures.printed import Line, Printed, text_of
from toolkit.gongwen.xml import printable

if TYPE_CHECKING:
    from lxml.etree import _Element

# A bar is so many units of its picture long for each one that it stands for.
_DECIMALS = Decimal("0.01")


def tag(name: str, attributes: dict[str, str] | None = None, *children: _Element | str) -> _Element:
    """An element with attributes and children; text is text, whatever it looks like."""
    made = etree.Element(name, {key: printable(value) for key, value in (attributes or {}).items()})
    for child in children:
        if not isinstance(child, str):
            made.append(child)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + printable(child)
        else:
            made.text = (made.text or "") + printable(child)
    return made


def length(number: Decimal, scale: Decimal) -> str:
    """How long a bar is that stands for a number."""
    return str((number * scale).quantize(_DECIMALS))


@dataclass
class Numbers:
    """What the page prints: `lines` by id of the element, `bars` by id, with the scale of their picture."""

    lines: dict[str, Line] = field(default_factory=dict)
    bars: dict[str, tuple[Printed, Decimal]] = field(default_factory=dict)

    def text(
        self, line: Line, name: str = "span", attributes: dict[str, str] | None = None
    ) -> _Element:
        """An element that prints a line."""
        id_ = f"n{len(self.lines)}"
        self.lines[id_] = line
        return tag(name, {**(attributes or {}), "id": id_}, text_of(line))

    def bar(self, printed: Printed, scale: Decimal, attributes: dict[str, str]) -> _Element:
        """A rectangle as wide as its number."""
        id_ = f"b{len(self.bars)}"
        self.bars[id_] = (printed, scale)
        width = length(Decimal(printed.text), scale)
        return tag("rect", {**attributes, "id": id_, "width": width})
