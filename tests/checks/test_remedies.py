"""What is to be typed instead is made of what stands in the cell; where nothing follows from it, no value is offered."""

from __future__ import annotations

import pytest

from tests.support.advice import quoted
from tests.support.cases import table_of
from toolkit.checks.remedies import remedy
from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.status import worded

CODE_OF = {column.header: column.code for column in BY_CODE.values()}
DONE = {"整改状态": "已完成"}


def fix(header: str, written: str, **others: str) -> str:
    """The remedy for this cell of an otherwise whole row."""
    (case,), _, _ = table_of(({**others, header: written},))
    code = CODE_OF[header]
    fault = case.fault(code)
    assert fault, f"{written} is readable"
    return worded(remedy(case, code, fault))


@pytest.mark.parametrize(
    ("header", "written", "typed"),
    [
        ("完成时间", "大约2026年3月15日前后", ["2026-03-15"]),
        ("完成时间", "3月15日", ["2026-03-15"]),
        ("完成时间", "12月3日", ["2025-12-03"]),  # the last one that is over
        ("完成时间", "三月五日左右", ["2026-03-05"]),
        ("涉及金额（万元）", "约50余", ["50"]),
        ("涉及金额（万元）", "12.6左右", ["12.6"]),
        ("处理人次", "10余人次", ["10"]),
        ("整改时限", "2026.1", ["2026年1月底前", "2026年10月底前"]),
        ("整改时限", "2026年6月31日", ["2026年6月底前"]),
        ("整改状态", "已销号", ["已完成"]),
    ],
)
def test_what_follows_from_the_cell_is_offered(header: str, written: str, typed: list[str]) -> None:
    status = {} if header == "整改状态" else DONE
    offered = [
        text for text in quoted(fix(header, written, **status)) if text not in ("无", "正在整改")
    ]
    assert offered == typed


@pytest.mark.parametrize(
    ("header", "written"),
    [
        ("完成时间", "下个月吧"),
        ("完成时间", "2026年3月"),
        ("完成时间", "3月5日、4月6日"),
        ("涉及金额（万元）", "若干"),
        ("涉及金额（万元）", "3至5左右"),
        ("处理人次", "多人"),
        ("整改时限", "尽快"),
        ("整改时限", "2026年13月底前"),
        ("整改状态", "差不多了"),
        ("整改类型", "看情况"),
        ("牵头单位", "第三办公室"),
    ],
)
def test_nothing_is_made_up_where_nothing_follows(header: str, written: str) -> None:
    status = {} if header == "整改状态" else DONE
    offered = [
        text for text in quoted(fix(header, written, **status)) if text not in ("无", "正在整改")
    ]
    assert offered == []
    assert fix(header, written, **status).startswith("请")


def test_a_day_of_completion_of_an_open_item_comes_with_its_status() -> None:
    said = fix("完成时间", "2026年3月15日上下")
    assert "完成时间填“无”" in said
    assert "完成时间写成“2026-03-15”，状态填“已完成”" in said
