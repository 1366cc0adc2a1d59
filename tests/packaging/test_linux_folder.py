"""The Linux folder and the .deb: what is in them, which glibc they ask for, a bare Debian 11, a new user's first hour."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bundle.linux_binaries import MACHINES, binaries, glibc, machine, needed
from bundle.runtime import in_root, old_root
from bundle.targets import GLIBC_FLOOR, LINUX
from linux import ARCHITECTURES, make_folder

from tests.packaging import guide
from tests.packaging.conftest import PLACE
from tests.support.outboxes import differing

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.packaging
# Of every Linux desktop; whatever else a file asks for must lie in the folder.
OF_LINUX = ("ld-linux", "libc.", "libm.", "libdl.", "libpthread.", "librt.", "libutil.", "libresolv.",
            "libnsl.", "libcrypt.", "libgcc_s.", "libstdc++.")  # fmt: skip
EMULATOR = "qemu-aarch64-static"
FOREIGN_LIBRARIES = ("libc6-arm64-cross", "libgcc-s1-arm64-cross", "libstdc++6-arm64-cross")


def archive_of(packages: Path, processor: str) -> Path:
    found = next(packages.glob(f"*-{processor}.tar.xz"), None)
    if found is None:
        pytest.skip(f"这一次没有打{processor}的包：.ci/package {processor}")
    return found


@pytest.fixture(scope="module", params=sorted(LINUX))
def folder(
    request: pytest.FixtureRequest, packages: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The archive unpacked as a clerk does it."""
    place = tmp_path_factory.mktemp("linux") / PLACE
    with tarfile.open(archive_of(packages, request.param)) as archive:
        archive.extractall(place, filter="data")
    return next(place.iterdir())


def processor_of(folder: Path) -> str:
    return folder.name.rpartition("-")[2]


