"""Open a file by what is in it, never by its name."""

from __future__ import annotations

import importlib
import io
import pkgutil
import re
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

from toolkit.optional import MissingLibrary, wanted_for
from toolkit.packages.gate import LIMITS, UnreadableFile, open_package, refuse_size, without_prefix
from toolkit.packages.markup import refuse_entities
from toolkit.sheets import readers
from toolkit.sheets.ole import MAGIC, is_encrypted, stream, streams

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.sheets.grid import Book

_SEND = "请报送.xlsx工作簿。"
_PICTURE = "这是图片，无法读取其中的表格"
_SCAN = "这是扫描图片，无法读取其中的表格"
_UNPACK = "，无法打开；请解压后逐个放入，或改用ZIP压缩"
# Software that encrypts every file of a unit's computers; elsewhere a file is noise behind the software's own mark.
_ENCRYPTING = (b"E-SafeNet", b"%TSD-Header-")
_ENCRYPTED = "文件被加密软件加密（仅能在本单位电脑上打开）；请在原单位解密后再报送。"
_NOISE = (
    "文件的内容不是工作簿，可能已损坏，或被本单位的加密软件加密；请在原单位打开检查、解密后再报送。"
)
_WEB_ARCHIVE = "这是网页（MHT）格式的文件，不是工作簿；请用Excel或WPS打开后另存"
# What offices send that is no workbook: where its mark stands, the mark, what it is.
_NOT_WORKBOOKS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF", "这是PDF文件，无法读取其中的表格"),
    (0, b"\x89PNG", _PICTURE),
    (0, b"\xff\xd8\xff", _PICTURE),
    (0, b"GIF8", _PICTURE),
    (8, b"WEBP", _PICTURE),
    (4, b"ftyphei", _PICTURE),
    (4, b"ftypmif", _PICTURE),
    (0, b"II*\x00", _SCAN),
    (0, b"MM\x00*", _SCAN),
    (4, b"ftyp", "这是音频、视频文件，无法读取其中的表格"),
    (0, b"Rar!", f"这是RAR压缩包{_UNPACK}"),
    (0, b"7z\xbc\xaf", f"这是7z压缩包{_UNPACK}"),
    (0, b"\x1f\x8b", f"这是GZ压缩包{_UNPACK}"),
    (0, b"BZh", f"这是BZ2压缩包{_UNPACK}"),
    (0, b"\xfd7zXZ", f"这是XZ压缩包{_UNPACK}"),
    (257, b"ustar", f"这是TAR压缩包{_UNPACK}"),
    (0, b"{\\rtf", "这是RTF文档，不是工作簿；请把表格复制到工作簿"),
)
# The same where the mark is short enough to begin a text, too: only before bytes that no text holds.
_BINARY: tuple[tuple[bytes, str], ...] = (
    (b"BM", _PICTURE),
    (b"MZ", "这是程序文件，不是工作簿；请不要打开它"),
)
# Text formats, by a word near the beginning.
_TEXTS: tuple[tuple[bytes, str], ...] = (
    (b"Excel.Sheet", "这是“XML表格2003”格式的文件，不读取；请用Excel或WPS打开后另存"),
    (
        b"urn:schemas-microsoft-com:office:spreadsheet",
        "这是“XML表格2003”格式的文件，不读取；请用Excel或WPS打开后另存",
    ),
    (b"Word.Document", "这是XML格式的Word文档；请把表格复制到工作簿"),
    (b"office:document", "这是单一XML格式的开放文档，不读取；请用Excel或WPS打开后另存"),
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
    ("EncryptedPackage", "工作簿的加密方式不支持；请取消密码后重新报送"),
)
# What a file may begin with and still hold nothing.
_NOTHING = b"\x00 \t\r\n\xef\xbb\xbf"
_HEAD = 4096

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
    return tuple(
        cast("Reader", importlib.import_module(f"{readers.__name__}.{name}")) for name in names
    )


def open_book(data: bytes, name: str, passwords: Sequence[str] = ()) -> Book:
    """The workbook in these bytes; `name` is for messages only. Raises UnreadableFile with a sentence for a person."""
    refuse_size(len(data), LIMITS.file_bytes)
    data = without_prefix(data)
    if not data.strip(_NOTHING):
        raise UnreadableFile(f"文件是空的（0字节或全是空白）；请重新导出，{_SEND}")
    if any(mark in data[:64] for mark in _ENCRYPTING):
        raise UnreadableFile(_ENCRYPTED)
    if sentence := _not_a_workbook(data):
        raise UnreadableFile(f"{sentence}；{_SEND}")
    if data.startswith(MAGIC) and is_encrypted(data):
        data = _decrypted(data, passwords)
    for reader in all_readers():
        if reader.accepts(data):
            return reader.read(data, name)
    raise UnreadableFile(_what_else(data, name))


