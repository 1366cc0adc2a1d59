"""The safety gate before any parser: what a file may be, in numbers that stand here and nowhere else (docs/安全.md)."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field

from toolkit.errors import ToolkitError
from toolkit.sheets.grid import address, column_number


class UnreadableFile(ToolkitError):
    """A file that is not opened; the sentence says what it is and what to send instead."""


def limit(default: int, explanation: str) -> int:
    """A number of the gate with the sentence that docs/安全.md prints."""
    return field(default=default, metadata={"explanation": explanation})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost us; measured so that no single file takes more than 500 MB of memory or 20 seconds."""

    file_bytes: int = limit(60_000_000, "一个文件的大小（字节）")
    plain_bytes: int = limit(20_000_000, ".xls、.et和文本文件的大小（字节）：这些格式不压缩")
    unpacked_bytes: int = limit(120_000_000, "一个工作簿解开后的总大小（字节）")
    ratio: int = limit(250, "大部件的压缩比：正常文字压缩10—40倍，炸弹上千倍")
    ratio_from_bytes: int = limit(10_000_000, "解开后大于此数（字节）的部件才看压缩比")
    entries: int = limit(5_000, "一个工作簿或压缩包内的部件、文件数")
    cells: int = limit(2_500_000, "一张工作表的单元格数（使用范围的行数×列数）")
    styles: int = limit(100_000, "单元格样式数（Excel自己的上限是65 490）")
    archive_depth: int = limit(2, "压缩包里套压缩包的层数")
    archive_files: int = limit(2_000, "一个压缩包里的文件数")
    spins: int = limit(2_000_000, "加密工作簿的密钥迭代次数（Office用100 000）")
    words: int = limit(400_000, "一个Word文档的段落数")


LIMITS = Limits()
SEND = "请另存为.xlsx工作簿后重新报送。"


def refuse_size(data: bytes, most: int) -> None:
    """Raise UnreadableFile for a file of more than `most` bytes."""
    if len(data) > most:
        raise UnreadableFile(
            f"文件有{len(data) // 1_000_000}MB，超过{most // 1_000_000}MB的上限；请删去图片和多余工作表，{SEND}"
        )


def open_package(data: bytes, limits: Limits = LIMITS) -> zipfile.ZipFile:
    """The zip package of an Office file, after counting what it would unpack to; raises UnreadableFile."""
    refuse_size(data, limits.file_bytes)
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as broken:
        raise UnreadableFile(f"文件已损坏，无法打开；请从原电脑重新复制，或{SEND}") from broken
    members = package.infolist()
    if len(members) > limits.entries:
        raise UnreadableFile(f"文件内有{len(members)}个部件，不是正常的工作簿；{SEND}")
    names = [member.filename for member in members]
    if len(set(names)) < len(names):
        raise UnreadableFile(f"文件内有同名部件，读取结果不可靠，为安全起见未打开；{SEND}")
    if any(name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) for name in names):
        raise UnreadableFile(f"文件内的部件路径异常，为安全起见未打开；{SEND}")
    if sum(member.file_size for member in members) > limits.unpacked_bytes or any(is_bomb(m, limits) for m in members):
        raise UnreadableFile(f"文件展开后异常庞大，为安全起见未打开；请只保留台账内容，{SEND}")
    return package


def is_bomb(member: zipfile.ZipInfo, limits: Limits = LIMITS) -> bool:
    """Whether a large member unpacks to far more than text ever does."""
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
    except (
        Exception
    ) as broken:  # zlib.error, lzma errors, bad CRC, encryption: whatever it is, the member is unreadable
        raise UnreadableFile(f"文件已损坏，无法读取；请从原电脑重新复制，或{SEND}") from broken
    if len(data) > info.file_size:
        raise UnreadableFile(f"文件内容与目录不符，为安全起见未打开；{SEND}")
    return data


_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def refuse_entities(xml: bytes) -> None:
    """An Office file declares no entities and is UTF-8; one that is not is an attack on the parser."""
    head = xml[:4096]
    if _DOCTYPE.search(head) or b"<!ENTITY" in xml:
        raise UnreadableFile(f"文件含有异常的XML声明，为安全起见未打开；{SEND}")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in head[:64]:
        raise UnreadableFile(f"文件的编码异常，为安全起见未打开；{SEND}")


_LARGE = re.compile(rb'\br="(?:[A-Z]{2,3}\d+|[A-Z]\d{5,7})"')
_REFERENCE = re.compile(rb'<c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_BLANK_CELL = re.compile(rb"<c\s[^>]*?/>|<c\s[^>]*?></c>")


def within_extents(sheet_xml: bytes, sheet: str, limits: Limits = LIMITS) -> bytes:
    """The sheet's XML with a rectangle that a parser can allocate: the same, or without its blank formatted cells.

    calamine allocates rows × columns at once: one stray cell in XFD1048576 would end the process. A million formatted
    blank rows are common and harmless once dropped. Raises UnreadableFile where cells with content stand that far out.
    """
    if sheet_xml.count(b"<c ") > limits.cells:
        raise UnreadableFile(f"工作表“{sheet}”的单元格超过{limits.cells}个；请只保留台账内容，{SEND}")
    if not _LARGE.search(sheet_xml) or _extent(sheet_xml)[0] <= limits.cells:
        return sheet_xml
    thinned = _BLANK_CELL.sub(b"", sheet_xml)
    size, last = _extent(thinned)
    if size > limits.cells:
        raise UnreadableFile(f"工作表“{sheet}”的使用范围异常大（到{last}）；请删除台账以外的空行空列，{SEND}")
    return thinned


def _extent(sheet_xml: bytes) -> tuple[int, str]:
    """Rows × columns of the used range, and its last cell."""
    last_row, last_col = 0, 0
    for letters, row in _REFERENCE.findall(sheet_xml):
        last_row = max(last_row, int(row))
        last_col = max(last_col, column_number(letters.decode()))
    return last_row * last_col, address(last_row, last_col) if last_col else ""
