"""What reading says about headings and cells, as findings."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from toolkit.intake.cells import ADDITIVE, PICTURE, PICTURES_COUNT
from toolkit.intake.codes import finding
from toolkit.intake.headers import FOREIGN, How, Part, is_result
from toolkit.intake.shown_cells import is_blank_zero
from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.finding import NOTE_MARK, Place
from toolkit.ledger.joining import shortened
from toolkit.ledger.text import as_typed, blank, normal_heading
from toolkit.sheets.grid import Mark, address, column_letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.intake.cells import Cells
    from toolkit.intake.headers import Heading
    from toolkit.intake.raw_row import Raw
    from toolkit.intake.tables import Table
    from toolkit.ledger.finding import Finding
    from toolkit.ledger.submission import Row
    from toolkit.sheets.grid import Grid, Remark

_LISTED, _LONGEST = 5, 60
_IF_STANDARD = "其实是标准栏目的，请在设置.xlsx“表头对照”中选定；不需要的，在其中选定不读取。"
_DECIDE = "请在设置.xlsx“表头对照”中选定它是哪个栏目，或把表头改为标准名称。"


def heading_findings(table: Table, file: str, columns: Mapping[str, int]) -> Iterator[Finding]:
    """Headings that are not known, doubled, misspelt, decided by their cells."""
    for heading in table.headings:
        place = Place(file, table.grid.name, address(heading.row, heading.col))
        yield from _heading(heading, place, columns, table)


def _heading(
    heading: Heading, place: Place, columns: Mapping[str, int], table: Table
) -> Iterator[Finding]:
    text, header = heading.text, BY_CODE[heading.code].header if heading.code else ""
    if heading.part is Part.UNCLEAR:
        message = f"“{heading.text}”是整改状态的一栏，看不出填在这一栏是什么状态，没有读取。"
        fix = (
            "请把整改状态合为一栏，从下拉列表中选择；或把各栏的表头改为状态的名称，在其中一栏打√。"
        )
        yield finding("X109", place, message, fix, column="status", value=text)
    is_settled = heading.how in (How.OWN, How.COUNTER) or (
        heading.how is How.CHOSEN and not heading.code
    )
    if heading.part or is_settled:
        return  # what is spread over columns is said of all of them together
    if not heading.code and heading.candidates:
        maybe = "、".join(f"“{BY_CODE[code].header}”" for code in heading.candidates)
        message = f"表头“{text}”认不准，可能是{maybe}，暂按自有栏目原样保留。"
        yield finding("X105", place, message, _DECIDE, value=text)
    elif not heading.code:
        if _has_cells(table, heading.col) or normal_heading(text) not in FOREIGN:
            message = f"“{text}”不是标准栏目，按自有栏目原样保留。"
            yield finding("X101", place, message, _IF_STANDARD, value=text)
    elif columns[heading.code] != heading.col and is_result(heading):
        first = address(heading.row, columns[heading.code])
        message = f"“{text}”的内容另起一行，接在“{header}”（{first}一列）的内容之后。"
        yield finding(
            "X108", place, message, f"请核对；最好并入“{header}”。", column=heading.code, value=text
        )
    elif columns[heading.code] != heading.col:
        first = address(heading.row, columns[heading.code])
        message = f"“{text}”与{first}都是“{header}”，以{first}一列为准，该列空白时取这一列。"
        yield finding("X102", place, message, "请只保留一列。", column=heading.code, value=text)
    elif heading.how is How.LIKE:
        message = f"表头“{text}”按“{header}”读取。"
        yield finding(
            "X104",
            place,
            message,
            f"请核对；应把表头改为“{header}”。",
            column=heading.code,
            value=text,
        )
    elif heading.how is How.CELLS:
        message = f"表头“{text}”按单元格的内容认定为“{header}”。"
        yield finding(
            "X106",
            place,
            message,
            f"请核对；最好把表头改为“{header}”。",
            column=heading.code,
            value=text,
        )


def _has_cells(table: Table, col: int) -> bool:
    grid, block = table.grid, table.block
    return any(not blank(grid.value(row, col)) for row in range(block.last + 1, block.until + 1))


def bare_findings(grid: Grid, file: str, outside: Mapping[int, Sequence[int]]) -> Iterator[Finding]:
    """Columns without a heading, and notes beside the table, that hold something: named, not read."""
    for col, rows in sorted(outside.items()):
        shown = "；".join(
            f"{address(row, col)}“{shortened(as_typed(grid.value(row, col)), _LONGEST)}”"
            for row in rows[:_LISTED]
        )
        rest = f"等{len(rows)}处" if len(rows) > _LISTED else ""
        message = f"{column_letters(col)}列没有表头，其中的内容未读取：{shown}{rest}。"
        fix = "需要写入台账的，请填到相应栏目；不需要的请删除。"
        yield finding("X107", Place(file, grid.name, address(rows[0], col)), message, fix)


_SAID = {
    Mark.ERROR: ("X201", "单元格是错误值{}，没有内容可读。", "请填写实际内容。"),
    Mark.UNCALCULATED: (
        "X202",
        "公式{}没有计算结果，没有内容可读。",
        "请用Excel或WPS打开并保存一次，或直接填写内容。",
    ),
    Mark.LOST: ("X201", "单元格的文字在文件中已丢失，没有内容可读。{}", "请重新填写。"),
    Mark.PICTURE: ("X231", "", ""),
    Mark.STRUCK: ("X203", "单元格中有删除线文字“{}”，已照常读取。", "不需要的文字请直接删除。"),
    Mark.COMMENT: ("X204", "批注：{}", "批注不进入台账；需要写入的，请填到单元格中。"),
}


def cell_findings(table: Table, file: str, columns: Mapping[str, int]) -> Iterator[Finding]:
    """Hidden sheet, rows and columns, and what cells carry besides their value."""
    grid, block = table.grid, table.block
    if grid.hidden:
        fix = "不需要的请删除该工作表，需要的请取消隐藏。"
        yield finding(
            "X209", Place(file, grid.name), f"工作表“{grid.name}”是隐藏的，已照常读取。", fix
        )
    for code, col in columns.items():
        if col in grid.hidden_cols and any(
            grid.value(row, col) is not None for row in _rows(table)
        ):
            place = Place(file, grid.name, address(block.last, col))
            yield finding(
                "X208", place, "该列是隐藏列，已照常读取。", "请取消隐藏后核对。", column=code
            )
    for row in sorted(grid.hidden_rows):
        if (
            block.last < row <= block.until
            and row <= len(grid.rows)
            and any(v is not None for v in grid.rows[row - 1])
        ):
            place = Place(file, grid.name, address(row, block.left))
            yield finding(
                "X205",
                place,
                "该行是隐藏行，已照常读取。",
                "不需要的行请删除，需要的行请取消隐藏。",
            )
    if grid.remarks:
        yield from _remark_findings(table, file, {col: code for code, col in columns.items()})


def _rows(table: Table) -> range:
    return range(table.block.last + 1, table.block.until + 1)


def _remark_findings(table: Table, file: str, codes: Mapping[int, str]) -> Iterator[Finding]:
    grid, block = table.grid, table.block
    formulas: dict[str, list[tuple[str, str]]] = defaultdict(list)
    links: dict[str, list[tuple[str, str]]] = defaultdict(list)
    last = block.until if block.until < len(grid.rows) else max(row for row, _ in grid.remarks)
    for (row, col), remarks in sorted(grid.remarks.items()):
        if not block.last < row <= max(last, block.until) or col in block.own:
            continue
        for remark in remarks:
            if remark.mark is Mark.COMMENT and NOTE_MARK in remark.text:
                continue  # our own note on a marked return
            if remark.mark in (Mark.FORMULA, Mark.BLANK_LINK) and col in codes:
                is_blank = remark.mark is Mark.BLANK_LINK or is_blank_zero(
                    grid.value(row, col), codes[col], is_formula=True
                )
                (links if is_blank else formulas)[codes[col]].append(
                    (address(row, col), remark.text)
                )
            elif remark.mark in _SAID and (col in codes or remark.mark is Mark.COMMENT):
                yield _said(remark, Place(file, grid.name, address(row, col)), codes.get(col, ""))
    for code, cells in formulas.items():
        message = f"{BY_CODE[code].header}的内容由公式得出，已按结果读取：{_listed(cells)}。"
        place = Place(file, grid.name, cells[0][0])
        yield finding("X207", place, message, "请粘贴为数值。", column=code)
    for code, cells in links.items():
        message = f"{BY_CODE[code].header}的公式引用了空白单元格，已按空白处理：{_listed(cells)}。"
        place = Place(file, grid.name, cells[0][0])
        fix = f"请填写实际内容，没有内容的请清空{cells[0][0]}等单元格。"
        yield finding("X233", place, message, fix, column=code, value=cells[0][1])


def _listed(cells: Sequence[tuple[str, str]]) -> str:
    shown = "、".join(f"{where}{formula}" for where, formula in cells[:_LISTED])
    return shown + (f"等{len(cells)}处" if len(cells) > _LISTED else "")


def _said(remark: Remark, place: Place, column: str) -> Finding:
    if remark.mark is Mark.PICTURE:
        return _said_of_picture(place, column)
    code, message, fix = _SAID[remark.mark]
    return finding(code, place, message.format(remark.text), fix, column=column, value=remark.text)


def _said_of_picture(place: Place, column: str) -> Finding:
    header = BY_CODE[column].header
    if column in PICTURES_COUNT:
        message = f"{header}是单元格中的图片，已按“{PICTURE}”读取，图片内容未读取。"
        fix = "请把材料另行报送，并在此填写材料名称。"
        return finding("X232", place, message, fix, column=column, value=PICTURE)
    message, fix = f"{header}是图片，读不出文字。", "请改填文字。"
    return finding("X231", place, message, fix, column=column, value="图片")


def merge_findings(table: Table, file: str, cells: Cells) -> Iterator[Finding]:
    """Counts and amounts merged over several problems: they count once."""
    codes = {col: code for code, col in cells.columns.items() if code in ADDITIVE}
    id_col = cells.columns.get("id", 0)
    for merge in table.grid.merges:
        code, first, last = codes.get(merge.first_col), merge.first_row, merge.last_row
        value = table.grid.value(first, merge.first_col)
        same = (
            cells.merged.get((last, id_col), (last, None))[0]
            == cells.merged.get((first, id_col), (first, None))[0]
        )
        if code and first > table.block.last and last > first and not blank(value) and not same:
            message = f"{BY_CODE[code].header}的合并单元格覆盖{last - first + 1}行，“{as_typed(value)}”只计入第{first}行。"
            fix = "请拆分合并单元格，分别填写各问题的数量。"
            place = Place(file, table.grid.name, address(first, merge.first_col))
            yield finding("X211", place, message, fix, column=code, value=as_typed(value))


def row_findings(raw: Raw, row: Row, cells: Cells) -> Iterator[Finding]:
    """同上 that was filled in, and second columns that say something else."""
    item = row.item.id
    for code in raw.ditto:
        text = raw.typed[code]
        place = Place(row.origin.file, row.origin.sheet, address(raw.number, cells.columns[code]))
        message = f"“同上”已按上一行读为“{shortened(text, 30)}”。"
        yield finding("X206", place, message, "请逐行填写。", column=code, value=text, item=item)
    for code in raw.no_news:
        if row.unreadable[code].reported:
            text, header = raw.typed[code], BY_CODE[code].header
            yield finding(
                "X222",
                row.place(code),
                f"“{text}”没有新内容，{header}仍按台账库中的内容。",
                f"有新情况的，请把{header}写完整；没有的，不必处理。",
                column=code,
                value=text,
                item=item,
            )
    for code, col, text in raw.second:
        place = Place(row.origin.file, row.origin.sheet, address(raw.number, col))
        message = (
            f"“{BY_CODE[code].header}”的第二处另有不同内容，未采用：{shortened(text, _LONGEST)}"
        )
        yield finding(
            "X210", place, message, "请并入第一处，只保留一列。", column=code, value=text, item=item
        )
