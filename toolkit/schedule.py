"""Every week by itself: when the next round is due (pure), and a small loop around it."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from toolkit.errors import SettingsError, ToolkitError, of_the_machine
from toolkit.run.round import NothingMade, resume, run_round
from toolkit.settings.reading import load
from toolkit.settings.sections import WEEKDAYS, Schedule
from toolkit.workspace import WorkspaceBusy

if TYPE_CHECKING:
    from collections.abc import Callable

    from schedule import Scheduler

    from toolkit.settings.model import Settings
    from toolkit.workspace import Workspace

# Where the moment of the last success stands, in the hidden folder: the register itself depends on no clock.
LAST_SUCCESS = "schedule.txt"
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEK = timedelta(days=7)
_PAUSE = 30.0
_TRIES = 60


def last_due(schedule: Schedule, now: datetime) -> datetime:
    """The latest moment, not after `now`, at which the weekly round was due."""
    hour, minute = (int(part) for part in schedule.time.split(":"))
    days_back = (now.weekday() - WEEKDAYS.index(schedule.weekday)) % 7
    due = (now - timedelta(days=days_back)).replace(
        hour=hour, minute=minute, second=0, microsecond=0
    )
    return due if due <= now else due - _WEEK


def is_missed(schedule: Schedule, last_success: datetime | None, now: datetime) -> bool:
    """Whether a round was due since the last success. A workspace that never ran by itself has missed nothing."""
    return last_success is not None and last_success < last_due(schedule, now)


def serve(workspace: Workspace, clock: Callable[[], datetime], say: Callable[[str], None]) -> None:
    """Stay, and run a round whenever one is due; ends only when it is interrupted.

    The time is read from the settings again and again: what the office changes there holds without a new start.
    """
    import schedule

    planned = load(workspace.settings_path.read_bytes()).schedule
    scheduler = schedule.Scheduler()
    _plan(scheduler, planned, workspace, clock, say)
    begin(workspace, planned, clock, say)
    say(f"每{planned.weekday}{planned.time}自动运行；按Ctrl+C停止。")
    while True:
        wanted = _wanted(workspace, planned)
        if wanted != planned:
            planned = wanted
            _plan(scheduler, planned, workspace, clock, say)
            say(f"运行时间已改为每{planned.weekday}{planned.time}。")
        scheduler.run_pending()
        time.sleep(_PAUSE)


def _plan(
    scheduler: Scheduler,
    planned: Schedule,
    workspace: Workspace,
    clock: Callable[[], datetime],
    say: Callable[[str], None],
) -> None:
    """The one weekly job, in the place of any earlier one."""
    scheduler.clear()
    every = getattr(scheduler.every(), _DAYS[WEEKDAYS.index(planned.weekday)])
    every.at(planned.time).do(attempt, workspace, clock, say)


def _wanted(workspace: Workspace, planned: Schedule) -> Schedule:
    """The time that the settings name now; while they cannot be read (a round will say so), the time stays."""
    try:
        return load(workspace.settings_path.read_bytes()).schedule
    except (ToolkitError, OSError):
        return planned


def begin(
    workspace: Workspace,
    schedule: Schedule,
    clock: Callable[[], datetime],
    say: Callable[[str], None],
) -> None:
    """What happens once at the start: a missed round is made up; a first start is remembered as the point to count from."""
    now = clock()
    last = _last_success(workspace)
    if last is None:
        _succeeded(workspace, now)
    if is_missed(schedule, last, now):
        say(f"补运行错过的一期（应在{last_due(schedule, now):%Y-%m-%d %H:%M}运行）。")
        attempt(workspace, clock, say)


def _last_success(workspace: Workspace) -> datetime | None:
    """When a scheduled round last succeeded; None where that was never, or cannot be read any more."""
    try:
        return datetime.fromisoformat((workspace.hidden / LAST_SUCCESS).read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return None


def _succeeded(workspace: Workspace, now: datetime) -> None:
    (workspace.hidden / LAST_SUCCESS).write_text(now.isoformat(), encoding="ascii")


def attempt(
    workspace: Workspace, clock: Callable[[], datetime], say: Callable[[str], None]
) -> None:
    """One scheduled round; a failure is said, and the loop goes on to the next week.

    While a clerk is running a round of their own, it is tried again for half an hour.
    """
    for number in range(_TRIES):
        try:
            _attempt(workspace, clock, say)
        except (WorkspaceBusy, _NotNowError) as busy:
            if number == 0:
                say(f"{clock():%Y-%m-%d %H:%M} 稍后再试：{busy}")
            time.sleep(_PAUSE)
        else:
            return
    say(
        f"{clock():%Y-%m-%d %H:%M} 本期没有运行成功：工作区一直被使用，或设置读不出来，请手工运行一次。"
    )


class _NotNowError(ToolkitError):
    """The settings cannot be read at this moment: somebody has them open, or is saving them."""


def _settings(workspace: Workspace) -> Settings:
    try:
        return load(workspace.settings_path.read_bytes())
    except (OSError, SettingsError) as trouble:
        why = of_the_machine(trouble) if isinstance(trouble, OSError) else str(trouble)
        raise _NotNowError(f"设置.xlsx现在读不出来：{why}") from trouble


def _attempt(
    workspace: Workspace, clock: Callable[[], datetime], say: Callable[[str], None]
) -> None:
    """One try; raises WorkspaceBusy while another run holds the workspace, says every other failure."""
    now = clock()
    try:
        folder = resume(workspace, now.date(), now)
        if not folder:
            settings = _settings(workspace)
            outcome = run_round(workspace, settings, now.date(), now=now)
            if isinstance(outcome, NothingMade):
                _succeeded(workspace, now)
                say(f"{now:%Y-%m-%d %H:%M} {outcome.sentence}")
                return
            folder = outcome.folder
        _succeeded(workspace, now)
    except (WorkspaceBusy, _NotNowError):
        raise
    except ToolkitError as trouble:
        say(f"{now:%Y-%m-%d %H:%M} 本期没有运行成功：{trouble}")
    except OSError as trouble:
        say(f"{now:%Y-%m-%d %H:%M} 本期没有运行成功：{of_the_machine(trouble)}")
    except Exception as bug:  # noqa: BLE001 - a service must outlive one bad week; the bug is said, not swallowed
        say(
            f"{now:%Y-%m-%d %H:%M} 本期没有运行成功，程序出错（{type(bug).__name__}：{bug}）；工作区是否完好，可用zhenggai doctor查看。"
        )
    else:
        say(f"{now:%Y-%m-%d %H:%M} 运行完成，成果在：{folder}")
