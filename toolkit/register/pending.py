"""A round that is being written: its rows stand in an open transaction until it is sealed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit import __version__
from toolkit.ledger.record import encode_value
from toolkit.ledger.submission import Origin, Submission, Verdict
from toolkit.register import chain, count, queries
from toolkit.register.snapshot import short_code

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from toolkit.ledger.answer import Answer
    from toolkit.ledger.decision import Decision
    from toolkit.ledger.letter import Letter, LetterNumber, Reply
    from toolkit.ledger.revision import Revision
    from toolkit.register.change import Change
    from toolkit.register.count import Question, Tally
    from toolkit.register.merge import Merged
    from toolkit.register.snapshot import Delivered, Snapshot, Values

# (code, by, name, value as text): one figure of one set of items.
StoredFigure = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which state is to be made: of which period, by which of its runs, dated from when; `settings` is a digest of them."""

    period: int
    run: int
    since: date
    as_of: date
    settings: str


class Pending:
    """The state that the register is about to keep: filled by `keep`, linked by `close`, committed by `seal`.

    While it is written, the earlier states of its period are out of sight: what is known is what was known before the
    period.
    """

    def __init__(self, db: sqlite3.Connection, plan: Plan) -> None:
        self.db = db
        self.plan = plan
        hidden = _touched(db, _live_of(db, plan.period))
        cursor = db.execute(
            "INSERT INTO rounds (as_of, folder, toolkit, settings, link, seal) VALUES (?, '', ?, ?, '', '')",
            (plan.as_of.isoformat(), __version__, plan.settings),
        )
        self.id = int(cursor.lastrowid or 0)
        self.link = ""
        db.execute(
            "INSERT INTO states (round_id, period, run, since, basis) VALUES (?, ?, ?, ?, '')",
            (self.id, plan.period, plan.run, plan.since.isoformat()),
        )
        _refresh_current(db, hidden)
        count.keep_ledger_before(db)

    def recall(self) -> Snapshot:
        """What was known before the period."""
        return queries.known(self.db)

    def bases(self, codes: Iterable[str]) -> dict[str, Values]:
        """What stood in workbooks that carry these codes of states."""
        return {code: queries.values_at(self.db, code) for code in codes}

    def keep(
        self,
        deliveries: Sequence[Delivered],
        merged: Merged,
        letters: Sequence[Letter] = (),
        strokes: Iterable[Revision] = (),
    ) -> None:
        """Everything that the period brought: files, what was made of them, what is sent out."""
        known = {id_ for id_, _, _ in queries.origins(self.db)}
        self._keep_deliveries(deliveries)
        self._keep_inputs(merged.submissions)
        self._keep_items(merged)
        self._keep_facts(merged)
        self._keep_waivers(merged.submissions)
        self._keep_decisions(merged.decisions)
        self._keep_answers(merged.co_answers)
        self._insert("pairings (round_id, unit, text, item_id)", merged.pairings)
        self._insert(
            'strokes (round_id, kind, file, item_id, old, new, author, "on")',
            ((s.kind, s.file, s.item, s.old, s.new, s.author, s.on) for s in strokes),
        )
        self._insert(
            "letters (round_id, kind, prefix, serial, unit, items)",
            (
                (letter.kind, letter.prefix, letter.serial, letter.unit, json.dumps(letter.items))
                for letter in letters
            ),
        )
        fresh = [entry.item.id for entry in merged.entries if entry.item.id not in known]
        taken = sorted({*merged.taken, *fresh})
        self._insert("taken (round_id, item_id)", ((id_,) for id_ in taken))

    def _keep_deliveries(self, deliveries: Sequence[Delivered]) -> None:
        """In the order of their names: in which run a file came does not decide what the state is."""
        ordered = sorted(deliveries, key=lambda given: (given.file, given.sha256))
        self._insert(
            "arrivals (round_id, file, sha256)", ((given.file, given.sha256) for given in ordered)
        )
        self._insert(
            "deliveries (round_id, file, sha256, run, arrived)",
            ((given.file, given.sha256, given.run, given.arrived) for given in ordered),
        )

    def keep_reports(self, reports: Iterable[tuple[str, bool, str]]) -> None:
        """Of each unit, whether it has reported in this period, and why that is said."""
        self._insert("reports (round_id, unit, reported, reason)", reports)

    def keep_replies(self, replies: Iterable[Reply]) -> None:
        """What units answered to letters, as the office wrote it down."""
        self._insert(
            'replies (round_id, number, "on", content, file, sheet, cell)',
            (
                (r.number, r.on.isoformat(), r.content, r.place.file, r.place.sheet, r.place.cell)
                for r in replies
            ),
        )

    def bind_numbers(self, numbers: Iterable[LetterNumber]) -> None:
        """Give numbers to units, for ever."""
        self.db.executemany(
            "INSERT INTO letter_numbers (kind, prefix, year, serial, unit, period, as_of, items)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (n.kind, n.prefix, n.year, n.serial, n.unit, n.period, n.as_of.isoformat(), json.dumps(n.items))
                for n in numbers
            ),
        )  # fmt: skip

    def keep_figures(
        self, figures: Iterable[StoredFigure], doubtful: Iterable[tuple[str, str]]
    ) -> None:
        """What the round counted, and the values (item, column) that entered no total."""
        self._insert('doubtful (round_id, item_id, "column")', doubtful)
        self._insert('figures (round_id, code, "by", name, value)', figures)

    def tally(self, question: Question) -> Tally:
        """Count over what is known with this round in it; see `toolkit.register.count.tally`."""
        return count.tally(self.db, question, self.id)

    def close(self, basis: str) -> str:
        """Link the state to the period before it, now that all of it is in; the short code that papers print.

        `basis` is the digest of all that the state was computed from.
        """
        self.db.execute("UPDATE states SET basis = ? WHERE round_id = ?", (basis, self.id))
        self.link = chain.link_of(self.db, self.id)
        self.db.execute("UPDATE rounds SET link = ? WHERE id = ?", (self.link, self.id))
        return short_code(self.link)

    def seal(self, folder: str, issued: Mapping[str, str]) -> None:
        """Commit the state with the name of its folder and the SHA-256 of each file in it, by path."""
        self.db.execute("UPDATE rounds SET folder = ? WHERE id = ?", (folder, self.id))
        self._insert("issued (round_id, file, sha256)", sorted(issued.items()))
        seal = chain.seal_of(self.db, self.id)
        self.db.execute("UPDATE rounds SET seal = ? WHERE id = ?", (seal, self.id))
        self.db.execute("COMMIT")

    def _insert(self, into: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Rows of a table, given without the round that stands before them."""
        marks = ", ".join("?" * (into.count(",") + 1))
        insert = f"INSERT INTO {into} VALUES ({marks})"  # noqa: S608 - names of ours
        self.db.executemany(insert, ((self.id, *row) for row in rows))

    def _keep_inputs(self, submissions: tuple[Submission, ...]) -> None:
        self._insert(
            "inputs (round_id, file, sha256, unit, role, verdict, rows, reason, report_date)",
            (
                (s.file, s.sha256, s.unit, s.role, s.verdict, len(s.rows), s.reason,
                 s.report_date.isoformat() if s.report_date else None)
                for s in submissions
            ),
        )  # fmt: skip

    def _keep_items(self, merged: Merged) -> None:
        """New items, and of every item the row that spoke about it, where that or its place in the ledger is new."""
        known = {
            item_id: (position, origin) for item_id, position, origin in queries.origins(self.db)
        }
        now = {
            entry.item.id: (position, entry.origin) for position, entry in enumerate(merged.entries)
        }
        self.db.executemany(
            "INSERT OR IGNORE INTO items (id, round_id) VALUES (?, ?)",
            [(id_, self.id) for id_ in now if id_ not in known],
        )
        news = ((id_, *place) for id_, place in now.items() if known.get(id_) != place)
        self._insert(
            "origins (round_id, item_id, position, file, sheet, row)",
            ((id_, position, *_row(origin)) for id_, position, origin in news),
        )

    def _keep_facts(self, merged: Merged) -> None:
        """Every value that changed; of each item and column the last of them is the current one."""
        self._insert(
            'facts (round_id, item_id, "column", value, file, sheet, cell)',
            (
                (change.id, change.column, _encoded(change), change.place.file, change.place.sheet, change.place.cell)
                for change in merged.changes
            ),
        )  # fmt: skip
        self.db.execute(
            'INSERT OR REPLACE INTO current SELECT item_id, "column", max(id) FROM facts'
            ' WHERE round_id = ? GROUP BY item_id, "column"',
            (self.id,),
        )

    def _keep_waivers(self, submissions: tuple[Submission, ...]) -> None:
        self._insert(
            'waivers (round_id, rule, item_id, "column", message, reason, by, until, file)',
            (
                (
                    w.rule,
                    w.id,
                    w.column,
                    w.message,
                    w.reason,
                    w.by,
                    w.until.isoformat(),
                    submission.file,
                )
                for submission in submissions
                if submission.verdict is Verdict.ACCEPTED
                for w in submission.waivers
            ),
        )

    def _keep_decisions(self, decisions: tuple[Decision, ...]) -> None:
        self._insert(
            'decisions (round_id, item_id, ruling, until, opinion, basis, by, "on", file, sheet, cell, others, was, nth)',
            (
                (d.id, d.ruling, d.until.isoformat() if d.until else None, d.opinion, d.basis, d.by,
                 d.on.isoformat(), d.place.file, d.place.sheet, d.place.cell,
                 json.dumps(d.others) if d.others else None, d.was or None, d.nth or None)
                for d in decisions
            ),
        )  # fmt: skip

    def _keep_answers(self, answers: Iterable[Answer]) -> None:
        self._insert(
            "answers (round_id, item_id, unit, status, completed_on, progress, file, sheet, row)",
            (
                (a.id, a.unit, a.status, a.completed_on.isoformat() if a.completed_on else None, a.progress,
                 *_row(a.origin))
                for a in answers
            ),
        )  # fmt: skip


def _encoded(change: Change) -> str:
    return json.dumps(encode_value(change.column, change.value), ensure_ascii=False)


def _row(origin: Origin) -> tuple[str, str, int]:
    return origin.file, origin.sheet, origin.row


def _live_of(db: sqlite3.Connection, period: int) -> int:
    """The live state of a period; 0 where it has none."""
    row = db.execute("SELECT max(round_id) FROM states WHERE period = ?", (period,)).fetchone()
    return int(row[0] or 0)


def _touched(db: sqlite3.Connection, round_id: int) -> set[tuple[str, str]]:
    """(item, column) of every value that a state brought."""
    query = 'SELECT DISTINCT item_id, "column" FROM facts WHERE round_id = ?'
    return set(db.execute(query, (round_id,)).fetchall())


def _refresh_current(db: sqlite3.Connection, touched: Iterable[tuple[str, str]]) -> None:
    """Point these cells at the latest fact that is live."""
    cells = sorted(touched)
    db.executemany('DELETE FROM current WHERE item_id = ? AND "column" = ?', cells)
    db.executemany(
        'INSERT INTO current SELECT item_id, "column", max(id) FROM facts'
        ' WHERE item_id = ? AND "column" = ? AND round_id IN (SELECT id FROM live_rounds)'
        ' GROUP BY item_id, "column"',
        cells,
    )


def withdraw(db: sqlite3.Connection, round_id: int) -> None:
    """Take the newest state out of every table again; the one before it in its period, if any, is live again.

    Within the caller's transaction. Numbers that were given to letters stay given.
    """
    (period,) = db.execute("SELECT period FROM states WHERE round_id = ?", (round_id,)).fetchone()
    touched = _touched(db, round_id)
    db.executemany('DELETE FROM current WHERE item_id = ? AND "column" = ?', sorted(touched))
    for table in reversed((*chain.OF_A_ROUND, *chain.BESIDE, "issued", "states")):
        if table != "items":
            db.execute(f"DELETE FROM {table} WHERE round_id = ?", (round_id,))  # noqa: S608 - a name of ours
    db.execute(
        "DELETE FROM items WHERE round_id = ? AND id NOT IN (SELECT item_id FROM facts)",
        (round_id,),
    )
    _refresh_current(db, touched | _touched(db, _live_of(db, period)))
    db.execute("DELETE FROM rounds WHERE id = ?", (round_id,))
