"""Where the ledger stands in the office's own workbook: its rows and columns, by which it is filled in in place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.intake.cells import own_columns
from toolkit.intake.headers import Office, Part
from toolkit.intake.learned_form import choices_of
from toolkit.intake.rows import read_table
from toolkit.intake.tables import Table, find_tables
from toolkit.ledger.own import heading_path, own_code
from toolkit.ledger.text import normal_heading
from toolkit.sheets.around import NotCarried
from toolkit.sheets.open import open_book
from toolkit.sheets.shown import as_shown
from toolkit.sheets.skeleton import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.ledger.form import Form
    from toolkit.settings.model import Settings

_UNIT = re.compile(r"[（(]?[万亿千]?元[）)]?$")
_XLSX = b"PK\x03\x04"
_NOT_XLSX = (
    "台账不是.xlsx文件，版式（字体、列宽、下拉列表、打印设置）无法原样照写，下发表用工具箱的版式；"
    "请用Excel或WPS打开后另存为.xlsx，放到templates/整改台账.xlsx。"
)
_NO_LEDGER = "没有找到台账的表头，无法照写版式；请把台账另存为.xlsx，放到templates/整改台账.xlsx。"


@dataclass(frozen=True, slots=True)
class FormPlace:
    """Where the table stands; `codes` by column (from 1), `ticks` the columns in which a tick says a value: code, word.

    `renamed` are the columns that the office calls otherwise by now, with their new words.
    """

    place: Place
    codes: Mapping[int, str]
    ticks: Mapping[int, tuple[str, str]]
    renamed: Mapping[int, str]


def form_place(data: bytes, name: str, settings: Settings) -> FormPlace:
    """Where the largest table of a workbook stands, by the office's form. Raises NotCarried where it cannot be filled in.

    UnreadableFile for what is no workbook at all.
    """
    if not data.startswith(_XLSX) or not name.lower().endswith((".xlsx", ".xlsm")):
        raise NotCarried(_NOT_XLSX)
    book = as_shown(open_book(data, name, settings.passwords_for(name)))
    office = Office(settings.context, {**choices_of(settings.form), **settings.remembered})
    tables, _ = find_tables(book, office)
    if not tables:
        raise NotCarried(_NO_LEDGER)
    table = max(tables, key=lambda table: table.block.until - table.block.last)
    if any(other is not table and other.grid is table.grid for other in tables):
        raise NotCarried(
            f"工作表“{table.grid.name}”上有几张表，加行后会互相错位；请每张表各占一个工作表，另存后放到templates/整改台账.xlsx。"
        )
    codes = _codes(table)
    renamed = dict(_renamed(table, codes, settings.form))
    found = FormPlace(_place(table, settings), codes, _ticks(table), renamed)
    _refuse_lost(found, settings)
    return found


def _refuse_lost(found: FormPlace, settings: Settings) -> None:
    """What the form asks for must stand in the workbook, or units could not fill it in."""
    there = {*found.codes.values(), *(code for code, _ in found.ticks.values())}
    lost = [column.heading for column in settings.form.written if column.code not in there]
    if lost:
        raise NotCarried(
            f"栏目{'、'.join(f'“{heading}”' for heading in lost)}在台账的表头中找不到（设置.xlsx“栏目”表改过），无法照写版式，"
            "下发表用工具箱的版式；请在原台账上把表头也改好，放到templates/整改台账.xlsx。"
        )


def _place(table: Table, settings: Settings) -> Place:
    """Data rows reach from the first row that was read to the last; of a blank form, over its blank rows."""
    block = table.block
    read = read_table(table, "", settings.context, {}, has_baseline=False)
    numbers = [row.origin.row for row in read.rows]
    blank = [n for n in range(block.last + 1, block.until + 1) if not any(table.grid.rows[n - 1])]
    first = min(numbers, default=next(iter(blank), block.last + 1))
    last = max(numbers, default=_run_of(blank, first))
    right = max(block.right, *(heading.col for heading in table.headings))
    return Place(
        sheet=table.grid.name, head=block.last, first=first, last=last, left=block.left, right=right
    )


def _run_of(blank: list[int], first: int) -> int:
    """The end of the blank rows that follow one another from `first`."""
    last = first
    while last + 1 in blank:
        last += 1
    return last


def _codes(table: Table) -> dict[int, str]:
    """The column of each code: of several that are one, the first; of months the newest."""
    own = own_columns(table)
    by_code: dict[str, int] = {}
    for heading in sorted(table.headings, key=lambda heading: heading.col):
        is_old = heading.part in (Part.PAST, Part.TICK, Part.UNCLEAR) or heading.age > 0
        code = own_code(own[heading.col]) if heading.col in own else heading.code
        if code and not is_old:
            by_code.setdefault(code, heading.col)
    return {col: code for code, col in by_code.items()}


def _renamed(table: Table, codes: Mapping[int, str], form: Form) -> Iterator[tuple[int, str]]:
    """Columns whose heading in 栏目 is another one than stands in the workbook."""
    words = {word.col: word.parts for word in table.block.words}
    for col, code in codes.items():
        parts = words.get(col, ())
        here = {normal_heading(text) for text in (*parts[-1:], heading_path(parts), "".join(parts))}
        lowest = form.heading_of(code).rpartition("／")[2]
        alike = {normal_heading(text) for text in (form.heading_of(code), lowest)}
        # （元） was taken over from a line above the table.
        is_same = bool(here & alike) or any(_without_unit(text) in here for text in alike)
        if parts and not is_same:
            yield col, lowest


def _without_unit(heading: str) -> str:
    return _UNIT.sub("", heading)


def _ticks(table: Table) -> dict[int, tuple[str, str]]:
    return {
        heading.col: (heading.code or "status", heading.choice)
        for heading in table.headings
        if heading.part is Part.TICK
    }
