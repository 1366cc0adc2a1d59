"""Open a file by what is in it, never by its name."""

from __future__ import annotations

import importlib
import io
import pkgutil
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

from toolkit.sheets import readers
from toolkit.sheets.gate import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.sheets.grid import Book

_SEND = "请报送.xlsx工作簿。"
# What offices send that is no workbook, by its first bytes.
_NOT_WORKBOOKS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "这是PDF文件，无法读取其中的表格"),
    (b"\x89PNG", "这是图片，无法读取其中的表格"),
    (b"\xff\xd8\xff", "这是图片，无法读取其中的表格"),
    (b"GIF8", "这是图片，无法读取其中的表格"),
    (b"BM", "这是图片，无法读取其中的表格"),
    (b"II*\x00", "这是扫描图片，无法读取其中的表格"),
    (b"MM\x00*", "这是扫描图片，无法读取其中的表格"),
    (b"Rar!", "这是RAR压缩包，请解压后逐个放入"),
    (b"7z\xbc\xaf", "这是7z压缩包，请解压后逐个放入"),
    (b"{\\rtf", "这是RTF文档，不是工作簿"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Reader(Protocol):
    """What each module of `readers` offers."""

    def accepts(self, data: bytes) -> bool:
        """Whether this file is of the reader's format, judged by its content."""

    def read(self, data: bytes, name: str) -> Book:
        """The sheets of the file; raises UnreadableFile."""


@cache
def all_readers() -> tuple[Reader, ...]:
    """Every reader of the folder, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(readers.__path__))
    return tuple(cast("Reader", importlib.import_module(f"{readers.__name__}.{name}")) for name in names)


def open_book(data: bytes, name: str, passwords: Sequence[str] = ()) -> Book:
    """The workbook in these bytes; `name` is for messages only. Raises UnreadableFile with a sentence for a person."""
    if not data.strip(b"\x00"):
        raise UnreadableFile(f"文件是空的（0字节或全是空白）；请重新导出，{_SEND}")
    for magic, sentence in _NOT_WORKBOOKS:
        if data.startswith(magic):
            raise UnreadableFile(f"{sentence}；{_SEND}")
    if data.startswith(_OLE):
        data = _decrypted(data, passwords)
    for reader in all_readers():
        if reader.accepts(data):
            return reader.read(data, name)
    if data.lstrip()[:1] == b"<":
        raise UnreadableFile(f"这是网页（HTML/XML）改名的文件，不是工作簿；请用Excel或WPS打开后另存，{_SEND}")
    raise UnreadableFile(f"认不出这是什么文件；{_SEND}")


def _decrypted(data: bytes, passwords: Sequence[str]) -> bytes:
    """The workbook inside an encrypted package, opened with one of the passwords; other OLE files as they are."""
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError

    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        if not office.is_encrypted():
            return data
    except (FileFormatError, OSError, ValueError, AttributeError):
        return data
    for password in passwords:
        plain = io.BytesIO()
        try:
            office.load_key(password=password)
            office.decrypt(plain)
        except (InvalidKeyError, DecryptionError):
            continue
        return plain.getvalue()
    raise UnreadableFile("工作簿设置了打开密码；请取消密码后重新报送，或在设置.xlsx中登记该密码。")
