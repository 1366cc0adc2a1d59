"""Text on its way to a paper: quotation marks, and characters that came in as their escape."""

from __future__ import annotations

import pytest

from toolkit.ledger.text import clean, for_paper


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('落实"第一议题"制度', "落实“第一议题”制度"),
        ('"甲"和"乙"', "“甲”和“乙”"),
        ('只有一个"的中文', '只有一个"的中文'),
        ('print("hello")', 'print("hello")'),
        ('系统"OA"上线', "系统“OA”上线"),
    ],
)
def test_straight_quotation_marks(typed: str, printed: str) -> None:
    assert for_paper(typed) == printed


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("完成_xD83D__xDE00_", "完成😀"),
        ("坏的_xD83D_", "坏的"),
        ("一_x000D_\n二", "一\n二"),
        ("_x4E2D_文", "中文"),
    ],
)
def test_escaped_characters(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned
    assert clean(cleaned) == cleaned
