"""Specimens: the words in cells."""

from __future__ import annotations

import io
import zipfile

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.styles.colors import Color
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter import Workbook

from tests.support.package import DOCUMENT, PACKAGE, inline, sheet, workbook
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


@specimen("规划建设局.xlsx", 29)
def wide_and_invisible_characters() -> bytes:
    """全角数字、不换行空格、零宽字符、制表符、半角标点、引号前缀。"""

    def draw(page: Worksheet) -> None:
        append(page, [HEADINGS, *values([
            row(1, 问题编号="１-１", 整改时限="２０２６年６月３０日", 整改进展情况="已修订\u00a0《甲办法》,开展培训２次;\u200b清退资金(3万元).", 责任人="李\u3000芳\u00a0华"),
            row(2, 问题编号="\ufeff1-2\t", 整改状态="\u200e已完成 ", 整改进展情况="召开会议10:30开始，比例3.5%，见http://a.cn/b?c=1,2"),
        ])])  # fmt: skip
        page["A3"].quotePrefix = True
        page["F3"] = "2026-06-30"
        page["F3"].quotePrefix = True

    return with_openpyxl(draw)


@specimen("规划建设局.xlsx", 30)
def line_breaks_of_every_kind() -> bytes:
    """换行：\\n、\\r\\n、_x000D_、Word软回车（_x000B_）、行尾空格、空行。"""
    page = sheet(
        f'<row r="1">{"".join(inline(f"{letter}1", heading) for letter, heading in zip("ABCDEFGHI", HEADINGS, strict=True))}</row>'
        f'<row r="2">{inline("A2", "1-1")}{inline("B2", "问题")}{inline("C2", "1.修订办法_x000D_&#10;2.开展培训")}{inline("D2", "规划建设局")}'
        f"{inline('F2', '2026年&#13;&#10;6月30日')}{inline('G2', '一是修订办法。  &#10;&#10;二是开展&#10;培训。_x000B_三是清退。')}{inline('H2', '已完成&#10;')}{inline('I2', '2026-05-01 ')}</row>"
    )
    return workbook({"台账": page})


@specimen("规划建设局.xlsx", 32)
def very_long_text() -> bytes:
    """一格写满32767字；另一格正好255字，可能被截断过。"""
    long = "一是修订办法，二是开展培训，三是清退资金。" * 2000
    return ledger([row(1, 整改进展情况=long[:32_767]), row(2, 整改进展情况=long[:255])])


@specimen("报送.xlsx", 33)
def names_of_units() -> bytes:
    """全称、简称、旧称、带“局党组”、错字、笼统的称呼。"""
    names = [
        "规划建设局",
        "规建局",
        "规划建设局党组",
        "社会事务局（原民政局）",
        "财金局",
        "规画建设局",
        "各科室",
        "相关部门",
        "全体班子成员",
    ]
    return ledger([row(number, 牵头单位=name) for number, name in enumerate(names, 1)])


@specimen("报送.xlsx", 34)
def several_units_in_one_cell() -> bytes:
    """一格几个单位：顿号、换行、空格、“和”、牵头配合的标注。"""
    names = ["规划建设局、财政金融局", "规划建设局（牵头）、财政金融局、社会事务局", "牵头：规划建设局\n配合：财政金融局、社会事务局", "规划建设局 财政金融局",
             "规划建设局和财政金融局", "财政金融局（配合）；规划建设局（牵头）", "规划建设局,社会事务局及相关部门"]  # fmt: skip
    return ledger([row(number, 牵头单位=name) for number, name in enumerate(names, 1)])


@specimen("规划建设局.xlsx", 35)
def owners_with_posts_and_telephones() -> bytes:
    """责任人带职务、电话，几个人用空格隔开，两字姓名中间有空格。"""
    names = [
        "李芳华",
        "局长李芳华",
        "李芳华（副局长）13800000000",
        "李芳华 王小明",
        "张 三",
        "李芳华、王小明",
        "规划建设局",
    ]
    return ledger([row(number, 责任人=name) for number, name in enumerate(names, 1)])


