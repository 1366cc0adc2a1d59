"""What every printed number must be: counted in SQL over what is known, or anew from what came in – not taken from the state."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from toolkit.figures import own_sums
from toolkit.figures.changes import NEWS, RATE_BEFORE
from toolkit.figures.counts import number_text
from toolkit.figures.due_state import TWO_WEEKS
from toolkit.figures.escalation import ITEM_COUNT
from toolkit.figures.printed import By, Ref
from toolkit.figures.quality import average, quality
from toolkit.figures.rates import percentage
from toolkit.figures.table import FIGURES, RATES
from toolkit.ledger.finding import Severity
from toolkit.ledger.own_values import amount_in
from toolkit.ledger.revision import RevisionKind
from toolkit.ledger.text import means_nothing
from toolkit.papers import brief, letters, signoff
from toolkit.public import withheld_ids
from toolkit.register.count import Expression, OwnText, Question, Tally
from toolkit.run.report import untaken_count
from toolkit.workbooks import receipt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from toolkit.figures.counts import Totals
    from toolkit.figures.printed import Printed
    from toolkit.figures.table import Number
    from toolkit.settings.model import Settings
    from toolkit.state import State

LEFT_OUT = "left_out"
_DAYS = "julianday(due) - julianday(:as_of)"
_RED = f"is_open AND {_DAYS} < 0"
_YELLOW = f"is_open AND {_DAYS} BETWEEN 0 AND :soon_days"
_BLUE = "coalesce(status, '') = 'standing' AND NOT closed"
_LIGHTS = {
    "red": f"sum(coalesce({_RED}, 0))",
    "yellow": f"sum(coalesce({_YELLOW}, 0))",
    "blue": f"sum({_BLUE})",
    "green": f"count(*) - sum(coalesce({_RED}, 0) + coalesce({_YELLOW}, 0) + ({_BLUE}))",
}


def question(settings: Settings, as_of: date, since: date | None) -> Question:
    """All that is to be counted for a period: every figure of the table, every kind of change."""
    figures = [Expression(figure.code, figure.sql, figure.sql_from) for figure in FIGURES]
    left_out = [
        Expression(
            f"{LEFT_OUT}.{figure.code}",
            f"sum(coalesce(instr(doubtful, ',{figure.column},') AND {figure.column} NOT NULL, 0))",
            "ledger_now",
        )
        for figure in FIGURES
        if figure.column
    ]
    lights = [Expression(f"lights.{light}", sql, "ledger_now") for light, sql in _LIGHTS.items()]
    return Question(
        expressions=(*figures, *left_out, *lights),
        changes={kind.code: kind.sql for kind in NEWS},
        parameters={
            "as_of": as_of.isoformat(),
            "since": (since or as_of).isoformat(),
            "soon_days": settings.lights.soon_days,
        },
    )


@dataclass(frozen=True, slots=True)
class Truth:
    """Ref → what stands behind it: a number, or the text of a rate."""

    values: Mapping[Ref, Number | str]

    def fault(self, printed: Printed) -> str:
        """What is wrong with a printed number; "" where it is right."""
        if printed.ref not in self.values:
            return f"“{printed.text}”（{printed.ref}）不在数字表中"
        expected = self.values[printed.ref]
        if _agrees(printed.text, expected):
            return ""
        shown = expected if isinstance(expected, str) else number_text(expected)
        return f"{printed.ref}印的是{printed.text}，应为{shown}"


def _agrees(text: str, expected: Number | str) -> bool:
    if isinstance(expected, str):
        return text == expected
    try:
        return Decimal(text.replace(",", "")) == expected
    except InvalidOperation:
        return False


def truth_of(state: State, tally: Tally) -> Truth:
    """Everything that a state may print."""
    groups = {"": By.ALL, "unit": By.UNIT, "leader": By.LEADER}
    counted = {
        Ref(code, groups[group], name): _number(value)
        for (group, name, code), value in tally.figures.items()
    }
    return Truth(
        {
            **counted,
            **dict(_zeros(state, counted)),
            **dict(_rates(state, counted)),
            **dict(_changes(state, tally)),
            **dict(_counts(state, tally)),
            **dict(_watched(tally)),
            **dict(_qualities(state, tally)),
            **dict(_board(state, tally)),
            **dict(_own_sums(state, tally)),
            **dict(_of_this_period(tally, counted)),
        }
    )


def _number(value: int | str) -> Number:
    return Decimal(value) if isinstance(value, str) else value


def _zeros(state: State, counted: Mapping[Ref, Number]) -> Iterator[tuple[Ref, Number]]:
    """Of a group whose items have none of it, SQL has no row."""
    for totals in state.figures.sets:
        for figure in FIGURES:
            ref = Ref(figure.code, totals.by, totals.name)
            if ref not in counted:
                yield ref, 0


def _of_this_period(tally: Tally, counted: Mapping[Ref, Number]) -> Iterator[tuple[Ref, Number]]:
    """The figures of all items once more, as those of this period beside the ones before."""
    for figure in FIGURES:
        yield (
            Ref(figure.code, By.PERIOD, str(tally.counts["period"])),
            counted.get(Ref(figure.code), 0),
        )


def _own_sums(state: State, tally: Tally) -> Iterator[tuple[Ref, Number]]:
    """The sums of own columns, added up anew from the texts that the register holds."""
    for column in own_sums.summed(state.settings.form):
        said = [own for own in tally.own if own.code == column.code and not means_nothing(own.text)]
        amounts = [(own, amount_in(column, own.text)) for own in said]
        sure = [(own, n) for own, n in amounts if n is not None and not own.is_doubtful]
        yield Ref(f"{LEFT_OUT}.{column.code}"), len(said) - len(sure)
        for totals in state.figures.sets:
            yield (
                Ref(column.code, totals.by, totals.name),
                sum((n for own, n in sure if _is_of(own, totals)), Decimal(0)),
            )


def _is_of(own: OwnText, totals: Totals) -> bool:
    """Whether a set of figures counts the item of a text."""
    names = {By.ALL: "", By.UNIT: own.unit, By.LEADER: own.leader}
    return names[totals.by] == totals.name


def _rates(state: State, counted: Mapping[Ref, Number]) -> Iterator[tuple[Ref, Number | str]]:
    settings = state.settings
    for totals in state.figures.sets:
        for rate in RATES:
            codes = rate.numerator(settings.rates)
            above, below = (
                int(sum(counted.get(Ref(code, totals.by, totals.name), 0) for code in part))
                for part in (codes, (rate.denominator,))
            )
            ref = Ref(rate.code, totals.by, totals.name)
            yield ref, percentage(above, below, settings.rates.decimals)
            yield Ref(f"{rate.code}.numerator", totals.by, totals.name), above
            yield Ref(f"{rate.code}.denominator", totals.by, totals.name), below


def _changes(state: State, tally: Tally) -> Iterator[tuple[Ref, Number | str]]:
    for kind in NEWS:
        yield kind.ref, tally.changes[kind.code]
    completion = RATES[0]
    codes = completion.numerator(state.settings.rates)
    above = sum(int(tally.before.get(code, 0)) for code in codes)
    below = int(tally.before.get(completion.denominator, 0))
    yield RATE_BEFORE, percentage(above, below, state.settings.rates.decimals)


def _counts(state: State, tally: Tally) -> Iterator[tuple[Ref, Number | str]]:
    for code, number in tally.counts.items():
        if code == signoff.INPUTS or code.startswith(_COUNTED_BY_KIND):
            yield Ref(code), number
    yield Ref(brief.PERIOD), tally.counts["period"]
    yield Ref(signoff.WITHHELD), len(set(withheld_ids(state.settings)) & set(state.by_id))
    yield Ref("waived"), len(state.waived)
    yield Ref("untaken"), untaken_count(state)
    yield Ref("unknown_in_public"), len(state.public.unknown)
    yield Ref("unfollowed"), len(state.unfollowed)
    masked = sum(state.public.masked.values(), Counter())
    for secret, number in masked.items():
        yield Ref(f"masked.{secret.value}"), number
    for letter, length in tally.letters.items():
        yield Ref(ITEM_COUNT, By.LETTER, letter), length
    yield from _revisions(tally)
    yield from _files(state, tally)


# Of these the kinds are told one by one, never all together.
_COUNTED_BY_KIND = ("inputs.", "decisions.", "letters.")


def _revisions(tally: Tally) -> Iterator[tuple[Ref, Number]]:
    """What people wrote into papers of ours: words kept, figures, and all else."""
    apart = (RevisionKind.WORDING, RevisionKind.FIGURES)
    for kind in apart:
        yield Ref(f"revisions.{kind.value}"), tally.counts.get(f"revisions.{kind.value}", 0)
    others = [f"revisions.{kind.value}" for kind in RevisionKind if kind not in apart]
    yield Ref("revisions.others"), sum(tally.counts.get(code, 0) for code in others)


def _files(state: State, tally: Tally) -> Iterator[tuple[Ref, Number]]:
    """Rows and findings of each file that came in, and the findings of all."""
    for file, rows in tally.rows.items():
        yield Ref(receipt.ROWS, By.FILE, file), rows
    severities = Counter(found.severity for found in state.findings)
    by_file = Counter((found.place.file, found.severity) for found in state.findings)
    for severity in Severity:
        yield Ref(f"{signoff.FINDINGS}.{severity.value}"), severities[severity]
        for file in tally.rows:
            code = f"{receipt.FINDINGS}.{severity.value}"
            yield Ref(code, By.FILE, file), by_file[file, severity]


def _watched(tally: Tally) -> Iterator[tuple[Ref, Number]]:
    """Days to the deadline, and how much of each list did not fit."""
    days = tally.days_left
    for id_, left in days.items():
        yield Ref(letters.DAYS, By.ITEM, id_), abs(left)
    late = sum(left < 0 for left in days.values())
    soon = sum(0 <= left <= TWO_WEEKS for left in days.values())
    yield Ref(brief.LATE), late
    yield Ref(brief.DUE_IN_TWO_WEEKS), soon
    units, leaders = (_names_of(tally, group) for group in ("unit", "leader"))
    for sheet, all_, shown in brief.lists_of(len(units - {""}), len(leaders), late + soon):
        if all_ > shown:
            yield Ref(f"{brief.MORE}.{sheet}"), all_ - shown


def _names_of(tally: Tally, group: str) -> set[str]:
    """The units or leaders of the ledger, "" where an item has none."""
    return {name for by, name, _ in tally.figures if by == group}


def _qualities(state: State, tally: Tally) -> Iterator[tuple[Ref, Number]]:
    """Who did not report, and the quality of each unit, counted anew."""
    faulty = {found.id for found in state.findings if found.severity is Severity.ERROR}
    yield Ref(brief.MISSING), len(tally.silent)
    scores = []
    for unit in state.figures.units:
        own = [entry for entry in state.entries if entry.item.lead_unit == unit.name]
        came = bool(unit.name) and unit.name not in tally.silent
        found = quality(own, faulty, state.settings.scores, returned=came)
        empty = found.told - found.full - found.thin
        numbers = {
            "score": found.score, "rows": found.rows, "clean": found.clean, "full": found.full,
            "thin": found.thin, "empty": empty,
        }  # fmt: skip
        for code, number in numbers.items():
            yield Ref(f"quality.{code}", By.UNIT, unit.name), number
        scores += [found.score] if unit.name else []
    if scores:
        yield Ref(brief.AVERAGE), average(scores)
        yield Ref(brief.LOWEST), min(scores)


def _board(state: State, tally: Tally) -> Iterator[tuple[Ref, Number]]:
    """What only the board prints: lights, items by month of the deadline, stored figures, days to a date."""
    for light in _LIGHTS:
        yield Ref(f"lights.{light}"), int(tally.figures.get(("", "", f"lights.{light}"), 0))
    names = {month for _, month, _ in tally.months}
    statuses = [figure.code for figure in FIGURES if figure.status]
    months = Counter({Ref(code, By.MONTH, month): 0 for month in names for code in statuses})
    for (unit, month, status), number in tally.months.items():
        code = f"by_status.{status}" if status else "unknown_status"
        months[Ref(code, By.MONTH, month)] += number
        months[Ref("problems", By.MONTH, month)] += number
        months[Ref("problems", By.UNIT_MONTH, f"{unit} {month}")] += number
    yield from months.items()
    for (period, code), value in tally.past.items():
        yield Ref(code, By.PERIOD, str(period)), Decimal(value)
    if end := state.settings.task.phase_end:
        yield Ref("phase_days"), abs((end - state.as_of).days)
