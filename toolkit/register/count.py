"""Counting over what the register holds, in SQL alone: the second hand against which the figures are held.

The expressions come from the caller (`toolkit.figures.table`); nothing here knows what they mean.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

# A count, or a sum of money as text: SQLite would add decimals as binary fractions.
Value = int | str


@dataclass(frozen=True, slots=True)
class Expression:
    """An aggregate to be counted under a code, and what it is counted over."""

    code: str
    sql: str
    source: str


class _DecimalSum:
    """The aggregate decimal_sum: exact sums of amounts that are stored as text; NULL adds nothing."""

    def __init__(self) -> None:
        self._sum = Decimal(0)

    def step(self, value: str | None) -> None:
        """Take one more value."""
        if value is not None:
            self._sum += Decimal(value)

    def finalize(self) -> str:
        """The sum, as text."""
        return str(self._sum)


def prepare(db: sqlite3.Connection) -> None:
    """Teach a connection what the expressions need beyond SQLite's own functions."""
    db.create_aggregate("decimal_sum", 1, _DecimalSum)  # type: ignore[arg-type]  # of text
    db.execute("PRAGMA temp_store = MEMORY")


def keep_ledger_before(db: sqlite3.Connection) -> None:
    """Remember what is known now as ledger_before, for as long as the connection lasts."""
    db.execute("DROP TABLE IF EXISTS temp.ledger_before")
    db.execute("CREATE TEMP TABLE ledger_before AS SELECT * FROM ledger_now")


class OwnText(NamedTuple):
    """What an item says in an own column: whose item it is, the column's code, the text, whether it is in doubt."""

    unit: str
    leader: str
    code: str
    text: str
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted, all of it in SQL.

    `figures` by (column of the grouping, name in it, code); `before` the figures of the last period, of all items;
    `changes` by code; `days_left` by item; `letters` how many items each letter is about, by its number, of all rounds;
    `rows` how many rows of each file of the state were taken; `silent` the units that have not reported; `counts` what
    else the state holds, by code; `months` items by (unit, month of the deadline or "", status); `past` the figures that
    earlier periods stored, by (period, code); `own` what items say in own columns.
    """

    figures: Mapping[tuple[str, str, str], Value]
    before: Mapping[str, Value]
    changes: Mapping[str, int]
    days_left: Mapping[str, int]
    letters: Mapping[str, int]
    rows: Mapping[str, int]
    silent: frozenset[str]
    counts: Mapping[str, int]
    months: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    past: Mapping[tuple[int, str], Value] = field(default_factory=dict)
    own: Sequence[OwnText] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is to be counted: expressions over ledger_now, and conditions over `b` (ledger_before) and `n` (ledger_now).

    `parameters` are those of both; `as_of` and `since` (the last period's day) are among them.
    """

    expressions: Sequence[Expression]
    changes: Mapping[str, str]
    parameters: Mapping[str, Value]
    groups: Sequence[str] = ("unit", "leader")


def tally(db: sqlite3.Connection, question: Question, round_id: int) -> Tally:
    """Count the expressions over all items ("" as grouping) and by each of the groups, and what changed.

    The view is read once: until the end, a temporary table of its name stands before it.
    """
    parameters = question.parameters
    db.execute("CREATE TEMP TABLE ledger_now AS SELECT * FROM main.ledger_now")
    try:
        figures = {
            (group, name, code): value
            for group in ("", *question.groups)
            for (name, code), value in _count(db, question.expressions, parameters, group).items()
        }
        return Tally(
            figures=figures,
            before=_count_before(db, question),
            changes=_count_changes(db, question.changes, parameters),
            days_left=days_to_deadline(db, str(parameters["as_of"])),
            letters=letter_lengths(db),
            rows=rows_of_files(db, round_id),
            silent=silent_units(db, round_id),
            counts=counts_of_round(db, round_id),
            months=items_by_month(db),
            past=stored_figures(db, round_id),
            own=own_texts(db),
        )
    finally:
        db.execute("DROP TABLE temp.ledger_now")


def _count_before(db: sqlite3.Connection, question: Question) -> dict[str, Value]:
    """The same expressions over what was known before the round, on the last period's day."""
    before = [
        Expression(e.code, e.sql, e.source.replace("ledger_now", "ledger_before"))
        for e in question.expressions
    ]
    parameters = {**question.parameters, "as_of": question.parameters["since"]}
    counted = _count(db, before, parameters, "")
    return {code: value for (_, code), value in counted.items()}


def _count(
    db: sqlite3.Connection,
    expressions: Iterable[Expression],
    parameters: Mapping[str, Value],
    group: str,
) -> dict[tuple[str, str], Value]:
    """(name of the group, code) → value; each source is read once."""
    sources: dict[str, list[Expression]] = {}
    for expression in expressions:
        sources.setdefault(expression.source, []).append(expression)
    found: dict[tuple[str, str], Value] = {}
    for source, members in sources.items():
        found |= _of_source(db, source, members, parameters, group)
    return found


def _of_source(
    db: sqlite3.Connection,
    source: str,
    expressions: Sequence[Expression],
    parameters: Mapping[str, Value],
    group: str,
) -> dict[tuple[str, str], Value]:
    name = group or "''"
    columns = ", ".join(expression.sql for expression in expressions)
    grouping = f" GROUP BY {group}" if group else ""
    query = f"SELECT {name}, {columns} FROM {source}{grouping}"  # noqa: S608 - texts of ours
    return {
        (row[0] or "", expression.code): value or 0
        for row in db.execute(query, dict(parameters))
        for expression, value in zip(expressions, row[1:], strict=True)
    }


