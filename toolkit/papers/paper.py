"""What a paper is: its template, its files, what stands in it, which numbers it prints, who reads it.

Outputs, the templates of a workspace, the gate, the search for leaks, the self-check sheet, signing and reading back all
loop over `all_papers()`: a module of this folder that offers `PAPERS` has registered them.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from docx.oxml.ns import qn

from toolkit.figures import own_sums
from toolkit.figures.printed import Line, Piece, Quoted, Source, text_of
from toolkit.figures.table import placeholder_codes
from toolkit.figures.wordings import NONE, Wordings
from toolkit.gongwen.document import save, texts_of
from toolkit.gongwen.styles import adopt
from toolkit.gongwen.template import filled, replace_marker
from toolkit.ledger.dates import chinese_date
from toolkit.papers.blocks import PageTitle, Setting, Text
from toolkit.papers.fonts import house_fonts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from docx.document import Document

    from toolkit.gongwen.template import Template, Templates
    from toolkit.papers.blocks import Block
    from toolkit.settings.model import Settings
    from toolkit.state import State

Subject = TypeVar("Subject")


class Audience(StrEnum):
    """Who reads a paper: it decides what must not stand in it."""

    OFFICE = "office"
    LEADERS = "leaders"
    PARTY = "party"
    UNIT = "unit"
    PUBLIC = "public"


def nothing(_document: Document, _state: State, _subject: Any) -> None:
    """Change nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper(Generic[Subject]):
    """One kind of Word paper; `Subject` is what one file of it is about (a letter, a decision, nothing).

    `name`: what people call it. `template`: the file in templates/ that it is written from. `blank`: every template of
    the paper, with what writes a fresh one. `files`: path in the period's folder → subject, for a state. `values`:
    what its own placeholders print, besides figures and settings. `parts`: what stands at each marker. `numbers`: the
    codes of all numbers that its values and parts can print, exactly these (any template may ask for figures besides).
    `audience`: who reads it. `optional_parts`: markers that the office's template may lack. `path`: its one file, where
    every state has just that. `placeholders`: the names that `values` fills in.
    `is_signed`: whether a leader signs it; `is_proofread`: whether the self-check sheet lists it; `comes_back`: whether
    what people change in it is kept. `prepare` and `finish` touch the document before and after the parts are put in.
    """

    name: str
    template: Callable[[Settings], str]
    blank: Mapping[str, Callable[[Path, datetime, Settings], None]]
    files: Callable[[State], Mapping[str, Subject]]
    values: Callable[[State, Subject], Mapping[str, Line]]
    parts: Callable[[State, Subject, Templates], Mapping[str, Sequence[Block]]]
    numbers: frozenset[str]
    audience: Audience
    path: str = ""
    placeholders: tuple[str, ...] = ()
    optional_parts: frozenset[str] = frozenset()
    is_signed: bool = False
    is_proofread: bool = False
    comes_back: bool = False
    prepare: Callable[[Document, State, Subject], None] = nothing
    finish: Callable[[Document, State, Subject], None] = nothing


def all_papers() -> tuple[Paper[Any], ...]:
    """Every paper of every module in this folder, in the order of the modules."""
    package = importlib.import_module(__package__ or "toolkit.papers")
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}.")
    ]
    return tuple(paper for module in modules for paper in getattr(module, "PAPERS", ()))


@dataclass(frozen=True, slots=True)
class File:
    """One file of a paper in a state: its path in the period's folder, and what it is about."""

    paper: Paper[Any]
    path: str
    subject: Any


def files_of(state: State) -> Iterator[File]:
    """Every Word file of a state."""
    for paper in all_papers():
        for path, subject in paper.files(state).items():
            yield File(paper, path, subject)


def signed_files() -> tuple[str, ...]:
    """The paths of the papers that a leader signs."""
    return tuple(paper.path for paper in all_papers() if paper.is_signed)


def public_files() -> frozenset[str]:
    """The paths of the papers that the public reads."""
    return frozenset(paper.path for paper in all_papers() if paper.audience is Audience.PUBLIC)


def returning_files() -> frozenset[str]:
    """The paths of the papers in which what people change is kept."""
    return frozenset(paper.path for paper in all_papers() if paper.comes_back)


