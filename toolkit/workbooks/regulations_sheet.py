"""制度清单 of 汇总台账.xlsx: every regulation once, with the problems that brought it about and the units that made it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.workbooks.consolidated_sheets import HEAD_ROW, titled, write_headings
from toolkit.workbooks.formats import print_setup, row_height

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlsxwriter.workbook import Workbook

    from toolkit.ledger.entry import Entry
    from toolkit.state import State
    from toolkit.workbooks.formats import Look

REGULATIONS = "制度清单"
NAME = "制度名称"
_COLUMNS = ((NAME, 56), ("问题编号", 30), ("牵头单位", 40), ("整改状态", 24))


@dataclass(frozen=True, slots=True)
class Regulation:
    """One regulation as it is named, and the items that name it, in the order of the ledger."""

    name: str
    entries: tuple[Entry, ...]


def regulations_of(entries: Iterable[Entry]) -> tuple[Regulation, ...]:
    """Every regulation once, in the order in which the ledger first names it."""
    named: dict[str, list[Entry]] = {}
    for entry in entries:
        for name in dict.fromkeys(entry.item.regulations):
            named.setdefault(name, []).append(entry)
    return tuple(Regulation(name, tuple(members)) for name, members in named.items())


def write_regulations(workbook: Workbook, looks: Look, state: State) -> None:
    """Write the sheet; none where no item names a regulation."""
    regulations = regulations_of(state.entries)
    if not regulations:
        return
    sheet = titled(workbook, looks, state, REGULATIONS, len(_COLUMNS) - 1)
    write_headings(sheet, looks, HEAD_ROW, _COLUMNS)
    words = state.settings.words
    for row, regulation in enumerate(regulations, HEAD_ROW + 1):
        items = [entry.item for entry in regulation.entries]
        cells = (
            regulation.name,
            "、".join(item.id for item in items),
            "、".join(dict.fromkeys(item.lead_unit for item in items if item.lead_unit)),
            "、".join(dict.fromkeys(words.of(item.status) for item in items if item.status)),
        )
        for col, text in enumerate(cells):
            sheet.write_string(row, col, text, looks.text)
        texts = {str(n): (text, float(_COLUMNS[n][1])) for n, text in enumerate(cells)}
        sheet.set_row(row, row_height(texts))
    last = HEAD_ROW + len(regulations)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.autofilter(HEAD_ROW, 0, last, len(_COLUMNS) - 1)
    print_setup(sheet, title=REGULATIONS, head_row=HEAD_ROW, paper=9)
