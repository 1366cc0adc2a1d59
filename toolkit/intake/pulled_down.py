"""Rows that a list was pulled down over: unit and status, or a number, and no problem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.intake.codes import finding
from toolkit.intake.row_kinds import PULLED_DOWN
from toolkit.ledger.columns import BY_CODE, CODES
from toolkit.ledger.finding import Place
from toolkit.ledger.joining import shortened
from toolkit.ledger.submission import Untaken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.intake.tables import Table
    from toolkit.ledger.finding import Finding
    from toolkit.ledger.submission import Row

# What a list, a copied cell or a series of numbers fills; a row with anything else says something.
_FILLED = frozenset(
    {"source", "lead_leader", "lead_unit", "co_units", "owner", "kind", "deadline", "status"}
)
# What may differ from row to row and yet be pulled down: numbers and dates go up by themselves.
_SERIES = frozenset({"id", "deadline"})
_LACKING = ("id", "sub_problem", "problem", "measures", "progress")
_LEAST_ROWS = 3


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows that say something, the others, and one sentence about each run of them."""

    rows: tuple[Row, ...]
    untaken: tuple[Untaken, ...] = ()
    findings: tuple[Finding, ...] = ()


def without_pulled_down(rows: Sequence[Row], table: Table, *, has_baseline: bool) -> Kept:
    """The rows without runs of those that only a list was pulled down over.

    Before there is a ledger (`has_baseline`) a bare number makes no problem either, where the table
    has a column for the problem; in a return it may name an item that is known.
    """
    known = frozenset(heading.code for heading in table.headings)
    may_be_numbered = not has_baseline and bool(known & {"problem", "sub_problem"})
    runs = [run for run in _runs(rows, may_be_numbered=may_be_numbered) if len(run) >= _LEAST_ROWS]
    if not runs:
        return Kept(tuple(rows))
    left = {row.origin.row for run in runs for row in run}
    name = table.grid.name
    return Kept(
        tuple(row for row in rows if row.origin.row not in left),
        tuple(
            Untaken(
                name, row.origin.row, PULLED_DOWN, shortened(" ".join(row.typed.values()), 60, "")
            )
            for run in runs
            for row in run
        ),
        tuple(_finding_of(run, known) for run in runs),
    )


def _runs(rows: Sequence[Row], *, may_be_numbered: bool) -> Iterator[list[Row]]:
    """Bare rows one below the other that say the same."""
    run: list[Row] = []
    for row in rows:
        is_bare = _is_bare(row, may_be_numbered=may_be_numbered)
        if run and not (is_bare and _goes_on(row, run[-1])):
            yield run
            run = []
        if is_bare:
            run.append(row)
    if run:
        yield run


def _is_bare(row: Row, *, may_be_numbered: bool) -> bool:
    codes = row.typed.keys()
    if row.key or not codes or "id" in row.elsewhere:
        return False
    own = codes - ({"main_problem"} & row.elsewhere.keys())  # a merge may reach down over the rows
    return own <= _FILLED or (may_be_numbered and own - {"id"} <= _FILLED)


def _goes_on(row: Row, before: Row) -> bool:
    """Whether the next row says the same as the one above it, but for what goes up by itself."""
    return row.typed.keys() == before.typed.keys() and all(
        row.typed[code] == before.typed[code] for code in row.typed.keys() - _SERIES
    )


def _finding_of(run: Sequence[Row], known: frozenset[str]) -> Finding:
    first, last = run[0], run[-1]
    has = [BY_CODE[code].header for code in CODES if code in first.typed]
    lacks = [BY_CODE[code].header for code in _LACKING if code in known - first.typed.keys()]
    message = (
        f"第{first.origin.row}—{last.origin.row}行（{len(run)}行）只有{'和'.join(has)}，"
        f"没有{'、'.join(lacks)}，未采用。"
    )
    place = Place(first.origin.file, first.origin.sheet, first.place(next(iter(first.typed))).cell)
    fix = "是下拉填充多出来的行，请删除；确有问题的，请补填内容。"
    return finding("X316", place, message, fix)
