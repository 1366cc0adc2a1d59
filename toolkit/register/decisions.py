"""What the office decided, applied to the ledger after the returns. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from toolkit.ledger.columns import BY_CODE, COLUMNS, Filler
from toolkit.ledger.deadlines import Deadline, DeadlineKind
from toolkit.ledger.decision import ON, Decision, Ruling, Unfollowed
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import Finding
from toolkit.ledger.status import Status
from toolkit.register.change import Change
from toolkit.register.codes import CODES, finding

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from toolkit.ledger.item import Item
    from toolkit.ledger.submission import Row


@dataclass(slots=True)
class Decided:
    """The ledger after the decisions, by id, what changed, which decisions were followed, and why the others were not."""

    ledger: dict[str, Entry]
    changes: list[Change] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unfollowed: list[Unfollowed] = field(default_factory=list)


def decide(
    ledger: Mapping[str, Entry],
    decisions: Iterable[Decision],
    past: Sequence[Decision],
    new_rows: Mapping[str, Row],
    amended: Sequence[Decision] = (),
) -> Decided:
    """Follow each decision that is new and possible; a decision known from `past` is passed over in silence.

    `new_rows` are rows of the office about items that nobody knows: parts of a split, or problems that it adds;
    `amended` are the amendments that have already been carried out.
    """
    decided = Decided(dict(ledger), decisions=list(amended))
    known = {decision.content for decision in past}
    signed = {decision.id for decision in amended}
    unclaimed = dict(new_rows)
    extensions = Counter(decision.id for decision in past if decision.ruling is Ruling.EXTEND)
    acts: set[tuple[object, ...]] = set()
    asked_of = sorted(decisions, key=lambda decision: decision.on)
    disputed = _disputed(asked_of, known)
    for decision in asked_of:
        is_add = decision.ruling is Ruling.AMEND and decision.id in unclaimed
        asked = replace(decision, ruling=Ruling.ADD) if is_add else decision
        act = (asked.id, asked.ruling, asked.until, asked.by, asked.on)
        if asked.ruling in _EXCLUSIVE and act in acts:
            continue  # in the review sheet and in the consolidated workbook
        acts.add(act)
        if asked.content in known or (asked.ruling is Ruling.AMEND and asked.id in signed):
            continue
        others = disputed.get(decision.id, ())
        if others:
            decided.findings.append(_contradicted(asked, others))
            decided.unfollowed.append(_left(asked, "几位审核人的意见不一致"))
            continue
        fault = _why_not(decided.ledger, asked, unclaimed)
        if fault:
            decided.findings.append(_refused(asked, fault))
            decided.unfollowed.append(_left(asked, fault))
            continue
        followed = _counted(decided.ledger, asked, extensions)
        known.add(asked.content)
        decided.decisions.append(followed)
        _follow(decided, followed, unclaimed)
    decided.findings += [_nobody_knows(row) for row in unclaimed.values()]
    return decided


# Rulings of which only one can hold of an item at a time.
_EXCLUSIVE = frozenset({Ruling.CLOSE, Ruling.SEND_BACK, Ruling.EXTEND, Ruling.REOPEN})


def _disputed(
    decisions: Sequence[Decision], known: Container[tuple[object, ...]]
) -> dict[str, tuple[Decision, ...]]:
    """The new decisions about items on which people disagree; of one person's own the latest stands, which is no dispute."""
    by_item: dict[str, list[Decision]] = {}
    for decision in decisions:
        if decision.ruling in _EXCLUSIVE and decision.content not in known:
            by_item.setdefault(decision.id, []).append(decision)
    return {
        id_: tuple(each)
        for id_, each in by_item.items()
        if len({(one.ruling, one.until) for one in each}) > 1 and not _is_a_change_of_mind(each)
    }


def _is_a_change_of_mind(decisions: Sequence[Decision]) -> bool:
    """Whether one person decided otherwise on a later day."""
    return len({one.by for one in decisions}) == 1 and len({one.on for one in decisions}) == len(
        {(one.ruling, one.until) for one in decisions}
    )


