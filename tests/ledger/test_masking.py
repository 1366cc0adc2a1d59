"""What the public does not read, and what it must go on reading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.ledger.masking import CLUE_WITHHELD, Masker, Secret

MASKER = Masker(
    frozenset({"李四", "张三丰"}),
    frozenset({"云泽科技投资集团有限公司", "规划建设局", "中共甲乙工作委员会"}),
)


@pytest.mark.parametrize(
    ("text", "masked", "secret"),
    [
        ("3月12日约谈负责人（13800138000）。", "3月12日约谈负责人。", Secret.PHONE),
        ("联系电话0769-22890000，请反馈。", "联系电话，请反馈。", Secret.PHONE),
        ("身份证号110101199003070011已核对。", "身份证号已核对。", Secret.IDENTITY),
        ("退款至6222 0200 0000 0000 000账户。", "退款至账户。", Secret.CARD),
        ("由李四同志负责，张三丰督办。", "由李某同志负责，张某督办。", Secret.PERSON),
        ("当事人王小明已退款。", "当事人王某已退款。", Secret.PERSON),
        ("督促恒远建设有限公司按期复工。", "督促某公司按期复工。", Secret.COMPANY),
        ("与鑫达（集团）有限责任公司签订补充协议。", "与某公司签订补充协议。", Secret.COMPANY),
        ("约谈宏图施工队和绿源合作社。", "约谈某施工队和某合作社。", Secret.COMPANY),
        (
            "3月完成整改。对举报人反映的情况核查2次。已整改。",
            f"3月完成整改。{CLUE_WITHHELD}已整改。",
            Secret.CLUE,
        ),
    ],
)
def test_secrets_are_masked_and_counted(text: str, masked: str, secret: Secret) -> None:
    done = MASKER.mask(text)
    assert (done.text, done.found[secret] > 0) == (masked, True)
    assert MASKER.leaks(done.text) == ()
    assert secret in {found for found, _ in MASKER.leaks(text)}


@pytest.mark.parametrize(
    "text",
    [
        "3月12日修订《甲办法》，新增条款6条。",
        "云泽科技投资集团有限公司修订制度3项。",
        "督促国有企业完善公司治理结构。",
        "规划建设局牵头，2026年6月底前完成，涉及资金1234567.89元。",
        "合同编号110101199003079998，3月12日签订。",
        "约谈某公司负责人2次，某研究院已退款。",
        "召开党员干部大会3次，干部提出意见12条。",
        "各公司、工厂和酒店的消防检查已完成。",
    ],
)
def test_what_is_no_secret_stands(text: str) -> None:
    assert MASKER.mask(text).text == text


@given(st.text(alphabet="李四张三丰与公司有限恒远（）13800，。；举报人的", max_size=40))
def test_a_masked_text_leaks_nothing_and_stays_as_it_is(text: str) -> None:
    once = MASKER.mask(text).text
    assert MASKER.leaks(once) == ()
    assert MASKER.mask(once).text == once
