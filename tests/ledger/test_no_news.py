"""Words that only say that nothing is new."""

from __future__ import annotations

import pytest

from toolkit.ledger.no_news import is_no_news


@pytest.mark.parametrize(
    "written",
    ["同上周", "无变化", "与上周一致", "与上期相比无变化", "（无变化）", "本周无新进展", "暂无进展", "见上周", "沿用上期", "维持原状", "同上期。"],
)  # fmt: skip
def test_nothing_is_new(written: str) -> None:
    assert is_no_news(written)


@pytest.mark.parametrize(
    "written",
    ["无", "暂无", "同上", "已完成", "未启动", "进展缓慢", "上周召开会议", "没有困难", "较上月下降5%", "3月召开会议"],
)  # fmt: skip
def test_something_is_said(written: str) -> None:
    assert not is_no_news(written)
