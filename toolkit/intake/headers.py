"""Which column a heading means: exact, then synonym, then what the cells hold, then likeness – never a guess."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.ledger.columns import BY_CODE, COLUMNS
from toolkit.ledger.text import normal_heading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.sheets.grid import Value

# Least likeness (0 to 100) at which a misspelt heading is taken for a standard one, and its least lead over the next.
LIKENESS, LEAD = 74, 10
# Longest text that still looks like a status word, and how many cells are looked at.
_WORD, _SAMPLE = 12, 40


@cache
def spellings() -> Mapping[str, str]:
    """Normalised heading → column code, standard headings first so that they win over synonyms."""
    known: dict[str, str] = {}
    for column in COLUMNS:
        known.setdefault(normal_heading(column.header), column.code)
    for column in COLUMNS:
        for spelling in column.also:
            known.setdefault(normal_heading(spelling), column.code)
    return MappingProxyType(known)


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of a table: its Excel column (from 1), its words, the column it means ("" if unknown), and how sure."""

    col: int
    text: str
    code: str
    fuzzy: bool = False


def known_code(text: str) -> str:
    """The column that this spelling means exactly or as a synonym; "" where it is not known."""
    heading = normal_heading(text)
    code = spellings().get(heading, "")
    return code or spellings().get(heading.removeprefix("整改").removeprefix("巡察"), "") if heading else ""


def match_headings(texts: Sequence[tuple[int, str]], cells: Mapping[int, Sequence[Value]]) -> tuple[Heading, ...]:
    """The meaning of each heading (col, words) of a table, with the cells below them (by col) as the second witness."""
    found = {col: known_code(text) for col, text in texts}
    _decide_by_cells(dict(texts), found, cells)
    taken = {code for code in found.values() if code}
    headings = []
    for col, text in texts:
        code = found[col]
        fuzzy = not code and bool(like := _like(text, taken))
        if fuzzy:
            code = like
            taken.add(code)
        headings.append(Heading(col, text, code, fuzzy=fuzzy))
    return tuple(headings)


def _like(text: str, taken: set[str]) -> str:
    """The one standard heading that this misspelling clearly resembles (责任单住, 整改实限); "" if none or several do."""
    from rapidfuzz import fuzz

    heading = normal_heading(text)
    best: dict[str, float] = {}
    for spelling, code in spellings().items():
        if len(heading) >= 3 and abs(len(spelling) - len(heading)) <= 1:
            best[code] = max(best.get(code, 0), fuzz.ratio(heading, spelling))
    ranked = sorted(best.items(), key=lambda pair: -pair[1])
    if not ranked or ranked[0][1] < LIKENESS or ranked[0][0] in taken:
        return ""
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= LEAD else ""


def _decide_by_cells(texts: Mapping[int, str], found: dict[int, str], cells: Mapping[int, Sequence[Value]]) -> None:
    """The traps where one heading has two meanings; the neighbours and the cells decide."""
    plain = {col: normal_heading(text) for col, text in texts.items()}
    if any(heading in ("牵头单位", "牵头部门", "主办单位") for heading in plain.values()):
        for col, heading in plain.items():  # 责任单位 beside 牵头单位 are the co-operating ones
            if heading in ("责任单位", "责任部门", "责任科室", "承办单位") and "co_units" not in found.values():
                found[col] = "co_units"
    for col, heading in plain.items():
        if found[col] in ("progress", "status") and heading != normal_heading(BY_CODE[found[col]].header):
            found[col] = _status_or_progress(cells.get(col, ()), found[col])
        if heading in ("完成时间", "整改完成时间"):
            found[col] = _planned_or_actual(found, col)


def _status_or_progress(values: Sequence[Value], otherwise: str) -> str:
    """完成情况, 整改情况 and 整改进度 hold a word, a percentage or prose: the length of the cells tells."""
    lengths = [len(str(value)) for value in values if value is not None][:_SAMPLE]
    if not lengths:
        return otherwise
    return "status" if sorted(lengths)[len(lengths) // 2] <= _WORD else "progress"


def _planned_or_actual(found: Mapping[int, str], col: int) -> str:
    """完成时间 is the actual date beside a deadline column, and the deadline where there is none."""
    others = {code for other, code in found.items() if other != col}
    return "completed_on" if "deadline" in others else "deadline"
