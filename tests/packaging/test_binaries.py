"""Tables of binaries are read as loaders read them: on binaries made here, and on this Python's own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bundle import linux_binaries, windows_binaries

COMPILER = "x86_64-w64-mingw32-gcc"
needs_compiler = pytest.mark.skipif(not shutil.which(COMPILER), reason="没有安装 gcc-mingw-w64")


def library(folder: Path, name: str, *needed: Path) -> Path:
    """A Windows library that offers one function and asks for others."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = name.partition(".")[0]
    calls = "".join(f"int {path.stem}(void); " for path in needed)
    total = " + ".join([*(f"{path.stem}()" for path in needed), "1"])
    source = folder / f"{stem}.c"
    source.write_text(f"{calls}__declspec(dllexport) int {stem}(void) {{ return {total}; }}")
    command: list[str | Path] = [
        COMPILER,
        "-shared",
        "-nostdlib",
        "-e",
        "0",
        "-o",
        folder / name,
        source,
        *needed,
    ]
    subprocess.run(command, check=True)
    source.unlink()
    return folder / name


@needs_compiler
def test_what_a_windows_library_offers_and_asks_for(tmp_path: Path) -> None:
    inner = library(tmp_path, "inner.dll")
    outer = library(tmp_path, "outer.pyd", inner)
    assert windows_binaries.imports(inner) == frozenset()
    assert windows_binaries.imports(outer) == {"inner.dll"}
    assert windows_binaries.exports(outer) == ("outer",)


@needs_compiler
@pytest.mark.parametrize(
    ("there", "is_found"),
    [("lib", True), ("python", True), ("lib/some.libs", True), ("lib/other", False)],
)
def test_a_library_is_found_only_where_windows_looks(
    tmp_path: Path, there: str, is_found: bool
) -> None:
    inner = library(tmp_path / "made", "inner.dll")
    outer = library(tmp_path / "folder" / "lib", "outer.pyd", inner)
    place = tmp_path / "folder" / there
    place.mkdir(parents=True, exist_ok=True)
    shutil.copy(inner, place)
    lost = list(windows_binaries.not_found(tmp_path / "folder"))
    assert lost == ([] if is_found else [(outer, "inner.dll")])


@pytest.mark.parametrize("name", ["vcruntime140_1.dll", "msvcp140.dll", "python3.dll"])
def test_what_no_fresh_windows_has_is_not_taken_for_granted(name: str) -> None:
    assert name not in windows_binaries.OF_WINDOWS


def test_this_pythons_own_binaries() -> None:
    python = Path(sys.executable).resolve()
    assert any(name.startswith("libc.so") for name in linux_binaries.needed(python))
    assert (2, 2) <= linux_binaries.glibc(python) < (3, 0)
    assert python in set(linux_binaries.binaries(python.parent))


def test_what_is_no_binary_asks_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "文字.so").write_text("INPUT(libfoo.so.1)")
    assert linux_binaries.needed(tmp_path / "文字.so") == ()
    assert list(linux_binaries.binaries(tmp_path)) == []
