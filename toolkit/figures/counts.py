"""The figures of a ledger on a date: of all items, of every unit, of every leader – each set one value, from one table."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.figures.due_state import DueState, due_state
from toolkit.figures.own_sums import left_out as own_left_out
from toolkit.figures.own_sums import own_sums, summed
from toolkit.figures.printed import By, Line, Printed, Quoted, Ref, Source
from toolkit.figures.quality import Quality, quality
from toolkit.figures.rates import Rate
from toolkit.figures.table import FIGURES, RATE_BY_CODE, RATES, Counted, Number
from toolkit.ledger.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from toolkit.ledger.entry import Entry
    from toolkit.ledger.finding import Finding
    from toolkit.ledger.status import Status
    from toolkit.settings.model import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Every figure of a set of items, by code; `name` is that of the unit or leader ("" of all, or of nobody).

    `left_out` tells, by figure, the items whose value is doubtful and not in the total. `sums` are those of the office's
    own columns, by their codes.
    """

    by: By = By.ALL
    name: str = ""
    numbers: Mapping[str, Number]
    rates: Mapping[str, Rate]
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    sums: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))

    def __getitem__(self, code: str) -> Number:
        """The number with this code, or the sum of this own column. Raises KeyError for what is neither."""
        return self.sums[code] if code in self.sums else self.numbers[code]

    def of(self, status: Status | None) -> Number:
        """How many items have this status (None: blank or unreadable)."""
        return self.numbers[f"by_status.{status.value}" if status else "unknown_status"]

    @property
    def completion(self) -> Rate:
        """The completion rate."""
        return self.rates["completion_rate"]

    def text(self, code: str) -> str:
        """A figure or rate as it is printed."""
        if code in RATE_BY_CODE:
            return self.rates[code].text
        return number_text(self[code])

    def printed(self, code: str) -> Printed:
        """The same, tied to what it stands for."""
        return Printed(self.text(code), Ref(code, self.by, self.name))

    def rule(self, code: str) -> Line:
        """The 口径 of a rate, its numbers tied to what they stand for."""
        rate = self.rates[code]
        above, below = (
            Printed(str(number), Ref(f"{code}.{part}", self.by, self.name))
            for part, number in (("numerator", rate.numerator), ("denominator", rate.denominator))
        )
        formula = Quoted(rate.formula, Source.SETTINGS)
        decimals = Quoted(str(rate.decimals), Source.SETTINGS)
        return (formula, "＝", above, "÷", below, "，四舍五入保留", decimals, "位小数")


