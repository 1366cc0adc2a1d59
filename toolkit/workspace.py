"""Folders, lock, staging, and the commit that is all or nothing (design §6).

The order of a commit: originals archived → journal written → register committed → staging renamed into the outbox →
consumed files removed from the inbox → journal removed. `recover` reads the journal of a run that was killed: if the
register holds its token, the rest is finished; otherwise staging is discarded and nothing has happened.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import socket
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.errors import ToolkitError, UsageError, of_the_machine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

# What office programs and systems leave in folders: no file of a person's.
_IGNORED = re.compile(r"^(?:\..*|~\$.*|thumbs\.db|desktop\.ini|__macosx)$", re.IGNORECASE)
_UNFINISHED = re.compile(r"\.(?:tmp|part|partial|crdownload|download|td|xltd)$", re.IGNORECASE)
# The mark that a program leaves beside a file that it has open; an older one was left behind by a crash.
_MARKS_OF_OPEN = ("~${0}", "~${1}", "~${2}", ".~{0}", ".~lock.{0}#")
_MARK_LASTS_SECONDS = 24 * 3600.0
# A file changed within this many seconds may still be being copied; it waits unless it opens and reads whole twice alike.
_SETTLED_SECONDS = 2.0


# How many copies of the register are kept, one a round.
_BACKUPS = 5


class WorkspaceBusy(ToolkitError):
    """Another run holds the workspace."""


class WorkspaceTrouble(ToolkitError):
    """The folder or the disk does not allow what must be done; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file of the inbox, read once: its name in the inbox (posix), bytes, SHA-256 and time of change."""

    name: str
    data: bytes
    sha256: str
    modified: float


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file of the inbox that is left for the next round, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Stage:
    """The folder in which a round is written before it is committed; `token` names the round in the journal."""

    folder: Path
    token: str


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
    def _journal(self) -> Path:
        return self.hidden / "commit.json"

    @classmethod
    def create(cls, root: Path) -> Workspace:
        """Make the folders of a workspace (templates are written by the caller)."""
        workspace = cls(root.resolve())
        with _explained(f"无法建立文件夹“{root}”"):
            for folder in (workspace.templates, workspace.inbox, workspace.outbox, workspace.hidden):
                folder.mkdir(parents=True, exist_ok=True)
        return workspace

    @classmethod
    def open(cls, root: Path) -> Workspace:
        """The workspace in this folder; raises UsageError where there is none."""
        workspace = cls(root.resolve())
        if not workspace.settings_path.is_file():
            raise UsageError(f"“{root}”不是工作区：缺少templates/设置.xlsx。请先运行 zhenggai init “{root}”。")
        with _explained(f"无法使用工作区“{root}”"):
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
            raise WorkspaceTrouble(f"无法锁定工作区“{self.root}”：{of_the_machine(trouble)}") from trouble
        try:
            holder.write_text(f"{socket.gethostname()}，进程{os.getpid()}", encoding="utf-8")
            yield
            holder.unlink(missing_ok=True)
        finally:
            lock.release()

    def arrivals(self, now: float) -> tuple[tuple[Arrival, ...], tuple[Waiting, ...]]:
        """Every file of the inbox, read and hashed, and those that are not ready; `now` in seconds since the epoch."""
        arrivals: list[Arrival] = []
        waiting: list[Waiting] = []
        for path in _listed(self.inbox, waiting):
            found = _take(path, path.relative_to(self.inbox).as_posix(), now)
            (arrivals if isinstance(found, Arrival) else waiting).append(found)  # type: ignore[arg-type]
        return tuple(arrivals), tuple(waiting)

    def archived(self, sha256: str) -> Path:
        """Where the original with this SHA-256 is kept."""
        return self.hidden / "originals" / sha256[:2] / sha256

    def archive(self, arrival: Arrival) -> None:
        """Keep the original's bytes for ever, under their SHA-256."""
        path = self.archived(arrival.sha256)
        if path.is_file() and _sha256(path.read_bytes()) == arrival.sha256:
            return
        with _explained("无法归档原件"):
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, arrival.data)

    def back_up_register(self, name: str) -> None:
        """Keep a copy of the register as it is before the round whose folder is `name`; the newest few stay."""
        if not self.register_path.is_file():
            return
        copies = self.hidden / "backups"
        with _explained("无法备份台账库"):
            copies.mkdir(exist_ok=True)
            _write_whole(copies / f"{name}.db", self.register_path.read_bytes())
            kept = sorted(copies.glob("*.db"), key=lambda path: path.stat().st_mtime_ns)
            for old in kept[:-_BACKUPS]:
                old.unlink()

    @contextmanager
    def stage(self, token: str) -> Iterator[Stage]:
        """A fresh folder to write a round in; discarded unless it was committed."""
        folder = self.hidden / "staging" / token
        with _explained("无法写入工作区"):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        try:
            yield Stage(folder, token)
        finally:
            if not self._journal.is_file():
                shutil.rmtree(folder, ignore_errors=True)

    def commit(self, stage: Stage, as_of: date, consumed: Sequence[Arrival], record: Callable[[str], None]) -> Path:
        """Make the staged round the new state: `record` gets the name of its folder and commits the register.

        Raises whatever `record` raises, with nothing changed.
        """
        self._try_outbox(stage)
        folder = self._free_folder(as_of)
        journal: dict[str, object] = {
            "token": stage.token,
            "staging": stage.folder.name,
            "folder": folder.name,
            "consumed": [[arrival.name, arrival.sha256] for arrival in consumed],
        }
        self.back_up_register(folder.name)
        with _explained("无法写入工作区"):
            _write_whole(self._journal, json.dumps(journal, ensure_ascii=False).encode())
        try:
            record(folder.name)
        except BaseException:
            self._journal.unlink(missing_ok=True)
            raise
        self._finish(journal)
        return folder

    def _try_outbox(self, stage: Stage) -> None:
        """Move an empty folder the way that the round will go, before anything is recorded."""
        trial, there = stage.folder.with_name(f"{stage.token}.trial"), self.outbox / ".trial"
        with _explained("无法写入outbox，没有更改任何内容"):
            trial.mkdir(exist_ok=True)
            if there.is_dir():
                there.rmdir()
            trial.replace(there)
            there.rmdir()

    def recover(self, is_committed: Callable[[str], bool]) -> None:
        """Finish or discard what a killed run left; `is_committed` asks the register for the journal's token."""
        if self._journal.is_file():
            try:
                journal = json.loads(self._journal.read_text(encoding="utf-8"))
            except ValueError as broken:
                raise WorkspaceTrouble(
                    f"“{self._journal}”已损坏；请删除该文件后重新运行，收件仍在inbox中。"
                ) from broken
            if is_committed(journal["token"]):
                self._finish(journal)
            else:
                self._journal.unlink()
        shutil.rmtree(self.hidden / "staging", ignore_errors=True)

    def _free_folder(self, as_of: date) -> Path:
        """outbox/<as-of>, or -2, -3 … for a repeat."""
        name, number = as_of.isoformat(), 1
        while (self.outbox / name).exists():
            number += 1
            name = f"{as_of.isoformat()}-{number}"
        return self.outbox / name

    def _finish(self, journal: dict[str, object]) -> None:
        """The steps after the register's commit; each may already have been done."""
        staging = self.hidden / "staging" / str(journal["staging"])
        folder = self.outbox / str(journal["folder"])
        with _explained("成果已登记，但未能移入outbox；请关闭已打开的文件后重新运行"):
            if staging.is_dir() and not folder.exists():
                staging.replace(folder)
            for name, sha256 in journal["consumed"]:  # type: ignore[attr-defined]
                self._consume(self.inbox / name, sha256)
            self._journal.unlink(missing_ok=True)

    def _consume(self, path: Path, sha256: str) -> None:
        """Remove a file from the inbox if it is still the one that was archived."""
        if not path.is_file() or _sha256(path.read_bytes()) != sha256:
            return
        if _sha256(self.archived(sha256).read_bytes()) != sha256:
            raise WorkspaceTrouble(f"归档的原件“{path.name}”与收到的不一致；原件仍在inbox中，请检查磁盘。")
        try:
            path.unlink()
        except PermissionError:
            return  # open in a program: it is archived and in the register; the next round calls it a duplicate
        folder = path.parent
        while folder != self.inbox and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent


