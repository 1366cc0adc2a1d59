"""Whose row it is: of a file only the rows about items that its unit leads are taken, others are kept as answers or named."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.ledger.columns import COLUMNS, Filler
from toolkit.ledger.joining import shortened
from toolkit.ledger.submission import Role, Submission, Untaken, Verdict
from toolkit.register.answers import RECORDED, answer_of
from toolkit.register.codes import finding

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from toolkit.ledger.answer import Answer
    from toolkit.ledger.finding import Finding
    from toolkit.ledger.item import Item
    from toolkit.ledger.submission import Row

_BY_UNIT = tuple(column.code for column in COLUMNS if column.filled_by is Filler.UNIT)


def own_rows(
    submission: Submission,
    items: Mapping[str, Item],
    leading: Container[str],
    findings: list[Finding],
    co_answers: list[tuple[Row, Answer]],
) -> Submission:
    """Without the rows about items that another unit leads: the answer of a co-operating unit is kept, others are named.

    A row that says nothing new is no fault.
    """
    if submission.verdict is not Verdict.ACCEPTED or submission.role is not Role.RETURN:
        return submission
    own, untaken = [], list(submission.untaken)
    for row in submission.rows:
        item = items[row.item.id]
        lead = item.lead_unit
        unit = submission.unit or _speaker(row, lead, leading)
        if lead == unit:
            own.append(row)
            continue
        if not _says_something_new(item, row):
            reason = f"问题{row.item.id}由{lead}牵头，本件内容与台账库一致"
            untaken.append(
                Untaken(
                    row.origin.sheet, row.origin.row, reason, shortened(row.item.progress, 60, "")
                )
            )
            continue
        if unit in item.co_units:
            co_answers.append((row, answer_of(row, unit)))
            untaken.append(
                Untaken(
                    row.origin.sheet, row.origin.row, RECORDED, shortened(row.item.progress, 60, "")
                )
            )
            continue
        message = f"问题{row.item.id}由{lead}牵头，{unit}报送的内容未采用。"
        findings.append(
            finding("I104", row, "id", message, f"请由{lead}报送；配合单位的情况请交牵头单位汇总。")
        )
        untaken.append(
            Untaken(row.origin.sheet, row.origin.row, message, shortened(row.item.progress, 60, ""))
        )
    return replace(submission, rows=tuple(own), untaken=tuple(untaken))


def _speaker(row: Row, lead: str, leading: Container[str]) -> str:
    """Whose row of a file of nobody in particular: the unit that the row names, where that one leads items; else the lead."""
    return row.item.lead_unit if row.item.lead_unit in leading else lead


def _says_something_new(item: Item, row: Row) -> bool:
    """Whether a row says of its item what the register does not have, in a column of the unit."""
    return any(
        getattr(row.item, code) != getattr(item, code)
        for code in _BY_UNIT
        if code in row.typed and code not in row.unreadable
    )
