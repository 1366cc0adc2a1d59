"""Reading the register: what it knows now, and what an item was before."""

from __future__ import annotations

import json
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.ledger.decision import Decision, Ruling
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import Place
from toolkit.ledger.item import Item
from toolkit.ledger.record import decode_value
from toolkit.ledger.submission import Origin
from toolkit.ledger.waiver import Waiver
from toolkit.register.known import Fact, Known, RoundRecord

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping


def known(db: sqlite3.Connection) -> Known:
    """All that the register knows now."""
    decided = decisions(db)
    return Known(_entries(db, decided), _seen(db), _quiet(db), _waivers(db), decided, rounds(db))


def rounds(db: sqlite3.Connection) -> tuple[RoundRecord, ...]:
    """Every round, oldest first."""
    rows = db.execute("SELECT id, as_of, folder, link FROM rounds ORDER BY id")
    return tuple(RoundRecord(number, date.fromisoformat(as_of), folder, link) for number, as_of, folder, link in rows)


def history(db: sqlite3.Connection, item_id: str, column: str | None) -> tuple[Fact, ...]:
    """Every value that an item took (in one column, or in all), oldest first."""
    rows = db.execute(
        'SELECT f."column", f.value, r.as_of, f.file, f.sheet, f.cell FROM facts f JOIN rounds r ON r.id = f.round_id'
        ' WHERE f.item_id = ? AND (? IS NULL OR f."column" = ?) ORDER BY f.id',
        (item_id, column, column),
    )
    return tuple(Fact(code, decode_value(code, json.loads(value)), *place) for code, value, *place in rows)


def decisions(db: sqlite3.Connection) -> tuple[Decision, ...]:
    """Every decision that was followed, oldest first."""
    rows = db.execute(
        'SELECT item_id, ruling, until, opinion, basis, by, "on", file, sheet, cell FROM decisions ORDER BY id'
    )
    return tuple(
        Decision(
            id=item, ruling=Ruling(ruling), until=date.fromisoformat(until) if until else None, opinion=opinion,
            basis=basis, by=by, on=date.fromisoformat(on), place=Place(*place),
        )
        for item, ruling, until, opinion, basis, by, on, *place in rows
    )  # fmt: skip


def _entries(db: sqlite3.Connection, decided: tuple[Decision, ...]) -> tuple[Entry, ...]:
    """Every item as it stands, in the order of the ledger."""
    records: dict[str, dict[str, object]] = {}
    query = 'SELECT c.item_id, c."column", f.value FROM current c JOIN facts f ON f.id = c.fact_id'
    for item_id, column, value in db.execute(query):
        records.setdefault(item_id, {})[column] = decode_value(column, json.loads(value))
    flags = _flags(db, decided)
    return tuple(
        Entry(item=Item(**records[item_id]), origin=origin, **flags.get(item_id, {}))  # type: ignore[arg-type]
        for item_id, _, origin in origins(db)
    )


def origins(db: sqlite3.Connection) -> tuple[tuple[str, int, Origin], ...]:
    """(item, position, the row that last spoke about it) of every item, in the order of the ledger."""
    rows = db.execute(
        "SELECT item_id, position, file, sheet, row FROM origins"
        " WHERE id IN (SELECT max(id) FROM origins GROUP BY item_id) ORDER BY position, id"
    )
    return tuple((item_id, position, Origin(*place)) for item_id, position, *place in rows)


def _flags(db: sqlite3.Connection, decided: tuple[Decision, ...]) -> Mapping[str, Mapping[str, object]]:
    """What the decisions make of each item: closed, extended, sent back and not reported anew since."""
    answered = {
        item
        for (item,) in db.execute(
            "SELECT f.item_id FROM facts f WHERE f.round_id > (SELECT max(d.round_id) FROM decisions d"
            " WHERE d.item_id = f.item_id AND d.ruling = 'send_back')"
        )
    }
    flags: dict[str, dict[str, object]] = {}
    for decision in decided:
        flag = flags.setdefault(decision.id, {})
        if decision.ruling is Ruling.EXTEND:
            flag["extended"] = True
            continue
        sent_back = decision.ruling is Ruling.SEND_BACK and decision.id not in answered
        flag |= {"closed": decision.ruling is Ruling.CLOSE, "sent_back": decision.opinion if sent_back else ""}
    return flags


def _seen(db: sqlite3.Connection) -> Mapping[str, str]:
    query = (
        "SELECT i.sha256, max(r.as_of) FROM inputs i JOIN rounds r ON r.id = i.round_id"
        " WHERE i.verdict = 'accepted' GROUP BY i.sha256"
    )
    return MappingProxyType(dict(db.execute(query)))


def _quiet(db: sqlite3.Connection) -> Mapping[str, int]:
    query = (
        "SELECT c.item_id, (SELECT count(DISTINCT later.as_of) FROM rounds later WHERE later.as_of > said.as_of)"
        " FROM current c JOIN facts f ON f.id = c.fact_id JOIN rounds said ON said.id = f.round_id"
        " WHERE c.\"column\" = 'progress'"
    )
    return MappingProxyType(dict(db.execute(query)))


def _waivers(db: sqlite3.Connection) -> tuple[Waiver, ...]:
    """The newest waiver of each finding, in the order in which they came."""
    rows = db.execute('SELECT rule, item_id, "column", reason, by, until, message FROM waivers ORDER BY id')
    waivers = (
        Waiver(rule=rule, id=item, column=column, reason=reason, by=by, until=date.fromisoformat(until), message=said)
        for rule, item, column, reason, by, until, said in rows
    )
    return tuple({waiver.key: waiver for waiver in waivers}.values())
