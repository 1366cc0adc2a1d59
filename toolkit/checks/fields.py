"""F · fields: what must not be empty, and what cannot be read for its type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.checks.remedies import remedy
from toolkit.checks.rule import OPEN, UNREADABLE, Case, Fault, Parameter, SheetFormula, row_rule
from toolkit.checks.texts import progress_in_remarks
from toolkit.ledger.columns import BY_CODE, COLUMNS, Column, Filler, Kind
from toolkit.ledger.finding import Severity
from toolkit.ledger.joining import shortened
from toolkit.ledger.lists import list_numbers
from toolkit.ledger.status import Status
from toolkit.ledger.text import says_nothing

if TYPE_CHECKING:
    from collections.abc import Iterator

_REQUIRED = tuple(column for column in COLUMNS if column.required)
# These kinds have rules of their own that say more (D, S, U); a negative number is M102's.
_OWN_RULE = frozenset({Kind.DEADLINE, Kind.STATUS, Kind.UNIT, Kind.UNITS})


@row_rule(
    "F101",
    Severity.ERROR,
    bad=({"整改措施": ""}, {"整改状态": ""}, {"整改状态": "正在整改", "整改进展情况": ""}),
    good=({}, {"整改状态": "未启动", "整改进展情况": "", "佐证材料": "", "制度成果": ""}),
    mirrors=(
        SheetFormula("measures", "{BLANK:measures}", "未填整改措施"),
        SheetFormula("status", "{BLANK:status}", "未选整改状态"),
        SheetFormula(
            "progress",
            "AND({BLANK:progress},{state}<>{NOT_STARTED},LEN({remarks})<30)",
            "未填整改进展情况",
        ),
    ),
)
def required_cells_are_filled(case: Case) -> Iterator[Fault]:
    """必填栏目每期都要填写，不得为空（{NOT_STARTED}的问题可以暂不填写进展情况）。"""
    if case.before and case.before.closed:
        return
    lacking = [column for column in _REQUIRED if _is_lacking(case, column)]
    if case.before and len(lacking) > 1 and case.is_left_blank():
        names = "、".join(column.header for column in lacking)
        yield Fault(
            lacking[0].code,
            f"该问题本期没有填写任何内容（{names}都空着），暂沿用上期内容。",
            _AS_BEFORE.format(names),
        )
        return
    for column in lacking:
        if case.before and getattr(case.before.item, column.code):
            message = f"“{column.header}”上期已填，本期空着，暂沿用上期内容。"
            yield Fault(column.code, message, _AS_BEFORE.format(column.header))
        else:
            yield Fault(column.code, f"“{column.header}”未填写。", _how_to_fill(column))


_AS_BEFORE = "请填写{}；本期没有变化的，照上期的内容填写，不要删去。"


def _is_lacking(case: Case, column: Column) -> bool:
    code = column.code
    if code in case.row.typed or not case.has_column(code):
        return False
    if column.filled_by is Filler.OFFICE:
        return case.before is None  # what the register knows stands
    if code == "progress" and (case.item.status is Status.NOT_STARTED or progress_in_remarks(case)):
        return False
    # A bare problem list as baseline: the units have not been asked yet.
    return case.before is not None or _is_reported(case)


def _how_to_fill(column: Column) -> str:
    if column.kind is Kind.DEADLINE:
        return "请写明完成日期（年-月-日）；完成后还要坚持的，日期后面加“，并长期坚持”。"
    return f"请填写{column.header}：{column.explanation}"


_REPORT = ("status", "progress", "completed_on", "regulations", "evidence", "money", "people")


def _is_reported(case: Case) -> bool:
    """Whether a unit has spoken on this row: an office's ledger may hold the planned measures and nothing more."""
    return any(code in case.row.typed for code in _REPORT)


@row_rule(
    "F102",
    Severity.ERROR,
    bad=(
        {"完成时间": "下个月吧"},
        {"涉及金额（万元）": "若干"},
        {"处理人次": "10余人次"},
        {"整改类型": "看情况"},
    ),
    good=({"完成时间": "2026-03-02"}, {"涉及金额（万元）": "12.6"}, {"处理人次": "3"}),
    silenced_by=("M102",),
    mirrors=(
        SheetFormula(
            "completed_on", 'AND(NOT({LACKS:completed_on}),{done_on}="")', "完成时间应写成年-月-日"
        ),
        SheetFormula(
            "money", "AND(NOT({LACKS:money}),NOT({NUMBER:money}))", "金额应填不小于0的数字"
        ),
        SheetFormula("people", "AND(NOT({LACKS:people}),NOT({NUMBER:people}))", "处理人次应填整数"),
    ),
    needs=(UNREADABLE,),
)
def cells_hold_what_their_column_asks(case: Case) -> Iterator[Fault]:
    """日期、金额、数量、选项等栏目的内容应能识别。"""
    for code in case.row.unreadable:
        if BY_CODE[code].kind not in _OWN_RULE and (fault := case.fault(code)):
            yield Fault(
                code, f"“{BY_CODE[code].header}”无法识别：{fault.why}。", remedy(case, code, fault)
            )


