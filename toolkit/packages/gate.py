"""The safety gate before any parser: what a file may be, in numbers that stand here and nowhere else (docs/安全.md)."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_PIECE = 4_000_000


class UnreadableFile(ToolkitError):
    """A file that is not opened; the sentence says what it is, and after “；” what to send instead."""

    @property
    def reason(self) -> str:
        """The first half alone, for whoever has an advice of its own (a Word paper is not sent as .xlsx)."""
        return str(self).partition("；")[0].rstrip("。")


def limit(default: int, explanation: str) -> int:
    """A number of the gate with the sentence that docs/安全.md prints."""
    return field(default=default, metadata={"explanation": explanation})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost us; measured so that no single file takes more than 500 MB of memory or 20 seconds."""

    file_bytes: int = limit(60_000_000, "一个文件的大小（字节）")
    inbox_bytes: int = limit(400_000_000, "一次收件的总大小（字节）；其余的留待下次处理")
    plain_bytes: int = limit(20_000_000, ".xls、.et和文本文件的大小（字节）：这些格式不压缩")
    unpacked_bytes: int = limit(300_000_000, "一个工作簿或压缩包解开后的总大小（字节），含图片")
    parsed_bytes: int = limit(
        64_000_000, "一个工作簿中要读取的表格、文字部件解开后的总大小（字节）"
    )
    ratio: int = limit(250, "大部件的压缩比：正常文字压缩10—40倍，炸弹上千倍")
    ratio_from_bytes: int = limit(10_000_000, "解开后大于此数（字节）的部件才看压缩比")
    entries: int = limit(5_000, "一个工作簿或压缩包内的部件、文件数")
    cells: int = limit(
        1_000_000, "一个工作簿的单元格数（各表使用范围的行数×列数之和；空白格先剔除）"
    )
    text_bytes: int = limit(48_000_000, "一个工作簿各单元格文字的总大小（字节，同一文字每格都计）")
    remarks: int = limit(100_000, "一个工作簿中公式、错误值、删除线、批注的总处数")
    displays: int = limit(300_000, "一个工作簿中用数字格式改变了显示的单元格数")
    formats: int = limit(5_000, "一个工作簿中用到的数字格式数（Excel自己的上限约250）")
    tags: int = limit(1_500_000, "一个需要逐个元素解析的部件的XML标记数")
    xml_depth: int = limit(256, "XML嵌套层数（正常文件不过几十层）")
    columns: int = limit(16_384, "文本表格一行的列数（与Excel相同）")
    document_bytes: int = limit(100_000_000, "一个Word文档解开后的总大小（字节），含图片")
    document_xml: int = limit(
        24_000_000, "一个Word文档各XML部件的总大小（字节）：三千项的通报约8 000 000"
    )
    document_tags: int = limit(250_000, "一个Word文档各部件的XML标记总数：三千项的通报约140 000")
    styles: int = limit(100_000, "单元格样式数（只计单元格用的；Excel自己的上限是65 490）")
    archive_depth: int = limit(2, "压缩包里套压缩包的层数")
    archive_files: int = limit(2_000, "一个压缩包里的文件数，含里层压缩包的")
    spins: int = limit(200_000, "加密工作簿的密钥迭代次数（Office用100 000）")
    passwords: int = limit(20, "一个加密的工作簿或压缩包最多尝试的密码数")
    archive_bytes: int = limit(
        150_000_000, "一个压缩包全部文件解开后的总大小（字节），含里层压缩包的"
    )
    encrypted_bytes: int = limit(8_000_000, "压缩包中一个加密文件的大小（字节）：解密很慢")


LIMITS = Limits()
SEND = "请另存为.xlsx工作簿后重新报送。"
DAMAGED = "文件已损坏，无法打开；请从原电脑重新复制，或另存为.xlsx工作簿后重新报送。"
BROKEN = f"文件已损坏或格式不规范，无法读取；请用Excel或WPS打开后检查，{SEND}"


def refuse_size(size: int, most: int) -> None:
    """Raise UnreadableFile for a file of more than `most` bytes."""
    if size > most:
        raise UnreadableFile(
            f"文件有{size // 1_000_000}MB，超过{most // 1_000_000}MB的上限；请删去图片和多余工作表，{SEND}"
        )


def read_file(path: Path, limits: Limits = LIMITS) -> bytes:
    """The bytes of a file, whose size is looked at first; raises UnreadableFile, or OSError of the machine."""
    refuse_size(path.stat().st_size, limits.file_bytes)
    return path.read_bytes()


# What a faulty export writes before the package it makes: blank lines, a byte order mark, a warning of its own.
_MOST_BEFORE = 4096
_MEMBER, _DIRECTORY_END = b"PK\x03\x04", b"PK\x05\x06"


