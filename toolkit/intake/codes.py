"""The findings that reading itself makes, as one table: code → (severity, title)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.ledger.finding import Finding, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

CODES: Mapping[str, tuple[Severity, str]] = {
    "X101": (Severity.NOTE, "工作表中有不认识的栏目，未读取。"),
    "X102": (Severity.WARNING, "同一栏目出现两次，只读取第一处。"),
    "X103": (Severity.WARNING, "表中缺少栏目。"),
    "X104": (Severity.WARNING, "栏目名称与标准名称不同，已按相近名称认定。"),
    "X201": (Severity.ERROR, "单元格是错误值。"),
    "X202": (Severity.ERROR, "公式没有计算结果。"),
    "X203": (Severity.WARNING, "单元格中有删除线文字。"),
    "X204": (Severity.NOTE, "单元格带有批注。"),
    "X205": (Severity.NOTE, "该行是隐藏行，已照常读取。"),
    "X206": (Severity.NOTE, "“同上”已按上一行内容填写。"),
    "X207": (Severity.NOTE, "单元格的值由公式得出，已按计算结果读取。"),
    "X301": (Severity.WARNING, "无法确定报送单位，各行按牵头单位认定。"),
    "X302": (Severity.NOTE, "文件说明。"),
    "X501": (Severity.ERROR, "汇总台账中的免核填写不完整，未采用。"),
    "X502": (Severity.ERROR, "汇总台账中的审核意见填写不完整，未采用。"),
}


def finding(code: str, place: Place, message: str, fix: str, *, column: str = "", value: str = "") -> Finding:
    """A finding of this room, with the severity of its code."""
    return Finding(code, CODES[code][0], place, message, fix, "", column, value)
