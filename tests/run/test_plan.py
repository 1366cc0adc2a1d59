"""Which state a run makes: of which period, from which files; and whether there is anything new to make one of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.items import SETTINGS, arrival
from tests.support.made import FIRST, SECOND, Made
from toolkit.errors import UsageError
from toolkit.ledger.period import Cycle
from toolkit.register.snapshot import Delivered
from toolkit.register.store import Register
from toolkit.run.plan import Files, basis_of, files_of, inputs_of, plan_of, superseded_by
from toolkit.workspace import Workspace, WorkspaceTrouble

# FIRST and SECOND are Fridays, on which the week closes.
NEXT = dt.date(2026, 6, 19)
MONTHLY = replace(SETTINGS, schedule=replace(SETTINGS.schedule, cycle=Cycle.MONTH))


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    return made.two_rounds(tmp_path / "区")


@pytest.fixture
def register(place: Workspace) -> Iterator[Register]:
    with Register.open(place.register_path) as register:
        yield register


@pytest.mark.parametrize(
    ("day", "goes_on"),
    [(SECOND, True), (dt.date(2026, 6, 13), False), (NEXT, False), (dt.date(2026, 12, 31), False)],
)
def test_a_run_goes_on_with_the_period_until_its_closing_day(
    register: Register, day: dt.date, goes_on: bool
) -> None:
    last = register.states()[-1]
    found = superseded_by(register, day, SETTINGS, begins_period=False)
    assert found == (last if goes_on else None)
    assert superseded_by(register, day, SETTINGS, begins_period=True) is None
    plan = plan_of(register, found, day, SETTINGS)
    assert (plan.period, plan.run) == ((2, 2) if goes_on else (3, 1))
    assert plan.since == (SECOND if goes_on else day)
    assert (plan.as_of, plan.settings) == (day, SETTINGS.digest)


def test_the_cycle_of_the_settings_decides(register: Register) -> None:
    assert superseded_by(register, NEXT, MONTHLY, begins_period=False) is not None
    assert superseded_by(register, dt.date(2026, 7, 1), MONTHLY, begins_period=False) is None


@pytest.mark.parametrize("day", [FIRST, dt.date(2026, 6, 11), dt.date(2020, 1, 1)])
def test_a_day_before_the_last_period_is_refused(register: Register, day: dt.date) -> None:
    with pytest.raises(UsageError, match=f"截至日期{day}早于最近一期（{SECOND}）.*zhenggai undo"):
        superseded_by(register, day, SETTINGS, begins_period=False)


def test_a_period_of_an_older_version_is_final(made: Made, tmp_path: Path) -> None:
    with Register.open(made.of_0_3_0(tmp_path / "旧").register_path) as register:
        last = register.states()[-1]
        assert superseded_by(register, last.as_of, SETTINGS, begins_period=False) is None
        assert plan_of(register, None, last.as_of, SETTINGS).period == last.period + 1


def test_an_empty_register_begins_with_the_first_period(tmp_path: Path) -> None:
    with Register.open(tmp_path / "r.db") as register:
        assert superseded_by(register, FIRST, SETTINGS, begins_period=False) is None
        assert plan_of(register, None, FIRST, SETTINGS).period == 1


def test_files_are_told_apart_by_what_is_in_them(register: Register) -> None:
    last = register.states()[-1]
    (earlier,) = register.deliveries(last.id)
    again = replace(arrival("改了名.xlsx", b""), sha256=earlier.sha256)
    fresh = arrival("新.xlsx", b"1")
    files = files_of(register, last, [again, fresh])
    assert (files.earlier, files.fresh, files.again, files.run) == (
        (earlier,),
        (fresh,),
        (again,),
        2,
    )
    begins = files_of(register, None, [again, fresh])
    assert (begins.earlier, begins.fresh, begins.run) == ((), (again, fresh), 1)


def test_files_stand_in_the_order_in_which_they_came() -> None:
    """By run, then by their time of change, then by name – never by what today's folder says."""
    earlier = (Delivered("乙.xlsx", "1", 1, 50.0), Delivered("甲.xlsx", "2", 1, 50.0))
    fresh = (
        replace(arrival("丁.xlsx", b"3"), modified=20.0),
        replace(arrival("丙.xlsx", b"4"), modified=10.0),
    )
    files = Files(earlier, fresh, (), 2)
    assert [given.file for given in files.deliveries] == [
        "乙.xlsx",
        "甲.xlsx",
        "丙.xlsx",
        "丁.xlsx",
    ]
    assert [given.run for given in files.deliveries] == [1, 1, 2, 2]


def test_two_files_of_one_name_are_told_apart_and_earlier_ones_come_from_the_archive(
    place: Workspace, register: Register
) -> None:
    last = register.states()[-1]
    fresh = arrival("报送.xlsx", b"another")
    inputs = inputs_of(place, files_of(register, last, [fresh]))
    assert [given.name for given in inputs] == ["报送.xlsx", "报送（2）.xlsx"]
    (earlier,) = register.deliveries(last.id)
    assert inputs[0].data == place.archive.original(earlier.sha256).read_bytes()
    assert inputs[1].data == b"another"


@pytest.mark.parametrize("damage", ["gone", "altered"])
def test_a_lost_original_stops_the_run(place: Workspace, register: Register, damage: str) -> None:
    last = register.states()[-1]
    (earlier,) = register.deliveries(last.id)
    path = place.archive.original(earlier.sha256)
    path.unlink() if damage == "gone" else path.write_bytes(b"x")
    with pytest.raises(WorkspaceTrouble, match=r"“报送\.xlsx”缺失或已损坏"):
        inputs_of(place, files_of(register, last, []))


def test_what_a_state_stands_on(place: Workspace, register: Register) -> None:
    """Nothing of it changed: nothing is to be made. Any of it changed: another state."""
    last = register.states()[-1]
    plan = plan_of(register, last, SECOND, SETTINGS)
    given = register.deliveries(last.id)

    def basis() -> str:
        return basis_of(register, plan, given, place.templates)

    same = basis()
    assert basis_of(register, replace(plan, run=9), given[::-1], place.templates) == same
    late = [replace(one, run=7, arrived=99.0) for one in given]
    assert basis_of(register, plan, late, place.templates) == same
    others = {
        "settings": basis_of(register, replace(plan, settings="x"), given, place.templates),
        "day": basis_of(register, replace(plan, as_of=NEXT), given, place.templates),
        "files": basis_of(
            register, plan, (*given, Delivered("新.xlsx", "9", 2, 0.0)), place.templates
        ),
        "name": basis_of(register, plan, [replace(given[0], file="别.xlsx")], place.templates),
        "before": basis_of(register, replace(plan, period=9), given, place.templates),
    }
    (place.templates / "~$周报.docx").write_bytes(b"open in Word")
    assert basis() == same
    (place.templates / "周报.docx").write_bytes(b"edited")
    others["templates"] = basis()
    assert same not in others.values()
    assert len(set(others.values())) == len(others)
