"""Paragraphs of an official document, built as elements (a hundred times faster than paragraph by paragraph API)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from toolkit.gongwen.styles import DATE, SIGNATURE, TITLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# One character of body text in twips (156 mm / 28), for places that clause 7.3.5 counts in characters.
CHARACTER = 316
# Characters of 2号 (22 pt) that fit on a row of the 版心.
TITLE_WIDTH = 20


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in a paragraph; `style` is the id of a character style, "" for the paragraph's own."""

    text: str
    style: str = ""


def paragraph(style: str, *runs: Run | str, indents: tuple[int, int] = (0, 0), centred: bool = False) -> _Element:
    """A paragraph of this style; `indents` are left and right in twips, where the style's own do not apply."""
    element = OxmlElement("w:p")
    properties = _child(element, "w:pPr")
    _child(properties, "w:pStyle").set(qn("w:val"), style)
    if any(indents):
        indent = _child(properties, "w:ind")
        indent.set(qn("w:left"), str(indents[0]))
        indent.set(qn("w:right"), str(indents[1]))
        indent.set(qn("w:firstLine"), "0")
    if centred:
        _child(properties, "w:jc").set(qn("w:val"), "center")
    for run in runs:
        _add_run(element, Run(run) if isinstance(run, str) else run)
    return element


def _child(parent: _Element, tag: str) -> _Element:
    child = OxmlElement(tag)
    parent.append(child)
    return child


def _add_run(element: _Element, run: Run) -> None:
    child = _child(element, "w:r")
    if run.style:
        _child(_child(child, "w:rPr"), "w:rStyle").set(qn("w:val"), run.style)
    for number, line in enumerate(run.text.split("\n")):
        if number:
            _child(child, "w:br")
        text = _child(child, "w:t")
        text.text = _printable(line)
        text.set(_SPACE, "preserve")


_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _printable(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _UNPRINTABLE.sub("", text)


def title(text: str) -> _Element:
    """The title, broken into lines that form a trapezoid or diamond, with words kept whole (7.3.1)."""
    return paragraph(TITLE, "\n".join(title_lines(text)))


# After these a title may break, before these too: its joints of meaning. Nothing else is broken.
_JOINT_AFTER = re.compile(r"(?<=[、，：])|(?<=关于)|(?<=委员会)|(?<=党组)|(?<=人民政府)|(?<=》)")
_JOINT_BEFORE = re.compile(
    r"(?=关于)|(?=情况的)|(?=巡察整改)|(?=巡视整改)|(?=阶段性)|(?=的(?:通报|通知|报告|函|请示|批复|意见|决定|公告|纪要))"
)


def title_lines(text: str, width: int = TITLE_WIDTH) -> tuple[str, ...]:
    """The lines of a title: as few as fit, then as even as the joints allow, never a longer line between shorter ones' ends."""
    if len(text) <= width:
        return (text,)
    joints = sorted(
        {found.start() for joint in (_JOINT_AFTER, _JOINT_BEFORE) for found in joint.finditer(text)} - {0, len(text)}
    )
    least = -(-len(text) // width)
    for count in range(least, least + 3):
        found = [lines for lines in _breaks(text, [0, *joints], count, width) if _is_shapely(lines)]
        if found:
            return min(found, key=_unevenness)
    step = -(-len(text) // least)
    return tuple(text[start : start + step] for start in range(0, len(text), step))


def _breaks(text: str, joints: Sequence[int], count: int, width: int) -> Iterator[tuple[str, ...]]:
    """All ways to break the text at joints into `count` lines of at most `width`."""

    def rest(start: int, left: int) -> Iterator[tuple[str, ...]]:
        if left == 1:
            if len(text) - start <= width:
                yield (text[start:],)
            return
        for end in joints:
            if start < end <= start + width:
                for tail in rest(end, left - 1):
                    yield (text[start:end], *tail)

    yield from rest(0, count)


def _is_shapely(lines: Sequence[str]) -> bool:
    """Trapezoid (only growing or only shrinking) or diamond (growing, then shrinking): never narrow in the middle."""
    widths = [len(line) for line in lines]
    peak = widths.index(max(widths))
    return widths[: peak + 1] == sorted(widths[: peak + 1]) and widths[peak:] == sorted(widths[peak:], reverse=True)


def _unevenness(lines: Sequence[str]) -> int:
    return max(map(len, lines)) - min(map(len, lines))


def signature(name: str, date: str) -> tuple[_Element, _Element]:
    """Name and date without seal (7.3.5.2): name two characters from the right, date one row lower, two further in.

    A date that is longer than the name takes the two characters from the right itself.
    """
    shift = 2 * CHARACTER
    right_of_name, right_of_date = (2 * shift, shift) if _width(date) > _width(name) else (shift, 2 * shift)
    return _flush_right(SIGNATURE, name, right_of_name), _flush_right(DATE, date, right_of_date)


def _width(text: str) -> float:
    """In characters: half-width ones count half."""
    return sum(0.5 if character.isascii() else 1 for character in text)


def _flush_right(style: str, text: str, right: int) -> _Element:
    element = paragraph(style, text, indents=(0, right))
    properties = element[0]
    _child(properties, "w:jc").set(qn("w:val"), "right")
    return element


def blank_row() -> _Element:
    """One empty row of the grid, where the standard asks for one."""
    return paragraph("Normal")