def _not_a_workbook(data: bytes) -> str:
    """What a file is that says so in its first bytes; "" where it may be a workbook."""
    for at, mark, sentence in _NOT_WORKBOOKS:
        if data[at : at + len(mark)] == mark:
            return sentence
    head = data[:_HEAD]
    for mark, sentence in _BINARY:
        if head.startswith(mark) and b"\x00" in head[:64]:
            return sentence
    return _WEB_ARCHIVE if b"MIME-Version:" in head[:1024] else ""


# What office programs call their files.
_OFFICE_NAMES = (".xlsx", ".xlsm", ".xls", ".et", ".docx", ".ods", ".zip")
_CONTROL = bytes(set(range(32)) - {9, 10, 13})


def _what_else(data: bytes, name: str) -> str:
    """What a file that no reader takes is, as far as its bytes tell, and what to send instead."""
    sentence = _what_kind(data)
    is_noise = data[:_HEAD].translate(None, _CONTROL) != data[:_HEAD]
    if not sentence and is_noise and name.lower().endswith(_OFFICE_NAMES):
        return _NOISE
    return f"{sentence or '认不出这是什么文件'}；{_SEND}"


def _what_kind(data: bytes) -> str:
    """What a file that no reader takes is; "" where its bytes do not tell."""
    if data.startswith(MAGIC):
        found = streams(data)
        return next(
            (said for stream, said in _OTHER_OLE if stream in found),
            "文件已损坏，或不是工作簿；请检查",
        )
    if data.startswith(b"PK\x03\x04"):
        return _which_package(data)
    head = data[:_HEAD].replace(b"\x00", b"")
    if head.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")[:1] == b"<":
        page = "这是网页（HTML）改名的文件，不是工作簿；请用Excel或WPS打开后另存"
        return next((said for word, said in _TEXTS if word in head), page)
    return ""


def _which_package(data: bytes) -> str:
    try:
        with open_package(data) as package:
            names = frozenset(package.namelist())
    except UnreadableFile as refusal:
        return str(refusal).rstrip("。")
    other = next((said for part, said in _OTHER_PACKAGES if part in names), "")
    return other or "这是压缩包，其中没有可读的工作簿"


def _decrypted(data: bytes, passwords: Sequence[str]) -> bytes:
    """An encrypted workbook, opened with one of the passwords; as it is where its cipher is not known."""
    try:
        with wanted_for("打开设了密码的工作簿"):
            import msoffcrypto
    except MissingLibrary as missing:
        raise UnreadableFile(f"{missing}也可以取消密码后重新报送。") from missing

    info = stream(data, "EncryptionInfo")
    if info:
        refuse_entities(info[8:] if b"<" in info[:64] else b"")
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        if not office.is_encrypted():
            return data
    except Exception:  # noqa: BLE001 - damage of any kind: the readers say what it is
        return data
    if (spins := _SPINS.search(info)) and int(spins[1]) > LIMITS.spins:
        raise UnreadableFile(
            f"工作簿的加密参数异常，为安全起见未打开；请取消密码后重新报送，{_SEND}"
        )
    for password in (_UNASKED, *passwords[: LIMITS.passwords]):
        plain = io.BytesIO()
        try:
            office = msoffcrypto.OfficeFile(
                io.BytesIO(data)
            )  # anew: a wrong key leaves it unusable
            office.load_key(password=password, **_VERIFY.get(type(office).__name__, {}))
            office.decrypt(plain)
        except Exception:  # noqa: BLE001, S112 - a wrong password shows in as many ways as there are ciphers
            continue
        return plain.getvalue()
    raise LockedFile(
        "工作簿设置了打开密码；请取消密码后重新报送，或在设置.xlsx“收件”表（通用）或“单位”表登记打开密码。"
    )


# The password with which Excel encrypts a workbook whose structure is protected; it opens it without asking.
_UNASKED = "VelvetSweatshop"
_SPINS = re.compile(rb"""spinCount\s*=\s*["'](\d{1,12})["']""")
