"""What the office typed into the ledger of 汇总台账.xlsx: applied, or named – never silently written over. Pure.

A cell is an edit where it says otherwise than the workbook said when it was issued. In a column of the units it is
taken, unless the unit has said something else since: then neither is. In a column that the baseline fixed it needs a
signed decision.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from toolkit.ledger.columns import BY_CODE, Filler
from toolkit.ledger.decision import Decision, Ruling
from toolkit.ledger.entry import own_headings
from toolkit.ledger.joining import shortened
from toolkit.ledger.own import own_code
from toolkit.register.change import Change
from toolkit.register.codes import finding
from toolkit.register.equality import same, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from toolkit.ledger.entry import Entry
    from toolkit.ledger.finding import Finding
    from toolkit.ledger.item import Item
    from toolkit.ledger.submission import Row, Submission
    from toolkit.register.snapshot import Snapshot


class Changes:
    """The changes of a round in their order; those of one cell are found, and taken out again, without looking at the others."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self._all: dict[int, Change] = {}
        self._of_cell: dict[tuple[str, str], list[int]] = {}
        self._next = 0
        for change in changes:
            self.add(change)

    def __iter__(self) -> Iterator[Change]:
        return iter(self._all.values())

    def add(self, change: Change) -> None:
        """One more, behind all others."""
        self._all[self._next] = change
        self._of_cell.setdefault((change.id, change.column), []).append(self._next)
        self._next += 1

    def take(self, id_: str, code: str) -> list[Change]:
        """The changes of one cell, which are no changes any more."""
        return [self._all.pop(place) for place in self._of_cell.pop((id_, code), ())]


@dataclass(slots=True)
class Edited:
    """The ledger after the office's own edits: by id, with all changes of the round; rows of items that nobody knows.

    `known` are the entries as they were before the round, by id.
    """

    known: Mapping[str, Entry]
    ledger: dict[str, Entry]
    changes: Changes
    own: frozenset[str] = frozenset()
    findings: list[Finding] = field(default_factory=list)
    amendments: list[Decision] = field(default_factory=list)
    new_rows: dict[str, Row] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Cell:
    """One edited cell: what the workbook said when it was issued, what the office wrote, what stands after the returns."""

    row: Row
    code: str
    base: object
    stands: object

    @property
    def wanted(self) -> object:
        return getattr(self.row.item, self.code)

    @property
    def header(self) -> str:
        return BY_CODE[self.code].header


def edit(
    known: Snapshot,
    entries: Sequence[Entry],
    changes: Sequence[Change],
    reviews: Sequence[Submission],
) -> Edited:
    """Take what the office wrote in the ledger's cells, after the returns of this round."""
    past, now = ({entry.item.id: entry for entry in ledger} for ledger in (known.entries, entries))
    own = frozenset(own_headings((*known.entries, *entries)))
    edited = Edited(past, now, Changes(changes), own)
    for review in reviews:
        before = known.changed_since(review.identity.code) if review.identity else {}
        signed = {decision.id: decision for decision in review.decisions if decision.basis}
        for row in review.ledger:
            if row.item.id in edited.ledger:
                _edit_row(edited, row, before, signed.get(row.item.id))
            elif row.item.id not in known.withdrawn and row.typed:
                edited.new_rows[row.item.id] = row
    return edited


def _edit_row(
    edited: Edited,
    row: Row,
    before: Mapping[tuple[str, str], object],
    signed: Decision | None,
) -> None:
    _take_own(edited, row, before)
    amended = []
    for cell in _cells(row, edited, before):
        if cell.code in row.unreadable:
            edited.findings.append(_unreadable(cell))
        elif BY_CODE[cell.code].filled_by is Filler.UNIT:
            _take(edited, cell)
        elif _may_amend(cell, signed):
            _apply(edited, cell)
            amended.append(cell.header)
        else:
            edited.findings.append(_unsigned(cell))
    if amended and signed:
        opinion = f"变更{'、'.join(amended)}"
        edited.amendments.append(
            replace(signed, ruling=Ruling.AMEND, opinion=opinion, until=None, others=())
        )