def _contradicted(decision: Decision, all_of_them: Sequence[Decision]) -> Finding:
    said = "；".join(dict.fromkeys(f"{one.by}（{one.on}）{_wording(one)}" for one in all_of_them))
    return Finding(
        "I118",
        CODES["I118"].severity,
        decision.place,
        f"问题{decision.id}的审核意见不一致：{said}，都未采用。",
        "请审核人商定后，在最新的汇总台账或审核单中只填写一种意见。",
        decision.id,
    )


def _wording(decision: Decision) -> str:
    if decision.ruling is Ruling.EXTEND:
        return f"延期至{decision.until}"
    return decision.ruling.word


def _left(decision: Decision, why: str) -> Unfollowed:
    """A decision that cannot be carried out: it needs a new date before it is looked at again."""
    cells = tuple((name, text) for name, text in decision.cells if name != ON)
    return Unfollowed(decision.id, decision.place, cells, why)


def _why_not(ledger: Mapping[str, Entry], decision: Decision, new_rows: Mapping[str, Row]) -> str:
    entry = ledger.get(decision.id)
    match decision.ruling:
        case Ruling.ADD:
            item = new_rows[decision.id].item
            return (
                ""
                if item.problem or item.sub_problem
                else f"新增的问题{decision.id}没有写明问题内容"
            )
        case _ if entry is None:
            return f"问题{decision.id}在台账库中找不到"
        case Ruling.EXTEND:
            return _why_no_extension(entry, decision)
        case Ruling.SPLIT:
            return _why_no_split(ledger, decision, new_rows)
        case Ruling.JOIN:
            return _why_no_join(ledger, decision)
        case Ruling.CLOSE if entry.item.status is not Status.DONE:
            return f"问题{decision.id}的整改状态不是“{{DONE}}”，不能销号"
        case Ruling.REOPEN | Ruling.LOOK_BACK if not entry.closed:
            return f"问题{decision.id}没有销号，不能作“回头看”的结论"
        case Ruling.AMEND:
            return f"问题{decision.id}填了审核人和依据，但没有作出决定，也没有更改内容"
    return ""


def _why_no_extension(entry: Entry, decision: Decision) -> str:
    due = entry.item.deadline.due if entry.item.deadline else None
    if entry.closed:
        return f"问题{decision.id}已销号，不需要延期"
    if decision.until and due and decision.until <= due:
        return f"延期至{decision.until}不晚于现在的时限{due}"
    return ""


def _why_no_join(ledger: Mapping[str, Entry], decision: Decision) -> str:
    if len(decision.others) != 1 or decision.others == (decision.id,):
        return f"问题{decision.id}只能并入另外一个问题"
    (target,) = decision.others
    return "" if target in ledger else f"要并入的问题{target}在台账库中找不到"


def _why_no_split(
    ledger: Mapping[str, Entry], decision: Decision, new_rows: Mapping[str, Row]
) -> str:
    if len(decision.others) < 2:
        return f"问题{decision.id}拆分后应有两个以上的问题编号"
    taken = [id_ for id_ in decision.others if id_ in ledger]
    if taken:
        return f"拆分后的编号{'、'.join(taken)}已被使用"
    lacking = [id_ for id_ in decision.others if id_ not in new_rows]
    return f"拆分后的问题{'、'.join(lacking)}在表中没有对应的行" if lacking else ""


def _refused(decision: Decision, why: str) -> Finding:
    return Finding(
        "I109",
        CODES["I109"].severity,
        decision.place,
        f"{why}，审核意见未采用。",
        "请核对后重新填写审核栏。",
        decision.id,
    )


def _nobody_knows(row: Row) -> Finding:
    message = f"问题{row.item.id}在台账库中找不到，该行未采用。"
    fix = "新增问题请在同一行填写依据、审核人、审核日期；拆分的请在原问题的审核意见中写明“拆分为”各编号。"
    return finding("I113", row, "id", message, fix)