def _listed(inbox: Path, waiting: list[Waiting]) -> Iterator[Path]:
    """Every file below the inbox in a fixed order; a folder that cannot be opened is added to those that wait."""

    def closed(trouble: OSError) -> None:
        name = os.path.relpath(trouble.filename, inbox)
        waiting.append(Waiting(name, f"文件夹打不开：{of_the_machine(trouble)}"))

    paths = []
    for folder, inner, files in os.walk(inbox, onerror=closed):
        links = [name for name in inner if (inbox / folder / name).is_symlink()]
        inner[:] = [name for name in inner if not _IGNORED.match(name)]
        paths += [inbox / folder / name for name in (*files, *links) if not _IGNORED.match(name)]
    yield from sorted(paths)


def _take(path: Path, name: str, now: float) -> Arrival | Waiting:
    trouble = _unfit(path, name) or _half_done(path, now)
    if trouble:
        return Waiting(
            name.encode("utf-8", "surrogateescape").decode("gb18030", "replace") if _is_odd(name) else name, trouble
        )
    try:
        before = path.stat()
        data = path.read_bytes()
        after = path.stat()
    except OSError as locked:
        return Waiting(name, f"文件打不开，可能正被Excel或WPS打开：{of_the_machine(locked)}")
    changed = (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns)
    if changed or len(data) != after.st_size or (0 <= now - after.st_mtime < _SETTLED_SECONDS and not _complete(data)):
        return Waiting(name, "文件还在复制中，留待下次处理")
    return Arrival(name, data, _sha256(data), after.st_mtime)