def number_text(number: Number) -> str:
    """`12`, `318.6`: no zeros behind the point, no exponent."""
    return f"{number.normalize():f}" if isinstance(number, Decimal) else str(number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of one period; `quality` tells how good the return of each unit is, by its name."""

    whole: Totals
    units: tuple[Totals, ...]
    leaders: tuple[Totals, ...]
    quality: Mapping[str, Quality]
    missing_units: tuple[str, ...]

    def __getitem__(self, code: str) -> Number:
        """The number with this code, of all items. Raises KeyError for what is no figure."""
        return self.whole[code]

    @property
    def completion(self) -> Rate:
        """The completion rate of all items."""
        return self.whole.completion

    @property
    def sets(self) -> tuple[Totals, ...]:
        """All sets that are counted: the whole, the units, the leaders."""
        return (self.whole, *self.units, *self.leaders)


def due_states(entries: Sequence[Entry], settings: Settings, as_of: date) -> tuple[DueState, ...]:
    """Where each entry stands on the as-of date, in the order of the entries."""
    return tuple(due_state(entry, as_of, settings.lights.soon_days) for entry in entries)


def counted(
    entries: Sequence[Entry],
    settings: Settings,
    as_of: date,
    doubtful: Mapping[str, frozenset[str]] = MappingProxyType({}),
) -> tuple[Counted, ...]:
    """The entries as they are counted; `doubtful` tells, by id, the columns with a finding at error level."""
    states = due_states(entries, settings, as_of)
    none: frozenset[str] = frozenset()
    return tuple(
        Counted(entry=entry, due=state, doubtful=doubtful.get(entry.item.id, none))
        for entry, state in zip(entries, states, strict=True)
    )


def doubtful_columns(findings: Iterable[Finding]) -> dict[str, frozenset[str]]:
    """The columns, by id of the item, whose value has a finding at error level."""
    columns: dict[str, set[str]] = defaultdict(set)
    for finding in findings:
        if finding.severity is Severity.ERROR and finding.id and finding.column:
            columns[finding.id].add(finding.column)
    return {id_: frozenset(codes) for id_, codes in columns.items()}


def compute(
    entries: Sequence[Entry],
    returned: Iterable[str],
    settings: Settings,
    as_of: date,
    findings: Iterable[Finding] = (),
) -> Figures:
    """The figures of a ledger on a date; `returned` names the units that sent something in this period."""
    findings = tuple(findings)
    items = counted(entries, settings, as_of, doubtful_columns(findings))
    came = frozenset(returned) - {""}  # items without a unit are nobody's return
    units = _groups(items, By.UNIT, [unit.name for unit in settings.units], settings)
    return Figures(
        whole=totals(items, settings),
        units=units,
        leaders=_groups(items, By.LEADER, [], settings),
        quality=_qualities(units, entries, findings, came, settings),
        missing_units=tuple(unit.name for unit in units if unit.name and unit.name not in came),
    )


def totals(items: Sequence[Counted], settings: Settings, by: By = By.ALL, name: str = "") -> Totals:
    """Every figure of these items."""
    numbers = {figure.code: figure.count(items) for figure in FIGURES}
    left_out = {
        figure.code: ids
        for figure in FIGURES
        if figure.column and (ids := _doubtful(items, figure.column))
    }
    own = summed(settings.form)
    return Totals(
        by=by,
        name=name,
        numbers=numbers,
        rates={rate.code: _rate(rate.code, numbers, settings) for rate in RATES},
        left_out=left_out | own_left_out(items, own),
        sums=own_sums(items, own),
    )


def _doubtful(items: Sequence[Counted], column: str) -> tuple[str, ...]:
    """The items whose value in this column is there and doubtful."""
    return tuple(
        item.entry.item.id
        for item in items
        if column in item.doubtful and getattr(item.entry.item, column) is not None
    )


def _rate(code: str, numbers: Mapping[str, Number], settings: Settings) -> Rate:
    rate = RATE_BY_CODE[code]
    numerator = int(sum(numbers[part] for part in rate.numerator(settings.rates)))
    denominator = int(numbers[rate.denominator])
    return Rate(
        numerator=numerator,
        denominator=denominator,
        decimals=settings.rates.decimals,
        formula=rate.formula(settings),
    )


_NAME_OF: Mapping[By, Callable[[Entry], str]] = {
    By.UNIT: lambda entry: entry.item.lead_unit,
    By.LEADER: lambda entry: entry.item.lead_leader,
}


def _groups(
    items: Sequence[Counted], by: By, order: Sequence[str], settings: Settings
) -> tuple[Totals, ...]:
    """Figures by name: in the given order first, then in that of the ledger; names without items are left out."""
    groups: dict[str, list[Counted]] = {name: [] for name in order}
    for item in items:
        groups.setdefault(_NAME_OF[by](item.entry), []).append(item)
    return tuple(totals(members, settings, by, name) for name, members in groups.items() if members)


def _qualities(
    units: Iterable[Totals],
    entries: Iterable[Entry],
    findings: Iterable[Finding],
    came: frozenset[str],
    settings: Settings,
) -> dict[str, Quality]:
    faulty = frozenset(found.id for found in findings if found.severity is Severity.ERROR)
    own: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        own[entry.item.lead_unit].append(entry)
    return {
        unit.name: quality(own[unit.name], faulty, settings.scores, returned=unit.name in came)
        for unit in units
    }
