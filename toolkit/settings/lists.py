"""The sheets of 设置.xlsx that are lists, a row an entry: 单位, 表头对照, 校验规则."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.ledger.finding import Severity

if TYPE_CHECKING:
    from toolkit.ledger.status import Status


@dataclass(frozen=True, slots=True)
class UnitColumn:
    """One column of the sheet 单位."""

    attribute: str
    name: str
    explanation: str
    example: str


UNITS_SHEET = "单位"
UNIT_COLUMNS = (
    UnitColumn("name", "单位全称", "印在各处的名称", "规划建设局"),
    UnitColumn("aliases", "简称与别名", "简称、别名、旧名，以顿号分隔", "规建局、规划局"),
    UnitColumn("lead_leader", "牵头领导", "联系该单位的领导", "（姓名）"),
    UnitColumn("liaison", "联络员", "报送台账的人", "（姓名）"),
    UnitColumn("phone", "联系电话", "联络员电话", "0000-1234567"),
    UnitColumn("password", "打开密码", "该单位报送件的打开密码，没有则留空", ""),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingChoice:
    """What the office decided about a heading that the toolkit could not place; `decided` is False for an open question."""

    text: str
    code: str = ""
    decided: bool = False
    seen_in: str = ""


HEADINGS_SHEET, NOT_READ = "表头对照", "不读取"
HEADING_COLUMNS = (
    ("表头原文", "报送件中的表头，原样填写"),
    ("标准栏目", "从下拉列表中选择它是哪个栏目；不需要读取的选“不读取”；留空表示尚未确定"),
    ("首次见于", "首次出现在哪个文件"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChoice:
    """What the office says that a written status means; None where it has not said so, or means none (`decided`)."""

    text: str
    status: Status | None = None
    decided: bool = False
    seen_in: str = ""


STATUSES_SHEET, NO_STATUS = "状态对照", "不是状态"
STATUS_COLUMNS = (
    ("状态原文", "报送件中写的状态，原样填写"),
    ("整改状态", "从下拉列表中选择它是哪个整改状态；不是整改状态的选“不是状态”；留空表示尚未确定"),
    ("首次见于", "首次出现在哪个文件"),
)
FORM_SHEET, OWN_COLUMN, UNSURE = "栏目", "自有栏目", "待确认"
FORM_COLUMNS = (
    ("表头", "台账里的表头，几行的表头从上到下以／相连；下发的台账按它印"),
    ("对应栏目", "从下拉列表中选择它是哪个标准栏目；不是标准栏目的选“自有栏目”，原样保留"),
    ("谁填", "整改办填写的，还是责任单位填写的"),
    ("内容", "自有栏目里填什么：按此核对；金额、数字可以合计"),
    ("必填", "自有栏目是否必须填写：是、否"),
    ("选项", "内容是“选项”的，写明可以填的词，以顿号分隔；不写则不限"),
    ("合计", "自有栏目是否按全部、单位、牵头领导合计：是、否"),
    ("公开", "自有栏目的内容可否出现在公开的材料里：是、否"),
    ("状态", "写着“待确认”的是工具箱的推断，核对（或改正）后清空"),
    ("原表头", "这一栏最初的表头，内容按它保存；表头改了字，这里不要改"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChoice:
    """What the office chose for one rule: its level (a severity's word, 停用, or "" as delivered), one parameter's value.

    `place` is the cell, for a fault; what codes and parameters exist is known to `toolkit.checks`.
    """

    code: str
    level: str = ""
    parameter: str = ""
    value: str = ""
    place: str = field(default="", compare=False)


RULES_SHEET, OFF = "校验规则", "停用"
LEVELS = (*(severity.word for severity in Severity), OFF)
RULE_COLUMNS = (
    ("规则", "规则编号，请勿改动"),
    ("默认级别", "工具箱的默认级别，请勿改动"),
    ("级别改为", "从下拉列表中选择：错误、提醒、说明、停用；留空即按默认级别"),
    ("参数", "该规则可以调整的参数，请勿改动；没有参数的规则留空"),
    ("默认值", "参数的默认值，请勿改动"),
    ("参数改为", "参数的新值，多个词以顿号分隔；留空即按默认值"),
    ("说明", "规则的含义，参数的含义"),
    ("不合格的例子", "会被指出的填法"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """One row of the sheet 校验规则: a rule, or a further parameter of the one above (`level` is "" then)."""

    code: str
    level: str
    parameter: str = ""
    default: str = ""
    explanation: str = ""
    example: str = ""
