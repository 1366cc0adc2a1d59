"""Sheets that nobody would draw: reading never fails on them, and every row with content is taken or named."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from random import Random
from types import MappingProxyType

import pytest

from tests.support.items import SETTINGS
from toolkit.intake.headers import Office
from toolkit.intake.merge_tables import combine
from toolkit.intake.read import _outside
from toolkit.intake.rows import read_table
from toolkit.intake.tables import Table, find_tables
from toolkit.ledger.columns import COLUMNS
from toolkit.ledger.text import as_typed, blank, clean
from toolkit.sheets.grid import Book, Grid, Mark, Range, Remark

HEADS = [spelling for column in COLUMNS for spelling in column.spellings] + [
    "联系电话", "内容一", "计划", "实际", "责任落实", "整改进展", "时间", "_key", "自检", "(年月日)", "整改实限", None, None,
]  # fmt: skip
CELLS = [
    None, None, "/", "同上", "〃", "1-1", "1-2", 1, 2, 3.0, 1.1, True, dt.date(2026, 3, 2), dt.datetime(2026, 3, 2, 1, 1),
    dt.time(1, 1), dt.timedelta(1), float("nan"), float("inf"), 1e300, -5, "已完成", "规建局", "规划建设局（牵头）、财政局", "10余",
    "三项", "3.5万元", "2026.6.3", "合计", "（一）聚焦方面", "填报人：", "注：", "修订办法。" * 30, "一是甲。二是乙。", "9" * 5000, "一" * 5000,
    "²", "=1+1", "'3-2", "①", "3月2日", "第" * 41, "问题编号", "整改措施", "整改状态",
]  # fmt: skip
NAMES = ["台账", "第3周", "第10周", "选人用人", "问题清单", "任务清单", "6.10"]


def sheet(chance: Random, name: str) -> Grid:
    height, width = chance.randint(1, 14), chance.randint(1, 12)
    rows = [[chance.choice(CELLS) for _ in range(chance.randint(0, width))] for _ in range(height)]
    for _ in range(chance.choice([1, 1, 2, 3])):
        rows[chance.randrange(height)] = [chance.choice(HEADS) for _ in range(width)]
    merges = tuple(merge(chance, height, width) for _ in range(chance.choice([0, 0, 3, 6])))
    places = [
        (chance.randint(1, height + 3), chance.randint(1, width + 2))
        for _ in range(chance.choice([0, 0, 4]))
    ]
    remarks = MappingProxyType(
        {place: (Remark(chance.choice(list(Mark)), "x"),) for place in places}
    )
    return Grid(name, rows, merges, chance.random() < 0.1, frozenset({2}), frozenset({3}), remarks)


def merge(chance: Random, height: int, width: int) -> Range:
    row, col = chance.randint(1, height + 2), chance.randint(1, width + 1)
    return Range(row, col, row + chance.randint(0, 4), col + chance.randint(0, 3))


def unaccounted(grid: Grid, tables: tuple[Table, ...], seen: set[int]) -> Iterator[int]:
    """Rows with content from the first heading on that are neither heading nor seen."""
    own = [table.block for table in tables if table.grid is grid]
    heading = {row for block in own for row in range(block.first, block.last + 1)}
    hidden = {col for block in own for col in block.own}
    for number, row in enumerate(grid.rows, 1):
        filled = [
            value
            for col, value in enumerate(row, 1)
            if col not in hidden and clean(as_typed(value))
        ]
        strokes = all(blank(value) for value in filled)
        if (
            own
            and number >= min(block.first for block in own)
            and not strokes
            and number not in heading | seen
        ):
            yield number


@pytest.mark.parametrize("seed", range(8))
def test_no_sheet_however_odd_fails_or_loses_a_row(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - nothing secret: the same sheets every time
    for _ in range(150):
        names = chance.sample(NAMES, chance.choice([1, 1, 2, 3]))
        book = Book("xlsx", tuple(sheet(chance, name) for name in names))
        tables, _ = find_tables(book, Office(SETTINGS.context))
        combined = combine(
            [read_table(table, "甲.xlsx", SETTINGS.context) for table in tables], "甲.xlsx"
        )
        beside = _outside(tables, "甲.xlsx")[0]
        for grid in book.grids:
            seen = {row.origin.row for row in combined.rows if row.origin.sheet == grid.name}
            seen |= {left.row for left in (*combined.untaken, *beside) if left.sheet == grid.name}
            assert not list(unaccounted(grid, tables, seen)), (grid.rows, grid.merges)
