"""Numbers that begin again with every section (一、… 二、…): the section's number in front of them tells them apart."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.intake.codes import finding
from toolkit.intake.row_kinds import SECTION
from toolkit.ledger.numerals import read_numeral

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.ledger.finding import Finding
    from toolkit.ledger.submission import Row, Untaken

_NUMBERED = re.compile(
    r"^[（(]?(?:第)?([一二三四五六七八九十]{1,3}|\d{1,2})(?:部分|方面|类)?[）)]?[、.．：: ]?"
)


def tell_apart(
    rows: Sequence[Row], untaken: Sequence[Untaken]
) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    """The rows with 2-1 for the 1 of the second section, where plain numbers come twice and every section has a number."""
    ids = [row.item.id for row in rows if row.item.id and not row.key]
    if len(set(ids)) == len(ids) or not all(item.isdecimal() for item in ids):
        return tuple(rows), ()
    sections = [
        (left.row, _number(left.text))
        for left in untaken
        if left.reason == SECTION and _number(left.text)
    ]
    placed = [(row, _section(row.origin.row, sections)) for row in rows]
    fresh = [f"{section}-{row.item.id}" for row, section in placed if row.item.id]
    if not all(section for _, section in placed) or len(set(fresh)) < len(fresh):
        return tuple(rows), ()
    first = rows[0]
    message = f"编号在各节重新从1开始，前面加上节号区分，如第{first.origin.row}行的“{first.item.id}”按“{fresh[0]}”读取。"
    said = finding(
        "X312",
        first.place("id"),
        message,
        "请按全表统一编号。",
        column="id",
        value=first.item.id,
        item=fresh[0],
    )
    numbered = (
        replace(row, item=replace(row.item, id=f"{section}-{row.item.id}")) if row.item.id else row
        for row, section in placed
    )
    return tuple(numbered), (said,)


def _number(text: str) -> int:
    found = _NUMBERED.match(text)
    if not found:
        return 0
    return int(found[1]) if found[1].isdecimal() else read_numeral(found[1]) or 0


def _section(row: int, sections: Sequence[tuple[int, int]]) -> int:
    """The number of the last section above a row; 0 where there is none."""
    return next((number for first, number in reversed(sections) if first < row), 0)
