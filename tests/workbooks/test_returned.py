"""The marked return: what the unit wrote, every finding with its cell, and a corrected one is taken without errors."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

from tests.support import office
from tests.support.items import ENTRY, SETTINGS
from tests.support.runs import run_round
from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.deadline_grammar import read_deadline
from toolkit.ledger.deadlines import Deadline
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import NOTE_MARK, Severity
from toolkit.ledger.submission import Identity, Submission, Verdict
from toolkit.run.dispatch import dispatch_ledgers
from toolkit.run.round import Outcome
from toolkit.run.templates import create_workspace
from toolkit.state import State
from toolkit.workbooks.formats import ERROR, FILLS
from toolkit.workbooks.returned import returns_of, write_return
from toolkit.workbooks.template import HEAD_ROW, write_ledger
from toolkit.workspace import Workspace

NOW = dt.datetime(2026, 6, 30, 9)
BASELINE_DAY, DAY, NEXT_DAY = dt.date(2026, 6, 12), dt.date(2026, 6, 19), dt.date(2026, 6, 26)
UNIT, OTHER, STRANGE = "规划建设局", "财政金融局", "自己加的一行问题，做了很多工作。"
DEADLINES = ("2026-06-30", "2026-05-31", "长期坚持", "2026年12月底前", "2026-06-10", "立行立改")
Cells = dict[str, str | int | dt.date]
# Row (from 1) → standard header → what the unit wrote.
WROTE: dict[int, Cells] = {
    4: {"整改状态": "已完成", "整改进展情况": "已起草《甲办法》，待审议后印发。", "处理人次": "若干"},
    5: {"整改状态": "正在整改", "整改进展情况": "3月12日召开会议3次，协调解决问题12个。"},
    6: {"整改状态": "差不多了", "整改进展情况": "推进中"},
    7: {
        "整改状态": "完成了", "整改进展情况": "3月12日印发《乙办法》。", "完成时间": dt.date(2026, 8, 1), "佐证材料": "附件1",
        "涉及金额（万元）": -5,
    },
    8: {"整改状态": "阶段性完成", "整改进展情况": "4月2日培训2次。", "存在困难": "审批周期较长", "下一步措施": "7月底前办结"},
    9: {"整改状态": "未启动", "佐证材料": "附件9"},
    10: {"问题编号": "9-9", "整改进展情况": STRANGE, "整改状态": "已完成"},
}  # fmt: skip
CORRECTED: dict[int, Cells] = {
    4: {"完成时间": dt.date(2026, 6, 12), "处理人次": 2, "佐证材料": "附件3-1", "整改进展情况": "6月12日印发《甲办法》。"},
    5: {"存在困难": "审批周期较长", "下一步措施": "7月15日前办结"},
    6: {"整改状态": "长期坚持"},
    7: {"完成时间": dt.date(2026, 6, 10), "涉及金额（万元）": 5},
    9: {"整改状态": "正在整改", "整改进展情况": "5月9日召开会议1次。", "存在困难": "审批周期较长", "下一步措施": "7月底前办结"},
}  # fmt: skip


def entries() -> Iterator[Entry]:
    bare: dict[str, Any] = dict.fromkeys(("status", "completed_on", "money", "people"))
    bare |= dict.fromkeys(
        ("progress", "evidence", "difficulty", "next_steps", "remarks", "problem"), ""
    )
    for number, deadline in enumerate(DEADLINES, 1):
        due = read_deadline(deadline, SETTINGS.anchors)
        assert isinstance(due, Deadline)
        item = replace(
            ENTRY.item,
            **bare,
            regulations=(),
            id=f"3-{number}",
            sub_problem=f"分项问题{number}。",
            deadline=due,
        )
        yield replace(ENTRY, item=item)
    for number, unit in enumerate((OTHER, "社会事务局"), 1):
        item = replace(
            ENTRY.item,
            id=f"4-{number}",
            sub_problem=f"分项问题4{number}。",
            lead_unit=unit,
            co_units=(),
        )
        yield replace(ENTRY, item=item)


def fill(
    path: Path,
    written: Mapping[int, Cells],
    out: Path,
    sheet: str = "整改台账",
) -> None:
    book = openpyxl.load_workbook(path)
    headers = {cell.value: number for number, cell in enumerate(book[sheet][HEAD_ROW + 1], 1)}
    for row, cells in written.items():
        for header, value in cells.items():
            book[sheet].cell(row, headers[header]).value = value
    book.save(out)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Outcome]:
    """A workspace with a baseline, a bad return of one unit and a good one of another; the outcome of that round."""
    place = create_workspace(tmp_path_factory.mktemp("退回"), SETTINGS)
    write_ledger(place.inbox / "基准.xlsx", list(entries()), SETTINGS, dt.datetime(2026, 6, 1))
    run_round(place, SETTINGS, BASELINE_DAY, now=NOW)
    sent = dispatch_ledgers(place, SETTINGS, BASELINE_DAY)[0].parent
    fill(next(sent.glob(f"{UNIT}*")), WROTE, place.inbox / "报送.xlsx")
    fill(next(sent.glob(f"{OTHER}*")), {4: {"整改状态": "已完成"}}, place.inbox / "财政.xlsx")
    return place, run_round(place, SETTINGS, DAY, now=NOW)


@pytest.fixture(scope="module")
def marked(first: tuple[Workspace, Outcome]) -> Workbook:
    return openpyxl.load_workbook(first[1].folder / "退回" / f"{UNIT}.xlsx")


def lines(book: Workbook) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in book["核查意见"].iter_rows(min_row=5)]


def test_findings_come_first_and_are_shown_first(marked: Workbook) -> None:
    assert marked.sheetnames[:2] == ["核查意见", "整改台账"]
    assert marked.active.title == "核查意见"
    visible = [sheet.title for sheet in marked if sheet.sheet_state == "visible"]
    assert visible == ["核查意见", "整改台账", "填表说明"]


def test_every_finding_of_the_unit_is_listed(
    first: tuple[Workspace, Outcome], marked: Workbook
) -> None:
    listed = [(line[0], line[5], line[6]) for line in lines(marked)]
    own = [f for f in first[1].state.findings if f.place.file == "报送.xlsx"]
    assert sorted(listed) == sorted((f.severity.word, f.message, f.fix) for f in own)
    assert {line[0] for line in lines(marked)} == {"错误", "提醒", "说明"}


def test_links_lead_to_the_coloured_and_noted_cell(
    first: tuple[Workspace, Outcome], marked: Workbook
) -> None:
    sheet, ledger = marked["核查意见"], marked["整改台账"]
    severities = {severity.word: severity for severity in Severity}
    worst: dict[str, str] = {}
    for row in range(5, sheet.max_row + 1):
        item, link = sheet.cell(row, 2).value, sheet.cell(row, 4).hyperlink
        if item == "9-9":
            assert link is None
            continue
        target = link.location.rpartition("!")[2]
        assert target == sheet.cell(row, 4).value
        assert ledger.cell(ledger[target].row, 1).value == item
        assert ledger.cell(HEAD_ROW + 1, ledger[target].column).value == sheet.cell(row, 3).value
        text = ledger[target].comment.text
        assert text.startswith(NOTE_MARK)
        assert str(sheet.cell(row, 6).value) in text
        assert str(sheet.cell(row, 7).value) in text
        worst.setdefault(target, FILLS[severities[sheet.cell(row, 1).value]])
    for target, colour in worst.items():
        assert ledger[target].fill.fgColor.rgb == f"FF{colour[1:]}"
    assert f"FF{ERROR[1:]}" in {ledger[target].fill.fgColor.rgb for target in worst}


def test_cells_hold_what_the_unit_wrote(marked: Workbook) -> None:
    ledger = marked["整改台账"]
    headers = {cell.value: cell.column for cell in ledger[HEAD_ROW + 1] if cell.value}
    for row, cells in WROTE.items():
        for header, value in cells.items():
            if row == 10:
                continue
            found = ledger.cell(row, headers[header]).value
            assert (found.date() if isinstance(found, dt.datetime) else found) == value
    assert ledger.cell(5, headers[BY_CODE["deadline"].header]).value == dt.datetime(2026, 5, 31)


def test_a_row_that_was_not_taken_is_shown(marked: Workbook) -> None:
    line = next(line for line in lines(marked) if line[1] == "9-9")
    assert STRANGE in line[4]
    assert "A10" in line[3]


def test_notes_are_large_enough_for_their_text(
    first: tuple[Workspace, Outcome], marked: Workbook
) -> None:
    with zipfile.ZipFile(first[1].folder / "退回" / f"{UNIT}.xlsx") as package:
        drawn = package.read("xl/drawings/vmlDrawing1.vml").decode()
    shapes = re.findall(
        r"height:([\d.]+)pt.*?<x:Row>(\d+)</x:Row>.*?<x:Column>(\d+)</x:Column>", drawn, re.DOTALL
    )
    assert len(shapes) > 8
    for height, row, col in shapes:
        text = marked["整改台账"].cell(int(row) + 1, int(col) + 1).comment.text
        assert float(height) >= 12 * sum(-(-len(line) // 24) for line in text.split("\n"))


def test_units_without_errors_get_a_line_only(first: tuple[Workspace, Outcome]) -> None:
    folder = first[1].folder / "退回"
    assert sorted(path.name for path in folder.iterdir()) == ["回执.txt", f"{UNIT}.xlsx"]
    data = (folder / "回执.txt").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    said = data.decode("utf-8-sig").split("\r\n")
    assert any(line.startswith(f"{OTHER}　财政.xlsx：读取1行，错误0条") for line in said)
    assert any(UNIT in line and "已退回" in line for line in said)
    assert not any("社会事务局" in line for line in said)


def next_round(place: Workspace, tmp_path: Path, path: Path) -> State:
    """The round that takes this file in a copy of the workspace."""
    copy = tmp_path / "区"
    shutil.copytree(place.root, copy)
    place = create_workspace(copy, SETTINGS)
    shutil.copyfile(path, place.inbox / "改正后.xlsx")
    return run_round(place, SETTINGS, NEXT_DAY, now=NOW).state


def assert_taken(done: State) -> None:
    (given,) = done.submissions
    assert (given.verdict, given.unit, len(given.rows)) == (Verdict.ACCEPTED, UNIT, len(DEADLINES))
    own = [f for f in done.findings if f.place.file == "改正后.xlsx"]
    assert [f for f in own if f.severity is Severity.ERROR] == []
    assert {f.rule for f in own if f.rule.startswith("X")} <= {
        "X401"
    }  # 完成了 is what the unit wrote
    assert not [left for left in given.untaken if left.row]


def test_a_corrected_return_is_taken(first: tuple[Workspace, Outcome], tmp_path: Path) -> None:
    place, outcome = first
    fill(outcome.folder / "退回" / f"{UNIT}.xlsx", CORRECTED, tmp_path / "改.xlsx")
    assert_taken(next_round(place, tmp_path, tmp_path / "改.xlsx"))


@office.needed
@pytest.mark.office
def test_a_corrected_return_saved_by_libreoffice_is_taken(
    first: tuple[Workspace, Outcome], tmp_path: Path
) -> None:
    place, outcome = first
    fill(outcome.folder / "退回" / f"{UNIT}.xlsx", CORRECTED, tmp_path / "改.xlsx")
    assert_taken(next_round(place, tmp_path, office.convert(tmp_path / "改.xlsx", tmp_path)))


def test_equal_returns_give_equal_bytes(first: tuple[Workspace, Outcome], tmp_path: Path) -> None:
    state = first[1].state
    marked = next(back for back in returns_of(state) if back.unit == UNIT)
    for name in ("一.xlsx", "二.xlsx"):
        write_return(tmp_path / name, marked, state)
    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()


def test_a_refused_file_of_a_known_unit_goes_back_with_the_reason(
    first: tuple[Workspace, Outcome],
) -> None:
    refused = Submission(
        "坏.xlsx",
        "0",
        Verdict.REJECTED,
        reason="表头被删。",
        identity=Identity("zhenggai.ledger", "1", OTHER),
    )
    (back,) = returns_of(replace(first[1].state, submissions=(refused,), findings=()))
    assert (back.unit, back.goes_back) == (OTHER, True)
    assert [entry.item.id for entry in back.entries] == ["4-1"]
