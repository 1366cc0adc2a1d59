"""What matching, merging and deciding can find: code → severity, sentence, examples that are its test and its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.ledger.finding import Finding, FindingType, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.ledger.submission import Row

_KNOWN = {"台账库·问题编号": "3-2", "台账库·具体问题": "部分项目前期论证不充分"}
_SAME = {"问题编号": "3-2", "具体问题": "部分项目前期论证不充分"}
# Findings of matching and merging: code → severity, sentence, examples; the reference page of the rules lists them.
CODES: Mapping[str, FindingType] = {
    "I101": FindingType(
        Severity.ERROR,
        "报回的问题在台账库中找不到。",
        (({"问题编号": "9-9", "具体问题": "自行增加的问题"}, _KNOWN),),
        ((_SAME, _KNOWN),),
    ),
    "I102": FindingType(
        Severity.ERROR, "同一问题编号出现两次。", ((_SAME, _SAME, _KNOWN),), ((_SAME, _KNOWN),)
    ),
    "I103": FindingType(
        Severity.WARNING,
        "问题编号被改动，已按原编号认定。",
        (({"问题编号": "7", "具体问题": "部分项目前期论证不充分"}, _KNOWN),),
        ((_SAME, _KNOWN),),
    ),
    "I104": FindingType(
        Severity.WARNING,
        "报送单位不是该问题的牵头单位，未采用。",
        (
            (
                {**_SAME, "整改进展情况": "3月12日修订《甲办法》，新增条款6条。"},
                {**_KNOWN, "台账库·牵头单位": "财政金融局"},
            ),
        ),
        ((_SAME, {**_KNOWN, "台账库·牵头单位": "财政金融局"}), (_SAME, _KNOWN)),
    ),
    "I105": FindingType(
        Severity.WARNING,
        "问题内容或牵头单位被改动，未采用。",
        (({**_SAME, "具体问题": "个别项目论证不够充分"}, _KNOWN),),
        ((_SAME, _KNOWN),),
    ),
    "I106": FindingType(
        Severity.ERROR, "首次入库的问题没有编号。", (({"问题编号": ""},),), ((_SAME,),)
    ),
    "I108": FindingType(
        Severity.NOTE,
        "整改办填写的其他栏目（责任人、整改类型等）被改动，未采用。",
        (({**_SAME, "责任人": "王五"}, _KNOWN),),
        ((_SAME, _KNOWN),),
    ),
    "I109": FindingType(
        Severity.ERROR,
        "审核意见不能照办（问题找不到、未完成而销号、延期不晚于原时限），未采用。",
        (({**_KNOWN, "审核·同意销号": "是"},), ({**_KNOWN, "审核·延期至": "2026-05-31"},)),
        (
            ({**_KNOWN, "台账库·整改状态": "已完成", "审核·同意销号": "是"},),
            ({**_KNOWN, "审核·延期至": "2026-09-30"},),
        ),
    ),
    "I110": FindingType(
        Severity.ERROR,
        "整改办已退回，单位尚未重新报送。",
        (({**_KNOWN, "审核·审核意见": "请补充数据"},),),
        (
            (
                {**_SAME, "整改进展情况": "3月12日修订《甲办法》，新增条款6条。"},
                {**_KNOWN, "台账库·退回意见": "请补充数据"},
            ),
        ),
    ),
    "I111": FindingType(
        Severity.NOTE,
        "问题已销号，单位的改动未采用。",
        (
            (
                {**_SAME, "整改状态": "正在整改"},
                {**_KNOWN, "台账库·整改状态": "已完成", "台账库·已销号": "是"},
            ),
        ),
        (
            (
                {**_SAME, "整改状态": "已完成"},
                {**_KNOWN, "台账库·整改状态": "已完成", "台账库·已销号": "是"},
            ),
        ),
    ),
    "I112": FindingType(
        Severity.WARNING,
        "问题文字与台账库略有不同，已按相近文字认定。",
        (({"问题编号": "", "具体问题": "部分项目的前期论证不充分"}, _KNOWN),),
        ((_SAME, _KNOWN),),
    ),
    "I113": FindingType(
        Severity.ERROR,
        "汇总台账中基准内容被改动或增加了问题，但没有签名的决定，或改动的内容无法识别，未采用。",
        (
            ({**_KNOWN, "整改办·具体问题": "个别项目前期论证不充分"},),
            ({**_KNOWN, "整改办·问题编号": "3-9", "整改办·具体问题": "另一个问题"},),
            ({**_KNOWN, "整改办·整改状态": "差不多了"},),
        ),
        (
            (
                {
                    **_KNOWN,
                    "整改办·具体问题": "个别项目前期论证不充分",
                    "审核·依据": "会议纪要第3号",
                },
            ),
            (
                {
                    **_KNOWN,
                    "整改办·问题编号": "3-9",
                    "整改办·具体问题": "另一个问题",
                    "审核·依据": "会议纪要第3号",
                },
            ),
            ({**_KNOWN, "整改办·整改进展情况": "3月12日修订《甲办法》，新增条款6条。"},),
        ),
    ),
    "I114": FindingType(
        Severity.ERROR,
        "整改办与单位改动了同一单元格，两处都未采用。",
        (
            (
                {**_SAME, "整改进展情况": "3月12日修订《甲办法》，新增条款6条。"},
                {**_KNOWN, "整改办·整改进展情况": "3月12日修订《甲办法》，新增条款7条。"},
            ),
        ),
        (
            (
                {**_SAME, "整改进展情况": "3月12日修订《甲办法》，新增条款6条。"},
                {**_KNOWN, "整改办·整改进展情况": "3月12日修订《甲办法》，新增条款6条。"},
            ),
        ),
    ),
    "I115": FindingType(
        Severity.WARNING,
        "配合单位报的状态或完成时间与牵头单位不一致，按牵头单位。",
        (
            (
                {**_SAME, "整改状态": "已完成"},
                {
                    **_KNOWN,
                    "台账库·牵头单位": "财政金融局",
                    "台账库·配合单位": "规划建设局",
                    "台账库·整改状态": "正在整改",
                },
            ),
        ),
        (
            (
                {**_SAME, "整改状态": "正在整改", "整改进展情况": "配合提供资料3份。"},
                {
                    **_KNOWN,
                    "台账库·牵头单位": "财政金融局",
                    "台账库·配合单位": "规划建设局",
                    "台账库·整改状态": "正在整改",
                },
            ),
        ),
    ),
    "I116": FindingType(
        Severity.ERROR,
        "问题已拆分或并入其他问题，该行未采用。",
        (({"问题编号": "3-3", "具体问题": "前期论证不充分"}, {**_KNOWN, "台账库·已并入": "3-3"}),),
        ((_SAME, {**_KNOWN, "台账库·已并入": "3-3"}),),
    ),
    "I117": FindingType(
        Severity.NOTE,
        "表中的行移动或复制过，隐藏的编号与问题对不上，已按问题文字认定。",
        (({**_SAME, "隐藏的编号": "3-3"}, _KNOWN),),
        ((_SAME, _KNOWN),),
    ),
    "I118": FindingType(
        Severity.ERROR,
        "几位审核人对同一问题的意见不一致，都未采用。",
        (
            (
                {**_KNOWN, "台账库·整改状态": "已完成", "审核·同意销号": "是"},
                {**_KNOWN, "审核·审核意见": "请补充数据", "审核·审核人": "李书记"},
            ),
        ),
        (
            (
                {**_KNOWN, "台账库·整改状态": "已完成", "审核·同意销号": "是"},
                {**_KNOWN, "台账库·整改状态": "已完成", "审核·同意销号": "是"},
            ),
        ),
    ),
    "I119": FindingType(
        Severity.WARNING,
        "填在以前下发的表上，该栏后来又改过，按这份表采用。",
        (
            (
                {**_SAME, "存在困难": "资金没有落实"},
                {**_KNOWN, "台账库·存在困难": "人手不足", "下发时·存在困难": "手续没有办完"},
            ),
        ),
        (
            (
                {**_SAME, "存在困难": "资金没有落实"},
                {**_KNOWN, "台账库·存在困难": "人手不足", "下发时·存在困难": "人手不足"},
            ),
        ),
    ),
    "H106": FindingType(
        Severity.WARNING,
        "整改时限被改动，没有整改办的延期审核，未采用。",
        (({**_SAME, "整改时限": "2026-12-31"}, _KNOWN),),
        (({**_SAME, "整改时限": "2026年6月30日前"}, _KNOWN),),
    ),
}


def finding(code: str, row: Row, column: str, message: str, fix: str) -> Finding:
    """A finding of this room about one cell."""
    return Finding(
        code,
        CODES[code].severity,
        row.place(column),
        message,
        fix,
        row.item.id,
        column,
        row.typed.get(column, ""),
    )
