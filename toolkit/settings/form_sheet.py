"""The sheet 栏目 of 设置.xlsx: the office's form, a row a column; written by the toolkit, confirmed by the office."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.ledger.columns import BY_CODE, COLUMNS, Filler
from toolkit.ledger.form import SUMMABLE, Form, FormColumn, OwnKind
from toolkit.ledger.own import heading_path, own_code
from toolkit.ledger.text import as_typed, clean
from toolkit.settings.lists import FORM_COLUMNS, FORM_SHEET, NOT_READ, OWN_COLUMN, UNSURE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.sheets.grid import Grid

_CODE_OF_HEADER = {column.header: column.code for column in COLUMNS}
MEANINGS = (OWN_COLUMN, NOT_READ, *_CODE_OF_HEADER)
KINDS = tuple(kind.value for kind in OwnKind)
FILLERS = tuple(filler.value for filler in Filler)
_YES, _NO = "是", "否"
YES_NO = (_YES, _NO)
_WIDTH = len(FORM_COLUMNS)
_BETWEEN = re.compile(r"[、，,；;/\n]+")
# What may stand in each column of the sheet, by its number from 1.
ALLOWED = {2: MEANINGS, 3: FILLERS, 4: KINDS, 5: YES_NO, 7: YES_NO, 8: YES_NO}


def form_row(column: FormColumn) -> tuple[str, ...]:
    """A column of the form as the cells of its row, in the order of `FORM_COLUMNS`."""
    doubt = "" if column.is_sure else UNSURE
    if not column.code:
        return (column.heading, NOT_READ, column.filled_by.value, *[""] * 5, doubt, column.heading)
    first = column.path if column.is_own else column.heading
    if not column.is_own:
        return (
            column.heading,
            BY_CODE[column.code].header,
            column.filled_by.value,
            *[""] * 5,
            doubt,
            first,
        )
    return (
        column.heading,
        OWN_COLUMN,
        column.filled_by.value,
        column.kind.value,
        _YES if column.required else _NO,
        "、".join(column.choices),
        _YES if column.is_summed else _NO,
        _YES if column.is_public else _NO,
        doubt,
        first,
    )  # fmt: skip


def read_form(grid: Grid | None, rows: range, faults: list[str]) -> Form:
    """The form that the rows of the sheet say; every fault is named with its cell and what stands there."""
    if grid is None:
        return Form()
    columns: list[FormColumn] = []
    seen: dict[str, int] = {}
    for number in rows:
        cells = [clean(as_typed(grid.value(number, col))) for col in range(1, _WIDTH + 1)]
        if not any(cells):
            continue
        wrong = list(_faults(cells, number, seen))
        faults += wrong
        seen.setdefault(cells[0], number)
        if not wrong:
            columns.append(_column(cells))
    return Form(tuple(columns))


def _faults(cells: list[str], number: int, seen: dict[str, int]) -> Iterator[str]:
    """What is wrong with a row, each with its cell."""
    if not cells[0]:
        yield _fault(f"A{number}", "没有写表头", "", "请恢复表头，或清空整行")
    elif cells[0] in seen:
        yield _fault(f"A{number}", f"与第{seen[cells[0]]}行重复", cells[0], "同一表头只能有一行")
    if not cells[1]:
        yield _fault(f"B{number}", "没有选对应栏目", "", f"请从下拉列表中选择，如{OWN_COLUMN}")
    for col, allowed in ALLOWED.items():
        said = cells[col - 1]
        if said and said not in allowed:
            name = FORM_COLUMNS[col - 1][0]
            some = "、".join(allowed[:4])
            yield _fault(
                f"{'ABCDEFGH'[col - 1]}{number}",
                f"不是{name}的可选项",
                said,
                f"请从下拉列表中选择，如{some}",
            )
    kind = cells[3]
    if (
        cells[1] == OWN_COLUMN
        and cells[6] == _YES
        and kind in KINDS
        and OwnKind(kind) not in SUMMABLE
    ):
        fix = f"要合计的，“内容”请选{'、'.join(kind.value for kind in SUMMABLE_IN_ORDER)}之一"
        yield _fault(f"G{number}", "不能合计", kind, fix)


SUMMABLE_IN_ORDER = tuple(kind for kind in OwnKind if kind in SUMMABLE)


def _fault(cell: str, wrong: str, said: str, fix: str) -> str:
    written = f"，写的是“{said}”" if said else ""
    return f"“{FORM_SHEET}”!{cell}{wrong}{written}；{fix}"


def _column(cells: list[str]) -> FormColumn:
    heading, meaning, filler, kind, required, choices, summed, public, doubt, first = cells
    is_sure = doubt != UNSURE
    if meaning == NOT_READ:
        return FormColumn(heading=heading, code="", is_sure=is_sure)
    if meaning != OWN_COLUMN:
        column = BY_CODE[_CODE_OF_HEADER[meaning]]
        filled_by = Filler(filler) if filler else column.filled_by
        return FormColumn(
            heading=heading,
            code=column.code,
            filled_by=filled_by,
            required=column.required,
            is_sure=is_sure,
        )
    return FormColumn(
        heading=heading,
        # By the words that it had first: renaming keeps what was filled in under them.
        code=own_code(heading_path([first or heading])),
        kind=OwnKind(kind or OwnKind.TEXT),
        filled_by=Filler(filler or Filler.UNIT),
        required=required == _YES,
        choices=tuple(word for word in _BETWEEN.split(choices) if word),
        is_summed=summed == _YES,
        is_public=public == _YES,
        is_sure=is_sure,
    )
