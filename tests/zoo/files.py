"""Specimens: the file itself."""

from __future__ import annotations

import io
import zipfile

import docx
import msoffcrypto.format.ooxml
import openpyxl
from docx.document import Document
from openpyxl.comments import Comment
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter import Workbook

from tests.support.package import DOCUMENT, MAIN, PACKAGE, zipped
from tests.zoo.specimen import (
    HEADINGS,
    append,
    ledger,
    put,
    row,
    saved,
    specimen,
    values,
    with_openpyxl,
    with_xlsxwriter,
)

ROWS = (row(1), row(2, 整改状态="正在整改", 完成时间=None))


@specimen("规划建设局.xlsx")
def plain() -> bytes:
    """一份规规矩矩的报送件（xlsxwriter），作对照。"""
    return ledger(ROWS)


@specimen("规划建设局.xlsx", 1)
def plain_of_openpyxl() -> bytes:
    """同样的内容，由openpyxl写出。"""
    return with_openpyxl(lambda page: append(page, [HEADINGS, *values(ROWS)]))


@specimen("规划建设局.xlsx", 1)
def saved_by_libreoffice_as_xlsx() -> bytes:
    """LibreOffice另存的.xlsx：合并、隐藏行列、批注、删除线、错误值、日期都在。"""
    return saved("everything.xlsx")


@specimen("规划建设局.xls", 1)
def saved_by_libreoffice_as_xls() -> bytes:
    """同一份另存为.xls。"""
    return saved("everything.xls")


@specimen("规划建设局.et", 1, 2)
def xls_called_et() -> bytes:
    """WPS的.et就是.xls；后缀不影响读取。"""
    return saved("everything.xls")


@specimen("规划建设局.xlsx", 2)
def xls_called_xlsx() -> bytes:
    """.xls改名为.xlsx。"""
    return saved("everything.xls")


@specimen("规划建设局.ods", 1)
def saved_by_libreoffice_as_ods() -> bytes:
    """同一份另存为.ods。"""
    return saved("everything.ods")


def text_lines() -> str:
    lines = [
        HEADINGS,
        *values(
            [
                row(1, 完成时间="2026-05-01"),
                row(2, 整改进展情况="一是修订制度，\n二是开展培训。", 完成时间="2026/5/2"),
            ]
        ),
    ]
    quoted = [
        [f'"{cell}"' if "\n" in cell or "," in cell else cell for cell in line] for line in lines
    ]
    return "\r\n".join(",".join(line) for line in quoted) + "\r\n"


@specimen("规划建设局.csv", 1)
def csv_in_utf8() -> bytes:
    """Excel存的CSV UTF-8，格内有换行。"""
    return text_lines().encode("utf-8-sig")


@specimen("规划建设局.csv", 1)
def csv_in_gbk() -> bytes:
    """Excel存的CSV（GBK）。"""
    return text_lines().encode("gbk")


@specimen("规划建设局.txt", 1)
def text_in_utf16() -> bytes:
    """Excel存的“Unicode文本”，制表符分隔。"""
    return text_lines().replace(",", "\t").encode("utf-16")


@specimen("规划建设局.csv", 1)
def csv_with_a_hint_line() -> bytes:
    """首行写着sep=;的CSV。"""
    return ("sep=;\r\n" + text_lines().replace(",", ";")).encode()


@specimen("规划建设局.docx", 1)
def word_table() -> bytes:
    """Word里的表格：标题在表外，问题编号和单位纵向合并。"""
    paper = docx.Document()
    paper.add_paragraph("规划建设局整改台账")
    paper.add_paragraph("填报单位：规划建设局")
    lines = [
        HEADINGS,
        *values(
            [
                row(1, 完成时间="2026-05-01"),
                row(1, 整改措施="再落实一项措施。", 完成时间="2026-05-01"),
            ]
        ),
    ]
    table = paper.add_table(len(lines), len(HEADINGS))
    for down, line in enumerate(lines):
        for across, text in enumerate(line):
            table.cell(down, across).text = text
    for across in (0, 1, 3):
        upper, lower = table.cell(1, across), table.cell(2, across)
        lower.text = ""
        upper.merge(lower)
    table.cell(1, 2).paragraphs[0].add_run("作废的措施。").font.strike = True
    return written(paper)


@specimen("规划建设局.docx", 1)
def word_without_a_table() -> bytes:
    """Word里只有文字。"""
    paper = docx.Document()
    paper.add_paragraph("我局已完成全部整改。")
    return written(paper)


