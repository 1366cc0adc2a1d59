"""The consistency gate (design §6.4): what was written is read back, and every total must agree.

Word = Excel = figures = the entries themselves; a disagreement stops the round with the number named.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from toolkit.errors import ToolkitError
from toolkit.figures.changes import unbalanced
from toolkit.papers import brief, letters
from toolkit.papers.brief import BRIEF
from toolkit.papers.editions import Edition
from toolkit.papers.notice import disagreements
from toolkit.run.outputs import CONSOLIDATED, brief_of, correspondence_of, letter_path, notice_of
from toolkit.run.record import RECORD
from toolkit.workbooks.consolidated import read_totals

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.run.round import Round


class FiguresDisagreeError(ToolkitError):
    """A number read back from what was written is not the number that was computed."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("各处数字不一致，本次未出任何文件：" + "；".join(faults))


def prove(round_: Round, folder: Path) -> None:
    """Read the staged outputs back and compare their totals with the figures; raises FiguresDisagreeError."""
    faults = (
        *_sums(round_),
        *_since_last(round_),
        *_workbook(round_, folder),
        *_notice(round_, folder),
        *_record(round_, folder),
    )
    if faults:
        raise FiguresDisagreeError(faults)


def _sums(round_: Round) -> tuple[str, ...]:
    """The figures close: statuses, units and leaders each add up to the number of problems."""
    figures = round_.figures
    sums = {
        "各状态问题数之和": sum(figures.by_status.values()) + figures.unknown_status,
        "各单位问题数之和": sum(group.problems for group in figures.units),
        "各牵头领导问题数之和": sum(group.problems for group in figures.leaders),
        "台账行数": len(round_.entries),
    }
    return tuple(
        f"{name}为{number}，问题总数为{figures.problems}"
        for name, number in sums.items()
        if number != figures.problems
    )


def _since_last(round_: Round) -> tuple[str, ...]:
    """Last round ± changes = this round."""
    statuses = {entry.item.id: entry.item.status for entry in (*round_.before, *round_.entries)}
    figures = round_.figures
    return unbalanced(round_.changes, figures.by_status, figures.unknown_status, statuses)


def _workbook(round_: Round, folder: Path) -> tuple[str, ...]:
    """汇总台账.xlsx as read back: rows and each status counted from the ledger sheet, totals from 总览."""
    figures = round_.figures
    expected = {"问题总数": figures.problems, "逾期": figures.overdue, "临期": figures.due_soon}
    expected |= {
        round_.settings.words.of(status): number for status, number in figures.by_status.items()
    }
    found = read_totals(folder / CONSOLIDATED, round_.settings)
    return tuple(
        f"汇总台账“{where}”中{name}为{numbers.get(name, 0)}，应为{number}"
        for where, numbers in found.items()
        for name, number in expected.items()
        if numbers.get(name, 0) != number
    )


def _notice(round_: Round, folder: Path) -> tuple[str, ...]:
    return tuple(
        f"{edition.value.removesuffix('.docx')}：{fault}"
        for edition in Edition
        if edition.value not in {stopped.paper for stopped in round_.stopped}
        for fault in disagreements(notice_of(round_, edition), folder / edition.value)
    )


def _brief(round_: Round, folder: Path) -> tuple[str, ...]:
    stopped = BRIEF in {paper.paper for paper in round_.stopped}
    return () if stopped else brief.disagreements(brief_of(round_), folder / BRIEF)


def _letters(round_: Round, folder: Path) -> tuple[str, ...]:
    stopped = {paper.paper for paper in round_.stopped}
    written = [(letter, letter_path(folder, letter)) for letter in round_.letters]
    return tuple(
        fault
        for letter, path in written
        if path.relative_to(folder).as_posix() not in stopped
        for fault in letters.disagreements(correspondence_of(round_, letter), path)
    )


def _record(round_: Round, folder: Path) -> tuple[str, ...]:
    record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    rows = len(record["rows"])
    return (
        ()
        if rows == round_.figures.problems
        else (f"run.json中有{rows}行，问题总数为{round_.figures.problems}",)
    )
