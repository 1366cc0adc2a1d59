"""Cells of own columns by their kind."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from toolkit.ledger.form import FormColumn, OwnKind
from toolkit.ledger.own import own_code
from toolkit.ledger.own_values import amount_in, read_own
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.units import Directory, Unit

DIRECTORY = Directory((Unit(name="规划建设局", aliases=("规建局",)),))


def column(kind: OwnKind, *choices: str) -> FormColumn:
    return FormColumn(heading="甲", code=own_code("甲"), kind=kind, choices=choices)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (OwnKind.YUAN, "12,600.50", Decimal("12600.50")),
        (OwnKind.YUAN, "3.5万元", Decimal(35000)),
        (OwnKind.YUAN, "800元", Decimal(800)),
        (OwnKind.WAN, "3.5", Decimal("3.5")),
        (OwnKind.WAN, "35000元", Decimal("3.5")),
        (OwnKind.WAN, "0.2亿元", Decimal(2000)),
        (OwnKind.WAN, "-12.5", Decimal("-12.5")),  # an adjustment downwards is a number too
        (OwnKind.NUMBER, "12户", Decimal(12)),
        (OwnKind.NUMBER, "1，286", Decimal(1286)),
        (OwnKind.NUMBER, "123.5万亩", Decimal(1235000)),
        (OwnKind.NUMBER, "0.2亿", Decimal(20000000)),
        (OwnKind.PERCENT, "60%", Decimal(60)),
        (OwnKind.PERCENT, "0.6", Decimal("60.0")),
        (OwnKind.PERCENT, "60", Decimal(60)),
        (OwnKind.PERCENT, "1", Decimal(100)),
        (OwnKind.DATE, "2026年5月8日", dt.date(2026, 5, 8)),
        (OwnKind.CHOICE, "是。", "是"),
        (OwnKind.UNIT, "规建局", ("规划建设局",)),
        (OwnKind.TEXT, "任意", "任意"),
        (OwnKind.PEOPLE, "张三丰", "张三丰"),
        (OwnKind.YUAN, "无", None),
        (OwnKind.DATE, "/", None),
    ],
)
def test_a_cell_is_read_by_its_kind(kind: OwnKind, text: str, value: object) -> None:
    choices = ("是", "否") if kind is OwnKind.CHOICE else ()
    assert read_own(column(kind, *choices), text, DIRECTORY) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (OwnKind.YUAN, "若干"),
        (OwnKind.YUAN, "30⏎5"),
        (OwnKind.WAN, "30\n5"),
        (OwnKind.WAN, "近30"),
        (OwnKind.NUMBER, "10余户"),
        (OwnKind.NUMBER, "3-5"),
        (OwnKind.NUMBER, "万"),
        (OwnKind.PERCENT, "大部分"),
        (OwnKind.DATE, "下个月"),
        (OwnKind.CHOICE, "看情况"),
        (OwnKind.UNIT, "不存在的局"),
    ],
)
def test_what_does_not_fit_is_said_and_never_summed(kind: OwnKind, text: str) -> None:
    choices = ("是", "否") if kind is OwnKind.CHOICE else ()
    assert isinstance(read_own(column(kind, *choices), text, DIRECTORY), Unreadable)
    if kind in (OwnKind.YUAN, OwnKind.WAN, OwnKind.NUMBER):
        assert amount_in(column(kind), text) is None
