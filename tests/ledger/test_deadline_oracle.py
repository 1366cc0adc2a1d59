"""The grammar of deadlines beside an independent parser of Chinese times (jionlp), where that is installed: extra `oracle`."""

from __future__ import annotations

import pytest

from tests.ledger.test_deadline_grammar import ANCHORS, DUE, INFERRED, day, table
from toolkit.ledger.deadline_grammar import read_deadline

# Where the two differ, and why the office is right: months and halves count from the day of the feedback, not to the end
# of a month; blanks, full-width figures and Q3 are beyond the other parser; 月初 is the first ten days here.
DIFFER = frozenset(
    {"2026 年 6 月 30 日", "２０２６年６月３０日", "2026年Q3", "反馈后3个月内", "反馈之日起3个月内", "反馈后半年内", "2026年6月初",
     "两周内", "1年内", "半年内", "3个月内", "三个月内", "6个月内"}
)  # fmt: skip
# Fewer spellings than this understood, and the oracle has lost its tongue.
_LEAST = 70


@pytest.mark.filterwarnings("ignore")
def test_an_independent_parser_reads_the_same_last_day() -> None:
    jionlp = pytest.importorskip(
        "jionlp", reason="对照用的时间解析库没有安装：pip install -e '.[oracle]'"
    )
    base = {
        "year": ANCHORS.feedback.year,
        "month": ANCHORS.feedback.month,
        "day": ANCHORS.feedback.day,
    }
    differ, alike = set(), 0
    for written, due in (*table(DUE), *table(INFERRED)):
        try:
            time = jionlp.parse_time(written, time_base=base)["time"]
        except (ValueError, TypeError, KeyError, IndexError):
            continue
        last = str(time[1] if isinstance(time, list) else time)[:10]
        assert read_deadline(written, ANCHORS).due == day(due)
        if last == due:
            alike += 1
        else:
            differ.add(written)
    assert differ <= DIFFER
    assert alike >= _LEAST
