"""整改进展情况的通报: prose of the office's template, parts one and three; part two item by item from the ledger."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.figures.counts import Figures, compute
from toolkit.gongwen.comments import Comment, add_comments
from toolkit.gongwen.document import (
    append,
    highlight,
    new_document,
    save,
    texts_of,
    visible_paragraphs,
)
from toolkit.gongwen.elements import (
    Run,
    blank_row,
    paragraph,
    printable,
    signature,
    title,
    title_lines,
)
from toolkit.gongwen.numbering import mark
from toolkit.gongwen.revisions import mark_paragraph
from toolkit.gongwen.styles import BODY, DATE, HEADING1, HEADING2, KAI_RUN, SIGNATURE, TITLE, adopt
from toolkit.gongwen.template import TemplateError, render, replace_marker
from toolkit.ledger.dates import chinese_date
from toolkit.papers.editions import Edition, for_public, state_line, status_word
from toolkit.papers.fonts import house_fonts
from toolkit.papers.part_two import Group, ItemStyle, Style, groups_of
from toolkit.settings.model import MISSING, Settings, Skeleton

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from docx.document import Document
    from lxml.etree import _Element

    from toolkit.ledger.entry import Entry

NOTICE = Edition.PLAIN.value
PUBLIC = Edition.PUBLIC.value
TEMPLATES = MappingProxyType(
    {
        Skeleton.THREE_PARTS: "通报.docx",
        Skeleton.DUTY: "通报（主体责任式）.docx",
        Skeleton.STATUS: "通报（逐项状态式）.docx",
    }
)
MARKER = "【逐项整改情况】"
NO_ANSWER = "【该问题尚未填报整改进展情况】"
_NO_ANSWER_IN_PUBLIC = "已按要求完成整改。"
_TO_FILL = re.compile(r"【[^【】]*请在设置中填写[^【】]*】|【该问题尚未填报整改进展情况】")
_AUTHOR = "整改台账工具箱"


@dataclass(frozen=True, slots=True)
class Notice:
    """What the notice is written from; `remarks` are what a draft says beside each item, by id.

    `wordings` maps a paragraph as it would be printed to the words that a person has put in its place; `code` is that of
    the round; `public_entries` are the entries as the public may read them, where they are known already.
    """

    entries: tuple[Entry, ...]
    figures: Figures
    settings: Settings
    as_of: date
    edition: Edition = Edition.PLAIN
    remarks: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    wordings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    code: str = ""
    public_entries: tuple[Entry, ...] = ()

    def printed(self, line: str) -> str:
        """A paragraph as it is printed: in a person's words, where there are any."""
        return self.wordings.get(printable(line), line)

    @property
    def subject(self) -> str:
        """What stands in the file's properties, by which the paper is known when it comes back."""
        return f"{self.edition.value.removesuffix('.docx')} 简码{self.code}" if self.code else ""

    @property
    def groups(self) -> tuple[Group, ...]:
        """Part two."""
        entries = self.entries
        if self.edition is Edition.PUBLIC:
            entries = self.public_entries or for_public(entries, self.settings, self.as_of).entries
        return groups_of(entries, self._telling)

    @property
    def _telling(self) -> ItemStyle:
        by_id = {entry.item.id: entry for entry in self.entries}
        by_status = self.settings.document.skeleton is Skeleton.STATUS
        placeholder = _NO_ANSWER_IN_PUBLIC if self.edition is Edition.PUBLIC else NO_ANSWER
        style = Style.STATUS if by_status else Style.AGAINST

        def state_of(id_: str) -> str:
            if self.edition is Edition.PARTY:
                line = state_line(by_id[id_], self.settings, self.as_of)
                return line.strip("（）") + "。" if by_status else line
            return status_word(by_id[id_], self.settings) if by_status else ""

        return ItemStyle(placeholder, style, state_of)


def placeholder_values(notice: Notice) -> dict[str, str]:
    """Every placeholder that the template may use: settings, figures, dates."""
    from toolkit.ledger.status import Status

    figures, settings = notice.figures, notice.settings
    counts = {
        "问题总数": figures.problems,
        "未启动数": figures.by_status[Status.NOT_STARTED],
        "正在整改数": figures.by_status[Status.IN_PROGRESS],
        "阶段性完成数": figures.by_status[Status.PHASED],
        "已完成数": figures.by_status[Status.DONE],
        "长期坚持数": figures.by_status[Status.STANDING],
        "措施数": figures.measures,
        "制度数": figures.regulations,
        "处理人次": figures.people,
    }
    issued = settings.document.issue_date or notice.as_of
    return {
        **settings.placeholders(),
        **{name: str(number) for name, number in counts.items()},
        "完成率": figures.completion.text,
        "涉及金额": f"{figures.money.normalize():f}",
        "截至日期": chinese_date(notice.as_of),
        "成文日期": chinese_date(issued),
    }


def placeholder_names() -> tuple[str, ...]:
    """The names that a template of any office may use, in alphabetical order."""
    blank = Notice((), compute((), (), Settings(), date(2026, 1, 1)), Settings(), date(2026, 1, 1))
    return tuple(sorted(placeholder_values(blank)))