def written(paper: Document) -> bytes:
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


@specimen("规划建设局.xlsm", 1)
def with_macros() -> bytes:
    """带宏的工作簿。"""
    stream = io.BytesIO(ledger(ROWS))
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return stream.getvalue()


@specimen("盖章扫描件.pdf", 1)
def pdf() -> bytes:
    """盖章的PDF。"""
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@specimen("规划建设局.jpg", 1)
def photo() -> bytes:
    """盖章页的照片。"""
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"


@specimen("规划建设局.xls", 2)
def html_called_xls() -> bytes:
    """业务系统导出的“.xls”，其实是网页。"""
    cells = "".join(f"<td>{heading}</td>" for heading in HEADINGS)
    return f"<html><meta charset=utf-8><table><tr>{cells}</tr></table></html>".encode()


@specimen("五个部门.zip", 2, 5)
def archive_with_gbk_names() -> bytes:
    """压缩包：文件名是GBK，有文件夹、临时文件、PDF和里层压缩包。"""
    stream = io.BytesIO()
    inner = zipped({"财政金融局.xlsx": ledger([row(3, 牵头单位="财政金融局")])})
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in {
            "报送/规划建设局.xlsx": ledger(ROWS), "报送/~$规划建设局.xlsx": b"x", "__MACOSX/._a": b"x",
            "报送/证明材料.pdf": b"%PDF-1.7", "其他.zip": inner,
        }.items():  # fmt: skip
            package.writestr(GbkName(name), data)
    return stream.getvalue()


