"""The window on a screen (Xvfb's where there is no other): what is shown, what its buttons do."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING

import openpyxl
import pytest

from toolkit.run.templates import create_workspace

tk = pytest.importorskip("tkinter", reason="这个Python没有tkinter")

from tkinter import filedialog, messagebox  # noqa: E402

from toolkit.desk import window as desk  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOW = dt.datetime(2026, 6, 22, 9)
SECONDS = 120


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that the desktop was asked to show."""
    folders: list[Path] = []

    def show(folder: Path) -> bool:
        folders.append(folder)
        return True

    monkeypatch.setattr(desk, "open_folder", show)
    return folders


@pytest.fixture
def errors(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sentences that were shown as errors."""
    told: list[str] = []
    monkeypatch.setattr(messagebox, "showerror", lambda _title, text, **_: told.append(text))
    return told


@pytest.fixture
def window(
    screen: None, tmp_path: Path, opened: list[Path], errors: list[str]
) -> Iterator[desk.Window]:
    root = tk.Tk()
    yield desk.Window(root, lambda: NOW, tmp_path / "设置")
    root.destroy()


def shown(window: desk.Window) -> str:
    return window.report.get("1.0", "end-1c")


def can(window: desk.Window, words: str) -> bool:
    return not window.buttons[words].instate(["disabled"])


def until(window: desk.Window, is_so: Callable[[], bool]) -> None:
    """Let the window live until something is so."""
    end = time.monotonic() + SECONDS
    while not is_so() and time.monotonic() < end:
        window.root.update()
        time.sleep(0.01)
    assert is_so()


def test_a_fresh_window_says_how_to_begin(window: desk.Window) -> None:
    assert "选择…" in shown(window)
    assert [words for words in window.buttons if can(window, words)] == ["选择…", "看样例"]


def test_a_workspace_is_shown_and_remembered(window: desk.Window, tmp_path: Path) -> None:
    place = create_workspace(tmp_path / "整改（一 二）").root
    window.take(place)
    assert window.path.get() == str(place)
    assert "第一次使用" in shown(window)
    assert all(can(window, words) for words in window.buttons)
    again = desk.Window(window.root, lambda: NOW, tmp_path / "设置")
    again.take_last()
    assert again.path.get() == str(place)


@pytest.mark.parametrize("agrees", [True, False])
def test_another_folder_becomes_a_workspace_only_when_the_person_agrees(
    window: desk.Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, agrees: bool
) -> None:
    monkeypatch.setattr(filedialog, "askdirectory", lambda **_: str(tmp_path / "桌面"))
    monkeypatch.setattr(messagebox, "askyesno", lambda *_, **__: agrees)
    (tmp_path / "桌面").mkdir()
    window.buttons["选择…"].invoke()
    assert (tmp_path / "桌面" / "templates" / "设置.xlsx").is_file() is agrees
    assert can(window, "立即汇总") is agrees


def test_nothing_happens_when_the_choice_is_cancelled(
    window: desk.Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filedialog, "askdirectory", lambda **_: "")
    window.buttons["选择…"].invoke()
    window.buttons["看样例"].invoke()
    assert window.workspace is None
    assert not window.worker.is_busy


def test_one_click_runs_a_round_and_opens_its_folder(
    window: desk.Window, tmp_path: Path, opened: list[Path]
) -> None:
    place = create_workspace(tmp_path / "区")
    book = openpyxl.Workbook()
    for row in (
        ("问题编号", "主要问题", "具体问题", "牵头单位", "整改时限", "整改进展情况", "整改状态"),
        ("1-1", "学习不深", "研讨不充分", "办公室", "2026年12月底", "已开会3次。", "正在整改"),
    ):
        book.active.append(list(row))
    book.save(place.inbox / "台账.xlsx")
    window.take(place.root)
    window.buttons["立即汇总"].invoke()
    assert not can(window, "立即汇总")
    until(window, lambda: bool(opened))
    assert opened == [place.outbox / "2026-06-22"]
    assert "问题共1个" in shown(window)
    assert "已完成" in window.status.get()
    assert can(window, "立即汇总")


def test_what_cannot_be_done_is_said_in_one_sentence(
    window: desk.Window, tmp_path: Path, errors: list[str], opened: list[Path]
) -> None:
    window.take(create_workspace(tmp_path / "区").root)
    window.buttons["立即汇总"].invoke()
    until(window, lambda: bool(errors))
    assert len(errors) == 1
    assert "没有文件" in errors[0]
    assert opened == []
    assert can(window, "立即汇总")


@pytest.mark.parametrize(
    ("words", "folder"), [("打开收件", "inbox"), ("打开成果", "outbox"), ("打开设置", "templates")]
)
def test_buttons_open_the_folders_of_the_workspace(
    window: desk.Window, tmp_path: Path, opened: list[Path], words: str, folder: str
) -> None:
    window.take(create_workspace(tmp_path / "区").root)
    window.buttons[words].invoke()
    assert opened == [tmp_path / "区" / folder]


def test_a_desktop_that_opens_nothing_gets_the_path_in_words(
    window: desk.Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "open_folder", lambda _folder: False)
    window.take(create_workspace(tmp_path / "区").root)
    window.buttons["打开收件"].invoke()
    assert window.status.get() == f"请打开这个文件夹：{tmp_path / '区' / 'inbox'}"


def test_without_a_screen_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    with pytest.raises(desk.NoScreen, match="zhenggai run"):
        desk.open_window(lambda: NOW, None)
