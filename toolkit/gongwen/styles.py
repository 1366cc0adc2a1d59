"""Word styles of an official document: one style an element, so that a person who edits it finds their name for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from toolkit.gongwen import typefaces, wordml
from toolkit.gongwen.lengths import ZERO, Length, pt
from toolkit.gongwen.page import INDENT, ROW
from toolkit.gongwen.wordml import w
from toolkit.gongwen.xml import element

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docx.document import Document
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Fonts:
    """Font names of the house; the commercial ones are named in the file, never shipped."""

    title: str = "方正小标宋简体"
    heading1: str = "黑体"
    heading2: str = "楷体_GB2312"
    body: str = "仿宋_GB2312"
    page: str = "宋体"


@dataclass(frozen=True, slots=True)
class _Style:
    """One paragraph style: its id and name, what its paragraphs do, the font and size of its runs ("" and zero: Normal's)."""

    id: str
    name: str
    face: str = ""
    size: Length = ZERO
    outline: int | None = None
    align: str = ""
    is_indented: bool = False
    keeps_next: bool = False

    def whole(self, fonts: Fonts) -> _Element:
        """The same style for a document whose Normal is not of the house: font, size and rows are its own."""
        face, size = self.face or fonts.body, self.size or BODY_SIZE
        return replace(self, face=face, size=size).element(wordml.rows(ROW))

    def element(self, *further: _Element) -> _Element:
        """The style as it stands in the file; `further` are properties of its paragraphs."""
        keeps = [w("keepNext")] if self.keeps_next else []
        indent = [_first_line()] if self.is_indented else []
        aligned = [wordml.align(self.align)] if self.align else []
        level = [] if self.outline is None else [w("outlineLvl", val=self.outline)]
        return w(
            "style",
            w("name", val=self.name),
            w("basedOn", val="Normal"),
            w("qFormat"),
            w("pPr", *keeps, *further, *indent, *aligned, *level),
            w("rPr", *_look(self.face, self.size)),
            type="paragraph",
            customStyle=1,
            styleId=self.id,
        )


def _first_line() -> _Element:
    """Two characters in (7.3.3)."""
    return w("ind", firstLineChars=200, firstLine=INDENT.twips)


def _look(face: str, size: Length) -> Iterator[_Element]:
    if face:
        yield wordml.fonts(face)
    if size:
        yield from wordml.sizes(size)


TITLE, ADDRESSEE, BODY, HEADING1, HEADING2, HEADING3, SIGNATURE, DATE = (
    "GwTitle", "GwAddressee", "GwBody", "GwHeading1", "GwHeading2", "GwHeading3", "GwSignature", "GwDate",
)  # fmt: skip
# The run style of a second-level heading that runs into its paragraph.
KAI_RUN = "GwKai"
# That of 附件 before its title (7.3.7), and of any word in 黑体.
HEI_RUN = "GwHei"
_RUN_NAMES = {KAI_RUN: "公文楷体", HEI_RUN: "公文黑体"}

# 3号 and 2号; what is taken from each character of the text, in points, so that 28 stand on a row.
BODY_SIZE, TITLE_SIZE = pt(16), pt(22)
BODY_TRACKING = -0.3


def _styles(fonts: Fonts) -> tuple[_Style, ...]:
    """Clause 7.3.1 title, 7.3.2 主送机关, 7.3.3 text and its levels, 7.3.5 signature and date."""
    return (
        _Style(TITLE, "公文标题", fonts.title, TITLE_SIZE, align="center"),
        _Style(ADDRESSEE, "主送机关"),
        _Style(BODY, "公文正文", is_indented=True),
        _Style(HEADING1, "公文一级标题", fonts.heading1, BODY_SIZE, 0, is_indented=True),
        _Style(HEADING2, "公文二级标题", fonts.heading2, BODY_SIZE, 1, is_indented=True),
        _Style(HEADING3, "公文三级标题", fonts.body, BODY_SIZE, 2, is_indented=True),
        _Style(SIGNATURE, "公文署名", keeps_next=True),
        _Style(DATE, "公文成文日期"),
    )


def _run_style(id_: str, fonts: Fonts) -> _Element:
    return w(
        "style",
        w("name", val=_RUN_NAMES[id_]),
        w("qFormat"),
        w("rPr", wordml.fonts(_faces(fonts).by_style[id_])),
        type="character",
        customStyle=1,
        styleId=id_,
    )


def set_up(document: Document, fonts: Fonts) -> None:
    """Replace the styles of python-docx's template by those of the standard."""
    styles = document.styles.element
    for style in list(styles):
        styles.remove(style)
    language = w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    defaults = w("rPrDefault", w("rPr", wordml.fonts(fonts.body), language))
    styles.append(w("docDefaults", defaults, w("pPrDefault")))
    styles.append(_normal(fonts))
    for style in _styles(fonts):
        styles.append(style.element())
    for id_ in _RUN_NAMES:
        styles.append(_run_style(id_, fonts))
    _settings(document)


def _normal(fonts: Fonts) -> _Element:
    """The style that all others stand on: 3号 in the font of the text, rows of exact height, breaks by Chinese rules."""
    paragraph = w(
        "pPr",
        w("widowControl", val=0),
        w("kinsoku"),
        w("overflowPunct", val=0),
        w("autoSpaceDE", val=0),
        w("autoSpaceDN", val=0),
        w("adjustRightInd", val=0),
        w("snapToGrid", val=0),
        wordml.rows(ROW),
        wordml.align("both"),
    )
    look = w(
        "rPr",
        wordml.fonts(fonts.body),
        wordml.tracking(BODY_TRACKING),
        w("kern", val=0),
        *wordml.sizes(BODY_SIZE),
        w("lang", val="en-US", eastAsia="zh-CN"),
    )
    name = w("name", val="Normal")
    return element(
        "w:style",
        {"w:type": "paragraph", "w:default": 1, "w:styleId": "Normal"},
        name,
        w("qFormat"),
        paragraph,
        look,
    )


# What in a document points to a style by its id.
_REFERENCES = tuple(
    qn(f"w:{tag}")
    for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "numStyleLink")
)


