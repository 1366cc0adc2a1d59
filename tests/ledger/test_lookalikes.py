"""Radicals and compatibility ideographs that text from a PDF brings along."""

from __future__ import annotations

import unicodedata

import pytest

from toolkit.ledger.ids import read_id
from toolkit.ledger.lookalikes import lookalikes, plain_ideographs
from toolkit.ledger.text import clean, normal_heading
from toolkit.ledger.units import Directory, Unit


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("⽉⽇⼈⼯⽅⽂⾼", "月日人工方文高"),
        ("⻓⻔⻛⻚⻋⻅⻉⻢⻥⻦⻩⺠⻄⻘⻰⻬", "长门风页车见贝马鱼鸟黄民西青龙齐"),
        ("\uf9e8\uf900", "裡豈"),
        ("\U0002f800", "丽"),
    ],
)
def test_they_become_what_they_look_like(typed: str, plain: str) -> None:
    assert plain_ideographs(typed) == clean(typed) == plain
    assert lookalikes(f"{typed}甲") == typed
    assert clean(plain) == plain


def test_every_kangxi_radical_has_a_twin_and_common_text_none() -> None:
    radicals = "".join(map(chr, range(0x2F00, 0x2FD6)))
    assert len(plain_ideographs(radicals)) == len(radicals)
    assert all("CJK UNIFIED" in unicodedata.name(sign) for sign in plain_ideographs(radicals))
    assert lookalikes("3月12日修订《甲办法》，①②，㎡") == ""


def test_headings_ids_and_units_are_known_by_them() -> None:
    assert normal_heading("整改时限（⽉）") == normal_heading("整改时限")
    assert read_id("⼀-2") == "一-2"
    unit = Directory((Unit(name="民政局"),)).resolve("⺠政局")
    assert isinstance(unit, Unit)
    assert unit.name == "民政局"
