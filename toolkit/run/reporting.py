"""Who has reported in a period, and why that is said (design §7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.ledger.columns import COLUMNS, Filler
from toolkit.ledger.submission import Role, Verdict
from toolkit.ledger.unit_report import UnitReport

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from toolkit.ledger.entry import Entry
    from toolkit.ledger.submission import Row, Submission
    from toolkit.register.snapshot import Snapshot, Values

# The columns that a unit reports in; remarks alone are no report.
_REPORTED = tuple(
    column.code
    for column in COLUMNS
    if column.filled_by is Filler.UNIT and column.code not in ("id", "remarks")
)
_NO_CHANGE = ("无变化", "无新进展", "无更新", "同上期", "无新增")


def unit_reports(
    units: Iterable[str],
    submissions: Sequence[Submission],
    entries: Sequence[Entry],
    known: Snapshot,
) -> tuple[UnitReport, ...]:
    """Of every unit that leads an item, whether at least one of its own rows was filled in and taken.

    In the period in which the ledger is set up nobody has been asked yet: no unit is missing. A unit all of whose
    items are closed has nothing to report.
    """
    led: dict[str, list[Entry]] = {}
    for entry in entries:
        led.setdefault(entry.item.lead_unit, []).append(entry)
    names = dict.fromkeys([*units, *led])
    return tuple(
        _report(name, led[name], submissions, known) for name in names if name and led.get(name)
    )


def _report(
    unit: str, own: Sequence[Entry], submissions: Sequence[Submission], known: Snapshot
) -> UnitReport:
    if not known.entries:
        return UnitReport(unit, reported=True, reason="建账，尚未下发")
    if all(entry.closed for entry in own):
        return UnitReport(unit, reported=True, reason="所有问题均已销号")
    ids = {entry.item.id for entry in own}
    rows = list(_rows_of(ids, submissions))
    filled = [row for row, given in rows if _is_filled(row, given, known)]
    if filled:
        return UnitReport(unit, reported=True, reason=f"报送{len(filled)}个问题")
    if rows:
        return UnitReport(unit, reported=False, reason="收到的台账没有填写新的内容")
    return UnitReport(unit, reported=False, reason=_nothing_taken(unit, submissions))


def _rows_of(ids: set[str], submissions: Sequence[Submission]) -> Iterator[tuple[Row, Submission]]:
    for submission in submissions:
        if submission.verdict is Verdict.ACCEPTED and submission.role is Role.RETURN:
            yield from ((row, submission) for row in submission.rows if row.item.id in ids)


def _nothing_taken(unit: str, submissions: Sequence[Submission]) -> str:
    """What became of the files of a unit of which no row was taken."""
    own = [given for given in submissions if given.unit == unit and given.role is not Role.REVIEW]
    if not own:
        return "没有收到"
    return f"“{own[-1].file}”{own[-1].verdict.word}：{own[-1].reason or '没有采用任何一行'}"


def _is_filled(row: Row, submission: Submission, known: Snapshot) -> bool:
    """Whether the unit wrote something: in a workbook of ours something else than stood there when it was sent out."""
    typed = {
        code: row.typed[code] for code in _REPORTED if row.typed.get(code) and code not in row.left
    }
    if not typed:
        return False
    if any(word in typed.get("progress", "") for word in _NO_CHANGE):
        return True
    code = submission.identity.code if submission.identity else ""
    return code not in known.bases or _differs(row, known.bases[code])


def _differs(row: Row, base: Values) -> bool:
    return any(
        getattr(row.item, code) != base.get((row.item.id, code))
        for code in _REPORTED
        if row.typed.get(code) and code not in row.left
    )
