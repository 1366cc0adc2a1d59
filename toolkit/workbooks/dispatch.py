"""One ledger a unit, with its own items already in it, for the unit to fill and send back."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from toolkit.ledger.entry import own_headings
from toolkit.ledger.file_names import file_name
from toolkit.workbooks.layout import layout_of
from toolkit.workbooks.ledger_row import row_of_entry
from toolkit.workbooks.selfcheck import SelfCheck
from toolkit.workbooks.template import Ledger, write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from toolkit.ledger.entry import Entry
    from toolkit.settings.model import Settings


def dispatch(
    entries: Sequence[Entry], settings: Settings, folder: Path, *, as_of: date, code: str
) -> tuple[Path, ...]:
    """Write `<unit>-整改台账-<as of>.xlsx` for every unit that leads an item; items that it only co-operates in are not in it.

    `code` is that of the state that the entries are from.
    """
    created = datetime.combine(as_of, time())
    by_unit: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.item.lead_unit and not entry.closed:
            by_unit.setdefault(entry.item.lead_unit, []).append(entry)
    own = own_headings(entries)
    check = SelfCheck(settings, created.date(), layout_of(settings.form, own))
    paths = []
    for unit, members in by_unit.items():
        path = folder / f"{file_name(unit)}-整改台账-{as_of.isoformat()}.xlsx"
        rows = [row_of_entry(entry, settings) for entry in members]
        ledger = Ledger(
            rows=rows,
            settings=settings,
            created=created,
            unit=unit,
            code=code,
            check=check,
            own=own,
        )
        write(path, ledger)
        paths.append(path)
    return tuple(paths)
