"""Part two of the notice: every problem with its answer, as numbered text.

The genre (published notices of this kind): a group is one 分项问题 under （一）（二）…; where it is itself the problem,
a paragraph 针对上述问题，…, then one paragraph per 具体问题: 1.针对“…”的问题。….
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING

from toolkit.gongwen.numbering import chinese_numeral
from toolkit.ledger.text import for_paper, line_for_paper, says_nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from toolkit.ledger.entry import Entry
    from toolkit.ledger.item import Item

_CLOSING_MARKS = "。；，、：;,.:"
_SENTENCE_ENDS = "。！？…"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was done about one item: its id, the lead-in (`1.针对“…”的问题。`), its paragraphs of text, a line after them."""

    id: str
    lead: str
    paragraphs: tuple[str, ...]
    state: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The paragraphs as printed: the lead-in runs into the first one."""
        first, *rest = self.paragraphs or ("",)
        return (self.lead + first, *rest, *([self.state] if self.state else []))


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


class Style(StrEnum):
    """How an item is told: 针对“…”的问题。… in one paragraph, or 反馈问题：, 整改状态：, 整改情况： one below the other."""

    AGAINST = "针对式"
    STATUS = "状态式"


@dataclass(frozen=True, slots=True)
class ItemStyle:
    """How items are told: what stands where there is no text yet, the style, and what each item's state line says."""

    placeholder: str = ""
    style: Style = Style.AGAINST
    state_of: Callable[[str], str] = lambda _id: ""


def groups_of(entries: Sequence[Entry], telling: ItemStyle | None = None) -> tuple[Group, ...]:
    """The ledger's entries as numbered groups, in the order in which each 分项问题 first appears.

    A ledger of two levels is grouped by its 主要问题; one of a single level has a group for each problem.
    """
    telling = telling or ItemStyle()
    by_heading: dict[tuple[str, str], list[Item]] = {}
    for entry in entries:
        by_heading.setdefault(_heading_of(entry.item), []).append(entry.item)
    return tuple(
        Group(number, heading, _answers(members, heading, telling))
        for number, ((_, heading), members) in enumerate(by_heading.items(), 1)
    )


def _heading_of(item: Item) -> tuple[str, str]:
    """What tells an item's group from others, and the group's heading as printed: 甲。 and 甲； are one."""
    return item.main_problem, sentence(item.sub_problem or item.main_problem or item.problem)


def _answers(members: Sequence[Item], heading: str, telling: ItemStyle) -> tuple[Answer, ...]:
    """What is about the heading itself stands before the numbered ones, wherever the ledger has it."""
    problems = [_own_problem(item, heading) for item in members]
    ordered = sorted(zip(problems, members, strict=True), key=lambda pair: bool(pair[0]))
    numbers = count(1)
    if telling.style is Style.STATUS:
        return tuple(_by_status(item, problem, numbers, telling) for problem, item in ordered)
    return tuple(
        Answer(
            item.id,
            _lead(problem, numbers),
            _paragraphs(item.progress, problem, telling.placeholder),
            telling.state_of(item.id),
        )
        for problem, item in ordered
    )


def _by_status(item: Item, problem: str, numbers: count[int], telling: ItemStyle) -> Answer:
    """`1.反馈问题：…` then 整改状态： and 整改情况：, each a paragraph; an item that is its heading has no 反馈问题."""
    first, *rest = _paragraphs(item.progress, problem, telling.placeholder)
    told = (f"整改状态：{telling.state_of(item.id)}", f"整改情况：{first}", *rest)
    if not problem:
        return Answer(item.id, "", told)
    return Answer(item.id, f"{next(numbers)}.反馈问题：", (sentence(problem), *told))


def _own_problem(item: Item, heading: str) -> str:
    """The 具体问题 under this heading; "" where the heading itself is the problem: the cell says nothing, or repeats it."""
    is_heading = quoted(item.problem) == quoted(heading)
    return "" if is_heading or says_nothing(item.problem) else item.problem


def _lead(problem: str, numbers: count[int]) -> str:
    if problem:
        return f"{next(numbers)}.针对“{quoted(problem)}”{suffix(problem)}。"
    return "针对上述问题，"


