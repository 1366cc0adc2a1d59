"""The findings that reading itself makes, as one table: code → (severity, title)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.ledger.finding import Finding, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

CODES: Mapping[str, tuple[Severity, str]] = {
    "X101": (Severity.NOTE, "工作表中有不认识的栏目，未读取。"),
    "X102": (Severity.WARNING, "同一栏目出现两次，以第一处为准，第一处空白时取第二处。"),
    "X103": (Severity.WARNING, "表中缺少栏目。"),
    "X104": (Severity.WARNING, "栏目名称与标准名称不同，已按相近名称认定。"),
    "X105": (Severity.WARNING, "栏目名称认不准，未读取，请整改办选定。"),
    "X106": (Severity.NOTE, "栏目的含义按单元格的内容认定。"),
    "X107": (Severity.WARNING, "没有表头的列、表格旁边有内容，未读取。"),
    "X201": (Severity.ERROR, "单元格是错误值。"),
    "X202": (Severity.ERROR, "公式没有计算结果。"),
    "X203": (Severity.WARNING, "单元格中有删除线文字。"),
    "X204": (Severity.NOTE, "单元格带有批注。"),
    "X205": (Severity.NOTE, "该行是隐藏行，已照常读取。"),
    "X206": (Severity.NOTE, "“同上”已按上一行内容填写。"),
    "X207": (Severity.NOTE, "单元格的值由公式得出，已按计算结果读取。"),
    "X208": (Severity.NOTE, "该列是隐藏列，已照常读取。"),
    "X209": (Severity.NOTE, "工作表是隐藏的，已照常读取。"),
    "X210": (Severity.WARNING, "同一栏目的第二处另有不同内容，未采用。"),
    "X211": (Severity.NOTE, "合并单元格中的数量只计入第一行。"),
    "X301": (Severity.WARNING, "无法确定报送单位，各行按牵头单位认定。"),
    "X302": (Severity.NOTE, "文件说明。"),
    "X303": (Severity.NOTE, "同一问题分几行填写，已并为一个问题。"),
    "X304": (Severity.WARNING, "同一问题的几行内容不一致，已按规则取舍。"),
    "X305": (Severity.NOTE, "该行与另一行完全相同，只读取一次。"),
    "X306": (Severity.WARNING, "没有编号的行只写了措施，已并入上一个问题。"),
    "X307": (Severity.WARNING, "合并的编号覆盖几个不同问题，已加序号区分。"),
    "X308": (Severity.NOTE, "问题来源按工作表名称填写。"),
    "X309": (Severity.WARNING, "几个单位中没有标明牵头单位，已按第一个认定。"),
    "X310": (Severity.WARNING, "样例等工作表中是实际数据，已照常读取。"),
    "X311": (Severity.WARNING, "几个工作表是同一批问题的不同期次，只采用最新一期。"),
    "X312": (Severity.WARNING, "编号在各节重新开始，已加节号区分。"),
    "X401": (Severity.NOTE, "内容已自动规范。"),
    "X402": (Severity.NOTE, "多余的空白、不可见字符和全角字符已清理。"),
    "X501": (Severity.ERROR, "汇总台账中的免核填写不完整，未采用。"),
    "X502": (Severity.ERROR, "汇总台账中的审核意见填写不完整，未采用。"),
}


def finding(
    code: str, place: Place, message: str, fix: str, *, column: str = "", value: str = "", item: str = ""
) -> Finding:
    """A finding of this room, with the severity of its code; `item` is the id of the row, where it has one."""
    return Finding(code, CODES[code][0], place, message, fix, item, column, value)
