"""What holds the house together: lint, types, floors, and the promises that documents make."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from vulture import Vulture

from tests.support import pins
from toolkit.cli import app

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


def test_format() -> None:
    found = run(sys.executable, "-m", "ruff", "format", "--check", "--no-cache")
    assert found.returncode == 0, found.stdout


def test_types(tmp_path: Path) -> None:
    found = run(sys.executable, "-m", "mypy", "--cache-dir", str(tmp_path))
    assert found.returncode == 0, found.stdout


def test_floors_imports_go_down_only() -> None:
    program = "import sys; sys.path.insert(0, ''); from importlinter.cli import lint_imports_command as go; go(['--no-cache'])"
    found = run(sys.executable, "-c", program)
    assert found.returncode == 0, found.stdout + found.stderr


# What vulture cannot see being used, each with who uses it.
USED_ELSEWHERE = {
    "handle_starttag": "Python's parser of HTML",
    "handle_endtag": "Python's parser of HTML",
    "handle_data": "Python's parser of HTML",
    "__getattr__": "Python, of a module",
    "list_commands": "the command line library",
    "doctype": "the XML parser",
    "StartElementHandler": "the XML parser",
    "EndElementHandler": "the XML parser",
    "CharacterDataHandler": "the XML parser",
    "buffer_text": "the XML parser",
    "finalize": "SQLite, of an aggregate",
    "trace": "Python, of a context manager",
    "_write_formula": "xlsxwriter",
    "_blob": "python-docx",
    "ico": "packaging/windows.py, of the icon",
    "last_modified_by": "python-docx",
    "highlight_val": "python-docx",
    "different_first_page_header_footer": "python-docx",
    "create_system": "zipfile",
    "root_cause": "a column, by its code",
    "not_started": "the words of a status, by its code",
    "in_progress": "the words of a status, by its code",
    "postcode": "a setting, by its placeholder",
    "remind_prefix": "a setting, by the kind of the letter",
    "urge_prefix": "a setting, by the kind of the letter",
    "warn_prefix": "a setting, by the kind of the letter",
    "EACH": "a choice of the settings, by its word",
    "annex_note": "the engine's annexes (GB/T 9704 7.3.4), which no paper has yet",
    "annex_start": "the engine's annexes (GB/T 9704 7.3.7), which no paper has yet",
    "end_portrait": "the engine's landscape annexes, which no paper has yet",
    "end_landscape": "the engine's landscape annexes, which no paper has yet",
}


def unused(*paths: Path) -> dict[str, str]:
    """Name → where it stands, of everything that nothing uses; registered functions are used by their registry."""
    looker = Vulture(ignore_decorators=["@*_rule", "@clause", "@command", "@app.callback"])
    looker.scavenge(list(paths))
    return {
        found.name: f"{found.filename.name}:{found.first_lineno} {found.message}"
        for found in looker.get_unused_code(min_confidence=60)
    }


def test_nothing_is_written_that_nobody_calls() -> None:
    """A guard that no one calls is seen here; what only tests call belongs to the tests."""
    found = unused(ROOT / "toolkit")
    assert {name: where for name, where in found.items() if name not in USED_ELSEWHERE} == {}
    assert set(USED_ELSEWHERE) - found.keys() == set(), "no longer unused: take it off the list"


def test_an_uncalled_guard_is_seen(tmp_path: Path) -> None:
    guard = tmp_path / "guard.py"
    guard.write_text("def prove():\n    return _brief()\n\n\ndef _brief():\n    return 1\n")
    assert unused(guard).keys() == {"prove"}


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


def test_every_command_has_its_tests() -> None:
    """One module a command, one test file a command; tests/commands/ may hold more."""
    modules = {path.stem for path in (ROOT / "toolkit" / "commands").glob("[!_]*.py")}
    tests = {
        path.stem.removeprefix("test_") for path in (ROOT / "tests" / "commands").glob("test_*.py")
    }
    assert modules - tests == set()
    assert modules == {command.callback.__name__ for command in app.registered_commands}


# Rooms of which every module has a test file of its own, under its own name.
TWINS = ("figures", "register", "run", "run/proof", "issued")


@pytest.mark.parametrize("room", TWINS)
def test_every_module_has_its_tests(room: str) -> None:
    """A twin that is missing is visible: what a room's own file does is tested where one looks for it."""
    modules = {path.stem for path in (ROOT / "toolkit" / room).glob("[!_]*.py")}
    tests = {path.stem.removeprefix("test_") for path in (ROOT / "tests" / room).glob("test_*.py")}
    assert modules - tests == set()


def test_ci_pins_what_it_installs() -> None:
    """Every direct dependency stands in constraints.txt, at a version that pyproject.toml allows."""
    assert "PIP_CONSTRAINT" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    versions = pins.pinned()
    for wanted in pins.direct():
        version = versions.get(pins.canonical(wanted.name), "没有")
        assert wanted.specifier.contains(version), f"{wanted}：python -m tests.support.pins"


def test_what_is_tested_is_what_is_packed() -> None:
    packed: dict[str, set[str]] = {}
    for line in (ROOT / "packaging" / "lock.txt").read_text(encoding="utf-8").splitlines():
        if found := re.match(r"([a-z0-9-]+)==([^ ;]+)", line):
            packed.setdefault(found[1], set()).add(found[2])
    tested = {name: version for name, version in pins.pinned().items() if name in packed}
    assert len(tested) > 20
    assert {name: v for name, v in tested.items() if v not in packed[name]} == {}


def test_hooks_before_a_commit_fetch_nothing() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r"repo: (\S+)", hooks)) == {"local"}
    assert set(re.findall(r"language: (\S+)", hooks)) == {"system"}
    assert {"ruff check", "ruff format", "mypy", "lint-imports"} <= {
        entry.removeprefix("python -m ").removesuffix(" --force-exclude")
        for entry in re.findall(r"entry: (.+)", hooks)
    }


def test_types_are_for_those_who_import_us_too() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "py.typed" in project["tool"]["setuptools"]["package-data"]["toolkit"]
    assert (ROOT / "toolkit" / "py.typed").is_file()


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
