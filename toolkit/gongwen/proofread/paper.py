"""A document as the proofreader sees it: paragraphs with what they look like in effect, pages, footers. Read once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from toolkit.gongwen.document import text_of
from toolkit.gongwen.incoming import open_document
from toolkit.gongwen.proofread.effective_format import Looks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docx.document import Document
    from lxml.etree import _Element


class Role(StrEnum):
    """What a paragraph is in an official document."""

    BLANK = "空行"
    HEAD = "版头"
    NUMBER = "发文字号"
    TITLE = "标题"
    ADDRESSEE = "主送机关"
    HEADING1 = "一级标题"
    HEADING2 = "二级标题"
    HEADING3 = "三级标题"
    HEADING4 = "四级标题"
    BODY = "正文"
    ANNEX_NOTE = "附件说明"
    SIGNATURE = "署名"
    DATE = "成文日期"
    REMARK = "附注"
    ANNEX = "附件标识"
    IMPRINT = "版记"
    TABLE = "表格"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its number in the document, its text, what it is, and how its first text and all its runs look.

    Sizes are half points, indents twips; `fonts` and `sizes` are those of every run with text, in order.
    """

    number: int
    text: str
    role: Role
    fonts: tuple[str, ...]
    sizes: tuple[int, ...]
    colours: tuple[str, ...]
    align: str
    first_line: int
    left: int
    bold: bool

    @property
    def excerpt(self) -> str:
        """Its beginning, by which a person finds it."""
        return self.text[:16] + ("…" if len(self.text) > 16 else "")


@dataclass(frozen=True, slots=True)
class Page:
    """The page of one section, in twips; the kind of its grid; the distance of its footer."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    footer: int
    grid: str
    pitch: int
    is_landscape: bool


@dataclass(frozen=True, slots=True)
class Footer:
    """A footer: default (odd), even or first; its text with fields as #, its look, its side."""

    kind: str
    text: str
    fonts: tuple[str, ...]
    sizes: tuple[int, ...]
    align: str


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole document."""

    paragraphs: tuple[Paragraph, ...]
    pages: tuple[Page, ...]
    footers: tuple[Footer, ...]
    has_odd_and_even: bool

    def of(self, *roles: Role) -> Iterator[Paragraph]:
        """The paragraphs with one of these roles."""
        return (paragraph for paragraph in self.paragraphs if paragraph.role in roles)


def read_paper(source: Path | bytes) -> Paper:
    """Read a .docx of any writer. Raises UnreadableFile."""
    document = open_document(source)
    looks = Looks(document)
    raw = [
        _paragraph(number, element, looks)
        for number, element in enumerate(document.element.body.iter(qn("w:p")), 1)
    ]
    return Paper(
        paragraphs=tuple(_with_roles(raw)),
        pages=tuple(_pages(document)),
        footers=tuple(_footers(document, looks)),
        has_odd_and_even=document.settings.odd_and_even_pages_header_footer,
    )


@dataclass(frozen=True, slots=True)
class _Raw:
    paragraph: Paragraph
    style: str
    in_table: bool
    in_box: bool


def _paragraph(number: int, element: _Element, looks: Looks) -> _Raw:
    text = text_of(element)
    shown = [looks.of(run) for run in _runs(element)]
    layout = looks.layout(element)
    first = shown[0] if shown else looks.of_style(element)
    paragraph = Paragraph(
        number=number, text=text.strip(), role=Role.BODY, fonts=tuple(one.font for one in shown) or (first.font,),
        sizes=tuple(one.size for one in shown) or (first.size,), colours=tuple(one.colour for one in shown),
        align=layout.align, first_line=layout.first_line, left=layout.left, bold=any(one.bold for one in shown),
    )  # fmt: skip
    in_table = next(element.iterancestors(qn("w:tc")), None) is not None
    in_box = next(element.iterancestors(qn("w:txbxContent")), None) is not None
    return _Raw(paragraph, looks.style_name(element), in_table, in_box)


def _runs(element: _Element) -> Iterator[_Element]:
    for run in element.iter(qn("w:r")):
        own = next(run.iterancestors(qn("w:p"))) is element
        if own and any((text.text or "").strip() for text in run.findall(qn("w:t"))):
            yield run


DATE = re.compile(
    r"(?:[12]\d{3}|[〇零○O一二三四五六七八九]{4})年\s*[\d一二三四五六七八九十]{1,3}月\s*[\d一二三四五六七八九十]{1,3}日"
)
_DATELIKE = re.compile(r"[12]\d{3}(?:年|[.\-/])\d{1,2}(?:月|[.\-/])\d{1,2}日?")
DOCUMENT_NUMBER = re.compile(
    r"^[\u4e00-\u9fff]{2,12}[〔\[［（(【]\s*\d{2,4}\s*[〕\]］）)】]\s*第?0*\d+号$"
)
_PREFIXES = (
    (Role.HEADING1, re.compile(r"^[一二三四五六七八九十百]{1,4}、")),
    (Role.HEADING2, re.compile(r"^[（(][一二三四五六七八九十百]{1,5}[)）]")),
    (Role.HEADING3, re.compile(r"^\d{1,3}[.．、](?!\d)")),
    (Role.HEADING4, re.compile(r"^[（(]\d{1,3}[)）]")),
)
_STYLES = {
    "公文标题": Role.TITLE, "主送机关": Role.ADDRESSEE, "公文一级标题": Role.HEADING1, "公文二级标题": Role.HEADING2,
    "公文三级标题": Role.HEADING3, "公文署名": Role.SIGNATURE, "公文成文日期": Role.DATE,
}  # fmt: skip
_GENRE = re.compile(r"(?:通报|通知|报告|函|请示|批复|意见|决定|公告|通告|纪要|方案|周报|单|书|表)$")
_BIG = 36


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the fixed parts stand: the title's paragraphs, the name and the day below the text (-1 where there are none)."""

    title: range
    name: int
    date: int


