"""Open a file by what is in it, never by its name."""

from __future__ import annotations

import importlib
import io
import pkgutil
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

from toolkit.sheets import readers
from toolkit.sheets.gate import LIMITS, UnreadableFile, open_package, refuse_size

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.sheets.grid import Book

_SEND = "请报送.xlsx工作簿。"
_PICTURE = "这是图片，无法读取其中的表格"
# What offices send that is no workbook, by its first bytes.
_NOT_WORKBOOKS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "这是PDF文件，无法读取其中的表格"),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"BM", _PICTURE),
    (b"II*\x00", "这是扫描图片，无法读取其中的表格"),
    (b"MM\x00*", "这是扫描图片，无法读取其中的表格"),
    (b"Rar!", "这是RAR压缩包，无法打开；请解压后逐个放入，或改用ZIP压缩"),
    (b"7z\xbc\xaf", "这是7z压缩包，无法打开；请解压后逐个放入，或改用ZIP压缩"),
    (b"\x1f\x8b", "这是GZ压缩包，无法打开；请解压后逐个放入，或改用ZIP压缩"),
    (b"{\\rtf", "这是RTF文档，不是工作簿"),
    (b"MIME-Version", "这是网页（MHT）格式的文件，不是工作簿"),
    (b"MZ", "这是程序文件，不是工作簿；请不要打开它"),
)
# Packages that are documents of another kind, by a part that only they have.
_OTHER_PACKAGES: tuple[tuple[str, str], ...] = (
    ("xl/workbook.bin", "这是二进制工作簿（.xlsb），读取不可靠；请用Excel或WPS打开后另存为.xlsx"),
    ("ppt/presentation.xml", "这是演示文稿，不是工作簿"),
    ("OFD.xml", "这是OFD版式文件，无法读取其中的表格"),
    ("content.xml", "这是文字文稿等开放文档，不是表格"),
)
# Streams of OLE files that are no workbook.
_OTHER_OLE: tuple[tuple[str, str], ...] = (
    ("WordDocument", "这是旧版Word文档（.doc、.wps），无法读取其中的表格；请把表格复制到工作簿"),
    ("PowerPoint Document", "这是旧版演示文稿，不是工作簿"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


# The agile and standard ciphers decrypt with a wrong key into rubbish unless asked to verify it.
_VERIFY: Mapping[str, dict[str, bool]] = {"OOXMLFile": {"verify_password": True}}


class LockedFile(UnreadableFile):
    """A workbook with an opening password that is not among those known."""


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
    raise UnreadableFile(f"{_what_else(data)}；{_SEND}")


def _what_else(data: bytes) -> str:
    """What a file that no reader takes is, as far as its bytes tell."""
    if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        return "这是网页（HTML/XML）改名的文件，不是工作簿；请用Excel或WPS打开后另存"
    if data.startswith(b"PK"):
        try:
            with open_package(data) as package:
                names = frozenset(package.namelist())
        except UnreadableFile as refusal:
            return str(refusal).rstrip("。")
        return next((said for part, said in _OTHER_PACKAGES if part in names), "压缩包里没有工作簿")
    if data.startswith(_OLE):
        streams = (said for stream, said in _OTHER_OLE if stream.encode("utf-16-le") in data)
        return next(streams, "文件已损坏，或不是工作簿；请用Excel或WPS打开后检查")
    return "认不出这是什么文件"


def _decrypted(data: bytes, passwords: Sequence[str]) -> bytes:
    """The workbook inside an encrypted package, opened with one of the passwords; other OLE files as they are."""
    import msoffcrypto

    refuse_size(data, LIMITS.file_bytes)
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        if not office.is_encrypted():
            return data
    except Exception:  # noqa: BLE001 - damage of any kind: the readers say what it is
        return data
    spins = getattr(office, "info", None)
    if isinstance(spins, dict) and int(spins.get("spinValue", 0)) > LIMITS.spins:
        raise UnreadableFile(f"工作簿的加密参数异常，为安全起见未打开；请取消密码后重新报送，{_SEND}")
    for password in passwords:
        plain = io.BytesIO()
        try:
            office.load_key(password=password, **_VERIFY.get(type(office).__name__, {}))
            office.decrypt(plain)
        except Exception:  # noqa: BLE001, S112 - a wrong password shows in as many ways as there are ciphers
            continue
        return plain.getvalue()
    raise LockedFile(
        "工作簿设置了打开密码；请取消密码后重新报送，或在设置.xlsx“收件”表（通用）或“单位”表登记打开密码。"
    )
