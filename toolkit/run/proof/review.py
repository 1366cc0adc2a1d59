"""审核单.xlsx read back: which items wait for a decision, and what of each item is shown to the person who decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

from toolkit.ledger.status import Status
from toolkit.ledger.text import as_typed
from toolkit.workbooks.review_sheet import HEAD_ROW, REVIEW_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.ledger.entry import Entry
    from toolkit.run.proof.context import ProofContext


def review_faults(context: ProofContext) -> Iterator[str]:
    """An item done that nobody is asked about, one that is asked about twice, a row that shows another item's text."""
    entries = {entry.item.id: entry for entry in context.state.entries}
    rows = _rows(context)
    asked = [row["问题编号"] for row in rows]
    for id_ in sorted({id_ for id_ in asked if asked.count(id_) > 1}):
        yield f"审核单中问题{id_}不止一行"
    for id_, entry in entries.items():
        if _is_done(entry) and id_ not in asked:
            yield f"审核单中没有已报完成的问题{id_}"
    for row in rows:
        found = entries.get(row["问题编号"])
        if found is None or row["_key"] != row["问题编号"]:
            yield f"审核单中的问题{row['问题编号']}不在台账中"
        else:
            yield from _row_faults(row, found)


def _rows(context: ProofContext) -> list[dict[str, str]]:
    path = context.folder / REVIEW_FILE
    if not path.exists():
        return []
    book = openpyxl.load_workbook(path)
    values = list(book.worksheets[0].iter_rows(min_row=HEAD_ROW + 1, values_only=True))
    book.close()
    heads = [as_typed(head) for head in values[0]]
    return [dict(zip(heads, map(as_typed, row), strict=True)) for row in values[1:]]


def _is_done(entry: Entry) -> bool:
    return entry.item.status is Status.DONE and not entry.closed and not entry.sent_back


def _row_faults(row: dict[str, str], entry: Entry) -> Iterator[str]:
    item = entry.item
    expected = {
        "问题": item.problem or item.sub_problem,
        "整改时限": item.deadline.raw if item.deadline else "",
    }
    for heading, text in expected.items():
        if row[heading] != text:
            yield f"审核单中问题{item.id}的{heading}印的是{row[heading]}，应为{text}"
    shown = row["整改进展情况"].removesuffix("…")
    if not item.progress.startswith(shown):
        yield f"审核单中问题{item.id}的整改进展情况不是台账中的内容"
