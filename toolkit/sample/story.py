"""The sample as values: settings, prose, the ledger as the office made it, and what each unit wrote week by week."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import TYPE_CHECKING, Any

from toolkit.ledger.columns import BY_CODE, COLUMNS, Kind
from toolkit.ledger.entry import Entry
from toolkit.ledger.item import Item
from toolkit.ledger.readers import read_cell
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.submission import Origin
from toolkit.ledger.units import Unit
from toolkit.papers.prose_template import Prose
from toolkit.settings.model import Settings
from toolkit.settings.papers import Document
from toolkit.settings.sections import Task

if TYPE_CHECKING:
    from collections.abc import Mapping

BASELINE_DAY = date(2026, 5, 29)
WEEKS = (date(2026, 6, 5), date(2026, 6, 12), date(2026, 6, 19))
_FILE, _SHEET = "样例", "样例"


@dataclass(frozen=True, slots=True)
class Story:
    """The invented task. `returns` maps a week (from 1) and an item's id to what its unit typed: column code → text."""

    settings: Settings
    prose: Prose
    entries: tuple[Entry, ...]
    returns: Mapping[tuple[int, str], Mapping[str, str]]

    def unit_of(self, item_id: str) -> str:
        """The lead unit of an item."""
        return next(entry.item.lead_unit for entry in self.entries if entry.item.id == item_id)


def tell() -> Story:
    """Read the sample from the data files of this package."""
    task = _load("task.toml")
    records = [
        record for number in range(1, 6) for record in _load(f"problems-{number}.toml")["items"]
    ]
    settings = Settings(
        task=Task(**task["settings"]["task"]),
        document=Document(**task["settings"]["document"]),
        units=tuple(Unit(**{**unit, "aliases": tuple(unit["aliases"])}) for unit in task["units"]),
    )
    notice = task["notice"]
    pairs = {
        part: tuple((said["heading"], said["text"]) for said in notice[part])
        for part in ("part1", "part3")
    }
    entries = tuple(
        Entry(item=_item(record, settings), origin=Origin(_FILE, _SHEET, row))
        for row, record in enumerate(records, 4)
    )
    returns = {
        (said["week"], record["id"]): {code: _typed(said[code]) for code in BY_CODE if code in said}
        for record in records
        for said in record["returns"]
    }
    return Story(settings, Prose(**{**notice, **pairs}), entries, returns)


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(
        resources.files("toolkit.sample").joinpath("data", name).read_text(encoding="utf-8")
    )


def _typed(value: object) -> str:
    """What a person types for a value: names one after the other, everything else as it stands."""
    return "".join(value) if isinstance(value, list) else str(value)


class SampleError(RuntimeError):
    """The sample's own data cannot be read: a fault of ours."""


def _item(record: Mapping[str, Any], settings: Settings) -> Item:
    """The item as the office made it: what its units say comes week by week."""
    values: dict[str, Any] = {}
    for column in COLUMNS:
        written = record.get(column.code)
        if not written:
            continue
        values[column.code] = (
            tuple(written) if isinstance(written, list) else _read(column.code, written, settings)
        )
    return Item(**values)


def _read(code: str, written: str, settings: Settings) -> object:
    column = BY_CODE[code]
    if column.kind in (Kind.TEXT, Kind.PROSE):
        return written
    value = read_cell(column, written, settings.context)
    if isinstance(value, Unreadable):
        raise SampleError(f"{code}: {value.why}")
    return value
