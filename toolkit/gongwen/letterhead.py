"""版头 (7.2) and 版记 (7.4): what stands above the red line of the first page, and at the foot of the last one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.gongwen import wordml
from toolkit.gongwen.elements import CHARACTER, blank_row
from toolkit.gongwen.lengths import Length, pt, twips
from toolkit.gongwen.page import ROW, text_width
from toolkit.gongwen.styles import BODY_SIZE, BODY_TRACKING, TITLE_SIZE
from toolkit.gongwen.wordml import align, rows, run, sizes, style, tab, tracking, w
from toolkit.gongwen.xml import NAMESPACES, element

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.etree import _Element

    from toolkit.gongwen.styles import Fonts

RED = "FF0000"
# The mark: its row and what is free above it, its largest size (小初 and a little), how much of a row its ink may take.
_MARK_ROW, _MARK_BEFORE, _LARGEST_MARK, _INK = pt(48), twips(210), pt(44), 0.96
_SIGNED = "签发人："
# The red line and its distance from the number, in points; the rules of the 版记, its rows, and 4号, its size.
_LINE_WIDTH, _LINE_SPACE = pt(2.25), 9
_OUTER, _INNER = pt(1), pt(0.75)
_IMPRINT_ROW, _RULE_ROW, _FOUR = pt(23), pt(1), pt(14)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What a 版头 says; blank where it does not apply.

    `mark` 发文机关标志 (with 文件 where that is wanted; several bodies that issue together, the leading one first, one a line) · `number` 发文字号 · `signers` 签发人, of upward papers only ·
    `copy_number` 份号, six figures · `secrecy` 密级和保密期限, such as 机密★1年 · `urgency` 特急, 加急.
    """

    mark: str
    number: str = ""
    signers: tuple[str, ...] = ()
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a 版记 says: 抄送机关, 印发机关, 印发日期 (without 印发)."""

    copies_to: str = ""
    printed_by: str = ""
    printed_on: str = ""


def letterhead(head: Letterhead, fonts: Fonts) -> Iterator[_Element]:
    """From the first row of the page through the red line.

    The mark's upper edge stands 35 mm below the top of the 版心 (7.2.4): three rows, of which 份号, 密级 and 紧急程度 take
    the first, then the mark in a row of its own. Two rows below it the number (7.2.5), 4 mm below that the line (7.2.7).
    """
    corner = [text for text in (head.copy_number, head.secrecy, head.urgency) if text]
    for row in range(3):
        text = corner[row] if row < len(corner) else ""
        face = fonts.body if text == head.copy_number else fonts.heading1
        yield _line([_text(text, face)], (), "left") if text else blank_row()
    *first, last = head.mark.split("\n")
    for body in first:  # joint issue: the leading body first, 文件 with the last
        yield _line([_red(body, fonts)], [rows(_MARK_ROW, before=_MARK_BEFORE)], "distribute")
    yield _line([_red(last, fonts)], [rows(_MARK_ROW, before=_MARK_BEFORE)], "center")
    yield blank_row()
    yield blank_row()
    yield from _number_and_line(head, fonts)


def _red(mark: str, fonts: Fonts) -> _Element:
    """发文机关标志, as large as 2号 to 小初 allow on one row of the 版心."""
    size = fitting(mark, text_width(), TITLE_SIZE, _LARGEST_MARK)
    look = (wordml.fonts(fonts.title), w("color", val=RED), tracking(0), *sizes(size))
    return run(*look, content=mark)


def fitting(mark: str, width: Length, least: Length, most: Length) -> Length:
    """The size, in half points, at which a mark stands on one row of this width: between these two."""
    half = pt(0.5)
    fits = int(width / half / max(len(mark), 1) * _INK)
    return max(least, min(most, fits * half))


def _number_and_line(head: Letterhead, fonts: Fonts) -> Iterator[_Element]:
    border = below("single", _LINE_WIDTH, RED, _LINE_SPACE)
    number = _text(head.number, fonts.body)
    if not head.signers:
        yield _line([number], [border, rows(BODY_SIZE)], "center")
        return
    *others, last = head.signers
    for name in others:
        spacing = w("spacing", line=ROW.twips, lineRule="exact")
        indent = w("ind", right=CHARACTER.twips)
        yield _line([_text(f"{_SIGNED}{name}", fonts.body)], [spacing, indent], "right")
    stop = w("tabs", w("tab", val="right", pos=(text_width() - CHARACTER).twips))
    signed = [_text(_SIGNED, fonts.body), _text(last, fonts.heading2)]
    indent = w("ind", left=CHARACTER.twips)
    yield _line([number, tab(), *signed], [border, stop, rows(BODY_SIZE), indent], "left")


def _text(content: str, face: str) -> _Element:
    """A run as the text of the paper has it, in a font of its own."""
    look = (wordml.fonts(face), tracking(BODY_TRACKING), *sizes(BODY_SIZE))
    return run(*look, content=content)


def _line(runs: Iterable[_Element], properties: Iterable[_Element], side: str) -> _Element:
    """A paragraph whose properties are given in the order of the schema, without its alignment."""
    return w("p", w("pPr", style("Normal"), *properties, align(side)), *runs)


def below(kind: str, width: Length, colour: str, space: int = 0) -> _Element:
    """A rule below a paragraph, `space` points under its text."""
    return w("pBdr", w("bottom", val=kind, sz=width.eighths, space=space, color=colour))


def imprint(it: Imprint, fonts: Fonts) -> _Element:
    """版记 in a box at the foot of the page on which it stands, as wide as the 版心; it goes to the next page whole.

    First and last rule 0.35 mm, the middle one 0.25 mm (7.4.1); 4号 text, one character in on both sides (7.4.2, 7.4.3).
    """
    lines = [_rule(_OUTER)]
    if it.copies_to:
        copies = it.copies_to.rstrip("。") + "。"
        lines += [_copies(f"抄送：{copies}", fonts), _rule(_INNER)]
    issued = f"{it.printed_on}印发" if it.printed_on else ""
    lines += [_issued(it.printed_by, issued, fonts), _rule(_OUTER)]
    texts = len(lines) // 2
    height = texts * _IMPRINT_ROW + (texts + 1) * _RULE_ROW + 2 * _RULE_ROW
    drawing = w("drawing", _anchor(text_width(), height, lines))
    choice = element("mc:Choice", {"Requires": "wps"}, drawing)
    content = w("r", element("mc:AlternateContent", {}, choice))
    return w("p", w("pPr", style("Normal"), rows(_RULE_ROW)), content)


def _anchor(width: Length, height: Length, lines: Iterable[_Element]) -> _Element:
    """A text box that stands at the foot of the margins and lets no text beside it."""
    free = {f"dist{side}": 0 for side in "TBLR"}
    flags = {"simplePos": 0, "relativeHeight": 2, "behindDoc": 0, "locked": 0, "layoutInCell": 1, "allowOverlap": 0}  # fmt: skip
    extent = {"cx": width.emu, "cy": height.emu}
    return element(
        "wp:anchor",
        {**free, **flags},
        element("wp:simplePos", {"x": 0, "y": 0}),
        _position("wp:positionH", "center"),
        _position("wp:positionV", "bottom"),
        element("wp:extent", extent),
        element("wp:effectExtent", {"l": 0, "t": 0, "r": 0, "b": 0}),
        element("wp:wrapTopAndBottom", {}),
        element("wp:docPr", {"id": 9001, "name": "版记"}),
        element("wp:cNvGraphicFramePr", {}),
        element("a:graphic", {}, element("a:graphicData", {"uri": NAMESPACES["wps"]}, _box(extent, lines))),
    )  # fmt: skip


def _position(tag: str, place: str) -> _Element:
    return element(tag, {"relativeFrom": "margin"}, element("wp:align", {}, place))


def _box(extent: Mapping[str, int], lines: Iterable[_Element]) -> _Element:
    """The shape itself: a rectangle without fill and outline, its text at its foot."""
    frame = element("a:xfrm", {}, element("a:off", {"x": 0, "y": 0}), element("a:ext", extent))
    return element(
        "wps:wsp",
        {},
        element("wps:cNvSpPr", {"txBox": 1}),
        element(
            "wps:spPr",
            {},
            frame,
            element("a:prstGeom", {"prst": "rect"}, element("a:avLst", {})),
            element("a:noFill", {}),
            element("a:ln", {}, element("a:noFill", {})),
        ),
        element("wps:txbx", {}, w("txbxContent", *lines)),
        element("wps:bodyPr", {"wrap": "square", **{f"{side}Ins": 0 for side in "ltrb"}, "anchor": "b"}),
    )  # fmt: skip


def _rule(width: Length) -> _Element:
    return w("p", w("pPr", style("Normal"), below("single", width, "000000"), rows(_RULE_ROW)))


def _copies(content: str, fonts: Fonts) -> _Element:
    """抄送: its further lines stand below the first name."""
    indent = w("ind", left=(4 * _FOUR).twips, right=_FOUR.twips, hanging=(3 * _FOUR).twips)
    properties = w("pPr", style("Normal"), rows(_IMPRINT_ROW), indent)
    return w("p", properties, _small(content, fonts))


def _issued(left: str, right: str, fonts: Fonts) -> _Element:
    """印发机关 at the left and 印发日期 at the right."""
    indent = w("ind", left=_FOUR.twips, right=_FOUR.twips, firstLine=0)
    if not right:
        properties = w("pPr", style("Normal"), rows(_IMPRINT_ROW), indent)
        return w("p", properties, _small(left, fonts))
    stop = w("tabs", w("tab", val="right", pos=(text_width() - _FOUR).twips))
    properties = w("pPr", style("Normal"), stop, rows(_IMPRINT_ROW), indent)
    return w("p", properties, _small(left, fonts), tab(), _small(right, fonts))


def _small(content: str, fonts: Fonts) -> _Element:
    return run(wordml.fonts(fonts.body), tracking(0), *sizes(_FOUR), content=content)
