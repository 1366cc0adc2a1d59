"""An empty list of units is learned from the first ledger (design §6), for the office to confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.errors import ToolkitError, of_the_machine
from toolkit.ledger.units import Unit
from toolkit.run.explain import rule_lines_of_settings
from toolkit.workbooks.settings_book import write_settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from toolkit.ledger.entry import Entry
    from toolkit.settings import Settings


def learned_units(entries: Sequence[Entry]) -> tuple[Unit, ...]:
    """The units of a ledger in the order of their first appearance, each with the leader who leads most of its items."""
    leaders: dict[str, list[str]] = {}
    for entry in entries:
        if entry.item.lead_unit:
            leaders.setdefault(entry.item.lead_unit, []).append(entry.item.lead_leader)
    for entry in entries:
        for unit in entry.item.co_units:
            leaders.setdefault(unit, [])
    return tuple(Unit(name=name, lead_leader=_most_frequent(names)) for name, names in leaders.items())


def _most_frequent(names: Sequence[str]) -> str:
    """The name that occurs most, the first of equals; "" of none."""
    return max(dict.fromkeys(names), key=names.count, default="")


def lay_out_units(path: Path, settings: Settings, created: datetime) -> None:
    """Write the learned units into 设置.xlsx; replaced whole, so that a kill leaves the old file or the new one.

    Raises ToolkitError where the file cannot be replaced, such as while it is open in Excel.
    """
    fresh = path.with_name(f".{path.name}.new")
    try:
        write_settings(settings, fresh, created, rule_lines_of_settings())
        fresh.replace(path)
    except OSError as trouble:
        raise ToolkitError(
            f"成果已在outbox中，但未能把单位名单写入设置.xlsx，下次运行会再写：{of_the_machine(trouble)}"
        ) from trouble
