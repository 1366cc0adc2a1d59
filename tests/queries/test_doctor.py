"""doctor: what was altered in the register, lost in the archive, changed in the outbox, and what the clock says."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.support.issued import THIRD, tamper, three_periods
from tests.support.made import Made
from toolkit.issued.restore import restore
from toolkit.queries.doctor import Check, Health, examine
from toolkit.workspace import BACKUP, Workspace


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    return three_periods(made, tmp_path / "区")


def health(place: Workspace, today: dt.date = THIRD) -> dict[str, Check]:
    return {check.name: check for check in examine(place, today)}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE facts SET value = '\"改\"' WHERE id = (SELECT max(id) FROM facts)",
        "DELETE FROM facts WHERE id = (SELECT max(id) FROM facts)",
        "UPDATE facts SET cell = 'A1' WHERE id = 5",
        "UPDATE inputs SET sha256 = 'x' WHERE id = 2",
        "UPDATE rounds SET as_of = '2026-06-13' WHERE id = 1",
        "UPDATE issued SET sha256 = 'x' WHERE id = 1",
        "UPDATE states SET basis = 'x' WHERE id = 2",
        "INSERT INTO waivers SELECT NULL, 2, 'F101', id, 'owner', '', '', '某', '2026-12-31', '' FROM items",
    ],
)
def test_the_doctor_sees_what_was_altered_in_the_register(place: Workspace, statement: str) -> None:
    assert health(place)["台账库"].health is Health.FINE
    tamper(place.register_path, statement)
    assert health(place)["台账库"].health is Health.FAULT


def test_the_doctor_names_an_original_that_is_damaged_or_gone(place: Workspace) -> None:
    assert health(place)["归档"].health is Health.FINE
    kept = sorted(path for path in (place.hidden / "originals").rglob("*") if path.is_file())
    kept[0].write_bytes(b"x")
    assert health(place)["归档"].health is Health.FAULT
    assert "1个文件缺失或已损坏" in health(place)["归档"].said
    restore(place, place.outbox / str(THIRD) / BACKUP)
    assert health(place)["归档"].health is Health.FINE


def test_the_doctor_says_what_a_person_changed_in_the_outbox_and_what_the_clock_says(
    place: Workspace,
) -> None:
    assert health(place)["成果"].health is Health.FINE
    (place.outbox / str(THIRD) / "汇总台账.xlsx").write_bytes(b"x")
    assert "汇总台账.xlsx（已改动）" in health(place)["成果"].said
    assert health(place, dt.date(2020, 1, 1))["日期"].health is Health.NOTE
