"""T · text: does the progress say what was done, and is it whole, its own, and in the right column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.checks.rule import (
    OPEN,
    Case,
    CheckContext,
    Fault,
    Parameter,
    first_of,
    ledger_rule,
    row_rule,
)
from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.finding import Severity
from toolkit.ledger.joining import shortened
from toolkit.ledger.status import Status
from toolkit.ledger.substance import Substance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DONE = {"整改状态": "已完成", "完成时间": "2026-03-20", "佐证材料": "附件3-2"}
_FACTS = "请写清什么时间做了什么、形成了什么文件、取得了什么实效，带上日期、数量和文件名称。"

EMPTY = Parameter(
    "空话",
    ("高度重视", "已加强管理", "已加强学习", "已落实到位", "已整改到位", "已完成整改", "正在推进", "正在整改", "持续推进", "不断完善", "已部署", "已研究", "举一反三"),
    "去掉这些说法后没有任何事实的，即指为空话",
)  # fmt: skip


@row_rule(
    "T101",
    Severity.WARNING,
    bad=(
        {"整改进展情况": "高度重视，进一步加强管理，提高认识，确保整改到位。"},
        {"整改进展情况": "正在推进。"},
        {"整改进展情况": "已加强管理。"},
    ),
    good=(
        {"整改进展情况": "3月12日修订《甲办法》。"},
        {"整改进展情况": "已补充审计人员，向市里报送机构设置方案。"},
    ),
    on=frozenset(Status) - {Status.NOT_STARTED},
    needs=("progress",),
    parameters=(EMPTY,),
    silenced_by=("T106", "T108", "T109", "T110"),
)
def progress_says_something(case: Case) -> Iterator[Fault]:
    """整改进展情况应有事实，不能只有“高度重视”“进一步加强”一类的话。"""
    text = case.item.progress
    if Substance(text).can_be_verified:
        return
    found = Substance(_without(text, case.around.of(EMPTY)))
    if found.is_empty:
        yield Fault(
            "progress", f"整改进展情况没有具体事实：缺少{'、'.join(found.lacking)}。", _FACTS
        )


def _without(text: str, words: tuple[str, ...]) -> str:
    for word in words:
        if word in text:
            text = text.replace(word, "")
    return text


@row_rule(
    "T102",
    Severity.NOTE,
    bad=({"整改进展情况": "一是修订完善管理办法。二是组织开展专项培训。三是建立跟踪台账。"},),
    good=({"整改进展情况": "3月12日修订《甲办法》。"},),
    on={Status.DONE, Status.PHASED, Status.IN_PROGRESS},
    needs=("progress",),
    silenced_by=("T101", "T106", "T108", "T109", "T110"),
)
def progress_gives_figures_or_names(case: Case) -> Iterator[Fault]:
    """整改进展情况宜有数据、时间或文件名称作支撑。"""
    found = Substance(case.item.progress)
    if found.is_thin:
        yield Fault(
            "progress",
            f"整改进展情况没有{'、'.join(found.lacking)}，不便核实。",
            "宜补充完成的时间、数量或文件名称。",
        )


LONG_ENOUGH = Parameter("字数下限", 20, "多少字以上的相同文字才算雷同")


@ledger_rule(
    "T103",
    Severity.WARNING,
    bad=(
        (
            {
                "问题编号": "3-2",
                "整改进展情况": "3月12日修订《甲办法》，新增条款5条，开展培训2期。",
            },
            {
                "问题编号": "3-3",
                "制度成果": "《乙办法》",
                "整改进展情况": "3月12日修订《甲办法》，新增条款5条，开展培训2期。",
            },
        ),
    ),
    good=(
        (
            {
                "问题编号": "3-2",
                "整改进展情况": "3月12日修订《甲办法》，新增条款5条，开展培训2期。",
            },
            {
                "问题编号": "3-3",
                "制度成果": "《乙办法》",
                "整改进展情况": "4月2日修订《乙办法》，新增条款3条，开展培训1期。",
            },
        ),
    ),
    parameters=(LONG_ENOUGH,),
)
def every_problem_has_its_own_text(
    cases: Sequence[Case], around: CheckContext
) -> Iterator[tuple[Case, Fault]]:
    """不同问题的整改进展情况不应一字不差。"""
    least = around.of(LONG_ENOUGH)
    by_text: dict[str, list[Case]] = {}
    for case in cases:
        if len(case.item.progress) >= least:
            by_text.setdefault(case.item.progress, []).append(case)
    for alike in by_text.values():
        for case in alike[1:]:
            first = alike[0].item
            yield (
                case,
                Fault(
                    "progress",
                    f"整改进展情况与问题{first.id}（{first.lead_unit}）一字不差。",
                    "请针对本问题写明做法和成效；确属同一事项的，写“与问题×一并整改”并说明本问题的情况。",
                ),
            )


_PLAN = re.compile(r"(?:将|拟|计划|下一步|准备|打算|要)(?!来)[^，。；]*")


@row_rule(
    "T104",
    Severity.WARNING,
    bad=(
        {"整改措施": "修订《甲办法》并开展培训。", "整改进展情况": "修订《甲办法》并开展培训。"},
        {"整改进展情况": "拟于7月修订《甲办法》。下一步将组织培训。", "制度成果": ""},
    ),
    good=(
        {"整改措施": "修订《甲办法》。", "整改进展情况": "3月12日修订《甲办法》，新增条款5条。"},
    ),
    needs=("progress",),
    on=frozenset(Status) - {Status.NOT_STARTED},
    silenced_by=("T108", "T110"),
)
def progress_is_not_a_plan(case: Case) -> Iterator[Fault]:
    """整改进展情况应写已经做的事，不能照抄整改措施，也不能只写打算。"""
    text, measures = case.item.progress, case.item.measures
    if measures and _is_copied(text, measures):
        yield Fault("progress", "整改进展情况照抄了整改措施。", f"请写实际做了什么。{_FACTS}")
        return
    if len(text) <= 300 and (
        text.startswith(("拟", "将", "计划", "下一步")) or "将" in text or "拟" in text
    ):
        if not _is_plan(text.partition("。")[0]):
            return
        sentences = [sentence for sentence in re.split(r"[。；\n]", text) if sentence.strip()]
        if all(_is_plan(sentence) for sentence in sentences):
            yield Fault(
                "progress",
                "整改进展情况写的都是打算，没有已经做的事。",
                "打算请写到下一步措施；这里写已经做了什么。",
            )


def _is_plan(sentence: str) -> bool:
    return _PLAN.match(_MARK.sub("", sentence.strip())) is not None


_MARK = re.compile(
    r"^(?:[一二三四五六七八九十]是|\d{1,2}[.．、]|[（(][\d一二三四五六七八九十]+[）)])"
)
_NOT_LETTERS = re.compile(r"[\s\d.．、，。；：（）()一二三四五六七八九十是]")


def _is_copied(text: str, measures: tuple[str, ...]) -> bool:
    """Whether the progress is the measures again, numbering and punctuation aside."""
    planned = "".join(measures)
    return abs(len(text) - len(planned)) <= 8 * len(measures) and _letters(text) == _letters(
        planned
    )


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text)


_CUTS = frozenset({254, 255, 256, 1023, 1024, 32766, 32767})
_ENDS = ("。", "！", "？", "；", "”", "）", "》", "…", "：", ".", ")", "!", "?", ";")


@row_rule(
    "T105",
    Severity.WARNING,
    bad=(
        {"整改进展情况": "3月12日修订《甲办法》，" + "逐条对照抓好落实，" * 26 + "召开专题会议研"},
    ),
    good=({"整改进展情况": "3月12日修订《甲办法》。"},),
    needs=("progress",),
)
def text_is_not_cut(case: Case) -> Iterator[Fault]:
    """文字恰在255字、32767字处断开的，多为粘贴时被截断。"""
    for code, text in case.row.typed.items():
        if len(text) in _CUTS and not text.rstrip().endswith(_ENDS):
            yield Fault(
                code,
                f"{BY_CODE[code].header}有{len(text)}字，末尾不完整（“…{text[-8:]}”），疑似被截断。",
                "请重新粘贴完整的内容。",
            )


@row_rule(
    "T106",
    Severity.WARNING,
    bad=({"整改进展情况": "详见附件。"}, {"整改进展情况": "见上"}, {"整改进展情况": "与上周一致"}),
    good=({"整改进展情况": "3月12日修订《甲办法》，详见附件3-2。"},),
    needs=("progress",),
)
def progress_does_not_point_elsewhere(case: Case) -> Iterator[Fault]:
    """整改进展情况应写全，不能只写“详见附件”“同上”“与上周一致”。"""
    text = case.item.progress
    if len(text) <= 24 and _ELSEWHERE.fullmatch(text):
        yield Fault("progress", f"整改进展情况只写了“{text}”，无法写入通报。", _FACTS)


_ELSEWHERE = re.compile(
    r"(?:具体)?(?:情况)?(?:详见|参见|另见|见)[^，。]{0,12}[。.]?|同上[。.]?|如前[。.]?|(?:与|同)上?(?:周|期|月|次)(?:情况)?(?:一致|相同|一样)?[。.]?|无变化[。.]?|暂无进展[。.]?|无新进展[。.]?"
)


@row_rule(
    "T109",
    Severity.WARNING,
    bad=(
        {
            "整改进展情况": "",
            "备注": "3月12日修订《甲办法》，新增条款5条，召开联席会议3次，协调解决问题12个。",
        },
    ),
    good=({"备注": "与问题3-3一并整改。"},),
    on=OPEN | {Status.DONE},
    needs=("remarks",),
)
def progress_does_not_stand_in_the_remarks(case: Case) -> Iterator[Fault]:
    """进展情况应写在“整改进展情况”栏，不要写在备注里。"""
    if progress_in_remarks(case):
        text = case.row.item.remarks
        yield Fault(
            "remarks",
            f"进展情况写在了备注栏：“{shortened(text, _SHOWN)}”。",
            "请把备注中的进展移到整改进展情况一栏，备注填“无”。",
        )


_SHOWN, _LONG_REMARK, _SHORT_PROGRESS = 30, 30, 10


def progress_in_remarks(case: Case) -> bool:
    """Whether this row leaves the progress as good as blank and writes a long text, not one of last time, into 备注."""
    said = case.row.item
    known = case.before.item.remarks if case.before else ""
    return (
        len(said.remarks) >= _LONG_REMARK
        and len(said.progress) < _SHORT_PROGRESS
        and said.remarks != known
    )


@row_rule(
    "T110",
    Severity.WARNING,
    bad=({"整改进展情况": "×月×日召开会议，清退资金××万元。"}, {"整改进展情况": "（此处填写进展）"}, {"整改进展情况": "3月12日修订《XX管理办法》，待补充。"}),
    good=({"整改进展情况": "3月12日修订《甲办法》。"},),
    needs=("progress",),
)  # fmt: skip
def no_gap_is_left_to_fill(case: Case) -> Iterator[Fault]:
    """文字中不应留有“××”“XX”“待补充”“此处填写”等未填的空。"""
    text = case.item.progress
    found = _GAP.search(text) if first_of(_GAP_HINTS, text) else None
    if found:
        yield Fault("progress", f"整改进展情况中留有未填的“{found[0]}”。", "请补全实际内容。")


_GAP_HINTS = ("×", "X", "x", "待补", "填写", "待定", "＿", "__", "？？", "??")
_GAP = re.compile(
    r"×{1,}(?=[月日年万元个项人次家份条])|××+|[Xx]{2,}|待补充|待补|此处填写|待填写|请填写|＿{2,}|_{2,}|[？?]{2,}"
)


@row_rule(
    "T112",
    Severity.WARNING,
    bad=(
        {"整改进展情况": "3月12日修订《甲办法，新增条款5条。"},
        {"整改进展情况": "3月12日召开“三重一大专题会议2次。"},
    ),
    good=({"整改进展情况": "3月12日召开“三重一大”专题会议（扩大）2次，修订《甲办法》。"},),
    needs=("progress",),
    silenced_by=("T105",),
)
def marks_come_in_pairs(case: Case) -> Iterator[Fault]:
    """书名号、引号应成对出现，缺半边的多为漏字或截断。"""
    text = case.item.progress
    for opening, closing in ("《》", "“”"):
        if text.count(opening) != text.count(closing):
            yield Fault(
                "progress",
                f"整改进展情况中的“{opening}”与“{closing}”不成对。",
                f"请补全{opening}{closing}，并检查是否漏字。",
            )
            return


@row_rule(
    "T113",
    Severity.NOTE,
    bad=({**_DONE, "整改进展情况": "3月12日召开专题会议2次，学习有关规定，传达上级要求。"},),
    good=({**_DONE, "整改进展情况": "3月12日召开专题会议2次，修订《甲办法》，清退资金12.6万元。"},),
    on={Status.DONE},
    needs=("progress",),
    silenced_by=("T101", "T102", "T104"),
)
def meetings_are_not_results(case: Case) -> Iterator[Fault]:
    """报“{DONE}”的，不应只有开会、学习、传达，还要有整改的实际结果。"""
    text = case.item.progress
    if len(text) <= 200 and _TALK.search(text) and not _RESULT.search(text):
        yield Fault(
            "progress",
            "状态为“{DONE}”，进展情况中只有开会、学习等过程，没有整改结果。",
            "请补充问题是怎样解决的、有什么实效。",
        )


_TALK = re.compile(r"召开|学习|传达|部署|强调|培训|谈话|宣讲")
_RESULT = re.compile(
    r"印发|出台|修订|制定|建立|建成|清退|追缴|追回|上缴|收回|整改|完成|解决|验收|拆除|补|归档|公示|处分|问责|移交|达标|下降|提高到|增长|降至|覆盖|上线|启用|更正|注销|办结|配备|聘|设立|签订|销号|纠正|规范|落实|全部|到位"
)


@row_rule(
    "T114",
    Severity.NOTE,
    bad=(
        {"整改措施": "加强管理。", "整改进展情况": "3月12日修订《甲办法》。"},
        {"整改措施": "提高认识，高度重视。"},
    ),
    good=({"整改措施": "修订《甲办法》，建立联席会议制度。"},),
    needs=("measures",),
)
def measures_can_be_carried_out(case: Case) -> Iterator[Fault]:
    """整改措施应具体可行，不能只有“加强管理”“提高认识”。"""
    measures = case.item.measures
    if all(len(text) <= 14 and _VAGUE_MEASURE.fullmatch(text) for text in measures):
        header = BY_CODE["measures"].header
        yield Fault(
            "measures",
            f"{header}只有“{measures[0].rstrip('。')}”，无法检查是否落实。",
            "请写明做什么、谁来做、做到什么程度。",
        )


_VAGUE_MEASURE = re.compile(
    r"(?:(?:进一步|切实|不断|持续|全面)?(?:加强|强化|提高|提升|加大|高度|增强|改进|严格|抓好|落实|完善)(?:[^，。；《》\d]{1,6})[，、]?)+(?:重视)?[。；]?"
)
