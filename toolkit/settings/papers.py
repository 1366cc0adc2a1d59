"""The sections of 设置.xlsx about papers: what they carry besides the ledger, their fonts, and the letters to units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from toolkit.settings.fields import Section, setting
from toolkit.settings.kinds import Day, FontName, Member, Text, WholeNumber, YesNo

if TYPE_CHECKING:
    import datetime as dt

    from toolkit.ledger.letter import LetterKind

_TEXT, _YES_NO, _DAY, _FONT, _DAYS = Text(), YesNo(), Day(), FontName(), WholeNumber(1, 365)


class Skeleton(StrEnum):
    """How a notice is built: what parts it has, and how an item is told in it."""

    THREE_PARTS = "三段式"
    DUTY = "主体责任式"
    STATUS = "逐项状态式"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Section):
    """What the papers carry besides the ledger, and the fonts of the house."""

    sheet: ClassVar[str] = "公文要素"
    mark: str = setting(
        "发文机关标志",
        _TEXT,
        "红头上的名称，如“××党工委文件”；签发后的通报按此加印红头和版记，留空则不印红头",
        "云泽高新区党工委文件",
        printed=False,
    )
    doc_no: str = setting(
        "文号", _TEXT, "发文字号；签发后才编，起草时留空", "云党工通〔2026〕12号", printed=False
    )
    main_to: str = setting("主送", _TEXT, "主送机关；公开通报可留空", "各单位", printed=False)
    cc: str = setting("抄送", _TEXT, "抄送机关", "市委巡察办", printed=False)
    phone: str = setting("电话", _TEXT, "接受监督的联系电话", "0000-1234567", printed=True)
    email: str = setting(
        "电子邮箱", _TEXT, "接受监督的电子邮箱", "xczg@example.gov.cn", printed=True
    )
    address: str = setting("邮政信箱", _TEXT, "通信地址", "××市××区××路1号", printed=True)
    postcode: str = setting("邮政编码", _TEXT, "六位邮政编码", "000000", printed=True)
    printed_by: str = setting("印发机关", _TEXT, "版记中的印发机关", "××党政办公室", printed=False)
    secrecy: str = setting("密级", _TEXT, "密级和保密期限；没有的留空", "秘密★1年", printed=False)
    urgency: str = setting("紧急程度", _TEXT, "特急、加急；没有的留空", "加急", printed=False)
    openness: str = setting(
        "公开属性", _TEXT, "主动公开、依申请公开、不予公开、党内公开", "党内公开", printed=False
    )
    drafting_office: str = setting(
        "拟稿部门", _TEXT, "起草公文的部门", "整改工作领导小组办公室", printed=False
    )
    drafter: str = setting("拟稿人", _TEXT, "起草公文的人", "（姓名）", printed=False)
    copies: str = setting("印制份数", _TEXT, "印发多少份", "60", printed=False)
    skeleton: Skeleton = setting(
        "通报体例",
        Member(Skeleton, "已有的体例"),
        "三段式（组织领导、逐项整改、下一步）、主体责任式（履行主体责任、任务落实）、逐项状态式（逐项写反馈问题、整改状态、整改情况）",
        "三段式",
        printed=False,
        default=Skeleton.THREE_PARTS,
    )
    withheld: str = setting(
        "不公开的问题",
        _TEXT,
        "公开稿中不出现的问题编号，以顿号分隔；须经领导小组批准",
        "3-2、5-1",
        printed=False,
    )
    masks_leaders: bool = setting(
        "公开稿隐去领导姓名",
        _YES_NO,
        "填“是”时，公开稿中牵头领导的姓名也隐去",
        "否",
        printed=False,
        default=False,
    )
    hidden_words: str = setting(
        "公开稿隐去",
        _TEXT,
        "公开稿中一律隐去的词，以顿号分隔",
        "二号地块、青禾计划",
        printed=False,
    )
    kept_words: str = setting(
        "公开稿保留",
        _TEXT,
        "公开稿中不隐去的名称、号码，以顿号分隔；公布的办事电话、公共机构名称写在这里",
        "城西市民服务中心",
        printed=False,
    )
    issue_date: dt.date | None = setting(
        "成文日期", _DAY, "留空时用截至日期", "2026-06-19", printed=False, default=None
    )
    font_title: str = setting(
        "标题字体",
        _FONT,
        "公文标题（2号）",
        "方正小标宋简体",
        printed=False,
        default="方正小标宋简体",
    )
    font_heading1: str = setting(
        "一级标题字体", _FONT, "“一、”", "黑体", printed=False, default="黑体"
    )
    font_heading2: str = setting(
        "二级标题字体", _FONT, "“（一）”", "楷体_GB2312", printed=False, default="楷体_GB2312"
    )
    font_body: str = setting(
        "正文字体",
        _FONT,
        "正文和三、四级标题（3号）",
        "仿宋_GB2312",
        printed=False,
        default="仿宋_GB2312",
    )
    font_page: str = setting(
        "页码字体", _FONT, "页码（4号）", "宋体", printed=False, default="宋体"
    )

    @property
    def fonts(self) -> tuple[str, ...]:
        """Every font that a paper names."""
        return tuple(
            getattr(self, name)
            for name, entry in self.entries().items()
            if isinstance(entry.kind, FontName)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters(Section):
    """When and how units are reminded, urged and warned."""

    sheet: ClassVar[str] = "函件"
    wanted: bool = setting(
        "出具函件",
        _YES_NO,
        "填“是”时，每期按临期、逾期情况生成提醒函、督办函、告诫书",
        "是",
        printed=False,
        default=True,
    )
    sender: str = setting(
        "函件落款",
        _TEXT,
        "印在函件上方和落款处的名称",
        "云泽高新区党工委巡察整改工作领导小组办公室",
        printed=False,
    )
    remind_prefix: str = setting(
        "提醒函字号",
        _TEXT,
        "机关代字，后面自动加年份和序号",
        "整改提",
        printed=False,
        default="整改提",
    )
    urge_prefix: str = setting(
        "督办函字号",
        _TEXT,
        "机关代字，后面自动加年份和序号",
        "整改督",
        printed=False,
        default="整改督",
    )
    warn_prefix: str = setting(
        "告诫书字号",
        _TEXT,
        "机关代字，后面自动加年份和序号",
        "整改诫",
        printed=False,
        default="整改诫",
    )
    warn_days: int = setting(
        "告诫逾期天数",
        _DAYS,
        "督办后仍未复函、逾期超过多少天的，或督办两次未复函的，应予告诫",
        "30",
        printed=False,
        default=30,
    )
    remind_days: str = setting(
        "提醒节点",
        _TEXT,
        "距到期多少天时各提醒一次，以顿号分隔",
        "20、10、0",
        printed=False,
        default="20、10、0",
    )
    copies_leader: bool = setting(
        "函件抄送牵头领导",
        _YES_NO,
        "填“是”时，提醒函、督办函注明抄送牵头领导",
        "是",
        printed=False,
        default=True,
    )
    writes_warnings: bool = setting(
        "自动出具告诫书",
        _YES_NO,
        "填“否”时，需要告诫的只在运行说明中提出建议，由整改办决定",
        "否",
        printed=False,
        default=False,
    )
    gap_days: int = setting(
        "发函间隔天数",
        WholeNumber(0, 365),
        "同一问题多少天内不重复发函（升级的除外）",
        "7",
        printed=False,
        default=7,
    )
    reply_days: int = setting(
        "反馈天数", WholeNumber(1, 60), "要求单位在多少天内反馈", "5", printed=False, default=5
    )

    @property
    def remind_steps(self) -> tuple[int, ...]:
        """The days before a deadline at which a unit is reminded, farthest first."""
        days = re.findall(r"\d+", self.remind_days)
        return tuple(sorted({int(day) for day in days}, reverse=True))

    def prefix_of(self, kind: LetterKind) -> str:
        """The 机关代字 of a rung."""
        return str(getattr(self, f"{kind.value}_prefix"))
