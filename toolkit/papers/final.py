"""The final paper: the issued notice with its number and day, red head and foot, and without what only drafts carry."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from toolkit.gongwen.document import save, texts_of
from toolkit.gongwen.elements import blank_row, paragraph, signature
from toolkit.gongwen.incoming import open_document
from toolkit.gongwen.letterhead import Imprint, Letterhead, imprint, letterhead
from toolkit.gongwen.styles import DATE, SIGNATURE, TITLE, adopt
from toolkit.ledger.dates import chinese_date
from toolkit.papers.fonts import house_fonts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from docx.document import Document
    from lxml.etree import _Element

    from toolkit.settings.model import Settings

# What must not stand in a signed paper: a setting that nobody has filled in, an item that nobody has answered.
BLANKS = re.compile(r"【[^【】]*(?:请在设置中填写|尚未填报)[^【】]*】")
_OF_DRAFTS = tuple(
    qn(f"w:{tag}")
    for tag in (
        "highlight",
        "commentRangeStart",
        "commentRangeEnd",
        "commentReference",
        "annotationRef",
    )
)


def blanks_of(path: Path) -> tuple[str, ...]:
    """The blanks of a paper that somebody has yet to fill in, each with the beginning of its paragraph."""
    texts = texts_of(open_document(path).element.body)
    return tuple(
        f"{found[0]}（“{text[:20]}”）" for text in texts for found in BLANKS.finditer(text)
    )


def write_final(
    source: Path, path: Path, settings: Settings, numbered: tuple[str, date], subject: str
) -> None:
    """Write the paper as it is printed: 发文字号 and 成文日期 as given, no comments, no highlights.

    `subject` stands in the properties of the file, by which a copy of it is known again.
    """
    number, on = numbered
    document = open_document(source)
    fonts = house_fonts(settings)
    adopt(document, fonts)
    _drop_drafts(document)
    _date(document, on)
    _number(document, settings, number)
    said = settings.document
    if said.mark and (said.printed_by or said.cc):
        foot = imprint(Imprint(said.cc, said.printed_by, chinese_date(on)), fonts)
        document.element.body.sectPr.addprevious(foot)
    save(document, path, created=datetime.combine(on, time()), subject=subject)


def _drop_drafts(document: Document) -> None:
    for element in list(document.element.body.iter(*_OF_DRAFTS)):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    rels = document.part.rels
    for key in [key for key, relation in rels.items() if relation.reltype.endswith("/comments")]:
        del rels[key]


def _styled(document: Document, style: str) -> list[_Element]:
    names = document.element.body.iter(qn("w:pStyle"))
    return [name.getparent().getparent() for name in names if name.get(qn("w:val")) == style]


def _date(document: Document, on: date) -> None:
    """成文日期 is the day on which a leader signs (7.3.5.4), not that of the draft."""
    names, dates = _styled(document, SIGNATURE), _styled(document, DATE)
    if len(names) != 1 or len(dates) != 1:
        return
    name = "".join(text.text or "" for text in names[0].iter(qn("w:t")))
    for old, new in zip((names[0], dates[0]), signature(name, chinese_date(on)), strict=True):
        parent = old.getparent()
        if parent is not None:
            parent.replace(old, new)


def _number(document: Document, settings: Settings, number: str) -> None:
    """Above the title: a red head where the office has a mark; otherwise the number alone, for paper with a printed head.

    A paper without a number, such as a public edition, has neither.
    """
    titles = _styled(document, TITLE)
    if not (titles and number):
        return
    said = settings.document
    above: Sequence[_Element] = (paragraph("Normal", number, centred=True), blank_row())
    if said.mark:
        head = Letterhead(said.mark, number, secrecy=said.secrecy, urgency=said.urgency)
        above = (*letterhead(head, house_fonts(settings)), blank_row(), blank_row())
    for element in above:
        titles[0].addprevious(element)
