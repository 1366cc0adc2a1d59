"""An office's own form from the first ledger to the notice: learned, shown in 栏目, dispatched, checked, summed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from tests.support.command import zhenggai
from tests.support.drawn import Sheet, workbook
from tests.support.made import Made, run_week
from tests.support.open_ledger import OpenLedger
from toolkit.figures import own_sums
from toolkit.gongwen.document import visible_paragraphs
from toolkit.run.proof import FiguresDisagreeError
from toolkit.settings.reading import load

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.workspace import Workspace

FIRST, SECOND, THIRD = dt.date(2026, 6, 5), dt.date(2026, 6, 12), dt.date(2026, 6, 19)
# Two rows of heading, a column of the office's own beside standard ones in the office's words, no 佐证材料, no 备注.
UPPER = [
    "序号",
    "审计项目",
    "审计查出的问题",
    "整改责任单位",
    "整改措施",
    "整改时限",
    "整改落实",
    None,
    None,
    "已上缴金额（元）",
    "是否移送",
]
LOWER = [None, None, None, None, None, None, "整改状态", "整改进展情况", "验收人", None, None]
HEAD = [
    "序号", "审计项目", "审计查出的问题", "整改责任单位", "整改措施", "整改时限", "整改状态", "整改进展情况", "整改落实／验收人",
    "已上缴金额（元）", "是否移送",
]  # fmt: skip


def row(number: int, paid: object = "", moved: str = "", unit: str = "规划建设局") -> list[Any]:
    return [
        number, f"{number}号专项审计", f"第{number}笔结余资金未及时收回", unit, "1.清理账目。", "2026-09-30", "正在整改",
        f"{number + 2}月{number}日核对往来款{number + 4}笔。", "", paid, moved,
    ]  # fmt: skip


ROWS = [
    row(1, 12600.5, "否"),
    row(2, "", "否"),
    row(3, 800, "是", "财政金融局"),
    row(4, "", "否", "财政金融局"),
]


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    place = made.empty(tmp_path / "区")
    sheet = Sheet([UPPER, LOWER, *ROWS], merges=("G1:I1", *(f"{c}1:{c}2" for c in "ABCDEFJK")))
    (place.inbox / "审计整改台账.xlsx").write_bytes(workbook(sheet))
    return place


def settings_sheet(place: Workspace) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(place.settings_path)["栏目"]
    return [list(cells) for cells in sheet.iter_rows(min_row=3, values_only=True) if cells[0]]


def answer(place: Workspace, heading: str, **cells: str) -> None:
    """What the office chooses in 栏目 for a column."""
    book = openpyxl.load_workbook(place.settings_path)
    sheet = book["栏目"]
    names = {cell.value: number for number, cell in enumerate(sheet[2], 1)}
    number = next(n for n in range(3, 60) if sheet.cell(n, 1).value == heading)
    for name, text in cells.items():
        sheet.cell(number, names[name]).value = text
    book.save(place.settings_path)


def dispatched(place: Workspace, day: dt.date, unit: str) -> Path:
    assert zhenggai("dispatch", "-w", place.root, "--as-of", str(day)).code == 0
    (path,) = (place.outbox / f"下发-{day}").glob(f"{unit}*.xlsx")
    return path


def fill(place: Workspace, path: Path, number: int, **cells: Any) -> None:
    """What a unit that knows only the headings writes into the row of one problem."""
    ledger = OpenLedger.of(path)
    number_of = ledger.columns["序号"]
    at = next(n for n in range(2, 40) if str(ledger.sheet.cell(n, number_of).value) == str(number))
    for heading, value in cells.items():
        is_there = heading.rpartition("／")[2] in ledger.columns
        ledger.write(at, heading if is_there else f"{heading}（元）", value)
    ledger.book.save(place.inbox / path.name)


def own(record: dict[str, Any], number: str) -> dict[str, str]:
    cells = next(row for row in record["rows"] if row["id"] == number)["own"]
    return {cell["heading"]: cell["value"] for cell in cells}


def test_the_form_is_learned_and_shown(place: Workspace) -> None:
    run_week(place, FIRST)
    shown = {cells[0]: cells for cells in settings_sheet(place)}
    assert list(shown) == HEAD
    assert shown["整改责任单位"][1] == "牵头单位"
    assert shown["已上缴金额（元）"][1:5] == ["自有栏目", "责任单位", "金额（元）", "否"]
    assert shown["已上缴金额（元）"][6:9] == ["是", "否", "待确认"]
    assert shown["是否移送"][3] == "选项"
    assert shown["是否移送"][5] == "是、否"
    assert shown["整改落实／验收人"][3] == "人员"


def test_a_second_press_finds_nothing_new(place: Workspace) -> None:
    run_week(place, FIRST)
    again = zhenggai("run", "-w", place.root, "--as-of", str(FIRST))
    assert "没有新的内容" in again.err


def test_what_is_sent_out_has_the_columns_order_and_words_of_the_form(place: Workspace) -> None:
    run_week(place, FIRST)
    ledger = OpenLedger.of(dispatched(place, FIRST, "规划建设局"))
    assert ledger.heads == [heading.rpartition("／")[2] for heading in HEAD]
    assert {str(merge) for merge in ledger.sheet.merged_cells.ranges} >= {"G1:I1", "A1:A2"}


def test_an_office_may_have_our_sheet_with_its_self_check_instead(place: Workspace) -> None:
    settings = openpyxl.load_workbook(place.settings_path)
    for row_ in settings["收件"].iter_rows():
        if row_[0].value == "自有版式带自检":
            row_[1].value = "是"
    settings.save(place.settings_path)
    run_week(place, FIRST)
    head = OpenLedger.of(dispatched(place, FIRST, "规划建设局")).sheet[3]
    words = [cell.value for cell in head]
    assert words[: len(HEAD)] == HEAD
    assert words[len(HEAD)] == "自检"
    assert "佐证材料" not in words


def test_what_the_form_lacks_is_not_complained_about(place: Workspace) -> None:
    run_week(place, FIRST)
    path = dispatched(place, FIRST, "规划建设局")
    fill(place, path, 1, 整改状态="已完成", 整改进展情况="6月9日收回结余资金12600.50元。")
    record = run_week(place, SECOND)
    about = [
        f for f in record["findings"] if f["column"] in ("evidence", "remarks", "completed_on")
    ]
    assert about == []
    assert [f["message"] for f in record["findings"] if f["rule"] in ("X101", "X103", "X105")] == []


def test_own_columns_are_checked_by_what_the_office_chose(place: Workspace) -> None:
    run_week(place, FIRST)
    answer(place, "整改落实／验收人", 必填="是", 状态="")
    path = dispatched(place, FIRST, "规划建设局")
    fill(place, path, 1, 整改进展情况="6月9日约谈2人次。", 已上缴金额="若干", 是否移送="看情况")
    record = run_week(place, SECOND)
    found = {
        (f["rule"], f["id"], f["column"])
        for f in record["findings"]
        if f["rule"] in ("F201", "F202")
    }
    assert ("F202", "1", "own:已上缴金额（元）") in found
    assert ("F202", "1", "own:是否移送") in found
    assert ("F201", "1", "own:整改落实／验收人") in found
    (back,) = (place.outbox / str(SECOND)).glob("退回/规划建设局*.xlsx")
    book = openpyxl.load_workbook(back)
    ledger, col = OpenLedger(book), HEAD.index("已上缴金额（元）") + 1
    marked = ledger.sheet.cell(ledger.first, col)
    assert "无法识别" in marked.comment.text
    assert marked.fill.fgColor.rgb == "FFF8D7DA"
    assert book.sheetnames[0] == "核查意见"
    links = [cells[3] for cells in book["核查意见"].iter_rows(min_row=5, values_only=True)]
    assert f"{get_column_letter(col)}{ledger.first}" in links


def test_sums_by_all_by_unit_and_leader_are_proved_and_printed(place: Workspace) -> None:
    record = run_week(place, FIRST)
    (paid,) = [s for s in record["figures"]["sums"] if s["heading"] == "已上缴金额（元）"]
    assert paid == {"heading": "已上缴金额（元）", "value": "13400.5", "left_out": []}
    by_unit = {u["unit"]: u["sums"][0]["value"] for u in record["figures"]["units"]}
    assert by_unit == {"规划建设局": "12600.5", "财政金融局": "800"}
    book = openpyxl.load_workbook(place.outbox / str(FIRST) / "汇总台账.xlsx")
    overview = {cells[0]: cells[1] for cells in book["总览"].values}
    assert overview["合计·已上缴金额（元）"] == 13400.5
    units = list(book["按单位"].values)
    head = next(cells for cells in units if cells[0] == "单位")
    col = head.index("合计·已上缴金额（元）")
    assert {cells[0]: cells[col] for cells in units if cells[0] in by_unit} == {
        "规划建设局": 12600.5, "财政金融局": 800,
    }  # fmt: skip


def test_a_value_that_is_no_number_is_left_out_and_named(place: Workspace) -> None:
    run_week(place, FIRST)
    path = dispatched(place, FIRST, "规划建设局")
    fill(place, path, 1, 整改进展情况="6月9日约谈2人次。", 已上缴金额="近13000")
    record = run_week(place, SECOND)
    assert record["figures"]["sums"][0]["value"] == "800"
    assert record["figures"]["sums"][0]["left_out"] == ["1"]


def test_the_sum_stands_in_the_notice_where_the_template_asks(place: Workspace) -> None:
    run_week(place, FIRST)
    template = place.templates / "通报.docx"
    document = docx.Document(str(template))
    document.paragraphs[2].insert_paragraph_before("已上缴{{合计.已上缴金额（元）}}元。")
    document.save(str(template))
    run_week(place, SECOND)
    folder = place.outbox / str(SECOND)
    assert "已上缴13400.5元。" in visible_paragraphs(folder / "整改进展通报.docx")
    assert "已上缴若干元。" in visible_paragraphs(folder / "整改进展通报（公开稿）.docx")
    answer(place, "已上缴金额（元）", 公开="是")
    run_week(place, THIRD)
    public = visible_paragraphs(place.outbox / str(THIRD) / "整改进展通报（公开稿）.docx")
    assert "已上缴13400.5元。" in public


def test_renaming_a_column_keeps_its_history(place: Workspace) -> None:
    run_week(place, FIRST)
    answer(place, "已上缴金额（元）", 表头="上缴国库（元）")
    path = dispatched(place, FIRST, "规划建设局")
    fill(place, path, 1, 整改进展情况="6月9日收回2笔。", 上缴国库=13000)
    record = run_week(place, SECOND)
    assert own(record, "1")["已上缴金额（元）"] == "13000"
    told = zhenggai("why", "1", "已上缴金额（元）", "-w", place.root).out
    assert "13000" in told
    assert "12600.5" in told


def test_the_office_may_say_that_a_column_is_another_one(place: Workspace) -> None:
    run_week(place, FIRST)
    answer(place, "审计项目", 对应栏目="问题来源")
    path = dispatched(place, FIRST, "规划建设局")
    assert OpenLedger.of(path).heads[1] == "审计项目"
    assert load(place.settings_path.read_bytes()).form.columns[1].code == "source"


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("内容", "钱", "“栏目”!D"),
        ("对应栏目", "", "没有选对应栏目"),
        ("必填", "要", "“栏目”!E"),
        ("内容", "日期", "不能合计"),
    ],
)
def test_a_broken_row_is_answered_with_its_cell(
    place: Workspace, column: str, text: str, said: str
) -> None:
    run_week(place, FIRST)
    answer(place, "已上缴金额（元）", **{column: text})
    stopped = zhenggai("run", "-w", place.root, "--as-of", str(SECOND))
    assert stopped.code != 0
    assert said in stopped.err


def test_a_deleted_row_asks_again_and_loses_nothing(place: Workspace) -> None:
    run_week(place, FIRST)
    path = dispatched(place, FIRST, "规划建设局")
    book = openpyxl.load_workbook(place.settings_path)
    sheet = book["栏目"]
    sheet.delete_rows(next(n for n in range(3, 60) if sheet.cell(n, 1).value == "是否移送"))
    book.save(place.settings_path)
    fill(place, path, 1, 整改进展情况="6月9日收回2笔。", 是否移送="是")
    record = run_week(place, SECOND)
    assert own(record, "1")["是否移送"] == "是"
    assert own(record, "2")["是否移送"] == "否"


def test_a_sum_that_the_register_does_not_bear_out_stops_the_run(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = own_sums._sum
    monkeypatch.setattr(own_sums, "_sum", lambda items, column: right(items, column) + 1)
    with pytest.raises(FiguresDisagreeError, match="已上缴金额"):
        run_week(place, FIRST)


@pytest.mark.parametrize(("heading", "above"), [("退回金额（元）", ""), ("涉及金额", "单位：元")])
def test_an_amount_goes_out_in_the_unit_of_its_heading_and_comes_back_the_same(
    made: Made, tmp_path: Path, heading: str, above: str
) -> None:
    place = made.empty(tmp_path / "元")
    head = ["序号", "存在问题", "责任单位", "整改措施", "整改时限", "整改情况", "整改状态", heading]
    rows = [
        [n, f"第{n}笔资金未按规定管理使用", "规划建设局", "1.清理账目。", "2026-09-30", f"{n}月8日核对{n}笔。", "正在整改", n * 1250.5]
        for n in range(1, 4)
    ]  # fmt: skip
    top = [[above]] if above else []
    (place.inbox / "台账.xlsx").write_bytes(workbook(Sheet([*top, head, *rows])))
    record = run_week(place, FIRST)
    path = dispatched(place, FIRST, "规划建设局")
    ledger = OpenLedger.of(path)
    col = next(n for n, head in enumerate(ledger.heads) if "金额" in head)
    assert [row[col] for row in ledger.rows] == [1250.5, 2501, 3751.5]
    fill(place, path, 1, 整改情况="6月9日收回2笔。")
    after = run_week(place, SECOND)
    assert [row["money"] for row in after["rows"]] == [row["money"] for row in record["rows"]]
    assert Decimal(after["figures"]["money"]) == Decimal("0.7503")


def test_what_the_office_writes_into_an_own_column_of_the_consolidated_workbook_is_kept(
    place: Workspace,
) -> None:
    first = run_week(place, FIRST)
    path = place.outbox / str(FIRST) / "汇总台账.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["整改台账"]
    head = next(n for n in range(1, 9) if "问题编号" in [cell.value for cell in sheet[n]])
    columns = {cell.value: col for col, cell in enumerate(sheet[head], 1)}
    sheet.cell(head + 1, columns["是否移送"]).value = "是"
    book.save(place.inbox / "汇总台账.xlsx")
    record = run_week(place, SECOND)
    # What is derived beside the ledger, such as 红黄绿灯, is no column of the office's own.
    assert own(record, "1") == {**own(first, "1"), "是否移送": "是"}
    assert own(record, "2") == own(first, "2")
    told = zhenggai("why", "1", "是否移送", "-w", place.root).out
    assert "汇总台账.xlsx" in told
    assert [f for f in record["findings"] if f["rule"] in ("I113", "I114")] == []


def test_where_a_unit_has_written_something_else_since_both_are_said(place: Workspace) -> None:
    run_week(place, FIRST)
    path = dispatched(place, FIRST, "规划建设局")
    office = openpyxl.load_workbook(place.outbox / str(FIRST) / "汇总台账.xlsx")
    sheet = office["整改台账"]
    head = next(n for n in range(1, 9) if "问题编号" in [cell.value for cell in sheet[n]])
    columns = {cell.value: col for col, cell in enumerate(sheet[head], 1)}
    sheet.cell(head + 1, columns["整改落实／验收人"]).value = "李四"
    office.save(place.inbox / "汇总台账.xlsx")
    fill(place, path, 1, 整改进展情况="6月9日收回2笔。", **{"整改落实／验收人": "张三丰"})
    record = run_week(place, SECOND)
    assert own(record, "1")["整改落实／验收人"] == "张三丰"
    (said,) = [f for f in record["findings"] if f["rule"] == "I114"]
    assert "李四" in said["message"]
    assert "张三丰" in said["message"]


def test_own_columns_are_exported(place: Workspace, tmp_path: Path) -> None:
    run_week(place, FIRST)
    assert zhenggai("export", tmp_path / "数据", "--to", "csv", "-w", place.root).code == 0
    lines = (tmp_path / "数据" / "自有栏目.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "问题编号,审计项目,已上缴金额（元）,是否移送"
    assert lines[1] == "1,1号专项审计,12600.5,否"
    assert len(lines) == 1 + len(ROWS)


def test_the_board_shows_own_columns_and_the_offices_words(place: Workspace) -> None:
    run_week(place, FIRST)
    page = (place.outbox / str(FIRST) / "看板.html").read_text(encoding="utf-8")
    assert "审计项目：1号专项审计" in page
    assert "审计查出的问题" in page
    assert "分项问题" not in page


def test_a_return_without_a_column_of_the_form_is_told(place: Workspace) -> None:
    run_week(place, FIRST)
    head = [
        text for text in HEAD if text not in ("已上缴金额（元）", "整改落实／验收人", "审计项目")
    ]
    cells = dict(zip(HEAD, row(1), strict=True))
    rows = [["填报单位：规划建设局"], head, [cells[text] for text in head]]
    (place.inbox / "规划建设局.xlsx").write_bytes(workbook(Sheet(rows)))
    record = run_week(place, SECOND)
    (told,) = [found for found in record["findings"] if found["rule"] == "X103"]
    assert told["severity"] == "warning"
    # 审计项目 is the office's own content: nobody asks a unit for it.
    assert told["message"] == "表中没有栏目：整改落实／验收人、已上缴金额（元）。"
    answer(place, "已上缴金额（元）", 必填="是")
    (place.inbox / "规划建设局（再报）.xlsx").write_bytes(workbook(Sheet([*rows, []])))
    record = run_week(place, THIRD)
    assert {f["severity"] for f in record["findings"] if f["rule"] == "X103"} == {"error"}


@pytest.mark.parametrize("heading", ["2025年上缴金额（元）", "第1批退款数", "金额（元）（3）"])
def test_a_summed_heading_may_hold_figures(made: Made, tmp_path: Path, heading: str) -> None:
    """The number in a heading is the office's word, in every paper that names the column."""
    place = made.empty(tmp_path / "数")
    rows = [[*row(n)[:8], value] for n, value in ((1, 12), (2, "近7"), (3, 30))]
    (place.inbox / "台账.xlsx").write_bytes(workbook(Sheet([[*HEAD[:8], heading], *rows])))
    run_week(place, FIRST)
    answer(place, heading, 内容="数字", 合计="是")
    (total,) = run_week(place, FIRST)["figures"]["sums"]
    assert total == {"heading": heading, "value": "42", "left_out": ["2"]}
