"""Forms with one, two and three levels of problems: each keeps its levels, and what a form lacks is no fault of its rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.support.drawn import Sheet, workbook
from tests.support.items import SETTINGS, arrival
from toolkit.intake.read import read
from toolkit.papers.part_two import groups_of
from toolkit.register.snapshot import Snapshot
from toolkit.run.consolidate import Consolidation, consolidate

DAY = dt.date(2026, 6, 19)
REST = ("整改措施", "责任单位", "整改时限", "整改进展情况", "整改状态")
UPPER = ("河道管护不严", "河道管护不严", "值班制度执行不力")
LOWER = ("三处岸线长期堆放杂物", "巡河记录补填代填", "汛期夜间无人在岗")


def ledger(*levels: tuple[str, tuple[str, ...]]) -> list[list[Any]]:
    """A ledger with these columns of problems, three rows."""
    rows = [
        [
            n,
            *(texts[n - 1] for _, texts in levels),
            "1.制定清单。",
            "规划建设局",
            "2026-05-30",
            f"{n}月{n}日完成现场整治{n}处，更换责任牌{n}块，建立巡查记录本。",
            "已完成",
        ]
        for n in (1, 2, 3)
    ]
    return [["序号", *(header for header, _ in levels), *REST], *rows]


def round_of(rows: list[list[Any]], known: Snapshot | None = None) -> Consolidation:
    arrivals = [arrival("规划建设局.xlsx", workbook(Sheet(rows)))]
    submissions = read(arrivals, SETTINGS, has_baseline=known is not None)
    return consolidate(known or Snapshot(), submissions, SETTINGS, DAY)


TWO = ledger(("主要问题", UPPER), ("具体问题", LOWER))


@pytest.mark.parametrize(
    ("upper", "lower"),
    [("主要问题", "具体问题"), ("问题类别", "审计查出的主要问题"), ("方面", "问题表现")],
)
def test_two_levels_stay_two_levels_in_ledger_and_notice(upper: str, lower: str) -> None:
    entries = round_of(ledger((upper, UPPER), (lower, LOWER))).merged.entries
    levels = [(e.item.main_problem, e.item.sub_problem, e.item.problem) for e in entries]
    assert levels == [(above, "", below) for above, below in zip(UPPER, LOWER, strict=True)]
    groups = groups_of(entries)
    assert [group.title for group in groups] == ["（一）河道管护不严。", "（二）值班制度执行不力。"]
    assert groups[0].answers[1].lead == "2.针对“巡河记录补填代填”的问题。"


@pytest.mark.parametrize("header", ["具体问题", "主要问题", "分项问题", "隐患描述", "问题类别"])
def test_one_level_is_the_heading_of_its_own_group(header: str) -> None:
    entries = round_of(ledger((header, LOWER))).merged.entries
    assert [entry.item.sub_problem for entry in entries] == list(LOWER)
    assert [group.heading for group in groups_of(entries)] == [f"{text}。" for text in LOWER]


@pytest.mark.parametrize(
    "levels",
    [
        (("主要问题", UPPER), ("具体问题", LOWER)),
        (("具体问题", LOWER),),
        (("主要问题", LOWER),),
        (("主要问题", UPPER), ("分项问题", UPPER), ("具体问题", LOWER)),
    ],
)
def test_a_return_in_the_offices_own_form_is_matched_and_alters_nothing(
    levels: tuple[tuple[str, tuple[str, ...]], ...],
) -> None:
    rows = ledger(*levels)
    first = round_of(rows)
    known = Snapshot(entries=first.merged.entries)
    rows[1][-2] = "6月8日再次清理岸线两处，制度上墙。"
    second = round_of(rows, known)
    assert next(entry.item.progress for entry in second.merged.entries) == rows[1][-2]
    assert not {"I105", "I108"} & {found.rule for found in second.findings}
    assert len(second.merged.entries) == len(LOWER)


def test_no_rule_speaks_of_a_column_that_the_first_ledger_does_not_have() -> None:
    columns = {found.column for found in round_of(TWO).findings}
    assert not columns & {"completed_on", "evidence", "sub_problem", "kind", "goal", "co_units"}


def test_the_same_rules_speak_where_the_form_has_the_column() -> None:
    rows = [[*line, extra] for line, extra in zip(TWO, ["完成时间", "", "", ""], strict=True)]
    assert "completed_on" in {found.column for found in round_of(rows).findings}