def _paragraphs(progress: str, problem: str, placeholder: str) -> tuple[str, ...]:
    if says_nothing(progress):
        return (placeholder,)
    text = _without_lead(for_paper(progress), problem)
    *before, last = [_ended(line) for line in text.split("\n") if line] or [placeholder]
    return (*before, last.removesuffix("；") + "。" if last.endswith("；") else last)


_LEAD = re.compile(
    r"(?:[0-9]{1,2}[.．、])?针对[“‘]?(?P<what>[^。\n]{1,400}?)[”’]?(?:的?问题)?[，。：；]"
)


def _without_lead(text: str, problem: str) -> str:
    """The text without a lead-in that the unit typed itself, so that the paper does not say it twice."""
    found = _LEAD.match(text)
    if found is None or len(found[0]) == len(text):
        return text
    said = found["what"].removesuffix("问题").removesuffix("的")
    named = said in ("上述", "以上", "该") or (
        problem and said == quoted(problem).removesuffix("问题").removesuffix("的")
    )
    return text[found.end() :].lstrip() if named else text


_HALF_MARK = re.compile(r"(?:^|(?<=[。；：，]))\(([0-9]{1,2})\)(?=[^\x00-\x7f])")


def _ended(line: str) -> str:
    """A paragraph as printed: （1） before its points, a mark at its end or before its last closing quotation mark or bracket."""
    core = _HALF_MARK.sub(r"（\1）", line).rstrip("，、,")
    if core.endswith(";"):
        return core[:-1] + "；"
    if len(core) > 1 and core[-1] == "." and not core[-2].isascii():
        core = core[:-1]
    return core if core.rstrip("”’）").endswith(tuple("。！？；：…")) else core + "。"


_MARKED = re.compile(
    r"(?:[（(](?:[0-9]{1,2}|[一二三四五六七八九十百]{1,4})[）)][、.．]?(?![和与及或至到][（(])"  # （一） (1) but not （一）和（二）
    r"|[0-9]{1,3}[.．、](?![0-9])"  # 1. 1、 but not 1.5 or 1、2号楼
    r"|[0-9]{1,2}[-－][0-9]{1,2}[.．、 ]"  # 3-2
    r"|[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])"  # 一、 but not 一、二期
    r"|[0-9]{1,2}[)）]"  # 1）
    r"|[①-⑳]"
    r"|[一二三四五六七八九十]是(?=[^；。]*[；。]?$)"  # 一是, where it is the only one
    r")\s*"
)


def unmarked(text: str) -> str:
    """A heading or problem on one line, without the mark that it bore in the ledger: the paper has its own order."""
    line = line_for_paper(text)
    found = _MARKED.match(line)
    return line[found.end() :] if found and found.end() < len(line) else line


def sentence(heading: str) -> str:
    """A heading as printed: it ends in a full stop, whatever the ledger's cell ended in."""
    text = unmarked(heading).rstrip()
    if text.endswith(tuple(_SENTENCE_ENDS)):
        return text
    return text.rstrip(_CLOSING_MARKS) + "。"


# An apostrophe of a foreign word is no quotation mark.
_QUOTE = re.compile("[“‘]|”|(?<![A-Za-z])’|’(?![A-Za-z])")


def quoted(problem: str) -> str:
    """The problem as it stands between “ and ”: no closing mark, and quotation marks one level deeper.

    GB/T 15834 4.8: a quotation inside a quotation takes ‘ ’, and one inside that “ ” again.
    """
    text = unmarked(problem).strip().rstrip(_CLOSING_MARKS + _SENTENCE_ENDS)
    depth = 0

    def deeper(mark: re.Match[str]) -> str:
        nonlocal depth
        opens = mark[0] in "“‘"
        level = depth if opens else max(depth - 1, 0)
        depth = level + 1 if opens else level
        return ("‘’", "“”")[level % 2][not opens]

    return _QUOTE.sub(deeper, text)


def suffix(problem: str) -> str:
    """`的问题`, unless the quoted text already ends in 问题."""
    return "" if quoted(problem).endswith("问题") else "的问题"
