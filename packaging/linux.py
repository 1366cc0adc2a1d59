"""Makes the Linux folder, its .tar.xz and the .deb for Kylin V10, UOS 20 and whatever has glibc 2.28 or newer.

    python packaging/linux.py OUT [--machine x86_64|aarch64] [--wheel zhenggai-*.whl]

The Python inside is built from Debian's sources in an old Debian root (runtime/build.sh), once; it is kept in
~/.cache/zhenggai-packaging. That needs root and mmdebstrap; the rest needs neither.

    整改台账工具箱-版本-x86_64/
        整改台账  zhenggai           the small window; the command line
        先看这里.txt  模板/  licences/
        python/                      CPython with tkinter and the libraries that it needs
        lib/                         the product and its libraries
"""

from __future__ import annotations

import argparse
import os
import shutil
import string
import subprocess
import sys
import tempfile
from pathlib import Path

from bundle import NAME, SCRIPTS
from bundle.archive import EPOCH, sha256, size_of, tar_folder
from bundle.contents import (
    add_first_page,
    add_licences,
    add_product,
    build_wheel,
    compile_python,
    version_of,
)
from bundle.linux_binaries import MACHINES, binaries, glibc, machine
from bundle.locked import PackagingError
from bundle.runtime import runtime
from bundle.targets import GLIBC_FLOOR, LINUX

from toolkit.desk.icon import png

# Program → the arguments that it puts before those of the caller.
PROGRAMS = {"zhenggai": "", "整改台账": "desk"}
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


def main() -> None:
    """Make the folder, read the tables of its binaries, pack it twice."""
    asked = _arguments()
    with tempfile.TemporaryDirectory() as place:
        wheel = asked.wheel or build_wheel(Path(place))
        version = version_of(wheel)
        folder = asked.out.resolve() / f"{NAME}-{version}-{asked.machine}"
        make_folder(folder, wheel, asked.machine, Path(place))
    check_binaries(folder, asked.machine)
    archive = folder.with_name(f"{folder.name}.tar.xz")
    tar_folder(folder, archive)
    package = make_package(folder, version, asked.machine)
    number, size = size_of(folder)
    print(f"{folder}: {number} files, {size / 1e6:.1f} MB")
    for made in (archive, package):
        print(f"{made}: {made.stat().st_size / 1e6:.1f} MB, sha256 {sha256(made)}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--machine", choices=sorted(LINUX), default="x86_64")
    parser.add_argument("--wheel", type=Path, help="the product; built from this tree where absent")
    return parser.parse_args()


def make_folder(folder: Path, wheel: Path, processor: str, work: Path) -> None:
    """The whole folder, anew."""
    shutil.rmtree(folder, ignore_errors=True)
    lib, licences = folder / "lib", folder / "licences"
    shutil.copytree(runtime(processor), folder, symlinks=True)
    standard_library = folder / "python/lib/python3.11"
    compile_python(standard_library)
    packages = standard_library / "site-packages"
    packages.mkdir(exist_ok=True)
    (packages / "zhenggai.pth").write_text("../../../../lib\n")
    add_product(wheel, LINUX[processor], lib, work / "wheels")
    add_licences(lib, licences)
    add_first_page(folder, "linux.txt")
    (folder / "icon.png").write_bytes(png())
    add_programs(folder, processor)


def add_programs(folder: Path, processor: str) -> None:
    """The two programs: scripts of the shell that start Python with one module."""
    template = string.Template((SCRIPTS / "launcher" / "start.sh").read_text(encoding="utf-8"))
    for program, arguments in PROGRAMS.items():
        path = folder / program
        path.write_text(
            template.substitute(machine=processor, arguments=arguments), encoding="utf-8"
        )
        path.chmod(0o755)


def check_binaries(folder: Path, processor: str) -> None:
    """Raise PackagingError for a file of another processor or one that asks for a newer glibc than the floor."""
    for file in binaries(folder):
        if machine(file) != MACHINES[processor]:
            raise PackagingError(f"{file.name} is for {machine(file)}")
        if glibc(file) > GLIBC_FLOOR:
            raise PackagingError(
                f"{file.name} asks for glibc {glibc(file)}, the floor is {GLIBC_FLOOR}"
            )


def make_package(folder: Path, version: str, processor: str) -> Path:
    """The .deb: the folder in /opt/zhenggai, a command, a menu entry."""
    package = folder.with_name(f"zhenggai_{version}_{ARCHITECTURES[processor]}.deb")
    with tempfile.TemporaryDirectory(dir=folder.parent) as place:
        stage = Path(place)
        stage.chmod(0o755)
        shutil.copytree(folder, stage / "opt/zhenggai", symlinks=True)
        for part in ("usr/bin", "usr/share/applications", "DEBIAN"):
            (stage / part).mkdir(parents=True)
        (stage / "usr/bin/zhenggai").symlink_to("/opt/zhenggai/zhenggai")
        shutil.copy(SCRIPTS / "launcher/zhenggai.desktop", stage / "usr/share/applications")
        control = (SCRIPTS / "launcher/control").read_text(encoding="utf-8")
        (stage / "DEBIAN/control").write_text(
            string.Template(control).substitute(
                version=version,
                architecture=ARCHITECTURES[processor],
                glibc=".".join(map(str, GLIBC_FLOOR)),
                kilobytes=size_of(folder)[1] // 1024,
            ),
            encoding="utf-8",
        )
        command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z3", "--build"]
        environment = {**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH)}
        subprocess.run(
            [*command, stage, package], check=True, env=environment, stdout=subprocess.DEVNULL
        )
    return package


if __name__ == "__main__":
    try:
        main()
    except PackagingError as trouble:
        sys.exit(str(trouble))