@specimen("规划建设局.xlsx", 36)
def struck_text_and_comments() -> bytes:
    """整格删除线、部分删除线、红字、批注里写着真正的答复。"""

    def draw(page: Worksheet) -> None:
        append(page, [HEADINGS, *values([row(1), row(2), row(3)])])
        page["C2"].font = Font(strike=True)
        page["G3"] = CellRichText(
            "已修订",
            TextBlock(InlineFont(strike=True), "甲办法"),
            TextBlock(InlineFont(color=Color("FFFF0000")), "乙规则"),
            "。",
        )
        page["G4"].comment = Comment("实际上还没有完成，7月再报。", "王小明")

    return with_openpyxl(draw)


@specimen("规划建设局.xlsx", 36)
def conversation_in_comments() -> bytes:
    """新版Excel的“批注”（会话）：有提问、有答复。"""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(ledger([row(1)]))) as source,
        zipfile.ZipFile(stream, "w") as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name))
        threads = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
        target.writestr("xl/worksheets/_rels/sheet1.xml.rels", (
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" Target="../threadedComments/t1.xml"/>'
            f'<Relationship Id="b" Type="{DOCUMENT}/comments" Target="/xl/comments1.xml"/></Relationships>'
        ))  # fmt: skip
        target.writestr("xl/threadedComments/t1.xml", (
            f'<ThreadedComments xmlns="{threads}"><threadedComment ref="G2" id="1" dT="2026-06-01T09:00:00.00"><text>是否已印发？</text></threadedComment>'
            '<threadedComment ref="G2" id="2" parentId="1" dT="2026-06-02T09:00:00.00"><text>尚未印发，7月印发。</text></threadedComment></ThreadedComments>'
        ))  # fmt: skip
        target.writestr("xl/comments1.xml", (
            '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>tc=1</author></authors><commentList>'
            '<comment ref="G2" authorId="0"><text><t>[Threaded comment] Your version of Excel allows you to read this threaded comment</t></text></comment></commentList></comments>'
        ))  # fmt: skip
    return stream.getvalue()


@specimen("规划建设局.xlsx", 37)
def wrong_and_traditional_characters() -> bytes:
    """繁体字、错别字：台帐、己完成、整改状態。"""
    headings = (
        "問題編號",
        "具體問題",
        "整改措施",
        "牽頭單位",
        "責任人",
        "整改時限",
        "整改進展情況",
        "整改狀態",
        "完成時間",
    )
    lines = values(
        [row(1, 整改状态="已完成"), row(2, 整改状态="己完成"), row(3, 整改状态="以完成")]
    )
    return with_xlsxwriter(lambda book: put(book.add_worksheet("整改台帐"), [headings, *lines]))


@specimen("规划建设局.xlsx", 50, 9)
def formulas_and_errors() -> bytes:
    """公式带结果、错误值、合计公式、像公式的文字。"""

    def draw(book: Workbook) -> None:
        page = book.add_worksheet("台账")
        headings = (*HEADINGS, "涉及金额（万元）")
        put(
            page,
            [
                headings,
                *values(
                    [
                        row(1),
                        row(2),
                        row(3),
                        row(4, 整改进展情况="=cmd|'/c calc'!A1", 责任人="+8613800000000"),
                    ],
                    headings,
                ),
            ],
        )
        page.write_formula("H2", '=IF(1=1,"已完成","")', None, "已完成")
        page.write_formula("G3", "=VLOOKUP(1,A:B,2,0)", None, "#N/A")
        page.write_formula("I4", "=1/0", None, "#DIV/0!")
        page.write_formula("J2", "=1+2", None, 3)
        put(page, [["合计"]], at=(5, 0))
        page.write_formula("J6", "=SUM(J2:J5)", None, 3)

    return with_xlsxwriter(draw)
