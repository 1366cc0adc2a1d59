"""What is new since the last period: cell by cell, and in sentences that say no more than was counted."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.figures.counts import counted, number_text, totals
from toolkit.figures.due_state import due_state
from toolkit.figures.printed import Line, Printed, Quoted, Ref, Source
from toolkit.figures.table import FIGURES
from toolkit.ledger.columns import CODES
from toolkit.ledger.dates import chinese_date
from toolkit.ledger.finding import Place
from toolkit.ledger.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from toolkit.figures.rates import Rate
    from toolkit.figures.table import Counted, Number
    from toolkit.ledger.entry import Entry
    from toolkit.settings.model import Settings
    from toolkit.settings.sections import Words

_NAMED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """One value that is another than in the last period: item, column (code), both values, the cell of the new one."""

    id: str
    column: str
    old: object
    new: object
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """One period against the last one, whose as-of date is `since` (None in the first: nothing to compare with).

    `moves` are the changes of status as (id, before, after; None for a blank status); all other tuples are ids, in the
    order of the ledger. `before` are the figures of the last period that are sums over items, by code. Overdue is
    judged at each period's own date.
    """

    since: date | None
    before: Mapping[str, Number]
    completion_before: Rate | None
    cells: tuple[CellChange, ...] = ()
    moves: tuple[tuple[str, Status | None, Status | None], ...] = ()
    added: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    overdue: tuple[str, ...] = ()
    no_longer_overdue: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    reopened: tuple[str, ...] = ()
    extended: tuple[str, ...] = ()

    def became(self, status: Status) -> tuple[str, ...]:
        """The items that have newly reached this status."""
        return tuple(id_ for id_, _, after in self.moves if after is status)

    def left(self, status: Status) -> tuple[str, ...]:
        """The items that had this status and have it no more."""
        return tuple(id_ for id_, before, _ in self.moves if before is status)

    @property
    def updated(self) -> tuple[str, ...]:
        """The items with a new text of progress."""
        return tuple(cell.id for cell in self.cells if cell.column == "progress")

    @property
    def touched(self) -> frozenset[str]:
        """Every item of which something is new."""
        lists = (
            self.added, self.withdrawn, self.overdue, self.no_longer_overdue, self.closed, self.reopened,
        )  # fmt: skip
        return frozenset(
            [cell.id for cell in self.cells] + [id_ for listed in lists for id_ in listed]
        )


# Before there is a second period there is nothing to compare with.
FIRST = Changes(since=None, before=MappingProxyType({}), completion_before=None)


def changes(
    before: Sequence[Entry],
    after: Sequence[Entry],
    places: Mapping[tuple[str, str], Place],
    settings: Settings,
    dates: tuple[date | None, date],
) -> Changes:
    """Compare two periods; `places` tells where a new value stands, `dates` are the as-of dates (last, this)."""
    since, as_of = dates
    if since is None:
        return FIRST
    last = totals(counted(before, settings, since), settings)
    old, new = {entry.item.id: entry for entry in before}, {entry.item.id: entry for entry in after}
    both = [(old[id_], entry) for id_, entry in new.items() if id_ in old]
    late_before = {id_ for id_, entry in old.items() if due_state(entry, since, 0).overdue}
    late_now = {id_ for id_, entry in new.items() if due_state(entry, as_of, 0).overdue}
    newly_late, no_longer_late = late_now - late_before, late_before - late_now
    return Changes(
        since=since,
        before={figure.code: last[figure.code] for figure in FIGURES if figure.is_additive},
        completion_before=last.completion,
        cells=tuple(cell for pair in both for cell in _cells(*pair, places)),
        moves=tuple(
            (b.item.id, a.item.status, b.item.status)
            for a, b in both
            if a.item.status is not b.item.status
        ),
        added=tuple(id_ for id_ in new if id_ not in old),
        withdrawn=tuple(id_ for id_ in old if id_ not in new),
        overdue=tuple(id_ for id_ in new if id_ in newly_late),
        no_longer_overdue=tuple(id_ for id_ in new if id_ in no_longer_late),
        closed=tuple(b.item.id for a, b in both if b.closed and not a.closed),
        reopened=tuple(b.item.id for a, b in both if a.closed and not b.closed),
        extended=tuple(
            b.item.id for a, b in both if b.extended and b.item.deadline != a.item.deadline
        ),
    )


def _cells(
    before: Entry, after: Entry, places: Mapping[tuple[str, str], Place]
) -> list[CellChange]:
    id_ = after.item.id
    return [
        CellChange(
            id=id_,
            column=code,
            old=old,
            new=new,
            place=places.get((id_, code), Place(after.origin.file, after.origin.sheet)),
        )
        for code in CODES
        if (old := getattr(before.item, code)) != (new := getattr(after.item, code))
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One kind of change that sentences tell.

    `sql` counts the same a second time over `b` and `n`: an item as ledger_before and as ledger_now have it (`b` or `n`
    is NULL where it is only in the other); `:since` and `:as_of` are the days of both.
    """

    code: str
    phrase: Callable[[Words], str]
    ids: Callable[[Changes], Sequence[str]]
    sql: str

    @property
    def ref(self) -> Ref:
        """What the printed number stands for."""
        return Ref(f"changes.{self.code}")


def _became(status: Status) -> News:
    return News(
        code=f"became.{status.value}",
        phrase=lambda words: f"新增{words.of(status)}",
        ids=lambda news: news.became(status),
        sql=f"n.item_id IS NOT NULL AND b.item_id IS NOT NULL AND n.status = '{status.value}'"
        f" AND b.status IS NOT '{status.value}'",
    )


