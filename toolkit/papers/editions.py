"""The editions of a notice, from one set of data: as it is, for the Party organisation, for the public, for reading.

党内稿 names unit, status and delay of each item. 公开稿 names nobody (see `toolkit.public`). 审阅稿 carries origins as
comments.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from toolkit.ledger.dates import chinese_date
from toolkit.ledger.text import line_for_paper

if TYPE_CHECKING:
    from toolkit.figures.due_state import DueState
    from toolkit.ledger.deadlines import Deadline
    from toolkit.ledger.entry import Entry
    from toolkit.settings.model import Settings


class Edition(StrEnum):
    """Whom a notice is for; the value is the name of its file."""

    PLAIN = "整改进展通报.docx"
    PARTY = "整改进展通报（党内稿）.docx"
    PUBLIC = "整改进展通报（公开稿）.docx"
    DRAFT = "整改进展通报（审阅稿）.docx"


def state_line(entry: Entry, state: DueState, settings: Settings) -> str:
    """`（牵头单位：规划建设局；整改状态：正在整改；整改时限：2026-06-10，已逾期9天）` for readers within the Party."""
    item = entry.item
    late = f"，已逾期{state.days_late}天" if state.overdue else ""
    reported = settings.words.of(item.status) if item.status else "不明"
    parts = (
        f"牵头单位：{item.lead_unit}" if item.lead_unit else "",
        f"整改状态：{'已销号' if entry.closed else reported}",
        f"整改时限：{_deadline(item.deadline)}{late}" if item.deadline else "",
    )
    return f"（{'；'.join(part for part in parts if part)}）"


def _deadline(deadline: Deadline) -> str:
    """As it was written, a bare date in words."""
    is_bare = deadline.due is not None and deadline.raw == deadline.due.isoformat()
    return chinese_date(deadline.due) if is_bare and deadline.due else line_for_paper(deadline.raw)


NO_STATUS = "【该问题尚未填报可识别的整改状态】"


def status_word(entry: Entry, settings: Settings) -> str:
    """`已完成。` as the style 状态式 prints it; a gap for the clerk where no status is known."""
    return f"{settings.words.of(entry.item.status)}。" if entry.item.status else NO_STATUS
