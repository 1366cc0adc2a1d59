"""One value that becomes new: what is kept of it is what is told of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.items import ENTRY, deadline_of
from tests.support.rounds import record
from toolkit.ledger.columns import CODES
from toolkit.ledger.finding import Place
from toolkit.ledger.status import Status
from toolkit.register.change import Change
from toolkit.register.merge import Merged
from toolkit.register.store import Register

PLACE = Place("报.xlsx", "整改台账", "N12")
CHANGES = [
    Change("3-2", "progress", "6月3日修订《甲办法》。\n6月9日印发。", PLACE),
    Change("3-2", "status", Status.PHASED, PLACE),
    Change("3-2", "status", None, PLACE),
    Change("3-2", "completed_on", dt.date(2026, 6, 3), PLACE),
    Change("3-2", "deadline", deadline_of("2026年6月底前，并长期坚持"), PLACE),
    Change("3-2", "money", Decimal("12.60"), PLACE),
    Change("3-2", "people", 0, PLACE),
    Change("3-2", "regulations", ("《甲办法》", "《乙规则》"), PLACE),
    Change("3-2", "owner", "", PLACE),
]


WHOLE = tuple(Change("3-2", code, getattr(ENTRY.item, code), Place("台账.xlsx")) for code in CODES)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.column)
def test_a_change_is_kept_with_its_value_and_its_cell(tmp_path: Path, change: Change) -> None:
    with Register.open(tmp_path / "r.db") as register:
        record(register, dt.date(2026, 6, 5), Merged((ENTRY,), (), (), (*WHOLE, change)))
        *_, fact = register.history("3-2", change.column)
        (entry,) = register.recall().entries
    assert (fact.file, fact.sheet, fact.cell) == ("报.xlsx", "整改台账", "N12")
    assert fact.value == change.value
    assert getattr(entry.item, change.column) == change.value


def test_equal_changes_are_equal() -> None:
    assert Change("3-2", "owner", "李四", PLACE) == Change("3-2", "owner", "李四", PLACE)
    assert Change("3-2", "owner", "李四", PLACE) != Change("3-2", "owner", "王五", PLACE)
