"""The commit that is all or nothing, and its undoing (design §7).

    pack on the disk → journal → register committed → outbox made to show the state → inputs out of the inbox → journal gone

A kill or a power cut at any point leaves the old state or the new one: before the register's commit nothing has
happened, after it `recover` does the rest from the pack. An undo that was begun is always finished.
"""

from __future__ import annotations

import gzip
import json
import shutil
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from toolkit.errors import of_the_machine
from toolkit.workspace import outbox
from toolkit.workspace.archive import Issued
from toolkit.workspace.durable import (
    WorkspaceTrouble,
    digest_of,
    explained,
    flush_folder,
    is_whole,
    write_whole,
)
from toolkit.workspace.folders import BACKUP, PACKED_BACKUP

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from toolkit.workspace.folders import Workspace
    from toolkit.workspace.outbox import Shown

_STATE, _UNDO = "round", "undo"  # as journals of 0.3.0 say
# Name in the inbox, SHA-256.
Delivery = tuple[str, str]


class Memory(Protocol):
    """What must be known of the register, of which nothing else is known here."""

    def is_committed(self, link: str) -> bool:
        """Whether the state with this link is kept."""

    def shown(self) -> Shown | None:
        """What the folder of the newest period is to show; None on an empty register, or one without files."""

    def earlier_folders(self) -> tuple[str, ...]:
        """The folders of the periods before the newest, of versions that keep packs."""

    def withdraw(self, link: str) -> None:
        """Take that state back, if it is the newest."""

    def back_up(self, path: Path) -> None:
        """Write a copy."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A commit or an undo that is complete.

    The folder in which the papers stand, how many files it moved, the files that a person had changed (ours stand
    beside them, or were left alone), whether it was a commit.
    """

    folder: Path
    files: int
    kept_by_person: tuple[str, ...]
    is_commit: bool


def commit(
    workspace: Workspace,
    issued: Issued,
    staged: Path,
    consumed: Sequence[Delivery],
    record: Callable[[], None],
    memory: Memory,
) -> Finished:
    """Make a staged state the new one: `record` commits the register.

    Raises whatever `record` raises, and WorkspaceTrouble where a file of the outbox is open, with nothing changed.
    """
    _try_outbox(workspace, issued, memory)
    workspace.archive.pack(issued.link, staged, issued.files)
    journal: dict[str, Any] = {
        "kind": _STATE,
        "link": issued.link,
        "folder": issued.folder,
        "consumed": [list(delivery) for delivery in consumed],
    }
    _write_journal(workspace, journal)
    try:
        record()
    except BaseException:
        workspace.journal.unlink(missing_ok=True)
        workspace.archive.drop_pack(issued.link)
        raise
    return _finish(workspace, journal, memory)


def _try_outbox(workspace: Workspace, issued: Issued, memory: Memory) -> None:
    """Files that would be replaced must not be open, and the outbox must take a folder."""
    with explained("无法写入outbox，没有更改任何内容"):
        trial = workspace.outbox / ".trial"
        shutil.rmtree(trial, ignore_errors=True)
        trial.mkdir()
        try:
            write_whole(trial / "试写", b"")
        finally:
            shutil.rmtree(trial, ignore_errors=True)
    shown = memory.shown()
    before = shown.newest if shown else None
    names = {**(before.files if before else {}), BACKUP: ""}
    for folder in dict.fromkeys((before.folder if before else issued.folder, issued.folder)):
        busy = list(outbox.occupied(workspace.outbox, names, folder))
        if busy:
            raise WorkspaceTrouble(
                f"outbox/{folder}/{busy[0]}正被打开或不能写入，没有更改任何内容；请关闭它再运行。"
            )


def _write_journal(workspace: Workspace, journal: Mapping[str, Any]) -> None:
    with explained("无法写入工作区"):
        write_whole(workspace.journal, json.dumps(journal, ensure_ascii=False).encode())


def _finish(workspace: Workspace, journal: Mapping[str, Any], memory: Memory) -> Finished:
    """The steps after the register's commit; each may already have been done."""
    shown = memory.shown()
    beside: tuple[str, ...] = ()
    folder = workspace.outbox / str(journal["folder"])
    if shown is not None:
        published = outbox.publish(workspace.outbox, workspace.archive, shown)
        folder, beside = published.folder, published.beside
        _back_up(memory, folder)
        _compress_backups(workspace, memory.earlier_folders())
    with explained("成果已登记，但收件没有全部移出inbox；请关闭已打开的文件后重新运行"):
        for name, sha256 in journal["consumed"]:
            consume(workspace, (name, sha256))
        _drop_journal(workspace)
    return Finished(folder, len(journal["consumed"]), beside, is_commit=True)


def _back_up(memory: Memory, folder: Path) -> None:
    """Put the register's copy beside a period; one from when the period was an earlier one is no longer true."""
    memory.back_up(folder / BACKUP)
    (folder / PACKED_BACKUP).unlink(missing_ok=True)


def _compress_backups(workspace: Workspace, folders: Sequence[str]) -> None:
    """Copies of the register beside earlier periods are compressed: a fifth of their size."""
    for name in folders:
        path = workspace.outbox / name / BACKUP
        if path.is_file():
            write_whole(path.with_name(PACKED_BACKUP), gzip.compress(path.read_bytes(), mtime=0))
            path.unlink()


def _drop_journal(workspace: Workspace) -> None:
    workspace.journal.unlink(missing_ok=True)
    flush_folder(workspace.hidden)


