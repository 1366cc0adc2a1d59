"""What a paper must say of itself: without it the house does not type-check, and what it says is so."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.support.items import ENTRY, SETTINGS
from tests.support.states import file_at, state_of
from toolkit.errors import ToolkitError
from toolkit.figures.printed import Printed, text_of
from toolkit.figures.table import placeholder_codes
from toolkit.gongwen.document import subject_of, visible_paragraphs
from toolkit.gongwen.template import Templates
from toolkit.ledger.letter import Letter, LetterKind
from toolkit.papers.brief import BRIEF
from toolkit.papers.notice import NOTICE
from toolkit.papers.paper import (
    Audience,
    Paper,
    all_papers,
    common_placeholders,
    files_of,
    placeholder_lines,
    returning_files,
    signed_files,
    subject_line,
    write_paper,
)
from toolkit.run.templates import create_workspace

STATE = state_of(
    [ENTRY],
    letters=tuple(
        Letter(
            kind=kind, prefix="整改督", serial=1, unit="规划建设局", items=("3-2",), as_of=dt.date(2026, 6, 19)
        )
        for kind in LetterKind
    ),
)  # fmt: skip


def test_a_paper_that_does_not_say_which_numbers_it_prints_does_not_type_check() -> None:
    """mypy holds the ignored line: if `numbers` could be left out, it would say that there is nothing to ignore."""
    with pytest.raises(TypeError, match="numbers"):
        Paper(  # type: ignore[call-arg]  # no numbers
            name="便函",
            template=lambda _settings: "便函.docx",
            blank={},
            files=lambda _state: {"便函.docx": None},
            values=lambda _state, _subject: {},
            parts=lambda _state, _subject, _templates: {},
            audience=Audience.OFFICE,
        )


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return create_workspace(tmp_path_factory.mktemp("模板") / "区", SETTINGS).templates


def test_every_paper_has_its_template_among_its_blanks_and_a_name_of_its_own() -> None:
    papers = all_papers()
    assert len({paper.name for paper in papers}) == len(papers)
    for paper in papers:
        assert paper.template(SETTINGS) in paper.blank


def test_the_paths_of_a_state_are_different_and_those_that_papers_name() -> None:
    files = list(files_of(STATE))
    assert len({file.path for file in files}) == len(files)
    for file in files:
        assert not file.paper.path or file.paper.path == file.path


def test_placeholders_are_the_names_that_values_fill_in() -> None:
    for file in files_of(STATE):
        assert set(file.paper.placeholders) == set(file.paper.values(STATE, file.subject))


def test_common_placeholders_are_filled_in_for_every_paper() -> None:
    common = set(common_placeholders(SETTINGS))
    assert set(placeholder_codes()) <= common
    for file in files_of(STATE):
        assert set(placeholder_lines(file, STATE)) == common | set(file.paper.placeholders)


def test_a_placeholder_of_a_figure_is_tied_to_it() -> None:
    lines = placeholder_lines(file_at(NOTICE), STATE)
    for name, code in placeholder_codes().items():
        (piece,) = lines[name]
        assert isinstance(piece, Printed)
        assert (piece.ref.code, piece.text) == (code, STATE.figures.whole.text(code))


def test_a_value_of_the_paper_wins_over_the_common_one() -> None:
    letter = next(file for file in files_of(STATE) if file.paper.name == "督办函")
    other = state_of([ENTRY], as_of=dt.date(2027, 1, 1), letters=STATE.letters)
    assert text_of(placeholder_lines(letter, other)["截至日期"]) == "2026年6月19日"
    assert text_of(placeholder_lines(file_at(NOTICE), other)["截至日期"]) == "2027年1月1日"


def test_signed_and_returning_papers_are_those_that_say_so() -> None:
    assert set(signed_files()) <= returning_files()
    assert NOTICE in signed_files()
    assert BRIEF not in returning_files()


def test_a_written_file_names_itself_and_the_code_of_its_state(
    tmp_path: Path, templates: Path
) -> None:
    for file in files_of(STATE):
        path = write_paper(file, STATE, Templates(templates), tmp_path)
        assert path == tmp_path / file.path
        assert subject_of(path) == subject_line(file.path, STATE.code)
        assert subject_of(path).endswith(" 简码7F3A-91C2")
    assert subject_line("督办/函.docx", "") == ""


def test_a_missing_template_is_named(tmp_path: Path) -> None:
    with pytest.raises(ToolkitError, match="缺少模板"):
        write_paper(file_at(BRIEF), STATE, Templates(tmp_path), tmp_path)


def test_a_paper_without_text_of_its_own_still_says_the_day(
    tmp_path: Path, templates: Path
) -> None:
    path = write_paper(file_at(BRIEF), state_of([]), Templates(templates), tmp_path)
    assert any("截至2026年6月19日" in text for text in visible_paragraphs(path))
