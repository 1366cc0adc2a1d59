"""Several rows about one problem become one item; rows copied twice are read once. No value is lost on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from toolkit.intake.codes import finding
from toolkit.intake.fold_rows import join
from toolkit.intake.row_kinds import FORM, text_of
from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.submission import Row, Untaken
from toolkit.ledger.text import means_nothing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.intake.cells import Cells
    from toolkit.intake.tables import Table
    from toolkit.ledger.finding import Finding

MERGED_INTO, COPIED = "并入第{}行", "与第{}行完全相同"
_TAKEN = re.compile(r"并入第\d+行$|^与第\d+行完全相同")
# What a row that only goes on with the problem above it may hold besides its measure.
_GOES_ON = frozenset(
    {
        "measures",
        "owner",
        "deadline",
        "lead_unit",
        "co_units",
        "lead_leader",
        "goal",
        "regulations",
        "evidence",
        "remarks",
    }
)
_LEAST_CELLS = 3


def is_news(left: Untaken) -> bool:
    """Whether a row that was not taken needs a person: not one that is part of another row, or of the sheet's form."""
    return left.reason not in FORM and not _TAKEN.search(left.reason)


@dataclass(slots=True)
class Gathered:
    """The rows of a table as items, the rows that went into others, and what is to be said of it."""

    rows: tuple[Row, ...] = ()
    untaken: list[Untaken] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def gather(rows: Sequence[Row], cells: Cells, table: Table) -> Gathered:
    """One row for each problem, in the order of their first rows."""
    gathered = Gathered()
    kept: list[Row] = []
    for group in _groups(_without_copies(rows, table, gathered), cells):
        if len(group) == 1:
            kept.append(group[0])
        elif _is_one_problem(group):
            joined, said = join(group)
            kept.append(joined)
            gathered.findings += said
            gathered.untaken += [_into(row, group[0], MERGED_INTO, table) for row in group[1:]]
        else:
            kept += _numbered(group, gathered)
    gathered.rows = tuple(kept)
    return gathered


def _into(row: Row, first: Row, reason: str, table: Table) -> Untaken:
    return Untaken(
        row.origin.sheet,
        row.origin.row,
        reason.format(first.origin.row),
        text_of(table.grid, row.origin.row),
    )


def _without_copies(rows: Sequence[Row], table: Table, gathered: Gathered) -> Iterator[Row]:
    """Each row once; a copy that says nothing else is named."""
    seen: dict[tuple[str | None, ...], Row] = {}
    for row in rows:
        typed = row.typed
        first = seen.setdefault(
            (row.key, typed.get("id"), typed.get("problem"), typed.get("measures")), row
        )
        if first is row or len(typed) < _LEAST_CELLS or typed != first.typed:
            yield row
            continue
        if (
            row.typed.keys() <= row.elsewhere.keys()
        ):  # nothing of its own: merged cells drawn over two rows
            gathered.untaken.append(_into(row, first, MERGED_INTO, table))
            continue
        message = f"该行与第{first.origin.row}行完全相同，只读取一次。"
        gathered.findings.append(
            finding("X305", row.place(), message, "请删除多余的行。", item=row.item.id)
        )
        gathered.untaken.append(_into(row, first, COPIED, table))


def _groups(rows: Iterator[Row], cells: Cells) -> Iterator[list[Row]]:
    """Rows that belong together: under one merged id (or problem), the same id again, or a measure that goes on."""
    group: list[Row] = []
    for row in rows:
        if group and _belongs(row, group, cells):
            group.append(row)
            continue
        if group:
            yield group
        group = [row]
    if group:
        yield group


def _belongs(row: Row, group: Sequence[Row], cells: Cells) -> bool:
    first, last = group[0], group[-1]
    if _owner(row, cells) == _owner(first, cells):
        return True
    adjacent = row.origin.row == last.origin.row + 1
    return adjacent and (_goes_on(row, first) or _says_again(row, group))


def _owner(row: Row, cells: Cells) -> int:
    """The row whose cell names this row's problem: the top of the merge over the id, else over the problem."""
    number = row.origin.row
    if not cells.merged:
        return number
    for code in ("id", "problem", "sub_problem"):
        col = cells.columns.get(code)
        if col is None:
            continue
        found = cells.merged.get((number, col))
        if found:
            return found[0]
        if code == "id" and "id" in row.typed:
            return number
        if code == "problem":
            return number
    return number


def _goes_on(row: Row, first: Row) -> bool:
    """Whether a row without id, problem, status and progress only adds a measure to the problem above it."""
    said = row.typed.keys() - row.elsewhere.keys()
    return (
        "measures" in said
        and said <= _GOES_ON
        and not row.key
        and not row.typed.keys() & {"id", "problem", "status", "progress"}
        and bool(first.typed.keys() & {"id", "problem", "sub_problem"})
        and row.typed.get("sub_problem", first.typed.get("sub_problem"))
        == first.typed.get("sub_problem")
    )


def _says_again(row: Row, group: Sequence[Row]) -> bool:
    """Whether the next row repeats id and problem to write another measure."""
    first = group[0]
    same_id = row.item.id and row.item.id == first.item.id and row.key == first.key
    measures = {measure for other in group for measure in other.item.measures}
    return bool(
        same_id
        and _problem(row) in (_problem(first), ("", ""))
        and row.item.measures
        and not measures & set(row.item.measures)
    )


def _problem(row: Row) -> tuple[str, str]:
    return _bare(row.item.sub_problem), _bare(row.item.problem)


def _bare(text: str) -> str:
    return "" if means_nothing(text) else "".join(text.split())


def _is_one_problem(group: Sequence[Row]) -> bool:
    """Whether the rows under one id name one problem (or none but the first does)."""
    problems = {_problem(row)[1] for row in group} - {""}
    headings = {_problem(row)[0] for row in group} - {""}
    keys = {row.key for row in group} - {""}
    return len(problems) <= 1 and len(headings) <= 1 and len(keys) <= 1


def _numbered(group: Sequence[Row], gathered: Gathered) -> list[Row]:
    """One id merged over several problems counts the level above them: each gets a number of its own behind it."""
    base = group[0].item.id
    if not base or any(row.key for row in group):
        return list(group)
    rows = [
        replace(row, item=replace(row.item, id=f"{base}-{number}"))
        for number, row in enumerate(group, 1)
    ]
    message = (
        f"编号“{base}”合并了{len(group)}个不同的问题，按{rows[0].item.id}至{rows[-1].item.id}区分。"
    )
    place = group[0].place("id")
    header = BY_CODE["id"].header
    fix = f"请为每个问题单独填写{header}。"
    gathered.findings.append(
        finding("X307", place, message, fix, column="id", value=base, item=rows[0].item.id)
    )
    return rows
