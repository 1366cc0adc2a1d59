"""The store: SQLite in one file, one transaction a round."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from toolkit.errors import ToolkitError
from toolkit.register import chain, count, queries, signatures
from toolkit.register.moments import moments
from toolkit.register.pending import Pending, Plan, withdraw
from toolkit.register.schema import MIGRATIONS
from toolkit.workspace.archive import Issued
from toolkit.workspace.outbox import Shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from toolkit.ledger.decision import Decision
    from toolkit.ledger.letter import LetterNumber
    from toolkit.register.signatures import Signature
    from toolkit.register.snapshot import (
        Delivered,
        Fact,
        Moment,
        RoundRecord,
        Snapshot,
        TakenLedger,
        Values,
    )


class RegisterError(ToolkitError):
    """The register cannot be used as it is."""


class NewerRegisterError(RegisterError):
    """The register was made by a newer version than this one."""


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
            raise RegisterError(
                f"台账库“{path}”打不开（{trouble}）；请检查文件夹是否可写。"
            ) from trouble
        try:
            _prepare(connection, path)
            with _damage_named(path):
                yield cls(connection)
        finally:
            connection.close()

    @classmethod
    @contextmanager
    def open_to_read(cls, path: Path) -> Iterator[Register]:
        """Open the register to ask it, changing nothing: no file is made, and an older schema is brought up in memory.

        Raises RegisterError for a file that is damaged or comes from a newer version.
        """
        with closing(_connected_to_read(path)) as connection, _damage_named(path):
            yield cls(connection)

    def is_committed(self, link: str) -> bool:
        """Whether the round with this link is in the register."""
        return (
            self._db.execute("SELECT 1 FROM rounds WHERE link = ?", (link,)).fetchone() is not None
        )

    def recall(self) -> Snapshot:
        """What the register knows now."""
        return queries.known(self._db)

    def rounds(self) -> tuple[RoundRecord, ...]:
        """Every round, oldest first."""
        return queries.rounds(self._db)

    def history(self, item_id: str, column: str | None = None) -> tuple[Fact, ...]:
        """Every value that an item took (in one column, or in all), oldest first."""
        return queries.history(self._db, item_id, column)

    def own_columns(self) -> tuple[str, ...]:
        """The codes of the office's own columns in which an item has ever said something."""
        return queries.own_columns(self._db)

    def moments(self) -> tuple[Moment, ...]:
        """The end of every period, oldest first."""
        return moments(self._db)

    def decisions_about(self, item_id: str) -> tuple[Decision, ...]:
        """Every decision about an item that was followed, oldest first."""
        return tuple(decision for decision in queries.decisions(self._db) if decision.id == item_id)

    def arrivals(self, round_id: int) -> tuple[tuple[str, str], ...]:
        """The files that a round took out of the inbox: name there, SHA-256."""
        query = "SELECT file, sha256 FROM arrivals WHERE round_id = ? ORDER BY id"
        return tuple(self._db.execute(query, (round_id,)))

    def issued(self, round_id: int) -> tuple[tuple[str, str], ...]:
        """The files that a round left in its folder: path there, SHA-256."""
        return tuple(
            self._db.execute(
                "SELECT file, sha256 FROM issued WHERE round_id = ? ORDER BY id", (round_id,)
            )
        )

    def states(self) -> tuple[RoundRecord, ...]:
        """Every state that is kept, superseded ones too, oldest first."""
        return queries.states(self._db)

    def deliveries(self, round_id: int) -> tuple[Delivered, ...]:
        """The files that a state was computed from, with the run of the period that they came with."""
        return queries.deliveries(self._db, round_id)

    def ledger(self) -> TakenLedger | None:
        """The full ledger that the register began with."""
        return queries.ledger(self._db)

    def letter_numbers(self) -> tuple[LetterNumber, ...]:
        """Every number that was ever given to a letter, oldest first."""
        return queries.letter_numbers(self._db)

    def head(self, period: int) -> str:
        """What a period stands on (hex): the seal of the period before it, with what was signed since."""
        return chain.head_of(self._db, period)

    def bases(self, codes: Iterable[str]) -> dict[str, Values]:
        """What stood in workbooks that carry these codes of states."""
        return {code: queries.values_at(self._db, code) for code in codes}

    def shown(self) -> Shown | None:
        """What the outbox is to show of the newest period; None where nothing was issued."""
        states = self.states()
        if not states:
            return None
        newest = states[-1]
        of_period = [state for state in states if state.period == newest.period]
        *earlier, last = [self.issued_by(state) for state in of_period]
        return Shown(newest=last, earlier=tuple(earlier)) if last.files else None

    def earlier_folders(self) -> tuple[str, ...]:
        """The folders of the periods before the newest, of versions that keep packs."""
        return tuple(past.folder for past in self.rounds()[:-1] if past.basis)

    def issued_by(self, state: RoundRecord) -> Issued:
        """What a state issued: SHA-256 by path in its folder."""
        files = dict(self.issued(state.id))
        return Issued(state.link, state.folder, files, is_packed=bool(state.basis))

    @contextmanager
    def begin(self, plan: Plan) -> Iterator[Pending]:
        """A new state, kept only if it is sealed. Raises RegisterError where the disk does not take it: nothing has changed."""
        try:
            with self._transaction():
                yield Pending(self._db, plan)
        except sqlite3.Error as trouble:
            raise RegisterError(
                f"台账库无法写入（{trouble}），本次未作任何更改；请检查磁盘空间和文件夹权限。"
            ) from trouble

    def figures(self, round_id: int) -> tuple[tuple[str, str, str, str], ...]:
        """What a round counted, as (code, by, name, value); nothing of a round of an older version."""
        query = 'SELECT code, "by", name, value FROM figures WHERE round_id = ? ORDER BY id'
        return tuple(self._db.execute(query, (round_id,)))

    def signatures(self) -> tuple[Signature, ...]:
        """Everything that was signed, oldest first."""
        return signatures.signatures(self._db)

    def is_signed(self, round_id: int) -> bool:
        """Whether a paper of this round has been signed."""
        return signatures.is_signed(self._db, round_id)

    def sign(self, signed: Sequence[Signature]) -> None:
        """Keep what was signed. Raises RegisterError where the disk does not take it."""
        try:
            with self._transaction():
                signatures.insert(self._db, signed)
                self._db.execute("COMMIT")
        except sqlite3.Error as trouble:
            raise RegisterError(
                f"台账库无法写入（{trouble}），没有签发；请检查磁盘空间和文件夹权限。"
            ) from trouble

    def withdraw(self, link: str) -> None:
        """Take the newest round back, if it is the one with this link; otherwise nothing is to be done."""
        newest = self.states()[-1:]
        if newest and newest[0].link == link:
            with self._transaction():
                withdraw(self._db, newest[0].id)
                self._db.execute("COMMIT")

    def back_up(self, path: Path) -> None:
        """Write a consistent copy of the register, the same bytes for the same content. Raises RegisterError."""
        path.unlink(missing_ok=True)
        try:
            self._db.execute("VACUUM INTO ?", (str(path),))
        except sqlite3.Error as trouble:
            raise RegisterError(
                f"台账库无法备份（{trouble}）；请检查磁盘空间和文件夹权限。"
            ) from trouble

    def faults(self) -> tuple[str, ...]:
        """What is wrong with the register itself: a damaged file, or a round that is not as it was sealed."""
        try:
            said = [row[0] for row in self._db.execute("PRAGMA integrity_check(5)")]
            broken = [f"截至{as_of}的一期{what}" for as_of, what in chain.broken_rounds(self._db)]
        except sqlite3.DatabaseError as damaged:
            return (f"台账库文件已损坏（{damaged}）",)
        return (*(f"台账库文件已损坏（{line}）" for line in said if line != "ok"), *broken)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """What is not committed when the block ends is rolled back."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            if self._db.in_transaction:  # a full disk makes SQLite roll back by itself
                self._db.execute("ROLLBACK")


def _connected_to_read(path: Path) -> sqlite3.Connection:
    """The register's file closed to changes, or a copy in memory where there is none or its schema is older."""
    if not path.is_file():
        return _in_memory(None)
    try:
        # not mode=ro: what a run that was killed has left half written must be rolled back to be read
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None
        )
    except sqlite3.Error as trouble:
        raise RegisterError(
            f"台账库“{path}”打不开（{trouble}）；请检查文件夹是否可读。"
        ) from trouble
    try:
        connection.execute("PRAGMA query_only = ON")
        if _version(connection, path) == len(MIGRATIONS):
            return connection
        copy = _in_memory(connection)
    except sqlite3.DatabaseError as broken:
        connection.close()
        raise _damaged(path, broken) from broken
    except RegisterError:
        connection.close()
        raise
    connection.close()
    return copy


