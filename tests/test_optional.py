"""Rare needs do not decide where the program runs: what is heavy comes late, and its lack is one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from toolkit.optional import OPTIONAL, MissingLibrary, wanted_for

ROOT = Path(__file__).resolve().parents[1]
# Every import of these fails, as in a folder that was made without them.
WITHOUT = """
import sys
class Lacking:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Lacking())
"""


def python(program: str, *, without: frozenset[str] = OPTIONAL) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", WITHOUT.format(names=set(without)) + program]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, env=environment
    )


def test_the_sample_runs_to_its_end_without_any_of_them_and_names_the_folder_to_open(
    tmp_path: Path,
) -> None:
    arguments = ["zhenggai", "demo", str(tmp_path / "示例")]
    done = python(f"sys.argv = {arguments!r}\nfrom toolkit.cli import main\nmain()\n")
    assert (done.returncode, done.stderr) == (0, "")
    *_, hint, folder = done.stdout.splitlines()
    assert "请打开这个文件夹" in hint
    assert (Path(folder.strip()) / "整改进展通报.docx").is_file()


@pytest.mark.parametrize("library", sorted(OPTIONAL))
def test_a_library_that_lacks_is_named_with_what_it_is_for(library: str) -> None:
    with pytest.raises(MissingLibrary, match=f"导出数据要用到{library}，") as raised:  # noqa: SIM117
        with wanted_for("导出数据"):
            raise ModuleNotFoundError(name=f"{library}.part")
    assert str(raised.value).count("。") == 1


@pytest.mark.parametrize("name", ["lxml", "toolkit.nothing", None])
def test_any_other_import_that_fails_is_a_bug(name: str | None) -> None:
    with pytest.raises(ModuleNotFoundError):  # noqa: SIM117
        with wanted_for("导出数据"):
            raise ModuleNotFoundError(name=name)
