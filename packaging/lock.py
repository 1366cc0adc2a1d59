"""Writes packaging/lock.txt anew: what pyproject.toml asks for, resolved for every target and every Python.

    python packaging/lock.py

Run it when a dependency of the product changes; nothing else writes the lock.
"""

from __future__ import annotations

import json
import sys
import tempfile
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bundle import ROOT
from bundle.locked import LOCK, PackagingError, Pin, options, pip, plain
from bundle.targets import PYTHONS, TARGETS
from packaging.requirements import Requirement

if TYPE_CHECKING:
    from bundle.targets import Target

# Asked for by no folder: they are wanted by rare commands only, are large, and say so themselves where they lack.
LEFT_OUT = frozenset({"pandas", "numpy"})
# Builds the product from its source without a network: for the wheelhouse.
BUILDS = ("setuptools>=77",)
_HEAD = """\
# Every wheel of the folders and of the wheelhouse. Written by packaging/lock.py; not to be edited.
"""


def main() -> None:
    """Resolve for all targets, hold the versions against one another, write the lock."""
    found: dict[str, set[str]] = defaultdict(set)
    hashes: dict[str, set[str]] = defaultdict(set)
    systems: dict[str, set[str]] = defaultdict(set)
    for target in (target.with_python(python) for target in TARGETS for python in PYTHONS):
        print(f"{target.name}, Python {target.python}")
        for name, version, sha256 in resolve(wanted(), target):
            found[name].add(version)
            hashes[name].add(sha256)
            systems[name].add(target.system)
    pins = [_pin(name, found[name], systems[name], hashes[name]) for name in sorted(found)]
    LOCK.write_text(_HEAD + "".join(f"{pin.line}\n" for pin in pins), encoding="utf-8")


def wanted() -> tuple[str, ...]:
    """The requirements of the product that go into a folder."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    asked: list[str] = tomllib.loads(text)["project"]["dependencies"]
    return tuple(line for line in asked if plain(Requirement(line).name) not in LEFT_OUT)


def resolve(requirements: tuple[str, ...], target: Target) -> list[tuple[str, str, str]]:
    """Name, version and SHA-256 of every wheel that this target needs.

    pip leaves out what only the other system needs (colorama on Windows): what it left out is asked for in a
    second round.
    """
    asked = [*requirements, *BUILDS]
    while True:
        chosen = _report(asked, target)
        names = {plain(wheel["metadata"]["name"]) for wheel in chosen}
        missing = sorted({need for wheel in chosen for need in _needs(wheel, target)} - names)
        if not missing:
            return [_wheel(wheel) for wheel in chosen]
        asked += missing


def _report(requirements: list[str], target: Target) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as place:
        report = Path(place) / "report.json"
        pip(
            "install", "--dry-run", "--ignore-installed", "--target", place, "--report", report,
            *options(target), *requirements,
        )  # fmt: skip
        chosen: list[dict[str, Any]] = json.loads(report.read_text(encoding="utf-8"))["install"]
    return chosen


def _needs(wheel: dict[str, Any], target: Target) -> set[str]:
    """The names of what a wheel requires on that computer."""
    lines = [Requirement(line) for line in wheel["metadata"].get("requires_dist", ())]
    markers = dict(target.markers)
    return {plain(line.name) for line in lines if not line.marker or line.marker.evaluate(markers)}


def _wheel(wheel: dict[str, Any]) -> tuple[str, str, str]:
    sha256 = wheel["download_info"]["archive_info"]["hashes"]["sha256"]
    return plain(wheel["metadata"]["name"]), wheel["metadata"]["version"], sha256


def _pin(name: str, versions: set[str], systems: set[str], hashes: set[str]) -> Pin:
    if len(versions) > 1:
        raise PackagingError(f"{name}: one version for all targets is wanted, found {versions}")
    only = '; sys_platform == "win32"' if systems == {"windows"} else ""
    return Pin(Requirement(f"{name}=={versions.pop()}{only}"), frozenset(hashes))


if __name__ == "__main__":
    try:
        main()
    except PackagingError as trouble:
        sys.exit(str(trouble))
