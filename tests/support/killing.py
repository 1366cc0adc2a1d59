"""A run that dies at its n-th write: every file operation and every database statement is such a point.

Run as a program: `python killing.py WORKSPACE AS_OF FIRST STEP` kills runs at the points FIRST, FIRST + STEP, … until one
comes through, each in a copy of the workspace and in a process of its own, and lets the next run follow. It prints a
JSON line a point: how far the killed run came, and the state after the next run.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Action = Callable[[Path, dt.date], None]

_FILE_EVENTS = {
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.utime",
    "os.truncate",
    "shutil.copyfile",
}


def state(root: Path) -> dict[str, Any]:
    """What a person would find, and what the register holds: digests of every file that must be the same again."""
    places = ("inbox", "outbox", ".zhenggai/originals", ".zhenggai/issued")
    files = {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for place in places
        for path in sorted((root / place).rglob("*"))
        if path.is_file()
    }
    left = [
        name for name in ("commit.json", "staging") if any((root / ".zhenggai").glob(f"{name}/*"))
    ]
    return {"files": files, "left": left}


def run(root: Path, as_of: dt.date) -> None:
    """One run as the command line does it."""
    from toolkit.run.round import resume, run_round
    from toolkit.settings.reading import load
    from toolkit.workspace import Workspace

    place, now = Workspace.open(root), dt.datetime.combine(as_of, dt.time(17))
    if not resume(place, as_of, now):
        run_round(place, load(place.settings_path.read_bytes()), as_of, now=now)


def undo(root: Path, _as_of: dt.date) -> None:
    from toolkit.errors import UsageError
    from toolkit.issued.undo import undo as take_back
    from toolkit.workspace import Workspace

    with contextlib.suppress(UsageError):  # the killed one had finished its work
        take_back(Workspace.open(root))


class Trap:
    """Kills the process just before its n-th write; of what is written in staging, thrown away alike, every tenth counts."""

    def __init__(self, point: int) -> None:
        self.point, self.count, self.staged = point, 0, 0

    def one_more(self, *_what: object) -> None:
        self.count += 1
        if self.count == self.point:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, event: str, arguments: tuple[Any, ...]) -> None:
        writes = (
            event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
        )
        if not (writes or event in _FILE_EVENTS):
            return
        if "staging" in str(arguments[:1]):
            self.staged += 1
            if self.staged % 10:
                return
        self.one_more()

    def set(self) -> None:
        connect_to = sqlite3.connect

        def connect(*arguments: Any, **options: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect_to(*arguments, **options)
            connection.set_trace_callback(self.one_more)
            return connection

        sqlite3.connect = connect  # type: ignore[assignment] # fewer overloads than the original
        sys.addaudithook(self.watch)


def dying_at(point: int, action: Action, root: Path, as_of: dt.date) -> bool:
    """In a process of its own: do it, and be killed just before the n-th write. Whether it came through."""
    child = os.fork()
    if child:
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code not in (0, -signal.SIGKILL):
            sys.exit(f"第{point}点：运行没有成功")
        return code == 0
    Trap(point).set()
    try:
        action(root, as_of)
    except BaseException as trouble:  # noqa: BLE001 - told to the parent by the code
        sys.stderr.write(repr(trouble))
        os._exit(7)
    os._exit(0)


def main(root: Path, as_of: dt.date, first: int, step: int, what: str) -> None:
    action = {"run": run, "undo": undo}[what]
    import_everything(root)
    point, through = first, False
    while not through:
        copy = root.with_name(f"{root.name}-{point}")
        shutil.copytree(root, copy)
        through = dying_at(point, action, copy, as_of)
        stands = (copy / "outbox" / as_of.isoformat()).exists()
        is_finished = stands is (what == "run") and not (copy / ".zhenggai/commit.json").exists()
        # A run follows in any case: it clears up what a finished one has left in staging, and makes nothing new.
        follows = what == "run" or not is_finished
        again = through or not follows or dying_at(0, action, copy, as_of)
        line = {"point": point, "through": through, "again": again, **state(copy)}
        print(json.dumps(line), flush=True)  # noqa: T201 - for the test to read
        shutil.rmtree(copy)
        point += step


def import_everything(root: Path) -> None:
    """Once, before the forks: a run in a copy that is thrown away."""
    copy = root.with_name(f"{root.name}-0")
    shutil.copytree(root, copy)
    run(copy, dt.date(2030, 1, 1))
    shutil.rmtree(copy)


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        dt.date.fromisoformat(sys.argv[2]),
        int(sys.argv[3]),
        int(sys.argv[4]),
        sys.argv[5],
    )
