"""H · history: what a return says against what the register knew before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.checks.amounts import MOST, meant_amount
from toolkit.checks.rule import (
    BEFORE,
    OPEN,
    Case,
    CheckContext,
    Fault,
    Parameter,
    first_of,
    row_rule,
)
from toolkit.checks.statuses import UNFINISHED
from toolkit.ledger.columns import BY_CODE, COLUMNS, Filler
from toolkit.ledger.finding import Severity
from toolkit.ledger.status import Status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from toolkit.ledger.item import Item

_WAS_DONE = {"上期·整改状态": "已完成", "上期·完成时间": "2026-03-20", "上期·佐证材料": "附件3-2"}
ROUNDS = Parameter("期数", 3, "进展情况连续多少期没有变化时提醒")


@row_rule(
    "H101",
    Severity.WARNING,
    bad=({"上期·整改状态": "正在整改", "整改状态": "正在整改", "连续未变": "3"},),
    good=(
        {"上期·整改状态": "正在整改", "整改状态": "正在整改", "连续未变": "1"},
        {"上期·整改进展情况": "2月起草《甲办法》。", "整改状态": "正在整改", "连续未变": "3"},
    ),
    on=OPEN,
    needs=(
        BEFORE,
        "progress",
    ),
    parameters=(ROUNDS,),
    silenced_by=("S107", "F101"),
)
def work_goes_on(case: Case) -> Iterator[Fault]:
    """尚未完成的问题，进展情况不应连续多期没有变化。"""
    before = case.before
    if before and before.item.progress == case.item.progress and not case.explains():
        unchanged_periods = case.around.unchanged_periods.get(case.item.id, 0)
        if unchanged_periods >= case.around.of(ROUNDS):
            yield Fault(
                "progress",
                f"整改进展情况已连续{unchanged_periods}期没有变化。",
                "请补充本期做了什么、有什么新的结果；推不动的，写明存在困难和下一步措施。",
            )


@row_rule(
    "H102",
    Severity.ERROR,
    bad=({**_WAS_DONE, "整改状态": "正在整改", "完成时间": "2026-03-20"}, {**_WAS_DONE, "整改状态": "阶段性完成", "完成时间": "无"}),
    good=(
        {"上期·整改状态": "正在整改", "整改状态": "已完成", "完成时间": "2026-03-20"},
        {**_WAS_DONE, "整改状态": "长期坚持"},
        {**_WAS_DONE, "整改状态": "正在整改", "完成时间": "无", "上期·存在困难": "", "存在困难": "5月检查时又发现2处。"},
        {"上期·整改状态": "已完成", "整改状态": "正在整改"},
        {**_WAS_DONE, "上期·整改进展情况": "已起草《甲办法》，待审议后印发。", "整改状态": "正在整改", "完成时间": "无"},
    ),
    on=OPEN - {None},
    silenced_by=("I103",),
    needs=(BEFORE,),
)  # fmt: skip
def done_stays_done(case: Case) -> Iterator[Fault]:
    """上期{DONE}的问题，本期又改为未完成的，应写明原因。"""
    before = case.before
    if not before or before.item.status is not Status.DONE:
        return
    if before.sent_back or case.explains() or _was_doubted(before.item, case.around):
        return  # the office, or a finding of last time, asked for just this
    day = before.item.completed_on
    yield Fault(
        "status",
        "上期状态为“{DONE}”，本期又改为未完成，没有说明原因。",
        f"请核对：误填的，状态填“{{DONE}}”，完成时间写成“{day}”；问题反弹的，完成时间填“无”，并在存在困难中写明原因。",
    )


def _was_doubted(item: Item, around: CheckContext) -> bool:
    """Whether a done item was told last time that it may not be done: no date, one in the future, words of work to do."""
    done_on = item.completed_on
    return (
        done_on is None
        or done_on > (around.last_as_of or around.as_of)
        or bool(first_of(around.of(UNFINISHED), item.progress))
    )


@row_rule(
    "H103",
    Severity.WARNING,
    bad=(
        {
            "上期·整改状态": "已完成",
            "上期·完成时间": "2026-03-20",
            "整改状态": "已完成",
            "完成时间": "2026-04-20",
        },
    ),
    good=(
        {
            "上期·整改状态": "已完成",
            "上期·完成时间": "2026-03-20",
            "整改状态": "已完成",
            "完成时间": "2026-03-20",
        },
        {
            "上期·整改状态": "已完成",
            "上期·完成时间": "2026-03-20",
            "整改状态": "已完成",
            "完成时间": "2026-04-20",
            "上期·备注": "",
            "备注": "上期误填了印发日期。",
        },
    ),
    needs=(
        BEFORE,
        "completed_on",
    ),
    silenced_by=("S103",),
)
def completion_date_stays(case: Case) -> Iterator[Fault]:
    """已报过的完成时间改动的，应说明原因。"""
    old = case.before.item.completed_on if case.before else None
    if not old or not case.item.completed_on or old == case.item.completed_on:
        return
    if case.explains() or _is_odd(old, case):
        return
    yield Fault(
        "completed_on",
        f"完成时间由{old}改为{case.item.completed_on}。",
        f"请核对；原日期有误的，在备注中说明原因，否则完成时间写成“{old}”。",
    )


def _is_odd(done_on: date, case: Case) -> bool:
    """Whether a day of completion was itself a finding: in the future, before the inspection, after the deadline."""
    around, deadline = case.around, case.item.deadline
    begins = around.settings.task.inspected_from
    due = deadline.due if deadline else None
    return (
        done_on > (around.last_as_of or around.as_of)
        or (begins is not None and done_on < begins)
        or (due is not None and done_on > due)
    )


@row_rule(
    "H104",
    Severity.NOTE,
    bad=({"上期·佐证材料": "附件3-2", "佐证材料": ""},),
    good=({"上期·佐证材料": "附件3-2", "佐证材料": "附件3-2"}, {}),
    needs=(BEFORE,),
)
def blank_cells_erase_nothing(case: Case) -> Iterator[Fault]:
    """上期已填、本期留空的内容，沿用上期。"""
    if not case.before or case.item is case.row.item or case.is_left_blank():
        return  # nothing of what the register knew had to be kept, or F101 says that the whole row is blank
    known = case.before.item
    blank = _BY_UNIT.keys() - case.row.typed.keys()
    emptied = [
        code
        for code in _BY_UNIT
        if code in blank and case.has_column(code) and getattr(known, code)
    ]
    if emptied:
        names = "、".join(_BY_UNIT[code] for code in emptied)
        yield Fault(
            emptied[0],
            f"{names}上期已填，本期留空，已沿用上期内容。",
            "无需删除的，请照原样填写；确需删除的，请填“无”。",
        )


# What must not be blank is F101's.
_BY_UNIT = {
    column.code: column.header
    for column in COLUMNS
    if column.filled_by is Filler.UNIT and not column.required
}


@row_rule(
    "H105",
    Severity.WARNING,
    bad=(
        {"上期·涉及金额（万元）": "12.6", "涉及金额（万元）": "8"},
        {"上期·处理人次": "5", "处理人次": "2"},
    ),
    good=(
        {"上期·涉及金额（万元）": "12.6", "涉及金额（万元）": "15"},
        {"上期·涉及金额（万元）": "1260000", "涉及金额（万元）": "126"},
        {"上期·处理人次": "5", "处理人次": "2", "上期·备注": "", "备注": "上期把3人重复计算了。"},
        {"上期·处理人次": "5", "处理人次": "5"},
    ),
    needs=(BEFORE,),
)
def cumulative_counts_do_not_fall(case: Case) -> Iterator[Fault]:
    """涉及金额、处理人次是累计数，本期少于上期的，应说明原因。"""
    if not case.before or case.explains():
        return
    most = case.around.of(MOST)
    for code in ("money", "people"):
        old, new = getattr(case.before.item, code), getattr(case.item, code)
        if old is not None and new is not None and new < old:
            if code == "money" and meant_amount(case.before.item, most) is not None:
                continue  # M101 asked for it
            header = BY_CODE[code].header
            yield Fault(
                code,
                f"{header}由{old}减少为{new}。",
                "该栏填累计数：请填到目前为止的总数；原数有误的，在备注中说明。",
            )
