"""Sums of own columns: exact, by set, what is no number named."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.support.items import ENTRY, SETTINGS
from toolkit.figures.counts import counted
from toolkit.figures.own_sums import left_out, own_sums, placeholders, summed, unit_of
from toolkit.figures.table import Counted
from toolkit.ledger.form import STANDARD, Form, FormColumn, OwnKind
from toolkit.ledger.own import own_code

PAID = FormColumn(
    heading="已上缴（元）", code=own_code("已上缴"), kind=OwnKind.YUAN, is_summed=True
)
NOTE = FormColumn(heading="说明", code=own_code("说明"))
FORM = Form((*STANDARD, PAID, NOTE))


def items(*texts: str, doubtful: frozenset[str] = frozenset()) -> tuple[Counted, ...]:
    entries = [
        replace(
            ENTRY, item=replace(ENTRY.item, id=f"1-{n}"), own=(("已上缴", text),) if text else ()
        )
        for n, text in enumerate(texts, 1)
    ]
    day = SETTINGS.task.phase_end
    assert day
    return tuple(replace(item, doubtful=doubtful) for item in counted(entries, SETTINGS, day, {}))


def test_only_what_the_office_chose_is_summed_and_named_as_it_words_it() -> None:
    assert summed(FORM) == (PAID,)
    assert placeholders(FORM) == {"合计.已上缴（元）": PAID}
    assert (unit_of(PAID), unit_of(NOTE)) == ("元", "")


def test_what_is_no_number_is_left_out_and_named() -> None:
    some = items("12,600.50", "", "近30", "无", "3.5万元", "30\n5")
    assert own_sums(some, [PAID]) == {PAID.code: Decimal("47600.50")}
    assert left_out(some, [PAID]) == {PAID.code: ("1-3", "1-6")}


def test_what_has_an_error_is_in_no_sum() -> None:
    some = items("12", "13", doubtful=frozenset({PAID.code}))
    assert own_sums(some, [PAID]) == {PAID.code: 0}
    assert left_out(some, [PAID]) == {PAID.code: ("1-1", "1-2")}


@given(st.lists(st.decimals(0, 10**9, places=2), max_size=20))
def test_sums_are_exact(amounts: list[Decimal]) -> None:
    some = items(*(f"{amount:f}" for amount in amounts))
    assert own_sums(some, [PAID])[PAID.code] == sum(amounts, Decimal(0))
    assert left_out(some, [PAID]) == {}
