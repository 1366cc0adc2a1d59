"""What the window does, without the window: look at a workspace, run a round beside the window, tell what came of it."""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from toolkit.desktop import write_starters
from toolkit.errors import ToolkitError, of_the_machine
from toolkit.run.report import REPORT, read_report
from toolkit.run.round import NothingMade, resume, run_round
from toolkit.run.templates import create_workspace
from toolkit.sample.demo import make_demo
from toolkit.settings.reading import load
from toolkit.workspace import Workspace, is_source_clone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from toolkit.run.consolidate import Progress

_FIRST_STEPS = """还没有运行过。第一次使用：

1. 点“打开设置”，在“设置.xlsx”里填发文机关、巡察组、反馈日期等（不填也能先运行）。
2. 点“打开收件”，把完整的整改台账放进去。
3. 点“立即汇总”。以后各单位报回台账，也放进收件，再点一次。
"""


class Kind(Enum):
    """What a folder that a person chose is."""

    WORKSPACE = "workspace"
    SOURCE = "source"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class View:
    """What the window shows of a workspace: how many files wait, the newest period's folder, its report."""

    waiting: int
    newest: Path | None
    text: str

    @property
    def waiting_line(self) -> str:
        """How many files wait, as a sentence."""
        return f"收件里有{self.waiting}个文件。" if self.waiting else "收件里没有文件。"


@dataclass(frozen=True, slots=True)
class Step:
    """How far the work is: what is being done, how much of how many."""

    what: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Finished:
    """The work is done; the folder to open, and a sentence where there was nothing to do."""

    folder: Path
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """The work could not be done; a sentence for the person."""

    sentence: str


Event = Step | Finished | Failed


def kind_of(folder: Path) -> Kind:
    """Whether a folder is a workspace; a copy of the program's source is not offered as one."""
    if is_source_clone(folder):
        return Kind.SOURCE
    return Kind.WORKSPACE if Workspace(folder).settings_path.is_file() else Kind.OTHER


def open_workspace(folder: Path) -> Workspace:
    """The workspace in this folder, with starters for the program of today; raises ToolkitError."""
    workspace = Workspace.open(folder)
    write_starters(workspace)
    return workspace


def make_workspace(folder: Path) -> Workspace:
    """A new workspace in this folder; what is there stays. Raises ToolkitError."""
    return create_workspace(folder)


def look(workspace: Workspace) -> View:
    """What is to be shown now."""
    files = [path for path in workspace.inbox.rglob("*") if path.is_file()]
    newest = newest_period(workspace)
    text = read_report(newest) if newest else _FIRST_STEPS
    return View(sum(not path.name.startswith(("~$", ".")) for path in files), newest, text)


def newest_period(workspace: Workspace) -> Path | None:
    """The folder of the newest period (they are named by date), None before the first run."""
    folders = (report.parent for report in workspace.outbox.glob(f"*/{REPORT}"))
    return max(folders, key=lambda folder: folder.name, default=None)


def run_round_now(workspace: Workspace, now: datetime, watch: Progress) -> Finished:
    """Run a round of today, or finish the one that was interrupted."""
    folder = resume(workspace, now.date(), now)
    if folder is not None:
        return Finished(folder)
    settings = load(workspace.settings_path.read_bytes())
    outcome = run_round(workspace, settings, now.date(), now=now, watch=watch)
    if isinstance(outcome, NothingMade):
        return Finished(outcome.folder, outcome.sentence)
    return Finished(outcome.folder, _kept_beside(outcome.beside))


def _kept_beside(names: Sequence[str]) -> str:
    """What is said of files that a person had changed."""
    if not names:
        return ""
    return f"有人改动过的文件保留未动，新的写在旁边（名称后加“（新）”）：{'、'.join(names)}"


def make_sample(folder: Path, name: str, now: datetime, watch: Progress) -> Finished:
    """The invented sample in a new folder of this name, three weeks of it."""
    place, number = folder / name, 1
    while place.exists():
        number += 1
        place = folder / f"{name}（{number}）"
    return Finished(make_demo(place, now, watch).folder)


class Worker:
    """One piece of work at a time, beside the window; what happens is put into a queue that the window empties."""

    def __init__(self) -> None:
        self.events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    @property
    def is_busy(self) -> bool:
        """Whether the last piece of work still goes on."""
        return self._thread is not None and self._thread.is_alive()

    def start(self, work: Callable[[Progress], Finished]) -> None:
        """Begin a piece of work, which is given somebody to tell its progress to; the caller sees that none goes on."""
        self._thread = threading.Thread(target=self._do, args=(work,), daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Until the work that has told its end has ended."""
        if self._thread is not None:
            self._thread.join()

    def _do(self, work: Callable[[Progress], Finished]) -> None:
        def watch(what: str, done: int, total: int) -> None:
            self.events.put(Step(what, done, total))

        try:
            self.events.put(work(watch))
        except Exception as trouble:  # noqa: BLE001 - a bug is told as one, in the window and not into nothing
            self.events.put(Failed(sentence_of(trouble)))


def sentence_of(trouble: Exception) -> str:
    """A failure as a sentence for the person at the window."""
    if isinstance(trouble, ToolkitError):
        return str(trouble)
    if isinstance(trouble, OSError):
        return of_the_machine(trouble)
    return (
        f"程序出错（{type(trouble).__name__}：{trouble}）。请用命令 zhenggai run --debug 重新运行，"
        "并把显示的内容反馈给我们；收件仍在原处。"
    )
