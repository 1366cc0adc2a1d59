"""An invented office's own ledger as people draw them, and the pictures of docs/自己的台账.md that are made from it.

python -m tests.support.own_ledger
"""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import tempfile
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties

from tests.support import office as libreoffice
from tests.support.command import zhenggai
from tests.support.open_ledger import OpenLedger
from toolkit.run.templates import create_workspace

NAME = "总台账.xlsx"
UNITS, LEADERS = ("规划建设局", "财政金融局", "社会事务局"), ("李甲", "李乙", "李丙")
AREAS = ("党的领导方面", "民生保障方面")
FIRST, SECOND = "2026-06-05", "2026-06-12"
COUNT, FIRST_ROW = 12, 5
_DOCS = Path(__file__).parents[2] / "docs"


def own_ledger() -> bytes:
    """A title, a line of who reports, a heading of two rows, merged levels, a total, signatures."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "问题整改台账"
    sheet.append(["××区委巡察反馈问题整改台账（样例）"])
    sheet.append(["填报单位：区委巡察整改办", *[None] * 5, "填报时间：2026年5月20日"])
    sheet.append(["序号", "反馈问题", None, "整改措施", "责任单位", "责任领导", "整改落实", None, None, "备注"])  # fmt: skip
    sheet.append([None, "类别", "具体问题", None, None, None, "整改时限", "进展情况", "整改状态"])
    for n in range(1, COUNT + 1):
        sheet.append(_row(n))
    last = FIRST_ROW + COUNT - 1
    middle = FIRST_ROW + COUNT // 2
    sheet.append(["合计", None, f"{COUNT}项"])
    sheet.append([*[None] * 6, "审核人：王某", None, "联系电话：00000000"])
    merges = ("A1:J1", "B3:C3", "G3:I3", "A3:A4", "D3:D4", "E3:E4", "F3:F4", "J3:J4")
    for merge in (*merges, f"B{FIRST_ROW}:B{middle - 1}", f"B{middle}:B{last}"):
        sheet.merge_cells(merge)
    side = Side(style="thin")
    for row in sheet.iter_rows(min_row=3, max_row=last + 1, max_col=10):
        for cell in row:
            is_head = (cell.row or 0) < FIRST_ROW
            is_short = is_head or cell.column in (1, 5, 6, 7, 9)
            cell.border = Border(left=side, right=side, top=side, bottom=side)
            cell.alignment = Alignment(
                wrap_text=True, vertical="center", horizontal="center" if is_short else "left"
            )
            cell.font = Font(name="黑体" if is_head else "仿宋", size=11)
            if is_head:
                cell.fill = PatternFill("solid", fgColor="DDEBF7")
            if cell.column == 7 and not is_head:
                cell.number_format = 'yyyy"年"m"月"d"日"'
    sheet["A1"].font = Font(name="黑体", size=20)
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet.row_dimensions[1].height = 36
    for letter, width in zip("ABCDEFGHIJ", (6, 13, 30, 32, 13, 10, 15, 36, 11, 10), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.print_title_rows = "3:4"
    sheet.freeze_panes = "A5"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _row(n: int) -> list[object]:
    place = (n - 1) % len(UNITS)
    return [
        n, AREAS[2 * (n - 1) // COUNT], f"第{n}个领域监管不到位、台账不健全，群众反映较多",
        f"1.修订第{n}项管理办法；\n2.组织一次专项检查；\n3.建立长效机制。", UNITS[place], LEADERS[place],
        dt.date(2026, 8, n), f"5月{n}日召开专题会，核查点位{n + 3}处，整改{n}处。", "正在整改", None,
    ]  # fmt: skip


def main() -> None:
    """Two weeks of this office, and pictures of what its units get."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "区"
        place = create_workspace(root)
        (place.inbox / NAME).write_bytes(own_ledger())
        zhenggai("run", "-w", root, "--as-of", FIRST)
        (sent,) = (place.outbox / FIRST / "下发").glob(f"{UNITS[0]}*.xlsx")
        ledger = OpenLedger.of(sent)
        ledger.write(FIRST_ROW, "进展情况", "6月6日召开推进会2次，完成整改4处。")
        ledger.write(FIRST_ROW + 1, "进展情况", "正在积极推进")
        ledger.write(FIRST_ROW + 2, "整改状态", "差不多")
        ledger.book.save(place.inbox / sent.name)
        zhenggai("run", "-w", root, "--as-of", SECOND)
        (back,) = (place.outbox / SECOND / "退回").glob("*.xlsx")
        _picture(sent, "自己的台账-下发", page=1)
        _picture(back, "自己的台账-退回", page=2)


def _picture(path: Path, name: str, page: int) -> None:
    pdf = libreoffice.convert(path, path.parent, "pdf")
    told = ["-r", "80", "-f", str(page), "-l", str(page), "-png", "-singlefile"]
    # The upper part of the page: the rest is white.
    told += ["-x", "40", "-y", "70", "-W", "1240", "-H", "320"]
    subprocess.run(["pdftoppm", *told, str(pdf), str(_DOCS / name)], check=True)


if __name__ == "__main__":
    main()
