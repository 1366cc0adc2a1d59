"""The offline wheelhouse: installed by its one line with no index in reach; a wheel that was changed is refused."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.packaging import guide
from tests.packaging.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.packaging


@pytest.fixture(scope="module")
def house(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    package = next(packages.glob("*-离线安装-linux-x86_64.zip"), None)
    if package is None or (os.uname().machine != "x86_64"):
        pytest.skip("没有本机的离线安装包")
    place = tmp_path_factory.mktemp("wheelhouse")
    with zipfile.ZipFile(package) as archive:
        archive.extractall(place)
    return next(place.iterdir())


def offline(line: str, cwd: Path, python: Path) -> subprocess.CompletedProcess[str]:
    """A line typed on a computer that reaches no index; `python3` is this one."""
    environment = {
        "PATH": f"{python.parent}:/usr/bin:/bin",
        "PIP_CONFIG_FILE": os.devnull,
        "HOME": str(cwd),
    }
    return subprocess.run(
        ["sh", "-c", line],
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def python(tmp_path: Path) -> Path:
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "环境"], check=True)
    return tmp_path / "环境/bin/python3"


def test_the_one_line_of_the_guide_installs_it(house: Path, python: Path) -> None:
    (line,) = guide.lines("pip")
    done = offline(line, house, python)
    assert done.returncode == 0, done.stderr
    version = offline("zhenggai --version", house, python).stdout
    assert version.startswith("整改台账工具箱 ")
    assert line in (house / "安装.txt").read_text(encoding="utf-8-sig")


def test_the_source_can_be_installed_from_it(house: Path, python: Path) -> None:
    """setuptools is in it."""
    done = offline(
        f"python3 -m pip install -q --no-index --find-links wheels '{ROOT}'", house, python
    )
    assert done.returncode == 0, done.stderr


def test_a_changed_wheel_is_refused(house: Path, python: Path) -> None:
    wheel = next((house / "wheels").glob("segno-*.whl"))
    whole = wheel.read_bytes()
    wheel.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    try:
        done = offline(guide.lines("pip")[0], house, python)
    finally:
        wheel.write_bytes(whole)
    assert done.returncode != 0
    assert "DO NOT MATCH THE HASHES" in done.stderr


def test_every_wheel_is_named_with_its_hash(house: Path) -> None:
    lines = (house / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", line) for line in lines)
    hashes = sum(line.count("--hash=") for line in lines)
    assert hashes == len(list((house / "wheels").iterdir()))