def _unfit(path: Path, name: str) -> str:
    """Why this is no file that can be taken; "" of one that can."""
    if _is_odd(name):
        return "文件名的编码无法识别；请改名后重新放入"
    if path.is_symlink():
        return "这是指向别处的链接；请放入文件本身"
    return "" if path.is_file() else "这不是普通文件，无法读取"


def _is_odd(name: str) -> bool:
    """Whether a file's name is not text, as of archives packed under another encoding."""
    return any("\ud800" <= character <= "\udfff" for character in name)


def _half_done(path: Path, now: float) -> str:
    """Why a file is not ready although it can be read: still coming in, or open in a program."""
    if _UNFINISHED.search(path.name):
        return "文件还在下载或保存中，留待下次处理"
    for pattern in _MARKS_OF_OPEN:
        mark = path.with_name(pattern.format(path.name, path.name[1:], path.name[2:]))
        if mark.is_file() and now - mark.stat().st_mtime < _MARK_LASTS_SECONDS:
            return f"文件正被Excel或WPS打开；请保存并关闭后再运行（如已关闭，请删除旁边的“{mark.name}”）"
    return ""


def _complete(data: bytes) -> bool:
    """Whether a file changed a moment ago is whole: a zip package ends in its directory; other formats cannot tell."""
    return not data.startswith(b"PK") or b"PK\x05\x06" in data[-66_000:]


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _write_whole(path: Path, data: bytes) -> None:
    """The whole file or nothing: written beside, flushed to the disk, renamed."""
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(path)


@contextmanager
def _explained(what: str) -> Iterator[None]:
    """A failure of the disk or of rights, as a sentence for a person."""
    try:
        yield
    except OSError as trouble:
        raise WorkspaceTrouble(f"{what}：{of_the_machine(trouble)}") from trouble
