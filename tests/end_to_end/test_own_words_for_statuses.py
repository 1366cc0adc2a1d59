"""An office's own words for a status are asked once, in 状态对照, and mean what the office says."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from tests.support.command import zhenggai
from tests.support.drawn import HEAD, Sheet, line, workbook
from tests.support.made import Made, run_week
from toolkit.settings.reading import load

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.workspace import Workspace

FIRST, SECOND = dt.date(2026, 6, 5), dt.date(2026, 6, 12)
WORDS = ("待复核", "移交中", "待复核")


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    place = made.empty(tmp_path / "区")
    rows = [line(n, 整改状态=word) for n, word in enumerate(WORDS, 1)]
    (place.inbox / "台账.xlsx").write_bytes(workbook(Sheet([HEAD, *rows])))
    return place


def asked(place: Workspace) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(place.settings_path)["状态对照"]
    return [list(cells) for cells in sheet.iter_rows(min_row=3, values_only=True) if cells[0]]


def answer(place: Workspace, **meanings: str) -> None:
    book = openpyxl.load_workbook(place.settings_path)
    sheet = book["状态对照"]
    for row in range(3, 20):
        if sheet.cell(row, 1).value in meanings:
            sheet.cell(row, 2).value = meanings[str(sheet.cell(row, 1).value)]
    book.save(place.settings_path)


def statuses(record: dict[str, Any]) -> list[str | None]:
    return [row["status"] for row in record["rows"]]


def test_each_word_is_asked_once_with_its_file(place: Workspace) -> None:
    assert statuses(run_week(place, FIRST)) == [None, None, None]
    assert asked(place) == [["待复核", None, "台账.xlsx"], ["移交中", None, "台账.xlsx"]]
    run_week(place, SECOND)
    assert len(asked(place)) == 2


def test_what_the_office_says_holds_from_then_on(place: Workspace) -> None:
    run_week(place, FIRST)
    answer(place, 待复核="已完成", 移交中="不是状态")
    record = run_week(place, FIRST)  # the same period, computed from all its inputs
    assert statuses(record) == ["done", None, "done"]
    told = zhenggai("why", "1-1", "整改状态", "-w", place.root).out
    assert "台账.xlsx" in told


def test_the_dispatched_sheet_knows_the_word_too(place: Workspace) -> None:
    run_week(place, FIRST)
    answer(place, 待复核="已完成", 移交中="正在整改")
    assert zhenggai("dispatch", "-w", place.root, "--as-of", str(FIRST)).code == 0
    (path,) = (place.outbox / f"下发-{FIRST}").glob("*.xlsx")
    listed = [list(cells) for cells in openpyxl.load_workbook(path)["_字典"].values]
    assert any("待复核" in map(str, cells) for cells in listed)


def test_a_word_that_is_no_status_of_the_office_is_answered(place: Workspace) -> None:
    run_week(place, FIRST)
    answer(place, 待复核="快了")
    stopped = zhenggai("run", "-w", place.root, "--as-of", str(SECOND))
    assert stopped.code != 0
    assert "“状态对照”!B3不是整改状态，写的是“快了”" in stopped.err


def test_an_answer_changes_the_digest_and_a_question_does_not(place: Workspace) -> None:
    before = load(place.settings_path.read_bytes()).digest
    run_week(place, FIRST)
    open_ = load(place.settings_path.read_bytes())
    answer(place, 待复核="已完成")
    answered = load(place.settings_path.read_bytes())
    assert open_.with_form(load(place.settings_path.read_bytes()).form).digest != answered.digest
    assert [choice.decided for choice in answered.statuses] == [True, False]
    assert before != answered.digest
