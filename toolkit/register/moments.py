"""How every item stood at the end of every period, for the tables of its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.ledger.own import is_own
from toolkit.register.queries import rounds
from toolkit.register.snapshot import Moment

if TYPE_CHECKING:
    import sqlite3


def moments(db: sqlite3.Connection) -> tuple[Moment, ...]:
    """The end of every period, oldest first."""
    found = []
    closed: dict[str, bool] = {}
    withdrawn: set[str] = set()
    for round_ in rounds(db):
        ruled = "SELECT item_id, ruling FROM decisions WHERE round_id = ? ORDER BY id"
        for id_, ruling in db.execute(ruled, (round_.id,)):
            if ruling in {"close", "send_back", "reopen"}:
                closed[id_] = ruling == "close"
            if ruling in {"split", "join"}:
                withdrawn.add(id_)
        facts = [
            fact
            for fact in db.execute(
                'SELECT item_id, "column", value FROM facts WHERE round_id = ? ORDER BY id',
                (round_.id,),
            )
            if not is_own(fact[1])
        ]
        found.append(
            Moment(
                round_.period,
                round_.as_of,
                tuple(facts),
                frozenset(id_ for id_, is_closed in closed.items() if is_closed),
                frozenset(withdrawn),
            )
        )
    return tuple(found)
