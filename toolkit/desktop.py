"""What a desktop does for a clerk: files that start a run by a double click, and a folder opened in a window."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from toolkit.workspace import Workspace

# The programs of our folders say in it where they are; an installed Python says nothing.
PROGRAM = "ZHENGGAI_PROGRAM"
STARTER = "立即汇总"
# In the workspace's hidden folder, a line each: the program, its first words (`-m toolkit run`), what to say without it.
_PROGRAM_FILE, _WORDS_FILE, _MISSING_FILE = "program.txt", "words.txt", "missing.txt"
_MISSING = "找不到整改台账工具箱的程序：可能移动了位置，或换了电脑。请打开工具箱的小窗口，重新选一次这个工作区。"

# Letters of ASCII only: cmd reads a batch file by the code page of the moment. What is Chinese comes from files.
_BATCH = r"""@echo off
chcp 65001 >nul
setlocal
set "program="
set "words="
for /f "usebackq delims=" %%a in ("%~dp0.zhenggai\program.txt") do set "program=%%a"
for /f "usebackq delims=" %%a in ("%~dp0.zhenggai\words.txt") do set "words=%%a"
if not exist "%program%" goto missing
"%program%" %words% --workspace "%~dp0." --open
goto end
:missing
type "%~dp0.zhenggai\missing.txt"
:end
echo.
pause
"""
_SHELL = """#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
IFS= read -r program < "$here/.zhenggai/program.txt"
IFS= read -r words < "$here/.zhenggai/words.txt"
if [ -x "$program" ]; then
    "$program" $words --workspace "$here" --open
else
    cat "$here/.zhenggai/missing.txt"
fi
printf '按回车键关闭窗口。'
read -r answer
"""
_ENTRY = """[Desktop Entry]
Type=Application
Name={name}
Exec=sh {script}
Terminal=true
Icon=x-office-spreadsheet
"""
_EXECUTABLE = 0o755


def write_starters(workspace: Workspace) -> None:
    """Put 立即汇总.bat, .command and .desktop into a workspace, for the program that runs now.

    Written anew each time: a program that was moved or replaced is found again.
    """
    hidden, root = workspace.hidden, workspace.root
    program, *words = this_program(os.environ, sys.executable)
    for name, line in (
        (_PROGRAM_FILE, program),
        (_WORDS_FILE, " ".join([*words, "run"])),
        (_MISSING_FILE, _MISSING),
    ):
        (hidden / name).write_text(f"{line}\n", encoding="utf-8", newline="\n")
    batch = _BATCH.replace("\n", "\r\n").encode("ascii")
    script = root / f"{STARTER}.command"
    entry = _ENTRY.format(name=STARTER, script=_quoted(str(script)))
    for name, data in (
        (f"{STARTER}.bat", batch),
        (script.name, _SHELL.encode()),
        (f"{STARTER}.desktop", entry.encode()),
    ):
        (root / name).write_bytes(data)
        (root / name).chmod(_EXECUTABLE)


def this_program(environment: Mapping[str, str], python: str) -> tuple[str, ...]:
    """The path of the program that runs, and the words that stand before a command's name."""
    own = environment.get(PROGRAM)
    return (own,) if own else (python, "-m", "toolkit")


def _quoted(path: str) -> str:
    """A path as an argument of `Exec=` (Desktop Entry Specification 1.5, “The Exec key”)."""
    for character in ("\\", '"', "`", "$"):
        path = path.replace(character, f"\\{character}")
    # Once more as a value of the file, where a backslash begins an escape and % a field.
    return '"' + path.replace("\\", "\\\\").replace("%", "%%") + '"'


def open_folder(folder: Path) -> bool:
    """Show a folder in the desktop's window; whether the desktop could be asked."""
    if sys.platform == "win32":
        try:
            os.startfile(folder)  # noqa: S606 - the desktop's own way; a folder of ours
        except OSError:
            return False
        return True
    opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if opener is None:
        return False
    null = subprocess.DEVNULL
    shown = subprocess.Popen(  # noqa: S603 - the desktop's own program, and a folder of ours
        [opener, folder], stdin=null, stdout=null, stderr=null
    )
    # Some desktops' programs stay as long as their window: nobody waits for them here.
    threading.Thread(target=shown.wait, daemon=True).start()
    return True
