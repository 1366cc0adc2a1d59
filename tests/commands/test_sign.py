"""`sign`: what is said of it is what has happened, also where the last step does not go through."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.command import Answer, zhenggai
from tests.support.drawn import HEAD, Sheet, line, workbook
from tests.support.made import SECOND, Made, run_week
from toolkit.register.store import Register
from toolkit.workspace import BACKUP, Workspace

NUMBER = "甲乙通〔2026〕12号"


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    return made.two_rounds(tmp_path / "区")


def sign(place: Workspace) -> Answer:
    return zhenggai(
        "sign", SECOND, "--by", "王书记", "--date", "2026-06-22", "--no", NUMBER, "-w", place.root
    )


def numbers(place: Workspace) -> list[str]:
    with Register.open_to_read(place.register_path) as register:
        return [one.number for one in register.signatures()]


def test_the_final_paper_and_what_was_done_are_named(place: Workspace) -> None:
    done = sign(place)
    assert (done.code, done.err) == (0, "")
    paper = place.outbox / SECOND.isoformat() / "签发" / "整改进展通报.docx"
    assert f"已签发：{paper}" in done.out
    assert paper.is_file()
    assert NUMBER in numbers(place)


def blocked_backup(place: Workspace) -> Path:
    """Stands for a copy of the register that another program holds open."""
    path = place.outbox / SECOND.isoformat() / BACKUP
    path.unlink()
    path.mkdir()
    return path


def blocked_folder(place: Workspace) -> Path:
    path = place.outbox / SECOND.isoformat() / "签发"
    path.write_bytes(b"")
    return path


@pytest.mark.parametrize("block", [blocked_backup, blocked_folder])
def test_what_fails_after_the_signing_does_not_deny_it(place: Workspace, block: object) -> None:
    assert callable(block)
    blocking = block(place)
    done = sign(place)
    assert done.code == 3
    assert "已经签发" in done.err
    assert "没有更改" not in done.err
    assert blocking.name in done.err
    assert NUMBER in numbers(place)
    shutil.rmtree(blocking) if blocking.is_dir() else blocking.unlink()
    again = sign(place)
    assert (again.code, again.err) == (0, "")
    with Register.open_to_read(place.outbox / SECOND.isoformat() / BACKUP) as copy:
        assert [one.number for one in copy.signatures()] == numbers(place)


def test_a_signing_that_is_refused_changes_nothing(place: Workspace) -> None:
    done = zhenggai("sign", SECOND, "--by", "王书记", "--no", "12号", "-w", place.root)
    assert done.code == 2
    assert "文号“12号”" in done.err
    assert numbers(place) == []


def test_open_errors_are_said_before_the_papers(made: Made, tmp_path: Path) -> None:
    place = made.empty(tmp_path / "区")
    rows = [line(n, 牵头单位="规划建设局", 整改状态="差不多") for n in range(1, 9)]
    (place.inbox / "台账.xlsx").write_bytes(workbook(Sheet([HEAD, *rows])))
    record = run_week(place, SECOND)
    errors = [found for found in record["findings"] if found["severity"] == "error"]
    done = sign(place)
    said = done.out.splitlines()
    assert said[0].startswith(f"签发前请留意：这一期还有{len(errors)}条错误没有解决；其余")
    assert said[1].startswith("  问题1-1：")
    assert len([text for text in said if text.startswith("  问题")]) == 5


def test_nothing_is_said_of_errors_where_there_are_none(place: Workspace) -> None:
    assert "签发前请留意" not in sign(place).out
