"""A week has several runs: they supplement one period, and three of them make what one would have made."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.support.items import ENTRY, SETTINGS, UNITS
from tests.support.made import OFFICE
from tests.support.runs import run_round
from toolkit.errors import UsageError
from toolkit.issued.sign import Signing, sign
from toolkit.issued.undo import undo
from toolkit.ledger.entry import Entry
from toolkit.ledger.status import Status
from toolkit.run import round as run_of
from toolkit.run.round import NothingMade, Outcome
from toolkit.run.templates import create_workspace
from toolkit.settings.reading import load
from toolkit.workbooks.template import write_ledger
from toolkit.workspace import Workspace, WorkspaceTrouble

STAMP = dt.datetime(2026, 6, 1)
FIRST, THURSDAY, FRIDAY, NEXT = (
    dt.date(2026, 6, 5),
    dt.date(2026, 6, 11),
    dt.date(2026, 6, 12),
    dt.date(2026, 6, 19),
)
NAMES = [unit.name for unit in UNITS]


def item(number: int, unit: str, progress: str, status: Status = Status.IN_PROGRESS) -> Entry:
    values: dict[str, Any] = {
        "id": f"{number}-1", "sub_problem": f"分项问题{number}。", "problem": "", "lead_unit": unit,
        "co_units": (), "progress": progress, "status": status, "completed_on": None,
    }  # fmt: skip
    return replace(ENTRY, item=replace(ENTRY.item, **values))


BASELINE = [item(number, name, "已召开会议1次。") for number, name in enumerate(NAMES, 1)]


def settings_of(place: Workspace) -> Any:
    return load(place.settings_path.read_bytes())


def run(place: Workspace, day: dt.date, **named: Any) -> Outcome:
    return run_round(place, settings_of(place), day, now=dt.datetime(2026, 7, 1), **named)


def press(place: Workspace, day: dt.date) -> NothingMade:
    made = run_of.run_round(place, settings_of(place), day, now=dt.datetime(2026, 7, 1))
    assert isinstance(made, NothingMade)
    return made


def report(place: Workspace, number: int, progress: str, name: str = "") -> None:
    unit = NAMES[number - 1]
    path = place.inbox / (name or f"{unit}.xlsx")
    write_ledger(path, [item(number, unit, progress)], SETTINGS, STAMP, unit=unit)


def record(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "run.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def set_up(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    place = create_workspace(tmp_path_factory.mktemp("期") / "区", SETTINGS)
    write_ledger(place.inbox / "基准.xlsx", BASELINE, SETTINGS, STAMP)
    run(place, FIRST)
    return place


@pytest.fixture
def place(set_up: Workspace, tmp_path: Path) -> Workspace:
    shutil.copytree(set_up.root, tmp_path / "区")
    return Workspace.open(tmp_path / "区")


def texts(number: int) -> str:
    return f"6月{number}日召开专题会议{number}次，形成纪要。"


def test_three_runs_of_a_week_make_what_one_makes(place: Workspace, tmp_path: Path) -> None:
    other = tmp_path / "另"
    shutil.copytree(place.root, other)
    for number in (1, 2, 3):
        report(place, number, texts(number))
        last = run(place, THURSDAY if number < 3 else FRIDAY)
    once = Workspace.open(other)
    for number in (1, 2, 3):
        report(once, number, texts(number))
    single = run(once, FRIDAY)
    assert last.state.code == single.state.code
    files = {p.relative_to(single.folder) for p in single.folder.rglob("*") if p.is_file()}
    for name in sorted(files - {Path("run.json"), Path("台账库备份.db")}):
        assert (last.folder / name).read_bytes() == (single.folder / name).read_bytes(), name
    several, alone = record(last.folder), record(single.folder)
    assert (several["period"].pop("runs"), alone["period"].pop("runs")) == (3, 1)
    assert several["period"].pop("since") == THURSDAY.isoformat()
    alone["period"].pop("since")
    assert several == alone
    assert sorted(path.name for path in place.outbox.iterdir()) == ["2026-06-05", "2026-06-12"]


def test_who_reported_at_noon_has_reported_and_the_week_s_changes_stay(place: Workspace) -> None:
    report(place, 1, texts(1))
    noon = run(place, FRIDAY)
    assert noon.state.figures.missing_units == tuple(NAMES[1:])
    report(place, 2, texts(2))
    late = run(place, FRIDAY)
    assert late.state.figures.missing_units == (NAMES[2],)
    assert (late.state.number, late.state.run) == (noon.state.number, 2)
    assert late.state.changes.updated == ("1-1", "2-1")
    assert late.folder == noon.folder
    assert (late.folder / "旧版" / "1" / "整改周报.docx").is_file()


def test_an_empty_press_makes_nothing(place: Workspace) -> None:
    report(place, 1, texts(1))
    folder = run(place, FRIDAY).folder
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    made = press(place, FRIDAY)
    assert "没有新的内容" in made.sentence
    assert made.folder == folder
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_file_that_comes_once_more_is_taken_away_with_a_sentence(place: Workspace) -> None:
    report(place, 1, texts(1))
    run(place, FRIDAY)
    report(place, 1, texts(1))
    assert f"“{NAMES[0]}.xlsx”本期已经收过" in press(place, FRIDAY).sentence
    assert list(place.inbox.iterdir()) == []


def test_two_files_of_one_name_are_both_kept(place: Workspace) -> None:
    report(place, 1, texts(1))
    run(place, FRIDAY)
    report(place, 1, texts(9))
    again = run(place, FRIDAY)
    assert again.state.by_id["1-1"].item.progress == texts(9)
    names = sorted(given.file for given in again.state.submissions)
    assert names == [f"{NAMES[0]}.xlsx", f"{NAMES[0]}（2）.xlsx"]


def test_an_undo_makes_the_run_before_live_again_byte_for_byte(place: Workspace) -> None:
    report(place, 1, texts(1))
    folder = run(place, FRIDAY).folder
    before = {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    report(place, 2, texts(2))
    run(place, FRIDAY)
    undone = undo(place)
    assert undone.stands is not None
    assert undone.files == 1
    assert [path.name for path in place.inbox.iterdir()] == [f"{NAMES[1]}.xlsx"]
    after = {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert after == before
    assert undo(place).stands is None
    assert not folder.exists()
    assert sorted(path.name for path in place.inbox.iterdir()) == sorted(
        f"{name}.xlsx" for name in NAMES[:2]
    )


def test_a_paper_that_a_person_has_changed_stays_and_ours_stands_beside_it(
    place: Workspace,
) -> None:
    report(place, 1, texts(1))
    folder = run(place, FRIDAY).folder
    paper = folder / "整改周报.docx"
    document = docx.Document(str(paper))
    document.add_paragraph("请主任审阅。")
    document.save(str(paper))
    changed = paper.read_bytes()
    report(place, 2, texts(2))
    again = run(place, FRIDAY)
    assert again.beside == ("整改周报.docx",)
    assert paper.read_bytes() == changed
    assert (folder / "整改周报（新）.docx").is_file()


def test_a_signed_period_is_frozen_and_what_comes_later_waits(place: Workspace) -> None:
    report(place, 1, texts(1))
    folder = run_round(place, OFFICE, FRIDAY, now=dt.datetime(2026, 7, 1)).folder
    signing = Signing(round=folder.name, by="张三", on=FRIDAY, number="甲党工通〔2026〕1号")
    sign(place, OFFICE, signing)
    report(place, 2, texts(2))
    made = press(place, FRIDAY)
    assert "已经签发定稿" in made.sentence
    assert len(list(place.inbox.iterdir())) == 1
    assert run(place, NEXT).state.by_id["2-1"].item.progress == texts(2)


def test_another_period_can_be_begun_on_the_same_day(place: Workspace) -> None:
    report(place, 1, texts(1))
    first = run(place, FRIDAY)
    report(place, 2, texts(2))
    second = run(place, FRIDAY, begins_period=True)
    assert (first.state.number, second.state.number) == (2, 3)
    assert (first.folder.name, second.folder.name) == ("2026-06-12", "2026-06-12-2")
    assert second.state.changes.updated == ("2-1",)


def test_an_outbox_whose_memory_is_lost_is_refused_with_the_command(place: Workspace) -> None:
    report(place, 1, texts(1))
    run(place, FRIDAY)
    shutil.rmtree(place.hidden)
    report(place, 2, texts(2))
    with pytest.raises(UsageError, match="zhenggai restore") as refused:
        run_round(Workspace.open(place.root), SETTINGS, NEXT, now=dt.datetime(2026, 7, 1))
    assert "台账库是空的" in str(refused.value)


def test_a_first_inbox_with_nothing_readable_makes_no_period(tmp_path: Path) -> None:
    place = create_workspace(tmp_path / "区", SETTINGS)
    (place.inbox / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"0" * 100)
    with pytest.raises(UsageError, match="没有建立任何一期"):
        run(place, FIRST)
    assert list(place.outbox.iterdir()) == []
    assert [path.name for path in place.inbox.iterdir()] == ["照片.jpg"]


def test_files_of_the_newest_state_that_are_gone_or_empty_are_rebuilt(place: Workspace) -> None:
    folder = place.outbox / FIRST.isoformat()
    whole = (folder / "整改进展通报.docx").read_bytes()
    (folder / "整改进展通报.docx").write_bytes(b"")
    (folder / "run.json").unlink()
    press(place, FIRST)
    assert (folder / "整改进展通报.docx").read_bytes() == whole
    assert (folder / "run.json").is_file()


def test_a_file_that_may_not_be_written_stops_the_run_with_its_name(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(place, 1, texts(1))
    run(place, FRIDAY)
    report(place, 2, texts(2))
    open_ = Path.open

    def locked(path: Path, *given: Any, **named: Any) -> Any:
        if path.name == "整改周报.docx" and "r+b" in given:
            raise PermissionError(13, "Permission denied")
        return open_(path, *given, **named)

    monkeypatch.setattr(Path, "open", locked)
    with pytest.raises(WorkspaceTrouble, match=r"整改周报\.docx正被打开"):
        run(place, FRIDAY)
    monkeypatch.undo()
    assert [path.name for path in place.inbox.iterdir()] == [f"{NAMES[1]}.xlsx"]
    assert run(place, FRIDAY).state.run == 2
