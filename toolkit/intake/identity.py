"""What a workbook is for and whose it is: its hidden identity, its lines above the table, its rows, its name."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from toolkit.intake.tables import TEMPLATE, unit_of_sheet
from toolkit.ledger.dates import read_date
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.submission import Identity, Role
from toolkit.ledger.text import as_typed, clean
from toolkit.ledger.units import Unit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from toolkit.ledger.submission import Row
    from toolkit.ledger.units import Directory
    from toolkit.sheets.grid import Book, Grid

VERSION, UNIT, CODE = "版本", "单位", "简码"
CONSOLIDATED_TEMPLATE = "zhenggai.consolidated"
_LABEL_ROWS = 10
_FILLED_BY = re.compile(r"(?:填报|报送|责任)(?:单位|部门)(?:[（(]盖章[）)])?[：:]\s*([^\s：:（(]+)")
_FILLED_ON = re.compile(r"(?:填报|报送)(?:时间|日期)[：:]\s*([0-9年月日.．\-－‑–—/／ ]{6,})")
_SUFFIX = re.compile(r"\.[A-Za-z]{2,5}$")
# How many lead units a sheet must name to be a whole ledger rather than one unit's return.
_WHOLE_LEDGER_UNITS = 3


def identity_of(book: Book) -> Identity | None:
    """The hidden identity of a workbook of ours; None of any other."""
    template = book.properties.get(TEMPLATE)
    return (
        Identity(
            template,
            book.properties.get(VERSION, ""),
            book.properties.get(UNIT, ""),
            book.properties.get(CODE, ""),
        )
        if template
        else None
    )


def role_of(
    identity: Identity | None, rows: Sequence[Row], *, consolidated: bool, has_baseline: bool
) -> Role:
    """What the workbook is for: our own say so; of others, a ledger of many units before there is a baseline is the baseline."""
    if consolidated or (identity and identity.template == CONSOLIDATED_TEMPLATE):
        return Role.REVIEW if has_baseline else Role.BASELINE
    if identity and identity.unit:
        return Role.RETURN
    return (
        Role.BASELINE
        if not has_baseline and len(_lead_units(rows)) >= _WHOLE_LEDGER_UNITS
        else Role.RETURN
    )


def _lead_units(rows: Sequence[Row]) -> Counter[str]:
    return Counter(row.item.lead_unit for row in rows if row.item.lead_unit)


def unit_of(
    name: str, book: Book, identity: Identity | None, rows: Sequence[Row], directory: Directory
) -> str:
    """Whose return this is: hidden identity, 填报单位 line, the only lead unit of the rows, the names of the file and its folders, the title.

    "" where nothing says it, and where several units have their 填报单位 line in one workbook.
    """
    if identity and identity.unit:
        return identity.unit
    if len(labelled_units(book, directory)) > 1:
        return ""
    leads = _lead_units(rows)
    labelled = _labelled(book, _FILLED_BY)
    unit = directory.resolve(labelled) if labelled else None
    if isinstance(unit, Unit) and unit.name and (directory.units or unit.name in leads):
        return unit.name
    if len(leads) == 1:
        return next(iter(leads))
    if leads:
        return ""
    return _named_by_path(name, directory) or _named("\n".join(_top_lines(book)), directory)


def labelled_units(book: Book, directory: Directory) -> tuple[str, ...]:
    """The units that have a 填报单位 line anywhere in a workbook, in their order: a line before each block or sheet."""
    lines = (clean(value) for grid in book.grids for value in _first_texts(grid))
    found = (_FILLED_BY.match(line) for line in lines)
    units = (directory.resolve(label[1]) for label in found if label)
    return tuple(dict.fromkeys(unit.name for unit in units if isinstance(unit, Unit)))


def _first_texts(grid: Grid) -> Iterator[str]:
    """The first text of every row that has one with a label in it."""
    for row in grid.rows:
        first = next((value for value in row if value is not None), None)
        if isinstance(first, str) and ("：" in first or ":" in first):
            yield first


def _named_by_path(name: str, directory: Directory) -> str:
    """The unit after which a file is named, or else the nearest folder around it that is named after one."""
    for piece in reversed(name.split("/")):
        unit = _named(piece, directory) or unit_of_sheet(_SUFFIX.sub("", piece), directory)
        if unit:
            return unit
    return ""


def _named(text: str, directory: Directory) -> str:
    """The one unit that a text names by full name or alias; "" where it names none or several."""
    named = [
        unit.name
        for unit in directory.units
        if any(word in text for word in (unit.name, *unit.aliases))
    ]
    return named[0] if len(named) == 1 else ""


def _top_lines(book: Book) -> Iterator[str]:
    for grid in book.grids:
        for row in grid.rows[:_LABEL_ROWS]:
            yield " ".join(clean(as_typed(value)) for value in row if value is not None)


def _labelled(book: Book, label: re.Pattern[str]) -> str:
    """What stands after a label such as 填报单位： in the first rows of a sheet."""
    return next((found[1] for line in _top_lines(book) if (found := label.search(line))), "")


def report_date_of(book: Book) -> dt.date | None:
    """The day that a return says it was filled in; None where it does not say."""
    written = _labelled(book, _FILLED_ON)
    day = read_date(written.strip()) if written else None
    return None if isinstance(day, Unreadable) else day
