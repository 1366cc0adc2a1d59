"""The scripts of Tcl/Tk, from Debian's packages, fitted to the library that the folder carries."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bundle.locked import PackagingError

_PACKAGES = ("libtcl8.6", "libtk8.6")
_SKIPPED = shutil.ignore_patterns("tzdata", "demos", "images", "*.c")
_PATCH_LEVEL = re.compile(rb"8\.6\.\d+")


@dataclass(frozen=True, slots=True)
class _Edit:
    """A line that must be found once and read otherwise; `{version}` is the library's patch level."""

    file: str
    old: str
    new: str


# Tcl refuses scripts of another patch level than its own, and Debian's know their folder by its full path.
_EDITS = (
    _Edit("tcl8.6/init.tcl", r"(require -exact Tcl\s+)8\.6\.\d+", r"\g<1>{version}"),
    _Edit("tk8.6/tk.tcl", r"(require -exact Tk\s+)8\.6\.\d+", r"\g<1>{version}"),
    _Edit(
        "tcl8.6/tm.tcl",
        r"\{/usr/share/tcltk/tcl8\.6/tcl8\}",
        "[list [file join [info library] tcl8]]",
    ),
)


def patch_level(library: Path) -> str:
    """The version of a Tcl library, such as `8.6.12`, read from its bytes."""
    found = _PATCH_LEVEL.search(library.read_bytes())
    if found is None:
        raise PackagingError(f"{library.name}: no version of Tcl 8.6 in it")
    return found[0].decode()


def add_scripts(folder: Path, version: str, licences: Path) -> None:
    """Put tcl8.6 and tk8.6 into a folder, said to be of this version, and their licences into another."""
    with tempfile.TemporaryDirectory() as place:
        for package in _PACKAGES:
            command = ["apt-get", "-o", "APT::Sandbox::User=root", "download", "-qq", package]
            subprocess.run(command, cwd=place, check=True)
            archive = next(Path(place).glob(f"{package}_*.deb"))
            subprocess.run(["dpkg-deb", "-x", archive, place], check=True)
            copyright_file = Path(place) / "usr/share/doc" / package / "copyright"
            shutil.copyfile(copyright_file, licences / f"{package}.txt")
        for name in ("tcl8.6", "tk8.6"):
            shutil.copytree(Path(place) / "usr/share/tcltk" / name, folder / name, ignore=_SKIPPED)
    for edit in _EDITS:
        _apply(edit, folder, version)


def _apply(edit: _Edit, folder: Path, version: str) -> None:
    path = folder / edit.file
    new = edit.new.replace("{version}", version)
    text, times = re.subn(edit.old, new, path.read_text(encoding="utf-8"))
    if times != 1:
        raise PackagingError(f"{edit.file}: “{edit.old}” was found {times} times, once is expected")
    path.write_text(text, encoding="utf-8")
