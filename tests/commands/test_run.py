"""`run`: the report for a person, run.json for a program, an exit code for a script; a past date is issued again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command import zhenggai
from tests.support.made import FIRST, SECOND, Made
from toolkit.workspace import Workspace


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    return made.two_rounds(tmp_path / "区")


def test_a_round_is_told_and_its_folder_named(place: Workspace) -> None:
    done = zhenggai("run", "--as-of", "2026-06-19", "-w", place.root)
    assert (done.code, done.err) == (0, "")
    assert f"成果在：{place.outbox / '2026-06-19'}" in done.out


def test_a_program_gets_the_record(place: Workspace) -> None:
    (place.inbox / "甲.csv").write_text(
        "问题编号,具体问题,整改状态\n3-2,具体问题一,差不多了\n", encoding="utf-8"
    )
    done = zhenggai("run", "--as-of", "2026-06-19", "-w", place.root, "--json")
    assert (done.code, done.err) == (1, "")
    assert done.record["schema"] == "zhenggai.run/1"
    assert done.record["as_of"] == "2026-06-19"


def test_a_past_date_is_issued_again_and_the_inbox_stays(place: Workspace) -> None:
    (place.inbox / "甲.csv").write_text("问题编号,整改措施\n3-2,甲\n", encoding="utf-8")
    done = zhenggai("run", "--as-of", FIRST, "-w", place.root)
    assert (done.code, done.err) == (0, "")
    assert "已按归档原样重发" in done.out
    assert (place.inbox / "甲.csv").is_file()
    assert sorted(path.name for path in place.outbox.iterdir()) == [
        str(FIRST),
        f"{FIRST}-重发",
        str(SECOND),
    ]
