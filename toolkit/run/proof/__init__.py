"""The gate (design §8): what was written is read back by a second hand, and every printed number is proved.

Figures counted in Python = counted in SQL = last period ± changes; then every paper, workbook, chart, run.json and
运行说明.txt is held against them. What differs is named – paper, place, printed, expected – and the run stops.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.errors import ToolkitError
from toolkit.figures.changes import unbalanced
from toolkit.figures.counts import number_text
from toolkit.figures.printed import Printed, Ref
from toolkit.figures.table import FIGURES, RATES
from toolkit.run.outputs import CONSOLIDATED
from toolkit.run.proof.digits import Sources
from toolkit.run.proof.papers import paper_faults
from toolkit.run.proof.records import record_faults, report_faults
from toolkit.run.proof.truth import truth_of
from toolkit.run.proof.workbook import workbook_faults

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from toolkit.register.count import Tally
    from toolkit.run.outputs import Written
    from toolkit.run.proof.truth import Truth
    from toolkit.state import State

_SHOWN = 12


class FiguresDisagreeError(ToolkitError):
    """A number read back from what was written is not the number that it should be."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        more = f"；等{len(faults)}处" if len(faults) > _SHOWN else ""
        shown = "；".join(faults[:_SHOWN])
        super().__init__(f"各处数字不一致，本次未出任何文件：{shown}{more}")
        self.faults = faults


def prove(state: State, written: Written, tally: Tally, templates: Path, folder: Path) -> None:
    """Read the staged outputs back and prove every number in them; raises FiguresDisagreeError."""
    faults = tuple(_faults(state, written, tally, templates, folder))
    if faults:
        raise FiguresDisagreeError(faults)


def _faults(
    state: State, written: Written, tally: Tally, templates: Path, folder: Path
) -> Iterator[str]:
    truth = truth_of(state, tally)
    stopped = {paper.paper for paper in written.stopped}
    sources = Sources.of(state)
    yield from figure_faults(state, truth)
    yield from _sum_faults(state)
    yield from balance_faults(state, tally)
    yield from workbook_faults(folder / CONSOLIDATED, written.cells, state.settings, truth, sources)
    yield from paper_faults(state, folder, templates, (truth, sources), stopped)
    yield from record_faults(state, folder, truth)
    yield from report_faults(state, written.stopped, folder, truth, sources)


def figure_faults(state: State, truth: Truth) -> Iterator[str]:
    """Every figure and rate of every set, as counted in Python, against SQL."""
    codes = [figure.code for figure in FIGURES] + [rate.code for rate in RATES]
    for totals in state.figures.sets:
        for code in codes:
            if fault := truth.fault(totals.printed(code)):
                yield f"数字表中{fault}"
    for code, ids in state.figures.whole.left_out.items():
        if fault := truth.fault(Printed(str(len(ids)), Ref(f"left_out.{code}"))):
            yield f"数字表中{fault}"


def _sum_faults(state: State) -> Iterator[str]:
    """The figures close: statuses, units and leaders each add up to the number of problems."""
    figures = state.figures
    statuses = [figure.code for figure in FIGURES if figure.status] + ["unknown_status"]
    sums = {
        "各状态问题数之和": sum(figures[code] for code in statuses),
        "各单位问题数之和": sum(unit["problems"] for unit in figures.units),
        "各牵头领导问题数之和": sum(leader["problems"] for leader in figures.leaders),
        "台账行数": len(state.entries),
    }
    for name, number in sums.items():
        if number != figures["problems"]:
            problems = number_text(figures["problems"])
            yield f"{name}为{number_text(number)}，问题总数为{problems}"


def balance_faults(state: State, tally: Tally) -> Iterator[str]:
    """Last period ± changes = this period; and the last period's figures are those that the register holds."""
    changes = state.changes
    for code, number in changes.before.items():
        if str(tally.before.get(code, 0)) != str(number):
            yield f"上期的{code}为{number}，台账库中为{tally.before.get(code, 0)}"
    yield from unbalanced(
        changes,
        (state.before, state.entries),
        state.figures.whole.numbers,
        state.settings,
        state.as_of,
    )
