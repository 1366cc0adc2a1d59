"""What every folder contains besides its Python: the product, its libraries, licences, templates, the first page."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from bundle import NAME, ROOT, SCRIPTS
from bundle.archive import EPOCH
from bundle.locked import PackagingError, download, read_lock

if TYPE_CHECKING:
    from bundle.targets import Target

_DATA = re.compile(r"^[^/]+\.data/(purelib|platlib)/")
# olefile2 is for Python 2: nobody imports it and it does not compile.
_NOT_NEEDED = re.compile(r"\.data/|/tests?/|\.(pyi|pxd|h|c|lib|a)$|/olefile2\.py$")
_LICENCE = re.compile(r"(licen[sc]e|copying|notice|authors)", re.IGNORECASE)
# Wheels that name their licence and do not carry its text; Debian has it.
_WITHOUT_TEXT = {"docxtpl": "LGPL-2.1"}
_COMMON_LICENCES = Path("/usr/share/common-licenses")
# Only for whoever builds the product from its source; a folder needs it no more.
_FOR_BUILDERS = frozenset({"setuptools"})


def build_wheel(folder: Path) -> Path:
    """The product's own wheel, made from this source tree; equal sources, equal bytes."""
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / "source"
        source.mkdir()
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copyfile(ROOT / name, source / name)
        shutil.copytree(
            ROOT / "toolkit", source / "toolkit", ignore=shutil.ignore_patterns("__pycache__")
        )
        command: list[str | Path] = [sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps"]
        environment = {**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH)}
        subprocess.run([*command, "-w", folder, source], check=True, env=environment)
    return next(folder.glob("zhenggai-*.whl"))


def version_of(wheel: Path) -> str:
    """The version in a wheel's name."""
    return wheel.name.split("-")[1]


def add_product(wheel: Path, target: Target, lib: Path, wheels: Path) -> None:
    """The product and all its libraries, unpacked and compiled; `wheels` is where wheels are downloaded to."""
    pins = [pin for pin in read_lock() if pin.requirement.name not in _FOR_BUILDERS]
    for path in (wheel, *download(pins, target, wheels)):
        unpack(path, lib)
    compile_python(lib)


def unpack(wheel: Path, lib: Path) -> None:
    """A wheel is a zip: its files go to `lib`, with its dist-info, without scripts, tests and headers."""
    with zipfile.ZipFile(wheel) as package:
        for entry in package.infolist():
            name = _DATA.sub("", entry.filename)
            if not entry.is_dir() and not _NOT_NEEDED.search(name):
                path = lib / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(package.read(entry))


def compile_python(lib: Path) -> None:
    """Bytecode beside every module, never checked against its source: a read-only share starts as fast.

    In a process of its own: what a module's bytecode shares with others hangs on what was loaded and hashed before.
    """
    compiler = [sys.executable, "-S", "-s", "-P", "-m", "compileall", "-q"]
    options: list[str | Path] = ["-s", lib, "--invalidation-mode", "unchecked-hash"]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run([*compiler, *options, lib], env=environment, check=False)
    if done.returncode:
        raise PackagingError(f"{lib.name}: a module cannot be compiled")


def add_licences(lib: Path, licences: Path) -> None:
    """The licence of every library, named after it; raises PackagingError for a library without one."""
    for info in sorted(lib.glob("*.dist-info")):
        name = info.name.removesuffix(".dist-info")
        files = [path for path in info.rglob("*") if path.is_file() and _LICENCE.match(path.name)]
        common = _WITHOUT_TEXT.get(name.partition("-")[0])
        if common:
            files.append(_COMMON_LICENCES / common)
        if not files:
            raise PackagingError(f"{name}: no licence in its wheel")
        for file in sorted(files):
            shutil.copyfile(file, licences / f"{name} {file.name}")
    shutil.copyfile(ROOT / "LICENSE", licences / f"{NAME}.txt")


def add_first_page(folder: Path, name: str) -> None:
    """先看这里.txt (as Windows' old Notepad wants it), and the templates to look at."""
    text = (SCRIPTS / "pages" / name).read_text(encoding="utf-8")
    (folder / "先看这里.txt").write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    shutil.copytree(ROOT / "templates", folder / "模板")
