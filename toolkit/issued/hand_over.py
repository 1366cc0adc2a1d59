"""A workspace as one file, to be moved to another computer or handed to another person.

Hidden folders get lost in copying, and with them the memory of the years.
"""

from __future__ import annotations

import shutil
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from toolkit.errors import ToolkitError, UsageError, of_the_machine
from toolkit.register.store import Register
from toolkit.workspace import Workspace
from toolkit.workspace.commit import recover

if TYPE_CHECKING:
    from collections.abc import Iterator

_REGISTER = ".zhenggai/register.db"
_SETTINGS = "templates/设置.xlsx"
# What belongs to this computer or to the moment.
_LEFT_OUT = ("staging", "lock", "lock.txt", "register.db", "register.db-journal")


def pack_workspace(workspace: Workspace, target: Path) -> int:
    """Write the whole workspace into a zip file; how many files it holds. Raises UsageError where the file exists."""
    if target.exists():
        raise UsageError(f"“{target}”已经存在；请换一个文件名。")
    if not workspace.register_path.is_file():
        raise UsageError("台账库还没有建立，没有需要打包的记录。")
    fresh = target.with_name(f"{target.name}.part")
    try:
        with workspace.lock(), Register.open(workspace.register_path) as register:
            recover(workspace, register)
            count = _write(workspace, register, fresh)
        fresh.replace(target)
    except OSError as trouble:
        raise ToolkitError(f"打包没有完成：{of_the_machine(trouble)}") from trouble
    finally:
        fresh.unlink(missing_ok=True)
    return count


def _write(workspace: Workspace, register: Register, fresh: Path) -> int:
    with (
        TemporaryDirectory() as folder,
        zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        copy = Path(folder) / "register.db"
        register.back_up(copy)
        package.write(copy, _REGISTER)
        paths = list(_files(workspace, fresh))
        for path in paths:
            package.write(path, path.relative_to(workspace.root).as_posix())
    return len(paths) + 1


def _files(workspace: Workspace, fresh: Path) -> Iterator[Path]:
    """Every file of the workspace's own folders."""
    for folder in (workspace.templates, workspace.inbox, workspace.outbox, workspace.hidden):
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder).parts
            is_left_out = folder == workspace.hidden and inside[0] in _LEFT_OUT
            if path.is_file() and not is_left_out and path != fresh:
                yield path


def is_packed_workspace(path: Path) -> bool:
    """Whether a file is a workspace that was packed."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as package:
        return _REGISTER in package.namelist()


def unpack_workspace(archive: Path, root: Path) -> int:
    """Bring a packed workspace back in a folder that is none yet; how many files it holds.

    Raises UsageError where the folder is a workspace already, or the file is damaged or not of ours.
    """
    if (root / _SETTINGS).exists():
        raise UsageError(f"“{root}”已经是工作区；请写一个新的文件夹，避免覆盖。")
    fresh = root.with_name(f"{root.name}.part")
    try:
        with zipfile.ZipFile(archive) as package:
            names = [name for name in package.namelist() if not name.endswith("/")]
            _refuse_strangers(archive, names)
            damaged = package.testzip()
            if damaged:
                raise UsageError(f"“{archive.name}”中的“{damaged}”已损坏，没有恢复；请换一份。")
            shutil.rmtree(fresh, ignore_errors=True)
            package.extractall(fresh)
        root.mkdir(parents=True, exist_ok=True)
        Workspace(fresh).inbox.mkdir(exist_ok=True)  # An empty folder is not in a package.
        for part in fresh.iterdir():
            part.replace(root / part.name)
    except (OSError, zipfile.BadZipFile, zlib.error) as trouble:
        why = of_the_machine(trouble) if isinstance(trouble, OSError) else "文件已损坏。"
        raise ToolkitError(f"恢复没有完成：{why}") from trouble
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return len(names)


def _refuse_strangers(archive: Path, names: list[str]) -> None:
    """Nothing in the file may stand outside the folder that it is unpacked into."""
    for name in names:
        parts = PurePosixPath(name).parts
        if not parts or ".." in parts or PurePosixPath(name).is_absolute() or "\\" in name:
            raise UsageError(f"“{archive.name}”不是工具箱打包的工作区，没有恢复。")
