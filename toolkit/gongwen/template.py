"""Word templates that an office edits: placeholders in double braces, and a marker paragraph that text takes the place of.

Rendered by docxtpl in a sandbox: a template can print values and nothing else. An unknown or broken placeholder is named
with its paragraph; nothing is issued with a hole in it.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from docx.oxml.ns import qn
from lxml import etree

from toolkit.errors import ToolkitError
from toolkit.gongwen.document import texts_of, visible_paragraphs
from toolkit.gongwen.incoming import gated, open_document
from toolkit.gongwen.placeholder import PLACEHOLDER
from toolkit.packages.gate import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from docx.document import Document
    from lxml.etree import _Element

    from toolkit.gongwen.filling import Sources

# One pair of braces, or the full-width ones of a Chinese keyboard.
_NEARLY = re.compile(r"[{｛]{1,2}\s*([^{}｛｝]*?)\s*[}｝]{1,2}")
_PART = re.compile(r"/word/(header|footer|footnotes|endnotes)\d*\.xml")
_PLACES = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
_BROKEN = "模板“{}”打不开；请确认它是Word的.docx文件，或恢复自带的模板。"
_ODD = re.compile(r"\{%|%\}|\{#|#\}")


class TemplateError(ToolkitError):
    """A template holds a placeholder that cannot be filled in."""


def placeholders(path: Path) -> frozenset[str]:
    """The names in double braces, over all paragraphs of the body."""
    return frozenset(
        name for text in visible_paragraphs(path) for name in PLACEHOLDER.findall(text)
    )


class Template:
    """A template of the office: read and checked once, filled in as often as there are papers of it."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self._data = data
        self._texts = tuple(_texts(name, data))
        self._sources: Sources | None = None
        self._checked: frozenset[str] | None = None

    @classmethod
    def read(cls, path: Path) -> Template:
        """The template in a file. Raises TemplateError where it is missing or no Word document."""
        if not path.is_file():
            raise TemplateError(f"缺少模板“{path}”；请从新建的工作区复制templates/{path.name}。")
        try:
            return cls(path.name, gated(path))
        except (UnreadableFile, OSError) as broken:
            raise TemplateError(_BROKEN.format(path.name)) from broken

    def render(self, values: Mapping[str, str]) -> Document:
        """The template with its placeholders filled in, to the letter. Raises TemplateError."""
        from jinja2.exceptions import TemplateError as JinjaError

        from toolkit.gongwen.filling import Sources, fill_in

        self._check(values)
        self._sources = self._sources or Sources()
        try:
            return fill_in(self._data, self._sources, values)
        except JinjaError as broken:
            raise TemplateError(
                f"模板“{self.name}”无法使用；请检查双花括号是否成对，或恢复自带的模板。"
            ) from broken

    def has_marker(self, marker: str) -> bool:
        """Whether a paragraph of the template is this marker."""
        return any(text.strip() == marker for _, text in self._texts)

    def texts_in_style(self, style: str) -> tuple[str, ...]:
        """The paragraphs of the body in this style, placeholders and all."""
        elements = paragraphs_in_style(open_document(self._data), style)
        return tuple("".join(texts_of(element)[:1]) for element in elements)

    def _check(self, values: Mapping[str, str]) -> None:
        """Refuse a placeholder that has no value; whatever was checked with these names needs no second look."""
        names = frozenset(values)
        if names != self._checked:
            for where, text in self._texts:
                _check_text(f"模板“{self.name}”{where}", text, values)
            self._checked = names


class Templates:
    """The templates of a folder, each read when it is first asked for and never again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, Template] = {}

    def of(self, name: str) -> Template:
        """The template of this name. Raises TemplateError."""
        if name not in self._read:
            self._read[name] = Template.read(self.folder / name)
        return self._read[name]


def _check_text(here: str, text: str, values: Mapping[str, str]) -> None:
    for name in PLACEHOLDER.findall(text):
        if name not in values:
            raise TemplateError(
                f"{here}的占位符“{{{{{name}}}}}”不认识：“{text[:30]}”；{_meant(name, values)}"
                f"可用的有：{'、'.join(sorted(values))}。"
            )
    rest = PLACEHOLDER.sub("", text)
    if "{{" in rest or "}}" in rest or _ODD.search(rest):
        raise TemplateError(
            f"{here}的花括号不成对或含有程序语句：“{text[:30]}”；请改正后重新运行。"
        )
    nearly = _NEARLY.search(rest)
    if nearly and nearly[1] in values:
        raise TemplateError(
            f"{here}的占位符写成了“{nearly[0]}”；应写成“{{{{{nearly[1]}}}}}”，用半角的双花括号。"
        )


def _texts(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Every paragraph that is rendered, with the place where a person finds it: body, headers, footers, notes."""
    try:
        document = open_document(data)
    except UnreadableFile as broken:
        raise TemplateError(_BROKEN.format(name)) from broken
    for number, text in enumerate(texts_of(document.element.body), 1):
        yield f"第{number}段", text
    for part in document.part.package.iter_parts():
        kind = _PART.match(str(part.partname))
        if kind:
            for text in texts_of(etree.fromstring(part.blob)):
                yield _PLACES[kind[1]], text


def _meant(name: str, values: Mapping[str, str]) -> str:
    close = get_close_matches(name, values, 1, 0.5)
    return f"是不是“{{{{{close[0]}}}}}”？" if close else ""


def paragraphs_in_style(document: Document, style: str) -> list[_Element]:
    """The paragraphs that name this style, wherever they stand.

    python-docx's own search costs seconds in a long paper.
    """
    named = document.element.body.iter(qn("w:pStyle"))
    return [name.getparent().getparent() for name in named if name.get(qn("w:val")) == style]


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text of a template with its placeholders filled in. Raises KeyError for one that is not known."""
    return PLACEHOLDER.sub(lambda found: values[found[1]], text)


def replace_marker(
    document: Document, marker: str, paragraphs: Iterable[_Element], name: str
) -> None:
    """Put paragraphs in the place of the one paragraph whose whole text is the marker. Raises TemplateError."""
    found = [
        paragraph
        for paragraph in document.element.body.iter(qn("w:p"))
        if "".join(text.text or "" for text in paragraph.iter(qn("w:t"))).strip() == marker
    ]
    if not found and any(marker in text for text in texts_of(document.element.body)):
        raise TemplateError(
            f"模板“{name}”中的“{marker}”要单独成一段；请把同一段里的其他文字移到别的段落。"
        )
    if len(found) != 1:
        raise TemplateError(
            f"模板“{name}”中应恰好有一段“{marker}”，现有{len(found)}段；请补上或删去多余的。"
        )
    for element in paragraphs:
        found[0].addprevious(element)
    found[0].getparent().remove(found[0])
