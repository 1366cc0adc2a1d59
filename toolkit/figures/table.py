"""The one table of figures: what is counted, under which name and 口径, in Python and once more in SQL.

Totals, groups by unit and leader, run.json, the sheets of 汇总台账, placeholders of papers, the sentences of totals, the
gate and docs/数字.md are derived from it: a new figure is one entry here, and it is proved wherever it is printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from string import Formatter
from typing import TYPE_CHECKING

from toolkit.figures.printed import Line, Piece, Quoted, Source
from toolkit.ledger.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from toolkit.figures.due_state import DueState
    from toolkit.ledger.entry import Entry
    from toolkit.settings.model import Settings
    from toolkit.settings.sections import Rates, Words

Number = int | Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One item as it is counted: where it stands against its deadline, which of its columns hold a doubtful value.

    A value is doubtful that has a finding at error level, such as 267000 in a column of 万元: it enters no total.
    """

    entry: Entry
    due: DueState
    doubtful: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of the house.

    `code`: its path in run.json; `name`: as sheets and docs call it (`{word}` is the office's word for `status`);
    `unit`: its unit of counting; `rule`: its 口径; `count`: over the items; `sql`: the same as an expression over the
    view ledger_now (`:as_of`, `:soon_days` are its parameters), or, behind `sql_from`, over what that joins to it;
    `placeholder`: its name in papers; `column`: the column whose doubtful values it leaves out ("": none);
    `is_grouped`: whether it is told by unit and by leader; `is_additive`: whether it is a sum over items that only
    the items and the day decide, so that the last period ± changes must give it.
    """

    code: str
    name: str
    unit: str
    rule: str
    placeholder: str
    count: Callable[[Sequence[Counted]], Number]
    sql: str
    sql_from: str = "ledger_now"
    status: Status | None = None
    column: str = ""
    is_grouped: bool = True
    is_additive: bool = True

    def name_in(self, words: Words) -> str:
        """Its name with the office's own word for a status."""
        return self.name.format(word=words.of(self.status)) if self.status else self.name

    def rule_in(self, settings: Settings, as_of: date) -> Line:
        """Its 口径 for an office and a day."""
        said = {
            "as_of": Quoted(as_of.isoformat(), Source.DATE),
            "soon": Quoted(str(settings.lights.soon_days), Source.SETTINGS),
            **_words(settings.words, self.status),
        }
        return tuple(_filled(self.rule, said))


def _words(words: Words, status: Status | None) -> dict[str, Piece]:
    named = {"word": status, "done": Status.DONE, "standing": Status.STANDING}
    return {
        name: Quoted(words.of(of), Source.SETTINGS) for name, of in named.items() if of is not None
    }


def _filled(text: str, said: Mapping[str, Piece]) -> Iterator[Piece]:
    for literal, name, _, _ in Formatter().parse(text):
        if literal:
            yield literal
        if name:
            yield said[name]


def _summed(of: Callable[[Counted], Number | bool | None]) -> Callable[[Sequence[Counted]], Number]:
    """A sum over items; an item without a value adds nothing."""

    def count(items: Sequence[Counted]) -> Number:
        return sum((of(item) or 0 for item in items), 0)

    return count


def _money(items: Sequence[Counted]) -> Decimal:
    return sum(
        (item.entry.item.money or Decimal(0) for item in items if "money" not in item.doubtful),
        Decimal(0),
    )


def _people(item: Counted) -> int:
    return 0 if "people" in item.doubtful else item.entry.item.people or 0


def _distinct(names: Callable[[Counted], Iterable[str]]) -> Callable[[Sequence[Counted]], int]:
    """How many names the items mention, each once."""

    def count(items: Sequence[Counted]) -> int:
        return len({name for item in items for name in names(item)})

    return count


def _has_status(status: Status | None) -> Callable[[Sequence[Counted]], Number]:
    return _summed(lambda counted: counted.entry.item.status is status)


def _of_status(status: Status) -> Figure:
    return Figure(
        code=f"by_status.{status.value}",
        name="{word}",
        unit="个",
        rule="整改状态为“{word}”的问题",
        placeholder=_PLACEHOLDERS[status],
        count=_has_status(status),
        sql=f"sum(coalesce(status, '') = '{status.value}')",
        status=status,
    )


_PLACEHOLDERS = {
    Status.NOT_STARTED: "未启动数",
    Status.IN_PROGRESS: "正在整改数",
    Status.PHASED: "阶段性完成数",
    Status.DONE: "已完成数",
    Status.STANDING: "长期坚持数",
}
_DAYS_LEFT = "julianday(due) - julianday(:as_of)"

FIGURES: tuple[Figure, ...] = (
    Figure(
        code="problems",
        name="问题总数",
        unit="个",
        rule="台账中的全部问题",
        placeholder="问题总数",
        count=len,
        sql="count(*)",
    ),
    *(_of_status(status) for status in Status),
    Figure(
        code="unknown_status",
        name="状态不明",
        unit="个",
        rule="整改状态空白或无法识别的问题",
        placeholder="状态不明数",
        count=_has_status(None),
        sql="sum(status IS NULL)",
    ),
    Figure(
        code="closed",
        name="已销号",
        unit="个",
        rule="整改办已审核同意销号的问题",
        placeholder="已销号数",
        count=_summed(lambda counted: counted.entry.closed),
        sql="sum(closed)",
    ),
    Figure(
        code="overdue",
        name="逾期",
        unit="个",
        rule="截至{as_of}已过整改时限，未销号，且状态不是“{done}”“{standing}”的问题",
        placeholder="逾期数",
        count=_summed(lambda counted: counted.due.overdue),
        sql=f"sum(is_open AND coalesce({_DAYS_LEFT} < 0, 0))",
    ),
    Figure(
        code="due_soon",
        name="临期",
        unit="个",
        rule="{soon}日内到期，未销号，且状态不是“{done}”“{standing}”的问题",
        placeholder="临期数",
        count=_summed(lambda counted: counted.due.due_soon),
        sql=f"sum(is_open AND coalesce({_DAYS_LEFT} BETWEEN 0 AND :soon_days, 0))",
        is_additive=False,  # the window is a setting
    ),
    Figure(
        code="carried",
        name="沿用上期",
        unit="个",
        rule="本期没有报送、沿用上期内容的问题",
        placeholder="沿用上期数",
        count=_summed(lambda counted: counted.entry.carried),
        sql="sum(carried)",
        is_grouped=False,
        is_additive=False,  # of a period, not of an item
    ),
    Figure(
        code="measures",
        name="整改措施",
        unit="条",
        rule="各问题整改措施条数之和",
        placeholder="措施数",
        count=_summed(lambda counted: len(counted.entry.item.measures)),
        sql="sum(json_array_length(measures))",
    ),
    Figure(
        code="regulations",
        name="制度成果",
        unit="项",
        rule="制度名称去重后的数量",
        placeholder="制度数",
        count=_distinct(lambda counted: counted.entry.item.regulations),
        sql="count(DISTINCT json_each.value)",
        sql_from="ledger_now, json_each(ledger_now.regulations)",
        is_additive=False,  # the same name in two items counts once
    ),
    Figure(
        code="money",
        name="涉及金额",
        unit="万元",
        rule="各问题涉及金额之和",
        placeholder="涉及金额",
        count=_money,
        sql="decimal_sum(CASE WHEN instr(doubtful, ',money,') THEN NULL ELSE money END)",
        column="money",
        is_additive=False,  # whether a value is doubtful is a matter of rules
    ),
    Figure(
        code="people",
        name="处理人次",
        unit="人次",
        rule="各问题处理人次之和",
        placeholder="处理人次",
        count=_summed(_people),
        sql="coalesce(sum(CASE WHEN instr(doubtful, ',people,') THEN 0 ELSE people END), 0)",
        column="people",
        is_additive=False,
    ),
)
BY_CODE: Mapping[str, Figure] = {figure.code: figure for figure in FIGURES}


@dataclass(frozen=True, slots=True, kw_only=True)
class RateFigure:
    """A share of two figures.

    `numerator` names, by the settings, the figures whose sum is above the line; `after` is the figure behind which the
    rate is told.
    """

    code: str
    name: str
    placeholder: str
    numerator: Callable[[Rates], tuple[str, ...]]
    denominator: str
    after: str

    def formula(self, settings: Settings) -> str:
        """What is divided by what: `完成率＝已完成问题数（不含阶段性完成）÷问题总数`."""
        above = [_part(BY_CODE[code], settings.words) for code in self.numerator(settings.rates)]
        below = BY_CODE[self.denominator].name
        parts = f"{'与'.join(above)}之和" if len(above) > 1 else above[0]
        return f"{self.name}＝{parts}{self._note(settings)}÷{below}"

    def _note(self, settings: Settings) -> str:
        """What a reader could think counts, and does not."""
        if self.code != "completion_rate" or settings.rates.phased_counts_as_done:
            return ""
        return f"（不含{settings.words.of(Status.PHASED)}）"


def _part(figure: Figure, words: Words) -> str:
    return f"{figure.name_in(words)}问题数"


def _complete(rates: Rates) -> tuple[str, ...]:
    done, phased = f"by_status.{Status.DONE.value}", f"by_status.{Status.PHASED.value}"
    return (done, phased) if rates.phased_counts_as_done else (done,)


RATES: tuple[RateFigure, ...] = (
    RateFigure(
        code="completion_rate",
        name="完成率",
        placeholder="完成率",
        numerator=_complete,
        denominator="problems",
        after="unknown_status",
    ),
    RateFigure(
        code="closing_rate",
        name="销号率",
        placeholder="销号率",
        numerator=lambda _: ("closed",),
        denominator="problems",
        after="closed",
    ),
)
RATE_BY_CODE: Mapping[str, RateFigure] = {rate.code: rate for rate in RATES}


def placeholder_codes() -> dict[str, str]:
    """Placeholder in papers → code of the figure or rate that it prints."""
    figures = {figure.placeholder: figure.code for figure in FIGURES}
    return figures | {rate.placeholder: rate.code for rate in RATES}
