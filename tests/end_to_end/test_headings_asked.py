"""Headings that nobody knows become questions in 设置.xlsx; the clerk's answer is followed in the next round."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.support.drawn import HEAD, Sheet, line, workbook
from tests.support.items import SETTINGS
from tests.support.runs import run_round
from toolkit.errors import UsageError
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
    asked = {column.heading: column for column in settings.form.columns}["本单位办理情形"]
    assert asked.is_own
    assert not asked.is_sure
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
    sheet = book["栏目"]
    at = next(n for n in range(3, 40) if sheet.cell(n, 1).value == "本单位办理情形")
    sheet.cell(at, 2).value = "整改进展情况"
    book.save(place.settings_path)
    drop(place, "规划建设局.xlsx", [*line(1, 整改进展情况="办好了。"), "1"])
    outcome = run(place, 7)
    assert outcome.state.entries[0].item.progress == "办好了。"
    assert load(place.settings_path.read_bytes()).headings == ()


@pytest.mark.parametrize(
    ("problem", "other"),
    [("审计揭示的情形", "采取的动作"), ("督察组原话", "办理到哪一步"), ("隐患点位", "处置结论")],
)
def test_a_first_ledger_that_is_refused_leaves_its_questions_and_is_read_once_answered(
    tmp_path: Path, problem: str, other: str
) -> None:
    place = create_workspace(tmp_path / "区", SETTINGS)
    meanings = {problem: "具体问题", other: "整改进展情况"}
    headings = {standard: own for own, standard in meanings.items()}
    cells = dict(zip(HEAD, line(1), strict=True))
    del cells["分项问题"]
    head, row = [headings.get(heading, heading) for heading in cells], list(cells.values())
    (place.inbox / "总台账.xlsx").write_bytes(workbook(Sheet([head, row])))
    with pytest.raises(UsageError, match="没有建立任何一期") as refused:
        run(place)
    assert f"“{problem}”" in str(refused.value)
    assert "表头对照" in str(refused.value)
    asked = {choice.text for choice in load(place.settings_path.read_bytes()).headings}
    assert {problem, other} <= asked
    book = openpyxl.load_workbook(place.settings_path)
    sheet = book["表头对照"]
    for number in range(2, sheet.max_row + 1):
        if meaning := meanings.get(str(sheet.cell(number, 1).value)):
            sheet.cell(number, 2).value = meaning
    book.save(place.settings_path)
    (entry,) = run(place).state.entries
    assert cells["具体问题"] in (entry.item.sub_problem, entry.item.problem)
    assert entry.item.progress == cells["整改进展情况"]


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
