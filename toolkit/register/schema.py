"""The tables of the register, as forward migrations: `PRAGMA user_version` counts how many have been applied.

facts is append-only: one row per value that changed, with its round and the cell that it came from. current points at
the latest fact of each item and column, so that recalling costs by items, not by rounds.
"""

from __future__ import annotations

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE rounds (
        id INTEGER PRIMARY KEY, as_of TEXT NOT NULL, folder TEXT NOT NULL, token TEXT NOT NULL UNIQUE,
        toolkit TEXT NOT NULL, recorded_at TEXT NOT NULL
    );
    CREATE TABLE inputs (
        id INTEGER PRIMARY KEY, round_id INTEGER NOT NULL REFERENCES rounds (id), file TEXT NOT NULL,
        sha256 TEXT NOT NULL, unit TEXT NOT NULL, role TEXT, verdict TEXT NOT NULL, rows INTEGER NOT NULL,
        reason TEXT NOT NULL, report_date TEXT
    );
    CREATE INDEX inputs_by_sha256 ON inputs (sha256);
    CREATE TABLE items (
        id TEXT PRIMARY KEY, position INTEGER NOT NULL, first_round INTEGER NOT NULL REFERENCES rounds (id),
        origin_file TEXT NOT NULL, origin_sheet TEXT NOT NULL, origin_row INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE facts (
        id INTEGER PRIMARY KEY, item_id TEXT NOT NULL REFERENCES items (id), "column" TEXT NOT NULL,
        value TEXT NOT NULL, round_id INTEGER NOT NULL REFERENCES rounds (id),
        file TEXT NOT NULL, sheet TEXT NOT NULL, cell TEXT NOT NULL
    );
    CREATE INDEX facts_by_item ON facts (item_id, "column", id);
    CREATE TABLE current (
        item_id TEXT NOT NULL REFERENCES items (id), "column" TEXT NOT NULL, fact_id INTEGER NOT NULL REFERENCES facts (id),
        PRIMARY KEY (item_id, "column")
    ) WITHOUT ROWID;
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    """,
    """
    CREATE TABLE waivers (
        id INTEGER PRIMARY KEY, round_id INTEGER NOT NULL REFERENCES rounds (id), rule TEXT NOT NULL,
        item_id TEXT NOT NULL, "column" TEXT NOT NULL, message TEXT NOT NULL, reason TEXT NOT NULL, by TEXT NOT NULL,
        until TEXT NOT NULL, file TEXT NOT NULL
    );
    CREATE TABLE decisions (
        id INTEGER PRIMARY KEY, round_id INTEGER NOT NULL REFERENCES rounds (id), item_id TEXT NOT NULL REFERENCES items (id),
        ruling TEXT NOT NULL, until TEXT, opinion TEXT NOT NULL, basis TEXT NOT NULL, by TEXT NOT NULL, "on" TEXT NOT NULL,
        file TEXT NOT NULL, sheet TEXT NOT NULL, cell TEXT NOT NULL
    );
    """,
)
