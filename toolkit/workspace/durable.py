"""Files that survive a power cut: written beside, flushed to the disk, renamed, and the folder flushed too."""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from toolkit.errors import ToolkitError, of_the_machine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PART = ".part"
# The longest name, in bytes, that every file system takes; what we write beside a file is a little longer than it.
_LONGEST_NAME = 255


class WorkspaceTrouble(ToolkitError):
    """The folder or the disk does not allow what must be done."""


def digest_of(data: bytes) -> str:
    """The SHA-256 of some bytes (hex)."""
    return hashlib.sha256(data).hexdigest()


def is_whole(path: Path, sha256: str) -> bool:
    """Whether the file is there and has the contents of this SHA-256."""
    return path.is_file() and digest_of(path.read_bytes()) == sha256


def write_whole(path: Path, data: bytes) -> None:
    """The whole file or nothing, on the disk when this returns; the folder is there already."""
    fresh = _beside(path)
    with fresh.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(path)
    flush_folder(path.parent)


def _beside(path: Path) -> Path:
    """A name for the file while it is being written; of a long name only its digest, so that it is not too long."""
    name = f"{path.name}{_PART}"
    if len(name.encode()) > _LONGEST_NAME:
        name = f"{digest_of(path.name.encode())[:16]}{_PART}"
    return path.with_name(name)


def flush_folder(folder: Path) -> None:
    """Have the names in a folder on the disk; Windows does that by itself and opens no folder."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def explained(what: str) -> Iterator[None]:
    """A failure of the disk or of rights, as a sentence for a person."""
    try:
        yield
    except OSError as trouble:
        raise WorkspaceTrouble(f"{what}：{of_the_machine(trouble)}") from trouble
