"""Fifteen ledgers as offices of many kinds prescribe them, invented: the headings, four problems of two units each."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from tests.support.drawn import Sheet, workbook

UNITS = ("规划建设局", "财政金融局")
ROWS = 4


@dataclass(frozen=True)
class OfficeForm:
    """A prescribed ledger: its columns by heading path (／ between the rows of a heading), who wrote the file.

    `reports` are the headings in which a unit reports: progress, and a column of the office's own ("" where it has none).
    `summed` is the heading whose numbers are added up.
    """

    name: str
    headings: tuple[str, ...]
    reports: str
    own: str = ""
    summed: str = ""
    writer: str = "xlsxwriter"
    title: str = ""

    @property
    def file(self) -> str:
        """As it is dropped."""
        return f"{self.name}台账.{'csv' if self.writer == 'csv' else 'xlsx'}"

    def rows(self) -> list[list[Any]]:
        """What stands in it, a row a problem."""
        return [
            [_cell(heading.split("／")[-1], number) for heading in self.headings]
            for number in range(1, ROWS + 1)
        ]

    def written(self) -> bytes:
        """The file."""
        head, merges = _head(self.headings, first=2 if self.title else 1)
        top = [[self.title]] if self.title else []
        rows = [*top, *head, *self.rows()]
        if self.writer == "csv":
            return "\n".join(",".join(map(str, row)) for row in rows).encode("gb18030")
        if self.writer == "openpyxl":
            return _by_openpyxl(rows, merges)
        return workbook(Sheet(rows, merges=merges))


def _head(headings: tuple[str, ...], first: int) -> tuple[list[list[Any]], tuple[str, ...]]:
    """One row of headings, or two with merges over the groups."""
    parts = [heading.split("／") for heading in headings]
    if all(len(part) == 1 for part in parts):
        return [list(headings)], ()
    upper: list[Any] = [None] * len(parts)
    merges = []
    for col, part in enumerate(parts):
        letter = get_column_letter(col + 1)
        is_new = len(part) == 1 or col == 0 or parts[col - 1][0] != part[0]
        if is_new:
            upper[col] = part[0]
        if len(part) == 1:
            merges.append(f"{letter}{first}:{letter}{first + 1}")
        elif is_new:
            last = max(n for n, other in enumerate(parts) if other[0] == part[0])
            if last > col:
                merges.append(f"{letter}{first}:{get_column_letter(last + 1)}{first}")
    lower = [part[1] if len(part) == 2 else None for part in parts]
    return [upper, lower], tuple(merges)


def _by_openpyxl(rows: list[list[Any]], merges: tuple[str, ...]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for merge in merges:
        sheet.merge_cells(merge)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


# What a cell says under a heading, by the first of these words that stands in it.
_SAYS: tuple[tuple[str, Any], ...] = (
    ("金额（元）", lambda n: n * 1250.5),
    ("资金", lambda n: n * 2.5),
    ("户数", lambda n: n * 7),
    ("企业数", lambda n: n * 3),
    ("面积", lambda n: n * 1.5),
    ("率", lambda n: f"{n * 20}%"),
    ("人次", lambda n: n),
    ("验收时间", lambda n: f"2026-05-1{n}"),
    ("时限", lambda n: f"2026-09-1{n}"),
    ("期限", lambda n: f"2026-09-1{n}"),
    ("节点", lambda n: f"2026-09-1{n}"),
    ("等级", lambda n: "一般" if n % 2 else "重大"),
    ("状态", lambda n: "正在整改"),
    ("是否", lambda n: "否"),
    ("单位", lambda n: UNITS[(n - 1) // 2]),
    ("部门", lambda n: UNITS[(n - 1) // 2]),
    ("责任人", lambda n: f"张{'甲乙丙丁'[n - 1]}"),
    ("领导", lambda n: f"李{'甲乙丙丁'[n - 1]}"),
    ("复查人", lambda n: f"王{'甲乙丙丁'[n - 1]}"),
    ("措施", lambda n: f"修订第{n}项管理办法并组织培训。"),
    ("举措", lambda n: f"修订第{n}项管理办法并组织培训。"),
    ("要求", lambda n: f"第{n}季度前完成现场整治。"),
    ("目标", lambda n: f"第{n}类指标全部达标。"),
    ("原因", lambda n: f"第{n}处职责不清。"),
    ("方面", lambda n: f"落实重点工作第{n}方面存在差距"),
    ("进展", lambda n: f"{n + 2}月{n}日现场核查点位{n + 4}处。"),
    ("情况", lambda n: f"{n + 2}月{n}日现场核查点位{n + 4}处。"),
    ("结果", lambda n: f"{n + 2}月{n}日现场核查点位{n + 4}处。"),
    ("编号", lambda n: f"XF2026-0{n}"),
    ("序号", lambda n: n),
    ("账号", lambda n: n),
    ("计划", lambda n: f"第{n}步组织验收。"),
    ("机制", lambda n: f"第{n}步组织验收。"),
)


def _cell(heading: str, number: int) -> Any:
    said = next((say for word, say in _SAYS if word in heading), None)
    return said(number) if said else f"{heading}之{'甲乙丙丁'[number - 1]}：有待落实"


FORMS = (
    OfficeForm(
        "审计整改", ("序号", "审计项目", "审计查出的问题", "整改责任单位", "整改措施", "整改时限", "整改状态", "整改结果", "已上缴金额（元）", "审计建议"),
        "整改结果", "审计建议", "已上缴金额（元）",
    ),
    OfficeForm(
        "环保督察", ("序号", "督察反馈问题", "整改目标", "整改措施", "责任单位", "整改时限", "整改进展", "整改状态", "验收单位", "验收时间"),
        "整改进展", "验收时间", writer="openpyxl", title="××区生态环境保护督察整改台账",
    ),
    OfficeForm(
        "隐患排查", ("序号", "隐患地点", "隐患描述", "隐患等级", "整改措施", "整改责任单位", "整改责任人", "整改期限", "整改情况", "整改状态", "整改资金（万元）"),
        "整改情况", "隐患等级", writer="openpyxl",
    ),
    OfficeForm(
        "巡察整改", ("序号", "方面", "主要问题", "具体问题", "整改措施", "责任落实／责任领导", "责任落实／责任单位", "责任落实／责任人", "完成时限",
                 "整改进展／状态", "整改进展／情况", "备注"),
        "情况",
    ),
    OfficeForm(
        "信访", ("序号", "信访件编号", "反映问题", "责任单位", "办理时限", "办理情况", "办理状态", "是否息访"), "办理情况", "是否息访",
    ),
    OfficeForm(
        "主题教育", ("问题账号", "问题清单", "整改举措", "牵头领导", "责任部门", "完成时限", "进展情况", "整改状态", "长效机制"), "进展情况",
        writer="openpyxl",
    ),
    OfficeForm(
        "营商环境", ("序号", "存在问题", "责任单位", "整改措施", "完成时限", "落实情况", "整改状态", "涉及企业数（家）"), "落实情况",
        "涉及企业数（家）", "涉及企业数（家）",
    ),
    OfficeForm(
        "食品安全", ("序号", "检查点位", "存在问题", "责任单位", "整改要求", "整改时限", "整改情况", "整改状态", "复查人"), "整改情况", "复查人",
        writer="csv",
    ),
    OfficeForm(
        "人居环境", ("序号", "镇街", "村居", "问题描述", "责任单位", "整改时限", "整改进展情况", "整改状态", "整治面积（亩）"), "整改进展情况",
        "整治面积（亩）", "整治面积（亩）", title="人居环境整治问题台账",
    ),
    OfficeForm(
        "教育督导", ("序号", "学校", "问题", "原因分析", "整改措施", "责任单位", "责任人", "整改时限", "整改情况", "整改状态", "佐证材料"), "整改情况",
        "学校", writer="openpyxl",
    ),
    OfficeForm(
        "医保基金", ("序号", "定点机构", "违规问题", "责任单位", "退回金额（元）", "整改措施", "整改时限", "整改情况", "整改状态", "处理人次"), "整改情况",
        "定点机构", writer="csv",
    ),
    OfficeForm(
        "国企巡察", ("序号", "反馈意见", "具体问题", "问题性质", "整改措施", "牵头领导", "牵头部门", "完成时限", "完成情况", "整改状态"), "完成情况", "问题性质",
    ),
    OfficeForm(
        "办证难", ("序号", "项目名称", "存在的问题", "化解措施", "责任单位", "化解时限", "化解进展", "化解状态", "涉及户数（户）"), "化解进展",
        "涉及户数（户）", "涉及户数（户）", writer="openpyxl", title="不动产登记历史遗留问题化解台账",
    ),
    OfficeForm(
        "督查事项", ("序号", "督查事项", "责任单位", "完成时限", "工作进展", "状态", "下步计划", "分管领导"), "工作进展",
    ),
    OfficeForm(
        "财会监督", ("问题描述", "监督检查组", "责任单位", "整改措施", "时间节点", "进展情况", "状态", "整改率（%）"), "进展情况", "整改率（%）",
    ),
)  # fmt: skip
