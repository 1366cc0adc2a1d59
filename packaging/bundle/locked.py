"""The lock: every wheel that goes along, by version and SHA-256, for all targets in one file."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import Requirement

from bundle import SCRIPTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bundle.targets import Target

LOCK = SCRIPTS / "lock.txt"
# CPython for Windows and its C++ runtime, each in the wheel of another package.
WINDOWS_RUNTIME = SCRIPTS / "windows-runtime.txt"
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


class PackagingError(Exception):
    """Something cannot be made as it should; the text says what."""


@dataclass(frozen=True, slots=True)
class Pin:
    """One package of the lock: its requirement (name, version, marker) and the wheels that may be used."""

    requirement: Requirement
    hashes: frozenset[str]

    @property
    def line(self) -> str:
        """The line of a requirements file, hashes in order."""
        return f"{self.requirement} {self._hashes}"

    @property
    def line_without_marker(self) -> str:
        """The same for a target that is known to need it: pip would read the marker for this computer."""
        return f"{self.requirement.name}{self.requirement.specifier} {self._hashes}"

    @property
    def _hashes(self) -> str:
        return " ".join(f"--hash=sha256:{sha256}" for sha256 in sorted(self.hashes))

    def is_for(self, target: Target) -> bool:
        """Whether that computer needs it."""
        marker = self.requirement.marker
        return marker is None or marker.evaluate(dict(target.markers))


def plain(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_lock(path: Path = LOCK) -> tuple[Pin, ...]:
    """The pins of a lock; raises PackagingError for a line without a hash."""
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(_pin(line, path) for line in lines if line and not line.startswith("#"))


def _pin(line: str, path: Path) -> Pin:
    hashes = frozenset(_HASH.findall(line))
    if not hashes:
        raise PackagingError(f"{path.name}: no hash in “{line}”")
    return Pin(Requirement(line.partition(" --hash")[0]), hashes)


def download(pins: Iterable[Pin], target: Target, folder: Path) -> tuple[Path, ...]:
    """The wheels of these pins for this target, in a folder; a wheel of another hash stops pip."""
    wanted = [pin for pin in pins if pin.is_for(target)]
    with tempfile.TemporaryDirectory() as place:
        lines = Path(place) / "requirements.txt"
        lines.write_text("\n".join(pin.line_without_marker for pin in wanted) + "\n")
        pip(
            "download", "--no-deps", "--require-hashes", "-d", folder, *options(target), "-r", lines
        )
    names = {plain(pin.requirement.name) for pin in wanted}
    return tuple(
        wheel
        for wheel in sorted(folder.glob("*.whl"))
        if plain(wheel.name.partition("-")[0]) in names
    )


def options(target: Target) -> tuple[str, ...]:
    """How pip is told to choose wheels for another computer."""
    tags = tuple(f"--platform={platform}" for platform in target.platforms)
    return (
        *tags,
        f"--python-version={target.python}",
        "--implementation=cp",
        "--only-binary=:all:",
    )


def pip(*arguments: str | Path) -> None:
    """Run this Python's pip."""
    command = [sys.executable, "-m", "pip", arguments[0], "-qq", "--disable-pip-version-check"]
    subprocess.run([*command, *arguments[1:]], check=True)
