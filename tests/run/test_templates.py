"""A new workspace has every template; what an office has edited stays, what an older version lacks is added."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.items import SETTINGS
from tests.support.made import Made
from toolkit.gongwen.document import visible_paragraphs
from toolkit.gongwen.template import placeholders
from toolkit.papers.paper import all_papers, common_placeholders
from toolkit.papers.prose import DEFAULT
from toolkit.run.templates import (
    LEDGER,
    NOTICE_TEMPLATE,
    STAMP,
    blanks,
    complete_templates,
    create_workspace,
)
from toolkit.settings.reading import load
from toolkit.workspace import Workspace


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    return made.empty(tmp_path / "区")


def names(place: Workspace) -> set[str]:
    return {path.name for path in place.templates.iterdir()}


def test_every_template_of_every_paper_is_there(place: Workspace) -> None:
    assert names(place) >= {"设置.xlsx", LEDGER, *blanks()}
    for paper in all_papers():
        assert set(paper.blank) <= names(place)
    assert load(place.settings_path.read_bytes()) == SETTINGS


def test_a_template_asks_only_for_what_its_paper_fills_in(place: Workspace) -> None:
    for paper in all_papers():
        known = set(common_placeholders(SETTINGS)) | set(paper.placeholders)
        for name in paper.blank:
            assert placeholders(place.templates / name) <= known, name


def test_making_it_again_changes_nothing_that_is_there(place: Workspace) -> None:
    before = {path.name: path.read_bytes() for path in place.templates.iterdir()}
    (place.templates / "周报.docx").unlink()
    other = replace(SETTINGS, task=replace(SETTINGS.task, issuer_short="别的"))
    create_workspace(place.root, other)
    after = {path.name: path.read_bytes() for path in place.templates.iterdir()}
    assert after.keys() == before.keys()
    assert {name for name in before if before[name] != after[name]} <= {"周报.docx"}


def test_equal_settings_make_equal_templates(place: Workspace, tmp_path: Path) -> None:
    again = create_workspace(tmp_path / "又", SETTINGS)
    for path in place.templates.iterdir():
        assert (again.templates / path.name).read_bytes() == path.read_bytes(), path.name
    assert dt.datetime(2026, 1, 1) == STAMP


def test_the_office_s_own_notice_is_written_with_its_prose(tmp_path: Path) -> None:
    prose = replace(DEFAULT, contact="监督电话：{{电话}}，欢迎来信。")
    place = create_workspace(tmp_path / "自有", SETTINGS, prose)
    texts = visible_paragraphs(place.templates / NOTICE_TEMPLATE)
    assert "监督电话：{{电话}}，欢迎来信。" in texts


def test_a_run_adds_what_an_older_version_lacked_but_never_a_notice_that_is_gone(
    place: Workspace,
) -> None:
    """If the notice that the office has been using is gone, that is said, not mended."""
    for name in blanks():
        (place.templates / name).unlink()
    complete_templates(place, SETTINGS)
    assert set(blanks()) - names(place) == {NOTICE_TEMPLATE}
