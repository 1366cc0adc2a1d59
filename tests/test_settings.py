from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from toolkit.errors import SettingsError
from toolkit.ledger.units import Unit
from toolkit.settings.model import Document, Lights, Rates, Schedule, Settings, Task, Words
from toolkit.settings.reading import load
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
