"""What the register tells is plain values: it can be used after the register is closed, all of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest

from tests.support.items import ENTRY, SETTINGS
from tests.support.made import Made, run_week
from toolkit.register.snapshot import Snapshot
from toolkit.register.store import Register
from toolkit.workbooks.template import write_ledger
from toolkit.workspace import Workspace

THIRD = dt.date(2026, 6, 19)


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    """Three rounds, each with another text of the progress."""
    workspace = made.two_rounds(tmp_path / "区")
    again = replace(ENTRY, item=replace(ENTRY.item, progress="6月15日印发《甲办法》。"))
    write_ledger(workspace.inbox / "报送.xlsx", [again], SETTINGS, dt.datetime(2026, 6, 1))
    run_week(workspace, THIRD)
    return workspace


def known(place: Workspace) -> Snapshot:
    with Register.open_to_read(place.register_path) as register:
        codes = [state.code for state in register.states()]
        return replace(register.recall(), bases=register.bases([*codes, "0000-0000"]))


def lazy_parts(value: object, path: str = "") -> list[str]:
    """Where in a value something stands that must still be called or drawn from."""
    if is_dataclass(value) and not isinstance(value, type):
        return [
            found
            for field in fields(value)
            for found in lazy_parts(getattr(value, field.name), f"{path}.{field.name}")
        ]
    if isinstance(value, Mapping):
        return [found for key, held in value.items() for found in lazy_parts((key, held), path)]
    if isinstance(value, (tuple, list, set, frozenset)):
        return [found for held in value for found in lazy_parts(held, path)]
    return [path] if callable(value) or hasattr(value, "__next__") else []


def test_nothing_in_a_snapshot_waits_for_the_register(place: Workspace) -> None:
    assert lazy_parts(known(place)) == []
    assert lazy_parts(Snapshot()) == []


def test_what_changed_since_a_round_is_told_by_its_code(place: Workspace) -> None:
    snapshot = known(place)
    first, second, third = snapshot.rounds
    key = (ENTRY.item.id, "progress")
    assert snapshot.changed_since(first.code)[key] == ENTRY.item.progress
    assert snapshot.changed_since(second.code) == {key: "6月8日召开会议2次，修订《甲办法》。"}
    assert snapshot.changed_since(third.code) == {}
    assert snapshot.changed_since("0000-0000") == snapshot.changed_since("") == {}
