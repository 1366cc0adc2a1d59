"""Every number that a paper, a workbook or run.json prints, computed once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from toolkit.figures.due_state import DueState, standing
from toolkit.figures.quality import Quality, quality
from toolkit.figures.rates import Rate, completion
from toolkit.ledger.finding import Finding, Severity
from toolkit.ledger.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from toolkit.ledger.entry import Entry
    from toolkit.settings.model import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFigures:
    """The figures of one unit or one leader; `name` is "" where the ledger names nobody; only units have a quality."""

    name: str
    problems: int
    by_status: Mapping[Status, int]
    unknown_status: int
    completion: Rate
    overdue: int
    due_soon: int
    quality: Quality | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of one round; each is a count with its unit of counting.

    problems 个问题 · by_status 个问题 (every status, also those with none) · unknown_status 个问题 whose status is
    blank or unreadable · measures 条措施 · regulations 项制度 (the same name counts once) · money 万元 · people 人次.
    problems = sum of by_status + unknown_status.
    """

    problems: int
    by_status: Mapping[Status, int]
    unknown_status: int
    completion: Rate
    overdue: int
    due_soon: int
    carried: int
    measures: int
    regulations: int
    money: Decimal
    people: int
    units: tuple[GroupFigures, ...]
    leaders: tuple[GroupFigures, ...]
    missing_units: tuple[str, ...]


def standings(entries: Sequence[Entry], settings: Settings, as_of: date) -> tuple[DueState, ...]:
    """Where each entry stands on the as-of date, in the order of the entries."""
    return tuple(standing(entry, as_of, settings.lights.soon_days) for entry in entries)


def compute(
    entries: Sequence[Entry],
    returned: Iterable[str],
    settings: Settings,
    as_of: date,
    findings: Iterable[Finding] = (),
) -> Figures:
    """The figures of a ledger on a date; `returned` names the units that sent something in this round."""
    stands = standings(entries, settings, as_of)
    pairs = tuple(zip(entries, stands, strict=True))
    whole = _group("", pairs, settings)
    came = set(returned)
    own = _by_unit(entries)
    faulty = frozenset(found.id for found in findings if found.severity is Severity.ERROR)
    units = tuple(
        replace(
            unit,
            quality=quality(own[unit.name], faulty, settings.scores, returned=unit.name in came),
        )
        for unit in _groups(
            pairs,
            lambda entry: entry.item.lead_unit,
            [unit.name for unit in settings.units],
            settings,
        )
    )
    return Figures(
        problems=whole.problems,
        by_status=whole.by_status,
        unknown_status=whole.unknown_status,
        completion=whole.completion,
        overdue=whole.overdue,
        due_soon=whole.due_soon,
        carried=sum(entry.carried for entry in entries),
        measures=sum(len(entry.item.measures) for entry in entries),
        regulations=len({name for entry in entries for name in entry.item.regulations}),
        money=sum((entry.item.money or Decimal(0) for entry in entries), Decimal(0)),
        people=sum(entry.item.people or 0 for entry in entries),
        units=units,
        leaders=_groups(pairs, lambda entry: entry.item.lead_leader, [], settings),
        missing_units=tuple(unit.name for unit in units if unit.name and unit.name not in came),
    )


def _by_unit(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    units: dict[str, list[Entry]] = {}
    for entry in entries:
        units.setdefault(entry.item.lead_unit, []).append(entry)
    return units


def _groups(
    pairs: Sequence[tuple[Entry, DueState]],
    name_of: Callable[[Entry], str],
    order: Sequence[str],
    settings: Settings,
) -> tuple[GroupFigures, ...]:
    """Figures by name: in the given order first, then in the order of the ledger; names without items are left out."""
    groups: dict[str, list[tuple[Entry, DueState]]] = {name: [] for name in order}
    for pair in pairs:
        groups.setdefault(name_of(pair[0]), []).append(pair)
    return tuple(_group(name, members, settings) for name, members in groups.items() if members)


def _group(name: str, pairs: Sequence[tuple[Entry, DueState]], settings: Settings) -> GroupFigures:
    counted = Counter(entry.item.status for entry, _ in pairs)
    by_status = {status: counted[status] for status in Status}
    return GroupFigures(
        name=name,
        problems=len(pairs),
        by_status=by_status,
        unknown_status=counted[None],
        completion=completion(by_status, len(pairs), settings.rates, settings.words),
        overdue=sum(stand.overdue for _, stand in pairs),
        due_soon=sum(stand.due_soon for _, stand in pairs),
    )
