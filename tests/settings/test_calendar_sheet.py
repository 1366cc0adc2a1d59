"""The sheet 日历: written as it is read, edited as an office would, its faults all at once and with their cells."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from toolkit.errors import SettingsError
from toolkit.ledger.calendar import Arrangement, Calendar, DayKind
from toolkit.settings.calendar import CALENDAR_SHEET, shipped_calendar
from toolkit.settings.model import Settings
from toolkit.settings.reading import load
from toolkit.workbooks.settings_book import write_settings

OWN = Calendar(
    (
        Arrangement(dt.date(2030, 12, 30), dt.date(2030, 12, 31), DayKind.OFF, "校庆"),
        Arrangement(dt.date(2031, 5, 10), dt.date(2031, 5, 10), DayKind.WORKED, "劳动节"),
    ),
    dt.date(2031, 12, 31),
)


def edited(tmp_path: Path, *rows: tuple[Any, ...], settings: Settings | None = None) -> Settings:
    """设置.xlsx with these rows in 日历 instead of its own, loaded."""
    path = tmp_path / "设置.xlsx"
    write_settings(settings or Settings(), path, dt.datetime(2026, 1, 1))
    workbook = openpyxl.load_workbook(path)
    sheet = workbook[CALENDAR_SHEET]
    sheet.delete_rows(3, sheet.max_row)
    for number, row in enumerate(rows, 3):
        for col, value in enumerate(row, 1):
            sheet.cell(number, col).value = value
    workbook.save(path)
    return load(path.read_bytes())


def faults(tmp_path: Path, *rows: tuple[Any, ...]) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as stopped:
        edited(tmp_path, *rows)
    return stopped.value.faults


@pytest.mark.parametrize("calendar", [shipped_calendar(), OWN])
def test_written_and_loaded_are_the_same(tmp_path: Path, calendar: Calendar) -> None:
    settings = replace(Settings(), calendar=calendar)
    write_settings(settings, tmp_path / "设置.xlsx", dt.datetime(2026, 1, 1))
    assert load((tmp_path / "设置.xlsx").read_bytes()) == settings


def test_a_year_that_the_office_adds_is_counted_with(tmp_path: Path) -> None:
    """As a clerk types it: text dates, one day without an end, rows in any order, a blank row between."""
    settings = edited(
        tmp_path,
        ("2031年5月10日", None, "上班"),
        (None, None, None),
        (dt.datetime(2031, 5, 1), "2031.5.5", "放假", "劳动节"),
        ("2031-12-31", None, "已知至"),
    )
    assert not settings.anchors.calendar.is_workday(dt.date(2031, 5, 2))
    assert settings.anchors.calendar.is_workday(dt.date(2031, 5, 10))
    assert settings.calendar.known_through == dt.date(2031, 12, 31)


def test_years_behind_the_office_s_own_are_those_that_are_shipped(tmp_path: Path) -> None:
    settings = edited(
        tmp_path, ("2025-10-01", "2025-10-03", "放假"), ("2025-12-31", None, "已知至")
    )
    assert settings.calendar.is_workday(dt.date(2025, 10, 6))  # as the office says
    assert not settings.calendar.is_workday(dt.date(2026, 10, 6))  # as shipped
    assert settings.calendar.known_through == shipped_calendar().known_through


def test_a_workbook_without_the_sheet_or_with_an_empty_one_counts_as_shipped(
    tmp_path: Path,
) -> None:
    path = tmp_path / "设置.xlsx"
    write_settings(Settings(), path, dt.datetime(2026, 1, 1))
    workbook = openpyxl.load_workbook(path)
    del workbook[CALENDAR_SHEET]
    workbook.save(path)
    assert load(path.read_bytes()).calendar == shipped_calendar()
    workbook.create_sheet(CALENDAR_SHEET)
    workbook.save(path)
    assert load(path.read_bytes()).calendar == shipped_calendar()


def test_every_fault_is_named_with_its_cell(tmp_path: Path) -> None:
    said = faults(
        tmp_path,
        ("国庆节", "2031-10-07", "放假"),
        ("2031-10-01", "2030-10-07", "放假"),
        ("2031-10-08", None, "调休"),
        ("2031-12-31", None, "已知至"),
        ("2032-12-31", None, "已知至"),
    )
    assert [fault.partition("，")[0] for fault in said] == [
        "“日历”!A3应为日期",
        "“日历”!B4应不早于开始日期2031-10-01",
        "“日历”!C5不是已知的安排",
        "“日历”应有且只有一行“已知至”",
    ]


def test_days_that_contradict_each_other_are_asked(tmp_path: Path) -> None:
    (said,) = faults(
        tmp_path,
        ("2031-10-01", "2031-10-07", "放假"),
        ("2031-10-07", None, "上班"),
        ("2031-12-31", None, "已知至"),
    )
    assert "2031-10-07既是放假又是上班" in said


def test_a_new_year_without_a_new_known_through_is_asked(tmp_path: Path) -> None:
    (said,) = faults(tmp_path, ("2031-10-01", "2031-10-07", "放假"), ("2030-12-31", None, "已知至"))
    assert "写成2031-12-31" in said