def _take_own(edited: Edited, row: Row, before: Mapping[tuple[str, str], object]) -> None:
    """What the office wrote into own columns; where a unit has written something else since, that stands and it is said."""
    id_ = row.item.id
    entry, past = edited.ledger[id_], edited.known.get(id_)
    known, stands = dict(past.own) if past else {}, dict(entry.own)
    for path, cell in row.own.items():
        code = own_code(path)
        base, now = before.get((id_, code), known.get(path, "")), stands.get(path, "")
        if path not in edited.own or cell.text in (base, now):
            continue
        if entry.closed or now != base:
            message = (
                f"{path}：整改办改为“{shortened(cell.text, 40)}”，单位报为“{shortened(now, 40)}”，未采用整改办的改动。"
                if not entry.closed
                else f"问题{id_}已销号，整改办对{path}的改动未采用。"
            )
            edited.findings.append(finding("I114", row, code, message, _WRITE_AGAIN))
            continue
        stands[path] = cell.text
        edited.changes.add(Change(id_, code, cell.text, cell.place))
    edited.ledger[id_] = replace(entry, own=tuple(stands.items()))


_WRITE_AGAIN = "请整改办核实，在最新的汇总台账中填写正确的内容，放回inbox。"


def _cells(row: Row, edited: Edited, before: Mapping[tuple[str, str], object]) -> Iterator[_Cell]:
    """The cells of a row that say otherwise than they did when the workbook was issued."""
    id_ = row.item.id
    entry, past = edited.ledger[id_], edited.known.get(id_)
    for code in row.typed:
        if code == "id":
            continue
        committed = getattr(past.item, code) if past else None
        base = before.get((id_, code), committed)
        cell = _Cell(row, code, base, getattr(entry.item, code))
        wrote_raw = getattr(base, "raw", None) == row.typed[code]
        if not (wrote_raw or same(cell.wanted, base)) and (
            cell.wanted not in (None, "", ()) or code in row.unreadable
        ):
            yield cell


def _take(edited: Edited, cell: _Cell) -> None:
    """An edit in a column of the unit, which may have said something else since."""
    entry = edited.ledger[cell.row.item.id]
    if same(cell.wanted, cell.stands):
        return
    if entry.closed:
        message = f"问题{cell.row.item.id}已销号，整改办对{cell.header}的改动未采用。"
        edited.findings.append(
            finding(
                "I111", cell.row, cell.code, message, "确需更改的，请先撤销销号（同意销号填“否”）。"
            )
        )
    elif same(cell.stands, cell.base):
        _apply(edited, cell)
    else:
        edited.findings.append(_conflict(edited, cell))


def _apply(edited: Edited, cell: _Cell) -> None:
    id_ = cell.row.item.id
    entry = edited.ledger[id_]
    edited.ledger[id_] = replace(
        entry, item=_with(entry.item, cell.code, cell.wanted), origin=cell.row.origin
    )
    edited.changes.add(Change(id_, cell.code, cell.wanted, cell.row.place(cell.code)))


def _with(item: Item, code: str, value: object) -> Item:
    news: dict[str, Any] = {code: value}
    return replace(item, **news)


def _conflict(edited: Edited, cell: _Cell) -> Finding:
    """The office and the unit each wrote something new: what was known before stands, all three are named."""
    id_ = cell.row.item.id
    mine = edited.changes.take(id_, cell.code)
    past = edited.known.get(id_)
    stands = getattr(past.item, cell.code) if past else cell.stands
    where = f"（{mine[-1].place}）" if mine else ""
    if mine:
        entry = edited.ledger[id_]
        edited.ledger[id_] = replace(entry, item=_with(entry.item, cell.code, stands))
    message = (
        f"{cell.header}：下发时为“{shown(cell.base)}”，整改办改为“{shown(cell.wanted)}”，"
        f"单位报为“{shown(cell.stands)}”{where}，两处都未采用，暂按“{shown(stands)}”。"
    )
    return finding(
        "I114",
        cell.row,
        cell.code,
        message,
        _WRITE_AGAIN,
    )


def _may_amend(cell: _Cell, signed: Decision | None) -> bool:
    """Whether a fixed column may be changed: signed with a basis; a deadline that is known moves only by extension."""
    return signed is not None and not (cell.code == "deadline" and getattr(cell.base, "due", None))


def _unsigned(cell: _Cell) -> Finding:
    message = (
        f"{cell.header}由“{shown(cell.base)}”改为“{shown(cell.wanted)}”，没有作出决定，未采用。"
    )
    fix = (
        "时限变更请填“延期至”和依据。"
        if cell.code == "deadline"
        else "确需变更的，请在同一行填写依据、审核人、审核日期。"
    )
    return finding("I113", cell.row, cell.code, message, fix)


def _unreadable(cell: _Cell) -> Finding:
    message = f"{cell.header}写的是“{shortened(cell.row.typed[cell.code], 40)}”，无法识别，未采用。"
    return finding("I113", cell.row, cell.code, message, "请按填表说明填写后放回inbox。")
