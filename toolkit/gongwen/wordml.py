"""The elements of WordprocessingML that every paragraph and run of ours is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.gongwen.lengths import ZERO
from toolkit.gongwen.xml import element

if TYPE_CHECKING:
    from lxml.etree import _Element

    from toolkit.gongwen.lengths import Length


def w(tag: str, *children: _Element, **attributes: str | int) -> _Element:
    """An element of the main namespace, all of whose attributes are of it: `w("jc", val="center")`."""
    return element(
        f"w:{tag}", {f"w:{name}": value for name, value in attributes.items()}, *children
    )


def fonts(face: str) -> _Element:
    """One font for characters of every kind."""
    return w("rFonts", ascii=face, hAnsi=face, eastAsia=face, cs=face)


def sizes(size: Length) -> tuple[_Element, _Element]:
    """The size of the characters, of complex scripts too."""
    return w("sz", val=size.half_points), w("szCs", val=size.half_points)


def tracking(points: float) -> _Element:
    """What is added to each character's width."""
    return w("spacing", val=round(points * 20))


def rows(line: Length, rule: str = "exact", *, before: Length = ZERO) -> _Element:
    """The height of the rows of a paragraph, and what is left free before it."""
    return w("spacing", before=before.twips, after=0, line=line.twips, lineRule=rule)


def text(content: str) -> _Element:
    """A text whose blanks are kept."""
    return element("w:t", {"xml:space": "preserve"}, content)


def run(*properties: _Element, content: str) -> _Element:
    """A run with these properties and a text."""
    return w("r", w("rPr", *properties), text(content))


def tab() -> _Element:
    """A run that is a tab stop."""
    return w("r", w("tab"))


def style(name: str) -> _Element:
    """The style of a paragraph."""
    return w("pStyle", val=name)


def align(side: str) -> _Element:
    """The alignment of a paragraph: left, center, right, both, distribute."""
    return w("jc", val=side)
