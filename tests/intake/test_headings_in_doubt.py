"""A heading that was asked about: what stands below it is not known, and so is not held to be blank as well."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.support.drawn import HEAD, Sheet, line, workbook
from tests.support.items import SETTINGS, arrival
from toolkit.intake.read import read
from toolkit.ledger.finding import Finding
from toolkit.register.snapshot import Snapshot
from toolkit.run.consolidate import consolidate

DAY = dt.date(2026, 3, 20)


def findings(rows: list[list[Any]]) -> list[Finding]:
    arrivals = [arrival("规划建设局.xlsx", workbook(Sheet(rows)))]
    submissions = read(arrivals, SETTINGS, has_baseline=False)
    return list(consolidate(Snapshot(), submissions, SETTINGS, dt.date(2026, 6, 19)).findings)


def done(number: int) -> list[Any]:
    return [*line(number, 整改状态="已完成")]


@pytest.mark.parametrize(
    ("heading", "cells", "silent"),
    [
        ("完成时问", [DAY, "", ""], "completed_on"),
        ("办结时候", ["", DAY, ""], "completed_on"),
        ("佐证才料", ["附件1", "附件2", "附件3"], "evidence"),
        ("存在因难", ["审批周期长", "", ""], "difficulty"),
    ],
)
def test_a_heading_in_doubt_is_asked_once_and_its_column_not_called_blank(
    heading: str, cells: list[Any], silent: str
) -> None:
    said_of = findings([[*HEAD, heading], *[[*done(n), cell] for n, cell in enumerate(cells, 1)]])
    asked = [found for found in said_of if found.rule in ("X104", "X105")]
    assert [found.value for found in asked] == [heading]
    assert not [found for found in said_of if found.column == silent and found.rule[0] in "FSD"]


def test_a_column_that_is_there_and_blank_is_missed_whatever_else_is_asked() -> None:
    rows = [[*HEAD, "完成时间", "存在因难"], [*done(1), "", "审批周期长"]]
    assert "S102" in {found.rule for found in findings(rows)}


def test_the_missing_column_is_not_named_where_its_heading_was_asked_about() -> None:
    rows = [[*HEAD[:-1], "整改状太"], *[[*line(n)[:-1], "看情况"] for n in range(1, 5)]]
    found = findings(rows)
    assert [one.value for one in found if one.rule == "X105"] == ["整改状太"]
    assert not [one for one in found if one.rule == "X103"]
