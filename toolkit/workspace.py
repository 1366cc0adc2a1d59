"""Folders, lock, staging, and the commit that is all or nothing (design §6).

The order of a commit: originals and outputs archived → journal written → register committed → its copy put beside the
outputs → staging renamed into the outbox → consumed files removed from the inbox → journal removed. `recover` reads the
journal of a run that was killed: if the register holds its link, the rest is finished; otherwise staging is discarded
and nothing has happened. An undo that was killed is always finished.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from toolkit.arrivals import Arrival, Waiting, arrivals
from toolkit.errors import ToolkitError, UsageError, of_the_machine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

# The copy of the register that stands beside the outputs of every round.
BACKUP = "台账库备份.db"


class Archive(StrEnum):
    """What is kept for ever, by SHA-256: what came in, and what was issued."""

    ORIGINALS = "originals"
    ISSUED = "issued"


class Memory(Protocol):
    """What the workspace must be able to ask of the register, of which it knows nothing else."""

    def is_committed(self, link: str) -> bool:
        """Whether the round with this link is kept."""

    def withdraw(self, link: str) -> None:
        """Take that round back, if it is the newest."""

    def back_up(self, path: Path) -> None:
        """Write a copy."""


class WorkspaceBusy(ToolkitError):
    """Another run holds the workspace."""


class WorkspaceTrouble(ToolkitError):
    """The folder or the disk does not allow what must be done; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A round or an undo that is complete: the folder in which the papers now stand, and how many inputs it moved."""

    kind: str
    folder: Path
    files: int

    @property
    def is_round(self) -> bool:
        """Whether it was a round."""
        return self.kind == _ROUND


@dataclass(frozen=True, slots=True)
class Stage:
    """The folder in which a round is written before it is committed."""

    folder: Path


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
            raise WorkspaceTrouble(
                f"无法锁定工作区“{self.root}”：{of_the_machine(trouble)}"
            ) from trouble
        try:
            holder.write_text(f"{socket.gethostname()}，进程{os.getpid()}", encoding="utf-8")
            yield
            holder.unlink(missing_ok=True)
        finally:
            lock.release()

    def arrivals(self, now: float) -> tuple[tuple[Arrival, ...], tuple[Waiting, ...]]:
        """Every file of the inbox, read and hashed, and those that are not ready; `now` in seconds since the epoch."""
        return arrivals(self.inbox, now)

    def archived(self, sha256: str) -> Path:
        """Where the original with this SHA-256 is kept."""
        return self._kept(Archive.ORIGINALS, sha256)

    def issued(self, sha256: str) -> Path:
        """Where the output with this SHA-256 is kept: among the outputs, or, of a copy of an original, there."""
        original = self.archived(sha256)
        return original if original.is_file() else self._kept(Archive.ISSUED, sha256)

    def _kept(self, archive: Archive, sha256: str) -> Path:
        return self.hidden / archive / sha256[:2] / sha256

    def keep(self, archive: Archive, data: bytes, sha256: str) -> Path:
        """Have these bytes in an archive, unless they are there already; where they stand."""
        path = self._kept(archive, sha256)
        if not is_whole(path, sha256):
            with _explained("无法归档"):
                path.parent.mkdir(parents=True, exist_ok=True)
                _write_whole(path, data)
        return path

    def archive(self, arrival: Arrival) -> None:
        """Keep the original's bytes for ever, under their SHA-256, with its time of change."""
        path = self.keep(Archive.ORIGINALS, arrival.data, arrival.sha256)
        with _explained("无法归档原件"):
            os.utime(path, (arrival.modified, arrival.modified))

    def archive_outputs(self, folder: Path, issued: Mapping[str, str]) -> None:
        """Keep what a round writes, so that it can be issued again exactly as it was; `issued` is SHA-256 by path."""
        for name, sha256 in issued.items():
            if not self.archived(sha256).is_file():
                self.keep(Archive.ISSUED, (folder / name).read_bytes(), sha256)

    @contextmanager
    def stage(self, name: str) -> Iterator[Stage]:
        """A fresh folder to write a round in; discarded unless it was committed."""
        folder = self.hidden / "staging" / name
        with _explained("无法写入工作区"):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        try:
            yield Stage(folder)
        finally:
            if not self._journal.is_file():
                shutil.rmtree(folder, ignore_errors=True)

    def commit(
        self,
        stage: Stage,
        folder: Path,
        link: str,
        consumed: Sequence[Arrival],
        record: Callable[[], None],
        memory: Memory,
    ) -> None:
        """Make the staged round the new state, in this folder of the outbox: `record` commits the register.

        Raises whatever `record` raises, with nothing changed.
        """
        self._try_outbox(stage)
        journal: dict[str, object] = {
            "kind": _ROUND,
            "link": link,
            "staging": stage.folder.name,
            "folder": folder.name,
            "consumed": [[arrival.name, arrival.sha256] for arrival in consumed],
        }
        self._write_journal(journal)
        try:
            record()
        except BaseException:
            self._journal.unlink(missing_ok=True)
            raise
        self._finish(journal, memory)

    def undo(
        self, folder: str, link: str, consumed: Sequence[tuple[str, str]], memory: Memory
    ) -> Finished:
        """Take the newest round back: its files (name, SHA-256) into the inbox, its folder out of the outbox.

        Raises WorkspaceTrouble where an original is missing, with nothing changed.
        """
        lost = [name for name, sha256 in consumed if not is_whole(self.archived(sha256), sha256)]
        if lost:
            raise WorkspaceTrouble(
                f"归档的原件缺失或已损坏，不能撤销：{'、'.join(lost)}。请运行zhenggai doctor查看。"
            )
        kept = _free_place(self.hidden / "undone", folder)
        journal: dict[str, object] = {
            "kind": _UNDO, "link": link, "folder": folder, "kept": kept.name, "consumed": [list(pair) for pair in consumed],
        }  # fmt: skip
        self._write_journal(journal)
        return self._finish_undo(journal, memory)

    def _write_journal(self, journal: Mapping[str, object]) -> None:
        with _explained("无法写入工作区"):
            _write_whole(self._journal, json.dumps(journal, ensure_ascii=False).encode())

    def _try_outbox(self, stage: Stage) -> None:
        """Move an empty folder the way that the round will go, before anything is recorded."""
        trial, there = stage.folder.with_name(f"{stage.folder.name}.trial"), self.outbox / ".trial"
        with _explained("无法写入outbox，没有更改任何内容"):
            trial.mkdir(exist_ok=True)
            if there.is_dir():
                there.rmdir()
            trial.replace(there)
            there.rmdir()

    def recover(self, memory: Memory) -> Finished | None:
        """Finish or discard what a killed run left; what was finished, None where nothing was."""
        finished = None
        if self._journal.is_file():
            try:
                journal = json.loads(self._journal.read_text(encoding="utf-8"))
            except ValueError as broken:
                raise WorkspaceTrouble(
                    f"“{self._journal}”已损坏；请删除该文件后重新运行，收件仍在inbox中。"
                ) from broken
            if journal.get("kind") == _UNDO:
                finished = self._finish_undo(journal, memory)
            elif memory.is_committed(journal.get("link", "")):
                finished = self._finish(journal, memory)
            else:
                self._journal.unlink()
        shutil.rmtree(self.hidden / "staging", ignore_errors=True)
        return finished

    def free_folder(self, name: str) -> Path:
        """outbox/<name>, or -2, -3 … where that is taken."""
        return _free_place(self.outbox, name)

    @property
    def is_unfinished(self) -> bool:
        """Whether a killed run left something that the next one will finish or discard."""
        return self._journal.is_file()

    def _finish(self, journal: Mapping[str, object], memory: Memory) -> Finished:
        """The steps after the register's commit; each may already have been done."""
        staging = self.hidden / "staging" / str(journal["staging"])
        folder = self.outbox / str(journal["folder"])
        with _explained("成果已登记，但未能移入outbox；请关闭已打开的文件后重新运行"):
            if staging.is_dir() and not folder.exists():
                memory.back_up(staging / BACKUP)
                staging.replace(folder)
            for name, sha256 in journal["consumed"]:  # type: ignore[attr-defined]
                self._consume(self.inbox / name, sha256)
            self._journal.unlink(missing_ok=True)
        return Finished(_ROUND, folder, len(journal["consumed"]))  # type: ignore[arg-type]

    def _finish_undo(self, journal: Mapping[str, object], memory: Memory) -> Finished:
        """The steps of an undo; each may already have been done."""
        folder, kept = (
            self.outbox / str(journal["folder"]),
            self.hidden / "undone" / str(journal["kept"]),
        )
        with _explained("撤销没有完成；请关闭已打开的文件后重新运行，工具箱会接着完成"):
            for name, sha256 in journal["consumed"]:  # type: ignore[attr-defined]
                self._give_back(self.inbox / name, sha256)
            memory.withdraw(str(journal["link"]))
            if folder.is_dir() and not kept.exists():
                kept.parent.mkdir(exist_ok=True)
                folder.replace(kept)
            self._journal.unlink(missing_ok=True)
        return Finished(_UNDO, kept, len(journal["consumed"]))  # type: ignore[arg-type]

    def _give_back(self, path: Path, sha256: str) -> None:
        """Put an original back into the inbox, beside whatever has come under its name since."""
        place, number = path, 1
        while place.exists() and not is_whole(place, sha256):
            number += 1
            place = path.with_name(f"{path.stem}（{number}）{path.suffix}")
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            fresh = place.with_name(f"{place.name}.part")
            shutil.copy2(self.archived(sha256), fresh)
            fresh.replace(place)

    def _consume(self, path: Path, sha256: str) -> None:
        """Remove a file from the inbox if it is still the one that was archived."""
        if not path.is_file() or _sha256(path.read_bytes()) != sha256:
            return
        if _sha256(self.archived(sha256).read_bytes()) != sha256:
            raise WorkspaceTrouble(
                f"归档的原件“{path.name}”与收到的不一致；原件仍在inbox中，请检查磁盘。"
            )
        try:
            path.unlink()
        except PermissionError:
            return  # open in a program: it is archived and in the register; the next round calls it a duplicate
        folder = path.parent
        while folder != self.inbox and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent


_ROUND, _UNDO = "round", "undo"


def _free_place(within: Path, name: str) -> Path:
    place, number = within / name, 1
    while place.exists():
        number += 1
        place = within / f"{name}-{number}"
    return place


def is_source_clone(folder: Path) -> bool:
    """Whether a folder is a copy of the toolkit's own source, whose templates, inbox and outbox are nobody's by intent."""
    return (folder / "toolkit" / "workspace.py").is_file() and (folder / "pyproject.toml").is_file()


def is_whole(path: Path, sha256: str) -> bool:
    """Whether the file is there and has the contents of this SHA-256."""
    return path.is_file() and _sha256(path.read_bytes()) == sha256


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
