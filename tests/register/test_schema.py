"""Migrations: from any older version to the newest, all or nothing, and what stands in it already stays as it is."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.made import Made
from toolkit.register import chain
from toolkit.register.schema import MIGRATIONS
from toolkit.register.store import Register, RegisterError

NEWEST = len(MIGRATIONS)


def migrated(db: sqlite3.Connection, start: int, end: int) -> None:
    for step in MIGRATIONS[start:end]:
        db.executescript(step)


def tables(db: sqlite3.Connection) -> dict[str, list[str]]:
    names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: [row[1] for row in db.execute(f"PRAGMA table_info({name})")] for name in names}


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as db:
        yield db


def test_all_migrations_apply_to_nothing_and_make_every_table_of_a_state(
    db: sqlite3.Connection,
) -> None:
    migrated(db, 0, NEWEST)
    made = tables(db)
    for table in (*chain.OF_A_ROUND, *chain.BESIDE, *chain.LATER, "issued", "states"):
        assert "round_id" in made[table], table


def test_from_0_3_0_on_no_table_and_no_column_goes(made: Made, tmp_path: Path) -> None:
    """Links hash the names: the frozen register has every one of them still, after all that came later."""
    path = made.of_0_3_0(tmp_path / "旧").register_path
    with closing(sqlite3.connect(path)) as old:
        before = tables(old)
        version = old.execute("PRAGMA user_version").fetchone()[0]
        counts = {name: old.execute(f"SELECT count(*) FROM {name}").fetchone() for name in before}  # noqa: S608
    assert version < NEWEST
    with Register.open(path):
        pass
    with closing(sqlite3.connect(path)) as new:
        after = tables(new)
        assert new.execute("PRAGMA user_version").fetchone()[0] == NEWEST
        for name, columns in before.items():
            assert set(columns) <= set(after[name]), name
            assert new.execute(f"SELECT count(*) FROM {name}").fetchone() == counts[name]  # noqa: S608
    with Register.open(path) as register:
        assert register.faults() == ()


def test_a_migration_that_fails_half_way_leaves_what_was(made: Made, tmp_path: Path) -> None:
    """As on a full disk: a later step of the same migration cannot be done."""
    path = made.of_0_3_0(tmp_path / "旧").register_path
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE states (id INTEGER)")  # in the way of one of its last steps
    before = path.read_bytes()
    with pytest.raises(RegisterError), Register.open(path):
        pass
    assert path.read_bytes() == before


def test_every_round_of_an_older_version_is_a_period_of_its_own(made: Made, tmp_path: Path) -> None:
    with Register.open(made.of_0_3_0(tmp_path / "旧").register_path) as register:
        states = register.states()
    assert [state.period for state in states] == [1, 2, 3, 4]
    assert {state.basis for state in states} == {""}


def test_what_is_known_reads_the_last_state_of_each_period_only(db: sqlite3.Connection) -> None:
    migrated(db, 0, NEWEST)
    for id_, period in ((1, 1), (2, 2), (3, 2), (4, 3)):
        db.execute("INSERT INTO rounds VALUES (?, '2026-06-05', '', '', '', '', '')", (id_,))
        db.execute(
            "INSERT INTO states (round_id, period, run, since, basis) VALUES (?, ?, 1, '', 'x')",
            (id_, period),
        )
        db.execute(
            'INSERT INTO strokes (round_id, kind, file, item_id, old, new, author, "on")'
            " VALUES (?, 'wording', '', '', '', ?, '', '')",
            (id_, f"第{id_}次"),
        )
    assert [row[0] for row in db.execute("SELECT id FROM live_rounds ORDER BY id")] == [1, 3, 4]
    assert db.execute("SELECT id FROM newest_round").fetchone() == (4,)
    texts = [row[0] for row in db.execute("SELECT new FROM live_strokes ORDER BY id")]
    assert texts == ["第1次", "第3次", "第4次"]


@pytest.mark.parametrize(
    ("decisions", "closed"),
    [
        ([], False),
        (["close"], True),
        (["close", "send_back"], False),
        (["close", "reopen"], False),
        (["close", "reopen", "close"], True),
        (["close", "look_back", "extend"], True),
        (["send_back"], False),
    ],
)
def test_an_item_is_closed_by_the_last_decision_that_closes_or_opens(
    db: sqlite3.Connection, decisions: list[str], closed: bool
) -> None:
    migrated(db, 0, NEWEST)
    db.execute("INSERT INTO rounds VALUES (1, '2026-06-05', '', '', '', '', '')")
    db.execute("INSERT INTO states (round_id, period, run, since, basis) VALUES (1, 1, 1, '', 'x')")
    for ruling in decisions:
        db.execute(
            'INSERT INTO decisions (round_id, item_id, ruling, opinion, basis, by, "on", file, sheet, cell)'
            " VALUES (1, '3-2', ?, '', '', '', '', '', '', '')",
            (ruling,),
        )
    assert (db.execute("SELECT item_id FROM closed_items").fetchone() is not None) is closed


def test_every_view_of_live_rows_is_of_a_table_of_a_state() -> None:
    views = re.findall(r"CREATE VIEW live_(\w+) AS SELECT \* FROM (\w+)", "".join(MIGRATIONS))
    assert views
    for name, table in views:
        assert name == table
        assert table in chain.OF_A_ROUND


def test_a_register_of_before_the_chain_is_brought_forward(tmp_path: Path) -> None:
    path = tmp_path / "旧.db"
    with closing(sqlite3.connect(path)) as old, old:
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
    with Register.open(path) as register:
        assert register.faults() == ()
        (entry,) = register.recall().entries
        assert (entry.item.problem, entry.origin.row) == ("甲", 4)
