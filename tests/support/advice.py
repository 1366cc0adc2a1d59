"""Obeying a finding as its remedy is worded: what can be typed is typed, what must be made up comes from a stock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from toolkit.ledger.columns import COLUMNS
from toolkit.ledger.finding import Finding
from toolkit.ledger.form import Form
from toolkit.ledger.own import own_code
from toolkit.ledger.status import worded

Example = Mapping[str, str]

# What a person writes who was asked to say more: nothing in it is wrong.
STOCK: Mapping[str, str] = {
    "measures": "修订《甲办法》。",
    "lead_leader": "张三丰",
    "lead_unit": "规划建设局",
    "owner": "李四",
    "deadline": "2026-06-30",
    "progress": "4月8日修订《甲办法》，新增条款6条，培训2期。",
    "kind": "限期整改",
    "co_units": "财政金融局",
    "status": "正在整改",
    "completed_on": "2026-03-20",
    "regulations": "《甲办法》",
    "evidence": "附件3-2",
    "money": "12.6",
    "people": "6",
    "difficulty": "审批周期较长。",
    "next_steps": "6月底前验收。",
    "remarks": "上期误填，已更正。",
    own_code("档案编号"): "D-17",
    own_code("结算金额（元）"): "12600",
    own_code("验收日期"): "2026-05-08",
    own_code("是否公开"): "是",
}
_NAMES = {
    **{column.header: column.code for column in COLUMNS},
    "状态": "status",
    "涉及金额": "money",
    "进展": "progress",
    "时限": "deadline",
}
_HEADERS = "|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True))
_TYPED = re.compile(rf"(?P<header>{_HEADERS})?(?:填|写成|恢复为)(?P<values>“[^”]*”(?:或“[^”]*”)*)")
# What is asked for in words stands behind 填写 or 写明; the column is named before it (在备注中说明) or after it.
_WORDED = re.compile(rf"(?:填写|写明|补填|还要写|说明)[^，。；“]{{0,12}}?(?P<after>{_HEADERS})")
_NAMED_BEFORE = re.compile(rf"在(?P<before>{_HEADERS})中(?:写明|说明|填写)")
_LIST = re.compile(rf"[和、](?P<more>{_HEADERS})")


def obeyed(finding: Finding, stock: Example = STOCK) -> Iterator[Example]:
    """The cells, by header, that each way of following the advice changes; none where nothing can be typed or made up."""
    for way in re.split(r"[；。]", worded(finding.fix)):
        yield from _cells(way, finding.column, stock)


def _cells(way: str, column: str, stock: Example) -> Iterator[dict[str, str]]:
    worded = {code: stock[code] for code in _asked_for(way)}
    if "下拉列表" in way:
        worded[column] = stock[column]
    choices: list[dict[str, str]] = [{}]
    for found in _TYPED.finditer(way):
        code = _NAMES.get(found["header"] or "", column)
        values = re.findall(r"“([^”]*)”", found["values"])
        choices = [{**before, code: value} for before in choices for value in values]
    for typed in choices:
        cells = {**worded, **typed}
        if cells:
            yield {Form().heading_of(code): value for code, value in cells.items()}


def _asked_for(way: str) -> Iterator[str]:
    for found in _WORDED.finditer(way):
        yield _NAMES[found["after"]]
        rest = way[found.end() :]
        if more := _LIST.match(rest):
            yield _NAMES[more["more"]]
    for found in _NAMED_BEFORE.finditer(way):
        yield _NAMES[found["before"]]


def quoted(fix: str) -> list[str]:
    """Every text that a remedy tells a person to type."""
    return [
        value
        for found in _TYPED.finditer(worded(fix))
        for value in re.findall(r"“([^”]*)”", found["values"])
    ]