def placeholder_lines(file: File, state: State) -> dict[str, Line]:
    """What every placeholder prints: settings, figures, the day and the sample's mark; the paper's own win."""
    settings = {
        name: (Quoted(text, Source.SETTINGS),)
        for name, text in state.settings.placeholders().items()
    }
    whole = state.figures.whole
    figures = {name: (whole.printed(code),) for name, code in placeholder_codes().items()}
    sums: dict[str, Line] = {
        name: (whole.printed(column.code),)
        if column.is_public or file.paper.audience is not Audience.PUBLIC
        else (_NOT_FOR_THE_PUBLIC,)
        for name, column in own_sums.placeholders(state.settings.form).items()
    }
    common: dict[str, Line] = {
        "截至日期": date_line(chinese_date(state.as_of)),
        "样例说明": (state.settings.task.mark,),
    }
    return {**settings, **figures, **sums, **common, **file.paper.values(state, file.subject)}


# What a public paper prints in the place of the sum of a column that is not public: it still reads.
_NOT_FOR_THE_PUBLIC = "若干"


def common_placeholders(settings: Settings) -> tuple[str, ...]:
    """The names that the template of any paper may use, in their order."""
    figures = {**placeholder_codes(), **own_sums.placeholders(settings.form)}
    return tuple(sorted({*settings.placeholders(), *figures, "截至日期", "样例说明"}))


def date_line(text: str) -> Line:
    """A date of ours, as a line."""
    pieces: tuple[Piece, ...] = (Quoted(text, Source.DATE),)
    return pieces


def write_paper(file: File, state: State, templates: Templates, folder: Path) -> Path:
    """Write one file below the folder; its path. Raises TemplateError where the office's template cannot be used."""
    document = written(file, state, templates)
    path = folder / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    save(document, path, created=state.created, subject=subject_line(file.path, state.code))
    return path


def template_of(file: File, state: State, templates: Templates) -> Template:
    """The template that a file is written from. Raises TemplateError where it is missing."""
    return templates.of(file.paper.template(state.settings))


def written(file: File, state: State, templates: Templates) -> Document:
    """The document of a file, filled in."""
    paper, subject = file.paper, file.subject
    template = template_of(file, state, templates)
    values = {name: text_of(line) for name, line in placeholder_lines(file, state).items()}
    fonts = house_fonts(state.settings)
    document = template.render(values)
    _reword_frame(document, state.wordings)
    adopt(document, fonts)
    paper.prepare(document, state, subject)
    setting = Setting(document, fonts, state.created)
    for marker, blocks in parts_of(file, state, templates).items():
        if marker in paper.optional_parts and not template.has_marker(marker):
            continue
        elements = [element for block in blocks for element in block.elements(setting)]
        replace_marker(document, marker, elements, template.name)
    paper.finish(document, state, subject)
    return document


def _reword_frame(document: Document, wordings: Wordings) -> None:
    """In what the template says literally: a paragraph that a person has changed reads as they wrote it."""
    if wordings == NONE:
        return
    for element in document.element.body.iter(qn("w:p")):
        text = "".join(texts_of(element)[:1])
        words = wordings.text(text)
        if words != text:
            first, *rest = element.iter(qn("w:t"))
            first.text = words
            for piece in rest:
                piece.text = ""


def parts_of(file: File, state: State, templates: Templates) -> Mapping[str, tuple[Block, ...]]:
    """What stands at each marker of a file: paragraphs that a person has reworded read as they wrote them."""
    return {
        marker: tuple(_reworded(block, state.wordings) for block in blocks)
        for marker, blocks in file.paper.parts(state, file.subject, templates).items()
    }


def _reworded(block: Block, wordings: Wordings) -> Block:
    match block:
        case Text():
            return replace(block, line=wordings.line(block.line))
        case PageTitle():
            return replace(block, text=wordings.text(block.text))
    return block


def subject_line(path: str, code: str) -> str:
    """What stands in a file's properties, by which it is known when it comes back: `督办/督办函-甲局 简码7F3A-91C2`."""
    return f"{path.removesuffix('.docx')} 简码{code}" if code else ""


def filled_in(template: Template, style: str, lines: Mapping[str, Line]) -> tuple[str, ...]:
    """The paragraphs of a template in this style, with their placeholders filled in."""
    values = {name: text_of(line) for name, line in lines.items()}
    return tuple(filled(text, values) for text in template.texts_in_style(style))
