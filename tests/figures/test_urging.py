"""Letters over random weeks: numbers without gaps or reuse, nobody urged twice, the ladder climbs only while an item is late."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.support.items import ENTRY, SETTINGS
from toolkit.figures.due_state import due_state
from toolkit.figures.escalation import letters_due
from toolkit.ledger.deadlines import Deadline, DeadlineKind
from toolkit.ledger.entry import Entry
from toolkit.ledger.letter import Letter, LetterKind
from toolkit.ledger.status import Status

START = dt.date(2026, 11, 6)
KINDS = list(LetterKind)


def entry(number: int, due_in: int, *, done: bool = False, unit: str = "规划建设局") -> Entry:
    due = START + dt.timedelta(days=due_in)
    deadline = Deadline(due, standing=False, kind=DeadlineKind.FIXED, raw=str(due))
    status = Status.DONE if done else Status.IN_PROGRESS
    return replace(
        ENTRY,
        item=replace(
            ENTRY.item, id=f"1-{number}", deadline=deadline, status=status, lead_unit=unit
        ),
    )


def after(days: int) -> dt.date:
    return START + dt.timedelta(days=days)


def test_an_item_climbs_from_reminder_to_urging_to_warning() -> None:
    past: list[Letter] = []
    kinds = []
    for week in range(7):
        now = letters_due([entry(1, 5)], past, SETTINGS, after(7 * week))
        past += now
        kinds.append([letter.kind.value for letter in now])
    assert kinds == [["remind"], ["urge"], ["urge"], ["warn"], ["warn"], ["warn"], ["warn"]]
    assert [letter.number for letter in past][:4] == [
        "整改提〔2026〕1号",
        "整改督〔2026〕1号",
        "整改督〔2026〕2号",
        "整改诫〔2026〕1号",
    ]


def test_long_late_is_warned_at_once_and_what_is_done_is_left_alone() -> None:
    (letter,) = letters_due([entry(1, -31), entry(2, -31, done=True)], [], SETTINGS, START)
    assert (letter.kind, letter.items) == (LetterKind.WARN, ("1-1",))


def test_a_repeat_on_the_same_day_urges_nobody_again() -> None:
    first = letters_due([entry(1, -3)], [], SETTINGS, START)
    assert letters_due([entry(1, -3)], first, SETTINGS, START) == ()
    assert letters_due([entry(1, -3)], first, SETTINGS, after(6)) == ()
    assert len(letters_due([entry(1, -3)], first, SETTINGS, after(7))) == 1


def test_no_letters_where_the_office_wants_none() -> None:
    settings = replace(SETTINGS, letters=replace(SETTINGS.letters, wanted=False))
    assert letters_due([entry(1, -3)], [], settings, START) == ()


WEEKS = st.lists(
    st.tuples(
        st.integers(0, 12),
        st.lists(st.tuples(st.integers(1, 9), st.integers(-40, 40), st.booleans(), st.sampled_from("甲乙丙")), max_size=9, unique_by=lambda one: one[0]),
    ),
    max_size=12,
)  # fmt: skip


@given(WEEKS)
def test_numbers_and_rungs_over_random_weeks(
    weeks: list[tuple[int, list[tuple[int, int, bool, str]]]],
) -> None:
    past: list[Letter] = []
    day = START
    for step, items in weeks:
        day += dt.timedelta(days=step)
        entries = [entry(number, due, done=done, unit=unit) for number, due, done, unit in items]
        now = letters_due(entries, past, SETTINGS, day)
        named = [id_ for letter in now for id_ in letter.items]
        assert len(named) == len(set(named))
        for letter in now:
            for id_ in letter.items:
                stand = due_state(
                    next(one for one in entries if one.item.id == id_),
                    day,
                    SETTINGS.lights.soon_days,
                )
                assert stand.due_soon if letter.kind is LetterKind.REMIND else stand.overdue
                recent = [old for old in past if id_ in old.items and (day - old.as_of).days < 7]
                assert all(KINDS.index(old.kind) < KINDS.index(letter.kind) for old in recent)
        past += now
    for kind in LetterKind:
        for year in {letter.as_of.year for letter in past}:
            serials = [
                letter.serial
                for letter in past
                if letter.kind is kind and letter.as_of.year == year
            ]
            assert serials == list(range(1, len(serials) + 1))
