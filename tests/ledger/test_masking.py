"""What the public does not read, and what it must go on reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.counting import calls_in
from toolkit.ledger.masking import CLUE_WITHHELD, Lexicon, Masker, Secret

if TYPE_CHECKING:
    from collections.abc import Iterable

MASKER = Masker(
    frozenset({"李四", "张三丰"}),
    frozenset({"云泽科技投资集团有限公司", "规划建设局", "中共甲乙工作委员会"}),
)


@pytest.mark.parametrize(
    ("text", "masked", "secret"),
    [
        ("3月12日约谈负责人（13800138000）。", "3月12日约谈负责人。", Secret.PHONE),
        ("联系电话0769-22890000，请反馈。", "联系电话×××，请反馈。", Secret.PHONE),
        ("身份证号110101199003070011已核对。", "身份证号×××已核对。", Secret.IDENTITY),
        ("退款至6222 0200 0000 0000 000账户。", "退款至×××账户。", Secret.CARD),
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
    ("text", "secret"),
    [
        ("身份证号110101199003070012", Secret.IDENTITY),
        ("证件号码：110101900307001", Secret.IDENTITY),
        ("身份证：110101 19900307 001X", Secret.IDENTITY),
        ("公民身份号码为110101199003070012，", Secret.IDENTITY),
        ("银行卡号6222021234567890124", Secret.CARD),
        ("账号3602000109200098765。", Secret.CARD),
        ("帐户：360200010920", Secret.CARD),
        ("一卡通卡号（6217 0000 1234 5678 901）", Secret.CARD),
    ],
)
def test_a_number_behind_its_name_is_one_whatever_its_check_digit(
    text: str, secret: Secret
) -> None:
    assert [found for found, _ in MASKER.leaks(text)] == [secret]
    assert MASKER.leaks(MASKER.mask(text).text) == ()


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("共8（13800138000）3人", "共8；3人"),
        ("共8，13800138000，3人", "共8，×××，3人"),
        ("联系人（李四，13800138000）", "联系人（李某）"),
        ("留有空白（）的表", "留有空白（）的表"),
        ("联系人共8 13800138000", "联系人共8 ×××"),
        ("3组 2人 138 0013 8000", "3组 2人 ×××"),
        ("2026-05-01 13800138000 13900139000", "2026-05-01 ××× ×××"),
    ],
)
def test_what_is_taken_out_joins_no_figures(text: str, masked: str) -> None:
    assert MASKER.mask(text).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "账户余额123456789.12元，流水号2026031200000001。",
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


def places_by_search(names: Iterable[str], text: str) -> set[tuple[int, int]]:
    """The plainest way to find names: at every place, every name."""
    return {
        (start, start + len(name))
        for name in names
        for start in range(len(text))
        if name and text.startswith(name, start)
    }


NAMES = st.lists(st.text(alphabet="甲乙丙局.[]^-\\", max_size=4), max_size=6)


@given(NAMES, st.text(alphabet="甲乙丙局.[]^-\\", max_size=30))
def test_every_name_is_found_wherever_it_stands(names: list[str], text: str) -> None:
    found = list(Lexicon.of(names).places(text))
    assert set(found) == places_by_search(names, text)
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("people", "text", "masked"),
    [
        (
            {"王小", "王小明"},
            "由王小明负责。",
            "由王某负责。",
        ),  # the longest of those that begin together
        (
            {"王小明", "小明丽"},
            "由王小明丽负责。",
            "由王某丽负责。",
        ),  # the first of those that overlap
        ({"欧阳锋", "阳锋"}, "欧阳锋和阳锋。", "欧某和阳某。"),
        ({"李"}, "李子已收。", "李子已收。"),  # a surname alone is no name
    ],
)
def test_names_that_hold_one_another(people: set[str], text: str, masked: str) -> None:
    assert Masker(frozenset(people)).mask(text).text == masked


def names_of(number: int, kind: str) -> frozenset[str]:
    """So many names of one length, none of which stands in the text below."""
    letters = "子丑寅卯辰巳午未申酉戌亥"
    return frozenset(
        f"{letters[n // 144 % 12]}{letters[n // 12 % 12]}{letters[n % 12]}{kind}"
        for n in range(number)
    )


def test_a_text_costs_the_same_however_many_names_are_known() -> None:
    text = "督促恒远建设有限公司和市场监管局、教育局整改，约谈负责人王建国，由财政局督办。" * 3

    def cost(number: int) -> int:
        masker = Masker(names_of(number, "国"), names_of(number, "局"))
        masker.mask(text)  # what is made once
        return calls_in(lambda: masker.mask(text))

    assert cost(1_400) == cost(700)