def write_notice(notice: Notice, template: Path, path: Path, created: datetime) -> None:
    """Write the notice; raises TemplateError where the office's template cannot be used."""
    if not template.is_file():
        raise TemplateError(
            f"缺少模板“{template}”；请从新建的工作区复制templates/{template.name}。"
        )
    document = render(template, placeholder_values(notice))
    adopt(document, house_fonts(notice.settings))
    _break_title(document)
    if notice.settings.task.sample:
        _mark_as_sample(document, notice.settings.task.mark)
    groups = notice.groups
    paragraphs = tuple(part_two(groups, notice.printed))
    _apply_wordings(document, notice)
    replace_marker(document, MARKER, paragraphs, template.name)
    if notice.edition is Edition.DRAFT:
        add_comments(document, tuple(_remarks(notice, groups, paragraphs)), _AUTHOR, created)
    _place_signature(document)
    highlight(document, _TO_FILL)
    save(document, path, created=created, subject=notice.subject)


def part_two(groups: tuple[Group, ...], printed: Callable[[str], str] = str) -> Iterator[_Element]:
    """The paragraphs of part two: a heading a group in 楷体, then its answers, each marked with its item."""
    numbers = count(1)
    for group in groups:
        yield paragraph(HEADING2, printed(group.title))
        for answer in group.answers:
            for line in answer.lines:
                element = paragraph(BODY, printed(line))
                mark_paragraph(element, next(numbers), answer.id)
                yield element


def _apply_wordings(document: Document, notice: Notice) -> None:
    """In the frame of the template: a paragraph that reads as it did when a person changed it reads as they wrote it."""
    from docx.oxml.ns import qn

    for element in document.element.body.iter(qn("w:p")) if notice.wordings else ():
        text = "".join(texts_of(element)[:1])
        if text in notice.wordings:
            pieces = list(element.iter(qn("w:t")))
            for piece in pieces[1:]:
                piece.text = ""
            if pieces:
                pieces[0].text = notice.wordings[text]


def _remarks(
    notice: Notice, groups: tuple[Group, ...], paragraphs: tuple[_Element, ...]
) -> Iterator[Comment]:
    """Beside the first paragraph of each item: where it comes from, and what is open about it."""
    place = 0
    for group in groups:
        place += 1
        for answer in group.answers:
            if answer.id in notice.remarks:
                yield Comment(paragraphs[place], notice.remarks[answer.id])
            place += len(answer.lines)


def _styled(document: Document, style: str) -> list[_Element]:
    """The paragraphs that name this style, wherever they stand (python-docx's own search costs seconds in a long paper)."""
    from docx.oxml.ns import qn

    named = document.element.body.iter(qn("w:pStyle"))
    return [name.getparent().getparent() for name in named if name.get(qn("w:val")) == style]


def _break_title(document: Document) -> None:
    """Break the rendered title by the shape of its final words, unless the office has broken it itself."""
    from docx.oxml.ns import qn

    for element in _styled(document, TITLE):
        text = _text(element)
        if element.find(f".//{qn('w:br')}") is None and len(title_lines(text)) > 1:
            parent = element.getparent()
            if parent is not None:
                parent.replace(element, title(text))


def _mark_as_sample(document: Document, mark: str) -> None:
    """Say under the title that nothing in the paper is real."""
    titles = _styled(document, TITLE)
    if titles:
        titles[-1].addnext(paragraph("Normal", Run(mark, KAI_RUN), centred=True))


def _place_signature(document: Document) -> None:
    """Place name and date by clause 7.3.5.2, which depends on their final lengths; they keep to the text before them."""
    names, dates = _styled(document, SIGNATURE), _styled(document, DATE)
    if len(names) != 1 or len(dates) != 1:
        return
    _keep_with_text(names[0])
    for old, new in zip(
        (names[0], dates[0]), signature(_text(names[0]), _text(dates[0])), strict=True
    ):
        parent = old.getparent()
        if parent is not None:
            parent.replace(old, new)


def _keep_with_text(name: _Element) -> None:
    """The rows before the signature stay on its page, so that it never stands alone on one (7.3.5.5)."""
    from docx.oxml.ns import qn

    before = name.getprevious()
    while before is not None and before.tag == qn("w:p"):
        before.get_or_add_pPr().get_or_add_keepNext()  # type: ignore[attr-defined]
        if _text(before).strip():
            return
        before = before.getprevious()


def _text(element: _Element) -> str:
    from docx.oxml.ns import qn

    return "".join(piece.text or "" for piece in element.iter(qn("w:t")))


def title_of(path: Path) -> str:
    """The title of a written notice, on one line."""
    from toolkit.gongwen.incoming import open_document

    return "".join(_text(element) for element in _styled(open_document(path), TITLE))


def disagreements(notice: Notice, path: Path) -> tuple[str, ...]:
    """What the written notice, read back, says otherwise than the ledger: headings, answers, figures, holes."""
    texts = visible_paragraphs(path)
    expected = tuple(
        printable(notice.printed(line))
        for group in notice.groups
        for line in (group.title, *(line for answer in group.answers for line in answer.lines))
    )
    end = len(expected)
    start = next(
        (place for place in range(len(texts)) if texts[place : place + end] == expected), None
    )
    if start is None:
        return (f"通报第二部分与台账不一致，应有{end}段",)
    around = (*texts[:start], *texts[start + end :])
    holes = [text[:20] for text in around if "{{" in text or "}}" in text]
    return tuple(f"通报中有未填的占位符：{hole}" for hole in holes)


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


def write_template(prose: Prose, path: Path, created: datetime, settings: Settings) -> None:
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


__all__ = [
    "MISSING",
    "NOTICE",
    "Notice",
    "Prose",
    "disagreements",
    "part_two",
    "write_notice",
    "write_template",
]
