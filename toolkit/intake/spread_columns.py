"""A value spread over columns: ticks under 已完成｜正在整改｜未启动, 是｜否, 上期｜本期, months."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.intake.headers import Heading, How, Office, Part, Words, code_of, dated, is_past, spelt
from toolkit.intake.periods import Period, When, newest_first, period_in
from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.readers import Context, read_cell
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.status import Status
from toolkit.ledger.text import as_typed, blank, clean, normal_heading

if TYPE_CHECKING:
    from toolkit.sheets.grid import Value

Cells = Mapping[int, Sequence["Value"]]
TICKED = frozenset("√✓✔☑✅■●▲◆★vV") | {"是", "对", "有", "1", "Y", "y", "对号", "打√"}
NOT_TICKED = frozenset("□☐○◇△×✗✘xX") | {"否", "无", "0", "N", "n"}
_TICK_HINT = re.compile(r"[（(\[【]?(?:请)?(?:在|用)?(?:[打划画填])?[√✓✔勾钩](?:号|选)?[）)\]】]?")
_YES_OR_NO = frozenset({"是", "否"})
_WORDS = re.compile(r"[\u4e00-\u9fff]{2}|\d%")
_ASKS = re.compile(r"是否.*(?:完成|到位|整改|办结|落实|销号|解决)|(?:完成|到位|办结)与?否")
# Groups that tell nothing by themselves, and may yet stand over the states of the rectification.
_SAYS_STATE = re.compile(r"状态|进度|进展|完成|办理|落实|整改|销号|情况|是否")
# The columns of which several periods may stand side by side; amounts of several may be sums or parts.
_OF_PERIODS = frozenset({"progress", "status", "next_steps", "difficulty"})
# The share of filled cells that must be ticks, or none, for columns to be ticked.
_TICKS = 2 / 3


@dataclass(frozen=True, slots=True)
class Spread:
    """The headings of a table: those matched one by one, and those settled since they belong together.

    `words` are the former, of a series of periods its newest without its period; `settled` the ticked,
    past and unclear ones; `series` the columns of each series, newest first; `texts` what stands over
    the columns whose words were shortened.
    """

    words: tuple[Words, ...]
    settled: tuple[Heading, ...]
    series: tuple[tuple[Words, ...], ...]
    texts: Mapping[int, str]

    @classmethod
    def of(cls, words: Sequence[Words], cells: Cells, office: Office) -> Spread:
        """The headings of a table sorted into these."""
        free = [word for word in words if spelt(word, office.headings).how is not How.CHOSEN]
        settled = list(_ticked(free, cells, office.context))
        done = {heading.col for heading in settled}
        past = [word for word in free if word.col not in done and is_past(word)]
        settled += [_heading(word, Part.PAST) for word in past]
        done |= {word.col for word in past}
        settled += _unclear([word for word in free if word.col not in done], office)
        done |= {heading.col for heading in settled}
        rest = [word for word in words if word.col not in done]
        series = tuple(_series(rest, office))
        older = {word.col for members in series for word in members[1:]}
        kept = tuple(_bare(word, office) for word in rest if word.col not in older)
        texts = {word.col: shown(word) for word in rest if dated(word)[0]}
        return cls(kept, tuple(settled), series, texts)

    def among(self, headings: Sequence[Heading]) -> list[Heading]:
        """The headings matched one by one with the settled ones at their places."""
        return sorted((*headings, *self.settled), key=lambda heading: heading.col)

    def newest_cells(self, cells: Cells) -> Cells:
        """The cells below each heading; below the newest of a series, the newest of each row."""
        if not self.series:
            return cells
        below = dict(cells)
        for members in self.series:
            columns = [cells.get(word.col, ()) for word in members]
            rows = zip(*columns, strict=True)
            below[members[0].col] = [
                next((value for value in row if not blank(value)), None) for row in rows
            ]
        return below

    def completed(self, headings: Sequence[Heading]) -> tuple[Heading, ...]:
        """Every heading with its own words; the older ones of a series have the newest's code."""
        matched = {
            heading.col: replace(heading, text=self.texts.get(heading.col, heading.text))
            for heading in headings
        }
        for members in self.series:
            newest = matched[members[0].col]
            for age, word in enumerate(members):
                part = Part.PERIOD if newest.code else None
                matched[word.col] = replace(
                    newest, col=word.col, row=word.row, text=shown(word), part=part, age=age
                )
        return tuple(matched[col] for col in sorted(matched))


def splits_a_heading(text: str) -> bool:
    """Whether a word below a heading only parts it: 已完成, 是, 上期, 5月."""
    period, rest = period_in(text)
    return _is_value(normal_heading(text)) or (period is not None and not rest)


def shown(words: Words) -> str:
    """The words above a column as a sentence quotes them."""
    return words.parts[-1] if len(words.parts) == 1 else "".join(words.parts)


def _heading(words: Words, part: Part, code: str = "", choice: str = "") -> Heading:
    return Heading(words.col, words.row, shown(words), code, How.CHOSEN, part=part, choice=choice)


def _bare(word: Words, office: Office) -> Words:
    """A heading without its period, where that helps and the office has not decided on it."""
    _, rest = dated(word)
    if rest is word or spelt(word, office.headings).how is How.CHOSEN:
        return word
    return rest if spelt(rest, office.headings).code in _OF_PERIODS else word


