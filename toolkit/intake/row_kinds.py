"""The rows below a heading: which are data, and what the others are. Rows beside and above a table, too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.intake.blocks import LEAST_HEADINGS
from toolkit.intake.column_numbers import LONGEST, are_column_names
from toolkit.intake.tables import Table, heading_texts
from toolkit.ledger.joining import shortened
from toolkit.ledger.submission import Untaken
from toolkit.ledger.text import as_typed, blank, clean, normal_heading
from toolkit.sheets.grid import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.sheets.grid import Grid, Value

TOTAL, AGAIN, TAIL, SECTION, SAMPLE = (
    "合计、小计行",
    "重复的表头",
    "签字、说明行",
    "标题、分节行",
    "填写示例行",
)
HINTS = "填写提示行"
ZEROS = "公式引用空白单元格的行"
STROKES, NUMBERING, ELSEWHERE = "只有“/”“—”等符号的行", "栏号行", "台账栏目以外的内容"
PULLED_DOWN = "下拉填充的空行"
# Reasons that belong to the form of a sheet: nothing that anybody has to look at (rows pulled down have a sentence of theirs).
FORM = frozenset(
    {TOTAL, AGAIN, TAIL, SECTION, SAMPLE, HINTS, STROKES, NUMBERING, PULLED_DOWN, ZEROS}
)
ABOVE, BESIDE = "表头上方的文字", "表格旁边的内容"
_TOTAL = re.compile(r"(?:本页)?(?:合计|小计|总计|共计)")
_TAIL = re.compile(
    r"(?:填报人|填表人|审核人|审核|主要负责人|分管领导|单位负责人|负责人|单位主要负责人|校对|联系人|联系电话|填报单位|填报日期|填报时间|注|备注|说明|制表人?|（?盖章）?)(?:签字|签名)?\s*(?:[:：（(]|$)"
)
_BRACKETED = re.compile(r"[（(【\[][^（）()]*[）)】\]]")
_EXAMPLE = re.compile(r"(?:填写)?(?:示例|样例|举例|范例)|[（(](?:示例|样例|例)[）)]|例[:：]|^例$")
_TITLE = re.compile(
    r"台账|清单|情况表|一览表|汇总表|统计表|推进表|分解表|进展|附件|附表|方案|单位[:：]|填报|报送|日期|时间|截至"
)
# The longest text of a row that is shown of it.
_TEXT = 80
# So many filled cells and the row can be nothing but data, a total or a heading; so few and it may be a note.
_SURELY, _NOTE_CELLS, _TOTAL_LENGTH, _FIRST_COLUMNS = 5, 2, 12, 2


def lines(table: Table) -> Iterator[tuple[int, str]]:
    """Every row below the heading that is not blank, with "" for data or the reason why it is none."""
    block, rows = table.block, table.grid.rows
    known = tuple(heading.col for heading in table.headings if heading.code)
    faulty = _faulty_rows(table, known)
    words = heading_texts(table)
    own = block.own
    low, high = block.left - 1, block.right
    end = max(block.until, *faulty) if faulty and block.until == len(rows) else block.until
    for number in range(block.last + 1, end + 1):
        cells = rows[number - 1][low:high] if number <= len(rows) else ()
        if own:
            cells = [value for col, value in enumerate(cells, block.left) if col not in own]
        filled = [value for value in cells if value is not None]
        if not filled:
            if number in faulty:
                yield number, ""
            continue
        if len(filled) >= _SURELY and not _looks_special(filled, words):
            yield number, ""
            continue
        texts = [text for value in filled if (text := clean(as_typed(value)))]
        if texts:
            yield number, _why_not(texts, table, number, known, words, faulty=number in faulty)
        elif number in faulty:
            yield number, ""


def _faulty_rows(table: Table, known: Sequence[int]) -> frozenset[int]:
    """Rows where a cell of a known column shows an error or a formula without result: never blank."""
    remarks = table.grid.remarks
    return frozenset(
        row
        for (row, col), said in remarks.items()
        if col in known
        and row > table.block.last
        and (row <= table.block.until or table.block.until == len(table.grid.rows))
        and any(remark.mark in UNREADABLE for remark in said)
    )


def _looks_special(filled: Sequence[Value], words: frozenset[str]) -> bool:
    """Whether a well-filled row may yet be a total, a heading again, a sample or the numbering of columns."""
    first = filled[0]
    if type(first) is str:
        if len(first) > _TOTAL_LENGTH:
            return False
        return (
            bool(
                _TOTAL.match(first.replace(" ", ""))
                or _EXAMPLE.search(first)
                or _BRACKETED.fullmatch(first)
            )
            or normal_heading(first) in words
            or all(_is_short(value) for value in filled)
        )
    return first == 1 and all(_is_short(value) for value in filled)


def _is_short(value: Value) -> bool:
    """Whether a cell is short enough for the name of a column; of a row of data, one at least is not."""
    return len(value) <= LONGEST if isinstance(value, str) else isinstance(value, int)


def _why_not(
    texts: Sequence[str],
    table: Table,
    number: int,
    known: Sequence[int],
    words: frozenset[str],
    *,
    faulty: bool,
) -> str:
    first = texts[0].replace(" ", "")
    ours = [col for col in known if not blank(table.grid.value(number, col))]
    if _TOTAL.match(first) and len(first) <= _TOTAL_LENGTH:
        return TOTAL
    if (
        len(texts) >= LEAST_HEADINGS
        and sum(normal_heading(text) in words for text in texts) * 5 >= len(texts) * 4
    ):
        return AGAIN
    if are_column_names(texts):
        return NUMBERING
    if number <= table.block.last + 1 and all(_BRACKETED.fullmatch(text) for text in texts):
        return HINTS
    if _EXAMPLE.match(first) and len(first) <= _TOTAL_LENGTH:
        return SAMPLE
    if _TAIL.match(texts[0]) and (
        len(ours) <= _NOTE_CELLS or sum(bool(_TAIL.match(text)) for text in texts) * 2 >= len(texts)
    ):
        return TAIL
    if faulty:
        return ""
    if len(texts) == 1 and _is_section(table, number, ours):
        return SECTION
    if all(blank(text) for text in texts):
        return STROKES
    return "" if ours else ELSEWHERE


def _is_section(table: Table, number: int, ours: Sequence[int]) -> bool:
    """One text in the row: a section's title in the first columns or across them; elsewhere a cell that was filled."""
    return (
        not ours
        or ours[0] < table.block.left + _FIRST_COLUMNS
        or any(
            merge.first_row == number and merge.last_col > merge.first_col
            for merge in table.grid.merges
        )
    )


