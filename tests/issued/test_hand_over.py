"""A workspace moves as one file, and nothing is overwritten or written outside."""

from __future__ import annotations

import datetime as dt
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.support.items import ENTRY, SETTINGS
from tests.support.killing import run
from toolkit.errors import ToolkitError, UsageError
from toolkit.issued.hand_over import is_packed_workspace, pack_workspace, unpack_workspace
from toolkit.queries.doctor import Health, examine
from toolkit.run.templates import create_workspace
from toolkit.workbooks.template import write_ledger
from toolkit.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.date(2026, 6, 12)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = create_workspace(tmp_path_factory.mktemp("交接") / "区", SETTINGS)
    write_ledger(workspace.inbox / "台账.xlsx", [ENTRY], SETTINGS, dt.datetime(2026, 6, 1))
    run(workspace.root, DAY)
    return workspace


@pytest.fixture(scope="module")
def packed(made: Workspace) -> Path:
    target = made.root.parent / "交接.zip"
    assert pack_workspace(made, target) > 10
    return target


def outputs(workspace: Workspace) -> dict[str, bytes]:
    return {
        path.relative_to(workspace.outbox).as_posix(): path.read_bytes()
        for path in workspace.outbox.rglob("*")
        if path.is_file()
    }


def test_a_packed_workspace_comes_back_whole(made: Workspace, packed: Path, tmp_path: Path) -> None:
    assert is_packed_workspace(packed)
    unpack_workspace(packed, tmp_path / "新")
    back = Workspace(tmp_path / "新")
    assert outputs(back) == outputs(made)
    wrong = [check for check in examine(back, DAY) if check.health is Health.FAULT]
    assert wrong == []


def test_an_existing_file_or_workspace_is_never_overwritten(made: Workspace, packed: Path) -> None:
    before = packed.read_bytes()
    with pytest.raises(UsageError, match="已经存在"):
        pack_workspace(made, packed)
    with pytest.raises(UsageError, match="已经是工作区"):
        unpack_workspace(packed, made.root)
    assert packed.read_bytes() == before


@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "inbox\\a.txt", "a/../../b"])
def test_a_package_that_writes_outside_is_refused(tmp_path: Path, name: str) -> None:
    archive = tmp_path / "外.zip"
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr(".zhenggai/register.db", b"")
        package.writestr(name, b"x")
    with pytest.raises(UsageError, match="不是工具箱打包的工作区"):
        unpack_workspace(archive, tmp_path / "里" / "区")
    assert [path.name for path in tmp_path.rglob("*")] == ["外.zip"]


def test_a_damaged_package_is_refused_and_nothing_is_left(packed: Path, tmp_path: Path) -> None:
    data = bytearray(packed.read_bytes())
    data[len(data) // 3] ^= 0xFF
    archive = tmp_path / "坏.zip"
    archive.write_bytes(data)
    with pytest.raises(ToolkitError, match="损坏"):
        unpack_workspace(archive, tmp_path / "区")
    assert [path.name for path in tmp_path.iterdir()] == ["坏.zip"]


def test_any_other_zip_is_no_packed_workspace(tmp_path: Path) -> None:
    archive = tmp_path / "别.zip"
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr("a.txt", "x")
    assert not is_packed_workspace(archive)
    assert not is_packed_workspace(tmp_path / "没有.zip")
