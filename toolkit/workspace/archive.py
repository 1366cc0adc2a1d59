"""What is kept for ever: every file that came in, and every file that was issued, one compressed pack a state.

Rounds of versions before 0.4 have no pack: their files lie one by one under issued/, by their SHA-256.
"""

from __future__ import annotations

import io
import os
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.workspace.durable import (
    digest_of,
    explained,
    flush_folder,
    is_whole,
    write_whole,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from toolkit.arrivals import Arrival

_EPOCH = (1980, 1, 1, 0, 0, 0)
_NAME = 32


@dataclass(frozen=True, slots=True)
class Issued:
    """What a state issued: its link in the chain (hex), its folder in the outbox, SHA-256 by path in that folder.

    `is_packed`: whether it was issued by a version that keeps packs.
    """

    link: str
    folder: str
    files: Mapping[str, str]
    is_packed: bool = True


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive below the hidden folder of a workspace."""

    root: Path

    def original(self, sha256: str) -> Path:
        """Where the original with this SHA-256 is kept."""
        return self._loose("originals", sha256)

    def _loose(self, kind: str, sha256: str) -> Path:
        return self.root / kind / sha256[:2] / sha256

    def _pack(self, link: str) -> Path:
        return self.root / "packs" / f"{link[:_NAME]}.zip"

    def keep_original(self, arrival: Arrival) -> None:
        """Keep a file that came in, with its time of change."""
        path = self._keep("originals", arrival.data, arrival.sha256)
        with explained("无法归档原件"):
            os.utime(path, (arrival.modified, arrival.modified))

    def keep_issued(self, data: bytes) -> str:
        """Keep a file that is issued by itself, such as a signed paper; its SHA-256."""
        sha256 = digest_of(data)
        self._keep("issued", data, sha256)
        return sha256

    def put_back(self, data: bytes, sha256: str, *, is_original: bool) -> None:
        """Keep a file again that had been lost."""
        self._keep("originals" if is_original else "issued", data, sha256)

    def _keep(self, kind: str, data: bytes, sha256: str) -> Path:
        path = self._loose(kind, sha256)
        if not is_whole(path, sha256):
            with explained("无法归档"):
                path.parent.mkdir(parents=True, exist_ok=True)
                write_whole(path, data)
        return path

    def pack(self, link: str, folder: Path, files: Mapping[str, str]) -> None:
        """Keep what a state issues, as one compressed file that is on the disk when this returns.

        Copies of originals are left out: they are kept already. Equal states give equal packs.
        """
        path = self._pack(link)
        data = {name: (folder / name).read_bytes() for name in files}
        self._write_pack(path, files, data)

    def _write_pack(self, path: Path, files: Mapping[str, str], data: Mapping[str, bytes]) -> None:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
            for name in sorted(files):
                if not self.original(files[name]).is_file():
                    member = zipfile.ZipInfo(name, _EPOCH)
                    member.compress_type = zipfile.ZIP_DEFLATED
                    member.create_system = 0
                    package.writestr(member, data[name])
        with explained("无法归档成果"):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, stream.getvalue())
            flush_folder(path.parent.parent)

    def pack_again(self, issued: Issued) -> None:
        """Make the pack of a state that has none from the files that lie loose, if they are all there.

        A state of a version before packs keeps its files as they are: loose.
        """
        path = self._pack(issued.link)
        if path.is_file() or not issued.files or not issued.is_packed:
            return
        found = {name: self.read(issued, name) for name in issued.files}
        if any(data is None for data in found.values()):
            return
        self._write_pack(path, issued.files, {n: d for n, d in found.items() if d is not None})
        for sha256 in issued.files.values():
            self._loose("issued", sha256).unlink(missing_ok=True)

    def drop_pack(self, link: str) -> None:
        """Forget the pack of a state that was never recorded."""
        self._pack(link).unlink(missing_ok=True)

    def read(self, issued: Issued, name: str) -> bytes | None:
        """One file of a state as it was issued; None where it is lost or damaged."""
        sha256 = issued.files[name]
        for data in self._candidates(issued.link, name, sha256):
            if digest_of(data) == sha256:
                return data
        return None

    def read_loose(self, sha256: str) -> bytes | None:
        """A file that was issued by itself; None where it is lost or damaged."""
        path = self._loose("issued", sha256)
        data = path.read_bytes() if path.is_file() else b""
        return data if digest_of(data) == sha256 else None

    def _candidates(self, link: str, name: str, sha256: str) -> Iterable[bytes]:
        pack = self._pack(link)
        if pack.is_file():
            try:
                with zipfile.ZipFile(pack) as package:
                    if name in package.namelist():
                        yield package.read(name)
            except (zipfile.BadZipFile, OSError):
                pass  # a damaged pack: what it held may still lie loose
        for path in (self.original(sha256), self._loose("issued", sha256)):
            if path.is_file():
                yield path.read_bytes()
