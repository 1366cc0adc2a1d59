"""Specimens: dates, states, numbers."""

from __future__ import annotations

import datetime as dt

from xlsxwriter import Workbook

from tests.zoo.specimen import HEADINGS, ledger, put, row, specimen, values, with_xlsxwriter

MORE = (*HEADINGS, "制度成果", "涉及金额（万元）", "处理人次")


@specimen("规划建设局.xlsx", 41)
def dates_as_they_are_typed() -> bytes:
    """整改时限和完成时间的二十种写法，都是文字。"""
    written = ["2026-6-30", "2026/06/30", "2026.6.30", "2026．6．30", "2026年6月30日", "2026年06月", "26年6月30日", "2026年6月底", "6月30日", "20260630",
               "二〇二六年六月三十日", "2026 年 6 月 30 日", "2026-06-30 00:00:00", "2026年6月30日前", "2026.1", "2026.10", "六月底前", "2026-06-30(星期二)",
               "2O26年6月30日", "30/6/2026"]  # fmt: skip
    return ledger(
        [
            row(min(number, 28), 问题编号=f"1-{number}", 整改时限=text, 完成时间=text)
            for number, text in enumerate(written, 1)
        ]
    )


@specimen("规划建设局.xlsx", 41)
def dates_as_numbers() -> bytes:
    """真正的日期、各种日期格式（年月日、星期、年月）、日期序号、时间、数字2026.1。"""

    def draw(book: Workbook) -> None:
        page = book.add_worksheet("台账")
        put(page, [HEADINGS])
        formats = [
            'yyyy"年"m"月"d"日"',
            "[$-804]aaaa",
            "yyyy.m",
            '[DBNum1][$-804]yyyy"年"m"月"d"日";@',
            "yyyy/m/d h:mm",
            "m/d/yy",
        ]
        for number, code in enumerate(formats, 1):
            put(page, values([row(number, 整改时限=None, 完成时间=None)]), at=(number, 0))
            shown = book.add_format({"num_format": code})
            page.write_datetime(number, 5, dt.datetime(2026, 6, 30), shown)
            page.write_datetime(number, 8, dt.datetime(2026, 5, number), shown)
        put(
            page,
            values(
                [row(7, 整改时限=46203, 完成时间=46149), row(8, 整改时限=2026.1, 完成时间=20260508)]
            ),
            at=(7, 0),
        )

    return with_xlsxwriter(draw)


@specimen("规划建设局.xlsx", 41)
def dates_of_1904() -> bytes:
    """苹果电脑的1904日期系统。"""
    return ledger([row(1, 整改时限=dt.date(2026, 6, 30))], date_1904=True)


@specimen("规划建设局.xlsx", 42)
def impossible_dates() -> bytes:
    """2月30日、13月、2202年、早于反馈日期、晚于填报。"""
    written = ["2026年2月30日", "2026-13-01", "2202年6月30日", "2025年12月1日", "2026年9月31日"]
    return ledger(
        [row(number, 整改时限=text, 完成时间=text) for number, text in enumerate(written, 1)]
    )


@specimen("规划建设局.xlsx", 43)
def deadline_and_status_changed_places() -> bytes:
    """整改时限里写状态，整改状态里写日期。"""
    return ledger(
        [
            row(1, 整改时限="已完成", 整改状态="2026年6月30日"),
            row(2, 整改时限="正在整改", 整改状态="2026-06-30", 完成时间=None),
            row(3),
        ]
    )


@specimen("规划建设局.xlsx", 44, 45)
def words_of_status() -> bytes:
    """整改状态的各种写法，绕过了下拉列表。"""
    words = ["已完成", "完成", "已完成。", "完 成", "以完成", "√", "是", "否", "Y", "1", "100%", "已整改到位", "正在推进", "基本完成", "未启动", "长期坚持", "已销号",
             "95%左右", "进行中", "✔", "差不多了"]  # fmt: skip
    return ledger(
        [
            row(min(number, 28), 问题编号=f"1-{number}", 整改状态=word, 完成时间=None)
            for number, word in enumerate(words, 1)
        ]
    )


@specimen("规划建设局.xlsx", 46)
def percentages() -> bytes:
    """完成进度用百分比：百分比格式的1和0.8、数字80、文字80%、八成、120%。"""

    def draw(book: Workbook) -> None:
        page = book.add_worksheet("台账")
        percent = book.add_format({"num_format": "0%"})
        put(
            page,
            [
                HEADINGS,
                *values([row(number, 整改状态=None, 完成时间=None) for number in range(1, 8)]),
            ],
        )
        for number, value in enumerate([1, 0.8], 1):
            page.write_number(number, 7, value, percent)
        put(page, [[80], ["80%"], ["八成"], ["120%"], [0]], at=(3, 7))

    return with_xlsxwriter(draw)


@specimen("规划建设局.xlsx", 47)
def sums_of_money() -> bytes:
    """金额：元、万元、亿元，约数，带说明，千分位，负数，空白与0。"""
    sums = [
        12.6,
        "12.6",
        "12.6万元",
        "126000元",
        "1.2亿元",
        "约50余万元",
        "66.57万元（已上缴）",
        "1,234.5",
        "1，234.5",
        -3,
        0,
        None,
        "无",
        126000,
        "三万元",
        "3.5万",
    ]
    return ledger(
        [
            row(min(n, 28), 问题编号=f"1-{n}", **{"涉及金额（万元）": value})
            for n, value in enumerate(sums, 1)
        ],
        MORE,
    )


@specimen("规划建设局.xlsx", 48)
def counts() -> bytes:
    """人次：3人、三人、10余人次、若干、人次与人数分开写。"""
    people = [
        2,
        "2",
        "3人",
        "三人次",
        "10余人次",
        "若干",
        "2人3次",
        "0",
        "无",
        "党纪处分2人，诫勉1人",
    ]
    return ledger([row(n, 处理人次=value) for n, value in enumerate(people, 1)], MORE)


@specimen("规划建设局.xlsx", 49)
def numbers_as_text() -> bytes:
    """文本型数字、前导零、科学计数、18位号码。"""

    def draw(book: Workbook) -> None:
        page = book.add_worksheet("台账")
        headings = (*HEADINGS, "涉及金额（万元）", "佐证材料")
        put(page, [headings, *values([
            row(1, **{"涉及金额（万元）": "3.50", "佐证材料": "007"}), row(2, **{"涉及金额（万元）": "1.2E+3", "佐证材料": 441900202201010012}),
            row(3, 问题编号="003", 佐证材料=4.4190020220101e17),
        ], headings)])  # fmt: skip

    return with_xlsxwriter(draw)


@specimen("规划建设局.xlsx", 51)
def names_of_regulations() -> bytes:
    """制度成果：有书名号、没有书名号、几项写在一起、拟制定、带文号。"""
    names = [
        "《甲办法》",
        "甲办法",
        "《甲办法》《乙规则》",
        "1.《甲办法》；2.《乙规则》",
        "拟制定《丙细则》",
        "《甲办法》（规建〔2026〕3号）",
        "制定《甲办法》等3项制度",
        "无",
    ]
    return ledger([row(n, 制度成果=name) for n, name in enumerate(names, 1)], MORE)
