"""Columns of the office's own: kept from the first ledger on, merged like others, told with their cells, never lost."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.support.command import zhenggai
from tests.support.drawn import Sheet, reading, said, workbook
from tests.support.made import Made, run_week
from tests.support.open_ledger import OpenLedger
from toolkit.ledger.own import (
    heading_path,
    in_form_order,
    is_own,
    own_code,
    own_heading,
    told_apart,
)
from toolkit.workspace import Workspace

HEAD = ["序号", "审计项目", "审计查出的主要问题", "问题金额（万元）", "整改责任单位", "整改措施", "整改时限", "整改进展情况",
        "整改状态", "审计建议"]  # fmt: skip
FIRST, SECOND, THIRD = dt.date(2026, 6, 5), dt.date(2026, 6, 12), dt.date(2026, 6, 19)


def row(number: int, money: object, advice: str, done: str = "召开部署会，明确分工") -> list[Any]:
    unit = ("规划建设局", "财政金融局", "社会事务局")[number - 1]
    return [number, f"{number}号专项资金审计", f"第{number}笔结余资金未及时收回", money, unit, "1.清理账目。", "2026-09-30",
            f"{number + 2}月{number}日{done}{number}次。", "正在整改", advice]  # fmt: skip


LEDGER = [HEAD, row(1, 36.5, "完善台账"), row(2, 120, ""), row(3, "", "收回资金\n并问责")]


def drop(place: Workspace, name: str, rows: list[list[Any]]) -> None:
    (place.inbox / name).write_bytes(workbook(Sheet(rows)))


def own(record: dict[str, Any]) -> list[dict[str, str]]:
    return [{cell["heading"]: cell["value"] for cell in row["own"]} for row in record["rows"]]


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    place = made.empty(tmp_path / "区")
    drop(place, "审计整改台账.xlsx", LEDGER)
    return place


def test_own_columns_of_the_first_ledger_are_in_the_record(place: Workspace) -> None:
    assert own(run_week(place, FIRST)) == [
        {"审计建议": "完善台账", "审计项目": "1号专项资金审计", "问题金额（万元）": "36.5"},
        {"审计项目": "2号专项资金审计", "问题金额（万元）": "120"},
        {"审计建议": "收回资金\n并问责", "审计项目": "3号专项资金审计"},
    ]


def test_a_return_changes_what_it_says_and_a_blank_erases_nothing(place: Workspace) -> None:
    before = own(run_week(place, FIRST))
    drop(place, "规划建设局.xlsx", [HEAD, row(1, 40, "", done="再次核对往来款")])
    after = own(run_week(place, SECOND))
    assert after == [{**before[0], "问题金额（万元）": "40"}, *before[1:]]
    assert own(run_week(place, THIRD)) == after


def test_of_two_returns_of_one_period_each_own_cell_is_the_newest(place: Workspace) -> None:
    run_week(place, FIRST)
    drop(place, "规划建设局1.xlsx", [HEAD, row(1, 40, "另行约谈", done="再次核对往来款")])
    run_week(place, SECOND)
    drop(place, "规划建设局2.xlsx", [HEAD, row(1, 41, "", done="第三次核对往来款")])
    first = own(run_week(place, SECOND))[0]
    assert (first["问题金额（万元）"], first["审计建议"]) == ("41", "另行约谈")


def test_why_tells_an_own_cell_with_what_it_was_before(place: Workspace) -> None:
    run_week(place, FIRST)
    drop(place, "规划建设局.xlsx", [HEAD, row(1, 40, "", done="再次核对往来款")])
    run_week(place, SECOND)
    told = zhenggai("why", "1", "问题金额（万元）", "-w", place.root)
    now, before = told.out.splitlines()
    assert now == f"问题金额（万元）：40  ［{SECOND}期，规划建设局.xlsx › Sheet1!D2］"
    assert before == f"  原为：36.5  ［{FIRST}期，审计整改台账.xlsx › Sheet1!D2］"
    everything = zhenggai("why", "1", "-w", place.root, "--json").record["values"]
    assert [value["header"] for value in everything][-3:] == [
        "审计项目",
        "问题金额（万元）",
        "审计建议",
    ]
    unknown = zhenggai("why", "1", "天气", "-w", place.root)
    assert unknown.code != 0
    assert "审计建议" in unknown.err


def test_undoing_a_period_takes_its_own_values_back(place: Workspace) -> None:
    before = own(run_week(place, FIRST))
    drop(place, "规划建设局.xlsx", [HEAD, row(1, 40, "另行约谈", done="再次核对往来款")])
    run_week(place, SECOND)
    assert zhenggai("undo", "-w", place.root).code == 0
    for back in place.inbox.iterdir():
        back.unlink()
    assert own(run_week(place, THIRD)) == before


def test_a_column_that_only_a_unit_added_is_asked_and_kept(place: Workspace) -> None:
    run_week(place, FIRST)
    drop(place, "规划建设局.xlsx", [[*HEAD, "现场照片编号"], [*row(1, 36.5, ""), "照片7"]])
    record = run_week(place, SECOND)
    assert own(record)[0]["现场照片编号"] == "照片7"
    (told,) = [found for found in record["findings"] if found["value"] == "现场照片编号"]
    assert told["rule"] == "X101"
    assert "保留" in told["message"]


OWN = ["审计项目", "问题金额（万元）", "审计建议"]


def head_and_rows(path: Path, head_row: int) -> tuple[list[Any], list[list[Any]]]:
    ledger = OpenLedger.of(path)
    rows = [list(cells) for cells in ledger.sheet.values]
    head_row = min(head_row, ledger.head_row)
    return rows[head_row - 1], [cells for cells in rows[head_row:] if cells[0]]


def own_cells(path: Path, head_row: int = 3) -> list[list[Any]]:
    head, rows = head_and_rows(path, head_row)
    assert [heading for heading in head if heading in OWN] == OWN
    return [[cells[head.index(heading)] for heading in OWN] for cells in rows]


def dispatched(place: Workspace, day: dt.date, unit: str) -> Path:
    assert zhenggai("dispatch", "-w", place.root, "--as-of", str(day)).code == 0
    (path,) = (place.outbox / f"下发-{day}").glob(f"{unit}*.xlsx")
    return path


def fill(path: Path, to: Path, **cells: Any) -> None:
    """What a unit writes into its first row, by heading."""
    ledger = OpenLedger.of(path)
    for heading, value in cells.items():
        ledger.write(ledger.first, heading, value)
    ledger.book.save(to)


def test_dispatched_ledgers_have_the_own_columns_of_their_own_rows(place: Workspace) -> None:
    run_week(place, FIRST)
    path = dispatched(place, FIRST, "规划建设局")
    assert own_cells(path) == [["1号专项资金审计", 36.5, "完善台账"]]
    head, _ = head_and_rows(path, 3)
    assert head[: len(HEAD)] == HEAD  # its columns, its order, its words
    path = dispatched(place, FIRST, "社会事务局")
    assert own_cells(path) == [["3号专项资金审计", None, "收回资金\n并问责"]]
    with zipfile.ZipFile(path) as package:
        everything = b"".join(package.read(name) for name in package.namelist()).decode(
            "utf-8", "replace"
        )
    assert "完善台账" not in everything


def test_what_a_unit_writes_into_an_own_column_of_its_form_comes_home(place: Workspace) -> None:
    before = own(run_week(place, FIRST))
    form = dispatched(place, FIRST, "规划建设局")
    fill(
        form, place.inbox / form.name, 审计建议="已挂牌督办", 整改进展情况="6月9日核对往来款12笔。"
    )
    record = run_week(place, SECOND)
    assert own(record) == [{**before[0], "审计建议": "已挂牌督办"}, *before[1:]]
    assert not [found for found in record["findings"] if found["rule"] in ("X101", "X105")]
    consolidated = place.outbox / str(SECOND) / "汇总台账.xlsx"
    assert [cells[2] for cells in own_cells(consolidated)] == [
        "已挂牌督办",
        None,
        "收回资金\n并问责",
    ]


def test_an_own_cell_left_as_an_old_form_had_it_states_nothing(place: Workspace) -> None:
    run_week(place, FIRST)
    old = dispatched(place, FIRST, "规划建设局")
    fill(old, place.inbox / old.name, 审计建议="已挂牌督办", 整改进展情况="6月9日核对往来款12笔。")
    run_week(place, SECOND)
    form = place.outbox / f"下发-{FIRST}" / old.name
    fill(form, place.inbox / f"二次{old.name}", 整改进展情况="6月16日收回结余资金2笔。")
    assert own(run_week(place, THIRD))[0]["审计建议"] == "已挂牌督办"


def test_a_marked_return_shows_the_own_columns(place: Workspace) -> None:
    run_week(place, FIRST)
    form = dispatched(place, FIRST, "规划建设局")
    fill(form, place.inbox / form.name, 审计建议="已挂牌督办", 整改状态="差不多")
    run_week(place, SECOND)
    (back,) = (place.outbox / str(SECOND)).glob("退回/规划建设局*.xlsx")
    assert own_cells(back) == [["1号专项资金审计", 36.5, "已挂牌督办"]]


def test_blanks_hide_no_columns_place() -> None:
    assert in_form_order([["甲", "丙"], ["甲", "乙", "丙"], ["丙", "丁"]]) == tuple("甲乙丙丁")


def test_numbers_that_only_their_writer_should_hold_are_not_kept() -> None:
    head = ["序号", "具体问题", "责任单位", "整改时限", "整改状态", "经手人证件", "点位"]
    card = "11010519491231002X"
    cells = ["1", "往来款未清理", "规划建设局", "2026-09-30", "正在整改", card, "东岸"]
    read = reading([head, cells])
    assert [dict(each.own).keys() for each in read.rows] == [{"点位"}]
    (told,) = said(read, "X611")
    assert told.place.cell == "F2"


def test_paths_are_read_from_top_to_bottom_and_equal_ones_told_apart() -> None:
    rows = [
        ["序号", "具体问题", "责任单位", "整改时限", "整改状态", "现场核查", "", "备忘", "备忘"],
        ["", "", "", "", "", "点 位", "坐标", "", ""],
        [
            "1-1",
            "岸线堆放杂物",
            "规划建设局",
            "2026-09-30",
            "正在整改",
            "东岸3号",
            "E1",
            "甲",
            "乙",
        ],
    ]
    merges = ("F1:G1", *(f"{letter}1:{letter}2" for letter in "ABCDEHI"))
    read = reading(Sheet(rows, merges=merges))
    (only,) = read.rows
    assert {path: cell.text for path, cell in only.own.items()} == {
        "现场核查／点位": "东岸3号",
        "现场核查／坐标": "E1",
        "备忘": "甲",
        "备忘（2）": "乙",
    }
    assert only.own["现场核查／坐标"].place.cell == "G3"


def test_rows_of_one_problem_say_all_that_they_say() -> None:
    head = ["序号", "具体问题", "整改措施", "责任单位", "整改时限", "整改状态", "点位"]
    first = ["1", "岸线堆放杂物", "1.清理。", "规划建设局", "2026-09-30", "正在整改", "东岸"]
    read = reading([head, first, ["", "", "2.立牌。", "", "", "", "西岸"]])
    assert [cell.text for row in read.rows for cell in row.own.values()] == ["东岸\n西岸"]
    assert said(read, "X101")


def test_a_code_is_its_heading() -> None:
    path = heading_path(["整改 落实", "责任\n人"])
    assert (path, own_heading(own_code(path))) == ("整改落实／责任人", path)
    assert is_own(own_code(path))
    assert not is_own("progress")
    assert list(told_apart(["甲", "乙", "甲"])) == ["甲", "乙", "甲（2）"]
