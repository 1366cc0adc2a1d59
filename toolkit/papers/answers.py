"""Part two of the notice: every problem with its answer, as numbered text.

The genre (published notices of this kind): a group is one 分项问题 under （一）（二）…; where it is itself the problem,
one paragraph 针对上述问题，…; otherwise one paragraph per 具体问题: 1.针对“…”的问题。…, after an overall paragraph
where the ledger has one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from toolkit.gongwen.numbering import chinese_numeral
from toolkit.ledger.text import for_paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.ledger.entry import Entry

_CLOSING_MARKS = "。；，、：;,.:"
_SENTENCE_ENDS = "。！？…"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was done about one item: its id, the lead-in (`1.针对“…”的问题。`) and its paragraphs of text."""

    id: str
    lead: str
    paragraphs: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The paragraphs as printed: the lead-in runs into the first one."""
        first, *rest = self.paragraphs or ("",)
        return (self.lead + first, *rest)


@dataclass(frozen=True, slots=True)
class Group:
    """One 分项问题 with its answers; `number` counts from 1 through the whole part."""

    number: int
    heading: str
    answers: tuple[Answer, ...]

    @property
    def title(self) -> str:
        """`（四十四）公租房空置率较高。`"""
        return f"（{chinese_numeral(self.number)}）{self.heading}"


def groups_of(entries: Sequence[Entry], placeholder: str = "") -> tuple[Group, ...]:
    """The ledger's entries as numbered groups, in the order in which each 分项问题 first appears.

    `placeholder` stands where an item has no progress text yet, so that a reader sees the gap.
    """
    by_heading: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        by_heading.setdefault((entry.item.main_problem, entry.item.sub_problem), []).append(entry)
    return tuple(
        Group(number, sentence(heading), _answers(members, placeholder))
        for number, ((_, heading), members) in enumerate(by_heading.items(), 1)
    )


def _answers(members: Sequence[Entry], placeholder: str) -> tuple[Answer, ...]:
    numbers = count(1)
    overall = not any(entry.item.problem for entry in members)
    return tuple(
        Answer(entry.item.id, _lead(entry, numbers, overall=overall), _paragraphs(entry, placeholder))
        for entry in members
    )


def _lead(entry: Entry, numbers: count[int], *, overall: bool) -> str:
    if entry.item.problem:
        return f"{next(numbers)}.针对“{quoted(entry.item.problem)}”{suffix(entry.item.problem)}。"
    return "针对上述问题，" if overall else ""


def _paragraphs(entry: Entry, placeholder: str) -> tuple[str, ...]:
    return tuple(line for line in for_paper(entry.item.progress).split("\n") if line) or (placeholder,)


def sentence(heading: str) -> str:
    """A heading as printed: it ends in a full stop, whatever the ledger's cell ended in."""
    text = for_paper(heading).rstrip()
    if text.endswith(tuple(_SENTENCE_ENDS)):
        return text
    return text.rstrip(_CLOSING_MARKS) + "。"


def quoted(problem: str) -> str:
    """The problem as it stands between “ and ”: no closing mark; quotation marks inside become single ones.

    GB/T 15834 4.8: a quotation inside a quotation takes ‘ ’.
    """
    text = for_paper(problem).strip().rstrip(_CLOSING_MARKS + _SENTENCE_ENDS)
    return text.replace("“", "‘").replace("”", "’")


def suffix(problem: str) -> str:
    """`的问题`, unless the quoted text already ends in 问题."""
    return "" if quoted(problem).endswith("问题") else "的问题"
