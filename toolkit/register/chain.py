"""The hash chain over states: what a state holds, bound to all that was before its period.

    link = SHA-256 of (seal of the last state of the earlier period, what was added to that later, the state's own rows)
    seal = SHA-256 of (link, the files that were issued)

The link is known before anything is written, so that papers can print its first characters, the state's code; the seal
binds the papers too. Rows count by what they say, not by how SQLite stores them; a blank column does not count, so
that a later schema may add columns. A state's link does not depend on how many runs the period took: the same inputs
give the same code. States of versions before 0.4 have no basis; their links count ids and folder, as they did then.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

# What a state holds when it is sealed, in the order in which it is hashed; each table has an id and a round_id.
OF_A_ROUND = (
    "arrivals",
    "inputs",
    "items",
    "origins",
    "facts",
    "waivers",
    "decisions",
    "answers",
    "pairings",
    "letters",
    "strokes",
    "taken",
    "doubtful",
    "figures",
    "reports",
    "replies",
)
# What is kept of a state beside that: which run each file came with does not decide what the state is.
BESIDE = ("deliveries",)
# Of a state that knows its basis, an item is what its facts say: which state named it first does not count.
_NOT_IN_LINK = frozenset({"items"})
# What may be added to a state that is already sealed.
LATER = ("signatures",)
_START = "0" * 64


def link_of(db: sqlite3.Connection, round_id: int) -> str:
    """The link of a state, from the rows that stand in the register now (hex)."""
    row = db.execute(
        "SELECT as_of, toolkit, settings FROM rounds WHERE id = ?", (round_id,)
    ).fetchone()
    period, basis = _state(db, round_id)
    digest = hashlib.sha256(head_of(db, period).encode())
    digest.update(_line(row))
    if basis:
        digest.update(_line((period, basis)))
    for table in OF_A_ROUND:
        if not (basis and table in _NOT_IN_LINK):
            _add_rows(digest, db, table, round_id, with_ids=not basis)
    return digest.hexdigest()


def seal_of(db: sqlite3.Connection, round_id: int) -> str:
    """The seal of a state, over its stored link and the files issued with it (hex)."""
    link, folder = db.execute(
        "SELECT link, folder FROM rounds WHERE id = ?", (round_id,)
    ).fetchone()
    _, basis = _state(db, round_id)
    digest = hashlib.sha256(link.encode())
    if not basis:
        digest.update(_line((folder,)))
    _add_rows(digest, db, "issued", round_id, with_ids=not basis)
    return digest.hexdigest()


def _state(db: sqlite3.Connection, round_id: int) -> tuple[int, str]:
    period, basis = db.execute(
        "SELECT period, basis FROM states WHERE round_id = ?", (round_id,)
    ).fetchone()
    return int(period), str(basis)


def head_of(db: sqlite3.Connection, period: int) -> str:
    """What a period stands on: the seal of the last state of the one before it with all that was added later (hex)."""
    before = db.execute(
        "SELECT id, seal FROM rounds WHERE id ="
        " (SELECT max(round_id) FROM states WHERE period = (SELECT max(period) FROM states WHERE period < ?))",
        (period,),
    ).fetchone()
    if before is None:
        return _START
    digest = hashlib.sha256(before[1].encode())
    _, basis = _state(db, before[0])
    for table in LATER:
        _add_rows(digest, db, table, before[0], with_ids=not basis)
    return digest.hexdigest()


def broken_rounds(db: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """(as-of date, what does not agree) of every round whose rows are not those that were sealed."""
    for round_id, as_of, link, seal in db.execute(
        "SELECT id, as_of, link, seal FROM rounds ORDER BY id"
    ).fetchall():
        if link_of(db, round_id) != link:
            yield as_of, "数据或决定与登记时不一致"
        elif seal_of(db, round_id) != seal:
            yield as_of, "成果清单与登记时不一致"


_IDS = frozenset({"id", "round_id"})


def _add_rows(
    digest: hashlib._Hash, db: sqlite3.Connection, table: str, round_id: int, *, with_ids: bool
) -> None:
    query = f"SELECT * FROM {table} WHERE round_id = ? ORDER BY id"  # noqa: S608 - a name of ours
    cursor = db.execute(query, (round_id,))
    columns = [description[0] for description in cursor.description]
    left_out = frozenset() if with_ids else _IDS
    for row in cursor:
        values = {
            name: value
            for name, value in zip(columns, row, strict=True)
            if value is not None and name not in left_out
        }
        digest.update(_line((table, values)))


def _line(said: object) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
