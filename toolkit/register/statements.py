"""What the returns of a unit state, item by item: a cell left as its form had it states nothing, the newest statement stands.

The form of a return is the workbook that was sent out to the unit; the state that it was made from is its base.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from toolkit.ledger.columns import BY_CODE, COLUMNS, Filler
from toolkit.ledger.joining import shortened
from toolkit.ledger.own import own_code
from toolkit.ledger.submission import Role, Submission, Untaken, Verdict
from toolkit.register.codes import finding
from toolkit.register.equality import full, same, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from toolkit.ledger.finding import Finding
    from toolkit.ledger.item import Item
    from toolkit.ledger.own import OwnCell
    from toolkit.ledger.submission import Row
    from toolkit.register.snapshot import Snapshot, Values

_BY_UNIT = tuple(column.code for column in COLUMNS if column.filled_by is Filler.UNIT)


def rebased(submission: Submission, known: Snapshot, items: Mapping[str, Item]) -> Submission:
    """A return with today's values in the cells that the unit left as its form had them and that have changed since.

    They state nothing, so nothing is found in them; one sentence says that the form was an older one. `items` are the
    known ones by their ids.
    """
    base = known.bases.get(_base_of(submission))
    if not base or submission.role is not Role.RETURN:
        return submission
    rows, cells = [], 0
    found: list[Finding] = []
    for row in submission.rows:
        stands = {code: getattr(items[row.item.id], code) for code in row.typed}
        left = {
            code: value
            for code, value in stands.items()
            if _is_left(row, code, base) and base.get((row.item.id, code)) != value
        }
        cells += len(left)
        found += _contested(row, items[row.item.id], base)
        rows.append(replace(_with(row, left), own=_own_news(row, base)))
    day = {past.code: past.as_of for past in known.rounds}.get(_base_of(submission))
    said = (*submission.untaken, *_old(rows, cells, day))
    return replace(
        submission, rows=tuple(rows), untaken=said, findings=(*submission.findings, *found)
    )


# What a unit writes anew every week, on whatever form it has: there another text since is the usual case.
_WEEKLY = ("progress", "status", "completed_on")


def _contested(row: Row, item: Item, base: Values) -> Iterator[Finding]:
    """Cells that the unit has changed on its form and that have changed otherwise since the form was sent out."""
    for code in _BY_UNIT:
        written, sent = getattr(row.item, code), base.get((item.id, code))
        stands = getattr(item, code)
        is_written = code in row.typed and code not in row.unreadable and code not in _WEEKLY
        if not is_written or (item.id, code) not in base or _is_left(row, code, base):
            continue
        if same(stands, sent) or same(stands, written):
            continue
        header = BY_CODE[code].header
        message = (
            f"{header}：下发时为“{shown(sent)}”，后来改为“{shown(stands)}”，"
            f"这份表上填的是“{shown(written)}”，按这份表采用。"
        )
        yield finding("I119", row, code, message, "请核对，应保留以前内容的，重新填报该栏。")


def _base_of(submission: Submission) -> str:
    return submission.identity.code if submission.identity else ""


def _is_left(row: Row, code: str, base: Values) -> bool:
    """Whether a cell holds what it held when the form was sent out."""
    if (row.item.id, code) not in base:
        return False
    before = base[row.item.id, code]
    wrote_raw = getattr(before, "raw", None) == row.typed.get(code)
    return wrote_raw or same(getattr(row.item, code), before)


def _own_news(row: Row, base: Values) -> Mapping[str, OwnCell]:
    """The own cells of a row that are not as its form had them."""
    return {
        path: cell
        for path, cell in row.own.items()
        if base.get((row.item.id, own_code(path))) != cell.text
    }


def _with(row: Row, values: Mapping[str, Any]) -> Row:
    """The row as if these values stood in it; a blank one is a blank cell."""
    if not values:
        return row
    typed = {code: text for code, text in row.typed.items() if values.get(code, text)}
    typed |= {code: full(value) for code, value in values.items() if value}
    return replace(
        row, item=replace(row.item, **values), typed=typed, left=row.left | values.keys()
    )


def _old(rows: Sequence[Row], cells: int, day: date | None) -> Iterable[Untaken]:
    if cells:
        sheet = rows[0].origin.sheet
        form = f"{day.month}月{day.day}日下发的表" if day else "以前下发的表"
        reason = f"填在{form}上：没有改动的{cells}处不再是最新的内容，以台账库现在的内容为准"
        yield Untaken(sheet, 0, reason)


@dataclass(frozen=True, slots=True)
class _Statement:
    """A row of a file, and the columns of the unit in which it states something."""

    file: int
    row: Row
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Gone:
    """A row that another file speaks for now; overtaken where that file says something else in a column of it."""

    row: Row
    by: str
    is_overtaken: bool


def one_voice(submissions: Sequence[Submission], known: Snapshot) -> tuple[Submission, ...]:
    """The returns of every unit with one row an item: the newest that states something, with what older ones state beside it.

    An older file of which nothing is left is superseded, and says by which; a single row of it that is says so too.
    """
    spoken: dict[str, list[_Statement]] = defaultdict(list)
    for number in by_age(submissions):
        for row in _rows_of(submissions[number]):
            codes = _stated(row, submissions[number], known)
            spoken[row.item.id].append(_Statement(number, row, codes))
    kept: dict[int, list[Row]] = defaultdict(list)
    gone: dict[int, list[_Gone]] = defaultdict(list)
    for statements in spoken.values():
        holder = next((s for s in reversed(statements) if s.codes), statements[-1])
        others = [s for s in statements if s is not holder]
        own = {path: cell for said in statements for path, cell in said.row.own.items()}
        kept[holder.file].append(replace(_joined(holder, others), own=own))
        for other in others:
            is_overtaken = any(
                not same(getattr(other.row.item, code), getattr(holder.row.item, code))
                for code in other.codes & holder.codes
            )
            gone[other.file].append(_Gone(other.row, submissions[holder.file].file, is_overtaken))
    return tuple(
        _left(submission, kept[number], gone[number])
        if number in gone
        else _in_order(submission, kept.get(number, ()))
        for number, submission in enumerate(submissions)
    )


def _rows_of(submission: Submission) -> tuple[Row, ...]:
    is_return = submission.verdict is Verdict.ACCEPTED and submission.role is Role.RETURN
    return submission.rows if is_return and submission.unit else ()


def by_age(submissions: Sequence[Submission]) -> list[int]:
    """The places of the files in their list, the oldest first."""
    return sorted(range(len(submissions)), key=lambda n: _age(submissions[n], n))


def _age(submission: Submission, number: int) -> tuple[date, float, int]:
    """Report date, then arrival, then the order of the names."""
    return (submission.report_date or date.min, submission.arrived, number)


def _stated(row: Row, submission: Submission, known: Snapshot) -> frozenset[str]:
    """The unit's columns in which a row says something: on a form of ours only what was written since it was sent out."""
    base = known.bases.get(_base_of(submission), {})
    written = row.typed.keys() - row.unreadable.keys() - row.left
    return frozenset(code for code in _BY_UNIT if code in written and not _is_left(row, code, base))


