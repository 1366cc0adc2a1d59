"""Bring the register back from a copy of it, and the archive from what still stands in the outbox."""

from __future__ import annotations

import gzip
import os
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.errors import ToolkitError, UsageError, of_the_machine
from toolkit.register.store import NewerRegisterError, Register
from toolkit.workspace.durable import digest_of, is_whole
from toolkit.workspace.outbox import SIGNED

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
            fresh.write_bytes(copy_of_register(copy))
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


def copy_of_register(copy: Path) -> bytes:
    """The register in a copy; those of earlier periods are kept compressed. Raises UsageError for a damaged one."""
    data = copy.read_bytes()
    try:
        return gzip.decompress(data) if copy.suffix == ".gz" else data
    except (gzip.BadGzipFile, zlib.error, EOFError) as broken:
        raise UsageError(f"“{copy.name}”已损坏，没有恢复；请换一份。") from broken


def _proved(fresh: Path, copy: Path) -> RoundRecord:
    """The newest round of a copy that is whole; raises UsageError for any other."""
    try:
        with Register.open(fresh) as register:
            faults, rounds = register.faults(), register.rounds()
    except NewerRegisterError as newer:
        raise UsageError(
            f"“{copy.name}”由更新版本的工具箱生成，没有恢复；请先升级工具箱。"
        ) from newer
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
    """Originals and outputs that are not in the archive any more, taken from the outbox by their SHA-256."""
    lost = {kept.sha256: kept for kept in lost_files(workspace, register)}
    names = {kept.name for kept in lost.values()}
    for path in sorted(workspace.outbox.rglob("*")) if lost else ():
        data = path.read_bytes() if path.is_file() else b""
        kept = lost.pop(digest_of(data), None)
        if kept is not None:
            workspace.archive.put_back(data, kept.sha256, is_original=kept.is_original)
    for state in register.states():
        workspace.archive.pack_again(register.issued_by(state))
    still = tuple(kept.name for kept in lost.values())
    return len(names) - len(set(still)), still


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that must be in the archive: where it stood, its SHA-256, whether it came in."""

    name: str
    sha256: str
    is_original: bool


def lost_files(workspace: Workspace, register: Register) -> Iterator[Kept]:
    """Every file that the register knows and the archive has not, or not whole."""
    archive = workspace.archive
    originals = {kept.sha256 for kept in _originals(register)}
    for kept in _originals(register):
        if not is_whole(archive.original(kept.sha256), kept.sha256):
            yield kept
    for state in register.states():
        issued = register.issued_by(state)
        for name, sha256 in issued.files.items():
            if sha256 not in originals and archive.read(issued, name) is None:
                yield Kept(f"{state.folder}/{name}", sha256, is_original=False)
    for signed in register.signatures():
        if archive.read_loose(signed.sha256) is None:
            yield Kept(f"{SIGNED}/{signed.paper}", signed.sha256, is_original=False)


def _originals(register: Register) -> tuple[Kept, ...]:
    """Every file that came in, once."""
    found = {
        sha256: Kept(name, sha256, is_original=True)
        for state in register.states()
        for name, sha256 in register.arrivals(state.id)
    }
    return tuple(found.values())


def kept_counts(register: Register) -> tuple[int, int]:
    """(originals, outputs) that must be in the archive; an output that is a copy of an original counts as that."""
    originals = {kept.sha256 for kept in _originals(register)}
    outputs = {sha256 for state in register.states() for _, sha256 in register.issued(state.id)}
    return len(originals), len(outputs - originals)
