"""The outbox made to show the newest state of a period, from the archive; may be done again and again.

A file of ours is replaced; one that a person has changed is never touched: ours is written beside it as …（新）. Papers
of earlier states of the period stand under 旧版/<run>/.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from toolkit.workspace.durable import (
    WorkspaceTrouble,
    digest_of,
    explained,
    flush_folder,
    write_whole,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from toolkit.workspace.archive import Archive, Issued

OLD, SIGNED = "旧版", "签发"
# Of earlier states only what a person reads or may have edited is shown again.
_SHOWN_AGAIN = (".docx", "run.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the folder of a period is to show: its newest state, and the earlier ones, oldest first.

    `forgotten` are states that were taken back: their files are ours to remove.
    """

    newest: Issued
    earlier: Sequence[Issued] = ()
    forgotten: Sequence[Issued] = ()

    def ours(self, name: str) -> frozenset[str]:
        """The SHA-256 of everything that we ever wrote under this name."""
        states = (self.newest, *self.earlier, *self.forgotten)
        return frozenset(state.files[name] for state in states if name in state.files)


@dataclass(frozen=True, slots=True)
class Published:
    """The folder, and the files in it that a person had changed and that ours stand beside."""

    folder: Path
    beside: tuple[str, ...] = field(default=())


def publish(outbox: Path, archive: Archive, shown: Shown) -> Published:
    """Make the folder show the newest state. Raises WorkspaceTrouble where a file is lost or cannot be written."""
    folder = outbox / shown.newest.folder
    with explained(f"未能写入“{folder}”；请关闭已打开的文件后重新运行，工具箱会接着完成"):
        _move_along(outbox, shown)
        folder.mkdir(parents=True, exist_ok=True)
        _remove_what_is_gone(folder, shown)
        beside = tuple(_write_newest(folder, archive, shown))
        for number, state in enumerate(shown.earlier, 1):
            _write_old(folder / OLD / str(number), archive, state)
        _remove_old(folder / OLD, shown)
        flush_folder(folder)
        flush_folder(outbox)
    return Published(folder, beside)


def _move_along(outbox: Path, shown: Shown) -> None:
    """A period that has moved on to a newer date takes its folder with it."""
    folder = outbox / shown.newest.folder
    for state in (*reversed(shown.earlier), *shown.forgotten):
        before = outbox / state.folder
        if state.folder != shown.newest.folder and before.is_dir() and not folder.exists():
            before.replace(folder)


def _remove_what_is_gone(folder: Path, shown: Shown) -> None:
    """Files of ours that the newest state has no more, unless a person has changed them."""
    for path in sorted(folder.rglob("*"), reverse=True):
        name = path.relative_to(folder).as_posix()
        if name.partition("/")[0] in (OLD, SIGNED):
            continue
        if path.is_dir():
            _remove_if_empty(path)
        elif name not in shown.newest.files and digest_of(path.read_bytes()) in shown.ours(name):
            path.unlink()


def _write_newest(folder: Path, archive: Archive, shown: Shown) -> Iterator[str]:
    """Every file of the newest state; those that stand beside a person's are named."""
    for name, sha256 in shown.newest.files.items():
        path = folder / name
        found = digest_of(path.read_bytes()) if path.is_file() else ""
        if found == sha256:
            continue
        if found and path.stat().st_size and found not in shown.ours(name):
            yield name
            path = beside(path)
            if path.is_file() and digest_of(path.read_bytes()) == sha256:
                continue
        _put(path, archive, shown.newest, name)


def beside(path: Path) -> Path:
    """`通报（新）.docx`: where ours stands when a person has changed the one that was there."""
    return path.with_name(f"{path.stem}（新）{path.suffix}")


def _write_old(folder: Path, archive: Archive, state: Issued) -> None:
    for name, sha256 in state.files.items():
        if PurePosixPath(name).name.endswith(_SHOWN_AGAIN):
            path = folder / name
            if not path.is_file() or digest_of(path.read_bytes()) != sha256:
                _put(path, archive, state, name)


def _remove_old(folder: Path, shown: Shown) -> None:
    """What stands under 旧版 of a state that was taken back, or that is the newest again."""
    for place in sorted(folder.glob("*")):
        if not place.name.isdecimal() or int(place.name) <= len(shown.earlier):
            continue
        for path in sorted(place.rglob("*"), reverse=True):
            if path.is_dir():
                _remove_if_empty(path)
            elif digest_of(path.read_bytes()) in shown.ours(path.relative_to(place).as_posix()):
                path.unlink()
        _remove_if_empty(place)
    _remove_if_empty(folder)


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _put(path: Path, archive: Archive, state: Issued, name: str) -> None:
    data = archive.read(state, name)
    if data is None:
        raise WorkspaceTrouble(f"归档的“{name}”缺失或已损坏；请运行zhenggai doctor查看。")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, data)


def withdraw(outbox: Path, state: Issued) -> tuple[Path, tuple[str, ...]]:
    """Take the folder of a state out of the outbox that was the only one of its period.

    Files that a person has put there or changed stay; they are named.
    """
    folder = outbox / state.folder
    left: list[str] = []
    with explained(f"未能清理“{folder}”；请关闭已打开的文件后重新运行，工具箱会接着完成"):
        for path in sorted(folder.rglob("*"), reverse=True) if folder.is_dir() else ():
            name = path.relative_to(folder).as_posix()
            if path.is_dir():
                _remove_if_empty(path)
            elif digest_of(path.read_bytes()) == state.files.get(name, ""):
                path.unlink()
            else:
                left.append(name)
        _remove_if_empty(folder)
        flush_folder(outbox)
    return folder, tuple(left)


def damaged(outbox: Path, state: Issued) -> tuple[str, ...]:
    """The files of a state that are not there, or empty, as a power cut leaves them."""
    folder = outbox / state.folder
    return tuple(
        name
        for name in state.files
        if not (folder / name).is_file() or not (folder / name).stat().st_size
    )


def occupied(outbox: Path, shown: Mapping[str, str], folder: str) -> Iterator[str]:
    """The files below the folder that are open in a program or may not be written."""
    for name in shown:
        path = outbox / folder / name
        if path.is_file() and not _can_write(path):
            yield name


def _can_write(path: Path) -> bool:
    try:
        with path.open("r+b"):
            return True
    except OSError:
        return False
