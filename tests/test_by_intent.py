"""Standing in the toolkit's own source uses nothing of it; naming it does. init says what comes next."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from toolkit.run.templates import create_workspace
from toolkit.workspace import is_source_clone

ROOT = Path(__file__).resolve().parents[1]


def zhenggai(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "toolkit", *arguments]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, encoding="utf-8", check=False, env=environment
    )


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A copy of what makes a folder a clone, with the clone's own templates."""
    (tmp_path / "toolkit").mkdir()
    shutil.copy(ROOT / "toolkit" / "cli.py", tmp_path / "toolkit")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    return tmp_path


def entries(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.mark.parametrize(
    "arguments",
    [("run",), ("run", "--as-of", "2026-06-19"), ("dispatch",), ("status",), ("undo",),
     ("doctor",), ("why", "1-1"), ("serve",), ("init",)],
)  # fmt: skip
def test_a_clone_is_not_used_because_somebody_stands_in_it(
    clone: Path, arguments: tuple[str, ...]
) -> None:
    before = entries(clone)
    done = zhenggai(*arguments, cwd=clone)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("当前文件夹是工具箱的源代码")
    assert entries(clone) == before


@pytest.mark.parametrize("named", [".", "{clone}"])
def test_a_clone_that_is_named_is_a_workspace(clone: Path, named: str) -> None:
    done = zhenggai("status", "-w", named.format(clone=clone), cwd=clone)
    assert (done.returncode, done.stderr) == (0, "")
    assert (clone / "inbox").is_dir()


def test_any_other_folder_is_used_because_somebody_stands_in_it(tmp_path: Path) -> None:
    create_workspace(tmp_path)
    assert zhenggai("status", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("only", ["pyproject.toml", "toolkit"])
def test_half_of_a_clone_is_none(clone: Path, only: str) -> None:
    for name in {"pyproject.toml", "toolkit"} - {only}:
        path = clone / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert not is_source_clone(clone)


@pytest.mark.parametrize(
    ("folder", "argument"),
    [
        ("整改", "整改"),
        ("整改 2026", '"整改 2026"'),
        ("整改（一）", '"整改（一）"'),
        ("a/b", str(Path("a") / "b")),
    ],
)
def test_the_hint_after_init_can_be_pasted(tmp_path: Path, folder: str, argument: str) -> None:
    done = zhenggai("init", folder, cwd=tmp_path)
    assert done.stdout.splitlines()[-1].endswith(f"zhenggai run -w {argument}")
    assert "立即汇总" in done.stdout
