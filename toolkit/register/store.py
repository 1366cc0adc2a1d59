"""The store: SQLite in one file, one transaction a round."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit import __version__
from toolkit.errors import ToolkitError
from toolkit.ledger.decision import Decision, Ruling
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import Place
from toolkit.ledger.item import Item
from toolkit.ledger.record import decode_value, encode_value
from toolkit.ledger.submission import Origin, Verdict
from toolkit.ledger.waiver import Waiver
from toolkit.register.schema import MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from toolkit.ledger.submission import Submission
    from toolkit.register.merge import Merged


class RegisterError(ToolkitError):
    """The register cannot be used as it is."""


@dataclass(frozen=True, slots=True)
class RoundRecord:
    """What names a round: its as-of date, its folder in the outbox, its token and the moment of its commit."""

    as_of: date
    folder: str
    token: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """All that the office knew before this round.

    `seen` maps the SHA-256 of every accepted input to the as-of date (ISO) of its round; `rounds` are all past rounds;
    `quiet` counts, by item, the as-of dates since its progress text last changed; `waivers` are the office's,
    `decisions` too, oldest first.
    """

    entries: tuple[Entry, ...] = ()
    seen: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    quiet: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    waivers: tuple[Waiver, ...] = ()
    decisions: tuple[Decision, ...] = ()
    rounds: tuple[RoundRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One value that an item took: which column, in which round (as-of date), from which cell."""

    column: str
    value: object
    as_of: str
    file: str
    sheet: str
    cell: str


