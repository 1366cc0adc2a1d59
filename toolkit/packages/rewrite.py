"""Zip packages with equal bytes for equal members: nothing in them of the system, the clock or the writer's habits."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_LOCAL, _CENTRAL, _END = "<4sHHHHHIIIHH", "<4sHHHHHHIIIHHHHHII", "<4sHHHHIIH"
_LOCAL_HEAD = 30
_NEEDED = 20  # version 2.0: folders and deflate, which every reader knows
_FIRST_DAY = 0x21  # 1980-01-01 as MS-DOS writes it
_UTF8 = 0x800
# The list of content types stands first: some readers look for it there.
_FIRST = "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class _Member:
    """A member as it stands in a package: `packed` are its bytes after `method`, `size` and `crc` those before."""

    name: str
    packed: bytes
    method: int
    size: int
    crc: int

    @property
    def head(self) -> tuple[int, ...]:
        """The fields that the local header and the directory share."""
        flags = 0 if self.name.isascii() else _UTF8
        sizes = (self.crc, len(self.packed), self.size, len(self.name.encode()), 0)
        return (_NEEDED, flags, self.method, 0, _FIRST_DAY, *sizes)


def stored_package(members: Iterable[tuple[str, bytes]]) -> bytes:
    """An uncompressed zip of these members, for a parser in this process; zipfile takes four times as long for it."""
    return _package(
        _Member(name, data, zipfile.ZIP_STORED, len(data), zlib.crc32(data))
        for name, data in members
    )


def rewritten(data: bytes) -> bytes:
    """The same members as they are packed already, with fixed times, attributes and order: for packages of our own."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        infos = sorted(
            package.infolist(), key=lambda info: (info.filename != _FIRST, info.filename)
        )
        return _package(_packed(data, info) for info in infos)


def repacked(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A compressed zip of these members in this order, equal on every system."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members:
            package.writestr(name, data)
        infos = package.infolist()
    return _package(_packed(stream.getvalue(), info) for info in infos)


def replaced(data: bytes, parts: Mapping[str, bytes | None], level: int = 6) -> bytes:
    """A package with some parts replaced or added (None: left out), the others as they are packed already.

    `level` is that of deflate; 1 costs a third of the time of 6 for a sixth more bytes.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        kept = [_packed(data, info) for info in package.infolist() if info.filename not in parts]
    fresh = [_deflated(name, part, level) for name, part in parts.items() if part is not None]
    members = sorted((*kept, *fresh), key=lambda member: (member.name != _FIRST, member.name))
    return _package(members)


def _deflated(name: str, data: bytes, level: int) -> _Member:
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(data) + packer.flush()
    return _Member(name, packed, zipfile.ZIP_DEFLATED, len(data), zlib.crc32(data))


def _packed(data: bytes, info: zipfile.ZipInfo) -> _Member:
    name, extra = struct.unpack_from("<HH", data, info.header_offset + _LOCAL_HEAD - 4)
    start = info.header_offset + _LOCAL_HEAD + name + extra
    packed = data[start : start + info.compress_size]
    return _Member(info.filename, packed, info.compress_type, info.file_size, info.CRC)


def _package(members: Iterable[_Member]) -> bytes:
    pieces: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for member in members:
        pieces += _written(member)
        entry = struct.pack(_CENTRAL, b"PK\x01\x02", _NEEDED, *member.head, 0, 0, 0, 0, at)
        directory.append(entry + member.name.encode())
        at += _LOCAL_HEAD + len(member.name.encode()) + len(member.packed)
    listed = b"".join(directory)
    count = len(directory)
    end = struct.pack(_END, b"PK\x05\x06", 0, 0, count, count, len(listed), at, 0)
    return b"".join((*pieces, listed, end))


def _written(member: _Member) -> Iterator[bytes]:
    yield struct.pack(_LOCAL, b"PK\x03\x04", *member.head) + member.name.encode()
    yield member.packed
