"""Random mess: whatever is done to a clean return, its items come back or a finding names what could not be read."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.test_round_trip import ledgers, typed
from tests.support.drawn import Sheet, reading
from tests.support.fuzz import examples
from toolkit.intake.headers import known_code
from toolkit.ledger.columns import COLUMNS, Column
from toolkit.ledger.entry import Entry
from toolkit.ledger.item import Item
from toolkit.ledger.submission import Origin
from toolkit.register.match import match
from toolkit.register.snapshot import Snapshot
from toolkit.settings.sections import Matching

# What a unit's return may not lose, and the headings that mean one thing whatever stands beside them.
KEPT = (
    "measures",
    "progress",
    "status",
    "completed_on",
    "regulations",
    "money",
    "people",
    "remarks",
)
PLAIN = {
    "id": ["问题编号", "编号", "问 题 编 号"], "measures": ["整改措施", "具体措施", "整改举措（逐条）", "整改指施"],
    "lead_unit": ["牵头单位", "主办单位"], "deadline": ["整改时限", "完成时限", "整改实限"], "progress": ["整改进展情况", "整改进展情况\n（限200字）"],
    "status": ["整改状态", "整改状态*"], "regulations": ["制度成果", "建章立制"], "remarks": ["备注", "备  注"],
}  # fmt: skip
STRANGE = [
    ["（二）聚焦群众身边问题方面"],
    ["小计"],
    ["注：本表由联络员填写"],
    ["填报人：张三"],
    [],
    ["/"],
]
messy = settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def dress(data: st.DataObject, item: Item, code: str) -> str | dt.date | None:
    """A value as somebody might type it."""
    text = typed(item, code)
    if not text:
        return data.draw(st.sampled_from(["", "", "/", "—"]))
    if code == "completed_on":
        day = item.completed_on
        return data.draw(
            st.sampled_from(
                [
                    text,
                    day,
                    f"{day.year}年{day.month}月{day.day}日",
                    f"{day.year}.{day.month}.{day.day}",
                ]
            )
        )
    if code == "id":
        return data.draw(
            st.sampled_from([text, text.replace("-", "—"), f" {text}", text.replace("-", "－")])
        )
    if code in ("progress", "remarks", "problem"):
        return data.draw(
            st.sampled_from([text, f"\u3000{text} ", text.replace("《", "\u200b《"), f"{text}\r\n"])
        )
    return text


def drawn(data: st.DataObject, ledger: tuple[Item, ...]) -> tuple[Sheet, list[int], set[int]]:
    """(sheet, rows of data as Excel numbers) of the ledger after its treatment."""
    columns = data.draw(
        st.permutations([column for column in COLUMNS if column.code not in ("goal", "kind")])
    )
    left, top = data.draw(st.integers(0, 2)), data.draw(st.integers(0, 4))
    heads = [
        data.draw(st.sampled_from(PLAIN.get(column.code, [column.header]))) for column in columns
    ]
    rows: list[list[Any]] = [["某某局整改台账"] for _ in range(top)]
    rows.append([""] * left + heads)
    numbers, spoken = [], set()
    for item in ledger:
        if data.draw(st.integers(0, 3)) == 0:
            strange = data.draw(st.sampled_from([*STRANGE, heads]))
            rows.append([""] * left + list(strange))
            spoken |= {len(rows)} if strange else set()
        rows.append([""] * left + [dress(data, item, column.code) for column in columns])
        numbers.append(len(rows))
    if data.draw(st.booleans()):
        rows.append(list(rows[numbers[0] - 1]))
        spoken.add(len(rows))
    merges = merged(columns, ledger, rows, numbers, left) if data.draw(st.booleans()) else ()
    hidden = data.draw(st.sampled_from([(), (numbers[0],)]))
    return Sheet(rows, merges=merges, hidden_rows=hidden), numbers, spoken


def merged(
    columns: list[Column],
    ledger: tuple[Item, ...],
    rows: list[list[Any]],
    numbers: list[int],
    left: int,
) -> tuple[str, ...]:
    """The lead unit of neighbours that share it, as one merged cell."""
    at = left + next(n for n, column in enumerate(columns) if column.code == "lead_unit")
    letter, ranges, n = chr(65 + at), [], 0
    while n < len(ledger):
        last = n
        while (
            last + 1 < len(ledger)
            and ledger[last + 1].lead_unit == ledger[n].lead_unit
            and numbers[last + 1] == numbers[last] + 1
        ):
            last += 1
            rows[numbers[last] - 1][at] = ""
        if last > n:
            ranges.append(f"{letter}{numbers[n]}:{letter}{numbers[last]}")
        n = last + 1
    return tuple(ranges)


@messy
@given(data=st.data(), ledger=ledgers)
def test_items_come_back_or_a_finding_names_what_could_not_be_read(
    data: st.DataObject, ledger: tuple[Item, ...]
) -> None:
    sheet, numbers, spoken = drawn(data, ledger)
    entries = tuple(Entry(item=item, origin=Origin("", "", 0)) for item in ledger)
    read = reading(sheet, name="某某.xlsx")
    (matched,), unmatched = match([read], Snapshot(entries), Matching().likeness)
    found = {row.item.id: row for row in matched.rows}
    named = {finding.place.cell for finding in (*read.findings, *unmatched)}
    for item, number in zip(ledger, numbers, strict=True):
        row = found.get(item.id)
        assert row or any(cell.endswith(str(number)) for cell in named), item.id
        for code in KEPT if row else ():
            assert (
                getattr(row.item, code) == getattr(item, code)
                or f"{row.letters[code]}{number}" in named
            ), code
        assert not row or row.item.lead_unit == item.lead_unit
    seen = {row.origin.row for row in read.rows} | {left.row for left in read.untaken}
    assert seen >= set(numbers) | spoken


@messy
@given(
    heads=st.lists(
        st.text("整改状态情况时限完成责任单位措施问题编号进度人住实指", min_size=2, max_size=6),
        max_size=8,
        unique=True,
    )
)
def test_no_heading_is_guessed_silently(heads: list[str]) -> None:
    """A heading that is no known spelling is read only with a finding that says so, else named as not read."""
    table = [
        ["问题编号", "整改措施", "备注", *heads],
        ["1-1", "修订办法。", "无", *["甲"] * len(heads)],
    ]
    read = reading(table)
    told = {finding.place.cell for finding in read.findings}
    for col, head in enumerate(heads, 4):
        assert known_code(head) or f"{chr(64 + col)}1" in told, head
