"""Makes the folder and the zip for Windows 10 and later, on Linux, from package registries alone.

python packaging/windows.py OUT [--wheel zhenggai-*.whl]

CPython for Windows   the wheel of panda3d, which carries python.org's libraries; nothing of its engine is used
standard library      the Python that runs this script: it must be the very version of those libraries
C++ runtime           the wheel of msvc-runtime
Tcl/Tk's scripts      Debian's packages
the two programs      launcher/launch.c, compiled by Debian's gcc-mingw-w64

整改台账工具箱-版本/
整改台账.exe  zhenggai.exe       the small window; the command line
先看这里.txt  模板/  licences/
python/                          runtime: DLLs, extension modules, standard library, Tcl/Tk
lib/                             the product and its libraries
"""

from __future__ import annotations

import argparse
import platform
import py_compile
import re
import shutil
import string
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path

from bundle import NAME, SCRIPTS, tcl
from bundle.archive import sha256, size_of, write_zip, zip_folder
from bundle.contents import (
    add_first_page,
    add_licences,
    add_product,
    build_wheel,
    version_of,
)
from bundle.locked import WINDOWS_RUNTIME, PackagingError, download, read_lock
from bundle.targets import WINDOWS
from bundle.windows_binaries import exports, not_found

from toolkit.desk.icon import ico

# The version of CPython in panda3d's wheel of windows-runtime.txt. Its standard library must be of the same patch.
CPYTHON = "3.11.7"
DLL = "python311.dll"
COMPILER, RESOURCES = "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-windres"
# Program → what it is compiled with.
PROGRAMS = {"zhenggai.exe": (), "整改台账.exe": ("-DWINDOW", "-mwindows")}
_OF_PANDA = re.compile(r"deploy_libs/(?!api-ms|_msi|winsound)([^/]+)")
_OF_MSVC = re.compile(r".*/((?:msvcp140|vcruntime140|vcruntime140_1)\.dll)")
_NOT_NEEDED = re.compile(  # of the standard library
    r"(^|/)(test|tests|idlelib|idle_test|turtledemo|ensurepip|lib2to3|pydoc_data|site-packages"
    r"|lib-dynload|__pycache__)/|^config-|^_sysconfigdata|^turtle\.py"
)


def main() -> None:
    """Make the folder, hold it against a fresh Windows, pack it."""
    asked = _arguments()
    if platform.python_version() != CPYTHON:
        raise PackagingError(
            f"run this with Python {CPYTHON}: its standard library goes into the folder"
        )
    with tempfile.TemporaryDirectory() as place:
        wheel = asked.wheel or build_wheel(Path(place))
        folder = asked.out.resolve() / f"{NAME}-{version_of(wheel)}"
        make_folder(folder, wheel, Path(place))
    if lost := [f"{file.relative_to(folder)} → {name}" for file, name in not_found(folder)]:
        raise PackagingError("not to be found on a fresh Windows 10:\n" + "\n".join(lost))
    package = folder.with_name(f"{folder.name}-win_amd64.zip")
    zip_folder(folder, package)
    number, size = size_of(folder)
    packed = package.stat().st_size
    print(f"{package}\n{number} files, {size / 1e6:.1f} MB, zip {packed / 1e6:.1f} MB")
    print(f"sha256 {sha256(package)}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--wheel", type=Path, help="the product; built from this tree where absent")
    return parser.parse_args()


def make_folder(folder: Path, wheel: Path, work: Path) -> None:
    """The whole folder, anew."""
    shutil.rmtree(folder, ignore_errors=True)
    python, lib, licences = folder / "python", folder / "lib", folder / "licences"
    for each in (python, lib, licences):
        each.mkdir(parents=True)
    add_runtime(python, licences, work)
    add_programs(folder, version_of(wheel), work)
    add_product(wheel, WINDOWS, lib, work / "wheels")
    add_licences(lib, licences)
    add_first_page(folder, "windows.txt")