def test_what_a_clerk_finds_in_the_folder(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    assert names == {"整改台账", "zhenggai", "先看这里.txt", "模板", "licences", "python", "lib", "icon.png"}  # fmt: skip
    assert all(os.access(folder / name, os.X_OK) for name in ("整改台账", "zhenggai"))
    assert not any((folder / "lib" / name).exists() for name in ("pandas", "numpy", "pip"))


def test_no_file_asks_for_a_newer_glibc_or_another_processor(folder: Path) -> None:
    files = list(binaries(folder))
    assert len(files) > 50
    assert {machine(file) for file in files} == {MACHINES[processor_of(folder)]}
    assert max(glibc(file) for file in files) <= GLIBC_FLOOR


def test_every_library_that_is_asked_for_lies_in_the_folder(folder: Path) -> None:
    there = {path.name for path in (folder / "python/lib").iterdir()}
    wheels = {path.name for path in (folder / "lib").rglob("*.so*")}
    asked = {name for file in binaries(folder) for name in needed(file)}
    assert {name for name in asked - there - wheels if not name.startswith(OF_LINUX)} == set()


def test_every_library_of_debian_has_its_licence(folder: Path) -> None:
    licences = {path.name for path in (folder / "licences").iterdir()}
    assert {
        "Python.txt",
        "libx11-6.txt",
        "libtk8.6.txt",
        "libsqlite3-0.txt",
        "zlib1g.txt",
    } <= licences


def test_the_deb_has_the_folder_a_command_and_a_menu_entry(packages: Path, folder: Path) -> None:
    architecture = ARCHITECTURES[processor_of(folder)]
    package = next(packages.glob(f"*_{architecture}.deb"))
    listed = subprocess.run(
        ["dpkg-deb", "--contents", package], capture_output=True, encoding="utf-8", check=True
    ).stdout
    for name in ("./opt/zhenggai/整改台账", "./usr/bin/zhenggai -> /opt/zhenggai/zhenggai", "./usr/share/applications/zhenggai.desktop"):  # fmt: skip
        assert name in listed
    assert "root/root" in listed
    field: list[str | Path] = ["dpkg-deb", "--field", package, "Architecture"]
    assert (
        subprocess.run(field, capture_output=True, text=True, check=True).stdout.strip()
        == architecture
    )


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_same_bytes_again(packages: Path, tmp_path: Path) -> None:
    """The archives pack them in order, with one date (test_archive)."""
    made = archive_of(packages, "x86_64").name.removesuffix(".tar.xz")
    (tmp_path / "work").mkdir()
    make_folder(tmp_path / made, next(packages.glob("zhenggai-*.whl")), "x86_64", tmp_path / "work")
    assert digests(tmp_path / made) == digests(packages / made)


@pytest.fixture(scope="module")
def native(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("native") / PLACE
    with tarfile.open(archive_of(packages, os.uname().machine)) as archive:
        archive.extractall(place, filter="data")
    return next(place.iterdir())


def test_the_guide_leads_to_the_notice(native: Path, reference: Path) -> None:
    """Every line that docs/安装.md tells to type; then the starter, as a double click runs it."""
    answers = [
        subprocess.run(
            ["sh", "-c", line], cwd=native, capture_output=True, encoding="utf-8", check=True
        ).stdout
        for line in guide.lines("sh")
    ]
    assert answers[0].startswith("整改台账工具箱 ")
    assert answers[1].splitlines()[-1].endswith("示例/outbox/2026-06-19")
    assert "立即汇总" in answers[2]
    assert differing(native / "示例/outbox", reference) == []
    baseline = next((native / "示例/outbox/2026-05-29/原件").rglob("*.xlsx"))
    shutil.copy(baseline, native / "整改/inbox")
    starter: list[str | Path] = ["sh", native / "整改/立即汇总.command"]
    done = subprocess.run(
        starter, cwd="/", input="\n", capture_output=True, encoding="utf-8", check=True
    )
    assert "成果在" in done.stdout
    assert list((native / "整改/outbox").glob("*/整改进展通报.docx"))


def test_a_double_click_opens_the_window(native: Path, screen: None, tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path)}
    program = subprocess.Popen([native / "整改台账"], env=environment)
    try:
        command = "for n in $(seq 100); do xwininfo -root -tree | grep 整改台账工具箱 && exit; sleep 0.3; done; exit 1"
        assert (
            subprocess.run(["sh", "-c", command], capture_output=True, check=False).returncode == 0
        )
    finally:
        program.terminate()
        program.wait()


def test_a_computer_of_another_kind_gets_a_sentence(native: Path, tmp_path: Path) -> None:
    (tmp_path / "uname").write_text("#!/bin/sh\necho loongarch64\n")
    (tmp_path / "uname").chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    command: list[str | Path] = [native / "zhenggai", "--version"]
    done = subprocess.run(
        command, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 3
    assert "loongarch64，不能运行" in done.stderr


@pytest.fixture(scope="module")
def bare() -> Iterator[Path]:
    """A Debian 11 with nothing in it, and no Python."""
    if os.geteuid() != 0 or not shutil.which("mmdebstrap"):
        pytest.skip("建立空白的Debian 11要管理员权限和mmdebstrap")
    with old_root() as root:
        assert not list(root.glob("usr/bin/python3*"))
        yield root


def test_the_deb_is_installed_started_and_removed_in_a_bare_system(
    bare: Path, packages: Path, reference: Path
) -> None:
    package = next(packages.glob("*_amd64.deb"))
    shutil.copy(package, bare)
    in_root(bare, "dpkg", "-i", f"/{package.name}")
    place = f"/root/{PLACE}"
    in_root(bare, "zhenggai", "demo", place)
    assert differing(bare / place.lstrip("/") / "outbox", reference) == []
    health = in_root(bare, "zhenggai", "doctor", "-w", place).stdout
    assert "［故障］" not in health
    in_root(bare, "/opt/zhenggai/python/bin/python3.11", "-I", "-c", "import tkinter")
    installed = {path.name for path in (bare / "opt/zhenggai").rglob("__pycache__/*.pyc")}
    in_root(bare, "dpkg", "-r", "zhenggai")
    assert installed
    assert not (bare / "opt/zhenggai").exists()
    assert not (bare / "root/.cache").exists()


def test_aarch64_starts_under_emulation(packages: Path, tmp_path: Path) -> None:
    archive = archive_of(packages, "aarch64")
    if not shutil.which(EMULATOR):
        pytest.skip("没有安装qemu-user-static")
    with tarfile.open(archive) as opened:
        opened.extractall(tmp_path, filter="data")
    with tempfile.TemporaryDirectory() as place:
        command = [
            "apt-get",
            "-o",
            "APT::Sandbox::User=root",
            "download",
            "-qq",
            *FOREIGN_LIBRARIES,
        ]
        subprocess.run(command, cwd=place, check=True)
        for package in Path(place).glob("*.deb"):
            subprocess.run(["dpkg-deb", "-x", package, place], check=True)
        python = next(tmp_path.glob("*/python/bin/python3.11"))
        emulated: list[str | Path] = [
            EMULATOR,
            "-L",
            f"{place}/usr/aarch64-linux-gnu",
            python,
            "-I",
            "-B",
            "-X",
            "utf8",
        ]
        program = "import tkinter, sqlite3, lxml.etree, rapidfuzz, python_calamine, cryptography.hazmat.bindings._rust"
        for arguments in (["-m", "toolkit", "--version"], ["-c", program]):
            subprocess.run([*emulated, *arguments], check=True, capture_output=True)
