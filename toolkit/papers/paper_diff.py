"""The leader's pen: an issued paper and the same paper come back, held against each other. Pure."""

from __future__ import annotations

import difflib
from bisect import bisect_left
from typing import TYPE_CHECKING

from toolkit.ledger.quantities import same_claims
from toolkit.ledger.revision import Revision, RevisionKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from toolkit.gongwen.revisions import Revised, RevisedParagraph

TOOL = "整改台账工具箱"
# Least likeness of two paragraphs of which one was made from the other.
_LIKE = 0.4
# Paragraphs of fewer characters are names and labels.
_LEAST_KEPT = 6
# How far ahead of the last partner the next one is looked for: a paper that was written anew stays bearable.
_AHEAD = 200
# rapidfuzz rounds the least likeness that it is asked for.
_ROUNDING = 0.001


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
            kind = _kind(old, new)
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


def _kind(old: RevisedParagraph, new: RevisedParagraph) -> RevisionKind:
    """A wording is printed again wherever its paragraph stands: a cell or a few characters may stand for other things."""
    if not same_claims(old.text, new.text):
        return RevisionKind.FIGURES
    is_kept = not old.in_table and len(old.text.strip()) >= _LEAST_KEPT
    return RevisionKind.WORDING if is_kept else RevisionKind.UNAPPLIED


def _partners(
    before: Sequence[RevisedParagraph], now: Sequence[RevisedParagraph]
) -> Mapping[int, int]:
    """Old → new place: the likest of the next ones, or of those with the same mark however far, without crossing."""
    marked: dict[str, list[int]] = {}
    for place, new in enumerate(now):
        marked.setdefault(new.mark, []).append(place)
    found: dict[int, int] = {}
    first = 0
    for place, old in enumerate(before):
        near = range(first, min(first + _AHEAD, len(now)))
        same = marked.get(old.mark, []) if old.mark else []
        beyond = bisect_left(same, near.stop)
        partner = _likest(old, now, (*near, *same[beyond : beyond + _AHEAD]))
        if partner is not None:
            found[place] = partner
            first = partner + 1
    return found


def _likest(
    old: RevisedParagraph, now: Sequence[RevisedParagraph], places: Iterable[int]
) -> int | None:
    """The first of those that are likest; None where none is like enough.

    What two texts have in common in their order is no less than what difflib finds, and is counted a thousand times
    faster: difflib judges only those that can still be the likest.
    """
    from rapidfuzz.distance import Indel

    most: list[tuple[float, int]] = []
    for place in places:
        same = _same_mark(old, now[place])
        common = Indel.normalized_similarity(
            old.text, now[place].text, score_cutoff=max(_LIKE - same - _ROUNDING, 0)
        )
        if same + common + _ROUNDING >= _LIKE:
            most.append((-same - common, place))
    best: tuple[float, int] | None = None
    for at_most, place in sorted(most):
        if best and -at_most + _ROUNDING < -best[0]:
            break
        likeness = _likeness(old, now[place])
        if likeness >= _LIKE:
            best = min(best or (0.0, 0), (-likeness, place))
    return best[1] if best else None


def _same_mark(old: RevisedParagraph, new: RevisedParagraph) -> float:
    """What it adds to the likeness of two paragraphs that they are about one item."""
    return 0.3 if old.mark and old.mark == new.mark else 0.0


def _likeness(old: RevisedParagraph, new: RevisedParagraph) -> float:
    return (
        _same_mark(old, new)
        + difflib.SequenceMatcher(None, old.text, new.text, autojunk=False).ratio()
    )
