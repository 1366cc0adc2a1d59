"""What the cells of a column hold, as the witness beside its heading."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from toolkit.ledger.columns import BY_CODE, Kind
from toolkit.ledger.ids import is_id
from toolkit.ledger.readers import read_cell
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.text import as_typed, blank, clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.ledger.readers import Context
    from toolkit.sheets.grid import Value

# How many cells below a heading are looked at, and the longest text that still looks like a word.
SAMPLE, WORD = 40, 12
_MEASURE = re.compile(
    r"^(?:\d{1,2}[.．、]|[（(]\d|[①-⑳]|一是|(?:进一步)?(?:修订|制定|完善|建立|健全|开展|组织|召开|加强|强化|严格|落实|推进|明确|加快|加大|规范|优化))"
)
_FAULT = re.compile(r"不|未|缺|差|弱|滞后|没有|缓慢|问题")
# Kinds whose cells tell by themselves what they are.
_TELLING = frozenset({Kind.ID, Kind.UNIT, Kind.CHOICE, Kind.DEADLINE, Kind.STATUS, Kind.DATE})


def filled(values: Sequence[Value]) -> list[Value]:
    """The cells that hold something, as many as are looked at."""
    return [value for value in values if not blank(value)][:SAMPLE]


def share(code: str, values: Sequence[Value], context: Context) -> float:
    """Which part of the filled cells reads as this column; 0 where none is filled, 1 for a column of free text."""
    cells = filled(values)
    if not cells:
        return 0.0
    return sum(_fits(code, value, context) for value in cells) / len(cells)


def _fits(code: str, value: Value, context: Context) -> bool:
    column = BY_CODE[code]
    if column.kind is Kind.ID:
        return is_id(as_typed(value)) or isinstance(value, int)
    if column.kind in (Kind.UNIT, Kind.UNITS) and not context.directory.units:
        return len(as_typed(value)) <= 2 * WORD
    if column.kind is Kind.CHOICE:
        return clean(as_typed(value)) in column.choices
    if column.kind is Kind.STATUS and isinstance(value, dt.date):
        return False
    return not isinstance(read_cell(column, value, context), Unreadable)


def tells(code: str, values: Sequence[Value], context: Context) -> float:
    """The share of cells that could stand in no other column: for finding out what a nameless column is."""
    kind = BY_CODE[code].kind
    if kind not in _TELLING or (kind is Kind.UNIT and not context.directory.units):
        return 0.0
    if kind is Kind.ID:
        cells = filled(values)
        whole = [as_typed(value) for value in cells if is_id(as_typed(value), levels=2)]
        return len(set(whole)) / len(cells) if cells else 0.0
    return share(code, values, context)


def is_wordy(values: Sequence[Value]) -> bool:
    """Whether most filled cells are longer than a word."""
    lengths = sorted(len(as_typed(value)) for value in filled(values))
    return bool(lengths) and lengths[len(lengths) // 2] > WORD


def are_measures(values: Sequence[Value]) -> bool:
    """Whether most filled cells say what will be done rather than what is wrong."""
    texts = [clean(as_typed(value)) for value in filled(values)]
    doing = sum(bool(_MEASURE.match(text)) for text in texts)
    wrong = sum(bool(_FAULT.search(text)) and not _MEASURE.match(text) for text in texts)
    return doing > wrong
