"""Zip archives of returned files: every file inside, whatever encoding its name was written in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.sheets.gate import LIMITS, Limits, UnreadableFile, is_bomb, open_package

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator, Sequence

_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1
_RUBBISH = re.compile(r"(?:^|/)(?:__MACOSX/|\._|~\$|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
# What makes a zip package a document of its own rather than an archive of files.
_DOCUMENT_PARTS = frozenset({"[Content_Types].xml", "mimetype", "META-INF/manifest.xml", "OFD.xml"})


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: its path inside, its bytes, or the reason why they could not be had."""

    name: str
    data: bytes
    fault: str = ""


def is_archive(data: bytes) -> bool:
    """Whether these bytes are a zip of files (not an Office document, which is a zip too)."""
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    try:
        with open_package(data) as package:
            return _DOCUMENT_PARTS.isdisjoint(package.namelist())
    except UnreadableFile:
        return _looks_like_files(data)


def _looks_like_files(data: bytes) -> bool:
    """A package that the gate refuses is still an archive if its directory names no part of a document."""
    return not any(part.encode() in data[:4096] for part in _DOCUMENT_PARTS)


def members(data: bytes, passwords: Sequence[str] = (), limits: Limits = LIMITS) -> tuple[Member, ...]:
    """Every file in the archive and in archives inside it, folders in their names; raises UnreadableFile."""
    return tuple(_members(data, passwords, limits, limits.archive_depth))


def _members(data: bytes, passwords: Sequence[str], limits: Limits, depth: int) -> Iterator[Member]:
    with open_package(data, limits) as package:
        infos = [info for info in package.infolist() if not info.is_dir()]
        if len(infos) > limits.archive_files:
            raise UnreadableFile(f"压缩包里有{len(infos)}个文件，超过{limits.archive_files}个的上限；请分几次放入。")
        for info in infos:
            name = member_name(info)
            if _RUBBISH.search(name):
                continue
            member = _read(package, info, name, passwords, limits)
            if member.fault or not is_archive(member.data):
                yield member
            elif depth <= 1:
                yield Member(name, b"", "压缩包套得太深，未打开；请解压后放入。")
            else:
                yield from _nested(member, passwords, limits, depth - 1)


def _nested(member: Member, passwords: Sequence[str], limits: Limits, depth: int) -> Iterator[Member]:
    try:
        for inner in _members(member.data, passwords, limits, depth):
            yield Member(f"{member.name}/{inner.name}", inner.data, inner.fault)
    except UnreadableFile as refusal:
        yield Member(member.name, b"", str(refusal))


def member_name(info: zipfile.ZipInfo) -> str:
    """The path as it was meant: UTF-8 where the flag or the bytes say so, else GBK (old tools on Chinese Windows)."""
    if info.flag_bits & _UTF8_FLAG or info.filename.isascii():
        return info.filename.replace("\\", "/")
    raw = info.orig_filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return info.filename


def _read(
    package: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, passwords: Sequence[str], limits: Limits
) -> Member:
    if is_bomb(info, limits):
        return Member(name, b"", "展开后异常庞大，为安全起见未打开。")
    encrypted = bool(info.flag_bits & _ENCRYPTED_FLAG)
    for password in [word.encode() for word in passwords] if encrypted else [b""]:
        try:
            with package.open(info, pwd=password or None) as stream:
                data = stream.read(info.file_size + 1)
        except RuntimeError:
            continue  # a wrong password
        except Exception:  # noqa: BLE001 - a damaged member of any kind: named, the others go on
            return Member(name, b"", "压缩包里的这个文件已损坏；请从原电脑重新压缩，或逐个放入。")
        if len(data) > info.file_size:
            return Member(name, b"", "内容与压缩包目录不符，为安全起见未打开。")
        return Member(name, data)
    return Member(name, b"", "压缩包设置了密码；请取消密码，或在设置.xlsx“收件”表登记打开密码。")
