"""Zips and tars whose bytes depend on their files alone: sorted, one date, no owner."""

from __future__ import annotations

import hashlib
import io
import tarfile
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# The date of every file in what we make: 2020-01-01, in the two forms that archives want.
EPOCH = 1_577_836_800
_ZIP_DATE = (2020, 1, 1, 0, 0, 0)
_EXECUTABLE, _PLAIN = 0o755, 0o644


def write_zip(path: Path, files: Mapping[str, bytes]) -> None:
    """A zip of these contents by name."""
    with zipfile.ZipFile(path, "w") as package:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.create_system, entry.external_attr = 0, 0
            package.writestr(entry, files[name], zipfile.ZIP_DEFLATED, compresslevel=9)


def zip_folder(folder: Path, path: Path) -> None:
    """A zip in which this folder stands with all its files."""
    found = (file for file in folder.rglob("*") if file.is_file())
    write_zip(path, {_within(folder, file): file.read_bytes() for file in found})


def tar_folder(folder: Path, path: Path) -> None:
    """A .tar.xz in which this folder stands; of rights, only “may be executed” is kept."""
    with tarfile.open(path, "w:xz", preset=3) as archive:
        for file in sorted([folder, *folder.rglob("*")]):
            entry = archive.gettarinfo(file, _within(folder, file))
            entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname = (
                EPOCH,
                0,
                0,
                "root",
                "root",
            )
            executable = entry.isdir() or entry.mode & 0o100
            entry.mode = _EXECUTABLE if executable else _PLAIN
            archive.addfile(entry, io.BytesIO(file.read_bytes()) if entry.isreg() else None)


def _within(folder: Path, file: Path) -> str:
    return file.relative_to(folder.parent).as_posix()


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def size_of(folder: Path) -> tuple[int, int]:
    """How many files a folder has, and their size in bytes."""
    sizes = [file.stat().st_size for file in folder.rglob("*") if file.is_file()]
    return len(sizes), sum(sizes)
