"""Two wordings of a sentence: which claim the same figures, and which claim others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.ledger.quantities import claims, difference, same_claims

CHANGED = (
    ("挽回损失2.36亿元", "挽回损失2.36万元"),
    ("追缴318.6万元", "追缴3186万元"),
    ("完成214项，正在推进151项", "完成151项，正在推进214项"),
    ("由214项减至151项", "由151项减至214项"),
    ("复垦土地30公顷", "复垦土地30亩"),
    ("10个工作日内办结", "10天内办结"),
    ("处理30人", "处理30人次"),
    ("三分之二的问题", "三分之一的问题"),
    ("同比增长5%", "同比下降5%"),
    ("较上期提高3个百分点", "较上期降低3个百分点"),
    ("完成率不低于90%", "完成率不高于90%"),
    ("处理近30人", "处理30余人"),
    ("处理30人", "处理30余人"),
    ("每月调度一次", "每季度调度一次"),
    ("每周报送", "每月报送"),
    ("5月底前完成", "6月底前完成"),
    ("5月底前完成", "5月底后完成"),
    ("至少召开3次会议", "至多召开3次会议"),
    ("修订制度十二项", "修订制度二十项"),
    ("四成以上的单位", "六成以上的单位"),
    ("完成率96.5%", "完成率9.65%"),
    ("超过100户", "不足100户"),
    ("新增5个问题", "减少5个问题"),
    ("已完成5项", "未完成5项"),
    ("一千二百八十六项", "一千二百六十八项"),
    ("退还群众1,286元", "退还群众1,268元"),
    ("第3次延期", "第2次延期"),
    ("3年内完成", "3个月内完成"),
    ("共12条措施", "共12条、3项措施"),
    ("整改30件，移交5件", "整改30件"),
    ("千分之三", "百分之三"),
    ("约谈5人", "约谈约5人"),
    ("半年内完成", "一年内完成"),
    ("提高到40%", "提高40个百分点"),
)
SAME = (
    ("共1286项", "共1,286项"),
    ("共1286项", "共一千二百八十六项"),
    ("问题5项", "问题五项"),
    ("问题5项", "问题5个"),
    ("完成率40%", "完成率四成"),
    ("完成率40%", "完成率百分之四十"),
    ("三分之二", "3分之2"),
    ("追缴318.6万元", "追缴3186000元"),
    ("追缴2.36亿元", "追缴23600万元"),
    ("召开30次", "召开３０次"),
    ("召开 30 次", "召开30次"),
    ("处理12人", "处理12名"),
    ("处理十二人", "处理12人"),
    ("不少于5项", "不低于5项"),
    ("至少5项", "不少于5项"),
    ("不超过10天", "不多于10天"),
    ("超过30人", "逾30人"),
    ("30余人", "30多人"),
    ("同比增长5%", "同比上升5%"),
    ("每月调度", "逐月调度"),
    ("完成率100%", "完成率百分之百"),
    ("3%", "３％"),
    ("两名干部", "2名干部"),
    ("三个月内", "3个月内"),
    ("约50户", "大约50户"),
    ("完成了214项整改任务", "整改任务已完成214项"),
    ("会议召开3次，成效明显", "会议召开3次，取得明显成效"),
    ("坚持问题导向，推动5项任务", "坚持目标导向、问题导向，推动5项任务"),
    ("一是提高认识", "一是增强认识"),
    ("进一步统一思想", "统一思想"),
    ("一次性整改到位", "一体整改到位"),
    ("高度重视", "十分重视"),
    ("第一时间部署", "立即部署"),
)


@pytest.mark.parametrize(("before", "now"), CHANGED)
def test_other_figures(before: str, now: str) -> None:
    assert not same_claims(before, now)
    assert difference(before, now)


@pytest.mark.parametrize(("before", "now"), SAME)
def test_the_same_figures_in_other_words(before: str, now: str) -> None:
    assert claims(before) == claims(now)
    assert difference(before, now) == ""


def test_the_difference_is_said_as_it_was_written() -> None:
    assert difference("挽回损失2.36亿元", "挽回2.36万元") == "“2.36亿元”改为“2.36万元”"
    assert difference("整改30件，移交5件", "整改30件") == "少了“5件”"
    assert difference("整改30件", "整改30件，移交5件") == "多了“5件”"


@given(st.integers(0, 10**7), st.sampled_from(["项", "元", "人次", "公里", "%"]))
def test_one_figure_is_one_claim_however_it_is_grouped(number: int, unit: str) -> None:
    assert claims(f"共{number}{unit}。") == claims(f"共{number:,}{unit}。")
    assert len(claims(f"共{number}{unit}。")) == 1
    assert claims(f"共{number}{unit}。") != claims(f"共{number + 1}{unit}。")


@given(
    st.text(
        alphabet="0123456789.,%一二三十百千万亿元人次项个分之成半约近余不低于超第每月年前后",
        max_size=40,
    )
)
def test_any_text_can_be_read_and_is_equal_to_itself(text: str) -> None:
    assert same_claims(text, text)
    assert difference(text, text) == ""
