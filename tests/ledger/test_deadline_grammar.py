"""What departments write under 整改时限, and what it means. Feedback 2026-01-16, end of the concentrated period 2026-07-16."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.ledger.deadline_grammar import read_deadline
from toolkit.ledger.deadlines import Anchors, Deadline
from toolkit.ledger.reading import Unreadable

ANCHORS = Anchors(dt.date(2026, 1, 16), dt.date(2026, 7, 16), 30)

DUE = """
2026-06-30 = 2026-06-30
2026-6-3 = 2026-06-03
2026/6/30 = 2026-06-30
2026.6.30 = 2026-06-30
2026．6．30 = 2026-06-30
2026年6月30日 = 2026-06-30
2026年06月30日 = 2026-06-30
2026 年 6 月 30 日 = 2026-06-30
２０２６年６月３０日 = 2026-06-30
二〇二六年六月三十日 = 2026-06-30
二○二六年六月三十日 = 2026-06-30
20260630 = 2026-06-30
2026年6月30日前 = 2026-06-30
2026年6月30日之前 = 2026-06-30
2026年6月30日以前 = 2026-06-30
2026-06-30前完成 = 2026-06-30
2026年6月底 = 2026-06-30
2026年6月底前 = 2026-06-30
2026年6月底之前 = 2026-06-30
2026年6月末 = 2026-06-30
2026年2月底前 = 2026-02-28
2028年2月底前 = 2028-02-29
2026年6月 = 2026-06-30
2026年6月份 = 2026-06-30
2026年6月上旬 = 2026-06-10
2026年6月中旬 = 2026-06-20
2026年6月下旬 = 2026-06-30
2026年底 = 2026-12-31
2026年底前 = 2026-12-31
2026年年底前 = 2026-12-31
2026年12月底前 = 2026-12-31
2026年末 = 2026-12-31
2026年内 = 2026-12-31
2026年上半年 = 2026-06-30
2026年下半年 = 2026-12-31
2026年第一季度 = 2026-03-31
2026年第三季度 = 2026-09-30
2026年三季度末 = 2026-09-30
2026年二季度 = 2026-06-30
2026年10月31日前完成 = 2026-10-31
截至2026年6月30日 = 2026-06-30
2026年6月30日前完成整改 = 2026-06-30
2026-06-30 00:00:00 = 2026-06-30
2026年6月30号 = 2026-06-30
26年6月30日 = 2026-06-30
2026年1月1日 = 2026-01-01
2026年12月31日前 = 2026-12-31
2026/06/30前 = 2026-06-30
2026.06.30 = 2026-06-30
2026-06 = 2026-06-30
2026/6 = 2026-06-30
2026.6 = 2026-06-30
202606 = 2026-06-30
二〇二六年六月底前 = 2026-06-30
2026年六月底前 = 2026-06-30
2026年第四季度 = 2026-12-31
2026年4季度 = 2026-12-31
2026年Q3 = 2026-09-30
2026年度 = 2026-12-31
2026年全年 = 2026-12-31
2026年4月底前 = 2026-04-30
2026年9月底前 = 2026-09-30
2026年11月底 = 2026-11-30
集中整改期内 = 2026-07-16
集中整改期结束前 = 2026-07-16
集中整改期间 = 2026-07-16
反馈后3个月内 = 2026-04-16
反馈之日起3个月内 = 2026-04-16
收到反馈意见后30日内 = 2026-02-15
反馈后半年内 = 2026-07-16
"""
INFERRED = """
2026年6月前 = 2026-06-30
2026年6月初 = 2026-06-10
2月底前 = 2026-02-28
1月底 = 2026-01-31
6.30 = 2026-06-30
6月30号 = 2026-06-30
6月中旬 = 2026-06-20
四季度 = 2026-12-31
边查边改 = 2026-02-15
马上改 = 2026-02-15
两周内 = 2026-01-30
10个工作日内 = 2026-01-30
1年内 = 2027-01-16
半年内 = 2026-07-16
今年内 = 2026-12-31
6月底前 = 2026-06-30
6月30日前 = 2026-06-30
12月底前 = 2026-12-31
六月底前 = 2026-06-30
年底前 = 2026-12-31
今年底 = 2026-12-31
今年年底前 = 2026-12-31
上半年 = 2026-06-30
第三季度 = 2026-09-30
三季度 = 2026-09-30
明年3月底前 = 2027-03-31
立行立改 = 2026-02-15
立即整改 = 2026-02-15
即知即改 = 2026-02-15
3个月内 = 2026-04-16
三个月内 = 2026-04-16
6个月内 = 2026-07-16
"""
STANDING = """
长期坚持 = -
长期 = -
持续推进 = -
常态化推进 = -
长期整改 = -
2026年6月底前，并长期坚持 = 2026-06-30
2026年6月30日前完成并长期坚持 = 2026-06-30
2026年底前，并长期坚持 = 2026-12-31
2026年12月底前完成，长期坚持 = 2026-12-31
立行立改，长期坚持 = 2026-02-15
立行立改并长期坚持 = 2026-02-15
2026-06-30，长期坚持 = 2026-06-30
2026年6月底前取得阶段性成效，并长期坚持 = 2026-06-30
"""
UNREADABLE = """
22.6
已完成
2026年2月30日前
同上
详见整改方案
根据项目进度
分阶段推进
国庆前
由原来的2026年6月延期至2026年9月
尽快
尽早完成
近期
待定
视情况而定
适时
2026年2月30日
2026年13月底前
2026-06-31
2026年6月32日
2022.1
XX
？
6
abc
按上级要求
条件成熟后
"""


def table(text: str) -> list[tuple[str, str]]:
    pairs = (line.rsplit("=", 1) for line in text.strip().splitlines())
    return [(written.strip(), due.strip()) for written, due in pairs]


def day(text: str) -> dt.date | None:
    return None if text == "-" else dt.date.fromisoformat(text)


@pytest.mark.parametrize(("written", "due"), table(DUE))
def test_written_in_full(written: str, due: str) -> None:
    found = read_deadline(written, ANCHORS)
    assert isinstance(found, Deadline), found
    assert (found.due, found.standing, found.inferred, found.raw) == (
        day(due),
        False,
        False,
        written,
    )


@pytest.mark.parametrize(("written", "due"), table(INFERRED))
def test_year_or_anchor_not_written(written: str, due: str) -> None:
    found = read_deadline(written, ANCHORS)
    assert isinstance(found, Deadline), found
    assert (found.due, found.inferred) == (day(due), True)


@pytest.mark.parametrize(("written", "due"), table(STANDING))
def test_standing_duties(written: str, due: str) -> None:
    found = read_deadline(written, ANCHORS)
    assert isinstance(found, Deadline), found
    assert (found.due, found.standing) == (day(due), True)


@pytest.mark.parametrize("written", UNREADABLE.strip().splitlines())
def test_what_cannot_be_read_is_asked_back(written: str) -> None:
    found = read_deadline(written, ANCHORS)
    assert isinstance(found, Unreadable), found
    assert found.why
    assert found.fix


@pytest.mark.parametrize(
    "value", [dt.date(2026, 6, 30), dt.datetime(2026, 6, 30, 0, 0), 46203, 46203.0]
)
def test_date_cells_and_serials(value: dt.date | float) -> None:
    found = read_deadline(value, ANCHORS)
    assert isinstance(found, Deadline)
    assert found.due == dt.date(2026, 6, 30)


@pytest.mark.parametrize("written", ["立行立改", "3个月内", "集中整改期内", "6月底前"])
def test_without_an_anchor_nothing_is_guessed(written: str) -> None:
    found = read_deadline(written, Anchors(None, None, 30))
    assert isinstance(found, Unreadable) or found.due is None


@given(st.text(max_size=40))
def test_any_text_is_read_or_asked_back(text: str) -> None:
    assert isinstance(read_deadline(text, ANCHORS), Deadline | Unreadable)


@given(
    st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d", "%Y.%m.%d"]),
)
def test_every_day_in_every_full_spelling(when: dt.date, spelling: str) -> None:
    found = read_deadline(when.strftime(spelling), ANCHORS)
    assert isinstance(found, Deadline)
    assert found.due == when


MILESTONES = {
    "2026年3月底前制定办法": "2026-03-31",
    "2026年6月底前建成平台": "2026-06-30",
    "2026年9月15日前完成验收": "2026-09-15",
    "2026年底前": "2026-12-31",
}


@given(
    st.lists(st.sampled_from(list(MILESTONES)), min_size=2, max_size=4, unique=True),
    st.sampled_from("，；。、"),
)
def test_of_several_milestones_the_last_day_is_due_in_whatever_order_they_stand(
    written: list[str], mark: str
) -> None:
    found = read_deadline(mark.join(written), ANCHORS)
    assert isinstance(found, Deadline), found
    assert found.due == max(dt.date.fromisoformat(MILESTONES[part]) for part in written)


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("2026年9月底前，2026年6月底前", "2026-09-30"),
        ("2026年3月底前取得阶段性成效，2026年12月底前完成", "2026-12-31"),
        ("2026年3月—6月", "2026-06-30"),
        ("6月底前制定办法，9月底前建成平台", "2026-09-30"),
        ("立行立改，2026年9月底前", "2026-09-30"),
    ],
)
def test_milestones_as_they_are_written(written: str, due: str) -> None:
    found = read_deadline(written, ANCHORS)
    assert isinstance(found, Deadline), found
    assert found.due == dt.date.fromisoformat(due)


def test_a_day_without_a_year_is_the_first_that_is_not_before_the_feedback() -> None:
    """Of the days before 16 January the next one is meant: nobody sets a deadline before the feedback."""
    feedback = dt.date(2026, 1, 16)
    for number in range(365):
        when = dt.date(2026, 1, 1) + dt.timedelta(days=number)
        expected = when if when >= feedback else when.replace(year=2027)
        for written in (f"{when.month}月{when.day}日", f"{when.month}月{when.day}日前完成"):
            found = read_deadline(written, ANCHORS)
            assert isinstance(found, Deadline), found
            assert (found.due, found.inferred) == (expected, True), written


@pytest.mark.parametrize(
    "feedback", [dt.date(2025, 11, 26), dt.date(2026, 3, 31), dt.date(2027, 12, 31)]
)
@pytest.mark.parametrize("month", range(1, 13))
def test_a_month_without_a_year_ends_at_the_first_end_that_is_not_before_the_feedback(
    feedback: dt.date, month: int
) -> None:
    found = read_deadline(f"{month}月底前", Anchors(feedback, None, 30))
    assert isinstance(found, Deadline), found
    assert found.due is not None
    assert found.due >= feedback
    assert (found.due - feedback).days < 366
    assert found.due.month == month