def _joined(holder: _Statement, others: Sequence[_Statement]) -> Row:
    """The newest row, with what older ones state in columns of which it says nothing."""
    row = holder.row
    for other in others:
        codes = other.codes - holder.codes
        if "status" in holder.codes and holder.row.item.status is not other.row.item.status:
            codes -= {"completed_on"}  # a day on which something else was said to be done
        row = _with_codes(row, other.row, codes)
    return row


def _with_codes(row: Row, other: Row, codes: frozenset[str]) -> Row:
    """A row with some columns of another one about the same item, which keep their places."""
    if not codes:
        return row
    return replace(
        row,
        item=replace(row.item, **{code: getattr(other.item, code) for code in codes}),
        typed={**row.typed, **{code: other.typed[code] for code in codes}},
        elsewhere={**row.elsewhere, **{code: other.place(code) for code in codes}},
    )


def _left(submission: Submission, rows: Sequence[Row], gone: Sequence[_Gone]) -> Submission:
    """A file with the rows that stand; superseded where none does. A row in which nothing was written needs no word."""
    overtaken = [each for each in gone if each.is_overtaken]
    if not rows:
        is_older = "更新的" if overtaken else ""
        reason = f"同一单位另有{is_older}报送件“{gone[-1].by}”"
        return replace(submission, verdict=Verdict.SUPERSEDED, reason=reason)
    lines = tuple(
        Untaken(
            each.row.origin.sheet,
            each.row.origin.row,
            f"问题{each.row.item.id}另有更新的报送件“{each.by}”，以其为准",
            shortened(each.row.item.progress, 60, ""),
        )
        for each in overtaken
    )
    return replace(_in_order(submission, rows), untaken=(*submission.untaken, *lines))


def _in_order(submission: Submission, rows: Sequence[Row]) -> Submission:
    """A file with these rows of its items, in its own order."""
    by_id = {row.item.id: row for row in rows}
    standing = (by_id.get(row.item.id) for row in submission.rows)
    return replace(submission, rows=tuple(row for row in standing if row)) if rows else submission