def without_prefix(data: bytes) -> bytes:
    """The zip package alone, where a few lines of text stand before it; any other file as it is."""
    at = data.find(_MEMBER, 0, _MOST_BEFORE + len(_MEMBER))
    if at <= 0 or b"\x00" in data[:at] or _DIRECTORY_END not in data[-_MOST_TAIL:]:
        return data
    return data[at:]


# A comment of 65 535 bytes may stand behind the end of the directory, which has 22.
_MOST_TAIL = 65_557
_BYTES_AN_ENTRY = 800


def _refuse_directory(data: bytes, limits: Limits) -> None:
    """Raise UnreadableFile for a directory of more entries than are allowed, before zipfile makes an object of each."""
    tail = data[-_MOST_TAIL:]
    at = len(tail) - 22
    if not (tail[at : at + 4] == _DIRECTORY_END and tail.endswith(b"\x00\x00")):
        at = tail.rfind(_DIRECTORY_END)
    if at < 0 or at + 22 > len(tail):
        return  # zipfile says that it is damaged
    size = struct.unpack_from("<I", tail, at + 12)[0]
    if at >= 76 and tail[at - 20 : at - 16] == b"PK\x06\x07":  # the end of a zip64 directory
        size = struct.unpack_from("<Q", tail, at - 36)[0]
    if size > limits.entries * _BYTES_AN_ENTRY:
        raise UnreadableFile(f"文件内的部件超过{limits.entries}个，不是正常的工作簿；{SEND}")


def open_package(data: bytes, limits: Limits = LIMITS) -> zipfile.ZipFile:
    """The zip package of an Office file, after counting what it would unpack to; raises UnreadableFile."""
    refuse_size(len(data), limits.file_bytes)
    _refuse_directory(data, limits)
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as broken:
        raise UnreadableFile(DAMAGED) from broken
    members = package.infolist()
    if len(members) > limits.entries:
        raise UnreadableFile(f"文件内有{len(members)}个部件，不是正常的工作簿；{SEND}")
    names = [member.filename for member in members]
    if len(set(names)) < len(names):
        raise UnreadableFile(f"文件内有同名部件，读取结果不可靠，为安全起见未打开；{SEND}")
    refuse_names(names)
    if sum(member.file_size for member in members) > limits.unpacked_bytes or any(
        is_bomb(m, limits) for m in members
    ):
        raise UnreadableFile(f"文件展开后异常庞大，为安全起见未打开；请只保留台账内容，{SEND}")
    return package


def refuse_names(names: Iterable[str]) -> None:
    """Raise UnreadableFile for a path that would lead out of the folder that it is unpacked into."""
    if any(
        name.startswith(("/", "\\")) or "\0" in name or ".." in re.split(r"[/\\]", name)
        for name in names
    ):
        raise UnreadableFile(f"文件内的部件路径异常，为安全起见未打开；{SEND}")


def is_bomb(member: zipfile.ZipInfo, limits: Limits = LIMITS) -> bool:
    """Whether a large member unpacks to far more than text ever does."""
    return member.file_size > limits.ratio_from_bytes and member.file_size > limits.ratio * max(
        member.compress_size, 1
    )


def refuse_parsed(size: int, limits: Limits = LIMITS) -> None:
    """Raise UnreadableFile for more text and tables than a ledger has."""
    if size > limits.parsed_bytes:
        raise UnreadableFile(
            f"表格内容展开后超过{limits.parsed_bytes // 1_000_000}MB，为安全起见未打开；请只保留台账内容，{SEND}"
        )


def read_member(package: zipfile.ZipFile, name: str, limits: Limits = LIMITS) -> bytes:
    """One member, never more than it declares (the directory of a zip can lie); b"" where there is none."""
    try:
        info = package.getinfo(name)
    except KeyError:
        return b""
    refuse_parsed(info.file_size, limits)
    data = b"".join(_unpacked(package, info, info.file_size + 1))
    if len(data) > info.file_size:
        raise UnreadableFile(f"文件内容与目录不符，为安全起见未打开；{SEND}")
    return data


def stream_member(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """One member in pieces, never more than it declares."""
    info = package.getinfo(name)
    return _unpacked(package, info, info.file_size)


def _unpacked(package: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    try:
        with package.open(info) as stream:
            while most > 0 and (piece := stream.read(min(_PIECE, most))):
                most -= len(piece)
                yield piece
    except Exception as broken:  # zlib.error, lzma errors, bad CRC, encryption: whatever it is, the member is unreadable
        raise UnreadableFile(DAMAGED) from broken
