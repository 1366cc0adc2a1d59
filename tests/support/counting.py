"""How much work a piece of code does, counted instead of timed: the same on a busy machine and on an idle one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from types import FrameType

_STEP = 100


def calls_in(work: Callable[[], object]) -> int:
    """How many functions, ours and Python's own, are called while this runs."""
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


def instructions_in(work: Callable[[], object]) -> int:
    """How many instructions of Python run in this: a loop counts too in which nothing is called."""
    counted = 0

    def count(frame: FrameType, event: str, _argument: object) -> Callable[..., Any]:
        nonlocal counted
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        counted += event == "opcode"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        work()
    finally:
        sys.settrace(before)
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
