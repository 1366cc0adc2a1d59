from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from toolkit.errors import SettingsError
from toolkit.ledger.units import Unit
from toolkit.settings.model import Settings
from toolkit.settings.papers import Document
from toolkit.settings.reading import load
from toolkit.settings.sections import Lights, Rates, Schedule, Task, Words
from toolkit.workbooks.settings_book import write_settings

FULL = Settings(
    task=Task(
        issuer="中共甲乙工作委员会",
        issuer_short="甲乙党工委",
        feedback_on=dt.date(2026, 1, 16),
        immediate_days=45,
        sample=True,
    ),
    units=(
        Unit(
            name="规划建设局",
            aliases=("规建局", "规划局"),
            lead_leader="张三丰",
            liaison="李四",
            phone="0000-1",
        ),
        Unit(name="财政局"),
    ),
    lights=Lights(soon_days=7),
    rates=Rates(phased_counts_as_done=True, decimals=1),
    words=Words(phased="基本完成"),
    document=Document(cc="市委巡察办", issue_date=dt.date(2026, 6, 19), font_body="仿宋"),
    schedule=Schedule(weekday="星期一", time="09:05"),
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "设置.xlsx"
    write_settings(FULL, path, dt.datetime(2026, 1, 1))
    return path


def changed(path: Path, sheet: str, name: str, value: Any) -> bytes:
    workbook = openpyxl.load_workbook(path)
    cell = next(row[0] for row in workbook[sheet].iter_rows() if row[0].value == name)
    workbook[sheet].cell(cell.row, 2).value = value
    workbook.save(path)
    return path.read_bytes()


def test_written_and_loaded_are_the_same(book: Path) -> None:
    assert load(book.read_bytes()) == FULL


@pytest.mark.parametrize(
    ("sheet", "name", "value", "said"),
    [
        ("阈值", "临期天数", "一周", "应为0到365的整数"),
        ("阈值", "临期天数", -3, "应为0到365的整数"),
        ("阈值", "阶段性完成计入完成率", "也许", "应为“是”或“否”"),
        ("任务", "反馈日期", "年初", "应为日期"),
        ("运行时间", "星期", "周末", "应为星期几"),
        ("运行时间", "时刻", "下午", "应为时刻"),
    ],
)
def test_a_fault_names_sheet_cell_value_and_remedy(
    book: Path, sheet: str, name: str, value: object, said: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load(changed(book, sheet, name, value))
    (fault,) = caught.value.faults
    assert fault.startswith(f"“{sheet}”!B")
    assert said in fault
    assert str(value) in fault
    assert "；" in fault
    assert caught.value.exit_code == 2


def test_all_faults_are_named_at_once(book: Path) -> None:
    changed(book, "阈值", "临期天数", "一周")
    with pytest.raises(SettingsError) as caught:
        load(changed(book, "运行时间", "时刻", "25:00"))
    assert len(caught.value.faults) == 2


def test_a_name_that_two_units_share_is_a_fault(book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    workbook["单位"].cell(4, 2).value = "规建局"
    workbook.save(book)
    with pytest.raises(SettingsError, match="规建局"):
        load(book.read_bytes())


@pytest.mark.parametrize(
    ("words", "cell", "value", "said"),
    [
        ({"已完成": "办妥了", "长期坚持": "办妥了"}, "B7", "办妥了", "与“已完成”的用语相同"),
        ({"正在整改": "办理。", "未启动": " 办理"}, "B4", "办理。", "与“未启动”的用语相同"),
        ({"已完成": "持续推进"}, "B6", "持续推进", "表示“长期坚持”"),
        ({"未启动": "已销号"}, "B3", "已销号", "销号由整改办审核决定"),
        ({"已完成": "基本完成"}, "B6", "基本完成", "表示“阶段性完成”"),
    ],
)
def test_a_word_that_another_status_has_is_refused_in_its_cell(
    book: Path, words: dict[str, str], cell: str, value: str, said: str
) -> None:
    for name, word in words.items():
        changed(book, "用语", name, word)
    with pytest.raises(SettingsError) as caught:
        load(book.read_bytes())
    (fault,) = caught.value.faults
    assert fault.startswith(f"“用语”!{cell}")
    assert said in fault
    assert f"写的是“{value}”" in fault


def test_the_word_that_was_changed_is_named_not_the_one_that_stands(book: Path) -> None:
    changed(book, "用语", "阶段性完成", "正在整改吧")
    changed(book, "用语", "未启动", "正在整改吧")
    changed(book, "用语", "正在整改", None)
    with pytest.raises(SettingsError) as caught:
        load(book.read_bytes())
    assert [fault.partition("与")[0] for fault in caught.value.faults] == ["“用语”!B5"]


@pytest.mark.parametrize(
    ("sheet", "name", "lowest", "highest"),
    [("阈值", "文字相似度", 50, 100), ("阈值", "完成率小数位", 0, 4), ("函件", "反馈天数", 1, 60), ("任务", "立行立改天数", 1, 365)],
)  # fmt: skip
def test_the_sheet_itself_warns_beyond_the_range(
    book: Path, sheet: str, name: str, lowest: int, highest: int
) -> None:
    workbook = openpyxl.load_workbook(book)
    cell = next(row[0] for row in workbook[sheet].iter_rows() if row[0].value == name)
    (rule,) = [
        rule
        for rule in workbook[sheet].data_validations.dataValidation
        if f"B{cell.row}" in rule.sqref
    ]
    assert (rule.operator or "between", rule.formula1, rule.formula2) == (
        "between",
        str(lowest),
        str(highest),
    )


def test_a_missing_sheet_is_named(book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    del workbook["用语"]
    workbook.save(book)
    with pytest.raises(SettingsError, match="缺少工作表"):
        load(book.read_bytes())


def test_a_time_typed_as_a_time_is_read(book: Path) -> None:
    assert load(changed(book, "运行时间", "时刻", dt.time(8, 30))).schedule.time == "08:30"


def test_what_is_not_filled_in_stands_as_a_request() -> None:
    texts = Settings().placeholders()
    assert texts["发文机关"] == "【请在设置中填写：发文机关】"
    assert FULL.placeholders()["反馈日期"] == "2026年1月16日"