# Ticks.


def _ticked(words: Sequence[Words], cells: Cells, context: Context) -> Iterator[Heading]:
    """Runs of columns in which a tick says which of their headings holds."""
    has_status = any(
        spelt(word, {}).code == "status" and _low(word) not in _YES_OR_NO and len(word.parts) == 1
        for word in words
    )
    for run in _runs(words):
        code = _code_of_run(run, context, has_status=has_status)
        if not code:
            continue
        is_ticks = _are_ticks(run, cells)
        if is_ticks:
            yield from (_heading(word, Part.TICK, code, _low(word)) for word in run)
        elif code == "status":
            yield from (_heading(word, Part.UNCLEAR) for word in run)


def _runs(words: Sequence[Words]) -> Iterator[list[Words]]:
    """Columns side by side under the same group, whose own words are values, no headings."""
    run: list[Words] = []
    for word in words:
        if run and (word.col != run[-1].col + 1 or _groups(word) != _groups(run[-1])):
            yield run
            run = []
        if _is_value(_low(word)):
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _parts(word: Words) -> tuple[str, ...]:
    """The words above a column without hints such as （打√）."""
    kept = tuple(bare for part in word.parts if (bare := _TICK_HINT.sub("", clean(part)).strip()))
    return kept or word.parts


def _low(word: Words) -> str:
    return normal_heading(_parts(word)[-1])


def _groups(word: Words) -> tuple[str, ...]:
    return _parts(word)[:-1]


@lru_cache(maxsize=4096)
def _is_value(text: str) -> bool:
    """Whether a heading is a value of a column: a status, a kind of rectification, 是 or 否."""
    return text in BY_CODE["kind"].choices or text in _YES_OR_NO or is_status(text, Context())


def is_status(text: str, context: Context) -> bool:
    """Whether a heading or a sheet's name is a word for a status; a number or a tick is none."""
    return status_word(text, context) is not None


def status_word(text: str, context: Context) -> Status | None:
    """The status that a heading or a sheet's name means; 已销号 is decided on what is done."""
    if not _WORDS.search(text):
        return None
    read = read_cell(BY_CODE["status"], text, context)
    if isinstance(read, Unreadable) and len(read.try_instead) == 1:
        read = read_cell(BY_CODE["status"], read.try_instead[0], context)
    return read if isinstance(read, Status) else None


def _code_of_run(run: Sequence[Words], context: Context, *, has_status: bool) -> str:
    """The column whose values these headings are: the status or the kind; "" for neither."""
    lows = [_low(word) for word in run]
    group = "".join(_groups(run[0]))
    code = code_of(_groups(run[0]), {}) if group else ""
    if len(set(lows)) < 2 or len(set(lows)) < len(lows):
        return ""
    if set(lows) <= set(BY_CODE["kind"].choices):
        return "kind"
    if not all(low in _YES_OR_NO or is_status(low, context) for low in lows):
        return ""
    if code == "status":
        return "status"
    if set(lows) & _YES_OR_NO:
        return "status" if _ASKS.search(group) else ""
    may_be = not group or code == "progress" or (not code and bool(_SAYS_STATE.search(group)))
    return "status" if may_be and not has_status else ""


def _are_ticks(run: Sequence[Words], cells: Cells) -> bool:
    """Whether nearly all that stands below these headings are ticks or their like."""
    marks = [
        tick_of(value, _low(word))
        for word in run
        for value in cells.get(word.col, ())
        if not blank(value)
    ]
    return sum(mark is not None for mark in marks) >= _TICKS * len(marks)


def tick_of(value: Value, choice: str) -> bool | None:
    """Whether a cell under a heading of ticks is ticked; None where it holds something else."""
    if isinstance(value, bool):
        return value
    text = normal_heading(as_typed(value)) or clean(as_typed(value))
    if text in TICKED or text == choice or _TICK_HINT.fullmatch(text):
        return True
    return False if text in NOT_TICKED or blank(value) else None


# Columns of the status that nobody can read.


def _unclear(words: Sequence[Words], office: Office) -> Iterator[Heading]:
    """Several columns that only the group above them says to be the status: none is read."""
    above = [
        word
        for word in words
        if len(word.parts) > 1
        and (heading := spelt(word, office.headings)).code == "status"
        and heading.how is How.LIKE
        and dated(word)[0] is None
    ]
    groups = Counter(word.parts[:-1] for word in above)
    yield from (_heading(word, Part.UNCLEAR) for word in above if groups[word.parts[:-1]] > 1)


# Periods.


def _series(words: Sequence[Words], office: Office) -> Iterator[tuple[Words, ...]]:
    """The columns that hold one thing for several periods, newest first."""
    by_code: dict[str, list[tuple[Words, Period]]] = {}
    for word in words:
        heading = spelt(word, office.headings)
        period, rest = dated(word)
        if heading.how is How.EXACT and period is None:
            period = Period(When.PRESENT)  # 整改进展情况 beside 4月整改进展 is how things stand now
        if period is None:
            continue
        code = heading.code if heading.how is How.CHOSEN else spelt(rest, office.headings).code
        if code in _OF_PERIODS:
            by_code.setdefault(code, []).append((word, period))
    for members in by_code.values():
        if len({period for _, period in members}) > 1:
            order = newest_first([period for _, period in members])
            yield tuple(members[number][0] for number in order)
