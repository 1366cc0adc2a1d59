"""constraints.txt, written from what is installed: every dependency of ours and of theirs at its version.

After adding a dependency or trying a newer one: `python -m tests.support.pins`; read the difference before you commit it.
"""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "constraints.txt"
_HEAD = (
    "# The versions that CI installs (.ci/run sets PIP_CONSTRAINT to this file), written by python -m tests.support.pins.",
    "# Users are not bound by it: pyproject.toml says what works.",
)


def direct() -> list[Requirement]:
    """What pyproject.toml asks for, for use and for development."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    return [Requirement(name) for name in named]


def canonical(name: str) -> str:
    """The name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned() -> dict[str, str]:
    """Name → version, as the file has it."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if line and not line.startswith("#"))


def installed() -> dict[str, str]:
    """Name → version of everything that is asked for, directly or not, in this environment."""
    waiting, found = direct(), dict[str, str]()
    while waiting:
        wanted = waiting.pop()
        name = canonical(wanted.name)
        if name in found or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        package = metadata.distribution(wanted.name)
        found[name] = package.version
        waiting += map(Requirement, package.requires or ())
    return dict(sorted(found.items()))


if __name__ == "__main__":
    pins = (f"{name}=={version}" for name, version in installed().items())
    FILE.write_text("\n".join((*_HEAD, *pins)) + "\n", encoding="utf-8", newline="\n")
