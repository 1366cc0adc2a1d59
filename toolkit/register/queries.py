"""Reading the register: what it knows now, and what an item was before."""

from __future__ import annotations

import json
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from toolkit.ledger.answer import Answer
from toolkit.ledger.decision import Decision, Ruling
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import Place
from toolkit.ledger.item import Item
from toolkit.ledger.letter import Letter, LetterKind, LetterNumber, Reply
from toolkit.ledger.own import is_own, own_code, own_heading
from toolkit.ledger.record import decode_value
from toolkit.ledger.revision import Revision, RevisionKind
from toolkit.ledger.status import Status
from toolkit.ledger.submission import Origin
from toolkit.ledger.waiver import Waiver
from toolkit.register.snapshot import (
    Delivered,
    Fact,
    PastFigures,
    RoundRecord,
    Snapshot,
    TakenLedger,
    Values,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence


def known(db: sqlite3.Connection) -> Snapshot:
    """All that the register knows now."""
    decided = decisions(db)
    withdrawn = MappingProxyType(
        {decision.id: decision for decision in decided if decision.ruling.withdraws}
    )
    return Snapshot(
        entries=_entries(db, decided, withdrawn),
        seen=_seen(db),
        reported=_reported(db),
        unchanged_periods=_unchanged_periods(db),
        waivers=_waivers(db),
        decisions=decided,
        rounds=rounds(db),
        withdrawn=withdrawn,
        answers=_answers(db),
        pairings=MappingProxyType({(unit, text): id_ for unit, text, id_ in db.execute(_PAIRINGS)}),
        letters=_letters(db),
        strokes=_strokes(db),
        replies=_replies(db),
        past=_past(db),
    )


def _past(db: sqlite3.Connection) -> tuple[PastFigures, ...]:
    """The figures of every period that stored some, oldest first."""
    query = "SELECT code, value FROM figures WHERE round_id = ? AND \"by\" = '' ORDER BY id"
    found = ((round_, dict(db.execute(query, (round_.id,)))) for round_ in rounds(db))
    return tuple(
        PastFigures(round_.period, round_.as_of, MappingProxyType(numbers))
        for round_, numbers in found
        if numbers
    )


# How a blank cell is stored. Half of all cells are blank, and an item has its blanks by itself: they are not fetched.
BLANKS = ("null", '""', "[]")
_FILLED = (
    'SELECT c.item_id, c."column", f.value FROM current c JOIN facts f ON f.id = c.fact_id'
    " WHERE f.value NOT IN (?, ?, ?)"
)
_PAIRINGS = "SELECT unit, text, item_id FROM live_pairings ORDER BY id"


def values_at(db: sqlite3.Connection, code: str) -> Values:
    """What the state with this short code held, live or superseded; nothing for any other code."""
    state = next((state for state in states(db) if state.code == code), None)
    if state is None:
        return MappingProxyType({})
    rows = db.execute(
        "WITH seen AS (SELECT max(round_id) AS id FROM states WHERE period < :period GROUP BY period"
        " UNION SELECT :round)"
        ' SELECT item_id, "column", value FROM facts WHERE id IN ('
        ' SELECT max(id) FROM facts WHERE round_id IN seen GROUP BY item_id, "column")',
        {"period": state.period, "round": state.id},
    )
    return MappingProxyType(
        {(id_, column): decode_value(column, json.loads(value)) for id_, column, value in rows}
    )


def _letters(db: sqlite3.Connection) -> tuple[Letter, ...]:
    """Every letter that was sent, oldest first."""
    rows = db.execute(
        "SELECT l.kind, l.prefix, l.serial, l.unit, l.items, r.as_of FROM live_letters l JOIN rounds r ON r.id = l.round_id ORDER BY l.id"
    )
    return tuple(
        Letter(
            kind=LetterKind(kind), prefix=prefix, serial=serial, unit=unit, items=tuple(json.loads(items)), as_of=date.fromisoformat(day)
        )
        for kind, prefix, serial, unit, items, day in rows
    )  # fmt: skip


def _strokes(db: sqlite3.Connection) -> tuple[Revision, ...]:
    """Everything that people's pens did to papers, oldest first."""
    rows = db.execute(
        'SELECT kind, file, item_id, old, new, author, "on" FROM live_strokes ORDER BY id'
    )
    return tuple(
        Revision(
            kind=RevisionKind(kind), file=file, item=item, old=old, new=new, author=author, on=on
        )
        for kind, file, item, old, new, author, on in rows
    )


def _answers(db: sqlite3.Connection) -> tuple[Answer, ...]:
    """The newest answer of each co-operating unit about each item."""
    rows = db.execute(
        "SELECT item_id, unit, status, completed_on, progress, file, sheet, row FROM live_answers"
        " WHERE id IN (SELECT max(id) FROM live_answers GROUP BY item_id, unit) ORDER BY id"
    )
    return tuple(
        Answer(
            id=item, unit=unit, status=Status(status) if status else None, progress=progress, origin=Origin(*origin),
            completed_on=date.fromisoformat(done) if done else None,
        )
        for item, unit, status, done, progress, *origin in rows
    )  # fmt: skip


def rounds(db: sqlite3.Connection) -> tuple[RoundRecord, ...]:
    """The live state of every period, oldest first; one that is being written is not among them."""
    live = {id_ for (id_,) in db.execute("SELECT id FROM live_rounds")}
    return tuple(state for state in states(db) if state.id in live)


def states(db: sqlite3.Connection) -> tuple[RoundRecord, ...]:
    """Every state that is kept, superseded ones too, oldest first."""
    rows = db.execute(
        "SELECT r.id, r.as_of, r.folder, r.link, s.period, s.run, s.since, s.basis"
        " FROM rounds r JOIN states s ON s.round_id = r.id WHERE r.seal <> '' ORDER BY r.id"
    )
    return tuple(
        RoundRecord(
            id_,
            date.fromisoformat(as_of),
            folder,
            link,
            period,
            run,
            date.fromisoformat(since),
            basis,
        )
        for id_, as_of, folder, link, period, run, since, basis in rows
    )


def deliveries(db: sqlite3.Connection, round_id: int) -> tuple[Delivered, ...]:
    """The files that a state was computed from, with the run of the period that they came with."""
    rows = db.execute(
        "SELECT file, sha256, run, arrived FROM deliveries WHERE round_id = ? ORDER BY id",
        (round_id,),
    )
    return tuple(Delivered(*row) for row in rows)


def letter_numbers(db: sqlite3.Connection) -> tuple[LetterNumber, ...]:
    """Every number that was ever given, oldest first."""
    rows = db.execute(
        "SELECT kind, prefix, year, serial, unit, period, as_of, items FROM letter_numbers ORDER BY id"
    )
    return tuple(
        LetterNumber(
            kind=LetterKind(kind),
            prefix=prefix,
            year=year,
            serial=serial,
            unit=unit,
            period=period,
            as_of=date.fromisoformat(as_of),
            items=tuple(json.loads(items)),
        )
        for kind, prefix, year, serial, unit, period, as_of, items in rows
    )


def _replies(db: sqlite3.Connection) -> tuple[Reply, ...]:
    """What units answered to letters, oldest first."""
    rows = db.execute(
        'SELECT number, "on", content, file, sheet, cell FROM live_replies ORDER BY id'
    )
    return tuple(
        Reply(number=number, on=date.fromisoformat(on), content=content, place=Place(*place))
        for number, on, content, *place in rows
    )


def history(db: sqlite3.Connection, item_id: str, column: str | None) -> tuple[Fact, ...]:
    """Every value that an item took (in one column, or in all), oldest first."""
    rows = db.execute(
        'SELECT f."column", f.value, r.as_of, f.file, f.sheet, f.cell FROM live_facts f JOIN rounds r ON r.id = f.round_id'
        ' WHERE f.item_id = ? AND (? IS NULL OR f."column" = ?) ORDER BY f.id',
        (item_id, column, column),
    )
    return tuple(
        Fact(code, decode_value(code, json.loads(value)), *place) for code, value, *place in rows
    )


def own_columns(db: sqlite3.Connection) -> tuple[str, ...]:
    """The codes of own columns, in the order in which they came in."""
    rows = db.execute(
        'SELECT "column" FROM live_facts WHERE "column" LIKE ? GROUP BY "column" ORDER BY min(id)',
        (f"{own_code('')}%",),
    )
    return tuple(code for (code,) in rows)


def decisions(db: sqlite3.Connection) -> tuple[Decision, ...]:
    """Every decision that was followed, oldest first."""
    rows = db.execute(
        'SELECT item_id, ruling, until, opinion, basis, by, "on", others, was, nth, file, sheet, cell'
        " FROM live_decisions ORDER BY id"
    )
    return tuple(
        Decision(
            id=item, ruling=Ruling(ruling), until=date.fromisoformat(until) if until else None, opinion=opinion,
            basis=basis, by=by, on=date.fromisoformat(on), place=Place(*place),
            others=tuple(json.loads(others or "[]")), was=was or "", nth=nth or 0,
        )
        for item, ruling, until, opinion, basis, by, on, others, was, nth, *place in rows
    )  # fmt: skip


def _entries(
    db: sqlite3.Connection, decided: tuple[Decision, ...], withdrawn: Mapping[str, Decision]
) -> tuple[Entry, ...]:
    """Every item as it stands, in the order of the ledger."""
    records: dict[str, dict[str, object]] = {}
    decoded: dict[tuple[str, str], object] = {}  # many cells say what many others say
    for item_id, column, value in db.execute(_FILLED, BLANKS):
        key = (column, value)
        if key not in decoded:
            decoded[key] = decode_value(column, json.loads(value))
        records.setdefault(item_id, {})[column] = decoded[key]
    flags, own = _flags(db, decided), _own_order(db)
    return tuple(
        _entry(own.get(item_id, ()), records[item_id], origin, flags.get(item_id, {}))
        for item_id, _, origin in origins(db)
        if item_id not in withdrawn
    )


def _own_order(db: sqlite3.Connection) -> Mapping[str, Sequence[str]]:
    """The codes of each item's own columns, in the order in which it first said something in them."""
    rows = db.execute(
        'SELECT item_id, "column" FROM live_facts WHERE "column" LIKE ?'
        ' GROUP BY item_id, "column" ORDER BY min(id)',
        (f"{own_code('')}%",),
    )
    order: dict[str, list[str]] = {}
    for item_id, code in rows:
        order.setdefault(item_id, []).append(code)
    return order


def _entry(
    own_codes: Sequence[str], record: dict[str, object], origin: Origin, flags: Mapping[str, Any]
) -> Entry:
    """An item from its values by code: those of the table of columns, and of own columns."""
    own = {own_heading(code): str(record[code]) for code in own_codes if code in record}
    standard = {code: value for code, value in record.items() if not is_own(code)}
    item = Item(**standard)  # type: ignore[arg-type]
    return Entry(item=item, origin=origin, own=tuple(own.items()), **flags)


def origins(db: sqlite3.Connection) -> tuple[tuple[str, int, Origin], ...]:
    """(item, position, the row that last spoke about it) of every item, in the order of the ledger."""
    rows = db.execute(
        "SELECT item_id, position, file, sheet, row FROM live_origins"
        " WHERE id IN (SELECT max(id) FROM live_origins GROUP BY item_id) ORDER BY position, id"
    )
    return tuple((item_id, position, Origin(*place)) for item_id, position, *place in rows)


def _flags(
    db: sqlite3.Connection, decided: tuple[Decision, ...]
) -> Mapping[str, Mapping[str, Any]]:
    """What the decisions make of each item: closed, extended, sent back and not reported anew since."""
    answered = {
        item
        for (item,) in db.execute(
            "SELECT DISTINCT f.item_id FROM (SELECT item_id, max(round_id) AS last FROM live_decisions"
            " WHERE ruling = 'send_back' GROUP BY item_id) d"
            " JOIN live_facts f ON f.item_id = d.item_id AND f.round_id > d.last"
        )
    } | {item for (item,) in db.execute(_ANSWERED_AT_ONCE)}
    flags: dict[str, dict[str, Any]] = {}
    for decision in decided:
        flag = flags.setdefault(decision.id, {})
        match decision.ruling:
            case Ruling.EXTEND:
                flag["extended"] = True
            case Ruling.CLOSE | Ruling.SEND_BACK | Ruling.REOPEN:
                sent_back = decision.ruling is Ruling.SEND_BACK and decision.id not in answered
                flag |= {
                    "closed": decision.ruling is Ruling.CLOSE,
                    "sent_back": decision.opinion if sent_back else "",
                }
            case Ruling.SPLIT:
                for part in decision.others:
                    flags.setdefault(part, {})["parent"] = decision.id
            case Ruling.JOIN:
                for target in decision.others:
                    into = flags.setdefault(target, {})
                    into["joined"] = (*into.get("joined", ()), decision.id)
    return flags


# Sent back and reported anew in one round (register.earlier.answered says what that is).
_ANSWERED_AT_ONCE = (
    "SELECT DISTINCT d.item_id FROM live_decisions d"
    " JOIN live_facts f ON f.item_id = d.item_id AND f.round_id = d.round_id"
    " JOIN live_inputs i ON i.round_id = d.round_id AND i.file = f.file AND i.role = 'return'"
    " WHERE d.ruling = 'send_back' AND i.report_date >= d.\"on\""
    " AND d.id = (SELECT max(id) FROM live_decisions WHERE item_id = d.item_id AND ruling = 'send_back')"
)


def _seen(db: sqlite3.Connection) -> Mapping[str, str]:
    query = (
        "SELECT i.sha256, max(r.as_of) FROM live_inputs i JOIN rounds r ON r.id = i.round_id"
        " WHERE i.verdict IN ('accepted', 'superseded') GROUP BY i.sha256"
    )
    return MappingProxyType(dict(db.execute(query)))


def ledger(db: sqlite3.Connection) -> TakenLedger | None:
    """The largest full ledger that was taken; None where there is none."""
    query = (
        "SELECT i.file, i.sha256, coalesce(a.sha256, '') FROM live_inputs i"
        " LEFT JOIN live_inputs a ON a.round_id = i.round_id AND a.file = substr(i.file, 1, instr(i.file, '/') - 1)"
        " WHERE i.role = 'baseline' AND i.verdict = 'accepted' AND i.rows > 0 ORDER BY i.rows DESC, i.id LIMIT 1"
    )
    found = db.execute(query).fetchone()
    return TakenLedger(*map(str, found)) if found else None


def _reported(db: sqlite3.Connection) -> Mapping[str, date]:
    """The newest day of reporting of each unit; a day after its round's own date is a slip of the pen."""
    query = (
        "SELECT i.unit, max(i.report_date) FROM live_inputs i JOIN rounds r ON r.id = i.round_id WHERE i.verdict = 'accepted'"
        " AND i.role = 'return' AND i.unit <> '' AND i.report_date <= r.as_of GROUP BY i.unit"
    )
    return MappingProxyType({unit: date.fromisoformat(day) for unit, day in db.execute(query)})


def _unchanged_periods(db: sqlite3.Connection) -> Mapping[str, int]:
    """For how many periods the progress of each item has read as it does."""
    days = [
        day
        for (day,) in db.execute(
            "SELECT DISTINCT as_of FROM rounds WHERE seal <> '' AND id IN (SELECT id FROM live_rounds) ORDER BY as_of DESC"
        )
    ]
    later = {day: number for number, day in enumerate(days)}
    query = (
        "SELECT c.item_id, said.as_of"
        " FROM current c JOIN facts f ON f.id = c.fact_id JOIN rounds said ON said.id = f.round_id"
        " WHERE c.\"column\" = 'progress'"
    )
    return MappingProxyType({item_id: later[day] for item_id, day in db.execute(query)})


def _waivers(db: sqlite3.Connection) -> tuple[Waiver, ...]:
    """The newest waiver of each finding, in the order in which they came."""
    rows = db.execute(
        'SELECT rule, item_id, "column", reason, by, until, message FROM live_waivers ORDER BY id'
    )
    waivers = (
        Waiver(
            rule=rule,
            id=item,
            column=column,
            reason=reason,
            by=by,
            until=date.fromisoformat(until),
            message=said,
        )
        for rule, item, column, reason, by, until, said in rows
    )
    return tuple({waiver.key: waiver for waiver in waivers}.values())
