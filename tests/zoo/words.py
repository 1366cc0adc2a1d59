"""Specimens: words around words, characters that only look right, lines between figures, what a format hides."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from tests.zoo.specimen import HEADINGS, ledger, put, row, specimen, values, with_xlsxwriter

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

LEVELS = ("问题编号", "主要问题", "分项问题", *HEADINGS[1:])


@specimen("规划建设局.xlsx", 30)
def lines_between_figures() -> bytes:
    """换行两边都是数字，或一边是数字一边是量词：进展、问题、措施、金额、人次、时限里都有。"""
    headings = (*HEADINGS, "涉及金额（万元）", "处理人次")
    return ledger(
        [
            row(1, 整改进展情况="追缴资金40\n7人受到处理。", 具体问题="漏缴20\n60户"),
            row(2, 整改进展情况="平均8.5\n3天办结\n余下4", **{"涉及金额（万元）": "12\n5"}),
            row(
                3,
                整改措施="1.追缴30\n5人参加\n2.验收",
                整改时限="2026年1\n1月底前",
                处理人次="1\n2",
            ),
            row(4, 整改进展情况="整治企业5家\n6家正在整治", 整改时限="2026年\n6月30日"),
        ],
        headings,
    )


@specimen("规划建设局.xlsx", 29)
def radicals_from_a_pdf() -> bytes:
    """从PDF复制的部首字：月日人工方文、长门风、民。"""
    return ledger(
        [
            row(
                1,
                责任人="⽅⽂⾼",
                整改时限="2026年6⽉30⽇",
                整改进展情况="4⽉修订⼯作办法，⼈员培训3次。",
            ),
            row(2, 具体问题="⻓效机制不健全", 牵头单位="规划建设局", 完成时间="2026年5⽉2⽇"),
            row(3, 整改状态="正在整改", 完成时间=None, 整改进展情况="上⻔服务⺠企12家。"),
        ]
    )


@specimen("规划建设局.xlsx", 44)
def boxes_and_words_around_a_status() -> bytes:
    """打勾的方框、带虚词的状态、括号里的补充、百分数加“完成”、是否加状态。"""
    words = ["□已完成 ☑正在整改 □未启动", "☑已完成", "√已完成", "是（已完成）", "未完成（正在推进）", "否，正在整改", "已基本完成", "１００％完成",
             "持续推进中", "已取得阶段性成果", "□已完成 □正在整改", "已完成（尚未验收）", "是，正在整改"]  # fmt: skip
    return ledger(
        [
            row(number, 整改状态=word, 完成时间=None, 问题编号=f"1-{number}")
            for number, word in enumerate(words, 1)
        ]
    )


@specimen("规划建设局.xlsx", 41)
def dashes_weekdays_and_times() -> bytes:
    """日期里的全角和排版横线、斜线、圆点，带星期、带几时几分，前后带“于”“整改完毕”“立行立改”。"""
    written = ["2026－06－30", "2026—06—30", "2026／06／30", "2026·6·30", "2026-06-30 18:00", "2026年6月30日24时前", "2026-06-30（周二）",
               "2026-06-30（周三）", "于2026年6月底前完成", "2026年6月底前整改完毕", "2026年6月底前（立行立改）", "今年10月底前"]  # fmt: skip
    return ledger(
        [
            row(number, 问题编号=f"1-{number}", 整改时限=text, 完成时间=text)
            for number, text in enumerate(written, 1)
        ]
    )


@specimen("规划建设局.xlsx", 41)
def days_shown_as_their_month() -> bytes:
    """日期格式只显示年月、只显示月份：存的是1日，看到的是整月。"""

    def draw(book: Workbook) -> None:
        page = book.add_worksheet("台账")
        put(page, [HEADINGS])
        for number, code in enumerate(['yyyy"年"m"月"', "yyyy-mm", 'm"月"', "mmm-yy"], 1):
            put(page, values([row(number, 整改时限=None, 完成时间=None)]), at=(number, 0))
            shown = book.add_format({"num_format": code})
            page.write_datetime(number, 5, dt.datetime(2026, 6, 1), shown)
        page.write_datetime(
            1, 8, dt.datetime(2026, 5, 1), book.add_format({"num_format": "yyyy-mm"})
        )

    return with_xlsxwriter(draw)


@specimen("规划建设局.xlsx", 31)
def dittos_in_brackets_and_nothing_new() -> bytes:
    """括号里的同上，进展和状态里的“同上周”“无变化”，责任人和佐证材料写“无”。"""
    headings = (*HEADINGS, "佐证材料")
    return ledger(
        [
            row(1, 责任人="李芳华", 佐证材料="附件1"),
            row(2, 责任人="（同上）", 整改时限="(同上)", 整改进展情况="同上周", 佐证材料="无"),
            row(
                3,
                责任人="【同上】",
                整改进展情况="（无变化）",
                整改状态="与上周一致",
                佐证材料="暂无",
            ),
            row(4, 责任人="无", 整改进展情况="本周无新进展"),
        ],
        headings,
    )


@specimen("规划建设局.xlsx", 20)
def merges_that_were_lost() -> bytes:
    """另存时合并单元格散了：主要问题、分项问题、责任人、时限只有第一行有；第四行另起一个问题。"""
    lost = {"主要问题": None, "分项问题": None, "责任人": None, "整改时限": None}
    return ledger(
        [
            row(1, 主要问题="项目管理不严", 分项问题="统筹不够。"),
            row(2, **lost),
            row(3, **lost),
            row(4, 主要问题="作风不实", 分项问题="会议过多。", 责任人=None),
            row(5, **{**lost, "分项问题": "文件过长。"}),
        ],
        LEVELS,
    )


@specimen("规划建设局.xlsx", 23, 51)
def measures_with_years_and_planned_regulations() -> bytes:
    """措施以年份、数字开头；制度成果里有拟制定、征求意见的。"""
    headings = (*HEADINGS, "制度成果")
    return ledger(
        [
            row(
                1,
                整改措施="1．健全制度。\n2．2026年9月底前补齐。\n3．培训4场。",
                制度成果="《甲办法》（拟制定）",
            ),
            row(
                2, 整改措施="1、30户补发\n2、5户整改", 制度成果="《甲办法》《乙规定》（征求意见稿）"
            ),
            row(3, 整改措施="1.修订办法。\n2.5万元追缴到位。", 制度成果="拟制定丙细则、丁规程"),
        ],
        headings,
    )


@specimen("报送.xlsx", 34, 35)
def unit_and_people_in_one_column() -> bytes:
    """责任单位及责任人填在一栏：空格、括号、两行、斜线，还有一格只有人。"""
    headings = tuple(
        "责任单位及责任人" if name == "牵头单位" else name for name in HEADINGS if name != "责任人"
    )
    cells = ["规划建设局 李芳华", "规划建设局\n（李芳华、王小明）", "牵头单位：规划建设局\n责任人：李芳华", "李芳华/规划建设局", "李芳华"]  # fmt: skip
    return ledger(
        [row(number, 责任单位及责任人=cell) for number, cell in enumerate(cells, 1)], headings
    )


@specimen("隐患台账.xlsx", 16)
def no_column_names_the_problem() -> bytes:
    """认不出写问题、状态的栏目：整件退回，说明哪些表头没有看懂。"""
    headings = ("序号", "风险点描述", "风险等级", "整改措施", "整改时限", "牵头单位", "复核结论")
    cells = [["1", "通道堵塞。", "一般", "清理通道。", "2026年6月30日", "规划建设局", "合格"]]
    return with_xlsxwriter(
        lambda book: put(book.add_worksheet("台账"), [headings, *cells, ["2", *cells[0][1:]]])
    )


@specimen("规划建设局.xlsx")
def numbers_of_people_where_nobody_reads() -> bytes:
    """身份证号、卡号在自有栏目里、表格旁边，校验位不对也是。"""
    headings = (*HEADINGS, "身份证号", "开户行及卡号", "合同编号")

    def draw(book: Workbook) -> None:
        page = book.add_worksheet("台账")
        lines = values(
            [
                row(1, 身份证号="110101199003070012", 合同编号="110101199003079998"),
                row(
                    2,
                    开户行及卡号="农商行6222021234567890124",
                    身份证号="１１０１０１１９９００３０７００１２",
                ),
            ],
            headings,
        )
        put(page, [headings, *lines])
        put(page, [["退款账号3602000109200098765"]], at=(2, 14))

    return with_xlsxwriter(draw)