def _count_changes(
    db: sqlite3.Connection, conditions: Mapping[str, str], parameters: Mapping[str, Value]
) -> dict[str, int]:
    """Code → how many items meet its condition over `b` (ledger_before) and `n` (ledger_now)."""
    columns = ", ".join(f"coalesce(sum({condition}), 0)" for condition in conditions.values())
    # SQLite has no full join before 3.39: what is in both or only before, and what is only now.
    before = "temp.ledger_before b LEFT JOIN ledger_now n USING (item_id)"
    only_now = "ledger_now n LEFT JOIN temp.ledger_before b USING (item_id) WHERE b.item_id IS NULL"
    pairs = [f"SELECT {columns} FROM {rows}" for rows in (before, only_now)]  # noqa: S608 - ours
    counted = [db.execute(query, dict(parameters)).fetchone() for query in pairs]
    sums = (sum(values) for values in zip(*counted, strict=True))
    return dict(zip(conditions, sums, strict=True))


def counts_of_round(db: sqlite3.Connection, round_id: int) -> dict[str, int]:
    """What a state holds besides items: inputs, decisions, letters, revisions, each also by kind; and its period."""
    period = db.execute("SELECT period FROM states WHERE round_id = ?", (round_id,)).fetchone()[0]
    counts = {"period": int(period)}
    for name, table, kind in (
        ("inputs", "inputs", "verdict"),
        ("decisions", "decisions", "ruling"),
        ("letters", "letters", "kind"),
        ("revisions", "strokes", "kind"),
    ):
        query = f"SELECT {kind}, count(*) FROM {table} WHERE round_id = ? GROUP BY {kind}"  # noqa: S608 - names of ours
        by_kind = dict(db.execute(query, (round_id,)).fetchall())
        counts[name] = sum(by_kind.values())
        counts |= {f"{name}.{code}": number for code, number in by_kind.items()}
    return counts


def letter_lengths(db: sqlite3.Connection) -> dict[str, int]:
    """Every number that was ever given, such as 整改督〔2026〕3号 → how many items its letter is about.

    A number whose letter was never sent or has been taken back keeps the items that it was given for.
    """
    given = (
        "SELECT prefix || '〔' || year || '〕' || serial || '号', json_array_length(items)"
        " FROM letter_numbers ORDER BY id"
    )
    sent = (
        "SELECT l.prefix || '〔' || substr(r.as_of, 1, 4) || '〕' || l.serial || '号',"
        " json_array_length(l.items)"
        " FROM live_letters l JOIN rounds r ON r.id = l.round_id ORDER BY l.id"
    )
    return {**dict(db.execute(given).fetchall()), **dict(db.execute(sent).fetchall())}


def silent_units(db: sqlite3.Connection, round_id: int) -> frozenset[str]:
    """The units that have not reported in the period of a state."""
    query = "SELECT unit FROM reports WHERE round_id = ? AND NOT reported"
    return frozenset(unit for (unit,) in db.execute(query, (round_id,)))


def rows_of_files(db: sqlite3.Connection, round_id: int) -> dict[str, int]:
    """File of a round → how many of its rows were taken."""
    query = "SELECT file, rows FROM inputs WHERE round_id = ?"
    return dict(db.execute(query, (round_id,)).fetchall())


def days_to_deadline(db: sqlite3.Connection, as_of: str) -> dict[str, int]:
    """Item → calendar days from the day to its deadline, of every open item that has one."""
    query = (
        "SELECT item_id, CAST(julianday(due) - julianday(?) AS INTEGER) FROM ledger_now"
        " WHERE is_open AND due IS NOT NULL"
    )
    return dict(db.execute(query, (as_of,)).fetchall())


def items_by_month(db: sqlite3.Connection) -> dict[tuple[str, str, str], int]:
    """(unit, month of the deadline, status), each "" where there is none → how many items."""
    query = (
        "SELECT coalesce(unit, ''), coalesce(substr(due, 1, 7), ''), coalesce(status, ''), count(*)"
        " FROM ledger_now GROUP BY 1, 2, 3"
    )
    return {(unit, month, status): count for unit, month, status, count in db.execute(query)}


def own_texts(db: sqlite3.Connection) -> tuple[OwnText, ...]:
    """What every item says in own columns."""
    query = (
        "SELECT coalesce(n.unit, ''), coalesce(n.leader, ''), v.\"column\", json_extract(v.value, '$'),"
        " coalesce(instr(n.doubtful, ',' || v.\"column\" || ','), 0) > 0"
        " FROM known_values v JOIN ledger_now n USING (item_id) WHERE v.\"column\" LIKE 'own:%'"
    )
    return tuple(
        OwnText(unit, leader, code, text, bool(doubtful))
        for unit, leader, code, text, doubtful in db.execute(query)
    )


def stored_figures(db: sqlite3.Connection, round_id: int) -> dict[tuple[int, str], str]:
    """(period, code) → what the last state of an earlier period stored, of all items."""
    query = (
        "SELECT s.period, f.code, f.value FROM figures f JOIN states s ON s.round_id = f.round_id"
        " WHERE f.name = '' AND f.\"by\" = ''"
        " AND s.period < (SELECT period FROM states WHERE round_id = ?)"
        " AND f.round_id IN (SELECT max(round_id) FROM states GROUP BY period)"
    )
    return {(period, code): value for period, code, value in db.execute(query, (round_id,))}
