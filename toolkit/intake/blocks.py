"""Where on a sheet the tables are: heading rows found by their words, side by side or one below the other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.intake.headers import (
    LONGEST,
    Words,
    code_of,
    first_characters,
    grammar_code,
    known_code,
)
from toolkit.intake.spread_columns import splits_a_heading
from toolkit.ledger.text import as_typed, clean, normal_heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.sheets.grid import Grid, Range

LEAST_HEADINGS = 3
_DEPTH = 3
_GROUP_WORD = 20
_LOOK = 4
# The rows in which a heading that no list knows is looked for: its grammar costs as much as a row of data.
_TOP = 100
# Columns and cells of our own workbooks that are no data.
KEY_HEADER = "_key"
# Our own headings beside the ledger's: 自检 and what it calculates with. Never a column, never a finding.
_OWN = re.compile(r"_|自检$")


@dataclass(frozen=True, slots=True)
class Block:
    """One table: the rows of its heading, its columns, the last row that may belong to it, the words of its headings.

    `own` are the columns of our own workbooks that are never data; `key_col` is the one of hidden keys (0 if none).
    """

    first: int
    last: int
    left: int
    right: int
    until: int
    words: tuple[Words, ...]
    own: frozenset[int] = frozenset()
    key_col: int = 0


@dataclass(frozen=True, slots=True)
class _Head:
    """Heading rows that were found, with the code that each column's words spell."""

    first: int
    last: int
    words: tuple[Words, ...]
    codes: Mapping[int, str]


def blocks(grid: Grid, chosen: Mapping[str, str]) -> tuple[Block, ...]:
    """Every table of the sheet in the order of rows, then columns; `chosen` are headings that the office decided on."""
    heads = _heads(grid, chosen)
    found = [block for head in heads for block in _beside(grid, head)]
    return tuple(_bounded(block, found, len(grid.rows)) for block in found)


def _bounded(block: Block, found: Sequence[Block], rows: int) -> Block:
    """The block up to the next heading below it that shares columns with it."""
    below = [
        other.first
        for other in found
        if other.first > block.last and other.left <= block.right and block.left <= other.right
    ]
    until = min(below, default=rows + 1) - 1
    return Block(
        block.first,
        block.last,
        block.left,
        block.right,
        until,
        block.words,
        block.own,
        block.key_col,
    )


def _heads(grid: Grid, chosen: Mapping[str, str]) -> list[_Head]:
    heads: list[_Head] = []
    done = 0
    for number, cells in enumerate(grid.rows, 1):
        if (
            number <= done
            or (heads and not _begins_like_one(cells, chosen))
            or not _any_heading(cells, chosen, by_grammar=not heads and number <= _TOP)
        ):
            continue
        head = max(_candidates(grid, number, chosen), key=lambda head: (_score(head), -head.last))
        head = _down_to_parts(grid, _down_to_merges(grid, head, chosen), chosen)
        if _score(head) < LEAST_HEADINGS:
            continue
        is_repeat = any(_repeats(head, before) for before in heads)
        if heads and not is_repeat and _score_by_lists(head, chosen) < LEAST_HEADINGS:
            continue  # below a heading, a row of data may have the shape of one
        done = head.last
        if not is_repeat:
            heads.append(_under_groups(grid, head, chosen))
    return heads


def _begins_like_one(cells: Sequence[object], chosen: Mapping[str, str]) -> bool:
    """Whether one of a row's first words is a known heading: a cheap look at the many rows below the first heading."""
    left, first = _LOOK, first_characters()
    for value in cells:
        if type(value) is str and len(value) <= LONGEST:
            if (chosen or value[:1] in first) and _code(value, chosen):
                return True
            left -= 1
            if not left:
                return False
    return False


def _any_heading(cells: Sequence[object], chosen: Mapping[str, str], *, by_grammar: bool) -> bool:
    """Whether a row could be a heading: two or more of its cells are known words, and most of its cells are words."""
    known = words = other = 0
    for value in cells:
        if value is None:
            continue
        if type(value) is str and len(value) <= LONGEST:
            words += 1
            known += bool(_code(value, chosen) or (by_grammar and grammar_code(value)))
        else:
            other += 1
    return known > 0 and words > other


def _code(text: str, chosen: Mapping[str, str]) -> str:
    return known_code(text) or (chosen.get(normal_heading(text), "") if chosen else "")


