"""How items stood at the end of every period: what was said in it, what was closed, sent back and withdrawn."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from tests.register.test_queries import entry, round_of
from tests.support.rounds import record
from toolkit.register.store import Register

if TYPE_CHECKING:
    from pathlib import Path

FIRST, SECOND = dt.date(2026, 1, 2), dt.date(2026, 1, 9)


def test_every_period_has_its_own_facts(tmp_path: Path) -> None:
    entries = entry("1-1", progress="一"), entry("1-2", progress="二")
    with Register.open(tmp_path / "register.db") as register:
        record(register, FIRST, round_of(*entries))
        record(register, SECOND, round_of(*entries, says={"1-2": "三"}))
        first, second = register.moments()
    assert (first.period, first.as_of, second.as_of) == (1, FIRST, SECOND)
    said = [(id_, column) for id_, column, _ in second.facts]
    assert said == [("1-2", "progress")]
    assert {id_ for id_, _, _ in first.facts} == {"1-1", "1-2"}
    assert not first.closed
    assert not second.withdrawn


def test_a_register_without_a_period_has_no_moment(tmp_path: Path) -> None:
    with Register.open(tmp_path / "register.db") as register:
        assert register.moments() == ()
