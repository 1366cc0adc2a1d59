"""Periods put into a register without a workspace around it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from toolkit.register.merge import Merged
from toolkit.register.pending import Plan
from toolkit.register.snapshot import Delivered
from toolkit.register.store import Register


def plan(register: Register, day: dt.date, *, goes_on: bool = False) -> Plan:
    """The next state: of the newest period where it goes on, else of a period of its own."""
    states = register.states()
    last = states[-1] if states else None
    if last and goes_on:
        since = last.since or last.as_of
        return Plan(period=last.period, run=last.run + 1, since=since, as_of=day, settings="x")
    period = last.period + 1 if last else 1
    return Plan(period=period, run=1, since=day, as_of=day, settings="x")


def record(
    register: Register,
    day: dt.date,
    merged: Merged,
    issued: Mapping[str, str] | None = None,
    *,
    goes_on: bool = False,
) -> str:
    """Keep a merged ledger as the state of this day; its link in the chain."""
    with register.begin(plan(register, day, goes_on=goes_on)) as pending:
        deliveries = [Delivered(given.file, given.sha256, 1, 0.0) for given in merged.submissions]
        pending.keep(deliveries, merged)
        pending.close(f"basis of {day}")
        pending.seal(day.isoformat(), issued or {})
    return pending.link
