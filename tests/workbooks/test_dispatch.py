"""Ledgers for all units: what they have in common is made once, and nothing is left beside them."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.support.items import ENTRY, SETTINGS
from toolkit.workbooks.dispatch import dispatch
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
