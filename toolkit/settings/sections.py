"""The sections of 设置.xlsx: each setting with its Chinese name, kind, explanation and example."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from toolkit.ledger.period import Cycle
from toolkit.ledger.status import WORDS, Status, normal_word
from toolkit.settings.fields import Section, setting
from toolkit.settings.kinds import (
    Clock,
    Day,
    FontName,
    Member,
    Misfit,
    OneOf,
    StatusWord,
    Text,
    WholeNumber,
    YesNo,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator


WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
SAMPLE_MARK = "样例数据，纯属虚构"
_TEXT, _YES_NO, _DAY, _FONT = Text(), YesNo(), Day(), FontName()
_DAYS, _WEIGHT = WholeNumber(1, 365), WholeNumber(0, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Section):
    """The rectification task: who was inspected by whom, and when."""

    sheet: ClassVar[str] = "任务"
    issuer: str = setting(
        "发文机关", _TEXT, "发文机关全称，印在标题和落款", "中共××工作委员会", printed=True
    )
    issuer_short: str = setting("发文机关简称", _TEXT, "正文中的简称", "××党工委", printed=True)
    superior: str = setting("上级党组织", _TEXT, "部署巡察的党组织", "澜州市委", printed=True)
    inspector: str = setting("巡察组", _TEXT, "巡察组名称", "澜州市委第三巡察组", printed=True)
    round_name: str = setting("巡察轮次", _TEXT, "届次和轮次", "八届市委第六轮", printed=True)
    inspected_from: dt.date | None = setting(
        "巡察起", _DAY, "巡察开始日期", "2025-10-13", printed=True, default=None
    )
    inspected_to: dt.date | None = setting(
        "巡察止", _DAY, "巡察结束日期", "2025-12-19", printed=True, default=None
    )
    feedback_on: dt.date | None = setting(
        "反馈日期",
        _DAY,
        "反馈巡察意见的日期；没有写年份的时限、“×个月内”从这一天推算",
        "2026-01-16",
        printed=True,
        default=None,
    )
    phase_end: dt.date | None = setting(
        "集中整改期截止", _DAY, "集中整改期的最后一天", "2026-07-16", printed=False, default=None
    )
    immediate_days: int = setting(
        "立行立改天数",
        _DAYS,
        "“立行立改”自反馈之日起按多少天计算到期",
        "30",
        printed=False,
        default=30,
    )
    sample: bool = setting(
        "样例标记",
        _YES_NO,
        f"填“是”时，所有成果注明“{SAMPLE_MARK}”；正式使用填“否”",
        "否",
        printed=False,
        default=False,
    )

    @property
    def mark(self) -> str:
        """What every output says under its title where the task is invented; "" for a real one."""
        return f"（{SAMPLE_MARK}）" if self.sample else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lights(Section):
    """When a light turns yellow."""

    sheet: ClassVar[str] = "阈值"
    soon_days: int = setting(
        "临期天数", WholeNumber(0, 365), "距到期多少天以内亮黄灯", "10", printed=False, default=10
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching(Section):
    """When two wordings are one problem."""

    sheet: ClassVar[str] = "阈值"
    likeness: int = setting(
        "文字相似度",
        WholeNumber(50, 100),
        "没有编号的问题，文字与台账库相似到多少（50—100）即认作同一问题，首次认定时提请核对",
        "90",
        printed=False,
        default=90,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates(Section):
    """How rates are counted and printed."""

    sheet: ClassVar[str] = "阈值"
    phased_counts_as_done: bool = setting(
        "阶段性完成计入完成率",
        _YES_NO,
        "默认“否”：完成率＝{DONE}÷总数",
        "否",
        printed=False,
        default=False,
    )
    decimals: int = setting(
        "完成率小数位",
        WholeNumber(0, 4),
        "百分数保留几位小数（0—4），四舍五入",
        "2",
        printed=False,
        default=2,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores(Section):
    """What the quality score of a unit weighs, in parts of their sum."""

    sheet: ClassVar[str] = "阈值"
    clean: int = setting(
        "质量得分：无错误",
        _WEIGHT,
        "各单位质量得分中，“没有错误的问题占比”的权重",
        "60",
        printed=False,
        default=60,
    )
    returned: int = setting(
        "质量得分：按期报送", _WEIGHT, "“本期已报送”的权重", "20", printed=False, default=20
    )
    substance: int = setting(
        "质量得分：内容充实",
        _WEIGHT,
        "“进展情况有数据、时间或文件名称”的权重",
        "20",
        printed=False,
        default=20,
    )


def _word(status: Status, meaning: str) -> str:
    """The office's word for a status; the word of the standard is its name, its example and its default."""
    word = WORDS[status]
    return setting(word, StatusWord(status), meaning, word, printed=True, default=word)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words(Section):
    """The word that papers print for each status; every locality has its own."""

    sheet: ClassVar[str] = "用语"
    not_started: str = _word(Status.NOT_STARTED, "尚未采取行动")
    in_progress: str = _word(Status.IN_PROGRESS, "正在推进、尚未到位")
    phased: str = _word(Status.PHASED, "主要措施已落实，后续持续推进")
    done: str = _word(Status.DONE, "措施全部落实，有佐证")
    standing: str = _word(Status.STANDING, "没有终点的长期任务")

    def of(self, status: Status) -> str:
        """The printed word of a status."""
        return str(getattr(self, status.value))

    def clashes(self) -> Iterator[tuple[str, Misfit]]:
        """Words that two statuses share; of two the one that the office has changed is named."""
        first: dict[str, Status] = {}
        for status in sorted(Status, key=lambda status: self.of(status) != WORDS[status]):
            word = normal_word(self.of(status))
            if word in first:
                other = WORDS[first[word]]
                yield status.value, Misfit(f"与“{other}”的用语相同", "请换一个词，五个状态各用一个")
            first.setdefault(word, status)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiving(Section):
    """What opens the files that come in."""

    sheet: ClassVar[str] = "收件"
    passwords: str = setting(
        "通用打开密码",
        _TEXT,
        "打开加密工作簿和压缩包用的密码，多个以空格分隔；某单位专用的写在“单位”表",
        "zg2026",
        printed=False,
    )
    self_check: bool = setting(
        "自有版式带自检",
        _YES_NO,
        "有自己台账版式的单位：默认“否”，下发和退回都在原版式里照写；填“是”则改用工具箱的版式，右侧带“自检”栏",
        "否",
        printed=False,
        default=False,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule(Section):
    """When the weekly round runs by itself."""

    sheet: ClassVar[str] = "运行时间"
    weekday: str = setting(
        "星期",
        OneOf(WEEKDAYS, "星期几"),
        "每周哪一天运行",
        "星期五",
        printed=False,
        default="星期五",
    )
    time: str = setting(
        "时刻", Clock(), "几点运行（24小时制，时:分）", "16:30", printed=False, default="16:30"
    )
    cycle: Cycle = setting(
        "报送周期",
        Member(Cycle, "报送周期"),
        "周、半月、月、季、每次；同一周期内多次运行算同一期，周以上面的星期为截止日",
        "周",
        printed=False,
        default=Cycle.WEEK,
    )
