"""The limits of docs/安全.md hold for every command that opens a file: a sentence, an exit code, bounded memory and time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.sheets.test_hostile import (
    deep_xml,
    laughs_in,
    path_out_of_the_folder,
    word_deep,
    word_laughs,
    zip_bomb,
)
from tests.support.child import ROOT
from tests.support.items import SETTINGS
from tests.support.made import Made
from toolkit.run.templates import create_workspace
from toolkit.workspace import Workspace

pytestmark = pytest.mark.skipif(not hasattr(os, "wait4"), reason="系统不提供子进程的内存用量")
MEMORY, SECONDS = 500, 30  # as for a file that is only opened, and the start of the program
BOOKS = {
    "炸弹.xlsx": zip_bomb,
    "实体.xlsx": lambda: laughs_in("xl/worksheets/sheet1.xml"),
    "深层.xlsx": deep_xml,
    "路径.xlsx": path_out_of_the_folder,
}
PAPERS = {"实体.docx": word_laughs, "深层.docx": word_deep}


@dataclass(frozen=True)
class Done:
    """How a call ended: exit code, what it said, processor seconds, MB at its peak."""

    code: int
    said: str
    seconds: float
    memory: float


def call(*arguments: object) -> Done:
    """`zhenggai` in a process of its own."""
    command = [sys.executable, "-m", "toolkit", *map(str, arguments)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=ROOT
    ) as child:
        assert child.stdout is not None
        said = child.stdout.read().decode("utf-8")
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    spent = used.ru_utime + used.ru_stime
    return Done(child.returncode, said, spent, used.ru_maxrss / 1024)


def check(place: Workspace, file: Path) -> Done:
    return call("check", file, "-w", place.root)


def lint(_place: Workspace, file: Path) -> Done:
    return call("lint", file)


def verify(place: Workspace, file: Path) -> Done:
    return call("verify", file, "-w", place.root)


def run(place: Workspace, file: Path) -> Done:
    shutil.copy(file, place.inbox / file.name)
    return call("run", "-w", place.root, "--as-of", "2026-06-12")


def restore(place: Workspace, file: Path) -> Done:
    return call("restore", file, "-w", place.root)


def with_settings(place: Workspace, file: Path) -> Done:
    shutil.copy(file, place.settings_path)
    return call("status", "-w", place.root)


def with_template(place: Workspace, file: Path) -> Done:
    shutil.copy(file, place.templates / "通报.docx")
    return call("run", "-w", place.root, "--as-of", "2026-06-12")


def set_up(folder: Path) -> None:
    create_workspace(folder, SETTINGS)


CASES = [
    *((command, name, make) for command in (check, run, with_settings) for name, make in BOOKS.items()),
    *((command, name, make) for command in (lint, verify, run, with_template) for name, make in PAPERS.items()),
    (restore, "炸弹.xlsx", zip_bomb), (lint, "炸弹.xlsx", zip_bomb), (verify, "炸弹.xlsx", zip_bomb),
]  # fmt: skip


@pytest.mark.parametrize(
    ("command", "name", "make"), CASES, ids=[f"{c.__name__}-{name}" for c, name, _ in CASES]
)
def test_a_hostile_file_is_answered(
    made: Made,
    tmp_path: Path,
    command: Callable[[Workspace, Path], Done],
    name: str,
    make: Callable[[], bytes],
) -> None:
    place = Workspace(made.copy("空区", set_up, tmp_path / "区"))
    file = tmp_path / name
    file.write_bytes(make())
    done = command(place, file)
    assert "Traceback" not in done.said
    assert done.code in (0, 1, 2, 3), done.said
    assert any("\u4e00" <= character <= "\u9fff" for character in done.said)
    assert done.memory < MEMORY
    assert done.seconds < SECONDS
