"""The folders of a workspace, its lock, and the staging area."""

from __future__ import annotations

import os
import shutil
import socket
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.arrivals import Arrival, Waiting, arrivals
from toolkit.errors import ToolkitError, UsageError, of_the_machine
from toolkit.workspace.archive import Archive
from toolkit.workspace.durable import WorkspaceTrouble, explained

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# The copy of the register that stands beside the outputs of every period.
BACKUP = "台账库备份.db"
PACKED_BACKUP = f"{BACKUP}.gz"  # beside earlier periods


class WorkspaceBusy(ToolkitError):
    """Another run holds the workspace."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """One office's folder: templates, inbox, outbox and the hidden memory."""

    root: Path

    @property
    def templates(self) -> Path:
        """What the office edits: 设置.xlsx, 整改台账.xlsx, the Word templates."""
        return self.root / "templates"

    @property
    def inbox(self) -> Path:
        """Where returned workbooks are dropped."""
        return self.root / "inbox"

    @property
    def outbox(self) -> Path:
        """Where each round leaves its folder."""
        return self.root / "outbox"

    @property
    def hidden(self) -> Path:
        """The memory: register, originals, staging, lock."""
        return self.root / ".zhenggai"

    @property
    def register_path(self) -> Path:
        """The register (SQLite)."""
        return self.hidden / "register.db"

    @property
    def settings_path(self) -> Path:
        """设置.xlsx."""
        return self.templates / "设置.xlsx"

    @property
    def journal(self) -> Path:
        """What a commit or an undo has begun, until it is complete."""
        return self.hidden / "commit.json"

    @property
    def staging(self) -> Path:
        """Where a state is written before it is committed."""
        return self.hidden / "staging"

    @property
    def archive(self) -> Archive:
        """What came in and what was issued."""
        return Archive(self.hidden)

    @property
    def is_unfinished(self) -> bool:
        """Whether a killed run left something that the next one will finish or discard."""
        return self.journal.is_file()

    @classmethod
    def create(cls, root: Path) -> Workspace:
        """Make the folders of a workspace (templates are written by the caller)."""
        workspace = cls(root.resolve())
        with explained(f"无法建立文件夹“{root}”"):
            for folder in (
                workspace.templates,
                workspace.inbox,
                workspace.outbox,
                workspace.hidden,
            ):
                folder.mkdir(parents=True, exist_ok=True)
        return workspace

    @classmethod
    def open(cls, root: Path) -> Workspace:
        """The workspace in this folder; raises UsageError where there is none."""
        workspace = cls(root.resolve())
        if not workspace.settings_path.is_file():
            raise UsageError(
                f"“{root}”不是工作区：缺少templates/设置.xlsx。请先运行 zhenggai init “{root}”。"
            )
        with explained(f"无法使用工作区“{root}”"):
            for folder in (workspace.inbox, workspace.outbox, workspace.hidden):
                folder.mkdir(exist_ok=True)
        return workspace

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the workspace against a second run; a holder that died on this computer is recognised and released."""
        from filelock import FileLock, Timeout

        holder = self.hidden / "lock.txt"
        lock = FileLock(self.hidden / "lock", timeout=0)
        try:
            lock.acquire()
        except Timeout as busy:
            who = holder.read_text(encoding="utf-8") if holder.is_file() else "另一个窗口"
            raise WorkspaceBusy(f"工作区正在被使用（{who}），请等它结束后再运行。") from busy
        except OSError as trouble:
            raise WorkspaceTrouble(
                f"无法锁定工作区“{self.root}”：{of_the_machine(trouble)}"
            ) from trouble
        try:
            holder.write_text(f"{socket.gethostname()}，进程{os.getpid()}", encoding="utf-8")
            yield
        finally:
            holder.unlink(missing_ok=True)
            lock.release()

    def arrivals(self, now: float) -> tuple[tuple[Arrival, ...], tuple[Waiting, ...]]:
        """Every file of the inbox, read and hashed, and those that are not ready; `now` in seconds since the epoch."""
        return arrivals(self.inbox, now)

    @contextmanager
    def stage(self, name: str) -> Iterator[Path]:
        """A fresh folder to write a state in; gone when the block ends."""
        folder = self.staging / name
        with explained("无法写入工作区"):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def free_folder(self, name: str) -> Path:
        """outbox/<name>, or -2, -3 … where that is taken."""
        place, number = self.outbox / name, 1
        while place.exists():
            number += 1
            place = self.outbox / f"{name}-{number}"
        return place


def is_source_clone(folder: Path) -> bool:
    """Whether a folder is a copy of the toolkit's own source, which nobody means as a workspace."""
    return (folder / "toolkit" / "cli.py").is_file() and (folder / "pyproject.toml").is_file()
