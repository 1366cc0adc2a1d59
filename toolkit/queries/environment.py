"""What the computer has: fonts, office programs, room on the disk. Asks the system, changes nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from toolkit.errors import of_the_machine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Programs that open our files, by the name of their executable.
_PROGRAMS = {
    "winword": "Word", "excel": "Excel", "wps": "WPS文字", "et": "WPS表格", "soffice": "LibreOffice", "libreoffice": "LibreOffice",
}  # fmt: skip
_ASKING_SECONDS = 20


def office_programs() -> tuple[str, ...]:
    """The names of the office programs that are found."""
    found = {name for executable, name in _PROGRAMS.items() if _is_installed(executable)}
    return tuple(name for name in dict.fromkeys(_PROGRAMS.values()) if name in found)


def _is_installed(executable: str) -> bool:
    if shutil.which(executable):
        return True
    return sys.platform == "win32" and bool(
        _registered(rf"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\{executable}.exe")
    )


def installed_fonts() -> frozenset[str] | None:
    """The family names of all fonts, as programs ask for them; None where the system cannot be asked."""
    if sys.platform == "win32":
        return frozenset(_windows_fonts())
    if not shutil.which("fc-list"):
        return None
    command = ["fc-list", "--format", "%{family}\n"]
    said = subprocess.run(command, capture_output=True, check=False, timeout=_ASKING_SECONDS)  # noqa: S603 - our own words
    families = said.stdout.decode("utf-8", "replace").splitlines()
    return frozenset(name.strip() for line in families for name in line.split(",") if name.strip())


def _windows_fonts() -> Iterator[str]:
    """Names as the registry lists them: `仿宋_GB2312 (TrueType)`, several faces of one file joined by &."""
    for name in _registered(r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"):
        yield from (face.strip() for face in name.partition(" (")[0].split("&"))


def _registered(key: str) -> tuple[str, ...]:
    """The names of the values under a key of Windows' registry, for this computer and this user; () where there are none."""
    names: list[str] = []
    if sys.platform == "win32":
        import winreg

        for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
            try:
                with winreg.OpenKey(root, key) as opened:
                    count = winreg.QueryInfoKey(opened)[1]
                    names += [winreg.EnumValue(opened, number)[0] or "@" for number in range(count)]
            except OSError:
                continue  # the key is simply not there
    return tuple(names)


def free_megabytes(folder: Path) -> int:
    """Room on the disk of this folder."""
    return shutil.disk_usage(folder).free // 2**20


def can_write(folder: Path) -> str:
    """Why files cannot be written, renamed and removed in a folder; "" where they can."""
    trial, moved = folder / ".试写", folder / ".试写2"
    try:
        trial.write_bytes(b"")
        trial.replace(moved)
        moved.unlink()
    except OSError as trouble:
        return of_the_machine(trouble)
    return ""
