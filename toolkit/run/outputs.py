"""Everything that a run leaves in its folder, in the order in which a person would look at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.board.page import BOARD, write_board
from toolkit.gongwen.template import Templates
from toolkit.ledger.entry import own_headings
from toolkit.ledger.file_names import file_name
from toolkit.papers.paper import files_of, write_paper
from toolkit.run.leaks import stop_leaks
from toolkit.run.record import write_record
from toolkit.run.report import write_report
from toolkit.workbooks.consolidated import write_consolidated
from toolkit.workbooks.dispatch import dispatch, units_to_fill
from toolkit.workbooks.in_place import WHOLE
from toolkit.workbooks.layout import layout_of
from toolkit.workbooks.plain_book import plain_book
from toolkit.workbooks.proof_sheet import PROOF_SHEET, proofread_papers, write_proof_sheet
from toolkit.workbooks.receipt import RECEIPT, write_receipt
from toolkit.workbooks.returned import returns_of, write_return
from toolkit.workbooks.review_sheet import REVIEW_FILE, write_review_sheet
from toolkit.workbooks.selfcheck import SelfCheck
from toolkit.workbooks.setup_sheet import SETUP_FILE, write_setup_sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from toolkit.arrivals import Arrival
    from toolkit.board.page import Printing
    from toolkit.figures.printed import Line
    from toolkit.run.consolidate import Progress
    from toolkit.run.leaks import Stopped
    from toolkit.run.office_book import OfficeLook
    from toolkit.state import State
    from toolkit.workbooks.in_place import OfficeBook
    from toolkit.workbooks.number_cells import Address

CONSOLIDATED = "汇总台账.xlsx"
ORIGINALS = "原件"
DISPATCHED = "下发"
RETURNED = "退回"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What comes of writing: papers that were stopped, what the cells of 汇总台账.xlsx, 看板.html and 回执.txt print.

    `look` says how the office's own workbook was filled in, `office` the workbook that 整改台账.xlsx is. `receipt` is empty where no unit sent anything.
    """

    stopped: tuple[Stopped, ...]
    cells: Mapping[Address, Line]
    receipt: tuple[Line, ...]
    board: Printing
    look: tuple[str, ...] = ()
    office: OfficeBook | None = None


def write_outputs(
    state: State,
    arrivals: Sequence[Arrival],
    templates: Path,
    folder: Path,
    watch: Progress,
    look: OfficeLook,
) -> Written:
    """Write all papers, workbooks and records of a state into `folder` (staging; nothing else is touched).

    `look` is how the office's own ledger looks.
    """
    steps = _Steps(watch, 8)
    steps.begin("写汇总台账")
    cells = write_consolidated(folder / CONSOLIDATED, state)
    write_review_sheet(folder / REVIEW_FILE, state)
    write_setup_sheet(folder / SETUP_FILE, state)
    board = write_board(folder / BOARD, state)
    steps.begin("写公文")
    office = Templates(templates)
    for file in files_of(state):
        write_paper(file, state, office, folder)
    steps.begin("写下期下发台账")
    _write_dispatched(state, folder / DISPATCHED, look)
    ledger = look.book or plain_book(folder / WHOLE, state.settings, state.created)
    (folder / WHOLE).write_bytes(ledger.whole(state.entries, state.settings, state.as_of))
    steps.begin("写退回台账")
    receipt = _write_returned(state, folder / RETURNED, look)
    steps.begin("保密检查")
    stopped = stop_leaks(state, folder)
    steps.begin("公文自检")
    _write_proof_sheet(state, folder)
    steps.begin("留存原件")
    _keep_originals(arrivals, folder / ORIGINALS)
    steps.begin("写运行说明")
    write_report(state, stopped, folder, look.told)
    write_record(state, stopped, folder)
    watch("完成", 1, 1)
    return Written(
        stopped=stopped, cells=cells, receipt=receipt, board=board, look=look.told, office=ledger
    )


class _Steps:
    """Tells what is being done, and how much of it is done."""

    def __init__(self, watch: Callable[[str, int, int], None], count: int) -> None:
        self._watch, self._count, self._done = watch, count, 0

    def begin(self, what: str) -> None:
        """The next step begins."""
        self._watch(what, self._done, self._count)
        self._done += 1


def _write_proof_sheet(state: State, folder: Path) -> None:
    """公文自检表.xlsx over the papers that a leader reads or signs."""
    paths = [folder / file.path for file in files_of(state) if file.paper.is_proofread]
    there = [path for path in paths if path.is_file()]
    write_proof_sheet(folder / PROOF_SHEET, proofread_papers(there), state.created)


def _write_dispatched(state: State, folder: Path, look: OfficeLook) -> None:
    folder.mkdir()
    book = look.for_dispatch(state.settings)
    units = units_to_fill(state.entries, state.findings)
    dispatch(
        state.entries, state.settings, folder, as_of=state.as_of, code=state.code, book=book, units=units
    )  # fmt: skip


def _write_returned(state: State, folder: Path, look: OfficeLook) -> tuple[Line, ...]:
    """Marked returns for the units that must put something right, and a receipt, whose lines are the answer.

    No folder where no unit sent anything.
    """
    returns = returns_of(state)
    if not returns:
        return ()
    folder.mkdir()
    back = {marked.unit: f"{file_name(marked.unit)}.xlsx" for marked in returns if marked.goes_back}
    layout = layout_of(state.settings.form, own_headings(state.entries))
    check = SelfCheck(state.settings, state.as_of, layout)
    book = look.for_dispatch(state.settings)
    for marked in returns:
        if marked.goes_back:
            write_return(folder / back[marked.unit], marked, state, check, book)
    return write_receipt(folder / RECEIPT, state, back)


def _keep_originals(arrivals: Sequence[Arrival], folder: Path) -> None:
    """Copies of what came in, byte for byte, under the names that they came with."""
    for arrival in arrivals:
        path = folder / arrival.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(arrival.data)
