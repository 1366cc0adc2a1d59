"""A fresh template of the notice: ordinary Word text that an office edits, with the marker where part two goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.gongwen.document import append, new_document, save
from toolkit.gongwen.elements import Run, blank_row, paragraph, signature
from toolkit.gongwen.numbering import mark
from toolkit.gongwen.styles import BODY, HEADING1, KAI_RUN, TITLE
from toolkit.papers.fonts import house_fonts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from lxml.etree import _Element

    from toolkit.settings.model import Settings

MARKER = "【逐项整改情况】"


@dataclass(frozen=True, slots=True)
class Prose:
    """The prose of a template, with placeholders: title, opening, parts one and three, contact."""

    title: str
    opening: str
    part1_heading: str
    part1: tuple[tuple[str, str], ...]
    part2_heading: str
    part3_heading: str
    part3_intro: str
    part3: tuple[tuple[str, str], ...]
    contact: str


def write_blank(path: Path, created: datetime, settings: Settings, prose: Prose) -> None:
    """Write 通报.docx: ordinary Word text that an office edits, with the marker where part two goes."""
    document = new_document(house_fonts(settings))
    append(document, _template_paragraphs(prose))
    save(document, path, created=created)


def _template_paragraphs(prose: Prose) -> Iterator[_Element]:
    yield paragraph(TITLE, prose.title)
    yield blank_row()
    yield paragraph(BODY, prose.opening)
    yield paragraph(HEADING1, prose.part1_heading)
    for number, (heading, text) in enumerate(prose.part1, 1):
        yield paragraph(BODY, Run(mark(2, number) + heading, KAI_RUN), text)
    yield paragraph(HEADING1, prose.part2_heading)
    yield paragraph(BODY, MARKER)
    yield paragraph(HEADING1, prose.part3_heading)
    yield paragraph(BODY, prose.part3_intro)
    for number, (heading, text) in enumerate(prose.part3, 1):
        yield paragraph(BODY, Run(mark(2, number) + heading, KAI_RUN), text)
    yield paragraph(BODY, prose.contact)
    yield blank_row()
    yield from signature("{{发文机关}}", "{{成文日期}}")
