"""Papers of ours that come back through the inbox: a notice that somebody has edited is read, others are answered politely."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.gongwen.document import subject_of
from toolkit.gongwen.revisions import Revised, read_revised
from toolkit.ledger.revision import Revision, RevisionKind
from toolkit.ledger.submission import Role, Submission, Verdict
from toolkit.papers.paper_diff import revisions_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from toolkit.arrivals import Arrival

# (name of a paper, code of its round) → the bytes of that paper as it was issued; None where there is none.
Issued = Callable[[str, str], "bytes | None"]
# Papers that were issued lately, newest first: (paper, its bytes).
Recent = Callable[[], "Iterable[tuple[str, bytes]]"]
_SUBJECT = re.compile(r"^(?P<paper>.+) 简码(?P<code>[0-9A-F]{4}-[0-9A-F]{4})$")
_LIKE = 0.4
_NO_RETURN = "这是工具箱生成的文稿，没有改动，不需要处理"


@dataclass(frozen=True, slots=True)
class ReturnedPapers:
    """The arrivals that are papers of ours, as submissions, what people did to them, and all other arrivals."""

    submissions: tuple[Submission, ...]
    revisions: tuple[Revision, ...]
    others: tuple[Arrival, ...]


def read_returned_papers(
    arrivals: Sequence[Arrival], issued: Issued, recent: Recent
) -> ReturnedPapers:
    """Tell papers of ours from returns, and read what people did to them."""
    drafts: list[tuple[Arrival, tuple[Revision, ...]]] = []
    revisions: list[Revision] = []
    others: list[Arrival] = []
    for arrival in arrivals:
        is_word = arrival.name.lower().endswith(".docx")
        found = _read(arrival, issued, recent) if is_word else None
        if found is None:
            others.append(arrival)
            continue
        revisions += found
        drafts.append((arrival, found))
    settled = _without_disputes(revisions)
    submissions = tuple(
        _submission(
            arrival, [each for each in settled if each.file == arrival.name] if found else ()
        )
        for arrival, found in drafts
    )
    return ReturnedPapers(submissions, settled, tuple(others))


def _without_disputes(revisions: Sequence[Revision]) -> tuple[Revision, ...]:
    """Of several wordings of one paragraph none is kept: which of the leaders is to be followed is asked."""
    wordings: dict[str, set[str]] = defaultdict(set)
    for revision in revisions:
        if revision.kind is RevisionKind.WORDING:
            wordings[revision.old].add(revision.new)
    return tuple(
        replace(revision, kind=RevisionKind.DISPUTED)
        if revision.kind is RevisionKind.WORDING and len(wordings[revision.old]) > 1
        else revision
        for revision in revisions
    )


def _submission(arrival: Arrival, revisions: Sequence[Revision]) -> Submission:
    if not revisions:
        return Submission(
            arrival.name, arrival.sha256, Verdict.DUPLICATE, Role.DRAFT, reason=_NO_RETURN
        )
    kept = sum(revision.kind is RevisionKind.WORDING for revision in revisions)
    reason = (
        f"改过的文稿：改动{len(revisions)}处，其中{kept}处文字已保留，其余见汇总台账“审阅意见”表"
    )
    return Submission(arrival.name, arrival.sha256, Verdict.ACCEPTED, Role.DRAFT, reason=reason)


def _read(arrival: Arrival, issued: Issued, recent: Recent) -> tuple[Revision, ...] | None:
    """What a person did to a paper of ours; None for any other file."""
    edited = _revised(arrival.data)
    if edited is None:
        return None
    named = _SUBJECT.match(subject_of(arrival.data))
    if named:
        original = issued(f"{named['paper']}.docx", named["code"])
        before = _revised(original) if original else None
    else:
        before = _alike(edited, recent)
    return revisions_of(before, edited, arrival.name) if before else None


def _revised(data: bytes) -> Revised | None:
    """A document, by way of the gate like every other file that comes in; None for what is none."""
    try:
        return read_revised(data)
    except Exception:  # noqa: BLE001 - whatever is wrong with it, the reading of returns says it in its own words
        return None


def _alike(edited: Revised, recent: Recent) -> Revised | None:
    """The paper that a file without its mark was made from: it has most of its paragraphs."""
    now = {paragraph.text for paragraph in edited.paragraphs if paragraph.text}
    for _, data in recent() if now else ():
        before = _revised(data)
        old = (
            {paragraph.text for paragraph in before.paragraphs if paragraph.text}
            if before
            else set()
        )
        if before and len(now & old) >= _LIKE * max(len(now), len(old)):
            return before
    return None
