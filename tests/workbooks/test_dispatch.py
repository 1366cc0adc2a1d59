"""Ledgers for all units: what they have in common is made once, and nothing is left beside them."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.support.items import ENTRY, SETTINGS
from toolkit.ledger.finding import Finding, Place, Severity
from toolkit.ledger.status import Status
from toolkit.workbooks.dispatch import dispatch, units_to_fill
from toolkit.workbooks.selfcheck import SelfCheck

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

DAY = dt.date(2026, 6, 19)
UNITS = ("规划建设局", "财政金融局", "社会事务局")
ENTRIES = [replace(ENTRY, item=replace(ENTRY.item, lead_unit=unit)) for unit in UNITS]


def test_the_self_check_is_made_once_for_all_units(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[SelfCheck] = []
    make = SelfCheck.__init__

    def counted(check: SelfCheck, *given: Any) -> None:
        made.append(check)
        make(check, *given)

    monkeypatch.setattr(SelfCheck, "__init__", counted)
    assert len(dispatch(ENTRIES, SETTINGS, tmp_path, as_of=DAY, code="7F3A-91C2")) == len(UNITS)
    assert len(made) == 1


def test_a_workbook_is_written_without_files_in_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "不存在"))
    paths = dispatch(ENTRIES, SETTINGS, tmp_path, as_of=DAY, code="")
    assert sorted(tmp_path.iterdir()) == sorted(paths)


def test_only_units_with_something_to_fill_get_one_unasked() -> None:
    items = [ENTRY.item] * 4
    states = [
        replace(ENTRY, item=replace(items[0], id="1", lead_unit="甲局", status=Status.DONE)),
        replace(ENTRY, item=replace(items[1], id="2", lead_unit="乙局", status=Status.IN_PROGRESS)),
        replace(ENTRY, item=replace(items[2], id="3", lead_unit="丙局", status=Status.DONE)),
        replace(ENTRY, item=replace(items[3], id="4", lead_unit="丁局", status=None)),
    ]
    place = Place("甲局.xlsx", "台账", "A1")
    wrong = Finding("F101", Severity.ERROR, place, "没有填写", "请补填", id="3")
    assert units_to_fill(states, [wrong]) == {"乙局", "丙局", "丁局"}
    assert units_to_fill([], []) == frozenset()


def test_units_that_are_not_asked_for_get_none(tmp_path: Path) -> None:
    given = {"as_of": DAY, "code": "", "units": {UNITS[1]}}
    (path,) = dispatch(ENTRIES, SETTINGS, tmp_path, **given)  # type: ignore[arg-type]
    assert path.name.startswith(UNITS[1])
