"""Specimens: sheets, and where the table stands on them."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter import Workbook

from tests.zoo.specimen import (
    HEADINGS,
    append,
    put,
    row,
    specimen,
    values,
    with_openpyxl,
    with_xlsxwriter,
)

TABLE = [HEADINGS, *values([row(1), row(2)])]


@specimen("规划建设局.xlsx", 10)
def data_on_the_third_sheet() -> bytes:
    """第一张是封面，第二张空白，数据在第三张。"""

    def draw(book: Workbook) -> None:
        put(book.add_worksheet("封面"), [["规划建设局"], ["巡察整改台账"], ["2026年6月"]])
        book.add_worksheet("Sheet2")
        put(book.add_worksheet("台账"), TABLE)

    return with_xlsxwriter(draw)


@specimen("规划建设局.xlsx", 10)
def parallel_lists() -> bytes:
    """常规巡察、选人用人两份清单各一张表，编号都从1开始。"""

    def draw(book: Workbook) -> None:
        put(
            book.add_worksheet("常规巡察"),
            [HEADINGS, *values([row(1, 问题编号="1"), row(2, 问题编号="2")])],
        )
        put(
            book.add_worksheet("选人用人专项检查"),
            [HEADINGS, *values([row(1, 问题编号="1", 具体问题="选人用人问题。")])],
        )

    return with_xlsxwriter(draw)


@specimen("规划建设局.xlsx", 11)
def hidden_sheet_of_last_month() -> bytes:
    """隐藏的工作表里是上个月的旧数据。"""

    def draw(book: Workbook) -> None:
        put(book.add_worksheet("6月"), TABLE)
        old = book.add_worksheet("5月")
        put(old, [HEADINGS, *values([row(1, 整改状态="正在整改", 完成时间=None)])])
        old.hide()
        dictionary = book.add_worksheet("_字典")
        put(dictionary, [["已完成"], ["正在整改"]])
        dictionary.very_hidden()

    return with_xlsxwriter(draw)


@specimen("规划建设局.xlsx", 12)
def sample_and_instructions() -> bytes:
    """填表说明、样表都留在里面，样表里有示例行。"""

    def draw(book: Workbook) -> None:
        put(
            book.add_worksheet("填表说明"),
            [["一、问题编号不得修改。"], ["二、整改状态从下拉列表中选。"]],
        )
        put(book.add_worksheet("样表"), [HEADINGS, *values([row(9, 具体问题="示例问题。")])])
        put(book.add_worksheet("整改台账"), TABLE)

    return with_xlsxwriter(draw)


@specimen("规划建设局.xlsx", 13)
def two_tables_one_below_the_other() -> bytes:
    """一张表上两个台账，下面一个栏目顺序不同；上面一个打印换页处又有一次表头。"""

    def draw(book: Workbook) -> None:
        page = book.add_worksheet("台账")
        put(page, [["一、已完成事项"], *TABLE, HEADINGS, *values([row(3)])])
        other = tuple(reversed(HEADINGS))
        put(
            page,
            [
                ["二、未完成事项"],
                other,
                *values([row(4, 整改状态="正在整改", 完成时间=None)], other),
            ],
            at=(8, 0),
        )

    return with_xlsxwriter(draw)


@specimen("规划建设局.xlsx", 13)
def two_tables_side_by_side() -> bytes:
    """左边是台账，右边另有一个小表。"""

    def draw(book: Workbook) -> None:
        page = book.add_worksheet("台账")
        put(page, TABLE)
        put(page, [["状态", "个数"], ["已完成", 2], ["正在整改", 0]], at=(0, 11))

    return with_xlsxwriter(draw)


@specimen("规划建设局.xlsx", 14, 18)
def headings_in_row_six_and_column_c() -> bytes:
    """上面有标题、填报单位和空行，左边空两列，右边有一句说明。"""

    def draw(book: Workbook) -> None:
        page = book.add_worksheet("台账")
        page.merge_range(1, 2, 1, 10, "规划建设局巡察反馈问题整改台账")
        put(page, [["填报单位：规划建设局", None, None, "填报时间：2026年6月12日"]], at=(3, 2))
        put(page, TABLE, at=(5, 2))
        page.write_string(6, 13, "这一列是给自己看的")

    return with_xlsxwriter(draw)


@specimen("规划建设局.xlsx", 15)
def headings_of_two_rows() -> bytes:
    """两行表头：上行是“整改情况”等大栏目，字间有空格和换行。"""

    def draw(page: Worksheet) -> None:
        append(page, [
            ["问 题\n编 号", "具体问题", "整改措施", "责任", None, "整改\n时限", "整改情况", None, None],
            [None, None, None, "牵头单位", "责 任 人", None, "整改进展情况", "整改状态", "完成\n时间"],
            *values([row(1), row(2)]),
        ])  # fmt: skip
        for merged in ("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2", "G1:I1"):
            page.merge_cells(merged)

    return with_openpyxl(draw)


@specimen("规划建设局.xlsx", 15)
def headings_of_three_rows() -> bytes:
    """三行表头，最下面一行是填写提示。"""

    def draw(book: Workbook) -> None:
        page = book.add_worksheet("台账")
        page.merge_range(0, 0, 0, 2, "反馈问题")
        page.merge_range(0, 3, 0, 8, "整改落实")
        for col, heading in enumerate(HEADINGS):
            if col < 5:
                page.merge_range(1, col, 2, col, heading)
            else:
                page.write(1, col, heading)
        put(page, [["（年月日）", "（200字以内）", "（下拉选择）", "（实际）"]], at=(2, 5))
        put(page, values([row(1), row(2)]), at=(3, 0))

    return with_xlsxwriter(draw)


@specimen("规划建设局.xlsx", 16, 7)
def headings_renamed_misspelt_moved() -> bytes:
    """栏目换了顺序，有错字、别名、多出来的列和重复的列。"""
    headings = (
        "整改状态",
        "问题编号",
        "整改实限",
        "责任单住",
        "联系电话",
        "具体问题描述",
        "整改举措",
        "整改进展情况（6月）",
        "完成时间",
        "整改状态",
        "备  注",
    )
    line = (
        "已完成",
        "1-1",
        "2026年6月30日",
        "规划建设局",
        "0769-22223333",
        "问题一。",
        "措施一。",
        "已修订办法。",
        "2026-05-06",
        "已完成",
        "无",
    )
    return with_xlsxwriter(lambda book: put(book.add_worksheet("台账"), [headings, line]))


@specimen("规划建设局.xlsx", 17)
def hidden_rows_and_columns() -> bytes:
    """筛选后隐藏了一行，另外隐藏了一列。"""

    def draw(book: Workbook) -> None:
        page = book.add_worksheet("台账")
        put(page, [HEADINGS, *values([row(1), row(2, 整改状态="正在整改", 完成时间=None), row(3)])])
        page.autofilter(0, 0, 3, 8)
        page.set_row(2, None, None, {"hidden": True})
        page.set_column(6, 6, None, None, {"hidden": True})

    return with_xlsxwriter(draw)