class Register:
    """The open register; use `Register.open` in a with statement."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[Register]:
        """Open (or create) the register and bring it to the newest schema; raises RegisterError."""
        try:
            connection = sqlite3.connect(path, isolation_level=None)
        except sqlite3.Error as trouble:
            raise RegisterError(f"台账库“{path}”打不开（{trouble}）；请检查文件夹是否可写。") from trouble
        try:
            _prepare(connection, path)
            yield cls(connection)
        finally:
            connection.close()

    def is_committed(self, token: str) -> bool:
        """Whether the round with this token is in the register."""
        return self._db.execute("SELECT 1 FROM rounds WHERE token = ?", (token,)).fetchone() is not None

    def recall(self) -> Known:
        """What the register knows now."""
        records: dict[str, dict[str, object]] = {}
        query = 'SELECT c.item_id, c."column", f.value FROM current c JOIN facts f ON f.id = c.fact_id'
        for item_id, column, value in self._db.execute(query):
            records.setdefault(item_id, {})[column] = decode_value(column, json.loads(value))
        items = "SELECT id, origin_file, origin_sheet, origin_row FROM items ORDER BY position"
        decisions = self._decisions()
        flags = self._flags(decisions)
        entries = tuple(
            Entry(item=Item(**records[item_id]), origin=Origin(file, sheet, row), **flags.get(item_id, {}))  # type: ignore[arg-type]
            for item_id, file, sheet, row in self._db.execute(items)
        )
        seen = dict(
            self._db.execute(
                "SELECT i.sha256, max(r.as_of) FROM inputs i JOIN rounds r ON r.id = i.round_id"
                " WHERE i.verdict = 'accepted' GROUP BY i.sha256"
            )
        )
        return Known(entries, MappingProxyType(seen), self._quiet(), self._waivers(), decisions, self.rounds())

    def _decisions(self) -> tuple[Decision, ...]:
        rows = self._db.execute(
            'SELECT item_id, ruling, until, opinion, basis, by, "on", file, sheet, cell FROM decisions ORDER BY id'
        )
        return tuple(
            Decision(
                id=item, ruling=Ruling(ruling), until=date.fromisoformat(until) if until else None, opinion=opinion,
                basis=basis, by=by, on=date.fromisoformat(on), place=Place(*place),
            )
            for item, ruling, until, opinion, basis, by, on, *place in rows
        )  # fmt: skip

    def _flags(self, decisions: tuple[Decision, ...]) -> Mapping[str, Mapping[str, object]]:
        """What the decisions make of each item: closed, extended, sent back and not reported anew since."""
        answered = {
            item
            for (item,) in self._db.execute(
                "SELECT f.item_id FROM facts f WHERE f.round_id > (SELECT max(d.round_id) FROM decisions d"
                " WHERE d.item_id = f.item_id AND d.ruling = 'send_back')"
            )
        }
        flags: dict[str, dict[str, object]] = {}
        for decision in decisions:
            flag = flags.setdefault(decision.id, {})
            if decision.ruling is Ruling.EXTEND:
                flag["extended"] = True
                continue
            sent_back = decision.ruling is Ruling.SEND_BACK and decision.id not in answered
            flag |= {"closed": decision.ruling is Ruling.CLOSE, "sent_back": decision.opinion if sent_back else ""}
        return flags

    def _quiet(self) -> Mapping[str, int]:
        query = (
            "SELECT c.item_id, (SELECT count(DISTINCT later.as_of) FROM rounds later WHERE later.as_of > said.as_of)"
            " FROM current c JOIN facts f ON f.id = c.fact_id JOIN rounds said ON said.id = f.round_id"
            " WHERE c.\"column\" = 'progress'"
        )
        return MappingProxyType(dict(self._db.execute(query)))

    def _waivers(self) -> tuple[Waiver, ...]:
        """The newest waiver of each finding, in the order in which they came."""
        rows = self._db.execute('SELECT rule, item_id, "column", reason, by, until, message FROM waivers ORDER BY id')
        waivers = (
            Waiver(
                rule=rule, id=item, column=column, reason=reason, by=by, until=date.fromisoformat(until), message=said
            )
            for rule, item, column, reason, by, until, said in rows
        )
        return tuple({waiver.key: waiver for waiver in waivers}.values())

    def rounds(self) -> tuple[RoundRecord, ...]:
        """Every round, oldest first."""
        rows = self._db.execute("SELECT as_of, folder, token, recorded_at FROM rounds ORDER BY id")
        return tuple(
            RoundRecord(date.fromisoformat(as_of), folder, token, datetime.fromisoformat(at))
            for as_of, folder, token, at in rows
        )

    def record(self, round_: RoundRecord, merged: Merged) -> None:
        """Keep a round: its inputs, its new items and every value that changed, in one transaction."""
        try:
            with self._transaction():
                round_id = self._insert_round(round_)
                self._insert_inputs(round_id, merged.submissions)
                self._insert_items(round_id, merged)
                self._insert_facts(round_id, merged)
                self._insert_waivers(round_id, merged.submissions)
                self._insert_decisions(round_id, merged.decisions)
        except sqlite3.Error as trouble:
            raise RegisterError(
                f"台账库无法写入（{trouble}），本次未作任何更改；请检查磁盘空间和文件夹权限。"
            ) from trouble

    def history(self, item_id: str, column: str | None = None) -> tuple[Fact, ...]:
        """Every value that an item took (in one column, or in all), oldest first."""
        rows = self._db.execute(
            'SELECT f."column", f.value, r.as_of, f.file, f.sheet, f.cell FROM facts f JOIN rounds r ON r.id = f.round_id'
            ' WHERE f.item_id = ? AND (? IS NULL OR f."column" = ?) ORDER BY f.id',
            (item_id, column, column),
        )
        return tuple(Fact(code, decode_value(code, json.loads(value)), *place) for code, value, *place in rows)

    def get_meta(self, key: str) -> str | None:
        """A remembered fact about the toolkit itself, such as the last scheduled success."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set_meta(self, key: str, value: str) -> None:
        """Remember such a fact."""
        with self._transaction():
            self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:  # a full disk makes SQLite roll back by itself
                self._db.execute("ROLLBACK")
            raise

    def _insert_round(self, round_: RoundRecord) -> int:
        cursor = self._db.execute(
            "INSERT INTO rounds (as_of, folder, token, toolkit, recorded_at) VALUES (?, ?, ?, ?, ?)",
            (round_.as_of.isoformat(), round_.folder, round_.token, __version__, round_.recorded_at.isoformat()),
        )
        return int(cursor.lastrowid or 0)

    def _insert_inputs(self, round_id: int, submissions: tuple[Submission, ...]) -> None:
        self._db.executemany(
            "INSERT INTO inputs (round_id, file, sha256, unit, role, verdict, rows, reason, report_date)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (round_id, s.file, s.sha256, s.unit, s.role, s.verdict, len(s.rows), s.reason,
                 s.report_date.isoformat() if s.report_date else None)
                for s in submissions
            ],
        )  # fmt: skip

    def _insert_waivers(self, round_id: int, submissions: tuple[Submission, ...]) -> None:
        self._db.executemany(
            'INSERT INTO waivers (round_id, rule, item_id, "column", message, reason, by, until, file)'
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (round_id, w.rule, w.id, w.column, w.message, w.reason, w.by, w.until.isoformat(), submission.file)
                for submission in submissions
                if submission.verdict is Verdict.ACCEPTED
                for w in submission.waivers
            ],
        )

    def _insert_decisions(self, round_id: int, decisions: tuple[Decision, ...]) -> None:
        self._db.executemany(
            'INSERT INTO decisions (round_id, item_id, ruling, until, opinion, basis, by, "on", file, sheet, cell)'
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (round_id, d.id, d.ruling, d.until.isoformat() if d.until else None, d.opinion, d.basis, d.by,
                 d.on.isoformat(), d.place.file, d.place.sheet, d.place.cell)
                for d in decisions
            ],
        )  # fmt: skip

    def _insert_items(self, round_id: int, merged: Merged) -> None:
        self._db.executemany(
            "INSERT INTO items VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET position = excluded.position,"
            " origin_file = excluded.origin_file, origin_sheet = excluded.origin_sheet, origin_row = excluded.origin_row",
            [
                (entry.item.id, position, round_id, entry.origin.file, entry.origin.sheet, entry.origin.row)
                for position, entry in enumerate(merged.entries)
            ],
        )

    def _insert_facts(self, round_id: int, merged: Merged) -> None:
        for change in merged.changes:
            value = json.dumps(encode_value(change.column, change.value), ensure_ascii=False)
            place = change.place
            cursor = self._db.execute(
                'INSERT INTO facts (item_id, "column", value, round_id, file, sheet, cell) VALUES (?, ?, ?, ?, ?, ?, ?)',
                (change.id, change.column, value, round_id, place.file, place.sheet, place.cell),
            )
            self._db.execute(
                "INSERT OR REPLACE INTO current VALUES (?, ?, ?)", (change.id, change.column, cursor.lastrowid)
            )


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = DELETE")  # a write-ahead log does not work on network shares
        connection.execute("PRAGMA synchronous = FULL")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > len(MIGRATIONS):
            raise RegisterError(f"台账库“{path}”由更新版本的工具箱建立；请升级工具箱后再运行。")
        for number, migration in enumerate(MIGRATIONS[version:], version + 1):
            connection.executescript(f"BEGIN; {migration} PRAGMA user_version = {number}; COMMIT;")
    except sqlite3.DatabaseError as broken:
        raise RegisterError(f"台账库“{path}”已损坏（{broken}）；请用同一文件夹下backups中最近的一份覆盖它，再运行。") from broken
