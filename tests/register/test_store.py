"""Opening the register: to change it, or only to ask it – then nothing of it changes, whatever its age or health."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.made import SECOND, Made
from tests.support.rounds import plan
from toolkit.register.schema import MIGRATIONS
from toolkit.register.store import Register, RegisterError


@pytest.fixture
def path(made: Made, tmp_path: Path) -> Path:
    return made.two_rounds(tmp_path / "区").register_path


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")


def overwrite(path: Path, start: int, length: int) -> None:
    data = bytearray(path.read_bytes())
    data[start : start + length] = b"\xa5" * len(data[start : start + length])
    path.write_bytes(bytes(data))


@pytest.mark.parametrize("age", ["newest", "0.3.0"])
def test_a_question_to_a_register_of_any_age_leaves_every_byte(
    made: Made, path: Path, tmp_path: Path, age: str
) -> None:
    if age == "0.3.0":
        path = made.of_0_3_0(tmp_path / "旧").register_path
    before = path.read_bytes()
    with Register.open_to_read(path) as register:
        assert len(register.rounds()) >= 2
        assert register.recall().entries
        assert register.faults() == ()
    assert path.read_bytes() == before
    assert [found.name for found in path.parent.glob("register*")] == ["register.db"]


def test_what_is_opened_to_be_read_takes_no_writing(path: Path) -> None:
    newest = path.read_bytes()
    with Register.open_to_read(path) as register:
        with pytest.raises(RegisterError, match="无法写入"):
            register.sign([])
        with pytest.raises(RegisterError, match="无法写入"), register.begin(plan(register, SECOND)):
            pass
    assert path.read_bytes() == newest


def test_a_workspace_without_a_register_gets_none_by_being_asked(tmp_path: Path) -> None:
    with Register.open_to_read(tmp_path / "register.db") as register:
        assert register.rounds() == ()
        assert register.recall().entries == ()
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_was_killed_is_rolled_back_before_it_is_read(
    path: Path, tmp_path: Path
) -> None:
    """What a power cut leaves: pages half changed, and the journal that knows what they were."""
    cut = tmp_path / "断电"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA cache_size = 1")  # changed pages go to the file before the commit
        db.execute("BEGIN IMMEDIATE")
        db.execute("UPDATE facts SET value = '\"改到一半\"'")
        shutil.copytree(path.parent, cut)
        db.execute("ROLLBACK")
    assert (cut / "register.db-journal").is_file()
    with Register.open_to_read(cut / "register.db") as register:
        assert register.faults() == ()
        assert "改到一半" not in str(register.recall().entries)


@pytest.mark.parametrize("opened", [Register.open, Register.open_to_read])
@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda path: overwrite(path, 0, 100), "已损坏"),
        (lambda path: path.write_text("不是数据库" * 100, encoding="utf-8"), "已损坏"),
        (lambda path: overwrite(path, 4096, path.stat().st_size), "已损坏"),
        (newer, "请升级工具箱"),
    ],
    ids=["head", "text", "pages", "newer"],
)
def test_a_register_that_cannot_be_used_is_said_in_one_sentence(
    path: Path, opened: Callable[..., object], damage: Callable[[Path], None], said: str
) -> None:
    damage(path)
    with pytest.raises(RegisterError, match=said) as refusal, opened(path) as register:  # type: ignore[attr-defined]
        register.recall()
    assert str(path) in str(refusal.value)