def around(grid: Grid, tables: Sequence[Table]) -> Iterator[Untaken]:
    """Rows with text above the first heading of a sheet (but for titles and the line of the sender), and beside tables."""
    top = min(table.block.first for table in tables)
    for number in range(1, top):
        text = text_of(grid, number)
        if text and not _is_title(grid, number):
            yield Untaken(grid.name, number, ABOVE, text)
    for number in {row for rows in beside(grid, tables).values() for row in rows}:
        covered = _covered(number, tables)
        row = grid.rows[number - 1]
        if not any(col in covered and clean(as_typed(value)) for col, value in enumerate(row, 1)):
            yield Untaken(grid.name, number, BESIDE, text_of(grid, number))


def _covered(number: int, tables: Sequence[Table]) -> set[int]:
    """The columns of a row that belong to a table, our own hidden ones too."""
    here = [table.block for table in tables if table.block.first <= number <= table.block.until]
    return {col for block in here for col in (*(word.col for word in block.words), *block.own)}


def beside(grid: Grid, tables: Sequence[Table]) -> dict[int, list[int]]:
    """Column → rows of the cells that hold something and stand under no heading of a table, from the first heading on."""
    top = min(table.block.first for table in tables)
    width = max((len(row) for row in grid.rows), default=0)
    one = _covered(top, tables) if len(tables) == 1 else None
    if one is not None and one.issuperset(range(1, width + 1)):
        return {}
    outside: dict[int, list[int]] = {}
    for number in range(top, len(grid.rows) + 1):
        covered = one if one is not None else _covered(number, tables)
        for col, value in enumerate(grid.rows[number - 1], 1):
            if col not in covered and value is not None and not blank(value):
                outside.setdefault(col, []).append(number)
    return outside


def _is_title(grid: Grid, number: int) -> bool:
    texts = [
        text
        for value in grid.rows[number - 1]
        if value is not None and (text := clean(as_typed(value)))
    ]
    return bool(_TITLE.search(" ".join(texts))) or (number == 1 and len(texts) == 1)


def text_of(grid: Grid, number: int) -> str:
    """What a row says, shortened."""
    row = grid.rows[number - 1] if number <= len(grid.rows) else ()
    text = " ".join(clean(as_typed(value)) for value in row if value is not None).strip()
    return shortened(text, _TEXT, "")
