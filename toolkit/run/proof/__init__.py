"""The gate (design §8): what was written is read back by a second hand, and every printed number is proved.

Figures counted in Python = counted in SQL = last period ± changes; then every paper, workbook, chart, the board, run.json,
运行说明.txt and 回执.txt is held against them. What differs is named – paper, place, printed, expected – and the run stops.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.errors import ToolkitError
from toolkit.run.proof.board import board_faults
from toolkit.run.proof.context import ProofContext
from toolkit.run.proof.figures import (
    balance_faults,
    change_faults,
    due_faults,
    figure_faults,
    sum_faults,
)
from toolkit.run.proof.office_ledger import office_ledger_faults
from toolkit.run.proof.papers import paper_faults
from toolkit.run.proof.records import record_faults, text_faults
from toolkit.run.proof.review import review_faults
from toolkit.run.proof.set_up import set_up_faults
from toolkit.run.proof.workbook import workbook_faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from toolkit.register.count import Tally
    from toolkit.run.outputs import Written
    from toolkit.state import State

_SHOWN = 12
# Every check of the gate, in the order in which faults are named: what is counted, then what was written.
CHECKS: tuple[Callable[[ProofContext], Iterator[str]], ...] = (
    figure_faults,
    sum_faults,
    change_faults,
    balance_faults,
    due_faults,
    workbook_faults,
    review_faults,
    set_up_faults,
    office_ledger_faults,
    paper_faults,
    board_faults,
    record_faults,
    text_faults,
)


class FiguresDisagreeError(ToolkitError):
    """A number read back from what was written is not the number that it should be."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        more = f"；等{len(faults)}处" if len(faults) > _SHOWN else ""
        shown = "；".join(faults[:_SHOWN])
        super().__init__(f"各处数字不一致，本次未出任何文件：{shown}{more}")
        self.faults = faults


def prove(state: State, written: Written, tally: Tally, templates: Path, folder: Path) -> None:
    """Read the staged outputs back and prove every number in them; raises FiguresDisagreeError."""
    context = ProofContext(
        state=state, written=written, tally=tally, templates=templates, folder=folder
    )
    faults = tuple(fault for check in CHECKS for fault in check(context))
    if faults:
        raise FiguresDisagreeError(faults)
