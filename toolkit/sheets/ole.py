"""OLE files (.xls, .et, .doc, .wps, encrypted packages): which streams stand at the top of one, and small ones read."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_T = TypeVar("_T")
# The description of an encryption is a page of XML; one of megabytes is none.
_MOST = 100_000
# How a stream of BIFF records is called, by the program that wrote it.
WORKBOOKS = frozenset({"Workbook", "Book", "WORKBOOK", "BOOK"})
_ENCRYPTION = "EncryptionInfo"
_FILEPASS, _HEAD = 0x2F, 4096


def entries(data: bytes) -> frozenset[str]:
    """The names of streams and storages at the top; empty for a damaged file."""
    return _asked(
        data, lambda ole: frozenset(entry[0] for entry in ole.listdir(storages=True)), frozenset()
    )


def streams(data: bytes) -> frozenset[str]:
    """The names of streams at the top (an embedded workbook in a .doc is not there); empty for a damaged file."""
    return _asked(
        data,
        lambda ole: frozenset(entry[0] for entry in ole.listdir() if len(entry) == 1),
        frozenset(),
    )


def stream(data: bytes, name: str) -> bytes:
    """A small stream at the top; b"" where there is none or it is not small."""
    return _asked(
        data, lambda ole: ole.openstream(name).read() if ole.get_size(name) <= _MOST else b"", b""
    )


def is_encrypted(data: bytes) -> bool:
    """Whether a workbook asks for an opening password: a package in an OLE file, or BIFF records behind a cipher.

    Read from its first records alone, so that the cipher's library is loaded only for what needs it.
    """
    names = streams(data)
    if _ENCRYPTION in names:
        return True
    return any(_has_cipher(_head(data, name)) for name in sorted(names & WORKBOOKS))


def _head(data: bytes, name: str) -> bytes:
    """The beginning of a stream at the top."""
    return _asked(data, lambda ole: bytes(ole.openstream(name).read(_HEAD)), b"")


def _has_cipher(head: bytes) -> bool:
    """Whether a FILEPASS record (MS-XLS 2.4.117) stands among the first records of a workbook stream."""
    at = 0
    while at + 4 <= len(head):
        kind, length = struct.unpack_from("<HH", head, at)
        if kind == _FILEPASS:
            return True
        at += 4 + length
    return False


def _asked(data: bytes, question: Callable[[Any], _T], otherwise: _T) -> _T:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            return question(ole)
    except Exception:  # noqa: BLE001 - damage of any kind: what is asked is not to be had
        return otherwise