def _score(head: _Head) -> int:
    return len({code for code in head.codes.values() if code})


def _score_by_lists(head: _Head, chosen: Mapping[str, str]) -> int:
    """How many columns a heading spells without its grammar."""
    codes = {code_of(word.parts, chosen, by_grammar=False) for word in head.words}
    return len(codes - {""})


def _repeats(head: _Head, before: _Head) -> bool:
    """The same heading again, after a page break: the same words in the same columns."""
    words = {word.col: word.parts[-1] for word in before.words}
    again = [word for word in head.words if words.get(word.col) == word.parts[-1]]
    return len(again) >= LEAST_HEADINGS and len(again) * 5 >= len(head.words) * 4


def _candidates(grid: Grid, first: int, chosen: Mapping[str, str]) -> Iterator[_Head]:
    """A heading of one, two or three rows that begins here."""
    for depth in range(_DEPTH):
        last = first + depth
        if last > len(grid.rows) or (depth and not _completes(grid, first, last, chosen)):
            return
        yield _head(grid, first, last, chosen)


def _head(grid: Grid, first: int, last: int, chosen: Mapping[str, str]) -> _Head:
    width = max(len(cells) for cells in grid.rows[first - 1 : last])
    spread = _spread(grid, first, last)
    words = tuple(
        word for col in range(1, width + 1) if (word := _words(grid, first, last, col, spread))
    )
    return _Head(first, last, words, {word.col: code_of(word.parts, chosen) for word in words})


def _spread(grid: Grid, first: int, last: int) -> dict[tuple[int, int], str]:
    """The words of a group over each of its columns, from the horizontal merges of the heading rows."""
    spread: dict[tuple[int, int], str] = {}
    for merge in grid.merges:
        if first <= merge.first_row <= last and merge.last_col > merge.first_col:
            text = clean(as_typed(grid.value(merge.first_row, merge.first_col)))
            for col in range(merge.first_col, merge.last_col + 1):
                spread[merge.first_row, col] = text
    for row in range(first, last):
        group = ""
        for col in range(1, max(len(cells) for cells in grid.rows[row - 1 : row + 1]) + 1):
            value = grid.value(row, col)
            if value is not None:
                group = clean(as_typed(value)) if grid.value(row + 1, col) is not None else ""
            elif group and grid.value(row + 1, col) is not None:
                spread.setdefault((row, col), group)  # a group that nobody merged
    return spread


def _words(
    grid: Grid, first: int, last: int, col: int, spread: Mapping[tuple[int, int], str]
) -> Words | None:
    parts: list[str] = []
    lowest = first
    for row in range(first, last + 1):
        value = grid.value(row, col)
        text = clean(as_typed(value)) if value is not None else spread.get((row, col), "")
        if text and (not parts or parts[-1] != text):
            parts.append(text)
            lowest = row
    return Words(col, lowest, tuple(parts)) if parts else None


def _completes(grid: Grid, first: int, last: int, chosen: Mapping[str, str]) -> bool:
    """Whether row `last` still belongs to the heading: merges say so, or its words clearly complete the row above."""
    cells = [value for value in grid.rows[last - 1] if value is not None and clean(as_typed(value))]
    if not cells or not all(type(value) is str and len(value) <= LONGEST for value in cells):
        return False
    for merge in grid.merges:
        if not first <= merge.first_row <= last:
            continue
        if merge.first_row < last <= merge.last_row:
            return True
        if (
            merge.last_row == last - 1
            and merge.last_col > merge.first_col
            and _has_words_below(grid, merge, last)
        ):
            return True
    known = sum(bool(_code(value, chosen)) for value in cells if isinstance(value, str))
    return known * 2 >= len(cells) and not _row_repeats(grid, first, last)


def _down_to_parts(grid: Grid, head: _Head, chosen: Mapping[str, str]) -> _Head:
    """The heading with the row that parts its columns, where nobody merged the group above them."""
    last = head.last + 1
    is_part = last - head.first < _DEPTH and last <= len(grid.rows) and _is_split(grid, last)
    return _head(grid, head.first, last, chosen) if is_part else head


def _is_split(grid: Grid, row: int) -> bool:
    """Whether a row only parts the headings above it (已完成｜未完成, 上期｜本期), one of which stands over several columns."""
    filled = [(col, value) for col, value in enumerate(grid.rows[row - 1], 1) if value is not None]
    words = [(col, clean(as_typed(value))) for col, value in filled]
    return (
        len(words) > 1
        and all(splits_a_heading(text) for _, text in words)
        and any(grid.value(row - 1, col) is None for col, _ in words)
    )


