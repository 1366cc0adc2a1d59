"""A run or an undo that is killed at any write leaves the old state or the new one; the next run makes it whole."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.items import ENTRY, SETTINGS
from tests.support.killing import run, state, undo
from toolkit.run.templates import create_workspace
from toolkit.workbooks.template import write_ledger

ROOT = Path(__file__).resolve().parents[2]
FIRST, SECOND = dt.date(2026, 6, 12), dt.date(2026, 6, 19)
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="本系统没有fork")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one round behind it, and a return in its inbox."""
    workspace = create_workspace(tmp_path_factory.mktemp("杀") / "区", SETTINGS)
    write_ledger(workspace.inbox / "台账.xlsx", [ENTRY], SETTINGS, dt.datetime(2026, 6, 1))
    run(workspace.root, FIRST)
    progress = replace(ENTRY.item, progress="6月15日召开会议2次，修订《甲办法》。")
    write_ledger(
        workspace.inbox / "报送.xlsx",
        [replace(ENTRY, item=progress)],
        SETTINGS,
        dt.datetime(2026, 6, 1),
    )
    return workspace.root


def killed(root: Path, what: str, first: int, step: int) -> list[dict[str, Any]]:
    command = [
        sys.executable,
        "-m",
        "tests.support.killing",
        str(root),
        SECOND.isoformat(),
        str(first),
        str(step),
        what,
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


# Every point is a process of its own and takes a second; in the long tier two halves run side by side.
@pytest.mark.parametrize(
    ("first", "step", "least"),
    [
        pytest.param(5, 37, 8, id="a sample"),
        pytest.param(1, 2, 100, id="odd points", marks=pytest.mark.long),
        pytest.param(2, 2, 100, id="even points", marks=pytest.mark.long),
    ],
)
def test_a_run_killed_at_any_write_is_made_whole_by_the_next_one(
    place: Path, tmp_path: Path, first: int, step: int, least: int
) -> None:
    root = tmp_path / "区"
    shutil.copytree(place, root)
    whole = tmp_path / "完整"
    shutil.copytree(place, whole)
    run(whole, SECOND)
    expected = state(whole)
    points = killed(root, "run", first, step)
    assert len(points) > least
    for point in points:
        assert point["again"], point["point"]
        assert point["left"] == [], point["point"]
        assert point["files"] == expected["files"], point["point"]


@pytest.mark.parametrize(
    ("step", "least"),
    [
        pytest.param(4, 3, id="a sample"),
        pytest.param(1, 12, id="every point", marks=pytest.mark.long),
    ],
)
def test_an_undo_killed_at_any_write_is_made_whole_by_the_next_one(
    place: Path, tmp_path: Path, step: int, least: int
) -> None:
    root = tmp_path / "区"
    shutil.copytree(place, root)
    run(root, SECOND)
    whole = tmp_path / "完整"
    shutil.copytree(root, whole)
    undo(whole, SECOND)
    expected = state(whole)
    points = killed(root, "undo", 1, step)
    assert len(points) > least
    for point in points:
        assert point["left"] == [], point["point"]
        assert point["files"] == expected["files"], point["point"]
    assert not any(name.startswith(f"outbox/{SECOND}") for name in expected["files"])


def test_what_was_undone_and_run_again_is_the_same(place: Path, tmp_path: Path) -> None:
    root = tmp_path / "区"
    shutil.copytree(place, root)
    run(root, SECOND)
    once = state(root)
    undo(root, SECOND)
    run(root, SECOND)
    assert state(root) == once
