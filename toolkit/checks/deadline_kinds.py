"""D · deadlines against the kind of rectification: what is standing, immediate or due by a day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from toolkit.checks.rule import Case, Fault, Parameter, SheetFormula, first_of, row_rule
from toolkit.ledger.deadlines import DeadlineKind
from toolkit.ledger.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

# In the sheet: the deadline says 长期坚持 and nothing else.
_ONLY_STANDING = 'AND({standing}<>"",{due}="")'


SIMPLE = Parameter(
    "即改事项用词",
    ("未签字", "未盖章", "未公示", "未归档", "未上缴", "未收缴", "超标准", "漏报", "错报", "未佩戴", "未张贴", "未签到", "记录缺失"),
    "问题中出现这些词时，一般应限期改正，不宜写长期坚持",
)  # fmt: skip


@row_rule(
    "D106",
    Severity.WARNING,
    bad=(
        {"整改时限": "长期坚持", "具体问题": "两笔公务接待未签字审批"},
        {"整改时限": "长期坚持", "整改类型": "立行立改"},
    ),
    good=({"整改时限": "长期坚持", "整改类型": "长期坚持", "整改状态": "长期坚持"}, {"整改时限": "2026年6月底前，并长期坚持", "具体问题": "两笔公务接待未签字审批"}),
    needs=("deadline",),
    parameters=(SIMPLE,),
    mirrors=(
        SheetFormula(
            "deadline",
            f'AND({_ONLY_STANDING},OR({{kind}}="立行立改",'
            "IF({BLANK:problem},{HAS_WORD:sub_problem:即改事项用词},{HAS_WORD:problem:即改事项用词})))",
            "能立即改正的，时限不宜只写长期坚持",
        ),
    ),
)  # fmt: skip
def simple_corrections_are_not_standing_duties(case: Case) -> Iterator[Fault]:
    """能立即改正的具体问题，整改时限不应只写“长期坚持”。"""
    item = case.item
    if not item.deadline or item.deadline.kind is not DeadlineKind.STANDING:
        return
    if item.kind == "立行立改":
        yield Fault(
            "deadline",
            "整改类型为立行立改，整改时限却写长期坚持。",
            "整改时限写成“立行立改”；不能立即改正的，整改类型填“限期整改”，并写明整改时限（年-月-日）。",
        )
        return
    fix = "请写明改正的日期（年-月-日）；改正后还要巩固的，日期后面加“，并长期坚持”。"
    text = item.problem or item.sub_problem
    word = first_of(case.around.of(SIMPLE), text)
    if word:
        yield Fault(
            "deadline", f"问题中有“{word}”，属于可以限期改正的事项，整改时限只写了长期坚持。", fix
        )


# What a milestone or a review at intervals cannot be written without.
_MILESTONE = "年月季周日度0123456789"
_MILESTONES_IN_SHEET = ",".join(f'"{mark}"' for mark in _MILESTONE)


@row_rule(
    "D107",
    Severity.NOTE,
    bad=({"整改时限": "长期坚持", "整改类型": "长期坚持", "整改状态": "长期坚持", "整改目标": "常抓不懈", "下一步措施": ""},),
    good=(
        {"整改时限": "2026年底前，并长期坚持"},
        {"整改时限": "长期坚持", "整改状态": "长期坚持", "下一步措施": "每季度末开展一次回头看。"},
    ),
    needs=("deadline",),
    silenced_by=("D106",),
    mirrors=(
        SheetFormula(
            "deadline",
            f"AND({_ONLY_STANDING},"
            f"SUMPRODUCT(--ISNUMBER(FIND({{{_MILESTONES_IN_SHEET}}},{{goal}}&{{next_steps}})))=0)",
            "长期坚持的，应写明阶段节点或多久复核一次",
        ),
    ),
)  # fmt: skip
def standing_duties_have_a_milestone(case: Case) -> Iterator[Fault]:
    """长期坚持的问题，应有阶段节点或定期复核的安排，不能只写四个字。"""
    item = case.item
    if not item.deadline or item.deadline.kind is not DeadlineKind.STANDING:
        return
    if item.goal or item.next_steps:
        text = item.goal + item.next_steps
        if any(mark in text for mark in _MILESTONE):
            return
    yield Fault(
        "deadline",
        "整改时限只写了长期坚持，没有阶段节点。",
        "请在“长期坚持”前面加上阶段日期（年-月-日），或在下一步措施中写明多久复核一次。",
    )


@row_rule(
    "D110",
    Severity.WARNING,
    bad=(
        {"整改类型": "立行立改", "整改时限": "2026-12-31"},
        {"整改类型": "长期坚持", "整改时限": "2026-06-30"},
    ),
    good=(
        {"整改类型": "立行立改", "整改时限": "立行立改"},
        {"整改类型": "长期坚持", "整改时限": "2026年底前，并长期坚持"},
        {"整改类型": "限期整改", "整改时限": "2026-06-30"},
    ),
    needs=("deadline", "kind"),
    silenced_by=("D103", "D104", "D109"),
    mirrors=(
        SheetFormula(
            "deadline",
            'AND(ISNUMBER({due}),{kind}="长期坚持",{standing}="")',
            "整改时限与整改类型不符",
        ),
        SheetFormula(
            "deadline",
            'AND(ISNUMBER({due}),{kind}="立行立改",{due}>{FEEDBACK}+2*{IMMEDIATE_DAYS})',
            "整改时限与整改类型不符",
        ),
    ),
)
def deadline_suits_the_kind(case: Case) -> Iterator[Fault]:
    """整改时限应与整改类型相符。"""
    deadline, kind, task = case.item.deadline, case.item.kind, case.around.settings.task
    if not deadline or deadline.kind is DeadlineKind.STANDING:
        return
    if kind == "长期坚持" and not deadline.standing:
        yield Fault(
            "deadline",
            f"整改类型为长期坚持，整改时限“{deadline.raw}”没有写长期坚持。",
            f"整改时限写成“{deadline.raw}，并长期坚持”；不需要长期坚持的，整改类型填“限期整改”。",
        )
    elif kind == "立行立改" and deadline.due and task.feedback_on:
        latest = task.feedback_on + timedelta(days=2 * task.immediate_days)
        if deadline.due > latest:
            yield Fault(
                "deadline",
                f"整改类型为立行立改，整改时限{deadline.due}距反馈日期{(deadline.due - task.feedback_on).days}天。",
                _sooner_or_later(deadline.due, latest, task.phase_end),
            )


def _sooner_or_later(due: date, latest: date, phase_end: date | None) -> str:
    """An immediate correction is due soon; else it is none, and due within the period."""
    later = "整改类型填“限期整改”"
    if phase_end and due > phase_end:
        later += f"，整改时限写成“{phase_end}”或更早的日期"
    return f"请改填不晚于{latest}的日期；不能立行立改的，{later}。"
