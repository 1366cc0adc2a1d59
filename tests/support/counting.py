"""How much work a piece of code does, counted instead of timed: calls of functions, ours and Python's own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from types import FrameType

_STEP = 100


def calls_in(work: Callable[[], object]) -> int:
    """How many functions are called while this runs; the same on a busy machine and on an idle one."""
    counted = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted


def steps_in(connection: sqlite3.Connection, work: Callable[[], object]) -> int:
    """How many hundreds of steps SQLite's machine takes while this runs."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    connection.set_progress_handler(count, _STEP)
    try:
        work()
    finally:
        connection.set_progress_handler(None, 0)
    return counted
