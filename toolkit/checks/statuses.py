"""S · status and logic: the status is a known word and agrees with the dates and the words beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.checks.remedies import DONE_AFTER_ALL, STILL_OPEN, remedy
from toolkit.checks.rule import (
    OPEN,
    UNREADABLE,
    Case,
    Fault,
    Parameter,
    SheetFormula,
    first_of,
    row_rule,
)
from toolkit.ledger.deadlines import DeadlineKind
from toolkit.ledger.finding import Severity
from toolkit.ledger.joining import excerpt
from toolkit.ledger.status import Status
from toolkit.ledger.text import says_nothing

if TYPE_CHECKING:
    from collections.abc import Iterator

_DONE_ON = {"整改状态": "已完成", "完成时间": "2026-03-20", "佐证材料": "附件3-2"}
_LATE_IN_SHEET = "ISNUMBER({due}),{due}<{TODAY}"


@row_rule(
    "S101",
    Severity.ERROR,
    bad=({"整改状态": "差不多了"},),
    good=({"整改状态": "已完成", "完成时间": "2026-03-20"}, {"整改状态": "持续推进"}),
    mirrors=(
        SheetFormula(
            "status", 'AND(NOT({BLANK:status}),{state}="")', "整改状态无法识别，请从下拉列表中选择"
        ),
    ),
    needs=(UNREADABLE,),
)
def status_is_a_known_word(case: Case) -> Iterator[Fault]:
    """整改状态应从下拉列表中选择。"""
    fault = case.fault("status")
    if fault:
        yield Fault("status", f"整改状态无法识别：{fault.why}。", remedy(case, "status", fault))


@row_rule(
    "S102",
    Severity.ERROR,
    bad=({"整改状态": "已完成", "完成时间": ""},),
    good=(
        _DONE_ON,
        {"整改状态": "正在整改", "完成时间": ""},
        {"整改状态": "已完成", "完成时间": "下个月吧"},
    ),
    on={Status.DONE},
    mirrors=(SheetFormula("completed_on", "{LACKS:completed_on}", "{DONE}，未填完成时间"),),
)
def done_needs_a_date(case: Case) -> Iterator[Fault]:
    """整改状态为“{DONE}”的，须填写完成时间。"""
    if case.item.completed_on is None and "completed_on" not in case.row.unreadable:
        yield Fault(
            "completed_on",
            "状态为“{DONE}”，但没有填写完成时间。",
            f"补填实际完成日期（年-月-日）；尚未完成的，{STILL_OPEN}。",
        )


@row_rule(
    "S103",
    Severity.ERROR,
    bad=({"整改状态": "已完成", "完成时间": "2099-01-01"},),
    good=({"整改状态": "已完成", "完成时间": "2026-03-20"},),
    needs=("completed_on",),
    mirrors=(
        SheetFormula("completed_on", "AND(ISNUMBER({done_on}),{done_on}>{TODAY})", "完成时间晚于今天"),
    ),
)  # fmt: skip
def completion_is_not_in_the_future(case: Case) -> Iterator[Fault]:
    """完成时间不得晚于截至日期。"""
    done_on = case.item.completed_on
    if done_on and done_on > case.around.as_of:
        yield Fault(
            "completed_on",
            f"完成时间{done_on}晚于截至日期{case.around.as_of}。",
            f"核对日期；尚未完成的，{STILL_OPEN}。",
        )


@row_rule(
    "S104",
    Severity.WARNING,
    bad=({**_DONE_ON, "佐证材料": ""},),
    good=(_DONE_ON, {"整改状态": "正在整改", "佐证材料": ""}),
    on={Status.DONE},
    mirrors=(SheetFormula("evidence", "{LACKS:evidence}", "{DONE}，未填佐证材料"),),
)
def done_names_its_evidence(case: Case) -> Iterator[Fault]:
    """整改状态为“{DONE}”的，须列出佐证材料的名称或编号。"""
    if says_nothing(case.item.evidence) and case.is_due("evidence"):
        yield Fault(
            "evidence",
            "状态为“{DONE}”，没有列出佐证材料。",
            "请填写佐证材料的名称或编号。",
        )


UNFINISHED = Parameter(
    "未完成用词",
    ("尚未", "正在推进", "正在办理", "正在起草", "正在制定", "正在修订", "正按程序", "拟于", "待审议", "待批复", "有待", "预计"),
    "状态为“{DONE}”时，进展情况中出现这些词即提醒",
)  # fmt: skip


@row_rule(
    "S105",
    Severity.WARNING,
    bad=(
        {**_DONE_ON, "整改进展情况": "已起草《甲办法》，待审议后印发。", "制度成果": "无"},
        {**_DONE_ON, "整改进展情况": "2处隐患尚未整改到位。"},
    ),
    good=({**_DONE_ON, "整改进展情况": "3月12日印发《甲办法》，清退资金12.6万元。"},),
    on={Status.DONE},
    needs=("progress",),
    parameters=(UNFINISHED,),
    mirrors=(
        SheetFormula(
            "progress", "{HAS_WORD:progress:未完成用词}", "{DONE}，文中却有尚未完成的说法"
        ),
    ),
)
def done_does_not_sound_unfinished(case: Case) -> Iterator[Fault]:
    """状态为“{DONE}”的，进展情况中不应有“尚未”“正在推进”“待审议”等说法。"""
    text = case.item.progress
    word = first_of(case.around.of(UNFINISHED), text)
    if word:
        at = text.index(word)
        yield Fault(
            "progress",
            f"状态为“{{DONE}}”，文中却有“{excerpt(text, max(0, at - 8), at + 12)}”。",
            f"请核对：确实完成的，改写为完成后的情况；没有完成的，{STILL_OPEN}。",
        )


FINISHED = Parameter(
    "已完成用词",
    ("已全部完成", "已全部整改到位", "全部整改完成", "已整改到位", "已整改完成", "已全部到位", "整改任务已完成", "问题已解决"),
    "状态为“{NOT_STARTED}”“{IN_PROGRESS}”时，进展情况中出现这些词即提醒",
)  # fmt: skip


@row_rule(
    "S106",
    Severity.WARNING,
    bad=({"整改状态": "正在整改", "整改进展情况": "3月12日召开会议，5个问题已全部整改到位。"},),
    good=({"整改状态": "正在整改", "整改进展情况": "3月12日召开会议，5个问题已完成3个。"},),
    on={Status.IN_PROGRESS, Status.NOT_STARTED},
    needs=("progress",),
    parameters=(FINISHED,),
    mirrors=(
        SheetFormula("progress", "{HAS_WORD:progress:已完成用词}", "未完成，文中却说已全部完成"),
    ),
)
def unfinished_does_not_sound_done(case: Case) -> Iterator[Fault]:
    """状态为“{NOT_STARTED}”“{IN_PROGRESS}”的，进展情况中不应说已全部完成。"""
    text = case.item.progress
    word = first_of(case.around.of(FINISHED), text)
    if word:
        yield Fault(
            "progress",
            f"状态不是“{{DONE}}”，文中却有“{word}”。",
            f"请核对：确实完成的，{DONE_AFTER_ALL}；只完成一部分的，写明完成了几项、还有几项。",
        )


@row_rule(
    "S107",
    Severity.ERROR,
    bad=(
        {
            "整改状态": "正在整改",
            "整改时限": "2026-05-31",
            "存在困难": "",
            "下一步措施": "7月15日前办结。",
        },
        {
            "整改状态": "阶段性完成",
            "整改时限": "2026-05-31",
            "存在困难": "审批周期较长",
            "下一步措施": "",
        },
    ),
    good=(
        {
            "整改状态": "正在整改",
            "整改时限": "2026-05-31",
            "存在困难": "审批周期较长",
            "下一步措施": "7月15日前办结。",
        },
        {"整改状态": "正在整改", "整改时限": "2026-06-30", "存在困难": ""},
    ),
    on=OPEN - {None},
    needs=("deadline",),
    silenced_by=("S101", "D103", "D104"),
    mirrors=(
        SheetFormula(
            "difficulty",
            f"AND({_LATE_IN_SHEET},{{LACKS:difficulty}})",
            "已逾期，须填存在困难和下一步措施",
        ),
        SheetFormula(
            "next_steps",
            f"AND({_LATE_IN_SHEET},NOT({{LACKS:difficulty}}),{{LACKS:next_steps}})",
            "已逾期，须填下一步措施",
        ),
    ),
)
def overdue_items_say_why_and_what_next(case: Case) -> Iterator[Fault]:
    """逾期未完成的，须写明原因（存在困难）和下一步措施。"""
    item, known = case.item, case.before
    if (
        not item.deadline
        or not item.deadline.due
        or item.deadline.due >= case.around.as_of
        or (known and known.closed)
    ):
        return
    lacking = [
        header
        for header, text in (("存在困难", item.difficulty), ("下一步措施", item.next_steps))
        if says_nothing(text)
    ]
    if lacking:
        yield Fault(
            "difficulty" if says_nothing(item.difficulty) else "next_steps",
            f"整改时限为{item.deadline.due}，已逾期未完成，没有填写{'和'.join(lacking)}。",
            f"请写明未按期完成的原因、下一步做什么、何时完成；已经完成的，{DONE_AFTER_ALL}。",
        )


_RATES = ("完成率", "整改率", "办结率", "整改进度", "完成进度")
_WHOLE = re.compile(rf"(?:{'|'.join(_RATES)})(?:已)?(?:达到?|为|是)?(?:了)?100[%％]")
_WHOLES_IN_SHEET = ",".join(f'"{rate}100%"' for rate in _RATES)
# The words between the rate and 100% taken out.
_BARE_IN_SHEET = "{progress}"
for _word in ("已", "达到", "达", "为", "是", "了"):
    _BARE_IN_SHEET = f'SUBSTITUTE({_BARE_IN_SHEET},"{_word}","")'
_BARE_IN_SHEET = f'SUBSTITUTE({_BARE_IN_SHEET},"％","%")'


@row_rule(
    "S108",
    Severity.WARNING,
    bad=({"整改状态": "正在整改", "整改进展情况": "3月12日召开会议，整改完成率达到100%。"},),
    good=({"整改状态": "正在整改", "整改进展情况": "3月12日召开会议，整改完成率达到80%。"},),
    on=OPEN - {None},
    needs=("progress",),
    silenced_by=("S106",),
    mirrors=(
        SheetFormula(
            "progress",
            f"SUMPRODUCT(--ISNUMBER(FIND({{{_WHOLES_IN_SHEET}}},{_BARE_IN_SHEET})))>0",
            "未完成，文中却说完成率100%",
        ),
    ),
)
def a_whole_is_done(case: Case) -> Iterator[Fault]:
    """进展情况称完成率100%的，状态应为“{DONE}”。"""
    if "100" in case.item.progress and (found := _WHOLE.search(case.item.progress)):
        yield Fault(
            "progress",
            f"状态不是“{{DONE}}”，文中却有“{found[0]}”。",
            f"请核对：确实完成的，{DONE_AFTER_ALL}；没有完成的，改正百分比。",
        )


@row_rule(
    "S109",
    Severity.NOTE,
    bad=({**_DONE_ON, "整改时限": "长期坚持"},),
    good=(
        {**_DONE_ON, "整改时限": "2026年6月底前，并长期坚持"},
        {"整改状态": "长期坚持", "整改时限": "长期坚持"},
    ),
    on={Status.DONE},
    needs=("deadline",),
    mirrors=(
        SheetFormula("status", 'AND({standing}<>"",{due}="")', "时限为长期坚持，请确认是否{DONE}"),
    ),
)
def standing_duties_are_not_simply_done(case: Case) -> Iterator[Fault]:
    """时限为长期坚持的问题报“{DONE}”，应确认是否{DONE}并继续坚持。"""
    deadline = case.item.deadline
    if deadline and deadline.kind is DeadlineKind.STANDING:
        yield Fault(
            "status",
            "整改时限为长期坚持，状态填了“{DONE}”。",
            "措施已落实、仍需坚持的，状态填“{STANDING}”；确已终结的，保留“{DONE}”并由整改办确认。",
        )


@row_rule(
    "S110",
    Severity.WARNING,
    bad=({"整改状态": "正在整改", "完成时间": "2026-03-20"},),
    good=(_DONE_ON, {"整改状态": "正在整改", "完成时间": ""}),
    on=OPEN - {None},
    needs=("completed_on",),
    silenced_by=("S103", "H102"),
    mirrors=(SheetFormula("completed_on", "ISNUMBER({done_on})", "填了完成时间，状态却未完成"),),
)
def a_completion_date_means_done(case: Case) -> Iterator[Fault]:
    """填写了完成时间的，状态应为“{DONE}”。"""
    yield Fault(
        "completed_on",
        f"填写了完成时间{case.item.completed_on}，状态却不是“{{DONE}}”。",
        "确实完成的，状态填“{DONE}”，并填写佐证材料；没有完成的，完成时间填“无”，计划日期写在下一步措施中。",
    )


@row_rule(
    "S111",
    Severity.WARNING,
    bad=(
        {"整改状态": "未启动", "整改进展情况": "3月12日修订《甲办法》，新增条款5条，召开联席会议3次，协调解决问题12个。"},
        {"整改状态": "未启动", "整改进展情况": "", "佐证材料": "附件3-2", "制度成果": ""},
    ),
    good=(
        {"整改状态": "未启动", "整改进展情况": "待机构调整后启动。", "佐证材料": "", "制度成果": ""},
        {"整改状态": "未启动", "整改进展情况": "待机构调整后启动。", "佐证材料": "无", "制度成果": ""},
    ),
    on={Status.NOT_STARTED},
    mirrors=(
        SheetFormula(
            "status",
            "OR(NOT({LACKS:evidence}),NOT({LACKS:regulations}),LEN({progress})>30)",
            "填了进展或成果，状态却是{NOT_STARTED}",
        ),
    ),
)  # fmt: skip
def work_done_means_started(case: Case) -> Iterator[Fault]:
    """已有进展、制度或佐证材料的，状态不应为“{NOT_STARTED}”。"""
    item = case.item
    if not says_nothing(item.evidence) or item.regulations or len(item.progress) > 30:
        yield Fault(
            "status",
            "已填写进展或成果，状态却是“{NOT_STARTED}”。",
            "请核对：已经启动的，状态填“{IN_PROGRESS}”，并写明进展和下一步措施；确实没有启动的，整改进展情况填“无”，制度成果填“无”，佐证材料填“无”。",
        )


@row_rule(
    "S112",
    Severity.WARNING,
    bad=({**_DONE_ON, "完成时间": "2025-09-30"},),
    good=({**_DONE_ON, "完成时间": "2026-03-20"}, {**_DONE_ON, "完成时间": "2025-12-01"}),
    needs=("completed_on",),
    mirrors=(
        SheetFormula(
            "completed_on",
            "AND(ISNUMBER({done_on}),{done_on}<{INSPECTED_FROM})",
            "完成时间早于巡察开始",
        ),
    ),
)
def nothing_is_done_before_the_inspection(case: Case) -> Iterator[Fault]:
    """完成时间不应早于巡察开始日期。"""
    done_on, begins = case.item.completed_on, case.around.settings.task.inspected_from
    if done_on and begins and done_on < begins:
        yield Fault(
            "completed_on",
            f"完成时间{done_on}早于巡察开始日期{begins}。",
            "请核对年份和月份，改填实际完成整改的日期。",
        )


@row_rule(
    "S113",
    Severity.WARNING,
    bad=({"整改状态": "长期坚持", "整改类型": "立行立改", "整改时限": "立行立改"},),
    good=({"整改状态": "长期坚持", "整改类型": "长期坚持", "整改时限": "长期坚持"},),
    on={Status.STANDING},
    needs=("deadline",),
    silenced_by=("D106",),
    mirrors=(
        SheetFormula(
            "status", 'AND({kind}="立行立改",OR({due}<>"",{standing}<>""))', "立行立改事项填了{STANDING}"
        ),
    ),
)  # fmt: skip
def immediate_corrections_come_to_an_end(case: Case) -> Iterator[Fault]:
    """立行立改的问题，状态不应为“{STANDING}”。"""
    if case.item.kind == "立行立改":
        yield Fault(
            "status",
            "整改类型为立行立改，状态却是“{STANDING}”。",
            f"已改正的，{DONE_AFTER_ALL}；没有改正的，{STILL_OPEN}。",
        )
