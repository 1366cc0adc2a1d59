"""Headings that mean different things in different ledgers: their neighbours and what the cells hold decide."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from toolkit.intake.headers import Heading, How, probable_code
from toolkit.intake.profile import are_measures, filled, is_wordy, share
from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.readers import read_cell
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.status import Status
from toolkit.ledger.text import blank, normal_heading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from toolkit.ledger.readers import Context
    from toolkit.sheets.grid import Value

Cells = "Mapping[int, Sequence[Value]]"
_LEADS = frozenset({"牵头单位", "牵头部门", "主办单位", "主责单位", "主责部门"})
_RESPONSIBLE = frozenset(
    {"责任单位", "责任部门", "责任科室", "责任处室", "承办单位", "责任主体", "整改责任单位"}
)
_PLAIN_PROBLEM = frozenset({"存在问题", "存在的问题"})
_TASK = frozenset({"整改任务", "任务名称", "任务", "整改内容"})
_DONE_AT = frozenset({"完成时间", "整改完成时间", "完成日期"})
# The share of cells that must read as a status for a doubtful column to be one.
_STATUSES = 0.6
# The share from which a column of short texts beside the progress is the status, its other cells badly written.
_SOME = 1 / 3


def settle(
    headings: list[Heading], cells: Mapping[int, Sequence[Value]], context: Context
) -> list[Heading]:
    """The headings with every doubtful one decided; what the office chose is never touched."""
    traps: tuple[Callable[[list[Heading], Mapping[int, Sequence[Value]], Context], None], ...] = (
        _counter_beside_id,
        _responsible_beside_lead,
        _problem_or_difficulty,
        _problem_levels,
        _problem_or_measure,
        _rate_beside_status,
        _status_or_progress,
        _planned_or_actual,
    )
    for trap in traps:
        trap(headings, cells, context)
    return headings


def _set(headings: list[Heading], number: int, code: str) -> None:
    """Give one heading another code; how it was known becomes the cells."""
    if headings[number].code != code:
        headings[number] = replace(headings[number], code=code, how=How.CELLS)


def _doubtful(headings: Sequence[Heading], words: frozenset[str]) -> list[int]:
    return [
        number
        for number, heading in enumerate(headings)
        if heading.how is not How.CHOSEN and heading.spelling in words
    ]


def _others(headings: Sequence[Heading], number: int) -> set[str]:
    """What the other columns are, misspelt ones as what they will be taken for."""
    return {
        heading.code or (probable_code(heading.text) if heading.how is How.UNKNOWN else "")
        for other, heading in enumerate(headings)
        if other != number
    }


def _counter_beside_id(
    headings: list[Heading], cells: Mapping[int, Sequence[Value]], context: Context
) -> None:
    """序号 beside 问题编号 only counts rows: of two ids the standard heading is the id, the counter is not data."""
    del cells, context
    ids = [number for number, heading in enumerate(headings) if heading.code == "id"]
    named = [number for number in ids if normal_heading(headings[number].text) not in _COUNTERS]
    if named and len(ids) > len(named):
        for number in ids:
            if number not in named and headings[number].how is not How.CHOSEN:
                headings[number] = replace(headings[number], code="", how=How.COUNTER)


_COUNTERS = frozenset({"序号", "NO", "NO.", "No", "№", "总序号", "分序号"})


def _responsible_beside_lead(
    headings: list[Heading], cells: Mapping[int, Sequence[Value]], context: Context
) -> None:
    """责任单位 alone leads; beside 牵头单位 it names those who co-operate."""
    del cells, context
    if _doubtful(headings, _LEADS):
        for number in _doubtful(headings, _RESPONSIBLE):
            _set(headings, number, "co_units")


def _problem_or_difficulty(
    headings: list[Heading], cells: Mapping[int, Sequence[Value]], context: Context
) -> None:
    """存在问题 right of the progress, beside another column of problems, is what hinders."""
    del cells, context
    for number in _doubtful(headings, _PLAIN_PROBLEM):
        others = _others(headings, number)
        left = {heading.code for heading in headings[:number]}
        if (
            others & {"problem", "sub_problem"}
            and left & {"progress", "status"}
            and "difficulty" not in others
        ):
            _set(headings, number, "difficulty")


_LEVELS = ("main_problem", "sub_problem", "problem")


def _problem_levels(
    headings: list[Heading], cells: Mapping[int, Sequence[Value]], context: Context
) -> None:
    """Columns of problems side by side of which two are the same level: the levels go from left to right.

    方面｜问题类别｜具体问题表现 are three levels, whatever each is called; what the office chose or named
    with a standard heading stays.
    """
    del cells, context
    for run in _runs_of_problems(headings):
        codes = [headings[number].code for number in run]
        fixed = [headings[number].how in (How.CHOSEN, How.EXACT) for number in run]
        if len(set(codes)) == len(codes) or len(run) > len(_LEVELS):
            continue
        chosen = [headings[number].how is How.CHOSEN for number in run]
        # A standard heading may be another level here: 方面｜主要问题｜具体问题.
        fitting = _fitting(codes, fixed) or _fitting(codes, chosen)
        # Of the ways that keep what is fixed, the one that changes least; of equals the lowest levels.
        if fitting:
            best = max(
                fitting,
                key=lambda levels: (
                    sum(map(str.__eq__, levels, codes)),
                    [_LEVELS.index(level) for level in levels],
                ),
            )
            for number, level in zip(run, best, strict=True):
                _set(headings, number, level)


def _fitting(codes: Sequence[str], fixed: Sequence[bool]) -> list[tuple[str, ...]]:
    """The ways to take so many columns for levels, from left to right, that keep what is fixed."""
    return [
        levels
        for levels in combinations(_LEVELS, len(codes))
        if all(
            level == code for level, code, stays in zip(levels, codes, fixed, strict=True) if stays
        )
    ]


def _runs_of_problems(headings: Sequence[Heading]) -> list[list[int]]:
    """Headings of problems that stand side by side, numbers between them aside."""
    runs: list[list[int]] = [[]]
    for number, heading in enumerate(headings):
        if heading.code in _LEVELS:
            runs[-1].append(number)
        elif heading.code != "id" and runs[-1]:
            runs.append([])
    return [run for run in runs if len(run) > 1]


def _problem_or_measure(
    headings: list[Heading], cells: Mapping[int, Sequence[Value]], context: Context
) -> None:
    """整改任务 and 整改内容 stand at the level of problems or of measures: what is written there tells."""
    del context
    for number in _doubtful(headings, _TASK):
        others = _others(headings, number)
        values = cells.get(headings[number].col, ())
        level = next((code for code in ("sub_problem", "problem") if code not in others), "")
        if (
            "measures" not in others
            and (others & {"sub_problem", "problem"})
            and (are_measures(values) or not level)
        ):
            _set(headings, number, "measures")
        elif (
            headings[number].code == "measures"
            and level
            and filled(values)
            and not are_measures(values)
        ):
            _set(headings, number, level)
        elif headings[number].code == "sub_problem" and "sub_problem" in others:
            _set(
                headings,
                number,
                "problem" if "problem" not in others else "goal" if "goal" not in others else "",
            )


def _rate_beside_status(
    headings: list[Heading], cells: Mapping[int, Sequence[Value]], context: Context
) -> None:
    """整改进度（%） beside 整改状态 is a number of its own; alone it is how far the rectification has come."""
    del cells, context
    for number in _doubtful(headings, frozenset({"整改进度"})):
        is_rate = "%" in headings[number].text or "％" in headings[number].text
        if is_rate and "status" in _others(headings, number):
            headings[number] = replace(headings[number], code="", how=How.UNKNOWN, means="")


def _status_or_progress(
    headings: list[Heading], cells: Mapping[int, Sequence[Value]], context: Context
) -> None:
    """完成情况, 整改情况 and 整改进度 hold a word, a percentage or prose: the column with most words of status is it."""
    shares = {
        number: share("status", cells.get(headings[number].col, ()), context)
        for number in _words_or_prose(headings)
        if filled(cells.get(headings[number].col, ()))
    }
    # The fullest of words first; of equals the one whose heading means a status.
    for number in sorted(
        shares, key=lambda number: (-shares[number], headings[number].code != "status", number)
    ):
        values, others = cells.get(headings[number].col, ()), _others(headings, number)
        settled = others - {"status"} if _only_open(headings, number, shares) else others
        _set(
            headings, number, _word_or_prose(headings[number].code, values, settled, shares[number])
        )
        shares.pop(number)


def _words_or_prose(headings: Sequence[Heading]) -> list[int]:
    """The columns that a synonym names as status or progress."""
    return [
        number
        for number, heading in enumerate(headings)
        if heading.code in ("progress", "status")
        and heading.how in (How.SYNONYM, How.GRAMMAR)
        and normal_heading(heading.text) != normal_heading(BY_CODE[heading.code].header)
    ]


def _only_open(headings: Sequence[Heading], number: int, undecided: Mapping[int, float]) -> bool:
    """Whether the other statuses of a table are all columns that come later in the decision."""
    return all(
        other in undecided
        for other, heading in enumerate(headings)
        if other != number and heading.code == "status"
    )


def _word_or_prose(spelt: str, values: Sequence[Value], others: set[str], words: float) -> str:
    """Status or progress, by the share of words of status in its cells and by what the other columns are."""
    if words >= _STATUSES:
        return "progress" if "status" in others and "progress" not in others else "status"
    if is_wordy(values) or "status" in others or "progress" not in others:
        return "progress"
    return "status" if spelt == "status" or words >= _SOME else "progress"


def _planned_or_actual(
    headings: list[Heading], cells: Mapping[int, Sequence[Value]], context: Context
) -> None:
    """完成时间 is the actual day beside a deadline; alone it is the deadline if open items carry it too."""
    for number in _doubtful(headings, _DONE_AT):
        if "deadline" in _others(headings, number):
            _set(headings, number, "completed_on")
        else:
            statuses = next((cells.get(h.col, ()) for h in headings if h.code == "status"), ())
            actual = bool(statuses) and _only_where_done(
                cells.get(headings[number].col, ()), statuses, context
            )
            _set(headings, number, "completed_on" if actual else "deadline")


def _only_where_done(days: Sequence[Value], statuses: Sequence[Value], context: Context) -> bool:
    """Whether days stand beside finished items only, and are days."""
    dated = [(day, status) for day, status in zip(days, statuses, strict=False) if not blank(day)]
    return bool(dated) and all(
        read_cell(BY_CODE["status"], status, context) is Status.DONE
        and (
            isinstance(day, dt.date)
            or not isinstance(read_cell(BY_CODE["completed_on"], day, context), Unreadable)
        )
        for day, status in dated
        if not blank(status)
    )
