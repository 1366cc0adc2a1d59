"""The zip for Windows: what is in it, what its libraries ask for, equal bytes, and a new user's first hour under wine."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import zipfile
from typing import TYPE_CHECKING

import pefile
import pytest
from bundle.archive import sha256
from bundle.windows_binaries import not_found

from tests.packaging import guide, wine
from tests.packaging.conftest import PLACE, ROOT
from tests.support.outboxes import differing_in_substance

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.packaging
PROGRAMS = {"zhenggai.exe": "CUI", "整改台账.exe": "GUI"}
SECONDS = 90


@pytest.fixture(scope="module")
def package(packages: Path) -> Path:
    return next(packages.glob("*-win_amd64.zip"))


@pytest.fixture(scope="module")
def folder(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip unpacked as a clerk does it."""
    place = tmp_path_factory.mktemp("windows") / PLACE
    with zipfile.ZipFile(package) as archive:
        archive.extractall(place)
    return next(place.iterdir())


def test_what_a_clerk_finds_in_the_folder(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    assert names == {*PROGRAMS, "先看这里.txt", "模板", "licences", "python", "lib"}
    assert (folder / "先看这里.txt").read_bytes().startswith(b"\xef\xbb\xbf")
    templates = {path.name for path in (ROOT / "templates").iterdir()}
    assert {path.name for path in (folder / "模板").iterdir()} == templates


def test_the_product_is_whole_and_nothing_large_or_foreign_goes_along(folder: Path) -> None:
    source = {path.relative_to(ROOT) for path in (ROOT / "toolkit").rglob("*.py")}
    assert all((folder / "lib" / path).is_file() for path in source)
    assert (folder / "lib/toolkit/sample/data/task.toml").is_file()
    for name in ("pandas", "numpy", "panda3d", "setuptools", "pip", "tests"):
        assert not (folder / "lib" / name).exists()
    assert not list((folder / "python").glob("*panda*"))


def test_the_window_has_what_it_needs(folder: Path) -> None:
    with zipfile.ZipFile(folder / "python/python311.zip") as library:
        assert "tkinter/__init__.pyc" in library.namelist()
    for name in (
        "_tkinter.pyd",
        "tcl86t.dll",
        "tk86t.dll",
        "tcl/tcl8.6/init.tcl",
        "tcl/tk8.6/tk.tcl",
    ):
        assert (folder / "python" / name).is_file()


def test_every_library_has_its_licence(folder: Path) -> None:
    licences = [path.name for path in (folder / "licences").iterdir()]
    for info in (folder / "lib").glob("*.dist-info"):
        name = info.name.removesuffix(".dist-info")
        assert any(licence.startswith(name) for licence in licences), name
    assert {"Python.txt", "libtcl8.6.txt", "libtk8.6.txt", "整改台账工具箱.txt"} <= set(licences)


def test_every_library_that_is_asked_for_is_there_or_windows_own(folder: Path) -> None:
    assert list(not_found(folder)) == []


def test_a_library_that_wine_would_not_miss_is_missed(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "python", tmp_path / "python")
    (tmp_path / "python/vcruntime140_1.dll").unlink()
    assert "vcruntime140_1.dll" in {library for _, library in not_found(tmp_path)}


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_says_what_it_is(folder: Path, package: Path, program: str) -> None:
    with pefile.PE(str(folder / program)) as binary:
        subsystem = pefile.SUBSYSTEM_TYPE[binary.OPTIONAL_HEADER.Subsystem]
        tables = [
            table
            for part in binary.FileInfo[0]
            if hasattr(part, "StringTable")
            for table in part.StringTable
        ]
        entries = {key.decode(): value.decode() for key, value in tables[0].entries.items()}
        kinds = {
            pefile.RESOURCE_TYPE.get(entry.id) for entry in binary.DIRECTORY_ENTRY_RESOURCE.entries
        }
    assert subsystem == f"IMAGE_SUBSYSTEM_WINDOWS_{PROGRAMS[program]}"
    assert entries["ProductName"] == "整改台账工具箱"
    assert entries["FileVersion"] == package.name.split("-")[1]
    assert entries["OriginalFilename"] == program
    assert {"RT_ICON", "RT_MANIFEST"} <= kinds


def test_the_same_bytes_again(package: Path, packages: Path, tmp_path: Path) -> None:
    wheel = next(packages.glob("zhenggai-*.whl"))
    command: list[str | Path] = [sys.executable, "packaging/windows.py", tmp_path, "--wheel", wheel]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert sha256(tmp_path / package.name) == sha256(package)


@pytest.fixture(scope="module")
def windows(tmp_path_factory: pytest.TempPathFactory, screen: None) -> Iterator[wine.Wine]:
    """Windows, as far as wine is that; a program that waits keeps its server warm.

    The screen is there from the first program on: a desktop that begins without one never shows a window.
    """
    if not wine.is_there():
        pytest.skip("没有安装wine，未在其中试运行")
    ready = wine.prepare(tmp_path_factory.mktemp("wine") / "prefix")
    waiting = ready.start("cmd", "/c", "ping -n 900 127.0.0.1", cwd=ready.prefix)
    yield ready
    _end(waiting)


@pytest.fixture(scope="module")
def followed(windows: wine.Wine, folder: Path) -> list[str]:
    """What Windows answered to each line that docs/安装.md tells to type, in the unpacked folder."""
    answers = []
    for line in guide.lines("cmd"):
        done = windows.run("cmd", "/c", line, cwd=folder)
        assert done.returncode == 0, done.stdout + done.stderr
        answers.append(done.stdout)
    return answers


def test_the_guide_leads_to_the_notice(followed: list[str], folder: Path, package: Path) -> None:
    version, sample, made = followed
    assert version.strip() == f"整改台账工具箱 {package.name.split('-')[1]}"
    assert "请打开这个文件夹" in sample
    assert sample.rstrip().endswith("示例\\outbox\\2026-06-19")
    assert (folder / "示例/outbox/2026-06-19/整改进展通报.docx").is_file()
    assert "立即汇总" in made


def test_what_windows_makes_is_what_linux_makes(
    followed: list[str], folder: Path, reference: Path
) -> None:
    assert differing_in_substance(folder / "示例" / "outbox", reference) == []


def test_a_double_click_on_the_starter_runs_a_round(
    followed: list[str], windows: wine.Wine, folder: Path, tmp_path: Path
) -> None:
    """The program is called by a path of plain letters here: wine's cmd reads files by an old code page only."""
    workspace = tmp_path / "整改 （今年）"
    (tmp_path / "tool").symlink_to(folder)
    windows.run(tmp_path / "tool" / "zhenggai.exe", "init", workspace, cwd=tmp_path)
    baseline = next((folder / "示例/outbox/2026-05-29/原件").rglob("*.xlsx"))
    shutil.copy(baseline, workspace / "inbox")
    done = windows.run("cmd", "/c", "立即汇总.bat", cwd=workspace, text="\r\n")
    assert "成果在" in done.stdout, done.stdout + done.stderr
    assert list((workspace / "outbox").glob("*/整改进展通报.docx"))


def test_a_starter_whose_program_is_gone_says_so(
    windows: wine.Wine, folder: Path, tmp_path: Path
) -> None:
    workspace = tmp_path / "工作区 （旧）"
    windows.run(folder / "zhenggai.exe", "init", workspace, cwd=folder)
    (workspace / ".zhenggai/program.txt").write_text("C:\\没有\\zhenggai.exe\n", encoding="utf-8")
    done = windows.run("cmd", "/c", "立即汇总.bat", cwd=workspace, text="\r\n")
    assert "找不到整改台账工具箱的程序" in done.stdout


def test_an_old_windows_gets_a_sentence(windows: wine.Wine, folder: Path) -> None:
    key = r"HKCU\Software\Wine\AppDefaults\zhenggai.exe"
    windows.run("reg", "add", key, "/v", "Version", "/d", "win7", "/f", cwd=folder)
    done = windows.run(folder / "zhenggai.exe", "--version", cwd=folder)
    windows.run("reg", "delete", key, "/f", cwd=folder)
    assert done.returncode == 3
    assert "Windows 7、8上不能运行" in done.stderr


def test_half_an_unpacked_folder_says_so(windows: wine.Wine, folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "zhenggai.exe", tmp_path)
    done = windows.run(tmp_path / "zhenggai.exe", "--version", cwd=tmp_path)
    assert done.returncode == 3
    assert "完整解压" in done.stderr


def test_a_double_click_opens_the_window(windows: wine.Wine, folder: Path) -> None:
    program = windows.start(folder / "整改台账.exe", cwd=folder)
    end = time.monotonic() + SECONDS
    titles = ""
    while "整改台账工具箱" not in titles and time.monotonic() < end:
        command = ["xwininfo", "-root", "-tree"]
        titles = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
        time.sleep(0.5)
    _end(program)
    assert "整改台账工具箱" in titles


def _end(program: subprocess.Popen[bytes]) -> None:
    program.terminate()
    with program:
        program.wait()
