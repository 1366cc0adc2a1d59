"""The commit is all or nothing: killed at every step, the next run finishes or discards it; no file is ever lost."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.support.items import ENTRY, SETTINGS
from tests.support.made import Made
from toolkit.ledger.item import Item
from toolkit.register.store import Register
from toolkit.run.round import NothingMade, run_round
from toolkit.workspace import Workspace, WorkspaceBusy, WorkspaceTrouble

ROOT = Path(__file__).resolve().parents[1]
AS_OF, NOW = dt.date(2026, 6, 19), dt.datetime(2026, 6, 19, 9)


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    return made.with_ledger(tmp_path / "区")


def state(workspace: Workspace) -> tuple[dict[str, str], int, list[Item]]:
    """What a person would find: inbox, outbox and the number of rounds in the register."""
    files = {
        str(path.relative_to(workspace.root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in (workspace.inbox, workspace.outbox)
        for path in folder.rglob("*")
        if path.is_file()
    }
    with Register.open(workspace.register_path) as register:
        return files, len(register.rounds()), [entry.item for entry in register.recall().entries]


def test_a_real_kill_leaves_the_old_state_or_the_new_one(place: Workspace, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for delay in (0.2, 0.4, 0.6):
        root = tmp_path / f"杀{delay}"
        shutil.copytree(place.root, root)
        command = [
            sys.executable,
            "-m",
            "toolkit",
            "run",
            "-w",
            str(root),
            "--as-of",
            AS_OF.isoformat(),
        ]
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stderr
        files, rounds, items = state(Workspace(root))
        assert items == [ENTRY.item]
        assert rounds >= 1
        assert any(name.endswith("整改进展通报.docx") for name in files)
        assert "inbox/台账.xlsx" not in files


def test_two_runs_at_once_one_refuses_clearly(place: Workspace) -> None:
    with place.lock(), pytest.raises(WorkspaceBusy, match="正在被使用"):
        run_round(place, SETTINGS, AS_OF, now=NOW)


def test_a_half_copied_workbook_waits(place: Workspace) -> None:
    whole = (place.inbox / "台账.xlsx").read_bytes()
    half = place.inbox / "半个.xlsx"
    half.write_bytes(whole[: len(whole) // 2])
    arrivals, waiting = place.arrivals(half.stat().st_mtime + 0.5)
    assert [arrival.name for arrival in arrivals] == ["台账.xlsx"]
    assert [wait.name for wait in waiting] == ["半个.xlsx"]


def names(place: Workspace, now: float | None = None) -> tuple[list[str], dict[str, str]]:
    arrivals, waiting = place.arrivals(time.time() if now is None else now)
    return [arrival.name for arrival in arrivals], {wait.name: wait.reason for wait in waiting}


def test_what_systems_leave_in_folders_is_no_input(place: Workspace) -> None:
    for name in ("~$别的.xlsx", ".~lock.别的.xlsx#", "Thumbs.db", ".DS_Store", "desktop.ini"):
        (place.inbox / name).write_bytes(b"x")
    (place.inbox / "__MACOSX").mkdir()
    (place.inbox / "__MACOSX" / "台账.xlsx").write_bytes(b"x")
    assert names(place) == (["台账.xlsx"], {})


@pytest.mark.parametrize("mark", ["~$台账.xlsx", ".~台账.xlsx", ".~lock.台账.xlsx#"])
def test_a_workbook_that_is_open_in_a_program_waits(place: Workspace, mark: str) -> None:
    (place.inbox / mark).write_bytes(b"x")
    arrivals, waiting = names(place)
    assert arrivals == []
    assert "正被Excel或WPS打开" in waiting["台账.xlsx"]
    assert mark in waiting["台账.xlsx"]
    assert names(place, time.time() + 25 * 3600) == (["台账.xlsx"], {})


@pytest.mark.parametrize("name", ["下载.crdownload", "下载.part", "保存.tmp"])
def test_a_download_that_is_not_finished_waits(place: Workspace, name: str) -> None:
    (place.inbox / name).write_bytes(b"x")
    arrivals, waiting = names(place)
    assert (arrivals, list(waiting)) == (["台账.xlsx"], [name])


@pytest.mark.skipif(os.name == "nt", reason="Windows上建链接要管理员权限")
def test_a_link_is_named_and_not_followed(place: Workspace, tmp_path: Path) -> None:
    (tmp_path / "外面").mkdir()
    (tmp_path / "外面" / "别处.xlsx").write_bytes(b"x")
    (place.inbox / "链接.xlsx").symlink_to(tmp_path / "外面" / "别处.xlsx")
    (place.inbox / "链接夹").symlink_to(tmp_path / "外面")
    arrivals, waiting = names(place)
    assert arrivals == ["台账.xlsx"]
    assert {name: "链接" in reason for name, reason in waiting.items()} == {
        "链接.xlsx": True,
        "链接夹": True,
    }


@pytest.mark.skipif(sys.platform != "linux", reason="只有Linux的文件名可以不是文字")
def test_a_name_under_another_encoding_is_shown_readably(place: Workspace) -> None:
    (place.inbox / os.fsdecode("规划局.xlsx".encode("gbk"))).write_bytes(b"x")
    arrivals, waiting = names(place)
    assert arrivals == ["台账.xlsx"]
    assert list(waiting) == ["规划局.xlsx"]


def test_odd_names_are_taken_and_kept(place: Workspace) -> None:
    long = "很长的名字" * 16 + ".xlsx"
    data = (place.inbox / "台账.xlsx").read_bytes()
    (place.inbox / "台账.xlsx").rename(place.inbox / "台账 （终稿） 😀 v2.xlsx")
    (place.inbox / "文件夹.xlsx").mkdir()
    (place.inbox / "文件夹.xlsx" / long).write_bytes(data)
    outcome = run_round(place, SETTINGS, AS_OF, now=NOW)
    kept = {path.name for path in (outcome.folder / "原件").rglob("*") if path.is_file()}
    assert kept == {"台账 （终稿） 😀 v2.xlsx", long}
    assert list(place.inbox.rglob("*")) == []


def test_a_file_that_cannot_be_removed_is_a_duplicate_the_next_time(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path, **_options: Any) -> None:
        raise PermissionError(13, "Permission denied")

    real = Path.unlink
    with monkeypatch.context() as patch:
        patch.setattr(
            Path,
            "unlink",
            lambda self, **options: (refuse if self.parent == place.inbox else real)(
                self, **options
            ),
        )
        run_round(place, SETTINGS, AS_OF, now=NOW)
    assert names(place)[0] == ["台账.xlsx"]
    made = run_round(place, SETTINGS, AS_OF, now=NOW.replace(hour=10))
    assert isinstance(made, NothingMade)
    assert "“台账.xlsx”本期已经收过" in made.sentence
    assert names(place)[0] == []


def test_a_full_disk_is_said_and_nothing_has_changed(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(place)

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(WorkspaceTrouble, match="磁盘已满"):
            run_round(place, SETTINGS, AS_OF, now=NOW)
    assert state(place) == before


@pytest.mark.parametrize("trouble", [errno.EACCES, errno.EROFS, errno.EXDEV])
def test_an_outbox_that_takes_nothing_stops_the_round_before_anything_is_recorded(
    place: Workspace, monkeypatch: pytest.MonkeyPatch, trouble: int
) -> None:
    before = state(place)
    real = os.replace

    def replace(source: Path, target: Path, **options: Any) -> None:
        if place.outbox in Path(target).parents:
            raise OSError(trouble, "no", str(target))
        return real(source, target, **options)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace)
        with pytest.raises(WorkspaceTrouble, match="无法写入outbox，没有更改任何内容"):
            run_round(place, SETTINGS, AS_OF, now=NOW)
    assert state(place) == before
    assert run_round(place, SETTINGS, AS_OF, now=NOW).folder.name == AS_OF.isoformat()
    assert [path.name for path in place.outbox.iterdir()] == [AS_OF.isoformat()]


def test_the_same_file_again_is_a_duplicate(place: Workspace) -> None:
    data = (place.inbox / "台账.xlsx").read_bytes()
    run_round(place, SETTINGS, AS_OF, now=NOW)
    (place.inbox / "又一份.xlsx").write_bytes(data)
    made = run_round(place, SETTINGS, AS_OF, now=NOW.replace(hour=10))
    assert isinstance(made, NothingMade)
    assert "“又一份.xlsx”本期已经收过" in made.sentence
