"""Two wordings of a sentence: do they claim the same quantities?"""

from __future__ import annotations

import pytest

from toolkit.ledger.quantities import difference
from toolkit.ledger.revision import Revision, RevisionKind

CHANGED = [
    ("追缴欠款4.75亿元。", "追缴欠款4.75万元。"),
    ("复绿面积18公顷。", "复绿面积18亩。"),
    ("在7个工作日内答复。", "在7天内答复。"),
    ("警示教育64人。", "警示教育64人次。"),
    ("已办结132项，正在办理87项。", "已办结87项，正在办理132项。"),
    ("四分之三的站点已验收。", "四分之一的站点已验收。"),
    ("来信量增长8%。", "来信量下降8%。"),
    ("抽查比例不低于20%。", "抽查比例不高于20%。"),
    ("走访近50户。", "走访50余户。"),
    ("每月通报一次。", "每季度通报一次。"),
    ("满意率98%。", "满意率98‰。"),
    ("水务局4项、住建局9项。", "住建局4项、水务局9项。"),
    ("9月30日前办结。", "9月30日后办结。"),
    ("上半年验收。", "下半年验收。"),
    ("提高2个百分点。", "提高2%。"),
    ("三成村组", "七成村组"),
    ("一千零二十四户", "一千零四十二户"),
    ("增加到60份", "增加60份"),
    ("还有2处未完成。", "还有2处完成。"),
    ("第4批拨付", "4批拨付"),
    ("组织学习。", "组织学习11次。"),
    ("制定措施13条。", "制定措施。"),
    ("10人以上的班组", "10人以下的班组"),
    ("2025年8月1日印发", "2026年8月1日印发"),
    ("办结率明显提高。", "办结率明显下降。"),
    ("欠款全部收回。", "欠款部分收回。"),
    ("至少走访6次", "至多走访6次"),
    ("27户", "27人"),
    ("约谈十二人", "约谈二十人"),
    ("用时约3天", "用时3天"),
]
SAME = [
    ("涉及2468户。", "涉及2,468户。"),
    ("涉及2468户。", "涉及二千四百六十八户。"),
    ("制度7项", "制度七项"),
    ("约30%的摊位", "约三成的摊位"),
    ("挽回损失205.3万元。", "挽回损失2053000元。"),
    ("培训４５人", "培训45人"),
    ("三分之二的泵站", "2/3的泵站"),
    ("百分之六十五", "65%"),
    ("8名队员", "8位队员"),
    ("2026年9月1日", "2026-09-01"),
    ("二〇二五年", "2025年"),
    ("一亿五千万元", "1.5亿元"),
    ("10个工作日", "十个工作日"),
    ("9月3日出台《巡河办法》", "9月3日，研究出台《巡河办法》"),
    ("统一调度，进一步压实责任", "进一步压实责任"),
    ("提高政治站位", "增强政治站位"),
    ("一是排查。二是复核。", "排查。复核。"),
    ("不少于4次", "至少4次"),
    ("6个问题", "6项问题"),
    ("两轮", "2轮"),
    ("新增台账3册", "新增台账共3册"),
    ("伍拾万元", "50万元"),
    ("6万8千元", "68000元"),
    ("70多人", "70余人"),
    ("超过200人", "逾200人"),
    ("七点五万元", "7.5万元"),
    ("50%的摊位", "一半的摊位"),
    ("3公里管网", "3000米管网"),
    ("在5 日内", "在5日内"),
    ("每季度会商", "按季会商"),
]


@pytest.mark.parametrize(("old", "new"), CHANGED)
def test_another_claim_is_told(old: str, new: str) -> None:
    assert difference(old, new)
    assert difference(new, old)


@pytest.mark.parametrize(("old", "new"), SAME)
def test_another_writing_is_no_other_claim(old: str, new: str) -> None:
    assert (difference(old, new), difference(new, old)) == ("", "")


@pytest.mark.parametrize("text", [text for pair in (*CHANGED, *SAME) for text in pair])
def test_nothing_differs_from_itself(text: str) -> None:
    assert not difference(text, text)


def test_the_sentence_names_the_figure() -> None:
    def fate(kind: RevisionKind, new: str) -> tuple[bool, str]:
        made = Revision(
            kind=kind, file="", item="", old="追缴4.75亿元。", new=new, author="", on=""
        )
        return made.keeps, made.fate

    refused = "未采用：“4.75亿元”改为“4.75万元”，数字与台账不一致，请核实后在汇总台账中修改"
    # What an earlier version stored as wording is judged anew.
    assert fate(RevisionKind.WORDING, "追缴4.75万元。") == (False, refused)
    assert fate(RevisionKind.FIGURES, "追缴4.75万元。") == (False, refused)
    assert fate(RevisionKind.WORDING, "已追缴4.75亿元。")[0]
