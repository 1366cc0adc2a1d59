"""What the window does, without a screen: a folder is known for what it is, work goes on beside, failures are sentences."""

from __future__ import annotations

import datetime as dt
import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from toolkit.desk import memory, work
from toolkit.errors import UsageError
from toolkit.run.templates import create_workspace

if TYPE_CHECKING:
    from toolkit.run.consolidate import Progress

NOW = dt.datetime(2026, 6, 22, 9)
ROOT = Path(__file__).resolve().parents[2]


def events_of(worker: work.Worker) -> list[work.Event]:
    """All that a worker has told once it has ended."""
    worker.wait()
    found = []
    while not worker.events.empty():
        found.append(worker.events.get())
    return found


def test_a_folder_is_known_for_what_it_is(tmp_path: Path) -> None:
    create_workspace(tmp_path / "区")
    assert work.kind_of(tmp_path / "区") is work.Kind.WORKSPACE
    assert work.kind_of(tmp_path) is work.Kind.OTHER
    assert work.kind_of(tmp_path / "没有") is work.Kind.OTHER
    assert work.kind_of(ROOT) is work.Kind.SOURCE


def test_before_the_first_run_the_window_says_what_to_do(tmp_path: Path) -> None:
    view = work.look(create_workspace(tmp_path))
    assert (view.waiting, view.newest) == (0, None)
    assert "立即汇总" in view.text
    assert view.waiting_line == "收件里没有文件。"


def test_files_that_wait_are_counted_but_not_those_of_programs(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path)
    (workspace.inbox / "甲局").mkdir()
    for name in ("甲局/台账.xlsx", "乙局.et", "~$乙局.et", ".DS_Store"):
        (workspace.inbox / name).write_bytes(b"")
    assert work.look(workspace).waiting_line == "收件里有2个文件。"


def test_the_newest_period_is_the_latest_by_name(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path)
    for name in ("2026-06-12", "2026-06-19", "2026-06-05", "下发"):
        (workspace.outbox / name).mkdir()
    for name in ("2026-06-12", "2026-06-05"):
        (workspace.outbox / name / "运行说明.txt").write_text(f"{name}的说明", "utf-8-sig")
    os.utime(workspace.outbox / "2026-06-05" / "运行说明.txt")
    view = work.look(workspace)
    assert view.newest == workspace.outbox / "2026-06-12"
    assert view.text == "2026-06-12的说明"


def test_a_workspace_that_is_opened_again_gets_starters_of_this_program(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path)
    (tmp_path / "立即汇总.bat").unlink()
    work.open_workspace(workspace.root)
    assert (tmp_path / "立即汇总.bat").is_file()


def test_work_goes_on_beside_and_tells_its_progress(tmp_path: Path) -> None:
    def job(watch: Progress) -> work.Finished:
        watch("读取报送件", 1, 3)
        return work.Finished(tmp_path)

    worker = work.Worker()
    worker.start(job)
    assert events_of(worker) == [work.Step("读取报送件", 1, 3), work.Finished(tmp_path)]
    assert not worker.is_busy


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        (UsageError("请先放入台账。"), "请先放入台账。"),
        (OSError(errno.ENOSPC, "No space left"), "磁盘已满，请腾出空间后重新运行。"),
        (ValueError("x"), "程序出错（ValueError：x）。请用命令 zhenggai run --debug 重新运行"),
    ],
)
def test_a_failure_of_any_kind_is_a_chinese_sentence(trouble: Exception, sentence: str) -> None:
    def job(watch: Progress) -> work.Finished:
        raise trouble

    worker = work.Worker()
    worker.start(job)
    failed = events_of(worker)[0]
    assert isinstance(failed, work.Failed)
    assert failed.sentence.startswith(sentence)


def test_an_empty_inbox_is_told_and_nothing_is_made(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path)
    worker = work.Worker()
    worker.start(lambda watch: work.run_round_now(workspace, NOW, watch))
    failed = events_of(worker)[-1]
    assert isinstance(failed, work.Failed)
    assert "没有文件" in failed.sentence
    assert list(workspace.outbox.iterdir()) == []


def test_the_sample_never_stands_where_something_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "样例").mkdir()
    (tmp_path / "样例（2）").mkdir()
    asked: list[Path] = []

    class Outcome:
        folder = tmp_path / "结果"

    def make_demo(folder: Path, now: dt.datetime, watch: Progress) -> Outcome:
        asked.append(folder)
        return Outcome()

    monkeypatch.setattr(work, "make_demo", make_demo)
    assert work.make_sample(tmp_path, "样例", NOW, lambda *_: None) == work.Finished(
        tmp_path / "结果"
    )
    assert asked == [tmp_path / "样例（3）"]


def test_chosen_workspaces_are_remembered_newest_first(tmp_path: Path) -> None:
    places = [tmp_path / name for name in ("甲 区", "乙（区）", "丙区")]
    for place in places:
        place.mkdir()
        memory.remember(tmp_path / "设置", place)
    memory.remember(tmp_path / "设置", places[0])
    places[1].rmdir()
    assert memory.recall(tmp_path / "设置") == (places[0], places[2])


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00bad", b"\n\n"])
def test_a_memory_that_cannot_be_read_is_a_fresh_start(
    tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "workspaces.txt").write_bytes(content)
    assert memory.recall(tmp_path) == ()


def test_a_memory_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "文件").write_bytes(b"")
    memory.remember(tmp_path / "文件", tmp_path)
    assert memory.recall(tmp_path / "文件") == ()


@pytest.mark.parametrize(
    ("environment", "platform", "ending"),
    [
        ({"APPDATA": "/用户/Roaming"}, "win32", "/用户/Roaming/zhenggai"),
        ({}, "win32", "AppData/Roaming/zhenggai"),
        ({"XDG_CONFIG_HOME": "/设置"}, "linux", "/设置/zhenggai"),
        ({}, "linux", ".config/zhenggai"),
    ],
)
def test_where_the_memory_is(environment: dict[str, str], platform: str, ending: str) -> None:
    assert memory.settings_folder(environment, platform).as_posix().endswith(ending)
