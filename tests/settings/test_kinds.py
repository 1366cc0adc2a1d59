"""What the cell of a setting may hold, kind by kind."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from toolkit.ledger.status import Status
from toolkit.settings.kinds import (
    Clock,
    Day,
    FontName,
    Kind,
    Member,
    Misfit,
    OneOf,
    StatusWord,
    Text,
    WholeNumber,
    YesNo,
)
from toolkit.settings.papers import Skeleton

if TYPE_CHECKING:
    from toolkit.sheets.grid import Value

DONE = StatusWord(Status.DONE)
FRUIT = OneOf(("苹果", "梨"), "水果")


@pytest.mark.parametrize(
    ("kind", "value", "meant"),
    [
        (Text(), " 甲　", "甲"),
        (WholeNumber(0, 4), 0, 0), (WholeNumber(0, 4), "4", 4), (WholeNumber(1, 60), 5.0, 5), (WholeNumber(1, 60), "１２", 12),
        (YesNo(), "是", True), (YesNo(), True, True), (YesNo(), "×", False),
        (Day(), "2026年1月16日", dt.date(2026, 1, 16)), (Day(), dt.datetime(2026, 1, 16), dt.date(2026, 1, 16)),
        (Clock(), "8:05", "08:05"), (Clock(), dt.time(16, 30), "16:30"), (Clock(), "23：59:00", "23:59"),
        (FRUIT, "梨", "梨"), (Member(Skeleton, "体例"), "逐项状态式", Skeleton.STATUS),
        (FontName(), "甲乙\n楷体", "甲乙 楷体"), (FontName(), '怪"体&<', '怪"体&<'),
        (DONE, "整改 完毕", "整改完毕"), (DONE, "已办结", "已办结"),
    ],
)  # fmt: skip
def test_what_fits(kind: Kind[Any], value: Value, meant: object) -> None:
    assert kind.read(value) == meant


@pytest.mark.parametrize(
    ("kind", "value", "should"),
    [
        (WholeNumber(0, 4), 5, "应为0到4的整数"), (WholeNumber(1, 60), 0, "应为1到60的整数"), (WholeNumber(1, 60), -1, "应为1到60的整数"),
        (WholeNumber(0, 365), 1.5, "应为0到365的整数"), (WholeNumber(0, 365), "²", "应为0到365的整数"), (WholeNumber(0, 9), "九", "应为0到9的整数"),
        (YesNo(), "也许", "应为“是”或“否”"), (Day(), "年初", "应为日期"), (Day(), "2026年2月30日", "应为日期"),
        (Clock(), "24:00", "应为时刻"), (Clock(), "下午", "应为时刻"),
        (FRUIT, "桃", "应为水果"), (Member(Skeleton, "已有的体例"), "五段式", "应为已有的体例"),
        (FontName(), "体" * 32, "应为字体名称，不超过31个字"),
        (DONE, "基本完成", "不能作“已完成”的用语：台账中这样写表示“阶段性完成”"),
        (DONE, "未启动", "不能作“已完成”的用语：台账中这样写表示“未启动”"),
        (DONE, "80%", "不能作“已完成”的用语：台账中这样写表示“正在整改”"), (DONE, "销号。", "不能作状态的用语：销号由整改办审核决定"),
        (DONE, "（）", "应为一个词"),
    ],
)  # fmt: skip
def test_what_does_not_fit_says_what_it_should_be(
    kind: Kind[Any], value: Value, should: str
) -> None:
    found = kind.read(value)
    assert isinstance(found, Misfit)
    assert found.should == should
    assert found.fix


def test_choices_are_what_a_drop_down_list_offers() -> None:
    assert YesNo().choices == ("是", "否")
    assert FRUIT.choices == ("苹果", "梨")
    assert Member(Skeleton, "体例").choices == tuple(skeleton.value for skeleton in Skeleton)
    assert WholeNumber(0, 4).choices == Text().choices == ()
