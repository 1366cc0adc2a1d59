"""Columns of the office's own (自有栏目): kept with their heading, whatever they hold."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.ledger.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from toolkit.ledger.finding import Place

# What stands before the heading where a standard column has its code. No code of the table of columns has a colon.
_PREFIX = "own:"
_WIDE = str.maketrans("(),:;/", "（），：；／")
_BETWEEN_ROWS = "／"


@dataclass(frozen=True, slots=True)
class OwnCell:
    """What a cell of an own column says, and where it stands."""

    text: str
    place: Place


def own_code(heading: str) -> str:
    """The stable code of an own column: its heading path, by which the register keeps it."""
    return f"{_PREFIX}{heading}"


def is_own(code: str) -> bool:
    """Whether a code is that of an own column."""
    return code.startswith(_PREFIX)


def own_heading(code: str) -> str:
    """The heading path of an own column's code."""
    return code.removeprefix(_PREFIX)


def heading_path(parts: Iterable[str]) -> str:
    """The words above a column from top to bottom, without blanks and line breaks: 整改落实／责任人.

    Half-width and full-width marks are one, so that 金额(元) and 金额（元） are the same column.
    """
    bare = (
        "".join(unicodedata.normalize("NFKC", clean(part)).split()).translate(_WIDE)
        for part in parts
    )
    return _BETWEEN_ROWS.join(part for part in bare if part)


def told_apart(paths: Iterable[str]) -> Iterator[str]:
    """The paths in their order, a second equal one as 备注（2）."""
    seen: dict[str, int] = {}
    for path in paths:
        seen[path] = seen.get(path, 0) + 1
        yield path if seen[path] == 1 else f"{path}（{seen[path]}）"


def in_form_order(rows: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Every heading that some row holds, in the order of the form: a blank in one row hides no column's place."""
    order: list[str] = []
    for headings in rows:
        at = 0
        for heading in headings:
            if heading not in order:
                order.insert(at, heading)
            at = order.index(heading) + 1
    return tuple(order)


def joined_own(rows: Iterable[Mapping[str, OwnCell]]) -> dict[str, OwnCell]:
    """What several rows of one problem say in own columns: different texts one below the other, at the first's place."""
    said: dict[str, OwnCell] = {}
    for cells in rows:
        for heading, cell in cells.items():
            first = said.setdefault(heading, cell)
            if cell.text not in first.text.split("\n"):
                said[heading] = OwnCell(f"{first.text}\n{cell.text}", first.place)
    return said
