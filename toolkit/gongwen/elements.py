"""Paragraphs of an official document, built as elements (a hundred times faster than paragraph by paragraph API)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.gongwen import wordml
from toolkit.gongwen.lengths import ZERO, Length, pt, twips
from toolkit.gongwen.page import text_width
from toolkit.gongwen.styles import BODY, BODY_SIZE, BODY_TRACKING, DATE, SIGNATURE, TITLE
from toolkit.gongwen.typography import needs_hint
from toolkit.gongwen.wordml import w

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

# One character of body text (156 mm / 28), for places that clause 7.3.5 counts in characters.
CHARACTER = twips(316)
# The same as drawn: 16 pt less what the body style takes from each.
_GLYPH = BODY_SIZE + pt(BODY_TRACKING)
# Characters of 2号 (22 pt) that fit on a row of the 版心.
TITLE_WIDTH = 20
# A name of more characters does not fit between its blanks on one row.
_NAME_WIDTH = 24


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in a paragraph; `style` is the id of a character style, "" for the paragraph's own."""

    text: str
    style: str = ""


def paragraph(
    style: str,
    *runs: Run | str,
    indents: tuple[Length, Length] = (ZERO, ZERO),
    centred: bool = False,
) -> _Element:
    """A paragraph of this style; `indents` are left and right, where the style's own do not apply."""
    properties = w("pPr", wordml.style(style))
    if any(indents):
        left, right = indents
        properties.append(w("ind", left=left.twips, right=right.twips, firstLine=0))
    if centred:
        properties.append(wordml.align("center"))
    return w("p", properties, *(_run(Run(run) if isinstance(run, str) else run) for run in runs))


def _run(run: Run) -> _Element:
    element = w("r")
    hinted = needs_hint(run.text)
    if run.style or hinted:
        styled = [w("rStyle", val=run.style)] if run.style else []
        hint = [w("rFonts", hint="eastAsia")] if hinted else []
        element.append(w("rPr", *styled, *hint))
    for number, line in enumerate(run.text.split("\n")):
        if number:
            element.append(w("br"))
        element.append(wordml.text(line))
    return element


def title(text: str) -> _Element:
    """The title, broken into lines that form a trapezoid or diamond, with words kept whole (7.3.1)."""
    return paragraph(TITLE, "\n".join(title_lines(text)))


# After these a title may break, before these too: its joints of meaning. Nothing else is broken.
_JOINT_AFTER = re.compile(r"(?<=[、，：])|(?<=关于)|(?<=委员会)|(?<=党组)|(?<=人民政府)|(?<=》)")
_JOINT_BEFORE = re.compile(
    r"(?=关于)|(?=情况的)|(?=巡察整改)|(?=巡视整改)|(?=阶段性)|(?=的(?:通报|通知|报告|函|请示|批复|意见|决定|公告|纪要))"
)


# What is never broken: a placeholder, a name in 《》 or “”, a foreign word or figure, 第六轮, a title's commonest words.
_WHOLE = re.compile(
    r"【[^】]*】|《[^》]*》|“[^”]*”|[A-Za-z0-9.%-]+|[〇零一二三四五六七八九十]{4}年度?|第[〇零一二三四五六七八九十百]+[届次轮批期]"
    r"|委员会|有限责任公司|有限公司|人民政府|党组|巡察|巡视|整改|反馈|意见|落实|进展|情况|通报"
)
_NEVER_FIRST = "，。、；：？！）》”’】"
# A title of more rows than this is not weighed in every shape, only wrapped.
_MOST_ROWS, _MOST_JOINTS = 4, 16


