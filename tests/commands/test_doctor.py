"""`doctor`: always a report, above all where something is broken; a program gets the same checks."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.command import zhenggai
from tests.support.made import SECOND, Made
from toolkit.register.schema import MIGRATIONS
from toolkit.workspace import BACKUP, Workspace


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    return made.two_rounds(tmp_path / "区")


def report(place: Workspace) -> dict[str, tuple[str, str]]:
    """Name of the check → (health, what was found)."""
    checks = zhenggai("doctor", "-w", place.root, "--json").record["checks"]
    return {check["name"]: (check["health"], check["said"]) for check in checks}


def test_a_program_gets_every_line_that_a_person_reads(place: Workspace) -> None:
    lines = zhenggai("doctor", "-w", place.root).out.splitlines()
    checks = report(place)
    assert len(lines) == len(checks)
    # the room on the disk may change between the two
    assert [line.split("：")[0] for line in lines] == [
        f"［{health}］{name}" for name, (health, _) in checks.items()
    ]
    assert {"设置", "字体", "台账库", "归档", "成果", "备份", "未完成的运行"} < checks.keys()
    assert checks["台账库"][0] == checks["备份"][0] == "正常"


def noise(path: Path) -> None:
    path.write_bytes(b"\x5a" * 100 + path.read_bytes()[100:])


def lost_pages(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:8192] + b"\x00" * (len(data) - 8192))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("damage", [noise, lost_pages, cut, newer])
def test_a_register_that_cannot_be_read_is_one_line_of_a_whole_report(
    place: Workspace, damage: Callable[[Path], None]
) -> None:
    damage(place.register_path)
    done = zhenggai("doctor", "-w", place.root)
    assert (done.code, done.err) == (1, "")
    checks = report(place)
    assert checks["台账库"][0] == "故障"
    assert f"outbox/{SECOND}/{BACKUP}" in checks["备份"][1]
    assert {"设置", "字体", "磁盘空间", "未完成的运行"} < checks.keys()


def test_without_a_usable_backup_that_is_said_too(place: Workspace) -> None:
    noise(place.register_path)
    for backup in place.outbox.glob(f"*/{BACKUP}*"):
        noise(backup)
    health, said = report(place)["备份"]
    assert (health, "没有可用的" in said) == ("故障", True)


def test_before_the_first_round_nothing_is_wrong_and_nothing_is_made(tmp_path: Path) -> None:
    assert zhenggai("init", tmp_path / "新").code == 0
    done = zhenggai("doctor", "-w", tmp_path / "新")
    assert done.code == 0
    assert "［注意］台账库：还没有运行过" in done.out
    assert not (tmp_path / "新" / ".zhenggai" / "register.db").exists()


def test_settings_that_cannot_be_read_are_one_line(place: Workspace) -> None:
    (place.settings_path).write_bytes(b"x")
    assert report(place)["设置"][0] == "故障"
    shutil.rmtree(place.outbox / SECOND.isoformat())
    assert report(place)["备份"][0] == "注意"
