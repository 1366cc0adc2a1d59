"""`check`: the office's own workbooks and the units', inside a workspace and outside; nothing is touched."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.support.command import zhenggai
from tests.support.items import ENTRY
from tests.support.made import FIRST, SECOND, Made
from toolkit.workspace import Workspace


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    return made.two_rounds(tmp_path / "区")


@pytest.mark.parametrize("day", [FIRST, SECOND], ids=["one of before", "the newest"])
def test_the_office_s_own_consolidated_workbook_is_checked(place: Workspace, day: date) -> None:
    done = zhenggai("check", place.outbox / str(day) / "汇总台账.xlsx", "-w", place.root)
    assert (done.code, done.err) == (1, "")
    assert done.out.startswith("■ 汇总台账.xlsx")
    assert "其中没有填写审核意见" in done.out


def test_outside_a_workspace_it_is_a_ledger_like_any_other(
    place: Workspace, tmp_path: Path
) -> None:
    book = place.outbox / str(SECOND) / "汇总台账.xlsx"
    done = zhenggai("check", book, "-w", tmp_path / "没有工作区")
    assert done.err == ""
    assert "读取2行" in done.out


def test_an_edit_of_the_office_is_held_against_what_the_workbook_said(place: Workspace) -> None:
    """The newest text came after this workbook: only what the office typed into it is an edit."""
    path = place.outbox / FIRST.isoformat() / "汇总台账.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["整改台账"]
    heads = {cell.value: number for number, cell in enumerate(sheet[3], 1)}
    sheet.cell(4, heads["具体问题"]).value = "改了基准的问题"
    copy = place.root / "审过的.xlsx"
    book.save(copy)
    found = zhenggai("check", copy, "-w", place.root, "--json").record["findings"]
    assert [(one["rule"], one["id"], one["column"]) for one in found if one["rule"][0] == "I"] == [
        ("I113", ENTRY.item.id, "problem")
    ]


def test_every_workbook_that_was_issued_can_be_checked(place: Workspace) -> None:
    books = sorted((place.outbox / SECOND.isoformat()).rglob("*.xlsx"))
    assert len(books) >= 4
    for book in books:
        done = zhenggai("check", book, "-w", place.root)
        assert done.code in (0, 1), done.err
        assert done.err == ""


def test_a_folder_is_checked_file_by_file_and_errors_are_the_exit_code(
    place: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "收到的"
    folder.mkdir()
    (folder / "甲.csv").write_text(
        "问题编号,具体问题,整改状态\n3-2,具体问题一,差不多了\n", encoding="utf-8"
    )
    (folder / "乙.pdf").write_bytes(b"%PDF-1.7")
    done = zhenggai("check", folder, "-w", place.root, "--json")
    assert done.code == 1
    assert {given["file"]: given["verdict"] for given in done.record["inputs"]} == {
        "乙.pdf": "rejected",
        "甲.csv": "accepted",
    }
    assert {"inputs", "untaken", "findings"} == done.record.keys()


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = zhenggai("check", tmp_path / "没有.xlsx", "-w", tmp_path)
    assert done.code == 2
    assert "没有.xlsx" in done.err
