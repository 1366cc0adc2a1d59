from __future__ import annotations

import datetime as dt

import pytest

from tests.support.items import ENTRY, SETTINGS
from toolkit import schedule as weekly
from toolkit.errors import ToolkitError
from toolkit.register.store import Register
from toolkit.run.create import create_workspace
from toolkit.settings import Schedule
from toolkit.workbooks.template import write_ledger

FRIDAY = Schedule(weekday="星期五", time="16:30")


@pytest.mark.parametrize(
    ("now", "last", "following"),
    [
        ("2026-06-19 16:30", "2026-06-19 16:30", "2026-06-26 16:30"),
        ("2026-06-19 16:29", "2026-06-12 16:30", "2026-06-19 16:30"),
        ("2026-06-20 00:00", "2026-06-19 16:30", "2026-06-26 16:30"),
        ("2026-01-01 09:00", "2025-12-26 16:30", "2026-01-02 16:30"),
    ],
)
def test_when_the_round_is_due(now, last, following):
    moment = dt.datetime.fromisoformat(now)
    assert weekly.last_due(FRIDAY, moment) == dt.datetime.fromisoformat(last)
    assert weekly.next_due(FRIDAY, moment) == dt.datetime.fromisoformat(following)


@pytest.mark.parametrize(
    ("success", "missed"),
    [(None, False), ("2026-06-19 16:30", False), ("2026-06-19 16:31", False), ("2026-06-18 09:00", True)],
)
def test_what_was_missed(success, missed):
    moment = dt.datetime.fromisoformat(success) if success else None
    assert weekly.is_missed(FRIDAY, moment, dt.datetime(2026, 6, 22, 9)) is missed


@pytest.fixture
def place(tmp_path):
    workspace = create_workspace(tmp_path / "区", SETTINGS)
    write_ledger(workspace.inbox / "台账.xlsx", [ENTRY], SETTINGS, dt.datetime(2026, 6, 1))
    return workspace


def rounds(place):
    with Register.open(place.register_path) as register:
        return [past.as_of for past in register.rounds()]


def remember(place, moment):
    with Register.open(place.register_path) as register:
        register.set_meta(weekly.LAST_SUCCESS, moment.isoformat())


def test_a_missed_round_is_made_up_once(place):
    said = []
    remember(place, dt.datetime(2026, 6, 12, 16, 30))
    monday = lambda: dt.datetime(2026, 6, 22, 9)  # noqa: E731
    weekly.begin(place, FRIDAY, monday, said.append)
    weekly.begin(place, FRIDAY, monday, said.append)
    assert rounds(place) == [dt.date(2026, 6, 22)]
    assert "补运行" in said[0]


def test_the_first_start_makes_up_nothing(place):
    weekly.begin(place, FRIDAY, lambda: dt.datetime(2026, 6, 22, 9), lambda _text: None)
    assert rounds(place) == []


@pytest.mark.parametrize("trouble", [ToolkitError("磁盘已满。"), RuntimeError("bug")])
def test_a_failing_round_is_said_and_the_loop_goes_on(place, monkeypatch, trouble):
    def fail(*_arguments, **_options):
        raise trouble

    said = []
    remember(place, dt.datetime(2026, 6, 12, 16, 30))
    with monkeypatch.context() as patch:
        patch.setattr(weekly, "run_round", fail)
        weekly.attempt(place, lambda: dt.datetime(2026, 6, 19, 16, 30), said.append)
    assert "没有运行成功" in said[0]
    with Register.open(place.register_path) as register:
        assert register.get_meta(weekly.LAST_SUCCESS) == "2026-06-12T16:30:00"
    weekly.attempt(place, lambda: dt.datetime(2026, 6, 19, 16, 40), said.append)
    assert rounds(place) == [dt.date(2026, 6, 19)]


def test_serve_runs_when_the_hour_comes(place, monkeypatch):
    """The loop itself: pending jobs are run, then it pauses; here the pause ends it."""
    pauses = []

    def pause(seconds):
        pauses.append(seconds)
        raise KeyboardInterrupt

    said = []
    monkeypatch.setattr(weekly.time, "sleep", pause)
    remember(place, dt.datetime(2026, 6, 12, 16, 30))
    with pytest.raises(KeyboardInterrupt):
        weekly.serve(place, lambda: dt.datetime(2026, 6, 20, 8), said.append)
    assert rounds(place) == [dt.date(2026, 6, 20)]
    assert any("每星期五16:30自动运行" in text for text in said)
    assert pauses
