"""版头 (7.2) and 版记 (7.4): what stands above the red line of the first page, and at the foot of the last one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from toolkit.gongwen.elements import CHARACTER, blank_row, printable
from toolkit.gongwen.page import ROW, text_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from toolkit.gongwen.styles import Fonts

RED = "FF0000"
_NAMESPACES = (
    f'{nsdecls("w", "wp", "a", "r")} xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_EMU_PER_TWIP = 635


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
        yield (
            _plain(text, fonts.body if text == head.copy_number else fonts.heading1)
            if text
            else blank_row()
        )
    *first, last = head.mark.split("\n")
    for body in first:  # joint issue: the leading body first, 文件 with the last
        yield _line(
            _run(body, fonts.title, _mark_size(body), color=RED, space=0), '<w:spacing w:before="210" w:after="0" w:line="960" w:lineRule="exact"/>', "distribute",
        )  # fmt: skip
    yield _line(
        _run(last, fonts.title, _mark_size(last), color=RED, space=0), '<w:spacing w:before="210" w:after="0" w:line="960" w:lineRule="exact"/>', "center",
    )  # fmt: skip
    yield blank_row()
    yield blank_row()
    yield from _number_and_line(head, fonts)


def _mark_size(mark: str) -> int:
    """Half points: as large as the standard's 2号 to 小初 allow on one row of the 版心."""
    fitting = int(text_width() / 20 / max(len(mark), 1) * 2 * 0.96)
    return max(44, min(88, fitting))


def _number_and_line(head: Letterhead, fonts: Fonts) -> Iterator[_Element]:
    border = f'<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="9" w:color="{RED}"/></w:pBdr>'
    spacing = '<w:spacing w:before="0" w:after="0" w:line="320" w:lineRule="exact"/>'
    if not head.signers:
        yield _line(_run(head.number, fonts.body), border + spacing, "center")
        return
    last = f"签发人：{head.signers[-1]}"
    for name in head.signers[:-1]:
        yield _line(
            _run(f"签发人：{name}", fonts.body),
            f'<w:spacing w:line="{ROW}" w:lineRule="exact"/><w:ind w:right="{CHARACTER}"/>',
            "right",
        )
    tab = text_width() - CHARACTER
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{tab}"/></w:tabs>'
    runs = (
        _run(head.number, fonts.body)
        + "<w:r><w:tab/></w:r>"
        + _run("签发人：", fonts.body)
        + _run(last.removeprefix("签发人："), fonts.heading2)
    )
    yield _line(runs, f'{border}{tabs}{spacing}<w:ind w:left="{CHARACTER}"/>', "left")


def _plain(text: str, font: str) -> _Element:
    return _line(_run(text, font), "", "left")


def _run(text: str, font: str, size: int = 32, *, color: str = "", space: int = -6) -> str:
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
    painted = f'<w:color w:val="{color}"/>' if color else ""
    return (
        f'<w:r><w:rPr>{fonts}{painted}<w:spacing w:val="{space}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(printable(text))}</w:t></w:r>'
    )


def _line(runs: str, properties: str, align: str) -> _Element:
    """A paragraph whose properties are given in the order of the schema, without its alignment."""
    return parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Normal"/>{properties}<w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'
    )


def imprint(it: Imprint, fonts: Fonts) -> _Element:
    """版记 in a box at the foot of the page on which it stands, as wide as the 版心; it goes to the next page whole.

    First and last rule 0.35 mm, the middle one 0.25 mm (7.4.1); 4号 text, one character in on both sides (7.4.2, 7.4.3).
    """
    rows = [_rule(8)]
    if it.copies_to:
        copies = it.copies_to.rstrip("。") + "。"
        rows += [_imprint_row(f"抄送：{copies}", "", fonts, hanging=True), _rule(6)]
    rows += [
        _imprint_row(it.printed_by, f"{it.printed_on}印发" if it.printed_on else "", fonts),
        _rule(8),
    ]
    width = text_width() * _EMU_PER_TWIP
    height = (460 * (len(rows) // 2) + 20 * (len(rows) // 2 + 1) + 40) * _EMU_PER_TWIP
    box = (
        f'<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0">'
        f'<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:align>center</wp:align></wp:positionH>'
        f'<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/><wp:docPr id="9001" name="版记"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        f'<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{''.join(rows)}</w:txbxContent></wps:txbx>"
        f'<wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"/></wps:wsp></a:graphicData></a:graphic></wp:anchor>'
    )
    return parse_xml(
        f'<w:p {_NAMESPACES}><w:pPr><w:pStyle w:val="Normal"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr>'
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p>'
    )


def _rule(size: int) -> str:
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Normal"/><w:pBdr><w:bottom w:val="single" w:sz="{size}" w:space="0" w:color="000000"/></w:pBdr>'
        f'<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
    )


def _imprint_row(left: str, right: str, fonts: Fonts, *, hanging: bool = False) -> str:
    four = 280  # one character of 4号, in twips
    indent = f'<w:ind w:left="{four + (3 * four if hanging else 0)}" w:right="{four}" w:{"hanging" if hanging else "firstLine"}="{3 * four if hanging else 0}"/>'
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{text_width() - four}"/></w:tabs>' if right else ""
    said = _run(left, fonts.body, 28, space=0) + (
        ("<w:r><w:tab/></w:r>" + _run(right, fonts.body, 28, space=0)) if right else ""
    )
    return f'<w:p><w:pPr><w:pStyle w:val="Normal"/>{tabs}<w:spacing w:before="0" w:after="0" w:line="460" w:lineRule="exact"/>{indent}</w:pPr>{said}</w:p>'
