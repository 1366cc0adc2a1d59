"""Ledgers to the units: written again as often as one likes, and what a person has made of one stays."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from tests.support.made import OFFICE, SECOND, Made
from tests.support.proved import LEDGER, Office
from toolkit.errors import UsageError
from toolkit.run.dispatch import dispatch_ledgers
from toolkit.workspace import Workspace

DAY = dt.date(2026, 6, 15)
FOLDER = "下发-2026-06-15"
NAME = "规划建设局-整改台账-2026-06-15.xlsx"


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    return made.two_rounds(tmp_path / "区")


def names(place: Workspace) -> list[str]:
    return sorted(path.name for path in (place.outbox / FOLDER).iterdir())


def test_a_workbook_a_unit_with_what_the_register_knows(place: Workspace) -> None:
    paths = dispatch_ledgers(place, OFFICE, DAY)
    assert [path.name for path in paths] == [NAME]
    sheet = openpyxl.load_workbook(paths[0])["整改台账"]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("6月8日召开会议2次" in text for text in texts)


def test_every_unit_that_leads_something_open_gets_its_own(tmp_path: Path) -> None:
    office = Office(tmp_path / "区")
    office.ledger(*LEDGER)
    office.run(dt.date(2026, 6, 5))
    paths = dispatch_ledgers(office.place, office.settings, DAY)
    units = {row.get("牵头单位", "规划建设局") for row in LEDGER} - {""}
    assert {path.name.split("-")[0] for path in paths} == units
    for path in paths:
        book = openpyxl.load_workbook(path)
        texts = " ".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row)
        others = [
            row["具体问题"] for row in LEDGER if row.get("牵头单位", "规划建设局") not in path.name
        ]
        assert not any(problem in texts for problem in others if problem)


def test_again_the_same_day_nothing_is_doubled(place: Workspace) -> None:
    first = dispatch_ledgers(place, OFFICE, DAY)[0].read_bytes()
    (again,) = dispatch_ledgers(place, OFFICE, DAY)
    assert (again.name, again.read_bytes()) == (NAME, first)
    assert names(place) == [NAME]


def test_one_that_a_person_has_changed_stays_and_ours_stands_beside_it(place: Workspace) -> None:
    (path,) = dispatch_ledgers(place, OFFICE, DAY)
    path.write_bytes(b"filled in")
    (beside,) = dispatch_ledgers(place, OFFICE, DAY)
    assert path.read_bytes() == b"filled in"
    assert beside.name != NAME
    assert "（新）" in beside.name
    dispatch_ledgers(place, OFFICE, DAY)
    assert path.read_bytes() == b"filled in"


def test_what_was_never_ours_is_left_alone(place: Workspace) -> None:
    folder = place.outbox / FOLDER
    folder.mkdir()
    (folder / "说明.docx").write_bytes(b"a letter")
    (folder / "子文件夹").mkdir()
    dispatch_ledgers(place, OFFICE, DAY)
    assert (folder / "说明.docx").read_bytes() == b"a letter"
    assert (folder / "子文件夹").is_dir()


@pytest.mark.parametrize("note", ["", "{", "不是JSON"])
def test_a_damaged_note_of_what_was_ours_replaces_nothing(place: Workspace, note: str) -> None:
    (path,) = dispatch_ledgers(place, OFFICE, DAY)
    path.write_bytes(b"filled in")
    (place.hidden / "dispatched.json").write_text(note, encoding="utf-8")
    dispatch_ledgers(place, OFFICE, DAY)
    assert path.read_bytes() == b"filled in"


def test_an_empty_register_has_nothing_to_send_out(made: Made, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="台账库是空的"):
        dispatch_ledgers(made.empty(tmp_path / "空"), OFFICE, SECOND)
