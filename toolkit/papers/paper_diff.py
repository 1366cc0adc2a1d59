"""The leader's pen: an issued paper and the same paper come back, held against each other. Pure."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from toolkit.ledger.revision import Revision, RevisionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.gongwen.revisions import Revised, RevisedParagraph

TOOL = "整改台账工具箱"
_FIGURE = re.compile(
    r"\d+(?:\.\d+)?%?|[〇零一二三四五六七八九十百千万亿]+(?=[个项条次人名户家件份]|万元|%)"
)
# Least likeness of two paragraphs of which one was made from the other.
_LIKE = 0.4


def revisions_of(issued: Revised, edited: Revised, file: str) -> tuple[Revision, ...]:
    """Everything that a person did; nothing typed is left out."""
    return (*_texts(issued, edited, file), *_remarks(edited, file))


def _remarks(edited: Revised, file: str) -> Iterator[Revision]:
    for remark in edited.remarks:
        if remark.author != TOOL:
            yield Revision(
                kind=RevisionKind.REMARK,
                file=file,
                item="",
                old=remark.about,
                new=remark.text,
                author=remark.author,
                on=remark.on,
            )


def _texts(issued: Revised, edited: Revised, file: str) -> Iterator[Revision]:
    before = [paragraph for paragraph in issued.paragraphs if paragraph.text.strip()]
    now = [paragraph for paragraph in edited.paragraphs if paragraph.text.strip()]
    matcher = difflib.SequenceMatcher(
        None, [p.text for p in before], [p.text for p in now], autojunk=False
    )
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            yield from _changed(before[a:b], now[c:d], file)


def _changed(
    before: Sequence[RevisedParagraph], now: Sequence[RevisedParagraph], file: str
) -> Iterator[Revision]:
    """Pairs of the likest paragraphs, in order; what has no partner was struck out or added."""
    partner = _partners(before, now)
    taken = set(partner.values())
    for place, old in enumerate(before):
        if place in partner:
            new = now[partner[place]]
            kind = (
                RevisionKind.WORDING
                if _figures(old.text) == _figures(new.text)
                else RevisionKind.FIGURES
            )
            yield Revision(
                kind=kind,
                file=file,
                item=old.mark,
                old=old.text,
                new=new.text,
                author=new.author,
                on=new.on,
            )
        else:
            yield Revision(
                kind=RevisionKind.STRUCK,
                file=file,
                item=old.mark,
                old=old.text,
                new="",
                author="",
                on="",
            )
    for place, new in enumerate(now):
        if place not in taken:
            yield Revision(
                kind=RevisionKind.ADDED,
                file=file,
                item="",
                old="",
                new=new.text,
                author=new.author,
                on=new.on,
            )


def _partners(
    before: Sequence[RevisedParagraph], now: Sequence[RevisedParagraph]
) -> Mapping[int, int]:
    """Old → new place: by the same mark, else the likest that is left, without crossing."""
    found: dict[int, int] = {}
    first = 0
    for place, old in enumerate(before):
        scored = [(_likeness(old, new), -n) for n, new in enumerate(now) if n >= first]
        if scored and max(scored)[0] >= _LIKE:
            found[place] = -max(scored)[1]
            first = found[place] + 1
    return found


def _likeness(old: RevisedParagraph, new: RevisedParagraph) -> float:
    same = 0.3 if old.mark and old.mark == new.mark else 0.0
    return same + difflib.SequenceMatcher(None, old.text, new.text, autojunk=False).ratio()


def _figures(text: str) -> list[str]:
    """The figures of a text, in any order: those that a number in the register could stand behind."""
    return sorted(_FIGURE.findall(text))
