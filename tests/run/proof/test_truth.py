"""What every number must be is told by the register or counted anew: what the state says of itself is not believed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support.items import SETTINGS
from tests.support.proved import Proved
from toolkit.figures.changes import NEWS, RATE_BEFORE
from toolkit.figures.printed import By, Printed, Ref
from toolkit.figures.table import FIGURES, RATES
from toolkit.ledger.finding import Severity
from toolkit.run.proof.truth import Truth, question, truth_of
from toolkit.state import State

TRUTH = Truth(
    {
        Ref("n"): 1286, Ref("zero"): 0, Ref("money"): Decimal("318.60"), Ref("rate"): "66.67%", Ref("none"): "—",
        Ref("n", By.UNIT, "甲局"): 7,
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("ref", "text"),
    [
        (Ref("n"), "1286"), (Ref("n"), "1,286"), (Ref("zero"), "0"), (Ref("money"), "318.6"), (Ref("money"), "318.60"),
        (Ref("rate"), "66.67%"), (Ref("none"), "—"), (Ref("n", By.UNIT, "甲局"), "7"),
    ],
)  # fmt: skip
def test_what_is_right(ref: Ref, text: str) -> None:
    assert TRUTH.fault(Printed(text, ref)) == ""


@pytest.mark.parametrize(
    ("ref", "text", "fault"),
    [
        (Ref("n"), "1287", "n印的是1287，应为1286"),
        (Ref("n"), "", "n印的是，应为1286"),
        (Ref("n"), "None", "n印的是None，应为1286"),
        (Ref("money"), "318.61", "money印的是318.61，应为318.6"),
        (Ref("rate"), "66.7%", "rate印的是66.7%，应为66.67%"),
        (Ref("none"), "0", "none印的是0，应为—"),
        (Ref("n", By.UNIT, "甲局"), "8", "n（甲局）印的是8，应为7"),
        (Ref("n", By.LEADER, "甲局"), "7", "“7”（n（甲局））不在数字表中"),
        (Ref("other"), "7", "“7”（other）不在数字表中"),
    ],
)
def test_what_is_wrong_is_named_with_both(ref: Ref, text: str, fault: str) -> None:
    assert TRUTH.fault(Printed(text, ref)) == fault


def test_what_is_asked_is_every_figure_and_every_change() -> None:
    day = SETTINGS.task.feedback_on
    assert day is not None
    asked = question(SETTINGS, day, None)
    codes = [expression.code for expression in asked.expressions]
    assert codes == [
        *(figure.code for figure in FIGURES),
        "left_out.money",
        "left_out.people",
        "lights.red",
        "lights.yellow",
        "lights.blue",
        "lights.green",
    ]
    assert list(asked.changes) == [kind.code for kind in NEWS]
    assert asked.parameters == {"as_of": "2026-01-16", "since": "2026-01-16", "soon_days": 10}


def test_sets_without_a_row_in_sql_count_nothing(everything: Proved) -> None:
    truth = everything.context.truth
    for totals in everything.context.state.figures.sets:
        for code in (*(figure.code for figure in FIGURES), *(rate.code for rate in RATES)):
            assert Ref(code, totals.by, totals.name) in truth.values


def doubled(state: State) -> State:
    """A state that says twice as much of everything that it counts."""
    figures, changes = state.figures, state.changes
    whole = replace(figures.whole, numbers={c: 2 * n for c, n in figures.whole.numbers.items()})
    return replace(
        state,
        number=2 * state.number,
        figures=replace(
            figures,
            whole=whole,
            quality={
                name: replace(found, score=2, full=9) for name, found in figures.quality.items()
            },
            missing_units=(*figures.missing_units, "别局"),
        ),
        changes=replace(changes, added=(*changes.added, "9-9"), completion_before=None),
        due_states=tuple(replace(due, days_left=77) for due in state.due_states),
        letters=(*state.letters, *state.letters),
    )


def test_it_does_not_depend_on_what_the_state_counts(everything: Proved) -> None:
    context = everything.context
    assert truth_of(doubled(context.state), context.tally).values == context.truth.values


def test_rates_are_those_of_the_counted_numbers_also_of_the_last_period(everything: Proved) -> None:
    context = everything.context
    done = context.tally.figures["", "", "by_status.done"]
    problems = context.tally.figures["", "", "problems"]
    assert context.truth.values[Ref("completion_rate.numerator")] == done
    assert context.truth.values[Ref("completion_rate.denominator")] == problems
    assert context.truth.values[Ref("completion_rate")] == "19.05%"
    assert context.truth.values[RATE_BEFORE] == "25.00%"


def test_findings_and_quality_are_counted_anew(everything: Proved) -> None:
    context = everything.context
    severities = Counter(found.severity for found in context.state.findings)
    for severity in Severity:
        assert context.truth.values[Ref(f"findings.{severity.value}")] == severities[severity]
    fewer = replace(context.state, findings=context.state.findings[1:])
    assert truth_of(fewer, context.tally).values != context.truth.values


def test_more_is_counted_only_of_lists_that_are_too_long(everything: Proved) -> None:
    """With room for two, three more units; with the brief's own room, nothing is left to count."""
    context = everything.context
    assert context.truth.values[Ref("brief.more.按单位")] == 2
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("toolkit.papers.brief._UNITS", 20)
        patch.setattr("toolkit.papers.brief._LINES", 14)
        values = truth_of(context.state, context.tally).values
    assert not [ref for ref in values if ref.code.startswith("brief.more")]
