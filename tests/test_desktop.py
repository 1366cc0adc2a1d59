"""A double click starts a run: the files that a workspace gets, run as a desktop runs them."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from toolkit import desktop
from toolkit.run.templates import create_workspace

if TYPE_CHECKING:
    from pathlib import Path

# Folders as offices call them; all but the last are legal on Windows too.
FOLDERS = ["整改", "整改 2026（第一轮）", "a&b 'c' %PATH% !x!", "钱$HOME`id`", '引"号\\尾']


def recorder(folder: Path) -> Path:
    """A program that writes down what it was asked to do."""
    path = folder / "程序 一"
    path.write_text('#!/bin/sh\nfor word in "$@"; do echo "$word"; done\n', encoding="utf-8")
    path.chmod(0o755)
    return path


def start(workspace: Path, *command: str) -> str:
    done = subprocess.run(
        command, cwd="/", input="\n", capture_output=True, encoding="utf-8", check=False
    )
    assert done.stderr == ""
    return done.stdout


@pytest.fixture(params=FOLDERS)
def workspace(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    monkeypatch.setenv(desktop.PROGRAM, str(recorder(tmp_path)))
    return create_workspace(tmp_path / request.param).root


def test_the_script_runs_the_program_on_its_own_folder(workspace: Path) -> None:
    told = start(workspace, "sh", str(workspace / "立即汇总.command"))
    assert told.splitlines()[:-1] == ["run", "--workspace", str(workspace), "--open"]


def test_the_script_works_where_the_workspace_was_moved(workspace: Path, tmp_path: Path) -> None:
    moved = workspace.rename(tmp_path / "搬走了")
    told = start(moved, "sh", str(moved / "立即汇总.command"))
    assert str(moved) in told.splitlines()


def test_a_program_that_is_gone_is_said_in_chinese(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "程序 一").unlink()
    told = start(workspace, "sh", str(workspace / "立即汇总.command"))
    assert told.startswith("找不到整改台账工具箱的程序")


def test_the_menu_entry_names_the_script_as_desktops_read_it(workspace: Path) -> None:
    text = (workspace / "立即汇总.desktop").read_text(encoding="utf-8")
    value = next(line for line in text.splitlines() if line.startswith("Exec=")).removeprefix(
        "Exec="
    )
    # A value's backslashes are doubled, a % too; what is left is quoted as a shell's double quotes are.
    words = shlex.split(value.replace("\\\\", "\\").replace("%%", "%"))
    words = [word.replace("\\$", "$").replace("\\`", "`") for word in words]
    assert words == ["sh", str(workspace / "立即汇总.command")]
    assert "Terminal=true" in text


def test_the_starters_may_be_executed(workspace: Path) -> None:
    assert all(os.access(path, os.X_OK) for path in workspace.glob("立即汇总.*"))


def test_the_batch_file_is_plain_letters_and_says_what_it_does(tmp_path: Path) -> None:
    """cmd reads a batch file by the code page of the moment: Chinese in it would be rubbish on one of two computers."""
    create_workspace(tmp_path)
    lines = (tmp_path / "立即汇总.bat").read_bytes().decode("ascii").split("\r\n")
    assert lines[0] == "@echo off"
    assert '"%program%" %words% --workspace "%~dp0." --open' in lines


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, ("/usr/bin/python3", "-m", "toolkit")),
        ({"ZHENGGAI_PROGRAM": "C:\\工具 箱\\zhenggai.exe"}, ("C:\\工具 箱\\zhenggai.exe",)),
        ({"ZHENGGAI_PROGRAM": ""}, ("/usr/bin/python3", "-m", "toolkit")),
    ],
)
def test_the_program_is_that_of_the_folder_or_this_python(
    environment: dict[str, str], expected: tuple[str, ...]
) -> None:
    assert desktop.this_program(environment, "/usr/bin/python3") == expected


def test_the_starter_of_an_installed_python_really_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(desktop.PROGRAM, raising=False)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    workspace = create_workspace(tmp_path / "区").root
    command = ["sh", str(workspace / "立即汇总.command")]
    done = subprocess.run(
        command, cwd="/", input="\n", capture_output=True, encoding="utf-8", check=False
    )
    assert "没有文件" in done.stderr
    assert done.stdout == "按回车键关闭窗口。"


def test_a_folder_is_shown_by_the_desktops_own_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = tmp_path / "问了"
    opener = tmp_path / "xdg-open"
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > "{asked}.part"; mv "{asked}.part" "{asked}"\n')
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert desktop.open_folder(tmp_path / "成果（一）")
    for _ in range(3000):
        if asked.exists():
            break
        time.sleep(0.01)
    assert asked.read_text(encoding="utf-8") == str(tmp_path / "成果（一）")


def test_no_desktop_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not desktop.open_folder(tmp_path)
