"""Cells of each kind as units write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.support.items import SETTINGS, UNITS
from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.numbers import read_count, read_money
from toolkit.ledger.readers import read_cell
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.status import Status, read_status
from toolkit.ledger.text import blank, clean, means_nothing
from toolkit.ledger.units import Directory, Unit, read_lead, read_units
from toolkit.settings.sections import Words

OFFICES = Directory(
    (*UNITS, Unit(name="城市管理和综合执法分局", aliases=("原城管局",)), Unit(name="自然资源分局"))
)


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("已完成。", Status.DONE), ("完 成", Status.DONE), ("以完成", Status.DONE), ("√", Status.DONE), (True, Status.DONE),
        ("是", Status.DONE), (1, Status.DONE), ("100%", Status.DONE), (100, Status.DONE), ("100", Status.DONE),
        (0.8, Status.IN_PROGRESS), (80, Status.IN_PROGRESS), ("95%左右", Status.IN_PROGRESS), ("八成", Status.IN_PROGRESS),
        ("0.85", Status.IN_PROGRESS), (0, Status.NOT_STARTED), ("否", Status.IN_PROGRESS), ("基本完成", Status.PHASED),
        ("持续推进", Status.STANDING), ("已完成，长期坚持", Status.DONE), ("１００％", Status.DONE),
    ],
)  # fmt: skip
def test_statuses(written: float | str, status: Status) -> None:
    assert read_status(written) is status


@pytest.mark.parametrize("written", [2, "3", "差不多", "已销号", 180, -1])
def test_what_is_no_status_is_asked_back(written: int | str) -> None:
    assert isinstance(read_status(written), Unreadable)


def test_the_words_of_the_office_are_statuses_too() -> None:
    from dataclasses import replace

    office = replace(SETTINGS, words=Words(in_progress="序时推进"))
    assert read_cell(BY_CODE["status"], "序时推进", office.context) is Status.IN_PROGRESS


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        (12.6, "12.6"), ("12.6", "12.6"), ("3.5万", "3.5"), ("35000元", "3.5"), ("1.2亿元", "12000"), ("1,234.5万元", "1234.5"),
        ("66.57万元（已上缴）", "66.57"), ("１２.６", "12.6"), (0, "0"),
    ],
)  # fmt: skip
def test_amounts(written: float | str, amount: str) -> None:
    assert read_money(written) == Decimal(amount)


@pytest.mark.parametrize(
    "written", ["约50余万元", "若干", -3, "12万元、3万元", float("inf"), float("nan"), 1e300]
)
def test_vague_negative_and_absurd_amounts_are_asked_back(written: float | str) -> None:
    assert isinstance(read_money(written), Unreadable)


@pytest.mark.parametrize(
    ("written", "count"),
    [(3, 3), ("3人次", 3), ("三项", 3), ("十二", 12), ("1,200", 1200), (3.0, 3)],
)
def test_counts(written: float | str, count: int) -> None:
    assert read_count(written) == count


@pytest.mark.parametrize("written", ["10余", "若干", "近百", 2.5, "诫勉1人、约谈2人", "一" * 5000])
def test_vague_counts_are_asked_back(written: float | str) -> None:
    assert isinstance(read_count(written), Unreadable)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("规划建设局", "规划建设局"), ("规建局", "规划建设局"), ("规划建设局党组", "规划建设局"), ("规 划 建 设 局", "规划建设局"),
        ("城管分局", "城市管理和综合执法分局"), ("原城管局", "城市管理和综合执法分局"), ("规划建设局（牵头）", "规划建设局"),
    ],
)  # fmt: skip
def test_units_by_full_short_and_old_names(written: str, name: str) -> None:
    unit = OFFICES.resolve(written)
    assert isinstance(unit, Unit)
    assert unit.name == name


def test_what_could_be_two_units_is_asked_back_with_both() -> None:
    found = OFFICES.resolve("分局")
    assert isinstance(found, Unreadable)


def test_several_units_in_one_cell() -> None:
    assert read_units("规建局、财政金融局；社会事务局", OFFICES).units == (
        "规划建设局",
        "财政金融局",
        "社会事务局",
    )
    assert read_units("规建局和财政局", OFFICES).units == ("规划建设局", "财政金融局")
    assert read_units("城市管理和综合执法分局", OFFICES).units == ("城市管理和综合执法分局",)
    lead = read_lead("财政局（配合）\n规建局（牵头）", OFFICES)
    assert (lead.unit, lead.others, lead.marked) == ("规划建设局", ("财政金融局",), True)
    assert not read_lead("规建局、财政局", OFFICES).marked


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("\u3000召开会议\xa0", "召开会议"), ("甲_x000D_\n乙", "甲\n乙"), ("甲\u200b乙\ufeff", "甲乙"), ("第１２条ＡＢ", "第12条AB"),
        ("2O22年", "2022年"), ("甲 \n乙", "甲\n乙"), ("No. 5", "No. 5"), ("甲，乙（丙）", "甲，乙（丙）"), ("\t", ""),
        ("a_xb", "a_xb"), ("甲\x07乙", "甲乙"), ("ok", "ok"), ("１", "1"),
    ],
)  # fmt: skip
def test_cleaning(written: str, cleaned: str) -> None:
    assert clean(written) == cleaned
    assert clean(cleaned) == cleaned


def test_nothing_in_many_ways() -> None:
    assert all(blank(text) for text in (None, "", "—", " / ", "——", "\u200b"))
    assert all(means_nothing(text) for text in ("无", "不涉及", " 暂无 ", "/"))
    assert not means_nothing("无" * 50)
