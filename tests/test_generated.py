"""What is generated from code and committed is not stale."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import command_page
from toolkit.ledger.columns import COLUMNS
from toolkit.queries.reference import pages
from toolkit.run.templates import create_workspace
from toolkit.settings.model import Settings
from toolkit.settings.reading import load

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", pages())
def test_reference_pages(name: str) -> None:
    stale = "过期：运行 python -m toolkit.queries.reference"
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == pages()[name], stale


def test_the_page_of_commands() -> None:
    stale = "过期：运行 python -m tests.support.command_page"
    assert command_page.PAGE.read_text(encoding="utf-8") == command_page.text(), stale


def test_every_command_and_every_option_of_it_is_explained() -> None:
    text = command_page.text()
    for name, command in command_page.commands().items():
        assert f"\n### {name}\n" in text
        for given in command.params:
            assert given.help or given.param_type_name == "argument", (name, given.name)
            assert all(f"`{spelling}`" in text for spelling in given.opts if spelling[0] == "-")


@pytest.mark.parametrize("name", ["设置.xlsx", "整改台账.xlsx", "通报.docx"])
def test_templates(tmp_path: Path, name: str) -> None:
    fresh = create_workspace(tmp_path / "空").templates / name
    assert (ROOT / "templates" / name).read_bytes() == fresh.read_bytes()


def test_the_committed_settings_are_the_defaults() -> None:
    assert load((ROOT / "templates" / "设置.xlsx").read_bytes()) == Settings()


def test_every_column_is_explained() -> None:
    text = pages()["栏目.md"]
    assert all(f"`{column.code}`" in text for column in COLUMNS)
