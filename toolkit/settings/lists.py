"""The sheets of 设置.xlsx that are lists, a row an entry: 单位, 表头对照, 校验规则."""

from __future__ import annotations

from dataclasses import dataclass, field

from toolkit.ledger.finding import Severity


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
