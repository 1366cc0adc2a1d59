"""Zip archives of returned files: every file inside, whatever encoding its name was written in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.packages.gate import (
    LIMITS,
    Limits,
    UnreadableFile,
    is_bomb,
    open_package,
    refuse_names,
)

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator, Sequence

_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1
_STRONG_CIPHER = 99
_RUBBISH = re.compile(
    r"(?:^|/)(?:__MACOSX/|\._|~\$|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE
)
# What makes a zip package a document of its own rather than an archive of files.
_DOCUMENT_PARTS = frozenset({"[Content_Types].xml", "mimetype", "META-INF/manifest.xml", "OFD.xml"})
_LOCKED = "压缩包设置了密码；请取消密码，或在设置.xlsx“收件”表登记打开密码。"
_BOMB = "展开后异常庞大，为安全起见未打开。"


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


def members(
    data: bytes, passwords: Sequence[str] = (), limits: Limits = LIMITS
) -> tuple[Member, ...]:
    """Every file in the archive and in archives inside it, folders in their names; raises UnreadableFile."""
    return tuple(
        _Reading(tuple(passwords[: limits.passwords]), limits).members(data, limits.archive_depth)
    )


class _Reading:
    """One archive with all that is inside it; what it may still cost is counted down."""

    def __init__(self, passwords: tuple[str, ...], limits: Limits) -> None:
        self._passwords = passwords
        self._limits = limits
        self._files = limits.archive_files
        self._bytes = limits.archive_bytes

    def members(self, data: bytes, depth: int) -> Iterator[Member]:
        with open_package(data, self._limits) as package:
            infos = [info for info in package.infolist() if not info.is_dir()]
            refuse_names([member_name(info) for info in infos])
            self._files -= len(infos)
            if self._files < 0:
                most = self._limits.archive_files
                raise UnreadableFile(f"压缩包里的文件超过{most}个的上限；请分几次放入。")
            for info in infos:
                name = member_name(info)
                if not _RUBBISH.search(name):
                    yield from self._opened(self._read(package, info, name), depth)

    def _opened(self, member: Member, depth: int) -> Iterator[Member]:
        """A file, or the files of an archive inside the archive."""
        if member.fault or not is_archive(member.data):
            yield member
        elif depth <= 1:
            yield Member(member.name, b"", "压缩包套得太深，未打开；请解压后放入。")
        else:
            try:
                for inner in self.members(member.data, depth - 1):
                    yield Member(f"{member.name}/{inner.name}", inner.data, inner.fault)
            except UnreadableFile as refusal:
                yield Member(member.name, b"", str(refusal))

    def _read(self, package: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Member:
        encrypted = bool(info.flag_bits & _ENCRYPTED_FLAG)
        if info.compress_type == _STRONG_CIPHER:
            return Member(name, b"", "压缩包的加密方式不支持；请取消密码后重新压缩。")
        if is_bomb(info, self._limits) or (
            encrypted and info.file_size > self._limits.encrypted_bytes
        ):
            return Member(name, b"", _BOMB)
        self._bytes -= info.file_size
        if self._bytes < 0:
            return Member(name, b"", "压缩包总量太大，这个文件未打开；请分几次放入。")
        for password in [word.encode() for word in self._passwords] if encrypted else [b""]:
            try:
                with package.open(info, pwd=password or None) as stream:
                    data = stream.read(info.file_size + 1)
            except RuntimeError:
                continue  # a wrong password
            except Exception:  # noqa: BLE001 - a damaged member of any kind: named, the others go on
                if encrypted:
                    continue  # one wrong password in 256 passes the first check and gives rubbish
                return Member(
                    name, b"", "压缩包里的这个文件已损坏；请从原电脑重新压缩，或逐个放入。"
                )
            if len(data) > info.file_size:
                return Member(name, b"", "内容与压缩包目录不符，为安全起见未打开。")
            return Member(name, data)
        return Member(name, b"", _LOCKED)


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