_BOTH = "b.item_id IS NOT NULL AND n.item_id IS NOT NULL"
_LATE_NOW = "coalesce(n.is_open AND n.due < :as_of, 0)"
_LATE_BEFORE = "coalesce(b.is_open AND b.due < :since, 0)"

NEWS: tuple[News, ...] = (
    *(
        _became(status)
        for status in (Status.DONE, Status.PHASED, Status.STANDING, Status.IN_PROGRESS)
    ),
    News(
        code="left.done",
        phrase=lambda words: f"原{words.of(Status.DONE)}改为其他状态",
        ids=lambda news: news.left(Status.DONE),
        sql=f"{_BOTH} AND b.status = 'done' AND n.status IS NOT 'done'",
    ),
    News(
        code="overdue",
        phrase=lambda _: "新增逾期",
        ids=lambda news: news.overdue,
        sql=f"n.item_id IS NOT NULL AND {_LATE_NOW} AND NOT {_LATE_BEFORE}",
    ),
    News(
        code="no_longer_overdue",
        phrase=lambda _: "不再逾期",
        ids=lambda news: news.no_longer_overdue,
        sql=f"n.item_id IS NOT NULL AND {_LATE_BEFORE} AND NOT {_LATE_NOW}",
    ),
    News(
        code="closed",
        phrase=lambda _: "销号",
        ids=lambda news: news.closed,
        sql=f"{_BOTH} AND n.closed AND NOT b.closed",
    ),
    News(
        code="reopened",
        phrase=lambda _: "销号后重新整改",
        ids=lambda news: news.reopened,
        sql=f"{_BOTH} AND b.closed AND NOT n.closed",
    ),
    News(
        code="extended",
        phrase=lambda _: "同意延期",
        ids=lambda news: news.extended,
        sql=f"{_BOTH} AND n.extended AND n.deadline IS NOT b.deadline",
    ),
    News(
        code="added",
        phrase=lambda _: "增加问题",
        ids=lambda news: news.added,
        sql="b.item_id IS NULL",
    ),
    News(
        code="withdrawn",
        phrase=lambda _: "拆分、并入后不再单列",
        ids=lambda news: news.withdrawn,
        sql="n.item_id IS NULL",
    ),
    News(
        code="updated",
        phrase=lambda _: "更新进展情况",
        ids=lambda news: news.updated,
        sql=f"{_BOTH} AND n.progress IS NOT b.progress",
    ),
)
# The completion rate of the last period, as sentences print it.
RATE_BEFORE = Ref("changes.completion_before")
# What the sentences can print, for papers to declare.
CHANGE_CODES = (*(kind.ref.code for kind in NEWS), RATE_BEFORE.code, "completion_rate")


def sentences(news: Changes, settings: Settings, now: Rate) -> tuple[Line, ...]:
    """What is new, most important first; each sentence counts problems and names their ids."""
    if news.since is None:
        return (("本期为首期，没有可以比较的上期。",),)
    parts = [_counted(kind, ids, settings.words) for kind in NEWS if (ids := kind.ids(news))] or [
        ("没有变化",)
    ]
    before = news.completion_before
    if before and before.text != now.text:
        was, is_ = Printed(before.text, RATE_BEFORE), Printed(now.text, Ref("completion_rate"))
        parts.append(("完成率由", was, "变为", is_))
    first, *rest = parts
    since = Quoted(chinese_date(news.since), Source.DATE)
    return (
        ("与上期（截至", since, "）相比，", *first, "。"),
        *((*part, "。") for part in rest),
    )


def _counted(kind: News, ids: Sequence[str], words: Words) -> Line:
    more = "等" if len(ids) > _NAMED else ""
    return (
        Quoted(kind.phrase(words), Source.SETTINGS),
        Printed(str(len(ids)), kind.ref),
        "个（",
        Quoted("、".join(ids[:_NAMED]), Source.LABEL),
        f"{more}）",
    )


def unbalanced(
    news: Changes,
    entries: tuple[Sequence[Entry], Sequence[Entry]],
    now: Mapping[str, Number],
    settings: Settings,
    as_of: date,
) -> tuple[str, ...]:
    """Where the last period, plus and minus what changed, is not this period.

    `entries` are the ledgers of both; every figure that is a sum over items is held so: what the items that changed
    counted before is taken from the last period's figure, what they count now is added.
    """
    if news.since is None:
        return ()
    before, after = (
        totals(_touched(ledger, news, settings, day), settings)
        for ledger, day in zip(entries, (news.since, as_of), strict=True)
    )
    faults = []
    for figure in FIGURES:
        code = figure.code
        if not figure.is_additive:
            continue
        expected = news.before[code] - before[code] + after[code]
        if expected != now[code]:
            name = figure.name_in(settings.words)
            was, gained, lost = (
                number_text(number) for number in (news.before[code], after[code], before[code])
            )
            faults.append(
                f"{name}上期{was}，变动的问题上期计{lost}、本期计{gained}，"
                f"应为{number_text(expected)}，本期却为{number_text(now[code])}"
            )
    return tuple(faults)


def _touched(
    entries: Sequence[Entry], news: Changes, settings: Settings, day: date
) -> Sequence[Counted]:
    ids = news.touched
    return counted([entry for entry in entries if entry.item.id in ids], settings, day)
