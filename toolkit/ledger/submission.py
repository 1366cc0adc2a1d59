"""What came in: one workbook (报送件) with its unit, its rows and where each of them stood."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from toolkit.ledger.finding import Finding, Place
from toolkit.ledger.form import Form
from toolkit.ledger.own import is_own, own_heading

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from toolkit.ledger.decision import Decision, Unfollowed
    from toolkit.ledger.item import Item
    from toolkit.ledger.letter import Reply
    from toolkit.ledger.own import OwnCell
    from toolkit.ledger.reading import Unreadable
    from toolkit.ledger.units import Twins
    from toolkit.ledger.waiver import Waiver


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


class Role(StrEnum):
    """What a workbook is for (design §6)."""

    RETURN = "return"
    REVIEW = "review"
    BASELINE = "baseline"
    DRAFT = "draft"


class Verdict(StrEnum):
    """What became of an input."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WAITING = "waiting"
    DUPLICATE = "duplicate"
    SUPERSEDED = "superseded"

    @property
    def word(self) -> str:
        """采用, 未能读取, 等待, 重复, 被替代."""
        return _VERDICTS[self]


_VERDICTS = {
    Verdict.ACCEPTED: "采用", Verdict.REJECTED: "未能读取", Verdict.WAITING: "等待", Verdict.DUPLICATE: "重复",
    Verdict.SUPERSEDED: "被替代",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Origin:
    """The row that a value came from: file as dropped, sheet, row number as Excel shows it."""

    file: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Identity:
    """The hidden identity of a workbook that we made: which template, which version, sent to which unit, of which round."""

    template: str
    version: str
    unit: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table that was read.

    `letters` maps a column code to the Excel column letters that it stands in (shared by all rows of a table);
    `typed` maps a code to the text as typed, non-blank cells only; `unreadable` to what could not be read;
    `key` is the hidden row key of our template ("" where there is none); `elsewhere` says where a value stands that
    did not come from the row's own cell (a merged cell, a second column, a further row of the same problem); `like`:
    its item was found by a likeness of the texts alone; `asked` are the codes that a heading of the table may mean which
    was put to the office as a question: what they say of this row is not known, and not blank; `left` are those whose cells
    are as the form of the row had them, and hold what stands today instead; `own` is what stands in columns that are none of
    ours, by their heading path.
    """

    origin: Origin
    item: Item
    letters: Mapping[str, str] = field(default_factory=_nothing)
    typed: Mapping[str, str] = field(default_factory=_nothing)
    unreadable: Mapping[str, Unreadable] = field(default_factory=_nothing)
    key: str = ""
    elsewhere: Mapping[str, Place] = field(default_factory=_nothing)
    like: bool = False
    asked: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()
    own: Mapping[str, OwnCell] = field(default_factory=_nothing)

    def place(self, code: str = "") -> Place:
        """Where the cell of this column stands; the row's first cell where the column is not in the table."""
        if code in self.elsewhere:
            return self.elsewhere[code]
        if is_own(code) and (cell := self.own.get(own_heading(code))):
            return cell.place
        letters = self.letters.get(code) or next(iter(self.letters.values()), "A")
        return Place(self.origin.file, self.origin.sheet, f"{letters}{self.origin.row}")


@dataclass(frozen=True, slots=True)
class Untaken:
    """A row (or sheet, then `row` is 0) that was seen and not taken, and why: nothing vanishes silently."""

    sheet: str
    row: int
    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """One input file and all that was read in it.

    `unit` is the full name of the unit that it comes from ("" for a whole ledger or where it is not known).
    `arrived` is when the file was last changed, in seconds since the epoch: of two returns without a date the later one
    is the newer. A rejected file has no rows and says why in `reason`. `waivers` and `decisions` are the office's, in a review,
    `unfollowed` what could not be read as a decision, and `ledger` is the whole ledger as it stands there. `form` is
    that of a first ledger, `twins` are names of one unit, in a set-up sheet.
    """

    file: str
    sha256: str
    verdict: Verdict
    role: Role | None = None
    unit: str = ""
    reason: str = ""
    rows: tuple[Row, ...] = ()
    untaken: tuple[Untaken, ...] = ()
    findings: tuple[Finding, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    replies: tuple[Reply, ...] = ()
    decisions: tuple[Decision, ...] = ()
    unfollowed: tuple[Unfollowed, ...] = ()
    ledger: tuple[Row, ...] = ()
    identity: Identity | None = None
    report_date: date | None = None
    form: Form = field(default_factory=Form)
    twins: tuple[Twins, ...] = ()
    arrived: float = 0.0
