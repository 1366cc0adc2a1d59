"""The prose that a fresh 通报.docx carries until the office writes its own: true of any office, no number invented."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.ledger.status import WORDS
from toolkit.papers.prose_template import Prose
from toolkit.settings.papers import Skeleton

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DEFAULT = Prose(
    title="{{发文机关}}关于{{巡察轮次}}巡察整改进展情况的通报",
    opening=(
        "根据{{上级党组织}}统一部署，{{巡察时间}}，{{巡察组}}对{{发文机关}}（以下简称“{{发文机关简称}}”）开展了巡察。"
        "{{反馈日期}}，{{巡察组}}反馈了巡察意见。按照党务公开原则和巡察工作有关要求，现将截至{{截至日期}}的整改进展情况予以公布。"
    ),
    part1_heading="一、坚决扛起巡察整改政治责任",
    part1=(
        (
            "提高政治站位，压实整改主体责任。",
            (
                "{{发文机关简称}}把巡察整改作为重大政治任务，召开专题会议研究部署，成立巡察整改工作领导小组，"
                "逐项明确牵头领导、牵头单位、责任人和完成时限。"
            ),
        ),
        (
            "坚持对账销号，确保整改任务落地。",
            (
                "对巡察反馈的问题逐条细化，形成整改台账，共有{{问题总数}}个问题、{{措施数}}条整改措施。截至{{截至日期}}，"
                "{{已完成}}{{已完成数}}个，{{阶段性完成}}{{阶段性完成数}}个，{{正在整改}}{{正在整改数}}个，"
                "{{长期坚持}}{{长期坚持数}}个，{{未启动}}{{未启动数}}个。"
            ),
        ),
        (
            "坚持标本兼治，健全完善长效机制。",
            "坚持整改当下与着眼长远相结合，已建立和修订制度{{制度数}}项。",
        ),
    ),
    part2_heading="二、逐条逐项落实整改，推动反馈问题见底见效",
    part3_heading="三、下一步工作计划",
    part3_intro="{{发文机关简称}}将持续抓好后续整改，确保巡察反馈的问题全部整改到位。",
    part3=(
        (
            "强化理论武装。",
            "持续深入学习贯彻党的创新理论，把学习成效转化为抓好整改、推动发展的实际行动。",
        ),
        (
            "狠抓分类施策。",
            "对{{已完成}}的问题适时开展“回头看”，防止反弹；对{{正在整改}}的问题紧盯时限、跟踪督办；对需要{{长期坚持}}的问题常抓不懈、久久为功。",
        ),
        (
            "深化成果运用。",
            "把巡察整改与日常监督、深化改革、干部队伍建设结合起来，以整改实效推动高质量发展。",
        ),
    ),
    contact=(
        "欢迎广大党员干部群众对巡察整改落实情况进行监督。如有意见建议，请及时向我们反映。"
        "联系方式：电话{{电话}}；电子邮箱：{{电子邮箱}}；邮政信箱：{{邮政信箱}}；邮政编码：{{邮政编码}}。"
    ),
)

_CONTACT = DEFAULT.contact
_NEXT = DEFAULT.part3
# 履行主体责任 and 任务落实, as notices of the years 2024 and 2025 are built.
DUTY = Prose(
    title=DEFAULT.title,
    opening=DEFAULT.opening,
    part1_heading="一、履行巡察整改主体责任情况",
    part1=(
        (
            "党组织履行整改主体责任情况。",
            "{{发文机关简称}}坚决扛起巡察整改主体责任，成立巡察整改工作领导小组，制定整改方案，逐项明确牵头领导、牵头单位和完成时限。",
        ),
        (
            "主要负责人履行第一责任人职责情况。",
            "主要负责人带头领办整改任务，定期听取整改进展情况汇报，协调解决整改中的困难和问题。",
        ),
        (
            "班子其他成员履行“一岗双责”情况。",
            "班子成员对照分工认领整改任务，督促分管单位落实{{措施数}}条整改措施。",
        ),
    ),
    part2_heading="二、巡察整改任务落实情况",
    part3_heading="三、下一步工作安排",
    part3_intro=(
        "巡察反馈的{{问题总数}}个问题，截至{{截至日期}}{{已完成}}{{已完成数}}个、{{阶段性完成}}{{阶段性完成数}}个、{{正在整改}}{{正在整改数}}个、"
        "{{长期坚持}}{{长期坚持数}}个、{{未启动}}{{未启动数}}个。{{发文机关简称}}将持续抓好后续整改。"
    ),
    part3=_NEXT,
    contact=_CONTACT,
)
# Item by item: 反馈问题, 整改状态, 整改情况.
STATUS = Prose(
    title=DEFAULT.title,
    opening=DEFAULT.opening,
    part1_heading="一、组织整改落实情况",
    part1=(
        (
            "扛牢整改主体责任。",
            "{{发文机关简称}}把巡察整改作为重大政治任务，专题研究部署，建立整改台账，实行对账销号。",
        ),
        (
            "履行第一责任人职责。",
            "主要负责人对整改工作负总责，班子成员分工负责，一级抓一级、层层抓落实。",
        ),
    ),
    part2_heading="二、巡察反馈问题整改进展情况",
    part3_heading="三、下一步工作打算",
    part3_intro=(
        "截至{{截至日期}}，{{问题总数}}个问题{{已完成}}{{已完成数}}个，完成率{{完成率}}。{{发文机关简称}}将巩固整改成果，推动未完成的问题尽快整改到位。"
    ),
    part3=_NEXT,
    contact=_CONTACT,
)

PROSE = MappingProxyType(
    {Skeleton.THREE_PARTS: DEFAULT, Skeleton.DUTY: DUTY, Skeleton.STATUS: STATUS}
)


def _texts(prose: Prose) -> Iterator[str]:
    """Every paragraph of a template, headings left out."""
    yield from (prose.opening, prose.part3_intro, prose.contact)
    yield from (text for _, text in (*prose.part1, *prose.part3))


def _with_standard_words(text: str) -> str:
    for word in WORDS.values():
        text = text.replace(f"{{{{{word}}}}}", word)
    return text


# Sentences that name statuses, as templates of earlier versions hold them → as they are written now.
EARLIER: Mapping[str, str] = MappingProxyType(
    {
        old: text
        for prose in PROSE.values()
        for text in _texts(prose)
        if (old := _with_standard_words(text)) != text
    }
)
