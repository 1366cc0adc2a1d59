"""What counts as a fact in a progress text."""

from __future__ import annotations

import pytest

from toolkit.ledger.substance import Substance


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("3月12日修订《项目管理办法》，新增联审条款5条。", ()),
        ("高度重视，进一步加强管理，提高认识。", ("数据", "时间", "文件名称", "已经做成的事")),
        ("修订了公租房管理办法，督促加快维修进度。", ("数据", "时间", "文件名称")),
        ("已补充审计人员，向市里报送机构设置方案。", ("数据", "时间", "文件名称")),
        ("召开联席会议三次。", ("时间", "文件名称")),
        ("2026年3月建成联审平台。", ("数据", "文件名称")),
        ("将公务卡执行情况列入日常检查范围。", ("数据", "时间", "文件名称")),
        ("将于近期制定办法，拟建立机制。", ("数据", "时间", "文件名称", "已经做成的事")),
        (
            "下来编制有关政策时，依法依规严格把关，规范政策出台工作。",
            ("数据", "时间", "文件名称", "已经做成的事"),
        ),
    ],
)
def test_what_a_text_lacks(text: str, lacking: tuple[str, ...]) -> None:
    assert Substance(text).lacking == lacking


def test_a_plan_is_no_deed_and_a_deed_without_figures_is_thin() -> None:
    assert Substance("拟印发办法，计划建立机制。").is_empty
    assert Substance("已建立机制。").is_thin
    assert not Substance("已建立机制3项。").is_thin
