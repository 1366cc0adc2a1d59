"""整改进展情况的通报: prose of the office's template, parts one and three; part two item by item from the ledger."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from toolkit.figures.printed import Line, Quoted, Source
from toolkit.gongwen.document import highlight
from toolkit.gongwen.elements import Run, paragraph, signature, title, title_lines
from toolkit.gongwen.styles import DATE, KAI_RUN, SIGNATURE, TITLE
from toolkit.gongwen.template import paragraphs_in_style
from toolkit.gongwen.xml import printable
from toolkit.ledger.dates import chinese_date
from toolkit.papers.blocks import Items, Text
from toolkit.papers.editions import Edition, state_line, status_word
from toolkit.papers.final import BLANKS
from toolkit.papers.paper import (
    Audience,
    File,
    Paper,
    date_line,
    filled_in,
    placeholder_lines,
    template_of,
)
from toolkit.papers.part_two import Group, ItemStyle, Style, groups_of
from toolkit.papers.prose import PROSE
from toolkit.papers.prose_template import MARKER, write_blank
from toolkit.settings.papers import Skeleton

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docx.document import Document
    from lxml.etree import _Element

    from toolkit.gongwen.template import Templates
    from toolkit.papers.blocks import Block
    from toolkit.settings.model import Settings
    from toolkit.state import State

NOTICE = Edition.PLAIN.value
PUBLIC = Edition.PUBLIC.value
TEMPLATES = MappingProxyType(
    {
        Skeleton.THREE_PARTS: "通报.docx",
        Skeleton.DUTY: "通报（主体责任式）.docx",
        Skeleton.STATUS: "通报（逐项状态式）.docx",
    }
)
NO_ANSWER = "【该问题尚未填报整改进展情况】"
NO_ANSWERS = "【各问题均尚未填报整改进展情况；台账中有这一栏的，请在设置“栏目”表中选定是哪一栏】"


def groups(state: State, edition: Edition) -> tuple[Group, ...]:
    """Part two of an edition."""
    entries = state.public.entries if edition is Edition.PUBLIC else state.entries
    return groups_of(entries, _item_style(state, edition))


def _item_style(state: State, edition: Edition) -> ItemStyle:
    by_id, due_by_id = state.by_id, state.due_by_id
    settings = state.settings
    by_status = settings.document.skeleton is Skeleton.STATUS

    def state_of(id_: str) -> str:
        if edition is Edition.PARTY:
            line = state_line(by_id[id_], due_by_id[id_], settings)
            return line.strip("（）") + "。" if by_status else line
        return status_word(by_id[id_], settings) if by_status else ""

    placeholder = "" if _says_nothing_at_all(state) else NO_ANSWER
    return ItemStyle(placeholder, Style.STATUS if by_status else Style.AGAINST, state_of)


def _says_nothing_at_all(state: State) -> bool:
    """Whether no item has any progress: most likely one heading was not read, and that is said once."""
    return len(state.entries) > 1 and not any(entry.item.progress for entry in state.entries)


def _values(state: State, _edition: Edition) -> Mapping[str, Line]:
    issued = state.settings.document.issue_date or state.as_of
    return {"成文日期": date_line(chinese_date(issued))}


def _parts(state: State, edition: Edition, _templates: Templates) -> Mapping[str, Sequence[Block]]:
    wordings = state.wordings.exact
    remarks = _remarks(state) if edition is Edition.DRAFT else {}
    items = Items(groups(state, edition), lambda line: wordings.get(printable(line), line), remarks)
    head = (Text((NO_ANSWERS,)),) if _says_nothing_at_all(state) else ()
    return {MARKER: (*head, items)}


def _remarks(state: State) -> dict[str, tuple[str, ...]]:
    """What a draft says beside each item: its unit, the row that it comes from, and what is open about it."""
    open_: dict[str, list[str]] = {}
    for found in state.findings:
        if found.id:
            line = f"{found.severity.word} {found.rule}：{found.message}"
            open_.setdefault(found.id, []).append(line)
    return {
        entry.item.id: (
            f"{entry.item.id}　{entry.item.lead_unit}{'（沿用上期）' if entry.carried else ''}",
            f"来源：{entry.origin.file} › {entry.origin.sheet} 第{entry.origin.row}行",
            *open_.get(entry.item.id, ()),
        )
        for entry in state.entries
    }


def _prepare(document: Document, state: State, _edition: Edition) -> None:
    _break_title(document)
    if state.settings.task.sample:
        _mark_as_sample(document, state.settings.task.mark)


def _finish(document: Document, _state: State, _edition: Edition) -> None:
    _place_signature(document)
    highlight(document, BLANKS)


def _break_title(document: Document) -> None:
    """Break the rendered title by the shape of its final words, unless the office has broken it itself."""
    for element in paragraphs_in_style(document, TITLE):
        text = _text(element)
        if element.find(f".//{qn('w:br')}") is None and len(title_lines(text)) > 1:
            parent = element.getparent()
            if parent is not None:
                parent.replace(element, title(text))


def _mark_as_sample(document: Document, mark: str) -> None:
    """Say under the title that nothing in the paper is real."""
    titles = paragraphs_in_style(document, TITLE)
    if titles:
        titles[-1].addnext(paragraph("Normal", Run(mark, KAI_RUN), centred=True))


def _place_signature(document: Document) -> None:
    """Place name and date by clause 7.3.5.2, which depends on their final lengths; they keep to the text before them."""
    names, dates = (paragraphs_in_style(document, style) for style in (SIGNATURE, DATE))
    if len(names) != 1 or len(dates) != 1:
        return
    _keep_with_text(names[0])
    placed = signature(_text(names[0]), _text(dates[0]))
    for old, new in zip((names[0], dates[0]), placed, strict=True):
        parent = old.getparent()
        if parent is not None:
            parent.replace(old, new)


def _keep_with_text(name: _Element) -> None:
    """The rows before the signature stay on its page, so that it never stands alone on one (7.3.5.5)."""
    before = name.getprevious()
    while before is not None and before.tag == qn("w:p"):
        before.get_or_add_pPr().get_or_add_keepNext()  # type: ignore[attr-defined]
        if _text(before).strip():
            return
        before = before.getprevious()


def _text(element: _Element) -> str:
    return "".join(piece.text or "" for piece in element.iter(qn("w:t")))


def title_of_notice(state: State, templates: Templates) -> Line:
    """The title that a notice of this state bears, on one line."""
    file = File(PAPERS[0], NOTICE, Edition.PLAIN)
    template = template_of(file, state, templates)
    lines = placeholder_lines(file, state)
    titles = filled_in(template, TITLE, lines)
    text = "".join(map(state.wordings.text, titles))
    return (Quoted(text, Source.SETTINGS),)


def _editions(edition: Edition, state: State) -> dict[str, Edition]:
    """A notice with a grade of secrecy has no public edition."""
    is_classified = bool(state.settings.document.secrecy.strip())
    return {} if edition is Edition.PUBLIC and is_classified else {edition.value: edition}


def _template(settings: Settings) -> str:
    return TEMPLATES[settings.document.skeleton]


def _paper(
    edition: Edition, audience: Audience, *, is_signed: bool, is_proofread: bool
) -> Paper[Edition]:
    return Paper(
        name=edition.value.removesuffix(".docx"),
        template=_template,
        blank={
            TEMPLATES[skeleton]: partial(write_blank, prose=prose)
            for skeleton, prose in PROSE.items()
        },
        path=edition.value,
        files=lambda state: _editions(edition, state),
        placeholders=("成文日期",),
        values=_values,
        parts=_parts,
        numbers=frozenset(),
        audience=audience,
        is_signed=is_signed,
        is_proofread=is_proofread,
        comes_back=True,
        prepare=_prepare,
        finish=_finish,
    )


PAPERS = (
    _paper(Edition.PLAIN, Audience.LEADERS, is_signed=True, is_proofread=True),
    _paper(Edition.PARTY, Audience.PARTY, is_signed=False, is_proofread=False),
    _paper(Edition.PUBLIC, Audience.PUBLIC, is_signed=True, is_proofread=True),
    _paper(Edition.DRAFT, Audience.OFFICE, is_signed=False, is_proofread=False),
)
