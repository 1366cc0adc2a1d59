"""The ladder of letters: climbed by dates and answers, never by repetition; nobody is urged twice before the day of answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.support.items import ENTRY, SETTINGS
from toolkit.figures.due_state import due_state
from toolkit.figures.escalation import Escalation, escalate
from toolkit.ledger.deadlines import Deadline, DeadlineKind
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import Place
from toolkit.ledger.letter import Letter, LetterKind, Reply
from toolkit.ledger.status import Status
from toolkit.settings.model import Settings

START = dt.date(2026, 11, 6)
KINDS = list(LetterKind)
WARNING_OFFICE = replace(SETTINGS, letters=replace(SETTINGS.letters, writes_warnings=True))


def entry(number: int, due_in: int, *, done: bool = False, unit: str = "规划建设局") -> Entry:
    due = START + dt.timedelta(days=due_in)
    deadline = Deadline(due, standing=False, kind=DeadlineKind.FIXED, raw=str(due))
    status = Status.DONE if done else Status.IN_PROGRESS
    item = replace(ENTRY.item, id=f"1-{number}", deadline=deadline, status=status, lead_unit=unit)
    return replace(ENTRY, item=item)


def after(days: int) -> dt.date:
    return START + dt.timedelta(days=days)


def numbered(found: Escalation, past: list[Letter]) -> list[Letter]:
    """The letters of a period with the next numbers of their kind."""
    letters: list[Letter] = []
    for letter in found.letters:
        used = sum(old.kind is letter.kind for old in (*past, *letters))
        letters.append(replace(letter, serial=used + 1))
    return letters


def weeks(
    item: Entry, number: int, settings: Settings = WARNING_OFFICE, replies: tuple[Reply, ...] = ()
) -> list[list[str]]:
    """The kinds of letters about one item, week by week."""
    past: list[Letter] = []
    kinds = []
    for week in range(number):
        found = escalate([item], past, replies, settings, after(7 * week))
        now = numbered(found, past)
        past += now
        kinds.append([letter.kind.value for letter in now])
    return kinds


def test_an_item_climbs_from_reminders_to_urging_to_a_warning() -> None:
    assert weeks(entry(1, 15), 6) == [
        ["remind"],  # 15 days left: the step of 20
        ["remind"],  # 8 days left: the step of 10
        [],  # 1 day left: nothing new
        ["urge"],  # 6 days late
        ["urge"],  # no answer within 5 days
        ["warn"],  # two letters, no answer
    ]


def test_a_day_s_press_twice_urges_nobody_again() -> None:
    first = numbered(escalate([entry(1, -3)], [], (), SETTINGS, START), [])
    assert escalate([entry(1, -3)], first, (), SETTINGS, START).letters == ()
    assert escalate([entry(1, -3)], first, (), SETTINGS, after(5)).letters == ()
    (second,) = escalate([entry(1, -3)], first, (), SETTINGS, after(7)).letters
    assert (second.kind, second.after) == (LetterKind.URGE, ("整改督〔2026〕1号",))


def test_each_step_reminds_once_and_an_extension_begins_them_again() -> None:
    past: list[Letter] = []
    days = []
    for day in range(-1, 21):
        now = numbered(escalate([entry(1, 20)], past, (), SETTINGS, after(day)), past)
        days += [day] * len(now)
        past += now
    assert days == [0, 10, 20]
    extended = entry(1, 60)
    assert escalate([extended], past, (), SETTINGS, after(30)).letters == ()
    (again,) = escalate([extended], past, (), SETTINGS, after(40)).letters
    assert again.kind is LetterKind.REMIND


def test_a_warning_is_only_proposed_unless_the_office_wants_it_written() -> None:
    late = entry(1, -3)
    past: list[Letter] = []
    for week in (0, 1):
        past += numbered(escalate([late], past, (), SETTINGS, after(7 * week)), past)
    found = escalate([late], past, (), SETTINGS, after(14))
    assert found.letters == ()
    (proposal,) = found.proposals
    assert (proposal.unit, proposal.items) == ("规划建设局", ("1-1",))
    assert proposal.after == ("整改督〔2026〕1号", "整改督〔2026〕2号")
    (letter,) = escalate([late], past, (), WARNING_OFFICE, after(14)).letters
    assert letter.kind is LetterKind.WARN


def test_what_is_late_for_long_is_urged_first_and_warned_when_no_answer_comes() -> None:
    long = entry(1, -40)
    (first,) = numbered(escalate([long], [], (), WARNING_OFFICE, START), [])
    assert first.kind is LetterKind.URGE
    (then,) = escalate([long], [first], (), WARNING_OFFICE, after(7)).letters
    assert then.kind is LetterKind.WARN


def test_an_answer_holds_the_ladder() -> None:
    late = entry(1, -3)
    past = numbered(escalate([late], [], (), WARNING_OFFICE, START), [])
    reply = Reply(number=past[0].number, on=after(4), content="正在办理", place=Place())
    assert escalate([late], past, (reply,), WARNING_OFFICE, after(7)).letters == ()
    (then,) = escalate([late], past, (reply,), WARNING_OFFICE, after(14)).letters
    assert then.kind is LetterKind.URGE


def test_what_is_done_is_left_alone() -> None:
    found = escalate([entry(1, -31), entry(2, -31, done=True)], [], (), SETTINGS, START)
    assert [letter.items for letter in found.letters] == [("1-1",)]


def test_no_letters_where_the_office_wants_none() -> None:
    settings = replace(SETTINGS, letters=replace(SETTINGS.letters, wanted=False))
    assert escalate([entry(1, -3)], [], (), settings, START) == Escalation((), ())


WEEKS = st.lists(
    st.tuples(
        st.integers(0, 12),
        st.lists(
            st.tuples(
                st.integers(1, 9), st.integers(-40, 40), st.booleans(), st.sampled_from("甲乙丙")
            ),
            max_size=9,
            unique_by=lambda item: item[0],
        ),
    ),
    max_size=12,
)


@given(WEEKS)
def test_over_random_weeks_no_item_is_in_two_letters_and_none_is_pressed_too_early(
    story: list[tuple[int, list[tuple[int, int, bool, str]]]],
) -> None:
    past: list[Letter] = []
    day = START
    reply_days = WARNING_OFFICE.letters.reply_days
    for step, items in story:
        day += dt.timedelta(days=step)
        entries = [entry(number, due, done=done, unit=unit) for number, due, done, unit in items]
        now = numbered(escalate(entries, past, (), WARNING_OFFICE, day), past)
        named = [id_ for letter in now for id_ in letter.items]
        assert len(named) == len(set(named))
        by_id = {item.item.id: item for item in entries}
        for letter in now:
            for id_ in letter.items:
                state = due_state(by_id[id_], day, 10)
                assert state.overdue is (letter.kind is not LetterKind.REMIND)
                pressed = [
                    old
                    for old in past
                    if id_ in old.items and old.kind is not LetterKind.REMIND and state.overdue
                    and by_id[id_].item.deadline.due < old.as_of  # type: ignore[operator]
                ]  # fmt: skip
                assert all((day - old.as_of).days > reply_days for old in pressed)
        past += now
