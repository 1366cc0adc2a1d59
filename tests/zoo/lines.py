"""Specimens: rows of the table, and rows that are none."""

from __future__ import annotations

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter import Workbook

from tests.zoo.specimen import (
    HEADINGS,
    append,
    ledger,
    put,
    row,
    specimen,
    values,
    with_openpyxl,
    with_xlsxwriter,
)


@specimen("规划建设局.xlsx", 19)
def vertical_merges() -> bytes:
    """问题、单位、责任人纵向合并；责任人的合并跨了两个问题。"""

    def draw(book: Workbook) -> None:
        page = book.add_worksheet("台账")
        lines = values(
            [
                row(1),
                row(1, 整改措施="落实第二项措施。", 整改进展情况="第二项已落实。"),
                row(2),
                row(3),
            ]
        )
        put(page, [HEADINGS, *lines])
        for col in (0, 1, 3):
            page.merge_range(1, col, 2, col, lines[0][col])
        page.merge_range(1, 4, 4, 4, "李芳华")

    return with_xlsxwriter(draw)


@specimen("规划建设局.xlsx", 20)
def merges_broken_by_a_new_row() -> bytes:
    """插入一行后合并断了：第二条措施行的编号、问题都空着；最后一行的进展是真的没填。"""
    second = row(
        1,
        问题编号=None,
        具体问题=None,
        牵头单位=None,
        责任人=None,
        整改时限=None,
        整改措施="插入的第二项措施。",
        整改进展情况="第二项已落实。",
        整改状态=None,
        完成时间=None,
    )
    return ledger([row(1), second, row(2, 整改进展情况=None, 整改状态="正在整改", 完成时间=None)])


@specimen("规划建设局.xlsx", 21)
def spacer_rows() -> bytes:
    """空行、只有边框的行、全是横线或斜线的行。"""

    def draw(book: Workbook) -> None:
        page = book.add_worksheet("台账")
        border = book.add_format({"border": 1})
        put(page, [HEADINGS, *values([row(1)]), [], ["/"] * 9, ["—"] * 9, *values([row(2)])])
        for col in range(9):
            page.write_blank(2, col, None, border)

    return with_xlsxwriter(draw)


@specimen("规划建设局.xlsx", 22)
def sections_totals_signatures() -> bytes:
    """分节行、小计、合计、注、签字行夹在数据里。"""

    def draw(book: Workbook) -> None:
        page = book.add_worksheet("台账")
        put(page, [HEADINGS])
        page.merge_range(1, 0, 1, 8, "一、落实党的路线方针政策方面")
        put(page, values([row(1)]), at=(2, 0))
        put(page, [["小计", "1个问题"], ["（二）选人用人方面"]], at=(3, 0))
        put(page, values([row(2)]), at=(5, 0))
        put(page, [["合计", None, None, None, None, None, "2个问题", "已完成2个"], ["注：1.本表由各单位填报。"], [],
                   ["填报人：王小明", None, None, "审核人：李芳华", None, None, None, "联系电话：22223333"]], at=(6, 0))  # fmt: skip

    return with_xlsxwriter(draw)


@specimen("规划建设局.xlsx", 23)
def measures_over_rows_and_in_one_cell() -> bytes:
    """一个问题三行措施（编号只写一次、合并）；另一个问题把措施挤在一格。"""

    def draw(page: Worksheet) -> None:
        append(page, [HEADINGS, *values([
            row(1, 整改措施="1.修订办法。"), row(1, 问题编号=None, 具体问题=None, 整改措施="2.开展培训。", 整改进展情况="培训2次。"),
            row(1, 问题编号=None, 具体问题=None, 整改措施="3.清退资金。", 整改进展情况="清退3万元。"),
            row(2, 整改措施="1.修订办法；\n2.开展培训；\n3.清退资金。", 整改进展情况="一是修订办法。二是开展培训。三是清退资金。"),
        ])])  # fmt: skip
        page.merge_cells("A2:A4")
        page.merge_cells("B2:B4")

    return with_openpyxl(draw)


@specimen("规划建设局.xlsx", 24)
def several_problems_in_one_row() -> bytes:
    """一行里写了三个编号、三个问题。"""
    return ledger(
        [row(1, 问题编号="1-1、1-2、1-3", 具体问题="1.问题甲。\n2.问题乙。\n3.问题丙。"), row(4)]
    )


@specimen("规划建设局.xlsx", 25)
def row_copied_twice() -> bytes:
    """同一行粘贴了两次；另有一行编号相同、状态不同。"""
    return ledger([row(1), row(2), row(2), row(3), row(3, 整改状态="正在整改", 完成时间=None)])


@specimen("规划建设局.xlsx", 26)
def numbers_of_problems() -> bytes:
    """编号的各种写法：被Excel变成日期、小数，全角、带圈、括号、公式、空白。"""

    def draw(book: Workbook) -> None:
        page = book.add_worksheet("台账")
        day = book.add_format({"num_format": 'm"月"d"日"'})
        ids = [
            "1-1",
            dt.date(2026, 1, 2),
            1.1,
            "１－４",
            "⑤",
            "（一）6",
            "1.10",
            "Ⅱ-1",
            " 2—2 ",
            "问题3",
            None,
        ]
        put(page, [HEADINGS])
        for number, key in enumerate(ids, 1):
            put(page, values([row(number, 问题编号=None)]), at=(number, 0))
            if isinstance(key, dt.date):
                page.write_datetime(number, 0, key, day)
            elif key is not None:
                page.write(number, 0, key)
        page.write_formula(len(ids) + 1, 0, "=ROW()-1", None, 12)
        put(page, [values([row(12)])[0][1:]], at=(len(ids) + 1, 1))

    return with_xlsxwriter(draw)


@specimen("规划建设局.xlsx", 26, 25)
def numbers_that_start_again() -> bytes:
    """每一节的序号都从1重新开始。"""

    def draw(book: Workbook) -> None:
        page = book.add_worksheet("台账")
        headings = ("序号", *HEADINGS[1:])
        put(
            page,
            [headings, ["一、党的建设方面"], *values([row(1, 问题编号=1), row(2, 问题编号=2)])],
        )
        put(
            page,
            [["二、项目管理方面"], *values([row(3, 问题编号=1), row(4, 问题编号=2)])],
            at=(4, 0),
        )

    return with_xlsxwriter(draw)


@specimen("规划建设局.xlsx", 31)
def dittos() -> bytes:
    """同上、〃、见上、详见附件。"""
    return ledger([
        row(1, 责任人="李芳华", 整改时限="2026年6月30日"), row(2, 责任人="同上", 整改时限="〃", 整改进展情况="同上"),
        row(3, 责任人="同 上", 整改时限="见上", 整改进展情况="详见附件"), row(4, 责任人='"', 整改时限="如前"),
    ])  # fmt: skip


@specimen("规划建设局.xlsx", 53)
def required_cells_left_empty() -> bytes:
    """责任人、时限、状态、措施空着，或写着“/”“无”。"""
    return ledger(
        [
            row(1, 责任人=None, 整改时限=None),
            row(2, 整改措施=None, 整改状态=None, 完成时间=None),
            row(3, 整改时限="/", 整改进展情况="无", 责任人="—"),
        ]
    )
