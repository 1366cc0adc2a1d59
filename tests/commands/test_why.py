"""`why`: a value with its cell and round, what it was before, and what the office decided."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from tests.support.command import zhenggai
from tests.support.items import ENTRY
from tests.support.made import FIRST, SECOND, Made, run_week
from toolkit.ledger.columns import CODES
from toolkit.sheets.grid import column_letters
from toolkit.workspace import Workspace

# Where the progress of the first item stands in every ledger of ours.
CELL = f"{column_letters(CODES.index('progress') + 1)}4"


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    return made.two_rounds(tmp_path / "区")


def test_a_value_is_told_with_what_it_was_before(place: Workspace) -> None:
    told = zhenggai("why", "3-2", "整改进展情况", "-w", place.root)
    assert (told.code, told.err) == (0, "")
    now, before = told.out.splitlines()
    assert now.startswith("整改进展情况：6月8日召开会议2次，修订《甲办法》。")
    assert now.endswith(f"［{SECOND}期，报送.xlsx › 整改台账!{CELL}］")
    assert before.startswith("  原为：")
    assert before.endswith(f"［{FIRST}期，台账.xlsx › 整改台账!{CELL}］")


def test_a_program_gets_the_same(place: Workspace) -> None:
    record = zhenggai("why", "3-2", "progress", "-w", place.root, "--json").record
    (value,) = record["values"]
    assert (record["id"], value["column"], value["header"]) == ("3-2", "progress", "整改进展情况")
    assert (value["value"], value["as_of"]) == ("6月8日召开会议2次，修订《甲办法》。", str(SECOND))
    assert (value["file"], value["sheet"], value["cell"]) == ("报送.xlsx", "整改台账", CELL)
    assert [(old["value"], old["as_of"]) for old in value["before"]] == [
        (ENTRY.item.progress, str(FIRST))
    ]
    assert record["decisions"] == []


def test_without_a_column_every_value_is_told_in_the_order_of_the_table(place: Workspace) -> None:
    record = zhenggai("why", "3-2", "-w", place.root, "--json").record
    told = [value["column"] for value in record["values"]]
    assert told[:3] == ["id", "source", "main_problem"]
    assert {"money", "people", "regulations"} < set(told)


def test_a_decision_of_the_office_stands_below_the_values(place: Workspace) -> None:
    path = place.outbox / SECOND.isoformat() / "汇总台账.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["整改台账"]
    heads = {cell.value: number for number, cell in enumerate(sheet[3], 1)}
    sheet.cell(4, heads["同意销号"]).value = "是"
    sheet.cell(4, heads["审核人"]).value = "王主任"
    sheet.cell(4, heads["审核日期"]).value = SECOND
    book.save(place.inbox / "审过.xlsx")
    run_week(place, SECOND + dt.timedelta(weeks=1))
    assert "审核：已销号（王主任" in zhenggai("why", "3-2", "-w", place.root).out
    (decision,) = zhenggai("why", "3-2", "-w", place.root, "--json").record["decisions"]
    assert (decision["ruling"], decision["by"], decision["on"]) == ("close", "王主任", str(SECOND))
    assert (decision["file"], decision["sheet"]) == ("审过.xlsx", "整改台账")


@pytest.mark.parametrize(
    ("asked", "said"),
    [(("9-9",), "没有问题“9-9”"), (("3-2", "没有的栏目"), "没有栏目“没有的栏目”")],
)
def test_what_is_not_there_is_said(place: Workspace, asked: tuple[str, ...], said: str) -> None:
    done = zhenggai("why", *asked, "-w", place.root)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
