"""A year of weekly rounds, and what an office would expect of it, kept here a second time and in the plainest way."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from toolkit.ledger.deadlines import Deadline, DeadlineKind
from toolkit.ledger.decision import Decision, Ruling
from toolkit.ledger.finding import Place
from toolkit.ledger.item import Item
from toolkit.ledger.status import Status

START = dt.date(2026, 1, 2)
OPEN = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.PHASED)


def ledger(items: int, units: Sequence[str]) -> list[Item]:
    """The baseline: every item of one unit, every third with a co-operating unit."""
    return [
        Item(
            id=f"{n // 10 + 1}-{n % 10 + 1}", main_problem="主要问题。", sub_problem=f"分项问题{n // 10 + 1}。",
            problem=f"第{n}个具体问题，涉及第{n * 7919 % 9973}号事项", measures=("修订办法。",), lead_leader="张三丰",
            lead_unit=units[n % len(units)], co_units=(units[(n + 1) % len(units)],) if n % 3 == 0 else (), owner="李四",
            kind="限期整改", deadline=due(START + dt.timedelta(weeks=8 + n % 40)), status=Status.NOT_STARTED,
        )
        for n in range(items)
    ]  # fmt: skip


def due(day: dt.date) -> Deadline:
    return Deadline(day, standing=False, kind=DeadlineKind.FIXED, raw=day.isoformat())


def due_of(item: Item) -> dt.date:
    """The due date; long ago for what fell back and waits for a new one."""
    return item.deadline.due if item.deadline and item.deadline.due else dt.date(2026, 1, 1)


@dataclass
class Return:
    """One file of a unit: the day it says it was filled in, and what it says of each item."""

    unit: str
    file: str
    on: dt.date
    items: list[Item]
    twice_of: str = ""


@dataclass
class Week:
    """What lies in the inbox at the end of a week, and what the office has decided."""

    day: dt.date
    returns: list[Return] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)


@dataclass
class Expected:
    """What the office knows: the items, which are closed, what co-operating units said."""

    items: dict[str, Item]
    closed: set[str] = field(default_factory=set)
    extensions: dict[str, int] = field(default_factory=dict)
    answers: dict[tuple[str, str], tuple[Status | None, str]] = field(default_factory=dict)
    seen: set[tuple[object, ...]] = field(default_factory=set)
    reported: dict[str, dt.date] = field(default_factory=dict)
    followed: int = 0

    def live(self, week: Week) -> None:
        """The week as the rules of the house say it must go."""
        came: list[Return] = []
        for one in week.returns:
            key = self.key(one)
            if key in self.seen:
                continue
            self.seen.add(key)
            if one.on < self.reported.get(one.unit, one.on):
                continue  # filled in before what the unit has already reported
            came.append(one)
        before = dict(self.items)
        own: dict[tuple[str, str], Item] = {}
        for one in sorted(came, key=lambda one: one.on):
            self.reported[one.unit] = one.on
            for said in one.items:
                if self.items[said.id].lead_unit == one.unit:
                    earlier = own.get((one.unit, said.id), said)
                    own[one.unit, said.id] = self.joined(earlier, said)
                else:
                    self.take(one.unit, said, before[said.id])
        for (unit, id_), said in own.items():
            self.take(unit, said, before[id_])
        for decision in week.decisions:
            self.decide(decision)

    @staticmethod
    def joined(earlier: Item, said: Item) -> Item:
        """Two files of one week about an item: the newer one's word stands, what it leaves blank is the older one's."""
        blank = [
            code
            for code in ("progress", "status", "completed_on")
            if getattr(said, code) in (None, "")
        ]
        if said.status is not None and said.status is not earlier.status:
            blank = [code for code in blank if code != "completed_on"]
        return replace(said, **{code: getattr(earlier, code) for code in blank})

    @staticmethod
    def key(one: Return) -> tuple[str, dt.date, tuple[Item, ...]]:
        return (one.unit, one.on, tuple(one.items))

    def take(self, unit: str, said: Item, before: Item) -> None:
        known = self.items[said.id]
        if known.lead_unit == unit:
            if said.id not in self.closed:
                news = {
                    code: value
                    for code in ("progress", "status", "completed_on")
                    if (value := getattr(said, code)) not in (None, "")
                }
                self.items[said.id] = replace(known, **news)
        elif unit in known.co_units and any(
            getattr(said, code) not in (None, "", getattr(before, code))
            for code in ("progress", "status", "completed_on")
        ):
            self.answers[said.id, unit] = (said.status, said.progress)

    def decide(self, decision: Decision) -> None:
        item = self.items[decision.id]
        closed = decision.id in self.closed
        match decision.ruling:
            case Ruling.CLOSE if item.status is Status.DONE:
                self.closed.add(decision.id)
            case Ruling.REOPEN if closed:
                self.closed.discard(decision.id)
                self.items[decision.id] = replace(item, status=Status.IN_PROGRESS, deadline=None)
            case Ruling.EXTEND if not closed and decision.until and decision.until > due_of(item):
                self.items[decision.id] = replace(item, deadline=due(decision.until))
                self.extensions[decision.id] = self.extensions.get(decision.id, 0) + 1
            case Ruling.SEND_BACK:
                self.closed.discard(decision.id)
            case _:
                return
        self.followed += 1


class Year:
    """Weeks made by chance; the same seed makes the same weeks."""

    def __init__(self, items: int, units: int, seed: int) -> None:
        self.units = [f"第{number}局" for number in range(1, units + 1)]
        self.ledger = ledger(items, self.units)
        self.expected = Expected({item.id: item for item in self.ledger})
        self._chance = random.Random(seed)  # noqa: S311 - no secret
        self._sent: list[Return] = []

    def weeks(self, number: int) -> Iterator[Week]:
        """Week after week; what is expected is known after each was taken."""
        for n in range(1, number + 1):
            week = Week(START + dt.timedelta(weeks=n))
            for unit in self.units:
                week.returns += self._returns(unit, week.day, n)
            week.decisions = [
                self._decision(item, week.day) for item in self._some(self.ledger, 0.08)
            ]
            yield week

    def _some(self, of: list[Item], share: float) -> list[Item]:
        return [one for one in of if self._chance.random() < share]

    def _returns(self, unit: str, day: dt.date, n: int) -> list[Return]:
        """None this week, one, corrected in the same week, an old file once more, or one that was long on its way."""
        kind = self._chance.choices(("none", "one", "corrected", "again", "late"), (2, 5, 2, 1, 1))[
            0
        ]
        own = [item for item in self.ledger if unit == item.lead_unit or unit in item.co_units]
        if kind == "none" or (kind == "again" and not self._sent):
            return []
        if kind == "again":
            return [replace(self._chance.choice(self._sent), file=f"再次-{unit}-{n}.xlsx")]
        files = []
        for number in range(2 if kind == "corrected" else 1):
            said = [self._said(item, n, number) for item in self._some(own, 0.5)] or [
                self._said(own[0], n, number)
            ]
            files.append(
                Return(
                    unit,
                    f"{unit}-{n}-{number}.xlsx",
                    day - dt.timedelta(days=(17 if kind == "late" else 3) - number),
                    said,
                )
            )
        self._sent += files
        return files

    def _said(self, item: Item, n: int, number: int) -> Item:
        status = self._chance.choice([*OPEN, Status.DONE, Status.DONE, None])
        return replace(
            item,
            progress=self._chance.choice(
                [f"第{n}周第{number}稿：召开会议{self._chance.randrange(9)}次。", ""]
            ),
            status=status,
            completed_on=START + dt.timedelta(days=self._chance.randrange(300))
            if status is Status.DONE
            else None,
        )

    def _decision(self, item: Item, day: dt.date) -> Decision:
        ruling = self._chance.choice(
            [Ruling.CLOSE, Ruling.CLOSE, Ruling.EXTEND, Ruling.REOPEN, Ruling.SEND_BACK]
        )
        until = (
            due_of(item) + dt.timedelta(days=self._chance.randrange(-10, 200))
            if ruling is Ruling.EXTEND
            else None
        )
        return Decision(
            id=item.id, ruling=ruling, opinion="请核实" if ruling is Ruling.SEND_BACK else "反弹" if ruling is Ruling.REOPEN else "同意",
            basis="会议纪要第3号", by="王主任", on=day - dt.timedelta(days=1), until=until, place=Place("汇总台账.xlsx", "整改台账", "AD4"),
        )  # fmt: skip
