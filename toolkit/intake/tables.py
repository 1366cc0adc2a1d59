"""Where the table is: the sheet, the heading rows, the rows of data, and the rows that are something else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.intake.headers import Heading, known_code, match_headings
from toolkit.ledger.submission import Untaken
from toolkit.ledger.text import as_typed, clean, normal_heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.sheets.grid import Book, Grid, Value

KEY_HEADER = "_key"
NO_DATA = "说明、样例等非数据工作表"
_SEARCHED_ROWS = 40
_LEAST_HEADINGS = 3
_NOT_DATA = re.compile(r"填表说明|填报说明|使用说明|说明|样表|示例|样例|字典|^_")
_TOTAL = re.compile(r"^(?:合计|小计|总计|共计)")
_TAIL = re.compile(r"^(?:填报人|审核人|主要负责人|分管领导|单位负责人|联系人|注[:：]|备注[:：]|说明[:：]|制表)")
_NOTE_CELLS = 2


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its sheet, the last row of its heading, its headings, the column of hidden keys (0 if none)."""

    grid: Grid
    header_row: int
    headings: tuple[Heading, ...]
    key_col: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    first: int
    last: int
    texts: tuple[tuple[int, str], ...]
    score: int


def find_tables(book: Book) -> tuple[tuple[Table, ...], tuple[Untaken, ...]]:
    """The tables of a book in the order of its sheets, and the sheets with content that hold none."""
    tables: list[Table] = []
    passed: list[Untaken] = []
    for grid in book.grids:
        if not any(value is not None for row in grid.rows for value in row):
            continue
        table = None if _NOT_DATA.search(grid.name) else _table_of(grid)
        if table:
            tables.append(table)
        elif not grid.name.startswith("_") and not (grid.hidden and _NOT_DATA.search(grid.name)):
            passed.append(Untaken(grid.name, 0, NO_DATA if _NOT_DATA.search(grid.name) else "没有找到台账表头"))
    return tuple(tables), tuple(passed)


def _table_of(grid: Grid) -> Table | None:
    candidates = [
        candidate for row in range(1, min(len(grid.rows), _SEARCHED_ROWS) + 1) for candidate in _candidates(grid, row)
    ]
    best = max(candidates, key=lambda candidate: (candidate.score, -candidate.last, candidate.first), default=None)
    if best is None or best.score < _LEAST_HEADINGS:
        return None
    key_col = next((col for col, text in best.texts if text == KEY_HEADER), 0)
    texts = tuple((col, text) for col, text in best.texts if col != key_col)
    below = {
        col: [grid.value(row, col) for row in range(best.last + 1, min(len(grid.rows), best.last + 60) + 1)]
        for col, _ in texts
    }
    return Table(grid, best.last, match_headings(texts, below), key_col)


def _candidates(grid: Grid, row: int) -> Iterator[_Candidate]:
    """A heading of one, two or three rows that begins here; the lower words of a column win over a group's name."""
    width = max((len(cells) for cells in grid.rows[row - 1 : row + 2]), default=0)
    for depth in range(1, 4):
        last = row + depth - 1
        if last > len(grid.rows) or (depth > 1 and not _may_join(grid, row, last)):
            return
        texts = tuple((col, text) for col in range(1, width + 1) if (text := _heading_text(grid, row, last, col)))
        codes = {code for _, text in texts if (code := known_code(text))}
        yield _Candidate(row, last, texts, len(codes))


def _may_join(grid: Grid, first: int, last: int) -> bool:
    """Further heading rows exist only under merged cells of the first one."""
    return any(
        (merge.first_row <= last <= merge.last_row and merge.first_row >= first and merge.last_row > merge.first_row)
        or (merge.first_row == first and merge.last_row < last and merge.last_col > merge.first_col)
        for merge in grid.merges
        if first <= merge.first_row <= last
    )


def _heading_text(grid: Grid, first: int, last: int, col: int) -> str:
    """The words nearest to the data: the lowest heading cell that is not blank."""
    for row in range(last, first - 1, -1):
        value = grid.value(row, col)
        if value is not None and clean(as_typed(value)):
            return clean(as_typed(value))
    return ""


def data_rows(table: Table) -> Iterator[tuple[int, str]]:
    """Every row below the heading that is not blank, with "" for data or the reason why it is none."""
    known = [heading.col for heading in table.headings if heading.code]
    heading_words = {normal_heading(heading.text) for heading in table.headings}
    for number in range(table.header_row + 1, len(table.grid.rows) + 1):
        cells = table.grid.rows[number - 1]
        texts = [clean(as_typed(value)) for value in cells if value is not None]
        texts = [text for text in texts if text]
        if texts and not _only_key(table, number, texts):
            yield (
                number,
                _why_not(texts, [clean(as_typed(table.grid.value(number, col))) for col in known], heading_words),
            )


def _only_key(table: Table, number: int, texts: Sequence[str]) -> bool:
    return bool(table.key_col) and len(texts) == 1 and table.grid.value(number, table.key_col) is not None


def _why_not(texts: Sequence[str], known: Sequence[str], heading_words: set[str]) -> str:
    first = texts[0]
    filled = sum(bool(text) for text in known)
    if _TOTAL.match(first.replace(" ", "")):
        return "合计、小计行"
    if all(normal_heading(text) in heading_words for text in texts) and len(texts) >= _LEAST_HEADINGS:
        return "重复的表头"
    if filled <= _NOTE_CELLS and _TAIL.match(first):
        return "签字、说明行"
    if filled <= 1 and len(texts) == 1:
        return "标题、分节行"
    if not filled:
        return "台账栏目以外的内容"
    return ""


def value_with_merges(table: Table) -> dict[tuple[int, int], Value]:
    """(row, col) → value of the cells that a true vertical merge covers, for filling down (the top cell holds the value)."""
    filled: dict[tuple[int, int], Value] = {}
    for merge in table.grid.merges:
        if merge.last_row > table.header_row and merge.last_row > merge.first_row:
            value = table.grid.value(merge.first_row, merge.first_col)
            for row in range(merge.first_row + 1, merge.last_row + 1):
                filled[row, merge.first_col] = value
    return filled
