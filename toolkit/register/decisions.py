"""What the office decided, applied to the ledger after the returns. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.ledger.deadlines import Deadline, DeadlineKind
from toolkit.ledger.decision import Decision, Ruling
from toolkit.ledger.finding import Finding
from toolkit.ledger.status import Status
from toolkit.register.change import Change
from toolkit.register.match import CODES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from toolkit.ledger.entry import Entry


@dataclass(frozen=True, slots=True)
class Decided:
    """The ledger after the decisions, what changed, which decisions were followed, and why the others were not."""

    entries: tuple[Entry, ...]
    changes: tuple[Change, ...]
    decisions: tuple[Decision, ...]
    findings: tuple[Finding, ...]


def decide(entries: Sequence[Entry], decisions: Iterable[Decision], past: Sequence[Decision]) -> Decided:
    """Follow each decision that is new and possible; a decision known from `past` is passed over in silence."""
    ledger = {entry.item.id: entry for entry in entries}
    known = {decision.content for decision in past}
    changes: list[Change] = []
    followed: list[Decision] = []
    findings: list[Finding] = []
    for decision in decisions:
        if decision.content in known:
            continue
        entry = ledger.get(decision.id)
        fault = _why_not(entry, decision)
        if entry is None or fault:
            findings.append(_refused(decision, fault))
            continue
        known.add(decision.content)
        followed.append(decision)
        ledger[decision.id] = after = _follow(entry, decision)
        if after.item.deadline != entry.item.deadline:
            changes.append(Change(decision.id, "deadline", after.item.deadline, decision.place))
    return Decided(tuple(ledger.values()), tuple(changes), tuple(followed), tuple(findings))


def _why_not(entry: Entry | None, decision: Decision) -> str:
    if entry is None:
        return f"问题{decision.id}在台账库中找不到"
    if decision.ruling is Ruling.CLOSE and entry.item.status is not Status.DONE:
        return f"问题{decision.id}的整改状态不是“已完成”，不能销号"
    due = entry.item.deadline.due if entry.item.deadline else None
    if decision.until and due and decision.until <= due:
        return f"延期至{decision.until}不晚于现在的时限{due}"
    return ""


def _refused(decision: Decision, why: str) -> Finding:
    return Finding(
        "I109",
        CODES["I109"].severity,
        decision.place,
        f"{why}，审核意见未采用。",
        "请核对后重新填写审核栏。",
        decision.id,
    )


def _follow(entry: Entry, decision: Decision) -> Entry:
    match decision.ruling:
        case Ruling.CLOSE:
            return replace(entry, closed=True, sent_back="")
        case Ruling.SEND_BACK:
            return replace(entry, closed=False, sent_back=decision.opinion)
        case Ruling.EXTEND:
            standing = bool(entry.item.deadline and entry.item.deadline.standing)
            raw = f"{decision.until}，并长期坚持" if standing else f"{decision.until}"
            deadline = Deadline(decision.until, standing, DeadlineKind.FIXED, raw)
            return replace(entry, extended=True, item=replace(entry.item, deadline=deadline))
