"""Which workspaces a person has opened: a few lines in the user's own settings folder, newest first."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST = 8
_FILE = "workspaces.txt"


def settings_folder(environment: Mapping[str, str], platform: str = sys.platform) -> Path:
    """Where programs keep what a user chose: %APPDATA% on Windows, XDG's folder elsewhere."""
    home = Path.home()
    if platform == "win32":
        base = Path(environment.get("APPDATA") or home / "AppData" / "Roaming")
    else:
        base = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
    return base / "zhenggai"


def recall(folder: Path) -> tuple[Path, ...]:
    """The workspaces that were opened and still are there; none where nothing can be read."""
    try:
        lines = (folder / _FILE).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ()  # a fresh start is no fault: the person chooses again
    return tuple(Path(line) for line in lines if line and Path(line).is_dir())


def remember(folder: Path, workspace: Path) -> None:
    """Put a workspace first. Not being able to is no reason to stop: it is only chosen again next time."""
    paths = dict.fromkeys((workspace, *recall(folder)))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lines = "".join(f"{path}\n" for path in list(paths)[:_MOST])
        (folder / _FILE).write_text(lines, encoding="utf-8")
    except OSError:
        return


def default() -> Path:
    """The settings folder of who runs this program."""
    return settings_folder(os.environ)