def _has_words_below(grid: Grid, merge: Range, row: int) -> bool:
    """Whether a group of the row above has words of its own below it."""
    first, last = merge.first_col, merge.last_col
    return sum(grid.value(row, col) is not None for col in range(first, last + 1)) > 1


def _row_repeats(grid: Grid, first: int, row: int) -> bool:
    """Whether a row says again what a heading row above it says in the same column."""
    pairs = [
        (grid.value(row, col), grid.value(first, col))
        for col in range(1, len(grid.rows[row - 1]) + 1)
    ]
    return sum(low is not None and low == high for low, high in pairs) >= LEAST_HEADINGS


def _down_to_merges(grid: Grid, head: _Head, chosen: Mapping[str, str]) -> _Head:
    """The heading with the rows that its own merged cells reach down to (hints such as 年月日 stand there)."""
    reach = [
        merge.last_row
        for merge in grid.merges
        if head.first <= merge.first_row <= head.last < merge.last_row < head.first + _DEPTH
    ]
    return (
        _head(grid, head.first, min(max(reach), len(grid.rows)), chosen) if len(reach) > 1 else head
    )


def _under_groups(grid: Grid, head: _Head, chosen: Mapping[str, str]) -> _Head:
    """The heading with the row of group names above it, where there is one (merges narrower than the table)."""
    first = head.first
    width = len(head.words)
    while first > 1 and head.last - first + 1 < _DEPTH:
        groups = [
            merge
            for merge in grid.merges
            if merge.first_row == merge.last_row == first - 1
            and 1 < merge.last_col - merge.first_col + 1 < width
        ]
        texts = [clean(as_typed(value)) for value in grid.rows[first - 2] if value is not None]
        if not groups or any(len(text) > _GROUP_WORD for text in texts):
            break
        first -= 1
    return head if first == head.first else _head(grid, first, head.last, chosen)


def _beside(grid: Grid, head: _Head) -> Iterator[Block]:
    """The tables that share these heading rows: one, or several side by side."""
    for words in _parts(head):
        own = frozenset(word.col for word in words if _OWN.match(word.parts[-1]))
        key_col = next((word.col for word in words if word.parts[-1] == KEY_HEADER), 0)
        plain = tuple(word for word in words if word.col not in own)
        if plain:
            yield Block(
                head.first,
                head.last,
                plain[0].col,
                max(word.col for word in words),
                len(grid.rows),
                plain,
                own,
                key_col,
            )


def _parts(head: _Head) -> Iterator[tuple[Words, ...]]:
    """The heading words cut where a second table begins: its headings say again what the first table's said."""
    start, seen = 0, set[str]()
    words = head.words
    for number, word in enumerate(words):
        code = head.codes.get(word.col, "")
        if (
            number > start
            and word.col - words[number - 1].col > 1
            and not _adds(words[number:], seen, head.codes)
        ):
            break  # a note table of a few columns beside the ledger: not ours
        if code in seen and _begins_another(words[start:number], words[number:], head.codes):
            yield words[start:number]
            start, seen = number, set()
        if code:
            seen.add(code)
    else:
        number = len(words)
    yield words[start:number]


def _adds(right: Sequence[Words], seen: set[str], codes: Mapping[int, str]) -> bool:
    """Whether headings behind a gap belong to a ledger: they are one by themselves, or name columns not yet there."""
    after = {codes.get(word.col, "") for word in right} - {""}
    return (
        len(after) >= LEAST_HEADINGS
        or bool(after - seen)
        or any(_OWN.match(word.parts[-1]) for word in right)
    )


def _begins_another(
    left: Sequence[Words], right: Sequence[Words], codes: Mapping[int, str]
) -> bool:
    """Whether two runs of headings are two tables: each whole, most codes of the right in the left, parted or led by an id."""
    before = {codes.get(word.col, "") for word in left} - {""}
    after = {codes.get(word.col, "") for word in right} - {""}
    parted = right[0].col - left[-1].col > 1 or codes.get(right[0].col) == codes.get(left[0].col)
    return (
        parted
        and len(before) >= LEAST_HEADINGS
        and len(after) >= LEAST_HEADINGS
        and len(before & after) * 2 >= len(after)
    )
