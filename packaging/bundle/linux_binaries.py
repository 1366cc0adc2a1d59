"""Tables of Linux' programs and libraries: what a file asks for, and how new a glibc it wants."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from elftools.common.exceptions import ELFError
from elftools.elf.dynamic import DynamicSection
from elftools.elf.elffile import ELFFile
from elftools.elf.gnuversions import GNUVerNeedSection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_GLIBC = re.compile(r"GLIBC_(\d+)\.(\d+)(?:\.\d+)?")
_MAGIC = b"\x7fELF"
MACHINES = {"x86_64": "EM_X86_64", "aarch64": "EM_AARCH64"}


def binaries(folder: Path) -> Iterator[Path]:
    """Every program and library of a folder, told by its first bytes."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            with file.open("rb") as stream:
                is_binary = stream.read(4) == _MAGIC
            if is_binary:
                yield file


def needed(path: Path) -> tuple[str, ...]:
    """The names of the libraries that a file asks for; none for a file that is no ELF binary."""
    try:
        with path.open("rb") as stream:
            sections = ELFFile(stream).iter_sections()
            dynamic = [section for section in sections if isinstance(section, DynamicSection)]
            tags = [tag for section in dynamic for tag in section.iter_tags("DT_NEEDED")]
            return tuple(str(getattr(tag, "needed")) for tag in tags)  # noqa: B009 - the library adds it by the kind of tag
    except ELFError:
        return ()


def machine(path: Path) -> str:
    """The processor that a binary is for, as the format names it (`EM_X86_64`)."""
    with path.open("rb") as stream:
        return str(ELFFile(stream)["e_machine"])


def glibc(path: Path) -> tuple[int, int]:
    """The newest version of glibc that a binary asks for; (0, 0) where it asks for none."""
    with path.open("rb") as stream:
        sections = ELFFile(stream).iter_sections()
        tables = [section for section in sections if isinstance(section, GNUVerNeedSection)]
        names = [
            entry.name
            for table in tables
            for _, entries in table.iter_versions()
            for entry in entries
        ]
    versions = [
        (int(found[1]), int(found[2])) for name in names if (found := _GLIBC.fullmatch(name))
    ]
    return max(versions, default=(0, 0))
