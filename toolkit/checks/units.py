"""U · units and people: every unit named is one of the office's list, and people are people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.checks.remedies import remedy
from toolkit.checks.rule import UNREADABLE, Case, Fault, row_rule
from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_WHERE = "单位全称和简称见设置.xlsx“单位”表。"


def _unknown_unit(case: Case, code: str) -> Iterator[Fault]:
    fault = case.fault(code)
    if fault:
        fix = f"{remedy(case, code, fault)}{_WHERE}"
        yield Fault(code, f"{BY_CODE[code].header}无法识别：{fault.why}。", fix)


@row_rule(
    "U101",
    Severity.ERROR,
    bad=({"牵头单位": "建规局"}, {"牵头单位": "第三办公室"}),
    good=({"牵头单位": "规划建设局"}, {"牵头单位": "规建局"}),
    silenced_by=("U103",),
    needs=(UNREADABLE,),
)
def lead_unit_is_known(case: Case) -> Iterator[Fault]:
    """牵头单位应是设置中登记的一个单位。"""
    if not case.before:
        yield from _unknown_unit(case, "lead_unit")


@row_rule(
    "U102",
    Severity.WARNING,
    bad=({"配合单位": "第三办公室"},),
    good=({"配合单位": "财政金融局、投资促进局"}, {"配合单位": ""}),
    silenced_by=("U103",),
    needs=(UNREADABLE,),
)
def co_units_are_known(case: Case) -> Iterator[Fault]:
    """配合单位应是设置中登记的单位。"""
    if not case.before:
        yield from _unknown_unit(case, "co_units")


_VAGUE = re.compile(
    r"各(?:科室|处室|部门|单位|镇街|支部|局办|有关|相关)|(?:有关|相关)(?:科室|部门|单位|人员|领导)|全体|各级|所有"
)


@row_rule(
    "U103",
    Severity.WARNING,
    bad=({"牵头单位": "各科室"}, {"配合单位": "相关部门"}, {"责任人": "全体班子成员"}),
    good=({"牵头单位": "规划建设局"}, {"责任人": "李四"}),
)
def responsibility_is_not_everybody_s(case: Case) -> Iterator[Fault]:
    """责任应落实到具体的单位和人，不能写“各科室”“相关部门”“全体班子成员”。"""
    typed = case.row.typed
    for code in ("lead_unit", "co_units", "lead_leader", "owner"):
        found = _VAGUE.search(typed[code]) if code in typed else None
        if found and not (case.before and code in ("lead_unit", "co_units")):
            header = BY_CODE[code].header
            yield Fault(
                code,
                f"{header}写作“{typed[code]}”，责任没有落实到具体对象。",
                f"请写明{header}的具体名称。",
            )


@row_rule(
    "U104",
    Severity.WARNING,
    bad=({"责任人": "规划建设局"}, {"责任人": "质量安全科"}, {"牵头领导": "财政金融局"}),
    good=({"责任人": "李四"}, {"责任人": "欧阳局"}),
    silenced_by=("U103",),
)
def owner_is_a_person(case: Case) -> Iterator[Fault]:
    """牵头领导、责任人应写姓名，不能写单位。"""
    for code in ("lead_leader", "owner"):
        text = getattr(case.item, code)
        if (
            len(text) >= 4
            and text.endswith(_UNIT_ENDS)
            and not any(mark in text for mark in _PARTED)
        ):
            header = BY_CODE[code].header
            yield Fault(code, f"{header}写作“{text}”，是单位而不是人。", f"请填写{header}的姓名。")


_UNIT_ENDS = (
    "局",
    "办",
    "委",
    "科",
    "处",
    "室",
    "中心",
    "公司",
    "支队",
    "大队",
    "部门",
    "支部",
    "分局",
    "街道",
    "单位",
)
_PARTED = (" ", "、", "，", "：", ":", "（", "(", "\n", "/")


@row_rule(
    "U105",
    Severity.WARNING,
    bad=({"牵头单位": "规划建设局", "配合单位": "规划建设局、财政金融局"},),
    good=({"牵头单位": "规划建设局", "配合单位": "财政金融局"},),
    needs=("co_units",),
)
def lead_unit_does_not_assist_itself(case: Case) -> Iterator[Fault]:
    """牵头单位不应同时是配合单位。"""
    if case.item.lead_unit in case.item.co_units:
        yield Fault(
            "co_units",
            f"{case.item.lead_unit}既是牵头单位，又是配合单位。",
            f"配合单位写成“{'、'.join(u for u in case.item.co_units if u != case.item.lead_unit) or '无'}”。",
        )
