"""What lies in the inbox: every file read once, or named with the reason why it waits. Reads files, changes none."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.errors import of_the_machine
from toolkit.packages.gate import LIMITS, Limits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# What office programs and systems leave in folders: no file of a person's.
_IGNORED = re.compile(r"^(?:\..*|~\$.*|thumbs\.db|desktop\.ini|__macosx)$", re.IGNORECASE)
_UNFINISHED = re.compile(r"\.(?:tmp|part|partial|crdownload|download|td|xltd)$", re.IGNORECASE)
# The mark that a program leaves beside a file that it has open; an older one was left behind by a crash.
_MARKS_OF_OPEN = ("~${0}", "~${1}", "~${2}", ".~{0}", ".~lock.{0}#")
_MARK_LASTS_SECONDS = 24 * 3600.0
# A file changed within this many seconds may still be being copied; it waits unless it opens and reads whole twice alike.
_SETTLED_SECONDS = 2.0
# Bytes of a name that leave room for what we write beside a file; characters of a path that every system can bear
# below the folder of a period.
_LONGEST_NAME, _LONGEST_PATH = 246, 400


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file of the inbox, read once: its name in the inbox (posix), bytes, SHA-256 and time of change."""

    name: str
    data: bytes
    sha256: str
    modified: float


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file of the inbox that is left for the next round, and why."""

    name: str
    reason: str


def arrivals(
    inbox: Path, now: float, limits: Limits = LIMITS
) -> tuple[tuple[Arrival, ...], tuple[Waiting, ...]]:
    """Every file below the inbox, read and hashed, and those that are not ready; `now` in seconds since the epoch.

    The size of a file is looked at before it is read: one that is too large waits, and is named, for a person to take out.
    """
    ready: list[Arrival] = []
    waiting: list[Waiting] = []
    left = limits.inbox_bytes
    for path in _listed(inbox, waiting):
        found = _take(path, path.relative_to(inbox).as_posix(), now, min(left, limits.file_bytes))
        if isinstance(found, Arrival):
            ready.append(found)
            left -= len(found.data)
        else:
            waiting.append(found)
    return tuple(ready), tuple(waiting)


def _listed(inbox: Path, waiting: list[Waiting]) -> Iterator[Path]:
    """Every file below the inbox in a fixed order; a folder that cannot be opened is added to those that wait."""

    def closed(trouble: OSError) -> None:
        name = os.path.relpath(trouble.filename, inbox)
        waiting.append(Waiting(name, f"文件夹打不开：{of_the_machine(trouble)}"))

    paths = []
    for folder, inner, files in os.walk(inbox, onerror=closed):
        links = [name for name in inner if (inbox / folder / name).is_symlink()]
        inner[:] = [name for name in inner if not _IGNORED.match(name)]
        paths += [inbox / folder / name for name in (*files, *links) if not _IGNORED.match(name)]
    yield from sorted(paths)


def _take(path: Path, name: str, now: float, most: int) -> Arrival | Waiting:
    """A file of at most so many bytes, or why it waits."""
    trouble = _unfit(path, name) or _half_done(path, now)
    if trouble:
        return Waiting(
            name.encode("utf-8", "surrogateescape").decode("gb18030", "replace")
            if _is_odd(name)
            else name,
            trouble,
        )
    try:
        before = path.stat()
        if before.st_size > most:
            return Waiting(name, _too_large(before.st_size))
        data = path.read_bytes()
        after = path.stat()
    except OSError as locked:
        return Waiting(name, f"文件打不开，可能正被Excel或WPS打开：{of_the_machine(locked)}")
    changed = (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns)
    if (
        changed
        or len(data) != after.st_size
        or (0 <= now - after.st_mtime < _SETTLED_SECONDS and not _complete(data))
    ):
        return Waiting(name, "文件还在复制中，留待下次处理")
    return Arrival(name, data, hashlib.sha256(data).hexdigest(), after.st_mtime)


def _too_large(size: int) -> str:
    """Why a file is not read: it is too large by itself, or with all that has been read before it."""
    if size <= LIMITS.file_bytes:
        most = LIMITS.inbox_bytes // 1_000_000
        return f"本次收件已接近{most}MB的上限，留待下次处理"
    most = LIMITS.file_bytes // 1_000_000
    return (
        f"文件有{size // 1_000_000}MB，超过{most}MB的上限，没有读取；"
        "台账请删去图片后重新放入，视频等请另行保存"
    )


def _unfit(path: Path, name: str) -> str:
    """Why this is no file that can be taken; "" of one that can."""
    if _is_odd(name):
        return "文件名的编码无法识别；请改名后重新放入"
    if any(len(part.encode()) > _LONGEST_NAME for part in name.split("/")):
        return "文件名或文件夹名太长；请改短后重新放入"
    if len(name) > _LONGEST_PATH:
        return "文件夹层数太多、路径太长；请直接放进inbox"
    if path.is_symlink():
        return "这是指向别处的链接；请放入文件本身"
    return "" if path.is_file() else "这不是普通文件，无法读取"


def _is_odd(name: str) -> bool:
    """Whether a file's name is not text, as of archives packed under another encoding."""
    return any("\ud800" <= character <= "\udfff" for character in name)


def _half_done(path: Path, now: float) -> str:
    """Why a file is not ready although it can be read: still coming in, or open in a program."""
    if _UNFINISHED.search(path.name):
        return "文件还在下载或保存中，留待下次处理"
    for pattern in _MARKS_OF_OPEN:
        mark = path.with_name(pattern.format(path.name, path.name[1:], path.name[2:]))
        if mark.is_file() and now - mark.stat().st_mtime < _MARK_LASTS_SECONDS:
            return f"文件正被Excel或WPS打开；请保存并关闭后再运行（如已关闭，请删除旁边的“{mark.name}”）"
    return ""


def _complete(data: bytes) -> bool:
    """Whether a file changed a moment ago is whole: a zip package ends in its directory; other formats cannot tell."""
    return not data.startswith(b"PK") or b"PK\x05\x06" in data[-66_000:]
