"""Every count of the table made wrong, in Python and in SQL, one at a time: the two no longer agree, and that is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from tests.support.proved import Proved
from toolkit.figures import counts
from toolkit.figures.changes import NEWS, News
from toolkit.figures.counts import Figures, Totals, compute
from toolkit.figures.printed import By
from toolkit.figures.rates import Rate
from toolkit.figures.table import FIGURES, RATES, Counted, Figure, Number
from toolkit.register.count import Expression
from toolkit.run.proof import figures as proof_of_figures
from toolkit.run.proof.context import ProofContext
from toolkit.run.proof.figures import (
    balance_faults,
    change_faults,
    due_faults,
    figure_faults,
    sum_faults,
)
from toolkit.state import State

CODES = [figure.code for figure in FIGURES]
SETS = list(By)[:3]


def one_more(figure: Figure) -> Figure:
    """The same figure, counted one too high."""

    def count(items: Sequence[Counted]) -> Number:
        return figure.count(items) + 1

    return replace(figure, count=count)


def counted_anew(context: ProofContext) -> Figures:
    """The figures of the state as they are counted now."""
    state = context.state
    came = {unit.name for unit in state.figures.units} - set(state.figures.missing_units)
    return compute(state.entries, came, state.settings, state.as_of, state.findings)


@pytest.mark.parametrize("code", CODES)
def test_a_count_in_python_that_is_one_too_high_is_found_in_every_set(
    everything: Proved, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    context = everything.context
    assert counted_anew(context) == context.state.figures
    wrong = tuple(one_more(figure) if figure.code == code else figure for figure in FIGURES)
    monkeypatch.setattr(counts, "FIGURES", wrong)
    state = replace(context.state, figures=counted_anew(context))
    monkeypatch.undo()
    faults = list(figure_faults(replace(context, state=state)))
    for totals in state.figures.sets:
        printed = totals.printed(code)
        told = f"数字表中{printed.ref}印的是{printed.text}，应为"
        assert any(fault.startswith(told) for fault in faults), told
    assert {totals.by for totals in state.figures.sets} == set(SETS)


def with_totals(figures: Figures, by: By, change: dict[str, Number]) -> Figures:
    """The figures with other numbers in the first set of its kind."""

    def changed(sets: tuple[Totals, ...]) -> tuple[Totals, ...]:
        first, *rest = sets
        return (replace(first, numbers={**first.numbers, **change}), *rest)

    if by is By.ALL:
        return replace(figures, whole=changed((figures.whole,))[0])
    if by is By.UNIT:
        return replace(figures, units=changed(figures.units))
    return replace(figures, leaders=changed(figures.leaders))


@pytest.mark.parametrize("by", SETS)
@pytest.mark.parametrize("code", CODES)
def test_a_number_replaced_in_the_state_is_found(everything: Proved, code: str, by: By) -> None:
    state = everything.context.state
    first = next(totals for totals in state.figures.sets if totals.by is by)
    figures = with_totals(state.figures, by, {code: first[code] + 1})
    context = replace(everything.context, state=replace(state, figures=figures))
    (fault,) = figure_faults(context)
    right = first.text(code)
    assert f"{first.printed(code).ref}印的是" in fault
    assert fault.endswith(f"应为{right}")


@pytest.mark.parametrize("code", [rate.code for rate in RATES])
def test_a_rate_replaced_in_the_state_is_found(everything: Proved, code: str) -> None:
    state = everything.context.state
    whole = state.figures.whole
    wrong: Rate = replace(whole.rates[code], numerator=whole.rates[code].numerator + 1)
    figures = replace(state.figures, whole=replace(whole, rates={**whole.rates, code: wrong}))
    context = replace(everything.context, state=replace(state, figures=figures))
    (fault,) = figure_faults(context)
    assert fault == f"数字表中{code}印的是{wrong.text}，应为{whole.text(code)}"


@pytest.mark.parametrize("code", [figure.code for figure in FIGURES if figure.column])
def test_a_doubtful_value_that_is_not_owned_up_to_is_found(everything: Proved, code: str) -> None:
    state = everything.context.state
    whole = state.figures.whole
    kept = {name: ids for name, ids in whole.left_out.items() if name != code}
    figures = replace(state.figures, whole=replace(whole, left_out=kept))
    context = replace(everything.context, state=replace(state, figures=figures))
    (fault,) = figure_faults(context)
    assert fault == f"数字表中left_out.{code}印的是0，应为1"


def expressions(everything: Proved) -> Iterator[Expression]:
    yield from everything.question.expressions


def test_every_expression_in_sql_that_is_one_too_high_is_found(everything: Proved) -> None:
    question = everything.question
    assert everything.count(question) == everything.context.tally
    for wrong in question.expressions:
        others = tuple(
            replace(one, sql=f"({one.sql}) + 1") if one is wrong else one
            for one in question.expressions
        )
        tally = everything.count(replace(question, expressions=others))
        faults = list(figure_faults(replace(everything.context, tally=tally)))
        assert any(f"中{wrong.code}印的是" in fault for fault in faults), wrong.code


def test_every_condition_in_sql_that_is_turned_round_is_found(everything: Proved) -> None:
    question = everything.question
    for code, condition in question.changes.items():
        turned = {**question.changes, code: f"NOT coalesce({condition}, 0)"}
        tally = everything.count(replace(question, changes=turned))
        (fault,) = change_faults(replace(everything.context, tally=tally))
        assert f"changes.{code}印的是" in fault


@pytest.mark.parametrize("kind", NEWS, ids=lambda kind: kind.code)
def test_a_change_that_is_forgotten_is_found_though_no_sentence_tells_it(
    everything: Proved, monkeypatch: pytest.MonkeyPatch, kind: News
) -> None:
    ids = kind.ids(everything.context.state.changes)
    assert ids, kind.code  # the state has a change of every kind
    blind = replace(kind, ids=lambda _: ids[:-1])
    wrong = tuple(blind if one is kind else one for one in NEWS)
    monkeypatch.setattr(proof_of_figures, "NEWS", wrong)
    (fault,) = change_faults(everything.context)
    assert fault == f"变化情况中changes.{kind.code}印的是{len(ids) - 1}，应为{len(ids)}"


def test_another_rate_of_the_last_period_is_found(everything: Proved) -> None:
    changes = everything.context.state.changes
    assert changes.completion_before
    before = replace(changes.completion_before, numerator=0)
    state = replace(everything.context.state, changes=replace(changes, completion_before=before))
    (fault,) = change_faults(replace(everything.context, state=state))
    assert "changes.completion_before印的是0.00%" in fault


def test_figures_of_the_last_period_that_are_others_are_found(everything: Proved) -> None:
    changes = everything.context.state.changes
    for code, number in changes.before.items():
        before = {**changes.before, code: number + 1}
        state = replace(everything.context.state, changes=replace(changes, before=before))
        faults = list(balance_faults(replace(everything.context, state=state)))
        assert f"上期的{code}为{number + 1}，台账库中为{number}" in faults
        assert len(faults) == 2  # and the balance does not close


def test_items_that_changed_without_being_named_are_found(everything: Proved) -> None:
    changes = everything.context.state.changes
    state = replace(everything.context.state, changes=replace(changes, added=()))
    assert any("问题总数上期20" in fault for fault in balance_faults(with_state(everything, state)))


def with_state(everything: Proved, state: State) -> ProofContext:
    return replace(everything.context, state=state)


def test_sums_that_do_not_close_are_found(everything: Proved) -> None:
    state = everything.context.state
    wrong = {
        "各状态问题数之和": with_totals(state.figures, By.ALL, {"unknown_status": 9}),
        "各单位问题数之和": with_totals(state.figures, By.UNIT, {"problems": 99}),
        "各牵头领导问题数之和": with_totals(state.figures, By.LEADER, {"problems": 99}),
    }
    assert list(sum_faults(everything.context)) == []
    for name, figures in wrong.items():
        (fault,) = sum_faults(with_state(everything, replace(state, figures=figures)))
        assert fault.startswith(f"{name}为")
    shorter = replace(state, entries=state.entries[1:], due_states=state.due_states[1:])
    (fault,) = sum_faults(with_state(everything, shorter))
    assert fault == "台账行数为20，问题总数为21"


def test_days_to_a_deadline_that_are_others_are_found(everything: Proved) -> None:
    state = everything.context.state
    assert list(due_faults(everything.context)) == []
    for number, (entry, due) in enumerate(zip(state.entries, state.due_states, strict=True)):
        wrong = replace(due, days_left=3 if due.days_left is None else due.days_left + 1)
        states = (*state.due_states[:number], wrong, *state.due_states[number + 1 :])
        (fault,) = due_faults(with_state(everything, replace(state, due_states=states)))
        assert fault.startswith(f"问题{entry.item.id}的到期天数为{wrong.days_left}，台账库中为")
