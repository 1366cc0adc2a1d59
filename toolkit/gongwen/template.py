"""Word templates that an office edits: placeholders in double braces, and a marker paragraph that text takes the place of.

Rendered by docxtpl in a sandbox: a template can print values and nothing else. An unknown or broken placeholder is named
with its paragraph; nothing is issued with a hole in it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from toolkit.errors import ToolkitError
from toolkit.gongwen.document import visible_paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from docx.document import Document
    from lxml.etree import _Element

_PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_ODD = re.compile(r"\{%|%\}|\{#|#\}")


class TemplateError(ToolkitError):
    """A template holds a placeholder that cannot be filled in."""


def placeholders(path: Path) -> frozenset[str]:
    """The names in double braces, over all paragraphs of the body."""
    return frozenset(name for text in visible_paragraphs(path) for name in _PLACEHOLDER.findall(text))


def render(path: Path, values: Mapping[str, str]) -> Document:
    """The template with its placeholders filled in, to the letter. Raises TemplateError."""
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined
    from jinja2.exceptions import TemplateError as JinjaError
    from jinja2.sandbox import SandboxedEnvironment

    _check(path, values)
    template = DocxTemplate(str(path))
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        template.render(dict(values), environment, autoescape=True)
    except JinjaError as broken:
        raise TemplateError(
            f"模板“{path.name}”无法使用（{broken}）；请检查双花括号是否成对，或恢复自带的模板。"
        ) from broken
    return template.docx  # type: ignore[no-any-return]  # get_docx() would load the template afresh


def _check(path: Path, values: Mapping[str, str]) -> None:
    try:
        texts = visible_paragraphs(path)
    except (KeyError, ValueError, OSError, PackageNotFoundError) as broken:
        raise TemplateError(f"模板“{path.name}”打不开；请确认它是Word的.docx文件，或恢复自带的模板。") from broken
    for number, text in enumerate(texts, 1):
        for name in _PLACEHOLDER.findall(text):
            if name not in values:
                raise TemplateError(
                    f"模板“{path.name}”第{number}段的占位符“{{{{{name}}}}}”不认识：“{text[:30]}”；可用的有：{'、'.join(sorted(values))}。"
                )
        rest = _PLACEHOLDER.sub("", text)
        if "{{" in rest or "}}" in rest or _ODD.search(rest):
            raise TemplateError(
                f"模板“{path.name}”第{number}段的花括号不成对或含有程序语句：“{text[:30]}”；请改正后重新运行。"
            )


def replace_marker(document: Document, marker: str, paragraphs: Iterable[_Element], name: str) -> None:
    """Put paragraphs in the place of the one paragraph whose whole text is the marker. Raises TemplateError."""
    found = [
        paragraph
        for paragraph in document.element.body.iter(qn("w:p"))
        if "".join(text.text or "" for text in paragraph.iter(qn("w:t"))).strip() == marker
    ]
    if len(found) != 1:
        raise TemplateError(f"模板“{name}”中应恰好有一段“{marker}”，现有{len(found)}段；请补上或删去多余的。")
    for element in paragraphs:
        found[0].addprevious(element)
    found[0].getparent().remove(found[0])