def _with_roles(raw: list[_Raw]) -> Iterator[Paragraph]:
    """What each paragraph is, by its style where that says it, else by its words, its place and its look."""
    date = _date(raw)
    before = [
        n for n in range(date) if raw[n].paragraph.text and not (raw[n].in_table or raw[n].in_box)
    ]
    is_name = (
        bool(before)
        and len(raw[before[-1]].paragraph.text) < _LONGEST_NAME
        and not raw[before[-1]].paragraph.text.endswith("。")
    )
    frame = _Frame(_title(raw), before[-1] if is_name else -1, date)
    before_it = Role.BLANK
    for place, one in enumerate(raw):
        role = _role(one, place, frame)
        if before_it is Role.ANNEX_NOTE and role is Role.HEADING3:
            role = Role.ANNEX_NOTE  # 2. below 附件：1.
        before_it = role
        yield replace(one.paragraph, role=role)


_LONGEST_NAME = 40


def _title(raw: list[_Raw]) -> range:
    """Where the title stands: the first centred big paragraphs, or the first centred one that ends in a kind of paper."""
    outside = [
        n for n, one in enumerate(raw) if not (one.in_table or one.in_box) and one.paragraph.text
    ]
    styled = [n for n in outside if _STYLES.get(raw[n].style) is Role.TITLE]
    if styled:
        return range(styled[0], styled[0] + 1)
    for n in outside[:12]:
        paragraph = raw[n].paragraph
        is_red = any(colour.upper() == "FF0000" for colour in paragraph.colours)
        if paragraph.align == "center" and not is_red and not DOCUMENT_NUMBER.match(paragraph.text):
            end = n
            while (
                end < len(raw) and raw[end].paragraph.text and raw[end].paragraph.align == "center"
            ):
                end += 1
            if max(paragraph.sizes) >= _BIG or _GENRE.search(raw[end - 1].paragraph.text):
                return range(n, end)
    return range(0)


def _date(raw: list[_Raw]) -> int:
    """The place of 成文日期: the last paragraph before the annexes that is a date and nothing else; -1 where there is none."""
    found = -1
    for n, one in enumerate(raw):
        if re.match(r"^附件\d*$", one.paragraph.text):
            break
        if (not (one.in_table or one.in_box) and _DATELIKE.fullmatch(one.paragraph.text)) or (
            not (one.in_table or one.in_box) and DATE.fullmatch(one.paragraph.text)
        ):
            found = n
    return found


