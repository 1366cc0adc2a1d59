"""Tables of Windows' programs and libraries: what a file offers, what it asks for, and what would not be found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pefile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIXES = frozenset({".exe", ".dll", ".pyd"})
_IMPORTS = pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_IMPORT"]
_EXPORTS = pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_EXPORT"]
# What every Windows 10 has. Wine has more (vcruntime140_1.dll for one), so it would not notice what is missing.
OF_WINDOWS = frozenset(
    f"{name}.dll"
    for name in [
        "advapi32",
        "bcrypt",
        "bcryptprimitives",
        "cfgmgr32",
        "comctl32",
        "comdlg32",
        "crypt32",
        "dbghelp",
        "dwmapi",
        "gdi32",
        "imm32",
        "iphlpapi",
        "kernel32",
        "msi",
        "msvcrt",
        "netapi32",
        "ntdll",
        "ole32",
        "oleaut32",
        "propsys",
        "psapi",
        "rpcrt4",
        "secur32",
        "setupapi",
        "shell32",
        "shlwapi",
        "ucrtbase",
        "user32",
        "userenv",
        "usp10",
        "uxtheme",
        "version",
        "winmm",
        "ws2_32",
    ]
) | {"winspool.drv"}


def imports(path: Path) -> frozenset[str]:
    """The libraries that a file asks for when it is loaded, in lower case (delay-loaded ones are not among them)."""
    with pefile.PE(str(path), fast_load=True) as binary:
        binary.parse_data_directories(directories=[_IMPORTS])
        entries = getattr(binary, "DIRECTORY_ENTRY_IMPORT", ())
        return frozenset(entry.dll.decode("ascii").lower() for entry in entries)


def exports(path: Path) -> tuple[str, ...]:
    """The names that a library offers, in its own order."""
    with pefile.PE(str(path), fast_load=True) as binary:
        binary.parse_data_directories(directories=[_EXPORTS])
        symbols = binary.DIRECTORY_ENTRY_EXPORT.symbols
        return tuple(symbol.name.decode("ascii") for symbol in symbols if symbol.name)


def not_found(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every library that a file of the folder asks for and that a fresh Windows 10 would not find, with that file.

    Windows looks beside the file, in `python` (the launcher adds it) and in the `.libs` folders that wheels add.
    """
    files = sorted(file for file in folder.rglob("*") if file.suffix.lower() in SUFFIXES)
    shared = {
        file.name.lower()
        for file in files
        if file.parent == folder / "python" or file.parent.name.endswith(".libs")
    }
    for file in files:
        beside = {neighbour.name.lower() for neighbour in file.parent.iterdir()}
        for library in sorted(imports(file) - OF_WINDOWS - shared - beside):
            if not library.startswith("api-ms-win-"):
                yield file, library
