"""undo, replay, restore, doctor: what was issued comes back as it was, what is wrong is named."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.items import ENTRY, SETTINGS
from tests.support.killing import run, state
from toolkit.errors import UsageError
from toolkit.issued.restore import restore
from toolkit.issued.undo import undo
from toolkit.queries.doctor import Check, Health, examine
from toolkit.register.store import Register
from toolkit.run.templates import create_workspace
from toolkit.workbooks.template import write_ledger
from toolkit.workspace import BACKUP, Workspace

FIRST, SECOND, THIRD = dt.date(2026, 6, 12), dt.date(2026, 6, 19), dt.date(2026, 6, 26)
STAMP = dt.datetime(2026, 6, 1)


def drop(workspace: Workspace, progress: str, name: str = "报送.xlsx") -> None:
    item = replace(ENTRY.item, progress=progress)
    write_ledger(workspace.inbox / name, [replace(ENTRY, item=item)], SETTINGS, STAMP)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Three rounds: the ledger, a return, a second return."""
    workspace = create_workspace(tmp_path_factory.mktemp("回退") / "区", SETTINGS)
    write_ledger(workspace.inbox / "台账.xlsx", [ENTRY], SETTINGS, STAMP)
    run(workspace.root, FIRST)
    for day, text in ((SECOND, "6月15日召开会议2次。"), (THIRD, "6月22日修订《甲办法》。")):
        drop(workspace, text)
        run(workspace.root, day)
    return workspace


@pytest.fixture
def place(made: Workspace, tmp_path: Path) -> Workspace:
    shutil.copytree(made.root, tmp_path / "区")
    return Workspace(tmp_path / "区")


def zhenggai(place: Workspace, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "toolkit", *arguments, "-w", str(place.root)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def health(place: Workspace, today: dt.date = THIRD) -> dict[str, Check]:
    return {check.name: check for check in examine(place, today)}


def test_each_round_can_be_taken_back_down_to_the_empty_register(place: Workspace) -> None:
    for left in (2, 1, 0):
        undo(place)
        with Register.open(place.register_path) as register:
            assert len(register.rounds()) == left
            assert register.faults() == ()
            texts = [fact.value for fact in register.history(ENTRY.item.id, "progress")]
        assert len(texts) == left
    assert sorted(path.name for path in place.inbox.iterdir()) == [
        "台账.xlsx",
        "报送.xlsx",
        "报送（2）.xlsx",
    ]
    assert list(place.outbox.iterdir()) == []
    with pytest.raises(UsageError, match="没有任何一期"):
        undo(place)


def test_an_original_keeps_its_time_of_change_when_it_comes_back(place: Workspace) -> None:
    drop(place, "7月1日完成。", "三.xlsx")
    before = (place.inbox / "三.xlsx").stat().st_mtime
    run(place.root, dt.date(2026, 7, 3))
    undo(place)
    assert (place.inbox / "三.xlsx").stat().st_mtime == pytest.approx(before, abs=1e-3)


def test_a_past_round_is_issued_again_as_it_was(place: Workspace) -> None:
    issued = files(place.outbox / str(SECOND))
    (place.outbox / str(SECOND) / "整改进展通报.docx").write_bytes(b"changed by a person")
    done = zhenggai(place, "run", "--as-of", str(SECOND))
    assert (done.returncode, done.stderr) == (0, "")
    assert "已被改动：整改进展通报.docx" in done.stdout
    again = files(place.outbox / f"{SECOND}-重发")
    assert again == {name: data for name, data in issued.items() if name != BACKUP}
    with Register.open(place.register_path) as register:
        assert [past.as_of for past in register.rounds()] == [FIRST, SECOND, THIRD]


def test_a_past_round_whose_folder_is_gone_comes_back_in_its_place(place: Workspace) -> None:
    shutil.rmtree(place.outbox / str(FIRST))
    done = zhenggai(place, "run", "--as-of", str(FIRST), "--json")
    assert json.loads(done.stdout)["as_of"] == str(FIRST)
    assert (place.outbox / str(FIRST) / "整改进展通报.docx").is_file()


def test_a_new_round_before_the_last_one_is_refused(place: Workspace) -> None:
    drop(place, "改。")
    done = zhenggai(place, "run", "--as-of", "2020-01-01")
    assert done.returncode == 2
    assert "早于最近一期" in done.stderr
    assert (place.inbox / "报送.xlsx").is_file()


def test_the_copy_beside_the_outputs_is_the_register_of_that_round(place: Workspace) -> None:
    packed = place.outbox / str(SECOND) / f"{BACKUP}.gz"
    path = place.root / "copy.db"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    with Register.open(path) as copy:
        assert [past.as_of for past in copy.rounds()] == [FIRST, SECOND]
        assert copy.faults() == ()


def test_only_the_newest_copy_is_left_unpacked(place: Workspace) -> None:
    plain = [path.parent.name for path in place.outbox.rglob(BACKUP)]
    assert plain == [str(THIRD)]


def test_everything_lost_but_the_outbox_comes_back(place: Workspace) -> None:
    whole = state(place.root)
    shutil.rmtree(place.hidden)
    place.hidden.mkdir()
    done = restore(place, place.outbox / str(THIRD) / BACKUP)
    assert (done.round.as_of, done.put_aside, done.missing) == (THIRD, None, ())
    assert state(place.root) == whole
    drop(place, "6月30日完成。", "新.xlsx")
    run(place.root, dt.date(2026, 7, 3))
    assert health(place, dt.date(2026, 7, 3))["台账库"].health is Health.FINE


def test_the_register_that_stood_is_put_aside(place: Workspace) -> None:
    before = place.register_path.read_bytes()
    done = restore(place, place.outbox / str(FIRST) / f"{BACKUP}.gz")
    assert done.put_aside.read_bytes() == before


@pytest.mark.parametrize("damage", ["missing", "text", "altered", "truncated"])
def test_what_is_no_whole_copy_is_refused_and_nothing_changes(
    place: Workspace, tmp_path: Path, damage: str
) -> None:
    copy = tmp_path / "备份.db"
    if damage != "missing":
        shutil.copyfile(place.outbox / str(THIRD) / BACKUP, copy)
    if damage == "text":
        copy.write_text("不是数据库")
    elif damage == "altered":
        tamper(copy, "UPDATE facts SET value = '\"改\"' WHERE id = 1")
    elif damage == "truncated":
        copy.write_bytes(copy.read_bytes()[:-5000])
    before = place.register_path.read_bytes()
    with pytest.raises(UsageError):
        restore(place, copy)
    assert place.register_path.read_bytes() == before
    assert not list(place.hidden.glob("*替换前*"))


def tamper(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as db:
        db.execute(statement)
    db.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE facts SET value = '\"改\"' WHERE id = (SELECT max(id) FROM facts)",
        "DELETE FROM facts WHERE id = (SELECT max(id) FROM facts)",
        "UPDATE facts SET cell = 'A1' WHERE id = 5",
        "UPDATE inputs SET sha256 = 'x' WHERE id = 2",
        "UPDATE rounds SET as_of = '2026-06-13' WHERE id = 1",
        "UPDATE issued SET sha256 = 'x' WHERE id = 1",
        "UPDATE states SET basis = 'x' WHERE id = 2",
        "INSERT INTO waivers SELECT NULL, 2, 'F101', id, 'owner', '', '', '某', '2026-12-31', '' FROM items",
    ],
)
def test_the_doctor_sees_what_was_altered_in_the_register(place: Workspace, statement: str) -> None:
    assert health(place)["台账库"].health is Health.FINE
    tamper(place.register_path, statement)
    assert health(place)["台账库"].health is Health.FAULT
    assert zhenggai(place, "doctor").returncode == 1


