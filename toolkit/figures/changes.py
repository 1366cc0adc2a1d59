"""What is new since the last round: cell by cell, and in sentences that say no more than was counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.figures.due_state import standing
from toolkit.figures.rates import completion
from toolkit.ledger.columns import CODES
from toolkit.ledger.dates import chinese_date
from toolkit.ledger.finding import Place
from toolkit.ledger.status import Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from toolkit.figures.rates import Rate
    from toolkit.ledger.entry import Entry
    from toolkit.settings.model import Settings

_NAMED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """One value that is another than in the last round: item, column (code), both values, the cell of the new one."""

    id: str
    column: str
    old: object
    new: object
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """One round against the last one, whose as-of date is `since` (None in the first: nothing to compare with).

    `moves` are the changes of status as (id, before, after; None for a blank status); all other tuples are ids, in the
    order of the ledger. `before` counts the statuses of the last round. Overdue is judged at each round's own date.
    """

    since: date | None
    before: Mapping[Status | None, int]
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


# Before there is a second round there is nothing to compare with.
FIRST = Changes(since=None, before=MappingProxyType({}), completion_before=None)


def changes(
    before: Sequence[Entry],
    after: Sequence[Entry],
    places: Mapping[tuple[str, str], Place],
    settings: Settings,
    dates: tuple[date | None, date],
) -> Changes:
    """Compare two rounds; `places` tells where a new value stands, `dates` are the as-of dates (last, this)."""
    since, as_of = dates
    if since is None:
        return FIRST
    counted = Counter(entry.item.status for entry in before)
    rate = completion({status: counted[status] for status in Status}, len(before), settings.rates)
    old, new = {entry.item.id: entry for entry in before}, {entry.item.id: entry for entry in after}
    both = [(old[id_], entry) for id_, entry in new.items() if id_ in old]
    late_before = {id_ for id_, entry in old.items() if standing(entry, since, 0).overdue}
    late_now = {id_ for id_, entry in new.items() if standing(entry, as_of, 0).overdue}
    newly_late, no_longer_late = late_now - late_before, late_before - late_now
    return Changes(
        since=since,
        before=counted,
        completion_before=rate,
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


def sentences(news: Changes, settings: Settings, now: Rate) -> tuple[str, ...]:
    """What is new, most important first; each sentence counts problems and names their ids."""
    if news.since is None:
        return ("本期为首期，没有可以比较的上期。",)
    words = settings.words
    said = [
        _counted(f"新增{words.of(status)}", news.became(status))
        for status in (Status.DONE, Status.PHASED, Status.STANDING, Status.IN_PROGRESS)
    ]
    said += [
        _counted(f"原{words.of(Status.DONE)}改为其他状态", news.left(Status.DONE)),
        _counted("新增逾期", news.overdue),
        _counted("不再逾期", news.no_longer_overdue),
        _counted("销号", news.closed),
        _counted("销号后重新整改", news.reopened),
        _counted("同意延期", news.extended),
        _counted("增加问题", news.added),
        _counted("拆分、并入后不再单列", news.withdrawn),
        _counted("更新进展情况", news.updated),
    ]
    said = [text for text in said if text] or ["没有变化"]
    rate = news.completion_before
    if rate and rate.text != now.text:
        said.append(f"完成率由{rate.text}变为{now.text}")
    first, *rest = said
    return (
        f"与上期（截至{chinese_date(news.since)}）相比，{first}。",
        *(f"{text}。" for text in rest),
    )


def _counted(what: str, ids: Sequence[str]) -> str:
    if not ids:
        return ""
    more = "等" if len(ids) > _NAMED else ""
    return f"{what}{len(ids)}个（{'、'.join(ids[:_NAMED])}{more}）"


def unbalanced(
    news: Changes,
    by_status: Mapping[Status, int],
    unknown: int,
    statuses: Mapping[str, Status | None],
) -> tuple[str, ...]:
    """Where the last round, plus and minus what changed, is not this round; `statuses` are those of added and withdrawn items."""
    faults = []
    for status, count in (*by_status.items(), (None, unknown)):
        gained = sum(after is status for _, _, after in news.moves) + sum(
            statuses[id_] is status for id_ in news.added
        )
        lost = sum(before is status for _, before, _ in news.moves) + sum(
            statuses[id_] is status for id_ in news.withdrawn
        )
        if news.since is not None and news.before.get(status, 0) + gained - lost != count:
            name = status.value if status else "状态不明"
            faults.append(
                f"{name}上期{news.before.get(status, 0)}，增{gained}减{lost}，本期却为{count}"
            )
    return tuple(faults)
