from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import schedule as library

from tests.support.items import SETTINGS
from tests.support.made import Made
from toolkit import schedule as weekly
from toolkit.errors import ToolkitError
from toolkit.register.store import Register
from toolkit.settings.sections import Schedule
from toolkit.workspace import Workspace

FRIDAY = Schedule(weekday="星期五", time="16:30")


@pytest.mark.parametrize(
    ("now", "last"),
    [
        ("2026-06-19 16:30", "2026-06-19 16:30"),
        ("2026-06-19 16:29", "2026-06-12 16:30"),
        ("2026-06-20 00:00", "2026-06-19 16:30"),
        ("2026-01-01 09:00", "2025-12-26 16:30"),
    ],
)
def test_when_the_round_is_due(now: str, last: str) -> None:
    moment = dt.datetime.fromisoformat(now)
    assert weekly.last_due(FRIDAY, moment) == dt.datetime.fromisoformat(last)


@pytest.mark.parametrize(
    ("success", "missed"),
    [
        (None, False),
        ("2026-06-19 16:30", False),
        ("2026-06-19 16:31", False),
        ("2026-06-18 09:00", True),
    ],
)
def test_what_was_missed(success: str | None, missed: bool) -> None:
    moment = dt.datetime.fromisoformat(success) if success else None
    assert weekly.is_missed(FRIDAY, moment, dt.datetime(2026, 6, 22, 9)) is missed


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    return made.with_ledger(tmp_path / "区")


def rounds(place: Workspace) -> list[dt.date]:
    with Register.open(place.register_path) as register:
        return [past.as_of for past in register.rounds()]


def remember(place: Workspace, moment: dt.datetime) -> None:
    (place.hidden / weekly.LAST_SUCCESS).write_text(moment.isoformat())


def test_a_missed_round_is_made_up_once(place: Workspace) -> None:
    said: list[str] = []
    remember(place, dt.datetime(2026, 6, 12, 16, 30))
    monday = lambda: dt.datetime(2026, 6, 22, 9)  # noqa: E731
    weekly.begin(place, FRIDAY, monday, said.append)
    weekly.begin(place, FRIDAY, monday, said.append)
    assert rounds(place) == [dt.date(2026, 6, 22)]
    assert "补运行" in said[0]


def test_the_first_start_makes_up_nothing(place: Workspace) -> None:
    weekly.begin(place, FRIDAY, lambda: dt.datetime(2026, 6, 22, 9), lambda _text: None)
    assert rounds(place) == []


@pytest.mark.parametrize(
    "trouble", [ToolkitError("磁盘已满。"), RuntimeError("bug"), PermissionError(13, "denied")]
)
def test_a_failing_round_is_said_and_the_loop_goes_on(
    place: Workspace, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    def fail(*_arguments: object, **_options: Any) -> None:
        raise trouble

    said: list[str] = []
    remember(place, dt.datetime(2026, 6, 12, 16, 30))
    with monkeypatch.context() as patch:
        patch.setattr(weekly, "run_round", fail)
        weekly.attempt(place, lambda: dt.datetime(2026, 6, 19, 16, 30), said.append)
    assert "没有运行成功" in said[0]
    assert (place.hidden / weekly.LAST_SUCCESS).read_text() == "2026-06-12T16:30:00"
    weekly.attempt(place, lambda: dt.datetime(2026, 6, 19, 16, 40), said.append)
    assert rounds(place) == [dt.date(2026, 6, 19)]


class Evening(dt.datetime):
    """A clock that the loop's pauses move."""

    moment = dt.datetime(2026, 6, 19, 16, 0)

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> Evening:
        return cls.fromtimestamp(cls.moment.timestamp(), tz)


def test_week_after_week_the_loop_runs_at_its_hour_and_follows_the_settings(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library's own clock is moved on by every pause: three weeks pass in a moment; then the office changes the hour."""
    monkeypatch.setattr(library, "datetime", SimpleNamespace(**{**vars(dt), "datetime": Evening}))
    monkeypatch.setattr(Evening, "moment", dt.datetime(2026, 6, 19, 16, 0))
    monkeypatch.setattr(weekly, "_PAUSE", 600.0)
    times = iter(["16:30"] * 2_160 + ["09:00"] * 100_000)
    monkeypatch.setattr(
        weekly,
        "load",
        lambda _data: replace(SETTINGS, schedule=Schedule(weekday="星期五", time=next(times))),
    )

    def pause(seconds: float) -> None:
        Evening.moment += dt.timedelta(seconds=seconds)
        if Evening.moment > dt.datetime(2026, 7, 10, 12):
            raise KeyboardInterrupt

    runs: list[dt.datetime] = []
    said: list[str] = []
    monkeypatch.setattr(time, "sleep", pause)
    monkeypatch.setattr(weekly, "attempt", lambda _place, clock, _say: runs.append(clock()))
    with pytest.raises(KeyboardInterrupt):
        weekly.serve(place, lambda: Evening.moment, said.append)
    assert [moment.strftime("%m-%d %H:%M") for moment in runs] == [
        "06-19 16:30", "06-26 16:30", "07-03 16:30", "07-10 09:00",
    ]  # fmt: skip
    assert said[-1] == "运行时间已改为每星期五09:00。"


def test_serve_runs_when_the_hour_comes(place: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The loop itself: pending jobs are run, then it pauses; here the pause ends it."""
    pauses = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        raise KeyboardInterrupt

    said: list[str] = []
    monkeypatch.setattr(time, "sleep", pause)
    remember(place, dt.datetime(2026, 6, 12, 16, 30))
    with pytest.raises(KeyboardInterrupt):
        weekly.serve(place, lambda: dt.datetime(2026, 6, 20, 8), said.append)
    assert rounds(place) == [dt.date(2026, 6, 20)]
    assert any("每星期五16:30自动运行" in text for text in said)
    assert pauses


def test_a_round_that_finds_a_clerk_at_work_is_tried_again(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    waits: list[float] = []
    holder = place.lock()
    holder.__enter__()

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            holder.__exit__(None, None, None)

    monkeypatch.setattr(time, "sleep", wait)
    weekly.attempt(place, lambda: dt.datetime(2026, 6, 19, 16, 30), said.append)
    assert len(waits) == 3
    assert "稍后再试" in said[0]
    assert "运行完成" in said[-1]
