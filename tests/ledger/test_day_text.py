"""Days with wide dashes, weekdays and times, in deadlines and in dates that happened."""

from __future__ import annotations

import datetime as dt

import pytest

from toolkit.ledger.dates import read_date
from toolkit.ledger.day_text import day_text
from toolkit.ledger.deadline_grammar import read_deadline
from toolkit.ledger.deadlines import Anchors, Deadline, DeadlineKind
from toolkit.ledger.reading import Unreadable

ANCHORS = Anchors(dt.date(2025, 11, 16), dt.date(2026, 7, 16), as_of=dt.date(2026, 5, 8))
JUNE_30 = dt.date(2026, 6, 30)


@pytest.mark.parametrize(
    "written",
    [
        "2026－06－30", "2026／06／30", "2026–06–30", "2026‑06‑30", "2026—06—30", "2026−6−30", "2026·6·30", "2026。6。30", "2026\\6\\30",
        "2026 - 06 - 30", "2026-06-30 18:00", "2026-06-30 23:59:59", "2026-06-30T18:00:00.000", "2026-06-30（周二）",
        "2026年6月30日 星期二", "2026-06-30(星期二)", "2026年6⽉30⽇", "2026年\n6月30日",
    ],
)  # fmt: skip
def test_a_day_is_a_day_however_it_is_marked(written: str) -> None:
    deadline = read_deadline(written, ANCHORS)
    assert isinstance(deadline, Deadline)
    assert (deadline.due, deadline.kind, deadline.inferred) == (
        JUNE_30, DeadlineKind.FIXED, False
    )  # fmt: skip
    assert read_date(written) == JUNE_30


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("2026年6月30日24时前", JUNE_30),
        ("2026年6月30日下午5点前", JUNE_30),
        ("2026年6月30日17:30前完成", JUNE_30),
        ("2026年6月30日下班前", JUNE_30),
        ("2026年7月1日0时前", JUNE_30),
        ("2026年7月1日零时前", JUNE_30),
        ("2026年3月—6月", JUNE_30),
        ("2026.3—6月", JUNE_30),
        ("2026-03-01—2026-06-30", JUNE_30),
        ("2026－06", JUNE_30),
    ],
)
def test_times_and_spans_end_on_a_day(written: str, due: dt.date) -> None:
    deadline = read_deadline(written, ANCHORS)
    assert isinstance(deadline, Deadline)
    assert deadline.due == due


def test_the_beginning_of_a_day_is_the_end_of_the_day_before_and_is_confirmed() -> None:
    deadline = read_deadline("2026年7月1日0时前", ANCHORS)
    assert isinstance(deadline, Deadline)
    assert deadline.inferred


@pytest.mark.parametrize("written", ["2026-06-30（周三）", "2026年6月30日 星期一"])
def test_a_weekday_that_is_another_one_is_asked_back(written: str) -> None:
    for read in (read_deadline(written, ANCHORS), read_date(written)):
        assert isinstance(read, Unreadable)
        assert "是星期二，写的却是" in read.why
        assert read.try_instead == ("2026-06-30", "2026年6月30日")


@pytest.mark.parametrize(
    ("written", "due", "standing"),
    [
        ("于2026年9月底前完成", dt.date(2026, 9, 30), False),
        ("拟于2026年9月底前完成整改", dt.date(2026, 9, 30), False),
        ("2026年9月底前整改完毕", dt.date(2026, 9, 30), False),
        ("2026年9月前全部整改到位", dt.date(2026, 9, 30), False),
        ("2026年第三季度完成", dt.date(2026, 9, 30), False),
        ("最迟2026年9月30日", dt.date(2026, 9, 30), False),
        ("2026年9月30日前（含当日）", dt.date(2026, 9, 30), False),
        ("2026年9月底前（立行立改）", dt.date(2026, 9, 30), False),
        ("立行立改（2026年9月底前）", dt.date(2026, 9, 30), False),
        ("立行立改，2025年12月1日前", dt.date(2025, 12, 1), False),
        ("（立行立改）", dt.date(2025, 12, 16), False),
        ("长期坚持（2026年9月底前建章立制）", dt.date(2026, 9, 30), True),
        ("今年10月底前", dt.date(2026, 10, 31), False),
        ("本年内", dt.date(2026, 12, 31), False),
        ("明年3月底前", dt.date(2027, 3, 31), False),
        ("本月底前", dt.date(2026, 5, 31), False),
    ],
)
def test_words_around_a_day(written: str, due: dt.date, standing: bool) -> None:
    deadline = read_deadline(written, ANCHORS)
    assert isinstance(deadline, Deadline)
    assert (deadline.due, deadline.standing) == (due, standing)


def test_this_year_is_that_of_the_feedback_where_no_ledger_says_when_it_was_written() -> None:
    deadline = read_deadline("今年12月底前", Anchors(dt.date(2025, 11, 16)))
    assert isinstance(deadline, Deadline)
    assert deadline.due == dt.date(2025, 12, 31)


@pytest.mark.parametrize(
    "written",
    ["2026年6月30日前（视资金到位情况）", "2026年6月30日后", "2026年6月起", "已于2026年3月完成"],
)
def test_words_that_change_a_day_are_asked_back(written: str) -> None:
    assert isinstance(read_deadline(written, ANCHORS), Unreadable)


@pytest.mark.parametrize("written", ["每周一", "每3周一次", "3.5万", "12:30", "2026—2027年"])
def test_what_is_no_day_stays_as_it_is(written: str) -> None:
    assert day_text(written).text == written
