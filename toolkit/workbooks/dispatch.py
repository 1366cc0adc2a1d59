"""One ledger a unit, with its own items already in it, for the unit to fill and send back."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from toolkit.ledger.entry import own_headings
from toolkit.ledger.file_names import file_name
from toolkit.ledger.finding import Severity
from toolkit.ledger.status import Status
from toolkit.workbooks.ledger_row import row_of_entry
from toolkit.workbooks.standard_book import StandardBook

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from toolkit.ledger.entry import Entry
    from toolkit.ledger.finding import Finding
    from toolkit.settings.model import Settings
    from toolkit.workbooks.in_place import OfficeBook


def units_to_fill(entries: Iterable[Entry], findings: Iterable[Finding]) -> frozenset[str]:
    """The units that have something to fill in: an open item that is not done, or one that must be put right."""
    wrong = {found.id for found in findings if found.severity is Severity.ERROR}
    open_ = (entry.item for entry in entries if not entry.closed)
    return frozenset(
        item.lead_unit for item in open_ if item.status is not Status.DONE or item.id in wrong
    )


def dispatch(
    entries: Sequence[Entry],
    settings: Settings,
    folder: Path,
    *,
    as_of: date,
    code: str,
    book: OfficeBook | None = None,
    units: Collection[str] | None = None,
) -> tuple[Path, ...]:
    """Write `<unit>-整改台账-<as of>.xlsx` for every unit that leads an item; items that it only co-operates in are not in it.

    `code` is that of the state that the entries are from, `book` the office's own workbook where it is to be filled in;
    with `units` only those get one.
    """
    by_unit: dict[str, list[Entry]] = {}
    for entry in entries:
        is_asked = units is None or entry.item.lead_unit in units
        if entry.item.lead_unit and is_asked and not entry.closed:
            by_unit.setdefault(entry.item.lead_unit, []).append(entry)
    names = {unit: f"{file_name(unit)}-整改台账-{as_of.isoformat()}.xlsx" for unit in by_unit}
    paths = {unit: folder / name for unit, name in names.items()}
    if book:
        for unit, members in by_unit.items():
            data = book.for_unit(members, settings, unit=unit, code=code, as_of=as_of)
            paths[unit].write_bytes(data)
        return tuple(paths.values())
    if not paths:
        return ()
    # The form is made where the first ledger is written over it, so that there is no file besides.
    scratch = next(iter(paths.values()))
    created = datetime.combine(as_of, time())
    standard = StandardBook.made(scratch, settings, created, own_headings(entries))
    for unit, members in by_unit.items():
        rows = [row_of_entry(entry, settings) for entry in members]
        paths[unit].write_bytes(standard.for_unit(rows, unit=unit, code=code))
    return tuple(paths.values())
