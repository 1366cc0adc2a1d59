"""The hash chain over rounds: what a round holds, bound to all that was before it.

    link = SHA-256 of (seal of the round before, what was added to that round later, the round's own rows)
    seal = SHA-256 of (link, folder, the files that were issued)

The link is known before anything is written, so that papers can print its first characters, the round's code; the seal
binds the papers too. Rows count by what they say, not by how SQLite stores them; a blank column does not count, so
that a later schema may add columns.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

# What a round holds when it is sealed, in the order in which it is hashed; each table has an id and a round_id.
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
)
# What may be added to a round that is already sealed.
LATER = ("signatures",)
_START = "0" * 64


def link_of(db: sqlite3.Connection, round_id: int) -> str:
    """The link of a round, from the rows that stand in the register now (hex)."""
    row = db.execute(
        "SELECT as_of, toolkit, settings FROM rounds WHERE id = ?", (round_id,)
    ).fetchone()
    digest = hashlib.sha256(_head_before(db, round_id).encode())
    digest.update(_line(row))
    for table in OF_A_ROUND:
        _add_rows(digest, db, table, round_id)
    return digest.hexdigest()


def seal_of(db: sqlite3.Connection, round_id: int) -> str:
    """The seal of a round, over its stored link, its folder and the files issued with it (hex)."""
    link, folder = db.execute(
        "SELECT link, folder FROM rounds WHERE id = ?", (round_id,)
    ).fetchone()
    digest = hashlib.sha256(link.encode())
    digest.update(_line((folder,)))
    _add_rows(digest, db, "issued", round_id)
    return digest.hexdigest()


def _head_before(db: sqlite3.Connection, round_id: int) -> str:
    """What the link of a round is bound to: the seal of the round before it with all that was added later."""
    before = db.execute(
        "SELECT id, seal FROM rounds WHERE id < ? ORDER BY id DESC LIMIT 1", (round_id,)
    ).fetchone()
    if before is None:
        return _START
    digest = hashlib.sha256(before[1].encode())
    for table in LATER:
        _add_rows(digest, db, table, before[0])
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


def _add_rows(digest: hashlib._Hash, db: sqlite3.Connection, table: str, round_id: int) -> None:
    cursor = db.execute(f"SELECT * FROM {table} WHERE round_id = ? ORDER BY id", (round_id,))  # noqa: S608 - a name of ours
    columns = [description[0] for description in cursor.description]
    for row in cursor:
        said = {name: value for name, value in zip(columns, row, strict=True) if value is not None}
        digest.update(_line((table, said)))


def _line(said: object) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
