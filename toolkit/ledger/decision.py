"""Decisions (审核意见) of the office about an item: the only way in which what the baseline fixed can change."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from toolkit.ledger.status import worded

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from toolkit.ledger.finding import Place
    from toolkit.ledger.status import Status

# The columns in which the office decides about an item, in their order in 汇总台账.xlsx.
OPINION, AGREED, UNTIL, BASIS, BY, ON = DECISIONS = (
    "审核意见", "同意销号", "延期至", "依据", "审核人", "审核日期",
)  # fmt: skip
LOOK_BACK = "回头看"


class Ruling(StrEnum):
    """What was decided."""

    CLOSE = "close"
    EXTEND = "extend"
    SEND_BACK = "send_back"
    REOPEN = "reopen"
    LOOK_BACK = "look_back"
    AMEND = "amend"
    SPLIT = "split"
    JOIN = "join"
    ADD = "add"

    @property
    def word(self) -> str:
        """销号, 延期, 退回, …"""
        return _WORDS[self]

    @property
    def withdraws(self) -> bool:
        """Whether the item leaves the ledger: others stand for it from then on."""
        return self in (Ruling.SPLIT, Ruling.JOIN)


_WORDS = {
    Ruling.CLOSE: "销号", Ruling.EXTEND: "延期", Ruling.SEND_BACK: "退回", Ruling.REOPEN: "重新整改",
    Ruling.LOOK_BACK: "回头看", Ruling.AMEND: "变更", Ruling.SPLIT: "拆分", Ruling.JOIN: "并入", Ruling.ADD: "新增",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision, with who made it, on which day, on what basis, and the row of the workbook that it stands in.

    `until` is the new due date of an extension, `was` the deadline before it as it was written, `nth` how many
    extensions of the item there are with it; `others` are the items that a split makes, or the one that is joined;
    `cells` are (heading, text) of the review columns as they were typed.
    """

    id: str
    ruling: Ruling
    opinion: str
    basis: str
    by: str
    on: date
    until: date | None
    place: Place
    others: tuple[str, ...] = ()
    was: str = ""
    nth: int = 0
    cells: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @property
    def content(self) -> tuple[object, ...]:
        """What was decided, by whom, when and why: a reviewed workbook may come back twice, and is one decision."""
        return (
            self.id,
            self.ruling,
            self.opinion,
            self.basis,
            self.by,
            self.on,
            self.until,
            self.others,
        )

    @property
    def sentence(self) -> str:
        """`已延期至2026-09-30（第2次，原时限2026-06-30；王主任，2026-06-18，会议纪要第3号）`."""
        times = f"第{self.nth}次，原时限{self.was or '未写明'}" if self.nth else ""
        signed = "，".join(
            part for part in (self.by, self.on.isoformat(), self.basis, self._opinion) if part
        )
        return f"{self._done}（{'；'.join(part for part in (times, signed) if part)}）"

    @property
    def _opinion(self) -> str:
        return (
            "" if self.ruling.withdraws else self.opinion
        )  # there the opinion is the decision itself

    @property
    def _done(self) -> str:
        match self.ruling:
            case Ruling.EXTEND:
                return f"已延期至{self.until}"
            case Ruling.SPLIT:
                return f"已拆分为{'、'.join(self.others)}"
            case Ruling.JOIN:
                return f"已并入{'、'.join(self.others)}"
            case Ruling.LOOK_BACK:
                return "已回头看，未反弹"
            case Ruling.REOPEN:
                return "回头看发现反弹，重新整改"
        return f"已{self.ruling.word}"


@dataclass(frozen=True, slots=True)
class Unfollowed:
    """What the office wrote in the review columns of a row and nobody followed: `cells` as typed, by heading, and why not."""

    id: str
    place: Place
    cells: tuple[tuple[str, str], ...]
    reason: str

    def worded(self, word_of: Callable[[Status], str]) -> Unfollowed:
        """The same with the office's word in the place of every status that the reason names."""
        return replace(self, reason=worded(self.reason, word_of))
