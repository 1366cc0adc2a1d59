"""S · status and logic: the status is a known word and agrees with the dates beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.checks.rule import Fault, Surroundings, row_rule
from toolkit.ledger.finding import Severity
from toolkit.ledger.status import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.ledger.submission import Row


@row_rule(
    "S101", Severity.ERROR, bad=({"整改状态": "差不多了"},), good=({"整改状态": "已完成"}, {"整改状态": "持续推进"})
)
def status_is_a_known_word(row: Row, around: Surroundings) -> Iterator[Fault]:
    """整改状态应从下拉列表中选择。"""
    del around
    fault = row.unreadable.get("status")
    if fault:
        yield Fault("status", f"整改状态无法识别：{fault.why}", fault.fix)


@row_rule(
    "S102",
    Severity.ERROR,
    bad=({"整改状态": "已完成", "完成时间": ""},),
    good=({"整改状态": "已完成", "完成时间": "2026-03-20"}, {"整改状态": "正在整改", "完成时间": ""}),
)
def done_needs_a_date(row: Row, around: Surroundings) -> Iterator[Fault]:
    """整改状态为“已完成”的，须填写完成时间。"""
    if row.item.status is not Status.DONE or row.item.completed_on or row.typed.get("completed_on"):
        return
    known = around.entry(row)
    if known and known.item.completed_on:
        return
    yield Fault(
        "completed_on",
        "状态为“已完成”，但没有填写完成时间。",
        "补填实际完成日期（年-月-日）；尚未完成的，状态改填“正在整改”。",
    )


@row_rule(
    "S103",
    Severity.ERROR,
    bad=({"整改状态": "已完成", "完成时间": "2099-01-01"},),
    good=({"整改状态": "已完成", "完成时间": "2026-03-20"},),
)
def completion_is_not_in_the_future(row: Row, around: Surroundings) -> Iterator[Fault]:
    """完成时间不得晚于截至日期。"""
    done_on = row.item.completed_on
    if done_on and done_on > around.as_of:
        yield Fault(
            "completed_on",
            f"完成时间{done_on}晚于截至日期{around.as_of}。",
            "核对日期；尚未完成的，状态改填“正在整改”，并清空完成时间。",
        )