def add_runtime(python: Path, licences: Path, work: Path) -> None:
    """CPython, its standard library and Tcl/Tk."""
    runtime = work / "runtime"
    for wheel in download(read_lock(WINDOWS_RUNTIME), WINDOWS, runtime):
        pattern = _OF_PANDA if wheel.name.startswith("panda3d") else _OF_MSVC
        with zipfile.ZipFile(wheel) as package:
            for name in package.namelist():
                if found := pattern.fullmatch(name):
                    (python / found[1].replace("VCRUNTIME", "vcruntime")).write_bytes(
                        package.read(name)
                    )
    if CPYTHON.encode("utf-16le") not in (python / DLL).read_bytes():
        raise PackagingError(f"{DLL} is not of Python {CPYTHON}")
    add_standard_library(python / "python311.zip")
    # Where modules are looked for, and nowhere else: what is installed on the computer plays no part.
    (python / "python311._pth").write_bytes(b"python311.zip\r\n.\r\n..\\lib\r\n")
    add_stable_library(python, work)
    tcl.add_scripts(python / "tcl", tcl.patch_level(python / "tcl86t.dll"), licences)
    shutil.copyfile(Path(sysconfig.get_path("stdlib")) / "LICENSE.txt", licences / "Python.txt")


def add_standard_library(path: Path) -> None:
    """Compiled, in one zip: 400 small files fewer to unpack and to scan for viruses."""
    stdlib, files = Path(sysconfig.get_path("stdlib")), {}
    unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
    compiled = path.with_suffix(".pyc")
    for source in sorted(stdlib.rglob("*.py")):
        name = source.relative_to(stdlib).as_posix()
        if not _NOT_NEEDED.search(name):
            py_compile.compile(
                str(source), str(compiled), name, doraise=True, invalidation_mode=unchecked
            )
            files[f"{name}c"] = compiled.read_bytes()
    compiled.unlink()
    write_zip(path, files)


def add_stable_library(python: Path, work: Path) -> None:
    """python3.dll, which wheels of the stable interface (cryptography) ask for: every name sends on to python311.dll."""
    names = "".join(f"  {name} = python311.{name}\n" for name in exports(python / DLL))
    definition, source = work / "python3.def", work / "python3.c"
    definition.write_text(f"LIBRARY python3.dll\nEXPORTS\n{names}")
    source.write_text("int DllMainCRTStartup(void) { return 1; }\n")
    _compile("-shared", "-nostdlib", "-o", python / "python3.dll", source, definition)


def add_programs(folder: Path, version: str, work: Path) -> None:
    """The two programs, with icon, version and manifest."""
    (work / "program.ico").write_bytes(ico())
    shutil.copy(SCRIPTS / "launcher" / "program.manifest", work)
    template = string.Template((SCRIPTS / "launcher" / "program.rc").read_text(encoding="utf-8"))
    numbers = ",".join((re.findall(r"\d+", version) + ["0"] * 4)[:4])
    for program, flags in PROGRAMS.items():
        text = template.substitute(program=program, version=version, numbers=numbers)
        (work / "program.rc").write_text(text, encoding="utf-8")
        subprocess.run([RESOURCES, "-c", "65001", "program.rc", "program.o"], cwd=work, check=True)
        library = f'-DPYTHON_DLL=L"{DLL}"'
        source = SCRIPTS / "launcher" / "launch.c"
        _compile(
            "-Os",
            "-s",
            "-municode",
            *flags,
            library,
            "-o",
            folder / program,
            source,
            work / "program.o",
        )


def _compile(*arguments: str | Path) -> None:
    """Debian's compiler for Windows; neither the hour nor the name of the output's folder goes into the file.

    The linker draws a library's base address from the path that it writes to.
    """
    linker = "-Wl,--no-insert-timestamp,--disable-auto-image-base"
    command = [COMPILER, "-Wall", "-Wextra", linker]
    subprocess.run([*command, *arguments], check=True)


if __name__ == "__main__":
    try:
        main()
    except PackagingError as trouble:
        sys.exit(str(trouble))
