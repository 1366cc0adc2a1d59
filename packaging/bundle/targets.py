"""The kinds of computer that something is made for, as pip's tags and as markers of requirements see them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from bundle import PYTHON

if TYPE_CHECKING:
    from collections.abc import Mapping

# glibc of the oldest desktop that must be served: UOS 20 has 2.28, Kylin V10 has 2.31.
GLIBC_FLOOR = (2, 28)
# What a wheelhouse serves; the folders bring their own Python.
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


@dataclass(frozen=True, slots=True)
class Target:
    """A system, a processor and a version of Python."""

    system: str
    machine: str
    platforms: tuple[str, ...]
    python: str = PYTHON

    @property
    def name(self) -> str:
        """How files for this target are called, such as `linux-x86_64`."""
        return f"{self.system}-{self.machine}"

    def with_python(self, version: str) -> Target:
        """The same computer with another Python, such as `3.12`."""
        return replace(self, python=version)

    @property
    def markers(self) -> Mapping[str, str]:
        """What a requirement's marker is held against there; pip itself asks the computer on which it runs."""
        windows = self.system == "windows"
        return MappingProxyType(
            {
                "sys_platform": "win32" if windows else "linux",
                "platform_system": "Windows" if windows else "Linux",
                "os_name": "nt" if windows else "posix",
                "platform_machine": "AMD64" if windows else self.machine,
                "python_version": self.python,
                "python_full_version": f"{self.python}.0",
                "implementation_name": "cpython",
                "platform_python_implementation": "CPython",
                "implementation_version": f"{self.python}.0",
                "extra": "",
            }
        )


def _manylinux(machine: str) -> tuple[str, ...]:
    """Tags of wheels that run with the oldest glibc, the newest of them first."""
    newest = range(GLIBC_FLOOR[1], 16, -1)
    return (*(f"manylinux_2_{minor}_{machine}" for minor in newest), f"manylinux2014_{machine}")


WINDOWS = Target("windows", "x86_64", ("win_amd64",))
LINUX = {
    machine: Target("linux", machine, _manylinux(machine)) for machine in ("x86_64", "aarch64")
}
TARGETS = (WINDOWS, *LINUX.values())
