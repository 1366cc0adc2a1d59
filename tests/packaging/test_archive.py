"""Equal files give equal bytes, whoever made them, when, and in which order."""

from __future__ import annotations

import os
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest
from bundle.archive import size_of, tar_folder, zip_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES = {"程序.exe": b"MZ", "模板/设置.xlsx": b"PK", "lib/a b.py": b"pass\n", "空": b""}


def folder(place: Path, names: list[str], *, moment: float, mode: int) -> Path:
    """The same files, written in this order, at this moment, with these rights."""
    made = place / "整改台账工具箱"
    for name in names:
        path = made / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(FILES[name])
        path.chmod(mode | (0o111 if name.endswith(".exe") else 0))
        os.utime(path, (moment, moment))
    return made


@pytest.mark.parametrize("pack", [zip_folder, tar_folder])
def test_equal_files_give_equal_bytes(tmp_path: Path, pack: Callable[[Path, Path], None]) -> None:
    first = folder(tmp_path / "1", list(FILES), moment=1e9, mode=0o644)
    second = folder(tmp_path / "2", list(reversed(FILES)), moment=1.7e9, mode=0o600)
    pack(first, tmp_path / "first")
    pack(second, tmp_path / "second")
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


def test_a_zip_has_every_file_under_the_folders_name(tmp_path: Path) -> None:
    zip_folder(folder(tmp_path, list(FILES), moment=1e9, mode=0o644), tmp_path / "z")
    with zipfile.ZipFile(tmp_path / "z") as package:
        names = {name: package.read(name) for name in package.namelist()}
    assert names == {f"整改台账工具箱/{name}": data for name, data in FILES.items()}


def test_a_tar_keeps_what_may_be_executed_links_and_no_owner(tmp_path: Path) -> None:
    made = folder(tmp_path, list(FILES), moment=1e9, mode=0o600)
    (made / "链接").symlink_to("程序.exe")
    tar_folder(made, tmp_path / "t")
    with tarfile.open(tmp_path / "t") as archive:
        entries = {entry.name.partition("/")[2]: entry for entry in archive}
    assert entries["程序.exe"].mode == 0o755
    assert entries["空"].mode == 0o644
    assert entries["链接"].linkname == "程序.exe"
    assert {(entry.uid, entry.gid, entry.uname) for entry in entries.values()} == {(0, 0, "root")}


def test_the_size_counts_files_not_folders(tmp_path: Path) -> None:
    made = folder(tmp_path, list(FILES), moment=1e9, mode=0o644)
    assert size_of(made) == (4, 9)
