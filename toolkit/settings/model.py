"""设置.xlsx as one frozen, typed model: its sheets, its reading, its faults and its reference page are derived from it.

Each field carries its Chinese name, an explanation and an example; a field's annotation says what may stand there.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from toolkit.ledger.dates import chinese_date
from toolkit.ledger.deadlines import Anchors
from toolkit.ledger.finding import Severity
from toolkit.ledger.period import Cycle
from toolkit.ledger.readers import Context
from toolkit.ledger.status import WORDS, Status
from toolkit.ledger.text import clean, normal_heading
from toolkit.ledger.units import Directory, Unit
from toolkit.settings.calendar import shipped_calendar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.ledger.calendar import Calendar
    from toolkit.ledger.letter import LetterKind


WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
MISSING = "【请在设置中填写：{}】"
SAMPLE_MARK = "样例数据，纯属虚构"


def setting(name: str, explanation: str, example: str = "", default: Any = "") -> Any:
    """A field of the settings: its Chinese name, what it is for, and an example."""
    return field(
        default=default, metadata={"name": name, "explanation": explanation, "example": example}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """The rectification task: who was inspected by whom, and when."""

    sheet: ClassVar[str] = "任务"
    issuer: str = setting("发文机关", "发文机关全称，印在标题和落款", "中共××工作委员会")
    issuer_short: str = setting("发文机关简称", "正文中的简称", "××党工委")
    superior: str = setting("上级党组织", "部署巡察的党组织", "澜州市委")
    inspector: str = setting("巡察组", "巡察组名称", "澜州市委第三巡察组")
    round_name: str = setting("巡察轮次", "届次和轮次", "八届市委第六轮")
    inspected_from: dt.date | None = setting("巡察起", "巡察开始日期", "2025-10-13", None)
    inspected_to: dt.date | None = setting("巡察止", "巡察结束日期", "2025-12-19", None)
    feedback_on: dt.date | None = setting(
        "反馈日期",
        "反馈巡察意见的日期；没有写年份的时限、“×个月内”从这一天推算",
        "2026-01-16",
        None,
    )
    phase_end: dt.date | None = setting(
        "集中整改期截止", "集中整改期的最后一天", "2026-07-16", None
    )
    immediate_days: int = setting(
        "立行立改天数", "“立行立改”自反馈之日起按多少天计算到期", "30", 30
    )
    sample: bool = setting(
        "样例标记", f"填“是”时，所有成果注明“{SAMPLE_MARK}”；正式使用填“否”", "否", default=False
    )

    @property
    def mark(self) -> str:
        """What every output says under its title where the task is invented; "" for a real one."""
        return f"（{SAMPLE_MARK}）" if self.sample else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lights:
    """When a light turns yellow."""

    sheet: ClassVar[str] = "阈值"
    soon_days: int = setting("临期天数", "距到期多少天以内亮黄灯", "10", 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """When two wordings are one problem."""

    sheet: ClassVar[str] = "阈值"
    likeness: int = setting(
        "文字相似度",
        "没有编号的问题，文字与台账库相似到多少（50—100）即认作同一问题，首次认定时提请核对",
        "90",
        90,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """How rates are counted and printed."""

    sheet: ClassVar[str] = "阈值"
    phased_counts_as_done: bool = setting(
        "阶段性完成计入完成率", "默认“否”：完成率＝已完成÷总数", "否", default=False
    )
    decimals: int = setting("完成率小数位", "百分数保留几位小数（0—4），四舍五入", "2", 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What the quality score of a unit weighs, in parts of their sum."""

    sheet: ClassVar[str] = "阈值"
    clean: int = setting(
        "质量得分：无错误", "各单位质量得分中，“没有错误的问题占比”的权重", "60", 60
    )
    returned: int = setting("质量得分：按期报送", "“本期已报送”的权重", "20", 20)
    substance: int = setting(
        "质量得分：内容充实", "“进展情况有数据、时间或文件名称”的权重", "20", 20
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The word that papers print for each status; every locality has its own."""

    sheet: ClassVar[str] = "用语"
    not_started: str = setting("未启动", "尚未采取行动", "未启动", WORDS[Status.NOT_STARTED])
    in_progress: str = setting(
        "正在整改", "正在推进、尚未到位", "正在整改", WORDS[Status.IN_PROGRESS]
    )
    phased: str = setting(
        "阶段性完成", "主要措施已落实，后续持续推进", "阶段性完成", WORDS[Status.PHASED]
    )
    done: str = setting("已完成", "措施全部落实，有佐证", "已完成", WORDS[Status.DONE])
    standing: str = setting("长期坚持", "没有终点的长期任务", "长期坚持", WORDS[Status.STANDING])

    def of(self, status: Status) -> str:
        """The printed word of a status."""
        return str(getattr(self, status.value))


class Skeleton(StrEnum):
    """How a notice is built: what parts it has, and how an item is told in it."""

    THREE_PARTS = "三段式"
    DUTY = "主体责任式"
    STATUS = "逐项状态式"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What the papers carry besides the ledger, and the fonts of the house."""

    sheet: ClassVar[str] = "公文要素"
    mark: str = setting(
        "发文机关标志",
        "红头上的名称，如“××党工委文件”；签发后的通报按此加印红头和版记，留空则不印红头",
        "云泽高新区党工委文件",
    )
    doc_no: str = setting("文号", "发文字号；签发后才编，起草时留空", "云党工通〔2026〕12号")
    main_to: str = setting("主送", "主送机关；公开通报可留空", "各单位")
    cc: str = setting("抄送", "抄送机关", "市委巡察办")
    phone: str = setting("电话", "接受监督的联系电话", "0000-1234567")
    email: str = setting("电子邮箱", "接受监督的电子邮箱", "xczg@example.gov.cn")
    address: str = setting("邮政信箱", "通信地址", "××市××区××路1号")
    postcode: str = setting("邮政编码", "六位邮政编码", "000000")
    printed_by: str = setting("印发机关", "版记中的印发机关", "××党政办公室")
    secrecy: str = setting("密级", "密级和保密期限；没有的留空", "秘密★1年")
    urgency: str = setting("紧急程度", "特急、加急；没有的留空", "加急")
    openness: str = setting("公开属性", "主动公开、依申请公开、不予公开、党内公开", "党内公开")
    drafting_office: str = setting("拟稿部门", "起草公文的部门", "整改工作领导小组办公室")
    drafter: str = setting("拟稿人", "起草公文的人", "（姓名）")
    copies: str = setting("印制份数", "印发多少份", "60")
    skeleton: Skeleton = setting(
        "通报体例",
        "三段式（组织领导、逐项整改、下一步）、主体责任式（履行主体责任、任务落实）、逐项状态式（逐项写反馈问题、整改状态、整改情况）",
        "三段式",
        Skeleton.THREE_PARTS,
    )
    withheld: str = setting(
        "不公开的问题", "公开稿中不出现的问题编号，以顿号分隔；须经领导小组批准", "3-2、5-1"
    )
    masks_leaders: bool = setting(
        "公开稿隐去领导姓名", "填“是”时，公开稿中牵头领导的姓名也隐去", "否", default=False
    )
    issue_date: dt.date | None = setting("成文日期", "留空时用截至日期", "2026-06-19", None)
    font_title: str = setting("标题字体", "公文标题（2号）", "方正小标宋简体", "方正小标宋简体")
    font_heading1: str = setting("一级标题字体", "“一、”", "黑体", "黑体")
    font_heading2: str = setting("二级标题字体", "“（一）”", "楷体_GB2312", "楷体_GB2312")
    font_body: str = setting("正文字体", "正文和三、四级标题（3号）", "仿宋_GB2312", "仿宋_GB2312")
    font_page: str = setting("页码字体", "页码（4号）", "宋体", "宋体")

    @property
    def fonts(self) -> tuple[str, ...]:
        """Every font that a paper names."""
        return tuple(
            getattr(self, entry.name) for entry in fields(self) if entry.name.startswith("font_")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """When and how units are reminded, urged and warned."""

    sheet: ClassVar[str] = "函件"
    wanted: bool = setting(
        "出具函件", "填“是”时，每期按临期、逾期情况生成提醒函、督办函、告诫书", "是", default=True
    )
    sender: str = setting(
        "函件落款", "印在函件上方和落款处的名称", "云泽高新区党工委巡察整改工作领导小组办公室"
    )
    remind_prefix: str = setting("提醒函字号", "机关代字，后面自动加年份和序号", "整改提", "整改提")
    urge_prefix: str = setting("督办函字号", "机关代字，后面自动加年份和序号", "整改督", "整改督")
    warn_prefix: str = setting("告诫书字号", "机关代字，后面自动加年份和序号", "整改诫", "整改诫")
    warn_days: int = setting(
        "告诫逾期天数", "逾期超过多少天，或督办两次仍未完成的，改发告诫书", "30", 30
    )
    gap_days: int = setting("发函间隔天数", "同一问题多少天内不重复发函（升级的除外）", "7", 7)
    reply_days: int = setting("反馈天数", "要求单位在多少天内反馈", "5", 5)

    def prefix_of(self, kind: LetterKind) -> str:
        """The 机关代字 of a rung."""
        return str(getattr(self, f"{kind.value}_prefix"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiving:
    """What opens the files that come in."""

    sheet: ClassVar[str] = "收件"
    passwords: str = setting(
        "通用打开密码",
        "打开加密工作簿和压缩包用的密码，多个以空格分隔；某单位专用的写在“单位”表",
        "zg2026",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When the weekly round runs by itself."""

    sheet: ClassVar[str] = "运行时间"
    weekday: str = setting("星期", "每周哪一天运行", "星期五", "星期五")
    time: str = setting("时刻", "几点运行（24小时制，时:分）", "16:30", "16:30")
    cycle: Cycle = setting(
        "报送周期",
        "周、半月、月、季、每次；同一周期内多次运行算同一期，周以上面的星期为截止日",
        "周",
        Cycle.WEEK,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of one workspace."""

    task: Task = field(default_factory=Task)
    units: tuple[Unit, ...] = ()
    lights: Lights = field(default_factory=Lights)
    matching: Matching = field(default_factory=Matching)
    rates: Rates = field(default_factory=Rates)
    scores: Scores = field(default_factory=Scores)
    words: Words = field(default_factory=Words)
    document: Document = field(default_factory=Document)
    letters: Letters = field(default_factory=Letters)
    receiving: Receiving = field(default_factory=Receiving)
    schedule: Schedule = field(default_factory=Schedule)
    headings: tuple[HeadingChoice, ...] = ()
    rules: tuple[RuleChoice, ...] = ()
    calendar: Calendar = field(default_factory=shipped_calendar)

    @property
    def digest(self) -> str:
        """SHA-256 over what the settings mean (hex): which settings a state was made with.

        Questions that are still open, and where things stand in the workbook, mean nothing.
        """
        meant = {
            **{name: _plain(getattr(self, name)) for name in SECTIONS},
            "units": [_plain(unit) for unit in self.units],
            "headings": dict(sorted(self.remembered.items())),
            "rules": sorted(
                [rule.code, rule.level, rule.parameter, rule.value] for rule in self.rules
            ),
        }
        text = json.dumps(meant, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def anchors(self) -> Anchors:
        """What relative deadlines count from."""
        task = self.task
        return Anchors(task.feedback_on, task.phase_end, task.immediate_days, self.calendar)

    @property
    def context(self) -> Context:
        """What the reading of cells needs to know."""
        words = {clean(self.words.of(status)): status for status in reversed(Status)}
        return Context(Directory(self.units), self.anchors, MappingProxyType(words))

    @property
    def remembered(self) -> Mapping[str, str]:
        """Normalised heading → column code ("" where the office decided not to read it); open questions left out."""
        return {
            normal_heading(choice.text): choice.code for choice in self.headings if choice.decided
        }

    def passwords_for(self, file: str) -> tuple[str, ...]:
        """Every known password, most likely first: of the unit that the file's name names, the common ones, the others."""
        named = [
            unit for unit in self.units if any(word in file for word in (unit.name, *unit.aliases))
        ]
        units = [
            unit.password for unit in (*named, *(unit for unit in self.units if unit not in named))
        ]
        common = self.receiving.passwords.split()
        return tuple(
            dict.fromkeys(
                word for word in (*units[: len(named)], *common, *units[len(named) :]) if word
            )
        )

    def with_units(self, units: tuple[Unit, ...]) -> Settings:
        """The same settings with this list of units."""
        return replace(self, units=units)

    def placeholders(self) -> dict[str, str]:
        """Chinese name → text, for Word templates; what is not filled in stands as 【请在设置中填写：…】."""
        texts = {
            name: _for_paper(getattr(section, entry.name)) or MISSING.format(name)
            for section in (self.task, self.document)
            for entry in fields(section)
            if (name := entry.metadata["name"]) not in _NOT_PRINTED
        }
        return {
            **texts,
            "巡察时间": chinese_period(self.task.inspected_from, self.task.inspected_to),
        }


# Settings that steer the toolkit and stand in no paper.
_NOT_PRINTED = frozenset(
    {
        "立行立改天数",
        "样例标记",
        "集中整改期截止",
        "成文日期",
        "文号",
        "主送",
        "抄送",
        "印发机关",
        "发文机关标志",
        "通报体例",
        "不公开的问题",
        "公开稿隐去领导姓名",
        "密级",
        "紧急程度",
        "公开属性",
        "拟稿部门",
        "拟稿人",
        "印制份数",
    }
    | {entry.metadata["name"] for entry in fields(Document) if entry.name.startswith("font_")}
)
SECTIONS: Mapping[str, Any] = {
    entry.name: kind
    for entry, kind in zip(
        [
            entry
            for entry in fields(Settings)
            if entry.name not in ("units", "headings", "rules", "calendar")
        ],
        (Task, Lights, Matching, Rates, Scores, Words, Document, Letters, Receiving, Schedule),
        strict=True,
    )
}


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


def _plain(section: Any) -> dict[str, Any]:
    return {entry.name: getattr(section, entry.name) for entry in fields(section)}


def chinese_period(first: dt.date | None, last: dt.date | None) -> str:
    """2025年10月13日至12月19日: the year is said once where it is the same."""
    begins = chinese_date(first) if first else MISSING.format("巡察起")
    ends = chinese_date(last) if last else MISSING.format("巡察止")
    same_year = first and last and first.year == last.year
    return f"{begins}至{ends.partition('年')[2] if same_year else ends}"


def _for_paper(value: object) -> str:
    if value is None:
        return ""
    return chinese_date(value) if isinstance(value, dt.date) else str(value)
