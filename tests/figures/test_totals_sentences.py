"""The sentences of totals: one wording, what is nothing is not told, and each number is tied to its figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.items import ENTRY, SETTINGS
from tests.support.states import AS_OF
from toolkit.figures.counts import Figures, compute
from toolkit.figures.printed import Line, Printed, text_of
from toolkit.figures.totals_sentences import (
    DUE_CODES,
    LEFT_OUT_CODES,
    RESULT_CODES,
    STATUS_CODES,
    due_sentence,
    left_out_sentence,
    left_out_sentences,
    rate_codes,
    rate_sentence,
    results_sentence,
    status_sentence,
)
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import Finding, Place, Severity
from toolkit.ledger.status import Status

WORDS = replace(SETTINGS, words=replace(SETTINGS.words, done="已办结"))


def entry(number: int, status: Status | None, **values: object) -> Entry:
    news = {"id": f"1-{number}", "status": status, "measures": (), "regulations": (), **values}
    return replace(ENTRY, item=replace(ENTRY.item, **news))  # type: ignore[arg-type]


def figures_of(entries: Sequence[Entry], findings: Sequence[Finding] = ()) -> Figures:
    return compute(entries, (), SETTINGS, AS_OF, findings)


def test_statuses_are_told_in_the_office_s_words() -> None:
    entries = [entry(1, Status.DONE), entry(2, Status.DONE), entry(3, Status.NOT_STARTED)]
    line = status_sentence(figures_of(entries).whole, WORDS)
    assert text_of(line) == (
        "问题共3个：未启动1个，正在整改0个，阶段性完成0个，已办结2个，长期坚持0个。"
    )


def test_what_nobody_can_read_is_told_only_where_there_is_such() -> None:
    line = status_sentence(figures_of([entry(1, None)]).whole, SETTINGS)
    assert text_of(line).endswith("长期坚持0个，状态不明1个。")


def test_a_rate_is_never_told_without_its_rule() -> None:
    whole = figures_of([entry(1, Status.DONE), entry(2, None), entry(3, None)]).whole
    assert text_of(rate_sentence("completion_rate", whole, "完成率")) == (
        "完成率33.33%，口径：完成率＝已完成问题数（不含阶段性完成）÷问题总数＝1÷3，四舍五入保留2位小数。"
    )


def test_late_and_due_are_told_with_the_window() -> None:
    settings = replace(SETTINGS, lights=replace(SETTINGS.lights, soon_days=15))
    whole = compute([entry(1, Status.IN_PROGRESS)], (), settings, AS_OF).whole
    assert text_of(due_sentence(whole, settings)) == "逾期0个，15日内到期1个。"


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({}, ""),
        ({"measures": ("甲。", "乙。")}, "整改措施2条。"),
        ({"regulations": ("《甲》",)}, "制度成果1项。"),
        ({"measures": ("甲。",), "regulations": ("《甲》",)}, "整改措施1条，制度成果1项。"),
    ],
)
def test_results_that_are_nothing_are_not_told(values: dict[str, object], text: str) -> None:
    line = results_sentence(figures_of([entry(1, None, **values)]).whole, SETTINGS)
    assert text_of(line) == text


def test_closed_items_are_results() -> None:
    whole = figures_of([replace(entry(1, Status.DONE), closed=True)]).whole
    assert text_of(results_sentence(whole, SETTINGS)) == "已销号1个。"


def doubted(id_: str, column: str) -> Finding:
    return Finding(
        "M101",
        Severity.ERROR,
        Place("报.xlsx", "整改台账", "R4"),
        "过大。",
        "请改。",
        id=id_,
        column=column,
    )


def test_a_total_says_which_values_it_leaves_out() -> None:
    entries = [entry(n, None, money=Decimal(n), people=n) for n in range(1, 4)]
    found = [doubted("1-1", "money"), doubted("1-3", "money"), doubted("1-2", "people")]
    told = [text_of(line) for line in left_out_sentences(figures_of(entries, found), SETTINGS)]
    assert told == [
        "涉及金额有2个问题的数值待核实（1-1、1-3），未计入合计。",
        "处理人次有1个问题的数值待核实（1-2），未计入合计。",
    ]
    assert left_out_sentences(figures_of(entries), SETTINGS) == ()


def test_of_many_left_out_values_the_first_are_named_and_all_counted() -> None:
    ids = [f"1-{number}" for number in range(1, 9)]
    assert text_of(left_out_sentence("money", ids, SETTINGS)) == (
        "涉及金额有8个问题的数值待核实（1-1、1-2、1-3、1-4、1-5、1-6等），未计入合计。"
    )


def codes_in(*lines: Line) -> Iterator[str]:
    yield from (piece.ref.code for line in lines for piece in line if isinstance(piece, Printed))


@given(st.lists(st.sampled_from([*Status, None]), max_size=8), st.booleans())
def test_the_sentences_print_what_they_declare_and_what_stands_in_the_totals(
    statuses: list[Status | None], closed: bool
) -> None:
    entries = [
        replace(entry(n, status, measures=("甲。",), regulations=("《甲》",)), closed=closed)
        for n, status in enumerate(statuses, 1)
    ]
    whole = figures_of(entries).whole
    lines = (
        status_sentence(whole, SETTINGS), due_sentence(whole, SETTINGS), results_sentence(whole, SETTINGS),
        rate_sentence("closing_rate", whole, "销号率"),
    )  # fmt: skip
    declared = {*STATUS_CODES, *DUE_CODES, *RESULT_CODES, *rate_codes("closing_rate")}
    assert set(codes_in(*lines)) <= declared
    if None in statuses and closed:
        assert set(codes_in(*lines)) == declared
    for piece in (piece for line in lines for piece in line if isinstance(piece, Printed)):
        if piece.ref.code in whole.numbers:
            assert piece.text == str(whole[piece.ref.code])


def test_left_out_codes_are_those_of_totals_that_can_leave_out() -> None:
    assert LEFT_OUT_CODES == ("left_out.money", "left_out.people")
