"""Numbers of letters over drawn years: bound to kind and unit for ever, never given again, without gaps."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from toolkit.ledger.letter import Letter, LetterKind, LetterNumber
from toolkit.register.pending import Plan
from toolkit.run.letter_numbers import with_numbers

START = dt.date(2026, 11, 6)
PREFIXES = {LetterKind.REMIND: "整改提", LetterKind.URGE: "整改督", LetterKind.WARN: "整改诫"}


def due(kind: LetterKind, unit: str, items: tuple[str, ...], day: dt.date = START) -> Letter:
    return Letter(kind=kind, prefix=PREFIXES[kind], serial=0, unit=unit, items=items, as_of=day)


def plan(period: int, day: dt.date = START) -> Plan:
    return Plan(period=period, run=1, since=day, as_of=day, settings="x")


LETTERS = st.lists(
    st.builds(
        due, st.sampled_from(LetterKind), st.sampled_from("甲乙丙"),
        st.lists(st.sampled_from(["1-1", "1-2", "2-1"]), min_size=1, unique=True).map(tuple),
    ),
    max_size=5, unique_by=lambda letter: (letter.kind, letter.unit),
)  # fmt: skip
# Weeks to the next run, whether it goes on with the period, whether it is taken back, its letters.
RUNS = st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.booleans(), LETTERS), max_size=12)


@given(RUNS)
def test_over_the_years_a_number_belongs_to_one_unit_and_none_is_left_out(
    runs: list[tuple[int, bool, bool, list[Letter]]],
) -> None:
    given_: tuple[LetterNumber, ...] = ()
    whose: dict[str, tuple[LetterKind, str, int]] = {}
    day, period = START, 1
    for weeks, goes_on, _taken_back, letters in runs:  # a run that is taken back leaves its numbers
        day += dt.timedelta(weeks=weeks)
        period += not goes_on
        dated = [replace(letter, as_of=day) for letter in letters]
        numbered, fresh = with_numbers(dated, given_, plan(period, day))
        given_ = (*given_, *fresh)
        assert [letter.items for letter in numbered] == [letter.items for letter in letters]
        for letter in numbered:
            owner = (letter.kind, letter.unit, period)
            assert whose.setdefault(letter.number, owner) == owner
    serials: dict[tuple[LetterKind, int], list[int]] = {}
    for number in given_:
        serials.setdefault((number.kind, number.year), []).append(number.serial)
    for used in serials.values():
        assert used == list(range(1, len(used) + 1))


def test_over_new_year_a_letter_has_the_year_of_its_own_date_and_no_two_share_a_number() -> None:
    """The first run of a week was on 31 December, the second is on 1 January."""
    old, new = dt.date(2026, 12, 31), dt.date(2027, 1, 1)
    _, fresh = with_numbers([due(LetterKind.URGE, "林业局", ("1-1",), old)], (), plan(9, old))
    letters = [due(LetterKind.URGE, unit, ("1-1",), new) for unit in ("林业局", "水务局")]
    numbered, _ = with_numbers(letters, fresh, plan(9, new))
    assert [letter.number for letter in numbered] == ["整改督〔2027〕1号", "整改督〔2027〕2号"]


def test_a_second_run_of_the_period_uses_the_number_again() -> None:
    letters = [due(LetterKind.URGE, "林业局", ("1-1",))]
    (first,), fresh = with_numbers(letters, (), plan(4))
    (again,), more = with_numbers(letters, fresh, plan(4))
    assert (again, more) == (first, ())
    assert (again.number, again.is_correction) == ("整改督〔2026〕1号", False)


def test_a_letter_about_other_items_is_a_correction_and_says_so() -> None:
    _, fresh = with_numbers([due(LetterKind.URGE, "林业局", ("1-1",))], (), plan(4))
    (letter,), _ = with_numbers([due(LetterKind.URGE, "林业局", ("1-1", "1-2"))], fresh, plan(4))
    assert letter.printed_number == "整改督〔2026〕1号〔更正〕"


def test_the_next_period_and_another_unit_get_the_next_number() -> None:
    _, fresh = with_numbers([due(LetterKind.URGE, "林业局", ("1-1",))], (), plan(4))
    (other,), more = with_numbers([due(LetterKind.URGE, "水务局", ("1-1",))], fresh, plan(4))
    (later,), _ = with_numbers([due(LetterKind.URGE, "林业局", ("1-1",))], (*fresh, *more), plan(5))
    assert [other.serial, later.serial] == [2, 3]


def test_each_kind_and_each_year_counts_from_one() -> None:
    _, fresh = with_numbers([due(LetterKind.URGE, "林业局", ("1-1",))], (), plan(4))
    (warned,), _ = with_numbers([due(LetterKind.WARN, "林业局", ("1-1",))], fresh, plan(5))
    day = dt.date(2027, 1, 8)
    (new_year,), _ = with_numbers(
        [due(LetterKind.URGE, "林业局", ("1-1",), day)], fresh, plan(9, day)
    )
    assert (warned.number, new_year.number) == ("整改诫〔2026〕1号", "整改督〔2027〕1号")


def test_a_prefix_that_the_office_changes_in_mid_period_does_not_change_the_number() -> None:
    _, fresh = with_numbers([due(LetterKind.URGE, "林业局", ("1-1",))], (), plan(4))
    renamed = replace(due(LetterKind.URGE, "林业局", ("1-1",)), prefix="整督字")
    (letter,), _ = with_numbers([renamed], fresh, plan(4))
    assert letter.number == "整改督〔2026〕1号"
