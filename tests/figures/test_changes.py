"""What changed since the last round, counted here a second time from plain pairs."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.support.items import ENTRY, SETTINGS
from toolkit.figures.changes import FIRST, Changes, changes, sentences, unbalanced
from toolkit.figures.counts import compute
from toolkit.figures.printed import text_of
from toolkit.ledger.deadlines import Deadline, DeadlineKind
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import Place
from toolkit.ledger.status import Status

SINCE, AS_OF = dt.date(2026, 6, 12), dt.date(2026, 6, 19)
DUES = (dt.date(2026, 6, 10), dt.date(2026, 6, 15), dt.date(2026, 9, 1))


def entry(
    number: int, status: Status | None, due: dt.date, progress: str = "甲", *, closed: bool = False
) -> Entry:
    deadline = Deadline(due, standing=False, kind=DeadlineKind.FIXED, raw=str(due))
    item = replace(
        ENTRY.item, id=f"1-{number}", status=status, deadline=deadline, progress=progress
    )
    return replace(ENTRY, item=item, closed=closed and status is Status.DONE)


ENTRIES = st.builds(
    entry, st.integers(1, 6), st.sampled_from([*Status, None]), st.sampled_from(DUES), st.sampled_from("甲乙"),
    closed=st.booleans(),
)  # fmt: skip
LEDGERS = st.lists(ENTRIES, max_size=6, unique_by=lambda one: one.item.id)


def compared(before: list[Entry], after: list[Entry]) -> Changes:
    return changes(before, after, {}, SETTINGS, (SINCE, AS_OF))


@given(LEDGERS, LEDGERS)
def test_every_difference_is_named_once_and_the_sums_close(
    before: list[Entry], after: list[Entry]
) -> None:
    news = compared(before, after)
    old, new = ({one.item.id: one.item for one in ledger} for ledger in (before, after))
    both = old.keys() & new.keys()
    assert set(news.added) == new.keys() - old.keys()
    assert set(news.withdrawn) == old.keys() - new.keys()
    assert {(cell.id, cell.column) for cell in news.cells} == {
        (id_, code) for id_ in both for code in ("status", "deadline", "progress")
        if getattr(old[id_], code) != getattr(new[id_], code)
    }  # fmt: skip
    numbers = compute(after, (), SETTINGS, AS_OF).whole.numbers
    ledgers = (before, after)
    assert unbalanced(news, ledgers, numbers, SETTINGS, AS_OF) == ()
    for code in news.before:
        wrong = {**numbers, code: numbers[code] + 1}
        assert len(unbalanced(news, ledgers, wrong, SETTINGS, AS_OF)) == 1


def test_sentences_count_and_name() -> None:
    before = [
        entry(1, Status.IN_PROGRESS, DUES[2]),
        entry(2, Status.IN_PROGRESS, DUES[1]),
        entry(3, Status.DONE, DUES[0]),
    ]
    after = [
        entry(1, Status.DONE, DUES[2], "乙", closed=True),
        entry(2, Status.IN_PROGRESS, DUES[1]),
        entry(4, None, DUES[2]),
    ]
    news = compared(before, after)
    figures = compute(after, (), SETTINGS, AS_OF)
    lines = sentences(news, SETTINGS, figures.completion)
    assert tuple(text_of(line) for line in lines) == (
        "与上期（截至2026年6月12日）相比，新增已完成1个（1-1）。",
        "新增逾期1个（1-2）。",
        "销号1个（1-1）。",
        "增加问题1个（1-4）。",
        "拆分、并入后不再单列1个（1-3）。",
        "更新进展情况1个（1-1）。",
    )


def test_nothing_new_and_nothing_to_compare_with_are_said() -> None:
    ledger = [entry(1, Status.DONE, DUES[0])]
    rate = compute(ledger, (), SETTINGS, AS_OF).completion
    (nothing,) = sentences(compared(ledger, ledger), SETTINGS, rate)
    assert text_of(nothing) == "与上期（截至2026年6月12日）相比，没有变化。"
    (first,) = sentences(FIRST, SETTINGS, rate)
    assert text_of(first) == "本期为首期，没有可以比较的上期。"


def test_a_new_value_says_where_it_stands() -> None:
    places = {("1-1", "progress"): Place("报.xlsx", "整改台账", "O4")}
    before, after = [entry(1, None, DUES[0])], [entry(1, None, DUES[0], "乙")]
    news = changes(before, after, places, SETTINGS, (SINCE, AS_OF))
    assert [(cell.old, cell.new, cell.place.cell) for cell in news.cells] == [("甲", "乙", "O4")]
