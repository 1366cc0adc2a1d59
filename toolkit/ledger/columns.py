"""The columns of a ledger: the one table from which template, reader, checks, workbooks, register and docs are derived.

Adding a column is one entry here (and one field of `toolkit.ledger.item.Item`, which a test demands).
Header spellings come from the field's practice; `also` holds every known synonym of the header.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Kind(StrEnum):
    """What a cell of the column holds; decides how it is read, written, validated and formatted."""

    ID = "编号"
    TEXT = "短文本"
    PROSE = "长文本"
    LIST = "多项"
    UNIT = "单位"
    UNITS = "多个单位"
    CHOICE = "选项"
    DEADLINE = "时限"
    STATUS = "状态"
    DATE = "日期"
    MONEY = "金额（万元）"
    COUNT = "整数"


class Filler(StrEnum):
    """Who fills the column."""

    OFFICE = "整改办"
    UNIT = "责任单位"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the ledger.

    `header` is the standard heading, `also` its synonyms; `width` is in characters of the workbook;
    `required` means that no row may leave it empty; `choices` are the words of the drop-down list. `explanation` and
    `example` name statuses as `{DONE}` (`toolkit.ledger.status.worded`).
    """

    code: str
    header: str
    kind: Kind
    filled_by: Filler
    explanation: str
    example: str
    width: int
    required: bool = False
    choices: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every heading that means this column, the standard one first."""
        return (self.header, *self.also)


KINDS_OF_RECTIFICATION = ("立行立改", "限期整改", "长期坚持")
# Headings of what the rectification brought about: progress where no other column says it, else a part of it.
RESULTS = ("整改成效", "取得成效", "取得的成效", "主要成效", "工作成效", "成效", "整改效果", "整改结果", "整改成果", "整改成果描述",
           "工作成果", "成果")  # fmt: skip

COLUMNS: tuple[Column, ...] = (
    Column(
        code="id", header="问题编号", kind=Kind.ID, filled_by=Filler.OFFICE, required=True, width=9,
        explanation="每个问题固定不变的编号，由整改办编定，各单位不得修改。", example="3-2",
        also=("序号", "编号", "问题序号", "问题编码", "清单编号", "总序号", "分序号", "NO.", "NO", "№", "问题账号"),
    ),
    Column(
        code="source", header="问题来源", kind=Kind.TEXT, filled_by=Filler.OFFICE, width=10,
        explanation="并列清单的来源；只有一份清单时可不填。", example="常规巡察",
        also=("反馈来源", "任务来源", "来源", "巡察轮次", "轮次", "监督类型", "督察批次", "巡察组别"),
    ),
    Column(
        code="main_problem", header="主要问题", kind=Kind.TEXT, filled_by=Filler.OFFICE, width=18,
        explanation="巡察反馈意见的第一层（方面）。", example="落实重大决策部署存在差距",
        also=("问题类别", "问题分类", "类别", "大类问题", "方面", "反馈方面", "一级问题", "问题大类", "发生领域", "涉及范畴"),
    ),
    Column(
        code="sub_problem", header="分项问题", kind=Kind.TEXT, filled_by=Filler.OFFICE, required=True, width=24,
        explanation="反馈意见的第二层，即通报中（一）（二）的标题。", example="项目统筹推进机制不健全。",
        also=("二级问题", "反馈问题", "问题概述", "面上问题", "突出问题", "反馈意见", "巡察反馈问题", "整改任务", "任务名称", "任务内容", "事项", "督办事项", "督查事项"),
    ),
    Column(
        code="problem", header="具体问题", kind=Kind.TEXT, filled_by=Filler.OFFICE, width=28,
        explanation="反馈意见的第三层；留空表示分项问题本身就是一个问题。", example="部分项目前期论证不充分",
        also=("问题表现", "具体表现", "问题描述", "具体描述", "问题简述", "问题摘要", "问题内容", "存在问题", "存在的问题",
              "问题清单", "反馈原文", "问题详情", "问题"),
    ),
    Column(
        code="root_cause", header="问题根源", kind=Kind.TEXT, filled_by=Filler.UNIT, width=20,
        explanation="产生问题的原因。", example="责任链条不清，缺少刚性约束",
        also=("原因分析", "问题原因", "主要原因", "产生原因", "剖析", "原因"),
    ),
    Column(
        code="goal", header="整改目标", kind=Kind.TEXT, filled_by=Filler.UNIT, width=20,
        explanation="整改到什么程度算完成。", example="建成项目联审机制，新项目论证率100%",
        also=("整改标准", "检验标准", "整改要求", "销号标准", "预期成效", "目标任务"),
    ),
    Column(
        code="measures", header="整改措施", kind=Kind.LIST, filled_by=Filler.UNIT, required=True, width=32,
        explanation="一条或多条措施；多条时每条一行，以1. 2. 3.开头。", example="1.修订项目管理办法。\n2.建立联席会议制度。",
        also=("整改举措", "具体措施", "细化措施", "主要措施", "措施", "举措", "任务清单", "整改内容", "工作措施",
              "整改任务及措施", "整改整治措施", "工作举措", "整改办法"),
    ),
    Column(
        code="lead_leader", header="牵头领导", kind=Kind.TEXT, filled_by=Filler.OFFICE, width=10,
        explanation="牵头该问题整改的领导。", example="（姓名）",
        also=("责任领导", "整改责任领导", "领办领导", "包案领导", "分管领导", "责任班子成员", "主抓领导",
              "牵头省领导", "牵头市领导", "牵头州领导", "牵头县领导", "牵头区领导", "牵头镇领导", "牵头乡镇领导", "牵头街道领导", "牵头校领导",
              "牵头院领导", "牵头局领导", "省级牵头领导", "市级牵头领导", "县级牵头领导", "区级牵头领导", "镇级牵头领导", "牵头市级领导",
              "牵头县级领导", "牵头区级领导", "县级责任领导", "责任县领导", "责任市领导", "责任区领导"),
    ),
    Column(
        code="lead_unit", header="牵头单位", kind=Kind.UNIT, filled_by=Filler.OFFICE, required=True, width=14,
        explanation="对该问题整改负总责的一个单位，写全称或设置中的简称。", example="规划建设局",
        also=("牵头部门", "责任单位", "责任部门", "主办单位", "主责单位", "主责部门", "整改责任单位", "整改主体", "责任主体",
              "责任科室", "责任处室", "承办单位", "被巡察党组织", "责任单位及责任人", "责任单位和责任人", "责任单位、责任人", "责任单位/责任人",
              "责任部门及责任人", "责任部门和责任人", "责任部门、责任人", "责任部门/责任人", "牵头单位及责任人", "责任单位与责任人",
              "责任科室及责任人", "整改责任单位及责任人", "责任人/部门", "责任人/责任部门", "责任人及责任单位", "责任人及单位"),
    ),
    Column(
        code="co_units", header="配合单位", kind=Kind.UNITS, filled_by=Filler.OFFICE, width=16,
        explanation="配合整改的单位，多个以顿号分隔。", example="财政局、投资促进局",
        also=("协办单位", "协同单位", "参与单位", "配合部门", "会办单位"),
    ),
    Column(
        code="owner", header="责任人", kind=Kind.TEXT, filled_by=Filler.OFFICE, width=10,
        explanation="具体承办的人，不是单位。", example="（姓名）",
        also=("整改责任人", "具体责任人", "直接责任人", "主要责任人", "经办人", "承办人", "联络员", "整改联系人", "责任人及联系方式"),
    ),
    Column(
        code="kind", header="整改类型", kind=Kind.CHOICE, filled_by=Filler.OFFICE, width=10, choices=KINDS_OF_RECTIFICATION,
        explanation="立行立改、限期整改或长期坚持。", example="限期整改",
        also=("整改类别", "整改性质", "整改方式", "期限类型"),
    ),
    Column(
        code="deadline", header="整改时限", kind=Kind.DEADLINE, filled_by=Filler.OFFICE, required=True, width=16,
        explanation="写到日的日期（2026-06-30），或“2026年6月底前”“立行立改”“长期坚持”“2026年底前，并长期坚持”。",
        example="2026-06-30",
        also=("完成时限", "整改完成时限", "整改期限", "时限要求", "计划完成时间", "拟完成时间", "办结时限", "整改截止时间",
              "时间节点", "时限", "期限", "完成期限", "预计完成时间", "截止日期", "截止时间", "整改完成期限"),
    ),
    Column(
        code="progress", header="整改进展情况", kind=Kind.PROSE, filled_by=Filler.UNIT, required=True, width=60,
        explanation="写入通报的正文：做了什么、形成了什么、取得了什么实效，要有时间、数据、文件名称。",
        example="一是修订《项目管理办法》，新增联审条款5条。二是召开联席会议3次，协调解决问题12个。",
        also=("整改情况", "整改完成情况", "整改落实情况", "整改进展", "目前进展", "进展情况", "落实情况", "完成情况",
              "整改措施及完成情况", "工作进展", "本周进展", "本月整改情况", "具体进展", "进展", *RESULTS),
    ),
    Column(
        code="status", header="整改状态", kind=Kind.STATUS, filled_by=Filler.UNIT, required=True, width=11,
        explanation="从下拉列表中选择。", example="{DONE}",
        also=("是否完成", "进展状态", "目前状态", "是否整改到位", "是否销号", "办理状态", "问题控制状态", "销号情况", "状态", "整改进度", "完成状态", "任务状态", "整改状况"),
    ),
    Column(
        code="completed_on", header="完成时间", kind=Kind.DATE, filled_by=Filler.UNIT, width=12,
        explanation="实际完成的日期（年-月-日）；状态为“{DONE}”的必填。", example="2026-06-12",
        also=("实际完成时间", "完成日期", "办结时间", "整改完成时间", "销号时间", "销号日期", "实际完成日期", "办结日期"),
    ),
    Column(
        code="regulations", header="制度成果", kind=Kind.LIST, filled_by=Filler.UNIT, width=24,
        explanation="新建或修订的制度名称，写在书名号内。", example="《项目管理办法》《联席会议工作规则》",
        also=("制度建设情况", "建章立制", "新建制度", "修订制度", "制定完善制度", "出台制度名称"),
    ),
    Column(
        code="evidence", header="佐证材料", kind=Kind.TEXT, filled_by=Filler.UNIT, width=20,
        explanation="证明材料的名称或编号；状态为“{DONE}”的必填。", example="附件3-2 联席会议纪要",
        also=("印证资料", "支撑材料", "证明材料", "附件", "佐证材料清单", "材料目录", "佐证材料编号"),
    ),
    Column(
        code="money", header="涉及金额（万元）", kind=Kind.MONEY, filled_by=Filler.UNIT, width=11,
        explanation="追缴、清退或上缴的金额，单位万元。", example="12.6",
        also=("涉及金额", "追缴资金", "清退金额", "上缴财政", "挽回损失", "整改金额"),
    ),
    Column(
        code="people", header="处理人次", kind=Kind.COUNT, filled_by=Filler.UNIT, width=9,
        explanation="处理的人次（同一人处理两次计两次）。", example="2",
        also=("处理人数", "问责情况", "追责问责", "党纪政务处分", "组织处理", "谈话提醒", "约谈人数"),
    ),
    Column(
        code="difficulty", header="存在困难", kind=Kind.TEXT, filled_by=Filler.UNIT, width=22,
        explanation="未按期完成的原因；逾期未完成的必填。", example="涉及上级审批，周期较长",
        also=("未完成原因", "未按期完成原因", "存在问题和困难", "滞后原因", "存在的困难", "存在困难和问题", "困难和问题", "存在的困难或问题"),
    ),
    Column(
        code="next_steps", header="下一步措施", kind=Kind.TEXT, filled_by=Filler.UNIT, width=22,
        explanation="尚未完成的，写清下一步做什么、何时完成。", example="8月底前完成联审平台验收",
        also=("下步计划", "下一步打算", "下一步工作", "后续措施", "长效机制", "下一步计划", "下一步工作计划", "下一步整改措施", "下步措施"),
    ),
    Column(
        code="remarks", header="备注", kind=Kind.TEXT, filled_by=Filler.UNIT, width=14,
        explanation="其他需要说明的情况。", example="",
        also=("说明", "其他", "备注说明"),
    ),
)  # fmt: skip

BY_CODE: Mapping[str, Column] = MappingProxyType({column.code: column for column in COLUMNS})
CODES: tuple[str, ...] = tuple(column.code for column in COLUMNS)
