"""Headings that nobody knows become questions in 设置.xlsx; the clerk's answer is followed in the next round."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl

from tests.support.drawn import HEAD, Sheet, line, workbook
from tests.support.items import SETTINGS
from tests.support.runs import run_round
from toolkit.run.round import Outcome
from toolkit.run.templates import create_workspace
from toolkit.settings.reading import load
from toolkit.workspace import Workspace

AS_OF = dt.date(2026, 6, 19)


def run(place: Workspace, day: int = 0) -> Outcome:
    settings = load(place.settings_path.read_bytes())
    return run_round(
        place,
        settings,
        AS_OF + dt.timedelta(day),
        now=dt.datetime(2026, 6, 19, 9) + dt.timedelta(day),
    )


def drop(place: Workspace, name: str, *rows: list[str]) -> None:
    (place.inbox / name).write_bytes(
        workbook(Sheet([[*HEAD[:6], "本单位办理情形", HEAD[7], "联系电话"], *rows]))
    )


def test_an_unknown_heading_is_asked_once_answered_by_the_clerk_and_then_read(
    tmp_path: Path,
) -> None:
    place = create_workspace(tmp_path / "区", SETTINGS)
    book = openpyxl.load_workbook(place.settings_path)
    book["单位"]["A40"] = "新增的单位"
    book["任务"].column_dimensions["B"].width = 77
    book.save(place.settings_path)
    drop(place, "规划建设局.xlsx", [*line(1), "1"])
    before = {
        name: data for name, data in parts(place.settings_path).items() if "worksheets" not in name
    }
    outcome = run(place)
    settings = load(place.settings_path.read_bytes())
    asked = [(choice.text, choice.decided, choice.seen_in) for choice in settings.headings]
    assert asked == [("本单位办理情形", False, "规划建设局.xlsx")]
    after = {
        name: data for name, data in parts(place.settings_path).items() if "worksheets" not in name
    }
    assert after == before
    book = openpyxl.load_workbook(place.settings_path)
    assert (book["单位"]["A40"].value, book["任务"].column_dimensions["B"].width) == (
        "新增的单位",
        77,
    )
    assert outcome.state.entries[0].item.progress == ""
    sheet = book["表头对照"]
    sheet.cell(sheet.max_row if sheet.cell(sheet.max_row, 1).value else 3, 2).value = "整改进展情况"
    book.save(place.settings_path)
    drop(place, "规划建设局.xlsx", [*line(1, 整改进展情况="办好了。"), "1"])
    outcome = run(place, 7)
    assert outcome.state.entries[0].item.progress == "办好了。"
    assert len(load(place.settings_path.read_bytes()).headings) == 1


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_members_of_an_archive_are_inputs_and_the_archive_is_consumed(tmp_path: Path) -> None:
    place = create_workspace(tmp_path / "区", SETTINGS)
    with zipfile.ZipFile(place.inbox / "包.zip", "w") as package:
        package.writestr("夹/规划建设局.xlsx", workbook(Sheet([HEAD, line(1)])))
        package.writestr("财政金融局.xlsx", workbook(Sheet([HEAD, line(2, 牵头单位="财政金融局")])))
    outcome = run(place)
    files = [submission.file for submission in outcome.state.submissions]
    assert files == ["包.zip", "包.zip/夹/规划建设局.xlsx", "包.zip/财政金融局.xlsx"]
    assert [entry.item.id for entry in outcome.state.entries] == ["1-1", "1-2"]
    assert not list(place.inbox.iterdir())
    assert (outcome.folder / "原件" / "包.zip").is_file()