LONGEST = Parameter("字数上限", 2000, "一个问题的整改进展情况超过多少字时提醒")


@row_rule(
    "F103",
    Severity.WARNING,
    bad=({"整改进展情况": "3月12日召开专题会议，明确整改任务。" * 130},),
    good=({},),
    needs=("progress",),
    parameters=(LONGEST,),
    mirrors=(SheetFormula("progress", "LEN({progress})>{字数上限}", "进展情况过长"),),
)
def progress_is_not_too_long(case: Case) -> Iterator[Fault]:
    """整改进展情况不宜过长，通报中一个问题一般不超过一页。"""
    length, most = len(case.item.progress), case.around.of(LONGEST)
    if length > most:
        yield Fault(
            "progress",
            f"整改进展情况有{length}字，超过{most}字。",
            "请保留主要做法、数据和成效，压缩过程性文字。",
        )


@row_rule(
    "F104",
    Severity.WARNING,
    bad=(
        {"整改措施": "1.修订办法。\n2.开展培训。\n4.公开通报。"},
        {"整改措施": "1.修订办法。\n2.修订办法。"},
    ),
    good=({"整改措施": "1.修订办法。\n2.开展培训。"}, {"整改措施": "修订办法。"}),
    needs=("measures",),
)
def measures_are_numbered_without_gap(case: Case) -> Iterator[Fault]:
    """整改措施应逐条编号，不缺号、不重复。"""
    measures = case.item.measures
    if len(measures) < 2:
        return
    if len(set(measures)) < len(measures):
        twice = next(text for text in measures if measures.count(text) > 1)
        yield Fault(
            "measures", f"整改措施中“{shortened(twice, 20)}”出现两次。", "请删去重复的措施。"
        )
        return
    typed = case.row.typed.get("measures", "")
    if (
        typed.startswith("1")
        and f"\n{len(measures)}." in typed
        and typed.count("\n") == len(measures) - 1
    ):
        return  # 1. … n. on n lines: the usual case, seen at a glance
    numbers = list_numbers(typed)
    if numbers and numbers != tuple(range(1, len(numbers) + 1)):
        listed = "、".join(map(str, numbers))
        yield Fault(
            "measures", f"整改措施的编号为{listed}，不连续。", "请补上缺少的措施，或重新编号。"
        )


@row_rule(
    "F105",
    Severity.WARNING,
    bad=({"整改状态": "正在整改", "下一步措施": ""}, {"整改状态": "阶段性完成", "下一步措施": ""}),
    good=({"整改状态": "正在整改", "下一步措施": "6月底前完成验收。"}, {"整改状态": "已完成", "下一步措施": "", "完成时间": "2026-03-20"}),
    on=OPEN - {None},
    silenced_by=("S107",),
    mirrors=(SheetFormula("next_steps", "{LACKS:next_steps}", "尚未完成，未填下一步措施"),),
)  # fmt: skip
def unfinished_items_say_what_comes_next(case: Case) -> Iterator[Fault]:
    """尚未完成的问题，应写明下一步做什么、何时完成。"""
    if says_nothing(case.item.next_steps) and case.is_due("next_steps"):
        yield Fault(
            "next_steps",
            "问题尚未完成，没有填写下一步措施。",
            "请填写下一步做什么、哪个月完成。",
        )


@row_rule(
    "F106",
    Severity.WARNING,
    bad=({"责任人": ""}, {"牵头领导": ""}, {"责任人": "无"}),
    good=({},),
    mirrors=(
        SheetFormula("lead_leader", "{LACKS:lead_leader}", "牵头领导空着（由整改办填写）"),
        SheetFormula("owner", "{LACKS:owner}", "责任人空着（由整改办填写）"),
    ),
)
def somebody_answers_for_the_item(case: Case) -> Iterator[Fault]:
    """每个问题应有牵头领导和责任人。"""
    for code in ("lead_leader", "owner"):
        if not getattr(case.item, code) and case.has_column(code):
            header = BY_CODE[code].header
            yield Fault(code, f"没有填写{header}。", f"请填写{header}的姓名。")
