"""Word styles of an official document: one style an element, so that a person who edits it finds their name for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from toolkit.gongwen.page import INDENT, ROW

if TYPE_CHECKING:
    from collections.abc import Mapping

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


_KEEP = "<w:keepNext/>"


@dataclass(frozen=True, slots=True)
class _Style:
    """One paragraph style: its id and name, what it is based on, the XML of its paragraph and run properties."""

    id: str
    name: str
    paragraph: str = ""
    font: str = ""
    size: int = 0  # half points
    outline: int | None = None

    def whole(self, fonts: Fonts) -> _Style:
        """The same style for a document whose Normal is not of the house: font, size and rows are its own."""
        rows = f'<w:spacing w:before="0" w:after="0" w:line="{ROW}" w:lineRule="exact"/>'
        keep, rest = (
            self.paragraph.partition(_KEEP)[1:]
            if self.paragraph.startswith(_KEEP)
            else ("", self.paragraph)
        )
        return replace(
            self, paragraph=keep + rows + rest, font=self.font or fonts.body, size=self.size or 32
        )

    def xml(self) -> str:
        fonts = (
            f'<w:rFonts w:ascii="{self.font}" w:hAnsi="{self.font}" w:eastAsia="{self.font}" w:cs="{self.font}"/>'
            if self.font
            else ""
        )
        size = f'<w:sz w:val="{self.size}"/><w:szCs w:val="{self.size}"/>' if self.size else ""
        outline = "" if self.outline is None else f'<w:outlineLvl w:val="{self.outline}"/>'
        return (
            f'<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="1" w:styleId="{self.id}"><w:name w:val="{self.name}"/>'
            f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{self.paragraph}{outline}</w:pPr><w:rPr>{fonts}{size}</w:rPr></w:style>'
        )


TITLE, ADDRESSEE, BODY, HEADING1, HEADING2, HEADING3, SIGNATURE, DATE = (
    "GwTitle", "GwAddressee", "GwBody", "GwHeading1", "GwHeading2", "GwHeading3", "GwSignature", "GwDate",
)  # fmt: skip
# The run style of a second-level heading that runs into its paragraph.
KAI_RUN = "GwKai"
# That of 附件 before its title (7.3.7), and of any word in 黑体.
HEI_RUN = "GwHei"
_RUN_NAMES = {KAI_RUN: "公文楷体", HEI_RUN: "公文黑体"}

_FIRST_LINE = f'<w:ind w:firstLineChars="200" w:firstLine="{INDENT}"/>'


def _styles(fonts: Fonts) -> tuple[_Style, ...]:
    """Clause 7.3.1 title, 7.3.2 主送机关, 7.3.3 text and its levels, 7.3.5 signature and date."""
    return (
        _Style(TITLE, "公文标题", '<w:jc w:val="center"/>', fonts.title, 44),
        _Style(ADDRESSEE, "主送机关"),
        _Style(BODY, "公文正文", _FIRST_LINE),
        _Style(HEADING1, "公文一级标题", _FIRST_LINE, fonts.heading1, 32, 0),
        _Style(HEADING2, "公文二级标题", _FIRST_LINE, fonts.heading2, 32, 1),
        _Style(HEADING3, "公文三级标题", _FIRST_LINE, fonts.body, 32, 2),
        _Style(SIGNATURE, "公文署名", _KEEP),
        _Style(DATE, "公文成文日期"),
    )


def _run_style(id_: str, fonts: Fonts) -> str:
    """A run style, as XML."""
    face = fonts.heading2 if id_ == KAI_RUN else fonts.heading1
    return (
        f'<w:style {nsdecls("w")} w:type="character" w:customStyle="1" w:styleId="{id_}"><w:name w:val="{_RUN_NAMES[id_]}"/><w:qFormat/>'
        f'<w:rPr><w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}" w:cs="{face}"/></w:rPr></w:style>'
    )


def set_up(document: Document, fonts: Fonts) -> None:
    """Replace the styles of python-docx's template by those of the standard."""
    styles = document.styles.element
    for style in list(styles):
        styles.remove(style)
    body = f'w:ascii="{fonts.body}" w:hAnsi="{fonts.body}" w:eastAsia="{fonts.body}" w:cs="{fonts.body}"'
    styles.append(parse_xml(
        f'<w:docDefaults {nsdecls("w")}><w:rPrDefault><w:rPr><w:rFonts {body}/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    ))  # fmt: skip
    styles.append(parse_xml(
        f'<w:style {nsdecls("w")} w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl w:val="0"/><w:kinsoku/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="{ROW}" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr>'
        f'<w:rPr><w:rFonts {body}/><w:spacing w:val="-6"/><w:kern w:val="0"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:style>'
    ))  # fmt: skip
    for style in _styles(fonts):
        styles.append(parse_xml(style.xml()))
    for id_ in _RUN_NAMES:
        styles.append(parse_xml(_run_style(id_, fonts)))
    _settings(document)


# What in a document points to a style by its id.
_REFERENCES = tuple(
    qn(f"w:{tag}")
    for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "numStyleLink")
)


def adopt(document: Document, fonts: Fonts) -> None:
    """Make sure that the house's styles stand in a document under their ids, whoever saved it last.

    WPS and LibreOffice give styles new ids when they save and keep their names; a template that an office made itself
    may not have them at all. A style that is there is left as the office has it; one that is missing is added.
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
            styles.append(parse_xml(style.whole(fonts).xml()))
    for id_ in _RUN_NAMES:
        if id_ not in present:
            styles.append(parse_xml(_run_style(id_, fonts)))


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
        for element in settings.findall(qn(tag)):
            settings.remove(element)
    compat = parse_xml(
        f'<w:compat {nsdecls("w")}><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    )
    after = settings.find(qn("w:rsids"))
    if after is not None:
        after.addprevious(compat)
        settings.remove(after)
    else:
        settings.append(compat)