def adopt(document: Document, fonts: Fonts) -> None:
    """Make sure that the house's styles stand in a document under their ids, whoever saved it last.

    WPS and LibreOffice give styles new ids when they save and keep their names; a template that an office made itself
    may not have them at all. A style that is there is left as the office has it, but for its font, which is that of the
    house wherever one of the house stood (`toolkit.gongwen.typefaces`); one that is missing is added.
    """
    styles = document.styles.element
    by_name = {_name(style): style.get(qn("w:styleId")) for style in styles.iter(qn("w:style"))}
    wanted = {"Normal": "Normal"} | _RUN_NAMES | {style.id: style.name for style in _styles(fonts)}
    taken = set(by_name.values())
    _rename(
        document,
        {
            by_name[name]: id_
            for id_, name in wanted.items()
            if name in by_name and id_ not in taken
        },
    )
    present = {style.get(qn("w:styleId")) for style in styles.iter(qn("w:style"))}
    for style in _styles(fonts):
        if style.id not in present:
            styles.append(style.whole(fonts))
    for id_ in _RUN_NAMES:
        if id_ not in present:
            styles.append(_run_style(id_, fonts))
    typefaces.set_in(document, _faces(fonts))


def _faces(fonts: Fonts) -> typefaces.Faces:
    """What each style is set in, and what is in none."""
    by_style = {style.id: style.face or fonts.body for style in _styles(fonts)}
    by_style |= {"Normal": fonts.body, KAI_RUN: fonts.heading2, HEI_RUN: fonts.heading1}
    inheriting = frozenset({ADDRESSEE, BODY, HEADING3, SIGNATURE, DATE})
    return typefaces.Faces(by_style, inheriting, fonts.body, fonts.page, fonts.title)


def _name(style: _Element) -> str:
    name = style.find(qn("w:name"))
    return "" if name is None else str(name.get(qn("w:val")))


def _rename(document: Document, ids: Mapping[str, str]) -> None:
    """Give styles new ids, and everything that points to them."""
    if not ids:
        return
    for style in document.styles.element.iter(qn("w:style")):
        style.set(qn("w:styleId"), ids.get(style.get(qn("w:styleId")), style.get(qn("w:styleId"))))
    for part in document.part.package.iter_parts():
        root = getattr(part, "element", None)
        for reference in () if root is None else root.iter(*_REFERENCES):
            reference.set(
                qn("w:val"), ids.get(reference.get(qn("w:val")), reference.get(qn("w:val")))
            )


def _settings(document: Document) -> None:
    """Compatibility mode 15 and Chinese as the language of East Asian text."""
    settings = document.settings.element
    for tag in ("w:compat", "w:themeFontLang", "w:clrSchemeMapping"):
        for old in settings.findall(qn(tag)):
            settings.remove(old)
    mode = {"name": "compatibilityMode", "uri": "http://schemas.microsoft.com/office/word"}
    compat = w("compat", w("compatSetting", **mode, val=15))
    after = settings.find(qn("w:rsids"))
    if after is not None:
        after.addprevious(compat)
        settings.remove(after)
    else:
        settings.append(compat)
