"""Columns that a workbook lacks: what is missing weighs by what it leaves unsaid, and a table that says nothing is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.intake.cells import own_columns
from toolkit.intake.codes import finding
from toolkit.intake.headers import Part
from toolkit.ledger.columns import COLUMNS, Filler
from toolkit.ledger.finding import Place, Severity
from toolkit.ledger.own import own_code
from toolkit.ledger.submission import Role
from toolkit.sheets.grid import address

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.intake.tables import Table
    from toolkit.ledger.columns import Column
    from toolkit.ledger.finding import Finding
    from toolkit.ledger.form import Form, FormColumn
    from toolkit.ledger.submission import Row, Submission

_PROBLEM = frozenset({"main_problem", "sub_problem", "problem"})
_REPORTED = frozenset({"progress", "status"})
_REQUIRED = tuple(column for column in COLUMNS if column.required)
_FIX = "请使用下发的台账模板填报，不要删除栏目；栏目另有名称的，请把表头改为标准名称。"
_DECIDE = "请在设置.xlsx“表头对照”中选定，或把表头改为标准名称后重新报送。"
_SHOWN = 8


def why_refused(tables: Sequence[Table], *, has_baseline: bool) -> str:
    """Why tables with these headings say nothing about any problem; "" where they say something.

    A row needs the words of its problem; by its number alone it is known only where the office has a ledger already,
    and then it must report on it.
    """
    here = {heading.code for table in tables for heading in table.headings}
    if here & _PROBLEM or (has_baseline and "id" in here and here & _REPORTED):
        return ""
    lacking = [
        name
        for name, codes in (("问题", _PROBLEM), ("单位", {"lead_unit"}), ("整改状态", {"status"}))
        if not here & codes
    ]
    unknown = [heading.text for table in tables for heading in table.headings if not heading.code]
    headings = "".join(f"“{text}”" for text in dict.fromkeys(unknown[:_SHOWN]))
    asked = f"没有看懂的表头：{headings}；" if unknown else ""
    return f"没有认出写{'、'.join(lacking)}的栏目，各行说的是哪个问题无从知道；{asked}{_DECIDE}"


def missing_columns(
    tables: Sequence[Table], submission: Submission, form: Form, *, has_baseline: bool
) -> Iterator[Finding]:
    """The required columns of the form that each table lacks and that no other table of the same problems has."""
    for table in tables:
        rows = [row for row in submission.rows if row.origin.sheet == table.grid.name]
        if not rows and len(tables) > 1:
            continue  # all its rows went into those of another list
        here = {heading.code for heading in table.headings}
        here |= {code for row in rows for code in row.typed}
        here |= {"sub_problem"} if here & _PROBLEM else set()  # one level of problems is enough
        here |= _asked_for(table)
        missing = [
            column
            for column in _REQUIRED
            if column.code not in here and not form.lacks(column.code)
        ]
        further = [] if not has_baseline else _further_missing(table, rows, here, form)
        if not (missing or further):
            continue
        place = Place(submission.file, table.grid.name, address(table.header_row, table.block.left))
        names = [form.heading_of(column.code) for column in missing]
        headers = "、".join([*names, *(column.heading for column in further)])
        found = finding("X103", place, f"表中没有栏目：{headers}。", _FIX)
        is_return = has_baseline and submission.role is Role.RETURN
        grave = (is_return and any(column.required for column in further)) or any(
            _weighs(column, submission, rows, is_return=is_return) for column in missing
        )
        yield found if grave else replace(found, severity=Severity.WARNING)


def _further_missing(
    table: Table, rows: Sequence[Row], here: set[str], form: Form
) -> list[FormColumn]:
    """The columns of the office's form that units fill and a table lacks, beside the standard ones that are required."""
    paths = {*own_columns(table).values(), *(path for row in rows for path in row.own)}
    here = here | {own_code(path) for path in paths} | {column.code for column in _REQUIRED}
    asked = form.written if not form.is_standard else ()
    return [c for c in asked if c.filled_by is Filler.UNIT and c.code not in here]


def _asked_for(table: Table) -> set[str]:
    """Columns that may be there under a heading that somebody is asked about, or that the sheet's name stands for."""
    asked = {code for heading in table.headings if not heading.code for code in heading.candidates}
    asked |= {table.named[0]} if table.named else set()
    return asked | ({"status"} if any(h.part is Part.UNCLEAR for h in table.headings) else set())


def _weighs(
    column: Column, submission: Submission, rows: Sequence[Row], *, is_return: bool
) -> bool:
    """Whether rows without this column say too little: what only a unit can report, in a return; whose the rows are."""
    if column.code in _PROBLEM:
        return True
    if column.code == "lead_unit":
        return not submission.unit and any(not row.item.lead_unit for row in rows)
    return is_return and column.filled_by is Filler.UNIT
