"""Numbers of people in cells that are not read: a column of its own for 身份证号, notes beside the table, other sheets."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from toolkit.intake.codes import finding
from toolkit.ledger.finding import Place
from toolkit.ledger.masking import Secret, numbers
from toolkit.ledger.text import as_typed, clean
from toolkit.sheets.grid import Mark, address, column_letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.intake.tables import Table
    from toolkit.ledger.finding import Finding
    from toolkit.sheets.grid import Book, Grid

_GRAVE = frozenset({Secret.IDENTITY, Secret.CARD})
# No number of a person has fewer figures; blanks and hyphens between them aside.
_LONG = re.compile(r"[0-9０-９](?:[ -]?[0-9０-９]){10}")
_LABEL = re.compile(r"身份证|证件号|卡号|[账帐]号|[账帐]户|银行卡|存折")
_LEAST = 10**10
_SHOWN = 3


def unread_secrets(book: Book, tables: Sequence[Table], file: str) -> Iterator[Finding]:
    """One finding for each column of a sheet whose unread cells, or comments, hold such numbers."""
    for grid in book.grids:
        own = [table for table in tables if table.grid is grid]
        if grid.name.startswith("_"):
            continue  # our own lists
        found: dict[tuple[int, Secret], list[int]] = defaultdict(list)
        for row, col, text in (*_unread(grid, own), *_comments(grid)):
            for secret in grave_numbers(text):
                found[col, secret].append(row)
        for (col, secret), rows in sorted(found.items()):
            places = [address(row, col) for row in rows]
            listed = "、".join(places[:_SHOWN]) + ("等" if len(places) > _SHOWN else "")
            yield finding(
                "X611",
                Place(file, grid.name, places[0]),
                f"{column_letters(col)}列标准栏目以外的单元格中有{secret.word}{len(rows)}处（{listed}），没有保留。",
                f"请删去{secret.word}，并告知已收到该文件的人。",
            )


def grave_numbers(text: str) -> frozenset[Secret]:
    """The kinds of numbers in a text that nobody but its writer should hold."""
    return frozenset(secret for secret, *_ in numbers(clean(text)) if secret in _GRAVE)


def _unread(grid: Grid, tables: Sequence[Table]) -> Iterator[tuple[int, int, str]]:
    """(row, column, text behind its heading) of the cells with many figures that stand in no column that is read."""
    read = [
        (table.block, {heading.col for heading in table.headings if heading.code})
        for table in tables
    ]
    labels = {
        heading.col: heading.text
        for table in tables
        for heading in table.headings
        if not heading.code
    }
    for number, cells in enumerate(grid.rows, 1):
        for col, value in enumerate(cells, 1):
            text = value if type(value) is str else ""
            if type(value) is int and value >= _LEAST:
                text = as_typed(value)
            if not text or not _LONG.search(text):
                continue
            if not any(
                block.last < number <= block.until and (col in cols or col in block.own)
                for block, cols in read
            ):
                yield number, col, _labelled(text, labels.get(col, ""))


def _labelled(text: str, heading: str) -> str:
    """The text with what the heading says its numbers are (身份证号, 卡号) in front of each of them."""
    label = _LABEL.search(heading)
    return _LONG.sub(rf"{label[0]}\g<0>", text) if label else text


def _comments(grid: Grid) -> Iterator[tuple[int, int, str]]:
    for (row, col), remarks in grid.remarks.items():
        yield from ((row, col, remark.text) for remark in remarks if remark.mark is Mark.COMMENT)
