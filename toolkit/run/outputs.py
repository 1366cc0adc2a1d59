"""Everything that a round leaves in its folder, in the order in which a person would look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.figures.changes import sentences
from toolkit.papers.notice import NOTICE, Notice, title_of, write_notice
from toolkit.papers.signoff import SIGN_OFF, InputLine, SignOff, write_sign_off
from toolkit.run.record import write_record
from toolkit.run.report import write_report
from toolkit.workbooks.consolidated import write_consolidated
from toolkit.workbooks.consolidated_sheets import Consolidated
from toolkit.workbooks.dispatch import dispatch, file_name
from toolkit.workbooks.receipt import RECEIPT, write_receipt
from toolkit.workbooks.returned import Received, returns_of, write_return

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from toolkit.arrivals import Arrival
    from toolkit.run.consolidate import Watch
    from toolkit.run.round import Round

CONSOLIDATED = "汇总台账.xlsx"
ORIGINALS = "原件"
DISPATCHED = "下发"
RETURNED = "退回"


def write_outputs(round_: Round, arrivals: Sequence[Arrival], templates: Path, folder: Path, watch: Watch) -> None:
    """Write all papers, workbooks and records of a round into `folder` (staging; nothing else is touched)."""
    steps: tuple[tuple[str, Callable[[], None]], ...] = (
        ("写汇总台账", lambda: _write_consolidated(round_, folder)),
        ("写通报", lambda: _write_notice(round_, templates, folder)),
        ("写发文审批单", lambda: _write_sign_off(round_, folder)),
        ("写下期下发台账", lambda: _write_dispatched(round_, folder)),
        ("写退回台账", lambda: _write_returned(round_, folder / RETURNED)),
        ("留存原件", lambda: _keep_originals(arrivals, folder / ORIGINALS)),
        ("写运行说明", lambda: write_report(round_, folder)),
        ("写运行记录", lambda: write_record(round_, folder)),
    )
    for done, (what, step) in enumerate(steps):
        watch(what, done, len(steps))
        step()
    watch("完成", len(steps), len(steps))


def _write_consolidated(round_: Round, folder: Path) -> None:
    book = Consolidated(
        entries=round_.entries,
        stands=round_.stands,
        findings=round_.findings,
        waived=round_.waived,
        decisions=round_.decided,
        submissions=round_.submissions,
        figures=round_.figures,
        changes=round_.changes,
        settings=round_.settings,
        as_of=round_.as_of,
        code=round_.code,
        answers=round_.answers,
        gone=[decision for decision in round_.decided.values() if decision.ruling.withdraws],
    )
    write_consolidated(folder / CONSOLIDATED, book, round_.created)


def _write_notice(round_: Round, templates: Path, folder: Path) -> None:
    notice = Notice(round_.entries, round_.figures, round_.settings, round_.as_of)
    write_notice(notice, templates / "通报.docx", folder / NOTICE, round_.created)


def _write_sign_off(round_: Round, folder: Path) -> None:
    sheet = SignOff(
        title=title_of(folder / NOTICE),
        settings=round_.settings,
        as_of=round_.as_of,
        code=round_.code,
        figures=round_.figures,
        inputs=tuple(InputLine(one.file, one.unit, one.verdict.word, one.sha256) for one in round_.submissions),
        changes=sentences(round_.changes, round_.settings, round_.figures.completion),
        findings=round_.findings,
    )
    write_sign_off(sheet, folder / SIGN_OFF, round_.created)


def _write_dispatched(round_: Round, folder: Path) -> None:
    (folder / DISPATCHED).mkdir()
    dispatch(round_.entries, round_.settings, folder / DISPATCHED, created=round_.created, as_of=round_.as_of)


def _write_returned(round_: Round, folder: Path) -> None:
    """Marked returns for the units that must put something right, and a receipt; no folder where no unit sent anything."""
    received = Received(
        submissions=round_.submissions, entries=round_.entries, findings=round_.findings, settings=round_.settings
    )
    returns = returns_of(received)
    if not returns:
        return
    folder.mkdir()
    back = {marked.unit: f"{file_name(marked.unit)}.xlsx" for marked in returns if marked.goes_back}
    for marked in returns:
        if marked.goes_back:
            write_return(folder / back[marked.unit], marked, round_.settings, round_.created)
    write_receipt(folder / RECEIPT, received, back, round_.as_of)


def _keep_originals(arrivals: Sequence[Arrival], folder: Path) -> None:
    """Copies of what came in, byte for byte, under the names that they came with."""
    for arrival in arrivals:
        path = folder / arrival.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(arrival.data)
