"""What has been signed: the paper as it was signed, by whom, when, under which number. A signed round is frozen."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signed paper: its round, its file name, 发文字号, who signed it on which day, its SHA-256 and visible paragraphs."""

    round_id: int
    paper: str
    number: str
    by: str
    on: date
    sha256: str
    texts: tuple[str, ...]


def signatures(db: sqlite3.Connection) -> tuple[Signature, ...]:
    """Everything that was signed, oldest first."""
    rows = db.execute(
        'SELECT round_id, paper, number, by, "on", sha256, texts FROM signatures ORDER BY id'
    )
    return tuple(
        Signature(
            round_id=round_id, paper=paper, number=number, by=by, on=date.fromisoformat(on), sha256=sha256, texts=tuple(json.loads(texts))
        )
        for round_id, paper, number, by, on, sha256, texts in rows
    )  # fmt: skip


def is_signed(db: sqlite3.Connection, round_id: int) -> bool:
    """Whether a paper of this round has been signed."""
    return (
        db.execute("SELECT 1 FROM signatures WHERE round_id = ?", (round_id,)).fetchone()
        is not None
    )


def insert(db: sqlite3.Connection, signed: Iterable[Signature]) -> None:
    """Keep signatures (within the caller's transaction)."""
    db.executemany(
        'INSERT INTO signatures (round_id, paper, number, by, "on", sha256, texts) VALUES (?, ?, ?, ?, ?, ?, ?)',
        [
            (
                s.round_id,
                s.paper,
                s.number,
                s.by,
                s.on.isoformat(),
                s.sha256,
                json.dumps(s.texts, ensure_ascii=False),
            )
            for s in signed
        ],
    )
