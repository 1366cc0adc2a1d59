"""Set-up: until a unit has reported, the latest full ledger stands; two of one run that contradict each other are asked about."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from toolkit.errors import UsageError
from toolkit.ledger.submission import Role, Verdict
from toolkit.ledger.text import clean
from toolkit.ledger.units import Unit, are_alike, with_twins
from toolkit.register.index import lowest, normal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.ledger.submission import Submission
    from toolkit.settings.model import Settings

_LISTED = 5


def latest_ledgers(
    submissions: Sequence[Submission], runs: Mapping[str, int]
) -> tuple[Submission, ...]:
    """The inputs of a first period, with every full ledger that a later one takes the place of set aside.

    `runs` tells by name which run took a file. Ledgers without a number in common are parallel lists, and all stand.
    Once a unit has reported nothing is set aside: what it reported on must stay. Raises UsageError where two ledgers of
    one run have the same numbers for different problems.
    """
    submissions = _with_ledger(submissions)
    if any(_is(given, Role.RETURN) and given.rows for given in submissions):
        return tuple(submissions)
    ledgers = [given for given in submissions if _is(given, Role.BASELINE)]
    after: dict[int, Submission] = {}
    for first, second in combinations(ledgers, 2):
        if not _ids(first) & _ids(second):
            continue
        earlier, later = sorted((first, second), key=lambda given: _run_of(given, runs))
        if _run_of(earlier, runs) < _run_of(later, runs):
            after[id(earlier)] = later
        elif clash := _contradictions(first, second):
            raise UsageError(_which(first, second, clash))
    return tuple(
        _set_aside(given, after[id(given)]) if id(given) in after else given
        for given in submissions
    )


def _with_ledger(submissions: Sequence[Submission]) -> Sequence[Submission]:
    """The one table that nobody in particular has sent is the ledger, however few units it has.

    One that names its unit is a report; of several that name none nobody knows which is the ledger.
    """
    nobodys = [given for given in submissions if _is(given, Role.RETURN) and given.rows]
    has_ledger = any(_is(given, Role.BASELINE) for given in submissions)
    if has_ledger or len(nobodys) != 1 or nobodys[0].unit:
        return submissions
    return [_as_ledger(given) if given is nobodys[0] else given for given in submissions]


def _as_ledger(given: Submission) -> Submission:
    """A ledger has no reporting unit that could be asked for."""
    findings = tuple(found for found in given.findings if found.rule != "X301")
    return replace(given, role=Role.BASELINE, findings=findings)


def with_answers(settings: Settings, submissions: Sequence[Submission]) -> Settings:
    """The settings with the units that a set-up sheet says are one made one."""
    twins = [pair for given in submissions for pair in given.twins]
    return settings.with_units(with_twins(settings.units, twins)) if twins else settings


def with_new_units(
    settings: Settings, submissions: Sequence[Submission], learned: frozenset[str]
) -> Settings:
    """The settings with the units that only a better ledger has, where the list came from an earlier one.

    `learned` are the names that were taken from it. A list that the office has typed itself stays as it is; a name that
    may be one of the list in other words is asked about, never added.
    """
    names = [unit.name for unit in settings.units]
    if not names or not learned.issuperset(names):
        return settings
    unread = (
        clean(row.unreadable["lead_unit"].raw)
        for given in submissions
        if _is(given, Role.BASELINE)
        for row in given.rows
        if "lead_unit" in row.unreadable
    )
    fresh = [
        name
        for name in dict.fromkeys(unread)
        if name and not any(are_alike(name, other) for other in names)
    ]
    return settings.with_units((*settings.units, *(Unit(name=name) for name in fresh)))


def _run_of(given: Submission, runs: Mapping[str, int]) -> int:
    """The run that took a file, or the archive that it lay in."""
    return runs.get(given.file) or runs.get(given.file.partition("/")[0], 0)


def _is(given: Submission, role: Role) -> bool:
    return given.verdict is Verdict.ACCEPTED and given.role is role


def _ids(given: Submission) -> set[str]:
    return {row.item.id for row in given.rows} - {""}


def _contradictions(first: Submission, second: Submission) -> list[str]:
    """The numbers that stand for different problems in two ledgers."""
    texts = [{row.item.id: normal(lowest(row)) for row in given.rows} for given in (first, second)]
    return [id_ for id_, text in texts[0].items() if texts[1].get(id_, text) != text]


def _which(first: Submission, second: Submission, clash: Sequence[str]) -> str:
    listed = "、".join(clash[:_LISTED]) + ("等" if len(clash) > _LISTED else "")
    return (
        f"inbox里有两份完整的台账“{first.file}”“{second.file}”，同一编号写的不是同一个问题（{listed}），没有建账；"
        "请只留下正确的一份再运行。两份是并列清单的，请把编号改为互不相同。"
    )


def _set_aside(given: Submission, later: Submission) -> Submission:
    reason = f"被后放入的台账“{later.file}”替代，已按后者重新建账"
    return replace(given, verdict=Verdict.SUPERSEDED, reason=reason, rows=(), findings=())
