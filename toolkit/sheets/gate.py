"""The safety gate before any parser: what a file may be, in numbers that stand here and nowhere else."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from toolkit.errors import ToolkitError


class UnreadableFile(ToolkitError):
    """A file that is not opened; the sentence says what it is and what to send instead."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost us.

    `file_bytes` as dropped; `unpacked_bytes` all members of the package together; `ratio` unpacked to packed of one
    large member (text compresses 10 to 40 fold, a bomb 1 000 fold); `entries` members of the package; `cells` the
    rectangle that the parser would have to allocate for one sheet.
    """

    file_bytes: int = 60_000_000
    unpacked_bytes: int = 200_000_000
    ratio: int = 250
    ratio_from_bytes: int = 10_000_000
    entries: int = 5_000
    cells: int = 6_000_000


LIMITS = Limits()
_SEND = "请另存为.xlsx工作簿后重新报送。"


def open_package(data: bytes, limits: Limits = LIMITS) -> zipfile.ZipFile:
    """The zip package of an Office file, after counting what it would unpack to; raises UnreadableFile."""
    if len(data) > limits.file_bytes:
        raise UnreadableFile(
            f"文件有{len(data) // 1_000_000}MB，超过{limits.file_bytes // 1_000_000}MB的上限；请删去图片和多余工作表后重新报送。"
        )
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as broken:
        raise UnreadableFile(f"文件已损坏，无法打开；请从原电脑重新复制，或{_SEND}") from broken
    members = package.infolist()
    if len(members) > limits.entries:
        raise UnreadableFile(f"文件内有{len(members)}个部件，不是正常的工作簿；{_SEND}")
    if sum(member.file_size for member in members) > limits.unpacked_bytes or any(_is_bomb(m, limits) for m in members):
        raise UnreadableFile(f"文件展开后异常庞大，为安全起见未打开；请只保留台账内容，{_SEND}")
    return package


def _is_bomb(member: zipfile.ZipInfo, limits: Limits) -> bool:
    return member.file_size > limits.ratio_from_bytes and member.file_size > limits.ratio * max(member.compress_size, 1)


def read_member(package: zipfile.ZipFile, name: str, limits: Limits = LIMITS) -> bytes:
    """One member, never more than it declares (the directory of a zip can lie); b"" where there is none."""
    try:
        info = package.getinfo(name)
    except KeyError:
        return b""
    try:
        with package.open(info) as stream:
            data = stream.read(min(info.file_size, limits.unpacked_bytes) + 1)
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError) as broken:
        raise UnreadableFile(f"文件已损坏，无法读取；请从原电脑重新复制，或{_SEND}") from broken
    if len(data) > info.file_size:
        raise UnreadableFile(f"文件内容与目录不符，为安全起见未打开；{_SEND}")
    return data


_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def refuse_entities(xml: bytes) -> None:
    """An Office file declares no entities; one that does is an attack on the parser."""
    if _DOCTYPE.search(xml[:4096]) or b"<!ENTITY" in xml:
        raise UnreadableFile(f"文件含有异常的XML声明，为安全起见未打开；{_SEND}")


_LARGE = re.compile(rb'r="(?:[A-Z]{2,3}\d+|[A-Z]\d{5,7})"')
_REFERENCE = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})(\d{1,7})"')


def refuse_extents(sheet_xml: bytes, sheet: str, limits: Limits = LIMITS) -> None:
    """The parser allocates the rectangle of all cells at once: one stray cell in XFD1048576 would end the process."""
    if not _LARGE.search(sheet_xml):
        return
    last_row, widest = 0, b""
    for letters, row in _REFERENCE.findall(sheet_xml):
        last_row = max(last_row, int(row))
        if (len(letters), letters) > (len(widest), widest):
            widest = letters
    width = 0
    for letter in widest:
        width = width * 26 + letter - 64
    if last_row * width > limits.cells:
        raise UnreadableFile(
            f"工作表“{sheet}”的使用范围异常大（{widest.decode()}{last_row}）；请删除台账以外的空行空列，{_SEND}"
        )
