"""Measures that begin with a figure or year, and regulations that are only planned."""

from __future__ import annotations

import pytest

from toolkit.ledger.lists import list_numbers, planned_regulations, read_list, read_regulations


@pytest.mark.parametrize(
    ("cell", "pieces", "numbers"),
    [
        ("1．健全制度。\n2．2027年3月底前补齐。\n3．培训4场。", ("健全制度。", "2027年3月底前补齐。", "培训4场。"), (1, 2, 3)),
        ("1.2027年3月前修订。2.9月底前培训。", ("2027年3月前修订。", "9月底前培训。"), (1, 2)),
        ("1、30户补发\n2、5户整改", ("30户补发", "5户整改"), (1, 2)),
        ("1.修订办法。\n2.5万元追缴到位。\n3.培训。", ("修订办法。", "2.5万元追缴到位。", "培训。"), (1, 2, 3)),
        ("1.5万元经费入账。\n2.开展培训。", ("1.5万元经费入账。", "开展培训。"), (1, 2)),
        ("3、5号楼清理", ("3、5号楼清理",), ()),
        ("1.5公里管网", ("1.5公里管网",), ()),
        ("2027年6月底前修订。\n2027年9月底前培训。", ("2027年6月底前修订。", "2027年9月底前培训。"), ()),
        ("1.甲\n1.5公里管网\n2.乙", ("甲\n1.5公里管网", "乙"), (1, 2)),
        ("追缴30\n5人参加", ("追缴30", "5人参加"), ()),
        ("1.修订。\n3.2027年底前验收。", ("修订。\n3.2027年底前验收。",), (1,)),
    ],
)  # fmt: skip
def test_a_list_counts_on_and_keeps_its_figures(
    cell: str, pieces: tuple[str, ...], numbers: tuple[int, ...]
) -> None:
    assert read_list(cell) == pieces
    assert list_numbers(cell) == numbers


@pytest.mark.parametrize(
    ("cell", "made", "planned"),
    [
        ("《甲办法》（拟制定）", (), ("《甲办法》",)),
        ("《甲规定》（征求意见稿）", (), ("《甲规定》",)),
        ("《甲办法（草案）》", (), ("《甲办法（草案）》",)),
        ("拟制定《甲办法》《乙规则》", (), ("《甲办法》", "《乙规则》")),
        ("《甲办法》，正在修订《乙规则》", ("《甲办法》",), ("《乙规则》",)),
        ("《甲》已印发；《乙》待印发", ("《甲》",), ("《乙》",)),
        ("拟制定丙细则、丁规程", (), ("拟制定丙细则", "丁规程")),
        ("《甲办法（试行）》", ("《甲办法（试行）》",), ()),
        ("《甲办法》（规建〔2026〕3号）", ("《甲办法》",), ()),
        ("《关于正在整改问题的办法》", ("《关于正在整改问题的办法》",), ()),
        ("《甲办法》正在执行", ("《甲办法》",), ()),
        ("计划生育管理办法、将军镇管理办法", ("计划生育管理办法", "将军镇管理办法"), ()),
    ],
)
def test_a_planned_regulation_is_none(
    cell: str, made: tuple[str, ...], planned: tuple[str, ...]
) -> None:
    assert read_regulations(cell) == made
    assert planned_regulations(cell) == planned
