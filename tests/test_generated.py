"""What is generated from code and committed is not stale."""

from __future__ import annotations

from pathlib import Path

import pytest

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


@pytest.mark.parametrize("name", ["设置.xlsx", "整改台账.xlsx", "通报.docx"])
def test_templates(tmp_path: Path, name: str) -> None:
    fresh = create_workspace(tmp_path / "空").templates / name
    assert (ROOT / "templates" / name).read_bytes() == fresh.read_bytes()


def test_the_committed_settings_are_the_defaults() -> None:
    assert load((ROOT / "templates" / "设置.xlsx").read_bytes()) == Settings()


def test_every_column_is_explained() -> None:
    text = pages()["栏目.md"]
    assert all(f"`{column.code}`" in text for column in COLUMNS)
