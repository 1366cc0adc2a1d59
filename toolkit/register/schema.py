"""The tables of the register, as forward migrations: `PRAGMA user_version` counts how many have been applied.

Every table but current is append-only, and each of its rows names its round: so a round can be proved (see
`toolkit.register.chain`), taken back, and recalled as it was. facts holds one row per value that changed, with the cell that
it came from; origins the row that last spoke about an item, and its place in the ledger. current points at the latest
fact of each item and column, so that recalling costs by items, not by rounds; its index by fact is what SQLite looks into for
each fact that is taken out again.

A row of rounds is a state: what one run made of a period. All states stay; what is known is read through the views live_…,
which show the last state of each period. deliveries tell with which run of the period a file came, letter_numbers which
number was given to which unit, for ever.

ledger_now is what is known as one row an item: the figures are counted over it a second time (see `toolkit.figures.table`).
It reads the tables alone, so that no line of it is shared with the counting in Python.

Nothing in the register depends on a clock: the same inputs, in the same order, make the same register, byte for byte.
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
    """
    CREATE TABLE rounds_chained (
        id INTEGER PRIMARY KEY, as_of TEXT NOT NULL, folder TEXT NOT NULL, toolkit TEXT NOT NULL, settings TEXT NOT NULL,
        link TEXT NOT NULL, seal TEXT NOT NULL
    );
    INSERT INTO rounds_chained SELECT id, as_of, folder, toolkit, '', '', '' FROM rounds;
    DROP TABLE rounds;
    ALTER TABLE rounds_chained RENAME TO rounds;
    CREATE TABLE origins (
        id INTEGER PRIMARY KEY, round_id INTEGER NOT NULL REFERENCES rounds (id), item_id TEXT NOT NULL,
        position INTEGER NOT NULL, file TEXT NOT NULL, sheet TEXT NOT NULL, row INTEGER NOT NULL
    );
    INSERT INTO origins (round_id, item_id, position, file, sheet, row)
        SELECT max(f.round_id), i.id, i.position, i.origin_file, i.origin_sheet, i.origin_row
        FROM items i JOIN facts f ON f.item_id = i.id GROUP BY i.id ORDER BY i.position;
    CREATE INDEX origins_by_item ON origins (item_id, id);
    CREATE INDEX origins_by_round ON origins (round_id);
    CREATE INDEX facts_by_round ON facts (round_id);
    CREATE TABLE items_chained (
        id TEXT PRIMARY KEY, round_id INTEGER NOT NULL REFERENCES rounds (id)
    ) WITHOUT ROWID;
    INSERT INTO items_chained SELECT id, first_round FROM items;
    DROP TABLE items;
    ALTER TABLE items_chained RENAME TO items;
    CREATE TABLE arrivals (
        id INTEGER PRIMARY KEY, round_id INTEGER NOT NULL REFERENCES rounds (id), file TEXT NOT NULL, sha256 TEXT NOT NULL
    );
    CREATE TABLE issued (
        id INTEGER PRIMARY KEY, round_id INTEGER NOT NULL REFERENCES rounds (id), file TEXT NOT NULL, sha256 TEXT NOT NULL
    );
    CREATE INDEX issued_by_round ON issued (round_id);
    DROP TABLE meta;
    """,
    """
    ALTER TABLE decisions ADD COLUMN others TEXT;
    ALTER TABLE decisions ADD COLUMN was TEXT;
    ALTER TABLE decisions ADD COLUMN nth INTEGER;
    CREATE INDEX decisions_by_item ON decisions (item_id);
    CREATE TABLE answers (
        id INTEGER PRIMARY KEY, round_id INTEGER NOT NULL REFERENCES rounds (id), item_id TEXT NOT NULL, unit TEXT NOT NULL,
        status TEXT, completed_on TEXT, progress TEXT NOT NULL, file TEXT NOT NULL, sheet TEXT NOT NULL, row INTEGER NOT NULL
    );
    CREATE TABLE pairings (
        id INTEGER PRIMARY KEY, round_id INTEGER NOT NULL REFERENCES rounds (id), unit TEXT NOT NULL, text TEXT NOT NULL,
        item_id TEXT NOT NULL
    );
    """,
    """
    CREATE TABLE signatures (
        id INTEGER PRIMARY KEY, round_id INTEGER NOT NULL REFERENCES rounds (id), paper TEXT NOT NULL, number TEXT NOT NULL,
        by TEXT NOT NULL, "on" TEXT NOT NULL, sha256 TEXT NOT NULL, texts TEXT NOT NULL
    );
    """,
    """
    CREATE TABLE letters (
        id INTEGER PRIMARY KEY, round_id INTEGER NOT NULL REFERENCES rounds (id), kind TEXT NOT NULL, prefix TEXT NOT NULL,
        serial INTEGER NOT NULL, unit TEXT NOT NULL, items TEXT NOT NULL
    );
    """,
    """
    CREATE TABLE strokes (
        id INTEGER PRIMARY KEY, round_id INTEGER NOT NULL REFERENCES rounds (id), kind TEXT NOT NULL, file TEXT NOT NULL,
        item_id TEXT NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL, author TEXT NOT NULL, "on" TEXT NOT NULL
    );
    """,
    """
    CREATE INDEX current_by_fact ON current (fact_id);
    CREATE TABLE taken (
        id INTEGER PRIMARY KEY, round_id INTEGER NOT NULL REFERENCES rounds (id), item_id TEXT NOT NULL
    );
    CREATE INDEX taken_by_round ON taken (round_id, item_id);
    CREATE TABLE doubtful (
        id INTEGER PRIMARY KEY, round_id INTEGER NOT NULL REFERENCES rounds (id), item_id TEXT NOT NULL,
        "column" TEXT NOT NULL
    );
    CREATE TABLE figures (
        id INTEGER PRIMARY KEY, round_id INTEGER NOT NULL REFERENCES rounds (id), code TEXT NOT NULL,
        "by" TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL
    );
    CREATE INDEX figures_by_round ON figures (round_id);
    CREATE TABLE states (
        id INTEGER PRIMARY KEY, round_id INTEGER NOT NULL UNIQUE REFERENCES rounds (id), period INTEGER NOT NULL,
        run INTEGER NOT NULL, since TEXT NOT NULL, basis TEXT NOT NULL
    );
    INSERT INTO states (round_id, period, run, since, basis)
        SELECT id, row_number() OVER (ORDER BY id), 1, as_of, '' FROM rounds;
    CREATE INDEX states_by_period ON states (period, round_id);
    CREATE TABLE deliveries (
        id INTEGER PRIMARY KEY, round_id INTEGER NOT NULL REFERENCES rounds (id), file TEXT NOT NULL,
        sha256 TEXT NOT NULL, run INTEGER NOT NULL, arrived REAL NOT NULL
    );
    CREATE INDEX deliveries_by_round ON deliveries (round_id);
    INSERT INTO deliveries (round_id, file, sha256, run, arrived) SELECT round_id, file, sha256, 1, 0 FROM arrivals;
    CREATE TABLE reports (
        id INTEGER PRIMARY KEY, round_id INTEGER NOT NULL REFERENCES rounds (id), unit TEXT NOT NULL,
        reported INTEGER NOT NULL, reason TEXT NOT NULL
    );
    CREATE TABLE replies (
        id INTEGER PRIMARY KEY, round_id INTEGER NOT NULL REFERENCES rounds (id), number TEXT NOT NULL,
        "on" TEXT NOT NULL, content TEXT NOT NULL, file TEXT NOT NULL, sheet TEXT NOT NULL, cell TEXT NOT NULL
    );
    CREATE TABLE letter_numbers (
        id INTEGER PRIMARY KEY, kind TEXT NOT NULL, prefix TEXT NOT NULL, year INTEGER NOT NULL, serial INTEGER NOT NULL,
        unit TEXT NOT NULL, period INTEGER NOT NULL, as_of TEXT NOT NULL, items TEXT NOT NULL
    );
    INSERT INTO letter_numbers (kind, prefix, year, serial, unit, period, as_of, items)
        SELECT l.kind, l.prefix, CAST(substr(r.as_of, 1, 4) AS INTEGER), l.serial, l.unit, s.period, r.as_of, l.items
        FROM letters l JOIN rounds r ON r.id = l.round_id JOIN states s ON s.round_id = r.id ORDER BY l.id;
    CREATE VIEW live_rounds AS SELECT max(round_id) AS id FROM states GROUP BY period;
    CREATE VIEW newest_round AS SELECT max(id) AS id FROM live_rounds;
    CREATE VIEW live_inputs AS SELECT * FROM inputs WHERE round_id IN (SELECT id FROM live_rounds);
    CREATE VIEW live_facts AS SELECT * FROM facts WHERE round_id IN (SELECT id FROM live_rounds);
    CREATE VIEW live_origins AS SELECT * FROM origins WHERE round_id IN (SELECT id FROM live_rounds);
    CREATE VIEW live_waivers AS SELECT * FROM waivers WHERE round_id IN (SELECT id FROM live_rounds);
    CREATE VIEW live_decisions AS SELECT * FROM decisions WHERE round_id IN (SELECT id FROM live_rounds);
    CREATE VIEW live_answers AS SELECT * FROM answers WHERE round_id IN (SELECT id FROM live_rounds);
    CREATE VIEW live_pairings AS SELECT * FROM pairings WHERE round_id IN (SELECT id FROM live_rounds);
    CREATE VIEW live_letters AS SELECT * FROM letters WHERE round_id IN (SELECT id FROM live_rounds);
    CREATE VIEW live_strokes AS SELECT * FROM strokes WHERE round_id IN (SELECT id FROM live_rounds);
    CREATE VIEW live_replies AS SELECT * FROM replies WHERE round_id IN (SELECT id FROM live_rounds);
    CREATE VIEW known_values AS
        SELECT c.item_id, c."column", f.value FROM current c JOIN facts f ON f.id = c.fact_id;
    CREATE VIEW closed_items AS
        SELECT item_id FROM live_decisions WHERE ruling = 'close' AND id IN (
            SELECT max(id) FROM live_decisions WHERE ruling IN ('close', 'send_back', 'reopen') GROUP BY item_id
        );
    CREATE VIEW ledger_now AS
        SELECT item_id, unit, leader, status, deadline, due, progress, closed, extended, carried, measures,
            regulations, money, people, doubtful,
            NOT closed AND coalesce(status, '') NOT IN ('done', 'standing') AS is_open
        FROM (
            SELECT v.item_id AS item_id,
                max(CASE WHEN v."column" = 'lead_unit' THEN json_extract(v.value, '$') END) AS unit,
                max(CASE WHEN v."column" = 'lead_leader' THEN json_extract(v.value, '$') END) AS leader,
                max(CASE WHEN v."column" = 'status' THEN json_extract(v.value, '$') END) AS status,
                max(CASE WHEN v."column" = 'deadline' THEN v.value END) AS deadline,
                max(CASE WHEN v."column" = 'deadline' THEN json_extract(v.value, '$.due') END) AS due,
                max(CASE WHEN v."column" = 'progress' THEN v.value END) AS progress,
                max(CASE WHEN v."column" = 'measures' THEN v.value END) AS measures,
                max(CASE WHEN v."column" = 'regulations' THEN v.value END) AS regulations,
                max(CASE WHEN v."column" = 'money' THEN json_extract(v.value, '$') END) AS money,
                max(CASE WHEN v."column" = 'people' THEN json_extract(v.value, '$') END) AS people,
                v.item_id IN (SELECT item_id FROM closed_items) AS closed,
                v.item_id IN (SELECT item_id FROM live_decisions WHERE ruling = 'extend') AS extended,
                v.item_id NOT IN (
                    SELECT item_id FROM taken WHERE round_id = (SELECT id FROM newest_round)
                ) AS carried,
                (
                    SELECT ',' || group_concat(d."column", ',') || ',' FROM doubtful d
                    WHERE d.item_id = v.item_id AND d.round_id = (SELECT id FROM newest_round)
                ) AS doubtful
            FROM known_values v
            WHERE v.item_id NOT IN (SELECT item_id FROM live_decisions WHERE ruling IN ('split', 'join'))
            GROUP BY v.item_id
        );
    """,
)
