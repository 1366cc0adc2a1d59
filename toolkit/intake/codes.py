"""The findings that reading itself makes, as one table: code → severity, sentence, examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.ledger.finding import Finding, FindingType, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEAD = ("问题编号", "分项问题", "整改措施", "牵头单位", "整改时限", "整改进展情况", "整改状态")
_ROW = (
    "3-2",
    "项目统筹不够。",
    "修订办法。",
    "规划建设局",
    "2026-06-30",
    "3月12日修订《甲办法》。",
    "正在整改",
)
_NEXT = (
    "3-3",
    "项目论证不够。",
    "建立机制。",
    "规划建设局",
    "2026-06-30",
    "4月2日召开会议3次。",
    "正在整改",
)
_CLEAN = ((_HEAD, _ROW, _NEXT),)


def _with(*changes: tuple[str, str], row: tuple[str, ...] = _ROW) -> tuple[str, ...]:
    """A row with other texts under these headings."""
    return tuple(dict(changes).get(head, text) for head, text in zip(_HEAD, row, strict=True))


def _headed(old: str, new: str) -> tuple[str, ...]:
    """The headings with one renamed."""
    return tuple(new if head == old else head for head in _HEAD)


def _spread(group: str, *values: str) -> tuple[str, ...]:
    """The headings with the status spread over columns under one group; `_parted` is the row below."""
    return (*_HEAD[:-1], group, *[""] * (len(values) - 1))


def _parted(*values: str) -> tuple[str, ...]:
    return (*["↑"] * (len(_HEAD) - 1), *values)


def _reviewed(sheet: str, *rows: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """汇总台账.xlsx with these rows in one of its sheets."""
    own = {"总览": (("总览",),), "整改台账": ((*_HEAD, *_REVIEW), _ROW), "核查意见": (_FOUND,)}
    sheets = {**own, sheet: rows}
    return tuple(row for name, kept in sheets.items() for row in ((f"〔工作表 {name}〕",), *kept))


_REVIEW = ("审核意见", "同意销号", "延期至", "依据", "审核人", "审核日期")
_FOUND = ("规则", "问题编号", "栏目", "核查意见", "免核理由", "批准人", "有效期至")
_VALID = ("T101", "3-2", "整改进展情况", "没有具体事实。", "已另行说明", "王主任", "2026-09-30")

# Code → severity, sentence, examples. An example is a sheet: rows of cells, with what a cell cannot show in 〔〕: a
# comment, a hidden row, column or sheet; ~~ around struck text, ↑ for a cell merged with the one above, = for a formula
# (→ and its result where it has one).
_LETTERS = ("发文字号", "复函日期", "复函内容")
CODES: Mapping[str, FindingType] = {
    "X101": FindingType(
        Severity.NOTE,
        "标准栏目以外的栏目，按自有栏目原样保留。",
        (((*_HEAD, "天气"), (*_ROW, "晴")),),
        _CLEAN,
    ),
    "X102": FindingType(
        Severity.WARNING,
        "同一栏目出现两次，以第一处为准，第一处空白时取第二处。",
        (((*_HEAD, "整改状态"), (*_ROW, "")),),
        _CLEAN,
    ),
    "X103": FindingType(Severity.ERROR, "表中缺少栏目。", ((_HEAD[:-1], _ROW[:-1]),), _CLEAN),
    "X104": FindingType(
        Severity.WARNING,
        "栏目名称与标准名称不同，已按相近名称认定。",
        ((_headed("牵头单位", "责任单住"), _ROW, _NEXT),),
        _CLEAN,
    ),
    "X105": FindingType(
        Severity.WARNING,
        "栏目名称认不准，暂按自有栏目保留，请整改办选定。",
        (((*_HEAD, "整改类形"), (*_ROW, "看情况"), (*_NEXT, "再研究")),),
        _CLEAN,
    ),
    "X106": FindingType(
        Severity.NOTE,
        "栏目的含义按单元格的内容认定。",
        ((_headed("整改状态", "内容一"), *(_with(("问题编号", f"3-{n}")) for n in range(1, 7))),),
        _CLEAN,
    ),
    "X107": FindingType(
        Severity.WARNING,
        "没有表头的列、表格旁边有内容，未读取。",
        (((*_HEAD, ""), (*_ROW, "已电话核实"), (*_NEXT, "")),),
        _CLEAN,
    ),
    "X108": FindingType(
        Severity.NOTE,
        "成效栏的内容已接在整改进展情况之后。",
        (((*_HEAD, "整改成效"), (*_ROW, "论证率达到100%。")),),
        ((_headed("整改进展情况", "整改成效"), _ROW, _NEXT),),
    ),
    "X109": FindingType(
        Severity.ERROR,
        "整改状态分成几栏，看不出填在哪一栏是什么状态，未读取。",
        ((_spread("整改状态", "甲", "乙"), _parted("甲", "乙"), (*_ROW[:-1], "√", "")),),
        (
            (
                _spread("整改状态", "已完成", "未完成"),
                _parted("已完成", "未完成"),
                (*_ROW[:-1], "√", ""),
            ),
        ),
    ),
    "X110": FindingType(
        Severity.NOTE,
        "几栏状态中打√的一栏读作整改状态。",
        (
            (
                _spread("整改状态（打√）", "已完成", "未启动"),
                _parted("已完成", "未启动"),
                (*_ROW[:-1], "", "√"),
            ),
        ),
        _CLEAN,
    ),
    "X111": FindingType(
        Severity.NOTE,
        "同一栏目按期并列几栏，取各行最新填写的一栏。",
        (((*_HEAD, "5月整改进展", "6月整改进展"), (*_ROW, "4月5日起草《甲办法》。", "")),),
        (((*_HEAD, "天气"), (*_ROW, "")),),
    ),
    "X112": FindingType(
        Severity.NOTE,
        "上期的内容，未读取。",
        (((*_HEAD, "上期整改进展"), (*_ROW, "4月5日起草《甲办法》。")),),
        (((*_HEAD, "上期整改进展"), (*_ROW, "")),),
    ),
    "X201": FindingType(
        Severity.ERROR, "单元格是错误值。", ((_HEAD, _with(("整改状态", "#N/A"))),), _CLEAN
    ),
    "X202": FindingType(
        Severity.ERROR, "公式没有计算结果。", ((_HEAD, _with(("整改状态", "=B2"))),), _CLEAN
    ),
    "X203": FindingType(
        Severity.WARNING,
        "单元格中有删除线文字。",
        ((_HEAD, _with(("整改进展情况", "~~3月12日修订《甲办法》。~~"))),),
        _CLEAN,
    ),
    "X204": FindingType(
        Severity.NOTE,
        "单元格带有批注。",
        ((_HEAD, _with(("整改进展情况", "3月12日修订《甲办法》。〔批注 已于5月办结〕"))),),
        _CLEAN,
    ),
    "X205": FindingType(
        Severity.NOTE,
        "该行是隐藏行，已照常读取。",
        ((_HEAD, _ROW, ("〔隐藏行〕3-3", *_NEXT[1:])),),
        _CLEAN,
    ),
    "X206": FindingType(
        Severity.NOTE,
        "“同上”已按上一行内容填写。",
        ((_HEAD, _ROW, _with(("整改时限", "同上"), row=_NEXT)),),
        _CLEAN,
    ),
    "X207": FindingType(
        Severity.NOTE,
        "单元格的值由公式得出，已按计算结果读取。",
        ((_HEAD, _with(("整改状态", '="已"&"完成"→已完成'))),),
        _CLEAN,
    ),
    "X208": FindingType(
        Severity.NOTE,
        "该列是隐藏列，已照常读取。",
        ((_headed("整改状态", "〔隐藏列〕整改状态"), _ROW, _NEXT),),
        _CLEAN,
    ),
    "X209": FindingType(
        Severity.NOTE,
        "工作表是隐藏的，已照常读取。",
        ((("〔工作表 说明〕",), ("请看下一张表",), ("〔隐藏工作表 台账〕",), _HEAD, _ROW, _NEXT),),
        _CLEAN,
    ),
    "X210": FindingType(
        Severity.WARNING,
        "同一栏目的第二处另有不同内容，未采用。",
        (((*_HEAD, "整改状态"), (*_ROW, "已完成")),),
        (((*_HEAD, "整改状态"), (*_ROW, "正在整改")),),
    ),
    "X211": FindingType(
        Severity.NOTE,
        "合并单元格中的数量只计入第一行。",
        (((*_HEAD, "处理人次"), (*_ROW, "5"), (*_NEXT, "↑")),),
        _CLEAN,
    ),
    "X212": FindingType(
        Severity.ERROR,
        "一行在几栏状态中打了√，或写的不是√，未读取。",
        (
            (
                _spread("整改状态", "已完成", "未启动"),
                _parted("已完成", "未启动"),
                (*_ROW[:-1], "√", "√"),
            ),
        ),
        (
            (
                _spread("整改状态", "已完成", "未启动"),
                _parted("已完成", "未启动"),
                (*_ROW[:-1], "√", "□"),
            ),
        ),
    ),
    "X221": FindingType(
        Severity.WARNING,
        "空着的单元格像是合并单元格丢失，已按上面一行的内容填写。",
        (
            (
                ("问题编号", "主要问题", "具体问题", *_HEAD[2:]),
                ("3-2", "项目管理不严", *_ROW[1:]),
                ("3-3", "", *_NEXT[1:]),
            ),
        ),
        (
            (
                ("问题编号", "主要问题", "具体问题", *_HEAD[2:]),
                ("3-2", "项目管理不严", *_ROW[1:]),
                ("3-3", "项目管理不严", *_NEXT[1:]),
            ),
        ),
    ),
    "X222": FindingType(
        Severity.NOTE,
        "“无变化”“同上周”等没有新内容，仍按台账库。",
        (
            (_HEAD, _with(("整改进展情况", "同上周"))),
            (_HEAD, _with(("整改进展情况", "（无变化）"))),
        ),
        _CLEAN,
    ),
    "X231": FindingType(
        Severity.ERROR,
        "单元格是图片，读不出文字。",
        ((_HEAD, _with(("整改进展情况", "〔图片〕"))),),
        (((*_HEAD, "佐证材料"), (*_ROW, "〔图片〕")),),
    ),
    "X232": FindingType(
        Severity.NOTE,
        "佐证材料是单元格中的图片，只计张数。",
        (((*_HEAD, "佐证材料"), (*_ROW, "〔图片〕")),),
        (((*_HEAD, "佐证材料"), (*_ROW, "附件3-2 会议纪要")),),
    ),
    "X233": FindingType(
        Severity.WARNING,
        "0是公式引用空白单元格的结果，已按空白处理。",
        (
            (_HEAD, _with(("整改措施", "=VLOOKUP(1,Z:Z,1,0)→0"))),
            (_HEAD, _with(("整改措施", "〔格式 0〕0"))),
        ),
        (((*_HEAD, "处理人次"), (*_ROW, "〔格式 0〕0")),),
    ),
    "X234": FindingType(
        Severity.NOTE,
        "单元格显示的与存储的数值不同，已按显示的读取。",
        (
            (_HEAD, _with(("问题编号", '〔格式 "3-"0〕2'))),
            (((*_HEAD, "涉及金额（万元）"), (*_ROW, '〔格式 #,##0.00"元"〕3200'))),
        ),
        (((*_HEAD, "涉及金额（万元）"), (*_ROW, '〔格式 0.00"万元"〕12.5')),),
    ),
    "X235": FindingType(
        Severity.WARNING,
        "单元格显示的与存储的数值不同，请核对。",
        (
            ((*_HEAD, "涉及金额（万元）"), (*_ROW, "〔格式 0!.0,〕125000")),
            ((*_HEAD, "涉及金额（万元）"), (*_ROW, "〔格式 ;;;〕12.5")),
        ),
        (((*_HEAD, "涉及金额（万元）"), (*_ROW, "〔格式 0.00〕12.567")),),
    ),
    "X236": FindingType(
        Severity.WARNING,
        "日期像是系统导出的，早了8小时，已按北京时间读取。",
        (
            (_HEAD, _with(("整改时限", "〔格式 yyyy-mm-dd〕46202.6666666667"))),
            (_HEAD, _with(("整改时限", "2026-06-29T16:00:00.000Z"))),
        ),
        ((_HEAD, _with(("整改时限", "〔格式 yyyy-mm-dd〕46203"))),),
    ),
    "X237": FindingType(
        Severity.WARNING,
        "日期带有钟点，可能是系统导出早了8小时，请核对。",
        (
            (
                _HEAD,
                _with(("整改时限", "〔格式 yyyy-mm-dd hh:mm〕46202.6666666667")),
                _with(("整改时限", "〔格式 yyyy-mm-dd〕46203"), row=_NEXT),
            ),
        ),
        ((_HEAD, _with(("整改时限", "〔格式 yyyy-mm-dd hh:mm〕46203.75"))),),
    ),
    "X301": FindingType(
        Severity.WARNING,
        "无法确定报送单位，各行按牵头单位认定。",
        ((_HEAD, _ROW, _with(("牵头单位", "财政金融局"), row=_NEXT)),),
        _CLEAN,
    ),
    "X302": FindingType(
        Severity.NOTE, "文件说明。", ((("〔工作簿含有宏〕",), _HEAD, _ROW),), _CLEAN
    ),
    "X303": FindingType(
        Severity.NOTE,
        "同一问题分几行填写，已并为一个问题。",
        ((_HEAD, _ROW, ("↑", "↑", "开展培训。", *_ROW[3:])),),
        _CLEAN,
    ),
    "X304": FindingType(
        Severity.WARNING,
        "同一问题的几行内容不一致，已按规则取舍。",
        ((_HEAD, _ROW, ("↑", "↑", "开展培训。", *_ROW[3:6], "已完成")),),
        ((_HEAD, _ROW, ("↑", "↑", "开展培训。", *_ROW[3:])),),
    ),
    "X305": FindingType(
        Severity.NOTE, "该行与另一行完全相同，只读取一次。", ((_HEAD, _ROW, _NEXT, _ROW),), _CLEAN
    ),
    "X306": FindingType(
        Severity.WARNING,
        "没有编号的行只写了措施，已并入上一个问题。",
        ((_HEAD, _ROW, ("", "", "开展培训。", "", "", "", ""), _NEXT),),
        _CLEAN,
    ),
    "X307": FindingType(
        Severity.WARNING,
        "合并的编号覆盖几个不同问题，已加序号区分。",
        ((_HEAD, _ROW, ("↑", *_NEXT[1:])),),
        _CLEAN,
    ),
    "X308": FindingType(
        Severity.NOTE,
        "问题来源按工作表名称填写。",
        ((("〔工作表 选人用人〕",), _HEAD, _ROW, ("〔工作表 意识形态〕",), _HEAD, _NEXT),),
        _CLEAN,
    ),
    "X309": FindingType(
        Severity.WARNING,
        "几个单位中没有标明牵头单位，已按第一个认定。",
        ((_HEAD, _with(("牵头单位", "规划建设局、财政金融局"))),),
        ((_HEAD, _with(("牵头单位", "规划建设局（牵头）、财政金融局"))),),
    ),
    "X310": FindingType(
        Severity.WARNING,
        "样例等工作表中是实际数据，已照常读取。",
        ((("〔工作表 样表〕",), _HEAD, _ROW, _NEXT),),
        _CLEAN,
    ),
    "X311": FindingType(
        Severity.WARNING,
        "几个工作表是同一批问题的不同期次，只采用最新一期。",
        ((("〔工作表 第1周〕",), _HEAD, _ROW, _NEXT, ("〔工作表 第2周〕",), _HEAD, _ROW, _NEXT),),
        _CLEAN,
    ),
    "X312": FindingType(
        Severity.WARNING,
        "编号在各节重新开始，已加节号区分。",
        (
            (
                _HEAD,
                ("一、落实决策部署方面",),
                _with(("问题编号", "1")),
                _with(("问题编号", "2"), row=_NEXT),
                ("二、作风建设方面",),
                _with(("问题编号", "1"), ("分项问题", "会议过多。")),
                _with(("问题编号", "2"), ("分项问题", "文件过长。")),
            ),
        ),
        _CLEAN,
    ),
    "X313": FindingType(
        Severity.WARNING,
        "各单位的工作表编号重复，已加单位名称区分。",
        (
            (
                ("〔工作表 规划建设局〕",),
                _HEAD,
                _ROW,
                ("〔工作表 财政金融局〕",),
                _HEAD,
                _with(("问题编号", "3-2"), row=_NEXT),
            ),
        ),
        ((("〔工作表 规划建设局〕",), _HEAD, _ROW, ("〔工作表 财政金融局〕",), _HEAD, _NEXT),),
    ),
    "X314": FindingType(
        Severity.NOTE,
        "牵头单位空白，已按工作表名称填写。",
        ((("〔工作表 规划建设局〕",), _HEAD, _with(("牵头单位", ""))),),
        ((("〔工作表 规划建设局〕",), _HEAD, _ROW),),
    ),
    "X315": FindingType(
        Severity.NOTE,
        "没有整改状态（整改类型）一栏，按工作表名称填写。",
        (
            (
                ("〔工作表 已完成〕",),
                _HEAD[:-1],
                _ROW[:-1],
                ("〔工作表 未完成〕",),
                _HEAD[:-1],
                _NEXT[:-1],
            ),
        ),
        ((("〔工作表 已完成〕",), _HEAD, _ROW),),
    ),
    "X316": FindingType(
        Severity.WARNING,
        "下拉填充的空行（只有单位、状态等，没有问题），未采用。",
        ((_HEAD, _ROW, *(("", "", "", "规划建设局", "", "", "正在整改") for _ in range(4))),),
        _CLEAN,
    ),
    "X317": FindingType(
        Severity.NOTE,
        "一个文件里有几个单位的台账，各行按牵头单位认定。",
        (
            (
                ("填报单位：规划建设局",),
                _HEAD,
                _ROW,
                ("〔工作表 财政金融局〕",),
                ("填报单位：财政金融局",),
                _HEAD,
                _with(("牵头单位", "财政金融局"), row=_NEXT),
            ),
        ),
        _CLEAN,
    ),
    "X318": FindingType(
        Severity.NOTE,
        "首份台账没有编号一栏，已按顺序编号。",
        ((_HEAD[1:], _ROW[1:], _NEXT[1:]),),
        _CLEAN,
    ),
    "X401": FindingType(
        Severity.NOTE,
        "内容已自动规范。",
        ((_HEAD, _with(("牵头单位", "规建局"))),),
        _CLEAN,
    ),
    "X402": FindingType(
        Severity.NOTE,
        "多余的空白、不可见字符和全角字符已清理。",
        ((_HEAD, _with(("整改进展情况", "３月１２日修订《甲办法》。"))),),
        _CLEAN,
    ),
    "X411": FindingType(
        Severity.NOTE,
        "字形相似、编码不同的字已换成通用字。",
        ((_HEAD, _with(("整改进展情况", "3⽉12⽇修订《甲办法》。"))),),
        _CLEAN,
    ),
    "X412": FindingType(
        Severity.WARNING,
        "数字处的换行，写入文稿时以分号隔开。",
        (
            (_HEAD, _with(("整改进展情况", "3月12日追回资金30\n5人受到处理。"))),
            (_HEAD, _with(("分项问题", "漏缴30\n50户"))),
        ),
        ((_HEAD, _with(("整改进展情况", "3月12日追回资金。\n5人受到处理。"))), *_CLEAN),
    ),
    "X611": FindingType(
        Severity.ERROR,
        "标准栏目以外的单元格中有身份证号码、银行卡号。",
        (
            (
                (*_HEAD, "身份证号", "卡号"),
                (*_ROW, "110101199003070012", ""),
                (*_NEXT, "", "6222021234567890124"),
            ),
            (_HEAD, (*_ROW[:6], "正在整改〔批注 退款账号6222021234567890124〕")),
        ),
        (((*_HEAD, "合同编号"), (*_ROW, "110101199003079998")), *_CLEAN),
    ),
    "X501": FindingType(
        Severity.ERROR,
        "汇总台账中的免核填写不完整，未采用。",
        (_reviewed("核查意见", _FOUND, (*_VALID[:5], "", "")),),
        (_reviewed("核查意见", _FOUND, _VALID),),
    ),
    "X503": FindingType(
        Severity.ERROR,
        "函件登记中的复函日期无法识别，复函没有登记。",
        (_reviewed("函件登记", _LETTERS, ("整改督〔2026〕1号", "上周五", "已报送情况说明。")),),
        (_reviewed("函件登记", _LETTERS, ("整改督〔2026〕1号", "2026-06-18", "已报送情况说明。")),),
    ),
    "X502": FindingType(
        Severity.ERROR,
        "汇总台账中的审核意见填写不完整，未采用。",
        (_reviewed("整改台账", (*_HEAD, *_REVIEW), (*_ROW, "同意", "是", "", "", "", "")),),
        (
            _reviewed(
                "整改台账",
                (*_HEAD, *_REVIEW),
                (*_ROW, "同意", "是", "", "", "王主任", "2026-06-18"),
            ),
        ),
    ),
    "X504": FindingType(
        Severity.ERROR,
        "审核栏的表头不全，审核意见没有读取。",
        (
            _reviewed(
                "整改台账",
                (*_HEAD, *_REVIEW[:-1]),
                (*_ROW, "同意", "是", "", "", "王主任"),
            ),
        ),
        _CLEAN,
    ),
    "X505": FindingType(
        Severity.NOTE,
        "审核栏的表头改了名，按所在的位置认定。",
        (
            _reviewed(
                "整改台账",
                (*_HEAD, *_REVIEW[:4], "哪位领导", "审核日期"),
                (*_ROW, "同意", "是", "", "", "王主任", "2026-06-18"),
            ),
        ),
        _CLEAN,
    ),
}


def finding(
    code: str,
    place: Place,
    message: str,
    fix: str,
    *,
    column: str = "",
    value: str = "",
    item: str = "",
) -> Finding:
    """A finding of this room, with the severity of its code; `item` is the id of the row, where it has one."""
    return Finding(code, CODES[code].severity, place, message, fix, item, column, value)
