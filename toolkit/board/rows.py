"""The items of the page: one list of texts each, in the order of `FIELDS`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.own import own_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.figures.due_state import DueState
    from toolkit.ledger.entry import Entry
    from toolkit.state import State

# What of an item is shown as it stands in its column.
TOLD = (
    "id", "source", "main_problem", "sub_problem", "problem", "root_cause", "goal", "lead_leader",
    "lead_unit", "owner", "kind", "progress", "evidence", "difficulty", "next_steps", "remarks",
)  # fmt: skip
LISTS = ("measures", "co_units", "regulations")
# What is derived: its key, and what the page calls it.
DERIVED: Mapping[str, str] = {
    "deadline": "整改时限",
    "due": "到期日",
    "status": "整改状态",
    "status_code": "",
    "completed_on": "完成时间",
    "money": "涉及金额（万元）",
    "people": "处理人次",
    "light": "红黄绿灯",
    "timing": "时限情况",
    "own": "自有栏目",
    "marks": "说明",
    "origin": "来源",
}
FIELDS: Mapping[str, str] = {
    **{code: BY_CODE[code].header for code in (*TOLD, *LISTS)},
    **DERIVED,
}
NO_STATUS = "状态不明"


def rows_of(state: State) -> Iterator[dict[str, Any]]:
    """Every item, by key of `FIELDS`."""
    for entry, due in zip(state.entries, state.due_states, strict=True):
        yield _row(entry, due, state)


def _row(entry: Entry, due: DueState, state: State) -> dict[str, Any]:
    item, origin = entry.item, entry.origin
    status = item.status
    day = item.deadline.due if item.deadline else None
    return {
        **{code: getattr(item, code) for code in TOLD},
        **{code: list(getattr(item, code)) for code in LISTS},
        "deadline": item.deadline.raw if item.deadline else "",
        "due": day.isoformat() if day else "",
        "status": state.settings.words.of(status) if status else NO_STATUS,
        "status_code": status.value if status else "",
        "completed_on": item.completed_on.isoformat() if item.completed_on else "",
        "money": str(item.money) if item.money is not None else "",
        "people": str(item.people) if item.people is not None else "",
        "light": due.light.word,
        "timing": due.sentence,
        "own": [
            f"{state.settings.form.heading_of(own_code(path))}：{text}" for path, text in entry.own
        ],
        "marks": "、".join(marks_of(entry)),
        "origin": f"{origin.file} › {origin.sheet} 第{origin.row}行" if origin.file else "",
    }


def marks_of(entry: Entry) -> Iterator[str]:
    """What else is known of an item."""
    if entry.closed:
        yield "已销号"
    if entry.extended:
        yield "已延期"
    if entry.sent_back:
        yield "已退回"
    if entry.carried:
        yield "沿用上期"
