"""What the pages for engineers show is true: the worked examples run, the floors are those of pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.cases import faults
from tests.support.items import ENTRY
from tests.support.proofs import faults_of
from tests.support.states import state_of
from toolkit.checks import rule as rules
from toolkit.checks.rule import Case, Fault, row_rule
from toolkit.figures import table
from toolkit.gongwen.document import visible_paragraphs
from toolkit.gongwen.template import Templates
from toolkit.ledger import columns
from toolkit.ledger.finding import Severity
from toolkit.papers import brief, signoff
from toolkit.papers.paper import File, write_paper

ROOT = Path(__file__).resolve().parents[1]
ARCHITECTURE = (ROOT / "docs" / "架构.md").read_text(encoding="utf-8")


def example(heading: str) -> str:
    """The Python under a heading of 架构.md."""
    section = ARCHITECTURE.split(f"\n### {heading}\n", 1)[1].split("\n### ", 1)[0]
    found = re.search(r"```python\n(.*?)```", section, re.DOTALL)
    assert found, heading
    return found[1]


def test_the_floors_are_those_that_are_held() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = settings["tool"]["importlinter"]["contracts"]
    shown = ARCHITECTURE.split("```")[1]
    floors = [floor.split("、") for floor in re.split(r"\s*→\s*", shown.strip())]
    held = [[room.strip() for room in layer.split("|")] for layer in contract["layers"]]
    assert floors == held, " → ".join("、".join(floor) for floor in held)


def test_every_room_is_explained() -> None:
    table = ARCHITECTURE.split("| 房间 |", 1)[1].split("\n## ", 1)[0]
    rooms = {path.name for path in (ROOT / "toolkit").iterdir() if (path / "__init__.py").is_file()}
    assert {room for room in rooms - {"sample"} if f"`{room}/`" not in table} == set()


def test_the_example_of_a_column_is_a_column() -> None:
    (column,) = eval(f"({example('栏目')})", vars(columns))  # noqa: S307 - our own page
    assert isinstance(column, columns.Column)
    assert column.code not in columns.BY_CODE


def test_the_example_of_a_rule_finds_its_bad_example_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_RULES", {})
    names: dict[str, Any] = {
        "row_rule": row_rule, "Severity": Severity, "Fault": Fault, "Case": Case, "Iterator": Iterator,
    }  # fmt: skip
    exec(example("规则"), names)  # noqa: S102 - our own page
    (rule,) = rules._RULES.values()
    assert all(faults(rule, bad) for bad in rule.bad)
    assert not any(faults(rule, good) for good in rule.good)


def test_the_example_of_a_figure_is_a_figure() -> None:
    (figure,) = eval(f"({example('数字')})", vars(table))  # noqa: S307 - our own page
    assert isinstance(figure, table.Figure)
    assert figure.code not in table.BY_CODE
    assert figure.placeholder not in table.placeholder_codes()


def test_the_example_of_a_paper_is_written_and_proved(tmp_path: Path) -> None:
    """In the names that a module of papers/ imports; what it prints is what it names."""
    names: dict[str, Any] = {**vars(brief), **vars(signoff), "PAPERS": ()}
    exec(example("公文"), names)  # noqa: S102 - our own page
    (paper,) = names["PAPERS"]
    state = state_of([ENTRY])
    for name, write in paper.blank.items():
        write(tmp_path / name, state.created, state.settings)
    (path,) = paper.files(state)
    file = File(paper, path, None)
    folder = tmp_path / "出"
    write_paper(file, state, Templates(tmp_path), folder)
    assert faults_of(file, state, folder, tmp_path) == ()
    assert any("逾期0个" in text for text in visible_paragraphs(folder / path))
    without = File(replace(paper, numbers=frozenset()), path, None)
    assert faults_of(without, state, folder, tmp_path) == ("overdue不在这份公文列明的数字之中",)


@pytest.mark.parametrize("heading", ["设置", "输入格式"])
def test_the_other_examples_are_python(heading: str) -> None:
    compile(example(heading), heading, "exec")


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/开发.md", "docs/架构.md"])
def test_links_and_files_that_a_page_names_are_there(page: str) -> None:
    path = ROOT / page
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (path.parent / target).exists(), target
    for named in re.findall(r"`((?:tests|toolkit|docs|benchmarks)/[^`*<>…]+\.\w+)`", text):
        assert (ROOT / named).exists(), named