def _role(one: _Raw, place: int, frame: _Frame) -> Role:
    text = one.paragraph.text
    fixed = (
        (one.in_box, Role.IMPRINT),
        (one.in_table, Role.TABLE),
        (not text, Role.BLANK),
        (place in frame.title, Role.TITLE),
        (one.style in _STYLES, _STYLES.get(one.style, Role.BODY)),
        (place == frame.date, Role.DATE),
        (place == frame.name, Role.SIGNATURE),
    )
    return next((role for holds, role in fixed if holds), None) or _by_words(
        one.paragraph, place, frame
    )


def _by_words(paragraph: Paragraph, place: int, frame: _Frame) -> Role:
    text = paragraph.text
    is_after_date = 0 < frame.date < place
    if frame.title and place < frame.title.start:
        return Role.NUMBER if DOCUMENT_NUMBER.match(text) else Role.HEAD
    if re.match(r"^附件\d*[:：]?$", text):
        return Role.ANNEX
    if re.match(r"^附件[:：]", text):
        return Role.ANNEX_NOTE
    if is_after_date and re.fullmatch(r"[（(].*[)）]", text):
        return Role.REMARK
    is_first = frame.title and 0 <= place - frame.title.stop <= _ADDRESSEE_WITHIN
    if is_first and text.endswith(("：", ":")) and not paragraph.first_line:
        return Role.ADDRESSEE
    return next((role for role, pattern in _PREFIXES if pattern.match(text)), Role.BODY)


# The addressee stands within so many paragraphs of the title.
_ADDRESSEE_WITHIN = 4


def _pages(document: Document) -> Iterator[Page]:
    for section in document.element.body.iter(qn("w:sectPr")):
        size, margins, grid = (section.find(qn(f"w:{tag}")) for tag in ("pgSz", "pgMar", "docGrid"))
        yield Page(
            width=_number(size, "w"), height=_number(size, "h"), top=_number(margins, "top"), right=_number(margins, "right"),
            bottom=_number(margins, "bottom"), left=_number(margins, "left") + _number(margins, "gutter"), footer=_number(margins, "footer"),
            grid="" if grid is None else str(grid.get(qn("w:type")) or ""), pitch=_number(grid, "linePitch"),
            is_landscape=size is not None and size.get(qn("w:orient")) == "landscape",
        )  # fmt: skip


def _number(element: _Element | None, name: str) -> int:
    value = None if element is None else element.get(qn(f"w:{name}"))
    return round(float(value)) if value else 0


def _footers(document: Document, looks: Looks) -> Iterator[Footer]:
    for section in document.sections:
        for kind, footer in (
            ("default", section.footer),
            ("even", section.even_page_footer),
            ("first", section.first_page_footer),
        ):
            if footer.is_linked_to_previous:
                continue
            for paragraph in footer.paragraphs:
                element = paragraph._p  # noqa: SLF001 - fields are not in its public text
                if (
                    element.find(f".//{qn('w:instrText')}") is not None
                    or element.find(f".//{qn('w:fldSimple')}") is not None
                ):
                    shown = [looks.of(run) for run in element.iter(qn("w:r"))]
                    yield Footer(
                        kind,
                        _with_fields(element),
                        tuple(one.font for one in shown),
                        tuple(one.size for one in shown),
                        looks.layout(element).align,
                    )


def _with_fields(element: _Element) -> str:
    """The text with the page number as #, whatever stood there last."""
    said, inside = [], False
    for child in element.iter(qn("w:fldChar"), qn("w:t"), qn("w:fldSimple")):
        if child.tag == qn("w:fldChar"):
            kind = child.get(qn("w:fldCharType"))
            if kind == "begin":
                said.append("#")
            inside = kind != "end" and (inside or kind == "begin")
        elif child.tag == qn("w:fldSimple"):
            said.append("#")
        elif not inside and next(child.iterancestors(qn("w:fldSimple")), None) is None:
            said.append(child.text or "")
    return "".join(said)
