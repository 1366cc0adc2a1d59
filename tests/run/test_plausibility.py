"""Dates that cannot be right stop a run, all of them in one sentence; a rule on nearly every row points at the settings."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from tests.support.items import SETTINGS
from toolkit.errors import UsageError
from toolkit.ledger.finding import Finding, Place, Severity
from toolkit.run.plausibility import refuse_implausible, suspected_rules
from toolkit.settings.model import Settings

AS_OF = dt.date(2026, 6, 19)  # a Friday, the closing day


def with_task(**values: Any) -> Settings:
    return replace(SETTINGS, task=replace(SETTINGS.task, **values))


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"feedback_on": dt.date(2062, 1, 16)}, "反馈日期2062-01-16晚于截至日期2026-06-19"),
        ({"inspected_to": dt.date(2026, 3, 1)}, "巡察止2026-03-01晚于反馈日期2026-01-16"),
        (
            {"inspected_from": dt.date(2025, 12, 1), "inspected_to": dt.date(2025, 11, 1)},
            "巡察起2025-12-01晚于巡察止2025-11-01",
        ),
        ({"phase_end": dt.date(2025, 7, 16)}, "集中整改期截止2025-07-16早于反馈日期"),
    ],
)
def test_the_order_of_a_task_s_days(values: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        refuse_implausible(with_task(**values), AS_OF, AS_OF)


def test_all_faults_are_said_at_once() -> None:
    wrong = with_task(inspected_to=dt.date(2061, 3, 1), feedback_on=dt.date(2062, 1, 16))
    with pytest.raises(UsageError) as refused:
        refuse_implausible(wrong, dt.date(2027, 6, 19), AS_OF)
    assert str(refused.value).count("；") == 2


def test_the_day_of_issue_may_be_named_ahead_within_its_period_only() -> None:
    thursday, friday = dt.date(2026, 6, 18), AS_OF
    refuse_implausible(SETTINGS, friday, thursday)
    with pytest.raises(UsageError, match="晚于今天"):
        refuse_implausible(SETTINGS, friday + dt.timedelta(days=1), thursday)
    with pytest.raises(UsageError, match="晚于今天"):
        refuse_implausible(SETTINGS, dt.date(2027, 6, 18), thursday)


def test_after_the_phase_is_a_plain_day() -> None:
    refuse_implausible(SETTINGS, dt.date(2026, 9, 4), dt.date(2026, 9, 4))


def finding(rule: str, id_: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(rule, severity, Place(), "有误。", "请改。", id_)


def test_a_rule_on_nearly_every_row_is_suspected() -> None:
    ten = [f"1-{number}" for number in range(1, 11)]
    found = [finding("D105", id_) for id_ in ten[:9]] + [finding("S102", ten[0])] * 20
    assert suspected_rules(found, len(ten)) == ("D105",)
    assert suspected_rules(found[:7], len(ten)) == ()
    assert suspected_rules([finding("D105", id_) for id_ in ten[:5]], 5) == ()
    assert suspected_rules([finding("D105", i, Severity.WARNING) for i in ten], 10) == ()
