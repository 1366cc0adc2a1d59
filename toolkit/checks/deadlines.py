"""D · deadlines: readable, possible, in the right order, and of the right kind."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from toolkit.checks.remedies import DONE_AFTER_ALL, remedy
from toolkit.checks.rule import (
    OPEN,
    UNREADABLE,
    Case,
    Fault,
    Parameter,
    SheetFormula,
    row_rule,
)
from toolkit.ledger.deadlines import DeadlineKind
from toolkit.ledger.finding import Severity
from toolkit.ledger.status import Status
from toolkit.ledger.text import says_nothing

if TYPE_CHECKING:
    from collections.abc import Iterator


@row_rule(
    "D101",
    Severity.ERROR,
    bad=({"整改时限": "2026.1"}, {"整改时限": "尽快"}, {"整改时限": "待上级文件出台后"}),
    good=(
        {"整改时限": "2026年6月底前"},
        {"整改时限": "长期坚持"},
        {"整改时限": "2026年底前，并长期坚持"},
    ),
    silenced_by=("D102",),
    needs=(UNREADABLE,),
)
def deadline_is_readable(case: Case) -> Iterator[Fault]:
    """整改时限应能读成明确的日期或“立行立改”“长期坚持”。"""
    fault = case.fault("deadline")
    if fault and not (case.before and case.before.item.deadline):
        yield Fault("deadline", f"整改时限无法识别：{fault.why}。", remedy(case, "deadline", fault))


@row_rule(
    "D102",
    Severity.ERROR,
    bad=({"整改时限": "2026年6月31日"}, {"整改时限": "2026-02-30"}, {"整改时限": "2026年13月底前"}),
    good=({"整改时限": "2026年6月30日"}, {"整改时限": "2028-02-29"}),
    needs=(UNREADABLE,),
)
def deadline_is_a_day_of_the_calendar(case: Case) -> Iterator[Fault]:
    """整改时限应是日历上有的日期。"""
    fault = case.fault("deadline")
    if fault and fault.impossible and not (case.before and case.before.item.deadline):
        message = f"整改时限“{fault.raw}”不是日历上有的日期：{fault.why}。"
        yield Fault("deadline", message, remedy(case, "deadline", fault))


LONGEST_YEARS = Parameter("最长年数", 5, "时限晚于反馈日期多少年以上时，疑为年份写错")


@row_rule(
    "D103",
    Severity.ERROR,
    bad=({"整改时限": "2062-06-30"}, {"整改时限": "2006年6月底前"}),
    good=({"整改时限": "2026-06-30"}, {"整改时限": "2028年底前"}),
    needs=("deadline",),
    parameters=(LONGEST_YEARS,),
    mirrors=(
        SheetFormula(
            "deadline",
            "IF(ISNUMBER({due}),OR(YEAR({due})-YEAR({FEEDBACK})<-2,YEAR({due})-YEAR({FEEDBACK})>{最长年数}),FALSE)",
            "整改时限的年份疑有误",
        ),
    ),
)
def year_of_the_deadline_is_plausible(case: Case) -> Iterator[Fault]:
    """整改时限的年份不应与反馈日期相差过远（常为笔误，如2202年、2002年）。"""
    deadline, feedback = case.item.deadline, case.around.settings.task.feedback_on
    if not deadline or not deadline.due or not feedback:
        return
    if not -2 <= deadline.due.year - feedback.year <= case.around.of(LONGEST_YEARS):
        yield Fault(
            "deadline",
            f"整改时限{deadline.due}与反馈日期{feedback}相差过远，疑为年份写错。",
            f"请核对年份；若是笔误，整改时限写成“{_first_after(feedback, deadline.due)}”。",
        )


def _first_after(feedback: date, due: date) -> date:
    """The first day of this month and day that is not before the feedback (29 February: the 28th)."""
    day = min(due.day, 28) if due.month == 2 else due.day
    return next(
        found
        for year in (feedback.year, feedback.year + 1)
        if (found := date(year, due.month, day)) >= feedback
    )


@row_rule(
    "D104",
    Severity.WARNING,
    bad=({"整改时限": "2025-12-30"},),
    good=({"整改时限": "2026-06-30"}, {"整改时限": "立行立改"}, {"整改时限": "2025-12-30", "整改类型": "立行立改"}),
    needs=("deadline",),
    silenced_by=("D103",),
    mirrors=(
        SheetFormula("deadline", 'AND(ISNUMBER({due}),{due}<{FEEDBACK},{kind}<>"立行立改")', "整改时限早于反馈日期"),
    ),
)  # fmt: skip
def deadline_is_not_before_the_feedback(case: Case) -> Iterator[Fault]:
    """整改时限不应早于反馈日期（巡察期间立行立改的除外）。"""
    deadline, feedback = case.item.deadline, case.around.settings.task.feedback_on
    if not deadline or not deadline.due or not feedback or case.item.kind == "立行立改":
        return
    if deadline.due < feedback:
        yield Fault(
            "deadline",
            f"整改时限{deadline.due}早于反馈日期{feedback}。",
            f"请核对日期，时限应不早于{feedback}；巡察期间已改正的，整改类型填“立行立改”，{DONE_AFTER_ALL}。",
        )


@row_rule(
    "D105",
    Severity.NOTE,
    bad=({"整改时限": "2026-12-31", "整改类型": "限期整改"},),
    good=({"整改时限": "2026-06-30"}, {"整改时限": "2026年底前，并长期坚持"}, {"整改时限": "2026-12-31", "整改类型": "长期坚持"}),
    needs=("deadline",),
    silenced_by=("D103", "D110"),
    mirrors=(
        SheetFormula(
            "deadline",
            'AND(ISNUMBER({due}),{due}>{PHASE_END},{kind}="限期整改",{standing}="")',
            "整改时限晚于集中整改期",
        ),
    ),
)  # fmt: skip
def deadline_is_within_the_period(case: Case) -> Iterator[Fault]:
    """限期整改的时限一般不晚于集中整改期截止日期，确需延后的应有依据。"""
    deadline, end = case.item.deadline, case.around.settings.task.phase_end
    if (
        not deadline
        or not deadline.due
        or not end
        or case.item.kind != "限期整改"
        or deadline.standing
    ):
        return
    if deadline.due > end:
        yield Fault(
            "deadline",
            f"整改时限{deadline.due}晚于集中整改期截止日期{end}。",
            f"确需延后的，请整改办确认并留存依据；否则整改时限写成“{end}”或更早的日期。",
        )


@row_rule(
    "D108",
    Severity.WARNING,
    bad=({"整改时限": "6月30日前"}, {"整改时限": "年底前", "整改类型": ""}),
    good=({"整改时限": "2026年6月30日前"}, {"整改时限": "立行立改"}, {"整改时限": "3个月内"}),
    needs=("deadline",),
    silenced_by=("D103", "D104"),
)
def deadline_names_its_year(case: Case) -> Iterator[Fault]:
    """整改时限应写明年份；没有写的，按反馈日期推算并请确认。"""
    deadline = case.item.deadline
    if deadline and deadline.inferred and deadline.kind is DeadlineKind.FIXED and deadline.due:
        yield Fault(
            "deadline",
            f"整改时限“{deadline.raw}”写得不完整，已推算为{deadline.due}。",
            f"请确认；没有错的，整改时限写成“{deadline.due}”。",
        )


@row_rule(
    "D109",
    Severity.WARNING,
    bad=({"整改时限": "每季度末"},),
    good=({"整改时限": "2026年底前"}, {"整改时限": "长期坚持", "整改状态": "长期坚持"}),
    needs=("deadline",),
    mirrors=(SheetFormula("deadline", 'AND({due}="?",{standing}="")', "整改时限得不出到期日"),),
)
def deadline_leads_to_a_day(case: Case) -> Iterator[Fault]:
    """整改时限应能得出到期日，否则无法判断是否逾期。"""
    deadline = case.item.deadline
    if not deadline or deadline.due or deadline.standing:
        return
    why = {
        DeadlineKind.PHASE: (
            "集中整改期",
            "请在设置.xlsx“任务”表填写集中整改期截止日期，或把时限改为具体日期。",
        ),
        DeadlineKind.IMMEDIATE: (
            "反馈日期",
            "请在设置.xlsx“任务”表填写反馈日期，或把时限改为具体日期。",
        ),
    }.get(deadline.kind)
    if why:
        yield Fault(
            "deadline", f"整改时限“{deadline.raw}”得不出到期日：设置中没有{why[0]}。", why[1]
        )
    else:
        yield Fault(
            "deadline",
            f"整改时限“{deadline.raw}”得不出到期日，不能判断是否逾期。",
            f"请写明到哪一天完成（年-月-日）；“{deadline.raw}”要一直开展的，日期后面加“，并长期坚持”。",
        )


@row_rule(
    "D111",
    Severity.NOTE,
    bad=(
        {"整改状态": "已完成", "整改时限": "2026-03-31", "完成时间": "2026-04-20"},
        {
            "整改状态": "已完成",
            "整改时限": "2026-03-31",
            "完成时间": "2026-04-20",
            "存在困难": "无",
        },
    ),
    good=({"整改状态": "已完成", "整改时限": "2026-03-31", "完成时间": "2026-03-31"},),
    on={Status.DONE},
    needs=("deadline", "completed_on"),
    silenced_by=("D103", "D104", "S103"),
    mirrors=(
        SheetFormula(
            "completed_on",
            "AND(ISNUMBER({done_on}),ISNUMBER({due}),{done_on}>{due},{LACKS:difficulty})",
            "完成时间晚于整改时限，未说明原因",
        ),
    ),
)
def done_within_the_deadline(case: Case) -> Iterator[Fault]:
    """完成时间晚于整改时限的，属于超期完成，应说明原因。"""
    deadline, done_on = case.item.deadline, case.item.completed_on
    if (
        deadline
        and deadline.due
        and done_on
        and done_on > deadline.due
        and says_nothing(case.item.difficulty)
    ):
        days = (done_on - deadline.due).days
        yield Fault(
            "completed_on",
            f"完成时间{done_on}晚于整改时限{deadline.due}，超期{days}天完成。",
            "请核对日期；确属超期的，在存在困难中说明原因。",
        )


@row_rule(
    "D112",
    Severity.WARNING,
    bad=(
        {
            "整改状态": "正在整改",
            "整改时限": "2026-05-31",
            "存在困难": "审批周期较长",
            "下一步措施": "7月15日前办结。",
        },
    ),
    good=(
        {"整改状态": "正在整改", "整改时限": "2026-06-30"},
        {"整改状态": "长期坚持", "整改时限": "2026-05-31，并长期坚持"},
    ),
    on=OPEN,
    needs=("deadline",),
    silenced_by=("S107", "S101", "D103", "D104"),
    mirrors=(SheetFormula("deadline", "AND(ISNUMBER({due}),{due}<{TODAY})", "已逾期，请抓紧办结"),),
)
def item_is_not_overdue(case: Case) -> Iterator[Fault]:
    """到期未完成的问题属于逾期，应抓紧办结，或在到期前申请延期。"""
    deadline = case.item.deadline
    if deadline and deadline.due and deadline.due < case.around.as_of and not _closed(case):
        days = (case.around.as_of - deadline.due).days
        yield Fault(
            "deadline",
            f"整改时限为{deadline.due}，已逾期{days}天。",
            "请抓紧办结；确需延期的，向整改办书面申请，写明原因和新的日期。",
        )


def _closed(case: Case) -> bool:
    return case.before is not None and case.before.closed


@row_rule(
    "D113",
    Severity.WARNING,
    bad=({"整改时限": "900个工作日内", "整改类型": ""},),
    good=({"整改时限": "110个工作日内"}, {"整改时限": "90日内"}),
    needs=("deadline",),
    silenced_by=("D103", "D104"),
)
def working_days_are_within_the_calendar(case: Case) -> Iterator[Fault]:
    """按工作日计算的时限，应在已公布放假安排的年份以内；超出的按周一至周五推算，须核对。"""
    deadline, settings = case.item.deadline, case.around.settings
    feedback, calendar = settings.task.feedback_on, settings.calendar
    if not deadline or deadline.kind is not DeadlineKind.RELATIVE or "工作日" not in deadline.raw:
        return
    if not deadline.due or not feedback or calendar.knows(feedback, deadline.due):
        return
    known = (
        f"放假和调休安排只知道{calendar.known_from}至{calendar.known_through}，此外"
        if calendar.known_from and calendar.known_through
        else "没有放假和调休安排，"
    )
    yield Fault(
        "deadline",
        f"整改时限“{deadline.raw}”推算为{deadline.due}：{known}按周一至周五计算，没有扣除节假日和调休。",
        "请整改办在设置.xlsx“日历”表补上放假和调休安排，或核对后把时限改为具体日期。",
    )
