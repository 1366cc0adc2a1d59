"""The figures themselves: counted in Python = counted in SQL = last period ± changes, and each sum closes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from toolkit.figures.changes import NEWS, RATE_BEFORE, unbalanced
from toolkit.figures.counts import number_text
from toolkit.figures.due_state import Light
from toolkit.figures.own_sums import summed
from toolkit.figures.printed import Printed, Ref
from toolkit.figures.table import FIGURES, RATES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.run.proof.context import ProofContext


def figure_faults(context: ProofContext) -> Iterator[str]:
    """Every figure and rate of every set, and how many values each total leaves out, against SQL."""
    codes = [figure.code for figure in FIGURES] + [rate.code for rate in RATES]
    figures, truth = context.state.figures, context.truth
    printed = [totals.printed(code) for totals in figures.sets for code in codes]
    for figure in FIGURES:
        if figure.column:
            ids = figures.whole.left_out.get(figure.code, ())
            printed.append(Printed(str(len(ids)), Ref(f"left_out.{figure.code}")))
    for column in summed(context.state.settings.form):
        ids = figures.whole.left_out.get(column.code, ())
        printed.append(Printed(str(len(ids)), Ref(f"left_out.{column.code}")))
        printed += [totals.printed(column.code) for totals in figures.sets]
    lights = Counter(due.light for due in context.state.due_states)
    printed += [Printed(str(lights[light]), Ref(f"lights.{light.value}")) for light in Light]
    for number in printed:
        if fault := truth.fault(number):
            yield f"数字表中{fault}"
    missing, silent = set(figures.missing_units), context.tally.silent
    if missing != silent:
        shown = ["、".join(sorted(names)) or "无" for names in (missing, silent)]
        yield f"未报送单位为{shown[0]}，台账库中为{shown[1]}"


def sum_faults(context: ProofContext) -> Iterator[str]:
    """The figures close: statuses, units and leaders each add up to the number of problems."""
    figures = context.state.figures
    statuses = [figure.code for figure in FIGURES if figure.status] + ["unknown_status"]
    sums = {
        "各状态问题数之和": sum(figures[code] for code in statuses),
        "各单位问题数之和": sum(unit["problems"] for unit in figures.units),
        "各牵头领导问题数之和": sum(leader["problems"] for leader in figures.leaders),
        "台账行数": len(context.state.entries),
    }
    for name, number in sums.items():
        if number != figures["problems"]:
            problems = number_text(figures["problems"])
            yield f"{name}为{number_text(number)}，问题总数为{problems}"


def change_faults(context: ProofContext) -> Iterator[str]:
    """Every kind of change, also one that no sentence tells: as many items as SQL finds, by comparing both periods."""
    changes, truth = context.state.changes, context.truth
    if changes.since is None:
        return
    printed = [Printed(str(len(kind.ids(changes))), kind.ref) for kind in NEWS]
    if changes.completion_before:
        printed.append(Printed(changes.completion_before.text, RATE_BEFORE))
    for number in printed:
        if fault := truth.fault(number):
            yield f"变化情况中{fault}"


def balance_faults(context: ProofContext) -> Iterator[str]:
    """Last period ± changes = this period; and the last period's figures are those that the register holds."""
    state, before = context.state, context.tally.before
    for code, number in state.changes.before.items():
        counted = before.get(code, 0)
        if str(counted) != str(number):
            yield f"上期的{code}为{number}，台账库中为{counted}"
    yield from unbalanced(
        state.changes,
        (state.before, state.entries),
        state.figures.whole.numbers,
        state.settings,
        state.as_of,
    )


def due_faults(context: ProofContext) -> Iterator[str]:
    """Every item's days to its deadline: lights, lists of late items and letters come from them."""
    counted = context.tally.days_left
    for id_, due in context.state.due_by_id.items():
        if due.days_left != counted.get(id_):
            shown = [_days(days) for days in (due.days_left, counted.get(id_))]
            yield f"问题{id_}的到期天数为{shown[0]}，台账库中为{shown[1]}"


def _days(days: int | None) -> str:
    return "无" if days is None else str(days)
