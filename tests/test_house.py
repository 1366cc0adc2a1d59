"""What holds the house together: lint, types, floors, and the promises that documents make."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize("paths", [("toolkit", "tests", "benchmarks")], ids=["ruff"])
def test_lint(paths: tuple[str, ...]) -> None:
    found = run(
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--no-cache",
        *[path for path in paths if (ROOT / path).is_dir()],
    )
    assert found.returncode == 0, found.stdout


def test_types(tmp_path: Path) -> None:
    found = run(sys.executable, "-m", "mypy", "--cache-dir", str(tmp_path))
    assert found.returncode == 0, found.stdout


def test_floors_imports_go_down_only() -> None:
    program = "import sys; sys.path.insert(0, ''); from importlinter.cli import lint_imports_command as go; go(['--no-cache'])"
    found = run(sys.executable, "-c", program)
    assert found.returncode == 0, found.stdout + found.stderr


def test_ci_runs_the_test_command_of_the_readme() -> None:
    command = next(
        line
        for line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
        if "pytest" in line and line.startswith("python3")
    )
    assert command in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()


def test_two_commands_stand_on_the_first_screen() -> None:
    first_screen = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:30]
    commands = [line for line in first_screen if line.startswith("python3 -m venv")]
    assert len(commands) == 2
    assert "zhenggai demo" in commands[0]
    assert "pytest" in commands[1]


def test_every_dependency_is_imported() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text[text.index("dependencies = [") : text.index("[project.optional-dependencies]")]
    modules = {
        "python-calamine": "python_calamine",
        "python-docx": "docx",
        "msoffcrypto-tool": "msoffcrypto",
    }
    source = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "toolkit").rglob("*.py")
    )
    for name in re.findall(r'"([a-z0-9-]+)[>=]', block):
        module = modules.get(name, name)
        assert re.search(rf"^\s*(?:import|from) {module}\b", source, re.MULTILINE), name