def consume(workspace: Workspace, delivery: Delivery) -> None:
    """Remove a file from the inbox if it is still the one that was archived, and the archived one is whole."""
    name, sha256 = delivery
    path = workspace.inbox / name
    if not path.is_file() or digest_of(path.read_bytes()) != sha256:
        return
    if not is_whole(workspace.archive.original(sha256), sha256):
        raise WorkspaceTrouble(
            f"归档的原件“{path.name}”与收到的不一致；原件仍在inbox中，请检查磁盘。"
        )
    try:
        path.unlink()
    except PermissionError:
        return  # open in a program: it is archived and in the register; the next run knows it
    folder = path.parent
    with suppress(OSError):  # an empty folder that cannot be removed hurts nobody
        while folder != workspace.inbox and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent


def undo(
    workspace: Workspace,
    state: Issued,
    before: str,
    deliveries: Sequence[Delivery],
    memory: Memory,
) -> Finished:
    """Take the newest state back: its inputs into the inbox; the state before it is shown again, from the archive.

    `before` is the link of the state before it in the same period, "" where there is none.

    Raises WorkspaceTrouble where an original is missing, with nothing changed.
    """
    archive = workspace.archive
    lost = [name for name, sha256 in deliveries if not is_whole(archive.original(sha256), sha256)]
    if lost:
        raise WorkspaceTrouble(
            f"归档的原件缺失或已损坏，不能撤销：{'、'.join(lost)}。请运行zhenggai doctor查看。"
        )
    journal: dict[str, Any] = {
        "kind": _UNDO,
        "link": state.link,
        "folder": state.folder,
        "files": dict(state.files),
        "before": before,
        "consumed": [list(delivery) for delivery in deliveries],
    }
    _write_journal(workspace, journal)
    return _finish_undo(workspace, journal, memory)


def _finish_undo(workspace: Workspace, journal: Mapping[str, Any], memory: Memory) -> Finished:
    """The steps of an undo; each may already have been done."""
    state = Issued(str(journal["link"]), str(journal["folder"]), journal.get("files", {}))
    with explained("撤销没有完成；请关闭已打开的文件后重新运行，工具箱会接着完成"):
        for name, sha256 in journal["consumed"]:
            _give_back(workspace, name, sha256)
        memory.withdraw(state.link)
    shown = memory.shown()
    if shown is not None and str(journal.get("before", "")) == shown.newest.link:
        again = outbox.publish(workspace.outbox, workspace.archive, _with(shown, state))
        _back_up(memory, again.folder)
        folder, left = again.folder, again.beside
    else:
        for name in (BACKUP, PACKED_BACKUP):
            (workspace.outbox / state.folder / name).unlink(missing_ok=True)
        folder, left = outbox.withdraw(workspace.outbox, state)
    _drop_journal(workspace)
    return Finished(folder, len(journal["consumed"]), left, is_commit=False)


def _with(shown: Shown, state: Issued) -> Shown:
    return outbox.Shown(newest=shown.newest, earlier=shown.earlier, forgotten=(state,))


def _give_back(workspace: Workspace, name: str, sha256: str) -> None:
    """Put an original back into the inbox, beside whatever has come under its name since."""
    path = workspace.inbox / name
    place, number = path, 1
    while place.exists() and not is_whole(place, sha256):
        number += 1
        place = path.with_name(_numbered(path.name, number))
    if place.exists():
        return
    try:
        _put_back(workspace, place, sha256)
    except OSError:  # whatever is wrong with the name or its folder, the file itself comes back
        _put_back(workspace, workspace.inbox / f"{sha256[:12]}{path.suffix[:8]}", sha256)


def _put_back(workspace: Workspace, place: Path, sha256: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    original = workspace.archive.original(sha256)
    write_whole(place, original.read_bytes())
    shutil.copystat(original, place)


_LONGEST_NAME = 240


def _numbered(name: str, number: int) -> str:
    """`台账（2）.xlsx`; a name that would be too long for the file system loses the end of its stem."""
    stem, dot, suffix = name.rpartition(".")
    mark = f"（{number}）"
    stem = stem if dot else name
    while len(f"{stem}{mark}{dot}{suffix}".encode()) > _LONGEST_NAME and stem:
        stem = stem[:-1]
    return f"{stem}{mark}{dot}{suffix}" if dot else f"{stem}{mark}"


def recover(workspace: Workspace, memory: Memory) -> Finished | None:
    """Finish or discard what a killed run left, and mend what a power cut left of the newest state.

    What was finished; None where nothing was. Read-only commands do not call it.
    """
    finished = _take_up(workspace, memory)
    shutil.rmtree(workspace.staging, ignore_errors=True)
    shown = memory.shown()
    if finished is None and shown is not None and outbox.damaged(workspace.outbox, shown.newest):
        outbox.publish(workspace.outbox, workspace.archive, shown)
    return finished


def _take_up(workspace: Workspace, memory: Memory) -> Finished | None:
    if not workspace.journal.is_file():
        return None
    try:
        journal = json.loads(workspace.journal.read_text(encoding="utf-8"))
    except (ValueError, OSError) as broken:
        why = of_the_machine(broken) if isinstance(broken, OSError) else ""
        raise WorkspaceTrouble(
            f"“{workspace.journal}”已损坏；{why}请删除该文件后重新运行，收件仍在inbox中。"
        ) from broken
    if journal.get("kind") == _UNDO:
        return _finish_undo(workspace, journal, memory)
    if memory.is_committed(journal.get("link", "")):
        return _finish(workspace, journal, memory)
    workspace.archive.drop_pack(journal.get("link", ""))
    workspace.journal.unlink()
    return None
