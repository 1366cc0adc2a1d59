"""Makes the offline wheelhouse: every wheel for computers that have Python but no internet, with hashes.

python packaging/wheelhouse.py OUT [--target windows-x86_64|linux-x86_64|linux-aarch64] [--wheel zhenggai-*.whl]

整改台账工具箱-版本-离线安装-系统/
    安装.txt              what to type: one line
    requirements.txt      every wheel by version and SHA-256
    wheels/               for Python 3.11 to 3.14, with setuptools
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from bundle import NAME, SCRIPTS
from bundle.archive import sha256, size_of, zip_folder
from bundle.contents import build_wheel, version_of
from bundle.locked import PackagingError, Pin, download, read_lock
from bundle.targets import PYTHONS, TARGETS, Target
from packaging.requirements import Requirement

_BY_NAME = {target.name: target for target in TARGETS}


def main() -> None:
    """Make the folder and its zip."""
    asked = _arguments()
    target = _BY_NAME[asked.target]
    with tempfile.TemporaryDirectory() as place:
        wheel = asked.wheel or build_wheel(Path(place))
        folder = asked.out.resolve() / f"{NAME}-{version_of(wheel)}-离线安装-{target.name}"
        make_folder(folder, wheel, target)
    package = folder.with_name(f"{folder.name}.zip")
    zip_folder(folder, package)
    number, size = size_of(folder)
    print(f"{package}\n{number} files, {size / 1e6:.1f} MB\nsha256 {sha256(package)}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--target", choices=sorted(_BY_NAME), default="windows-x86_64")
    parser.add_argument("--wheel", type=Path, help="the product; built from this tree where absent")
    return parser.parse_args()


def make_folder(folder: Path, wheel: Path, target: Target) -> None:
    """The whole folder, anew."""
    shutil.rmtree(folder, ignore_errors=True)
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    shutil.copy(wheel, wheels)
    pins = read_lock()
    for python in PYTHONS:
        download(pins, target.with_python(python), wheels)
    product = Pin(Requirement(f"zhenggai=={version_of(wheel)}"), frozenset({sha256(wheel)}))
    there = {sha256(path) for path in wheels.iterdir()}
    lines = [
        Pin(pin.requirement, pin.hashes & there).line
        for pin in (product, *pins)
        if pin.hashes & there
    ]
    (folder / "requirements.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    text = (SCRIPTS / "pages" / "wheelhouse.txt").read_text(encoding="utf-8")
    (folder / "安装.txt").write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))


if __name__ == "__main__":
    try:
        main()
    except PackagingError as trouble:
        sys.exit(str(trouble))
