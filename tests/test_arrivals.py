"""What lies in the inbox: the size of a file is looked at before it is read."""

from __future__ import annotations

import os
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from toolkit import arrivals as module
from toolkit.arrivals import arrivals
from toolkit.packages.gate import LIMITS, UnreadableFile, read_file

LATER = 4e9


def sparse(path: Path, size: int) -> Path:
    """A file that says it has so many bytes and takes none on the disk."""
    path.touch()
    os.truncate(path, size)
    return path


@pytest.mark.parametrize("name", ["视频.mp4", "台账.xlsx", "佐证/扫描件.pdf"])
def test_a_file_above_the_limit_waits_without_being_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    sparse(tmp_path / name, 900_000_000)
    (tmp_path / "好.csv").write_bytes(b"1,2")
    tracemalloc.start()
    ready, waiting = arrivals(tmp_path, LATER)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000
    assert [file.name for file in ready] == ["好.csv"]
    assert [wait.name for wait in waiting] == [name]
    assert "900MB" in waiting[0].reason
    assert "超过60MB的上限" in waiting[0].reason


def test_a_file_of_just_the_limit_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = replace(LIMITS, file_bytes=10)
    monkeypatch.setattr(module, "LIMITS", limits)
    (tmp_path / "甲.csv").write_bytes(b"0123456789")
    (tmp_path / "乙.csv").write_bytes(b"0123456789+")
    ready, waiting = arrivals(tmp_path, LATER, limits)
    assert [file.name for file in ready] == ["甲.csv"]
    assert [wait.name for wait in waiting] == ["乙.csv"]


def test_what_does_not_fit_into_one_round_waits_for_the_next(tmp_path: Path) -> None:
    for name in ("1.csv", "2.csv", "3.csv"):
        (tmp_path / name).write_bytes(b"0123456789")
    ready, waiting = arrivals(tmp_path, LATER, replace(LIMITS, inbox_bytes=25))
    assert [file.name for file in ready] == ["1.csv", "2.csv"]
    assert [(wait.name, "留待下次" in wait.reason) for wait in waiting] == [("3.csv", True)]


def test_a_file_that_is_named_on_the_command_line_is_not_read_either(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="900MB"):
        read_file(sparse(tmp_path / "台账.xlsx", 900_000_000))