def test_the_doctor_names_an_original_that_is_damaged_or_gone(place: Workspace) -> None:
    assert health(place)["归档"].health is Health.FINE
    kept = sorted(path for path in (place.hidden / "originals").rglob("*") if path.is_file())
    kept[0].write_bytes(b"x")
    assert health(place)["归档"].health is Health.FAULT
    assert "1个文件缺失或已损坏" in health(place)["归档"].said
    restore(place, place.outbox / str(THIRD) / BACKUP)
    assert health(place)["归档"].health is Health.FINE


def test_the_doctor_says_what_a_person_changed_in_the_outbox_and_what_the_clock_says(
    place: Workspace,
) -> None:
    assert health(place)["成果"].health is Health.FINE
    (place.outbox / str(THIRD) / "汇总台账.xlsx").write_bytes(b"x")
    assert "汇总台账.xlsx（已改动）" in health(place)["成果"].said
    assert health(place, dt.date(2020, 1, 1))["日期"].health is Health.NOTE


def test_a_register_of_before_the_chain_is_brought_forward(tmp_path: Path) -> None:
    from toolkit.register.schema import MIGRATIONS

    path = tmp_path / "旧.db"
    with sqlite3.connect(path) as old:
        old.executescript("".join(MIGRATIONS[:2]) + "PRAGMA user_version = 2;")
        old.execute(
            "INSERT INTO rounds VALUES (1, '2026-06-05', '2026-06-05', 't', '0.2', '2026-06-05T09:00:00')"
        )
        old.execute("INSERT INTO items VALUES ('3-2', 0, 1, '台账.xlsx', '表', 4)")
        for column, value in (("id", '"3-2"'), ("problem", '"甲"')):
            old.execute(
                "INSERT INTO facts VALUES (NULL, '3-2', ?, ?, 1, '台账.xlsx', '表', 'A4')",
                (column, value),
            )
        old.execute('INSERT INTO current SELECT item_id, "column", id FROM facts')
    old.close()
    with Register.open(path) as register:
        assert register.faults() == ()
        (entry,) = register.recall().entries
        assert (entry.item.problem, entry.origin.row) == ("甲", 4)
