"""Bring the register back from a copy of it, and the archive from what still stands in the outbox."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.errors import ToolkitError, UsageError, of_the_machine
from toolkit.register.store import Register
from toolkit.workspace import Archive, is_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from toolkit.register.snapshot import RoundRecord
    from toolkit.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Restored:
    """The newest round that is known again, where the old register was put, files brought back, files still missing."""

    round: RoundRecord
    put_aside: Path | None
    brought_back: int
    missing: tuple[str, ...]


def restore(workspace: Workspace, copy: Path) -> Restored:
    """Make a copy (台账库备份.db) the register; the one that stands is put aside, not overwritten.

    Raises UsageError where the copy is no register or has been altered; then nothing is changed.
    """
    if not copy.is_file():
        raise UsageError(f"没有文件“{copy}”；备份在outbox各期文件夹中，名为“台账库备份.db”。")
    with workspace.lock():
        fresh = workspace.hidden / "register.restoring"
        try:
            shutil.copyfile(copy, fresh)
            newest = _proved(fresh, copy)
            put_aside = _put_aside(workspace)
            fresh.replace(workspace.register_path)
        except OSError as trouble:
            raise ToolkitError(f"恢复没有完成：{of_the_machine(trouble)}") from trouble
        finally:
            fresh.unlink(missing_ok=True)
        with Register.open(workspace.register_path) as register:
            brought_back, missing = _refill(workspace, register)
    return Restored(newest, put_aside, brought_back, missing)


def _proved(fresh: Path, copy: Path) -> RoundRecord:
    """The newest round of a copy that is whole; raises UsageError for any other."""
    try:
        with Register.open(fresh) as register:
            faults, rounds = register.faults(), register.rounds()
    except ToolkitError as broken:
        raise UsageError(f"“{copy.name}”不是可用的台账库备份，没有恢复；请换一份。") from broken
    if faults:
        raise UsageError(f"“{copy.name}”不完整（{faults[0]}），没有恢复；请换一份。")
    if not rounds:
        raise UsageError(f"“{copy.name}”里没有任何一期，没有恢复；请换一份。")
    return rounds[-1]


def _put_aside(workspace: Workspace) -> Path | None:
    path = workspace.register_path
    if not path.is_file():
        return None
    number = 1
    while (aside := path.with_name(f"register.替换前-{number}.db")).exists():
        number += 1
    for suffix in ("", "-journal"):
        part = path.with_name(path.name + suffix)
        if part.is_file():
            os.replace(part, aside.with_name(aside.name + suffix))  # noqa: PTH105 - as everywhere in the commit
    return aside


def _refill(workspace: Workspace, register: Register) -> tuple[int, tuple[str, ...]]:
    """Originals and outputs that are not in the archive any more, taken from the folders of the outbox by their SHA-256."""
    lost = dict(lost_files(workspace, register))
    names = set(lost.values())
    for path in sorted(workspace.outbox.rglob("*")) if lost else ():
        data = path.read_bytes() if path.is_file() else b""
        sha256 = hashlib.sha256(data).hexdigest()
        for archive in Archive:
            if lost.pop((archive, sha256), None):
                workspace.keep(archive, data, sha256)
    return len(names) - len(set(lost.values())), tuple(lost.values())


def lost_files(
    workspace: Workspace, register: Register
) -> Iterator[tuple[tuple[Archive, str], str]]:
    """((archive, SHA-256), name) of every file that the register knows and the archive has not, or not whole."""
    for (archive, sha256), name in kept_files(register).items():
        if not is_whole(
            workspace.archived(sha256)
            if archive is Archive.ORIGINALS
            else workspace.issued(sha256),
            sha256,
        ):
            yield (archive, sha256), name


def kept_files(register: Register) -> dict[tuple[Archive, str], str]:
    """Every file that must be in the archive, once; an output that is a copy of an original is kept as that."""
    rounds = register.rounds()
    originals = {
        (Archive.ORIGINALS, sha): name
        for past in rounds
        for name, sha in register.arrivals(past.id)
    }
    outputs = {
        (Archive.ISSUED, sha): f"{past.folder}/{name}"
        for past in rounds
        for name, sha in register.issued(past.id)
    }
    copies = {(Archive.ISSUED, sha) for _, sha in originals}
    return {**originals, **{key: name for key, name in outputs.items() if key not in copies}}