def _counted(ledger: Mapping[str, Entry], decision: Decision, extensions: Counter[str]) -> Decision:
    """An extension with what it moves, and how many of the item there are with it."""
    if decision.ruling is not Ruling.EXTEND:
        return decision
    extensions[decision.id] += 1
    deadline = ledger[decision.id].item.deadline
    return replace(decision, was=deadline.raw if deadline else "", nth=extensions[decision.id])


def _follow(decided: Decided, decision: Decision, new_rows: dict[str, Row]) -> None:
    entry = decided.ledger.get(decision.id)
    match decision.ruling:
        case Ruling.ADD:
            _add(decided, decision, new_rows.pop(decision.id), None)
        case Ruling.SPLIT if entry:
            for id_ in decision.others:
                _add(decided, decision, new_rows.pop(id_), entry)
            del decided.ledger[decision.id]
        case Ruling.JOIN if entry:
            (target,) = decision.others
            del decided.ledger[decision.id]
            into = decided.ledger[target]
            decided.ledger[target] = replace(into, joined=(*into.joined, decision.id))
        case _ if entry:
            _change(decided, decision, entry, _after(entry, decision))


def _after(entry: Entry, decision: Decision) -> Entry:
    """An item after a decision about it alone."""
    match decision.ruling:
        case Ruling.CLOSE:
            return replace(entry, closed=True, sent_back="")
        case Ruling.SEND_BACK:
            return replace(entry, closed=False, sent_back=decision.opinion)
        case Ruling.REOPEN:
            return _reopened(entry, decision)
        case Ruling.EXTEND:
            standing = bool(entry.item.deadline and entry.item.deadline.standing)
            raw = f"{decision.until}，并长期坚持" if standing else f"{decision.until}"
            deadline = Deadline(decision.until, standing, DeadlineKind.FIXED, raw)
            return replace(entry, extended=True, item=replace(entry.item, deadline=deadline))
    return entry


def _reopened(entry: Entry, decision: Decision) -> Entry:
    """An item that fell back: it counts by a new deadline, given with the decision or asked for, never by the old one."""
    until = decision.until
    deadline = (
        Deadline(until, standing=False, kind=DeadlineKind.FIXED, raw=f"{until}") if until else None
    )
    item = replace(entry.item, status=Status.IN_PROGRESS, deadline=deadline)
    return replace(entry, closed=False, item=item)


def _change(decided: Decided, decision: Decision, before: Entry, after: Entry) -> None:
    decided.ledger[decision.id] = after
    for code in ("deadline", "status"):
        value = getattr(after.item, code)
        if value != getattr(before.item, code):
            decided.changes.append(Change(decision.id, code, value, decision.place))


# What a part of a split has from the whole where its own row leaves it blank.
_INHERITED = tuple(
    column.code
    for column in COLUMNS
    if column.filled_by is Filler.OFFICE and column.code not in ("id", "problem")
)


def _add(decided: Decided, decision: Decision, row: Row, parent: Entry | None) -> None:
    """A new item from a row of the office, placed after the item that it was split from."""
    item: Item = row.item
    if parent:
        missing: dict[str, Any] = {
            code: getattr(parent.item, code) for code in _INHERITED if code not in row.typed
        }
        item = replace(item, **missing)
    fresh = Entry(item=item, origin=row.origin, parent=parent.item.id if parent else "")
    decided.ledger = _inserted(decided.ledger, fresh, after=parent.item.id if parent else "")
    for code in BY_CODE:
        place = row.place(code) if code in row.typed else decision.place
        decided.changes.append(Change(item.id, code, getattr(item, code), place))


def _inserted(ledger: dict[str, Entry], fresh: Entry, *, after: str) -> dict[str, Entry]:
    """The ledger with a new entry behind the parts that an item already has, or at the end."""
    entries = list(ledger.values())
    siblings = [
        n
        for n, entry in enumerate(entries)
        if entry.item.id == after or (after and entry.parent == after)
    ]
    place = siblings[-1] + 1 if siblings else len(entries)
    entries.insert(place, fresh)
    return {entry.item.id: entry for entry in entries}