def title_lines(text: str, width: int = TITLE_WIDTH) -> tuple[str, ...]:
    """The lines of a title: as few as fit, then as even as the joints allow, never a longer line between shorter ones' ends."""
    if len(text) <= width:
        return (text,)
    joints = _joints(text)
    least = -(-len(text) // width)
    if least <= _MOST_ROWS and len(joints) <= _MOST_JOINTS:
        for count in range(least, least + 3):
            found = [
                lines for lines in _breaks(text, [0, *joints], count, width) if _is_shapely(lines)
            ]
            if found:
                return min(found, key=_unevenness)
    return _wrapped(text, least, width)


def _joints(text: str) -> list[int]:
    """Where the text may be broken without tearing a word of it apart."""
    whole = [found.span() for found in _WHOLE.finditer(text)]
    places = {
        found.start() for joint in (_JOINT_AFTER, _JOINT_BEFORE) for found in joint.finditer(text)
    }
    return sorted(
        place
        for place in places - {0, len(text)}
        if not any(start < place < end for start, end in whole)
    )


def _wrapped(text: str, least: int, width: int) -> tuple[str, ...]:
    """A text without useful joints in lines of about one length; what must stay whole does, if it fits on a line."""
    pieces = _pieces(text, width)
    for goal in range(-(-len(text) // least), width + 1):
        lines = _filled(pieces, goal)
        if len(lines) <= least:
            return lines
    return _filled(pieces, width)


def _pieces(text: str, width: int) -> list[str]:
    pieces: list[str] = []
    place = 0
    while place < len(text):
        whole = _WHOLE.match(text, place)
        end = whole.end() if whole and whole.end() - place < width else place + 1
        while end < len(text) and text[end] in _NEVER_FIRST:
            end += 1
        pieces.append(text[place:end])
        place = end
    return pieces


def _filled(pieces: Sequence[str], width: int) -> tuple[str, ...]:
    lines = [""]
    for piece in pieces:
        if lines[-1] and len(lines[-1]) + len(piece) > width:
            lines.append("")
        lines[-1] += piece
    return tuple(lines)


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
    return widths[: peak + 1] == sorted(widths[: peak + 1]) and widths[peak:] == sorted(
        widths[peak:], reverse=True
    )


def _unevenness(lines: Sequence[str]) -> int:
    return max(map(len, lines)) - min(map(len, lines))


def signature(name: str, date: str) -> tuple[_Element, _Element]:
    """Name and date of a paper without seal, by clause 7.3.5.2.

    The name stands two characters from the right; the date on the next row, its first character two to the right of
    the name's first. A date that is longer than the name takes the two characters from the right itself, and the name moves with it.
    A name that does not fit on a row is broken like a title; the date then stands four characters from the right.
    """
    shift = 2 * CHARACTER
    free = text_width() - shift
    if _width(name) > _NAME_WIDTH:
        lines = "\n".join(title_lines(name, _NAME_WIDTH))
        return _placed(SIGNATURE, lines, right=shift), _placed(DATE, date, right=2 * shift)
    if _width(date) > _width(name):
        return _placed(SIGNATURE, name, left=free - _drawn(date) - shift), _placed(
            DATE, date, right=shift
        )
    return _placed(SIGNATURE, name, right=shift), _placed(
        DATE, date, left=free - _drawn(name) + shift
    )


def signature_with_seal(name: str, date: str) -> tuple[_Element, _Element]:
    """Name and date of a paper that gets a seal, by clause 7.3.5.1: the date four characters from the right, the name centred over it.

    A name that would reach beyond the 版心 so stands at its edge, and the date is centred below it.
    """
    half = max(_drawn(name), _drawn(date)) // 2 + CHARACTER // 2
    axis = max(4 * CHARACTER + _drawn(date) // 2, half)
    left, right = max(text_width() - axis - half, ZERO), axis - half
    return tuple(  # type: ignore[return-value]
        paragraph(style, text, indents=(left, right), centred=True)
        for style, text in ((SIGNATURE, name), (DATE, date))
    )


def remark(text: str) -> _Element:
    """附注 (7.3.6): in brackets, two characters in, on the row below the date."""
    return paragraph(BODY, f"（{text.strip('（）()')}）")


def _width(text: str) -> float:
    """In characters: half-width ones count half."""
    return sum(0.5 if character.isascii() else 1 for character in text)


def _drawn(text: str) -> Length:
    """The width of body text on paper."""
    return _width(text) * _GLYPH


def _placed(style: str, text: str, *, left: Length = ZERO, right: Length = ZERO) -> _Element:
    """A paragraph at so much from the left or the right."""
    element = paragraph(style, text, indents=(left, right))
    element[0].append(wordml.align("right" if right else "left"))
    return element


def blank_row() -> _Element:
    """One empty row of the grid, where the standard asks for one."""
    return paragraph("Normal")