class GbkName(zipfile.ZipInfo):
    """A member named as old Chinese tools do: GBK bytes, and no flag that would say UTF-8."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


@specimen("规划建设局.xlsx", 3)
def locked_with_an_unknown_password() -> bytes:
    """打开密码没有登记。"""
    stream = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(ledger(ROWS))).encrypt("不告诉你", stream)
    return stream.getvalue()


@specimen("规划建设局.xlsx", 3)
def protected_sheet() -> bytes:
    """工作表、工作簿保护和“标记为最终”，不影响读取。"""

    def draw(book: Workbook) -> None:
        page = book.add_worksheet("整改台账")
        page.protect("密码")
        put(page, [HEADINGS, *values(ROWS)])
        book.read_only_recommended()
        book.set_custom_property("_MarkAsFinal", True)

    return with_xlsxwriter(draw)


@specimen("报送表（最终版）（2）.xlsx", 5)
def unit_only_in_the_heading_line() -> bytes:
    """文件名没有单位，表上方写着简称。"""

    def draw(book: Workbook) -> None:
        page = book.add_worksheet("Sheet1")
        headings = [heading for heading in HEADINGS if heading != "牵头单位"]
        put(
            page,
            [
                ["整改台账"],
                ["填报单位：规建局", None, None, None, "填报时间：2026年6月12日"],
                headings,
                *values(ROWS, headings),
            ],
        )

    return with_xlsxwriter(draw)


@specimen("规划建设局.xlsx", 7)
def old_template() -> bytes:
    """旧模板：少了责任人、完成时间两栏，栏目叫法不同。"""
    headings = ("序号", "存在问题", "整改举措", "责任单位", "完成时限", "整改情况", "完成情况")
    lines = [
        [
            1,
            "旧问题一。",
            "旧措施一。",
            "规划建设局",
            "2026年6月底前",
            "已按要求逐项整改到位，修订办法一项并印发执行。",
            "已完成",
        ]
    ]
    return with_xlsxwriter(lambda book: put(book.add_worksheet("台账"), [headings, *lines]))


@specimen("规划建设局.xlsx", 8)
def empty_file() -> bytes:
    """0字节。"""
    return b""


@specimen("规划建设局.xlsx", 8)
def half_copied() -> bytes:
    """没拷完的文件。"""
    return ledger(ROWS)[:3000]


@specimen("规划建设局.xlsx", 8)
def thousands_of_formatted_rows() -> bytes:
    """三万行只有边框，数据两行，最远处还有一格空白。"""

    def draw(page: Worksheet) -> None:
        append(page, [HEADINGS, *values(ROWS)])
        border = Border(left=Side("thin"))
        for number in range(4, 30_001):
            page.cell(number, 1).border = border
        page.cell(1_048_576, 16_384).border = border

    return with_openpyxl(draw)


@specimen("规划建设局.xlsx", 9)
def links_and_formulas_never_calculated() -> bytes:
    """引用了别的工作簿；公式没有计算结果（程序写出、从未打开过）。"""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "整改台账"
    append(
        page,
        [
            HEADINGS,
            *values(
                [
                    row(1, 整改进展情况="='[汇总.xlsx]Sheet1'!A1"),
                    row(2, 整改状态='=IF(1,"已完成","")'),
                ]
            ),
        ],
    )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@specimen("规划建设局.xlsx", 1, 2)
def odd_xml() -> bytes:
    """合乎规范而少见的写法：前缀、单引号、无坐标、注释、BOM、绝对路径、注音、分段文字、错误的dimension。"""
    strings = [
        *HEADINGS,
        "1-1",
        "注音问题。",
        "分段措施。",
        "规划建设局",
        "李芳华",
        "2026年6月30日",
        "已落实。",
        "已完成",
    ]
    shared = "".join(f"<x:si><x:t>{text}</x:t></x:si>" for text in strings[:10])
    shared += "<x:si><x:t>注音问题。</x:t><x:rPh sb='0' eb='2'><x:t>ズオ</x:t></x:rPh><x:phoneticPr fontId='1'/></x:si>"
    shared += "<x:si><x:r><x:t>分段</x:t></x:r><x:r><x:rPr><x:b/></x:rPr><x:t xml:space='preserve'>措施。</x:t></x:r></x:si>"
    shared += "".join(f"<x:si><x:t>{text}</x:t></x:si>" for text in strings[12:])
    head = "".join(f"<x:c t='s'><x:v>{number}</x:v></x:c>" for number in range(9))
    body = (
        "".join(f"<x:c t='s'><x:v>{number}</x:v></x:c>" for number in range(9, 17))
        + "<x:c s='1'><x:v>46143</x:v></x:c>"
    )
    page = (
        f"<?xml version='1.0' encoding='UTF-8'?>\n<!-- 由某系统导出 -->\n<x:worksheet xmlns:x='{MAIN}'><x:dimension ref='A1'/>"
        f"<x:sheetData><x:row>{head}</x:row><!-- 空 --><x:row>{body}</x:row></x:sheetData></x:worksheet>"
    )
    styles = f"<styleSheet xmlns='{MAIN}'><fonts><font/></fonts><fills><fill/></fills><cellXfs><xf numFmtId='0'/><xf numFmtId='14' applyNumberFormat='1'/></cellXfs></styleSheet>"
    relation = "<Relationship Id='{}' Type='" + DOCUMENT + "/{}' Target='{}'/>"
    related = "".join(
        relation.format(*entry)
        for entry in (("a", "worksheet", "/xl/worksheets/Page.xml"), ("b", "sharedStrings", "/xl/sharedStrings.xml"), ("c", "styles", "styles.xml"))
    )  # fmt: skip
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f"<Relationships xmlns='{PACKAGE}'>{relation.format('w', 'officeDocument', '/xl/workbook.xml')}</Relationships>",
            "xl/workbook.xml": f"\ufeff<workbook xmlns='{MAIN}' xmlns:r='{DOCUMENT}'><sheets><sheet name='整改&amp;台账' sheetId='1' r:id='a'/></sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f"<Relationships xmlns='{PACKAGE}'>{related}</Relationships>",
            "xl/worksheets/page.xml": "\ufeff" + page,
            "xl/sharedStrings.xml": f"<x:sst xmlns:x='{MAIN}'>{shared}</x:sst>",
            "xl/styles.xml": styles,
        }
    )


def everything() -> bytes:
    """The workbook that LibreOffice re-saves in its three formats (see make.py)."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "整改台账"
    append(page, [["规划建设局整改台账"], ["填报单位：规划建设局"], HEADINGS])
    append(page, values([
        row(1), row(1, 整改措施="再落实一项措施。"), row(2, 整改进展情况="隐藏行里的进展。"),
        row(3, 整改进展情况="=NA()", 整改状态="正在整改", 完成时间=None), row(4, 责任人="王小明", 整改时限="长期坚持", 整改状态="长期坚持", 完成时间=None),
    ]))  # fmt: skip
    page.merge_cells("A1:I1")
    for column in "ABD":
        page.merge_cells(f"{column}4:{column}5")
    page.row_dimensions[6].hidden = True
    page.column_dimensions["E"].hidden = True
    page["G8"].comment = Comment("以此批注为准", "经办人")
    page["C8"].font = Font(strike=True)
    page["H8"].fill = PatternFill("solid", fgColor="FFFF00")
    page["I4"].number_format = page["I5"].number_format = 'yyyy"年"m"月"d"日"'
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