def _in_memory(source: sqlite3.Connection | None) -> sqlite3.Connection:
    """The content of a register, or an empty one, in memory and with the newest schema."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    if source is not None:
        source.backup(copy)
    _migrate(copy, copy.execute("PRAGMA user_version").fetchone()[0])
    return copy


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """The number of the schema; raises RegisterError for one that only a newer version knows."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        raise NewerRegisterError(f"台账库“{path}”由更新版本的工具箱建立；请升级工具箱后再运行。")
    return version


@contextmanager
def _damage_named(path: Path) -> Iterator[None]:
    """Damage that is met only while reading, said with the file and the remedy."""
    try:
        yield
    except sqlite3.DatabaseError as broken:
        # its subclasses are about what was asked, not about the file
        if type(broken) is sqlite3.DatabaseError:
            raise _damaged(path, broken) from broken
        raise


def _damaged(path: Path, broken: sqlite3.DatabaseError) -> RegisterError:
    return RegisterError(
        f"台账库“{path}”已损坏（{broken}）；请用zhenggai restore恢复最近一期的“台账库备份.db”，再运行。"
    )


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    try:
        connection.execute(
            "PRAGMA journal_mode = DELETE"
        )  # a write-ahead log does not work on network shares
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_spill = OFF")  # while a round is written, others can read
        version = _version(connection, path)
        if version < len(MIGRATIONS):
            _copy_before_migrating(path, version)
            _migrate(connection, version)
        connection.execute("PRAGMA foreign_keys = ON")
        count.prepare(connection)
    except sqlite3.DatabaseError as broken:
        raise _damaged(path, broken) from broken


def _copy_before_migrating(path: Path, version: int) -> None:
    """Keep a register as the older version left it, beside the one that is brought up."""
    copy = path.with_name(f"{path.stem}.v{version}.db")
    if version and not copy.exists():
        shutil.copyfile(path, copy)


def _migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring the tables to the newest schema, all or nothing; a round of before the chain is linked as it stands."""
    steps = "".join(MIGRATIONS[version:])
    connection.executescript(f"BEGIN IMMEDIATE; {steps} PRAGMA user_version = {len(MIGRATIONS)};")
    for (round_id,) in connection.execute(
        "SELECT id FROM rounds WHERE link = '' ORDER BY id"
    ).fetchall():
        for column, computed in (("link", chain.link_of), ("seal", chain.seal_of)):
            value = computed(connection, round_id)
            connection.execute(f"UPDATE rounds SET {column} = ? WHERE id = ?", (value, round_id))  # noqa: S608 - ours
    connection.execute("COMMIT")
