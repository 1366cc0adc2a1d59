"""Dates that cannot be right are stopped together, before units are blamed for what the settings say (design §5)."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.errors import UsageError
from toolkit.ledger.finding import Severity
from toolkit.ledger.period import closing_day
from toolkit.settings.sections import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from toolkit.ledger.finding import Finding
    from toolkit.settings.model import Settings

# A rule that strikes so great a part of a ledger of so many rows says something about the settings, not about units.
_NEARLY_ALL, _ENOUGH = 0.8, 8


def refuse_implausible(settings: Settings, as_of: date, today: date) -> None:
    """Raises UsageError with everything that cannot be: 巡察 ≤ 反馈 ≤ 截至日期, 反馈 ≤ 集中整改期截止, no day in the future."""
    faults = [*_of_task(settings, as_of), *_of_today(settings, as_of, today)]
    if faults:
        raise UsageError(f"日期不合情理，没有运行：{'；'.join(faults)}。")


def _of_task(settings: Settings, as_of: date) -> Iterator[str]:
    task = settings.task
    order = (
        ("巡察起", task.inspected_from),
        ("巡察止", task.inspected_to),
        ("反馈日期", task.feedback_on),
        ("截至日期", as_of),
    )
    known = [(name, day) for name, day in order if day is not None]
    for (first, day), (second, later) in pairwise(known):
        if day > later:
            yield f"设置中的{first}{day}晚于{second}{later}"
    if task.phase_end and task.feedback_on and task.phase_end < task.feedback_on:
        yield f"设置中的集中整改期截止{task.phase_end}早于反馈日期{task.feedback_on}"


def _of_today(settings: Settings, as_of: date, today: date) -> Iterator[str]:
    """The day of issue may be named a little ahead, as far as the period that today is in."""
    schedule = settings.schedule
    last = closing_day(schedule.cycle, WEEKDAYS.index(schedule.weekday), today)
    if as_of > last:
        yield f"截至日期{as_of}晚于今天（{today}）所在的一期，请核对--as-of或电脑的日期"


def suspected_rules(findings: Sequence[Finding], rows: int) -> tuple[str, ...]:
    """The rules that strike nearly every row of a ledger, each once."""
    struck = Counter(
        rule
        for rule, _ in {
            (found.rule, found.id)
            for found in findings
            if found.id and found.severity is Severity.ERROR
        }
    )
    least = max(rows * _NEARLY_ALL, _ENOUGH)
    return tuple(sorted(rule for rule, number in struck.items() if number >= least))
