"""C · confidentiality: what must not travel in a ledger (保密审查: 先审查后公开)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.checks.rule import LONG_NUMBER, Case, Fault, Parameter, first_of, row_rule
from toolkit.ledger.columns import BY_CODE, COLUMNS, Kind
from toolkit.ledger.finding import Severity
from toolkit.ledger.masking import MOBILE, NUMBER, Secret, numbers
from toolkit.ledger.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEXTS = tuple(
    column.code for column in COLUMNS if column.kind in (Kind.TEXT, Kind.PROSE, Kind.LIST)
)


def _numbers(case: Case) -> Iterator[tuple[str, Secret, str]]:
    """(column, what it is, its characters without blanks) of every number of a person in any column of the row."""
    for code, text in case.row.typed.items():
        if NUMBER.search(cleaned := clean(text)):
            for secret, start, end, _ in numbers(cleaned):
                yield code, secret, re.sub(r"[ -]", "", cleaned[start:end])


def _masked(number: str) -> str:
    return f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}"


@row_rule(
    "C101",
    Severity.ERROR,
    bad=(
        {"整改进展情况": "3月12日约谈张某（110101199003070011）。"},
        {"备注": "身份证号110101199003070012"},
        {"责任人": "李四（身份证号110101199003070012）"},
        {"佐证材料": "证件号码：１１０１０１９００３０７００１"},
    ),
    good=(
        {"整改进展情况": "3月12日印发《甲办法》（云党工通〔2026〕12号）。"},
        {"整改进展情况": "合同编号110101199003079998，3月12日签订。"},
    ),
    needs=(LONG_NUMBER,),
)
def no_identity_numbers(case: Case) -> Iterator[Fault]:
    """台账中不得出现身份证号码。"""
    for code, secret, number in _numbers(case):
        if secret is Secret.IDENTITY:
            yield Fault(
                code,
                f"{BY_CODE[code].header}中有身份证号码{_masked(number)}。",
                "请删去身份证号码，并告知已收到该文件的人。",
            )


@row_rule(
    "C102",
    Severity.ERROR,
    bad=(
        {"整改进展情况": "3月12日退款至6222 0200 0000 0000 000账户。"},
        {"备注": "退款账号6222020000000000000"},
        {"备注": "退款至银行卡号6222021234567890124"},
        {"责任人": "李四，账号3602000109200098765"},
    ),
    good=(
        {"整改进展情况": "3月12日清退资金12.6万元。"},
        {"备注": "流水号2026031200000001"},
        {"备注": "账户余额123456789.12元"},
    ),
    needs=(LONG_NUMBER,),
)
def no_card_numbers(case: Case) -> Iterator[Fault]:
    """台账中不得出现银行卡号。"""
    for code, secret, number in _numbers(case):
        if secret is Secret.CARD:
            yield Fault(
                code,
                f"{BY_CODE[code].header}中有银行卡号{_masked(number)}。",
                "请删去银行卡号，只写金额和时间。",
            )


@row_rule(
    "C103",
    Severity.WARNING,
    bad=({"整改进展情况": "3月12日约谈负责人（13800138000）。"},),
    good=({"责任人": "李四 13800138000"}, {"整改进展情况": "3月12日清退13800元。"}),
    needs=(LONG_NUMBER,),
)
def no_mobile_numbers(case: Case) -> Iterator[Fault]:
    """进展情况等将写入通报的文字中不应有手机号码。"""
    for code, _, number in _numbers(case):
        if code != "owner" and MOBILE.fullmatch(number):
            yield Fault(
                code,
                f"{BY_CODE[code].header}中有手机号码{_masked(number)}。",
                "请删去手机号码；联系人写在责任人栏或设置的单位表中。",
            )


CLUES = Parameter(
    "线索用词",
    (
        "举报人",
        "信访人",
        "问题线索",
        "初步核实",
        "初核",
        "立案审查",
        "留置",
        "匿名举报",
        "实名举报",
        "检举",
    ),
    "文字中出现这些词时，提醒进行保密审查",
)


@row_rule(
    "C104",
    Severity.WARNING,
    bad=(
        {"整改进展情况": "3月12日对举报人反映的情况进行核查。"},
        {"具体问题": "对3件问题线索处置不及时", "整改进展情况": "3月处置问题线索3件。"},
    ),
    good=({"整改进展情况": "3月12日修订《甲办法》。"},),
    parameters=(CLUES,),
)
def clues_are_reviewed_first(case: Case) -> Iterator[Fault]:
    """涉及举报、线索、初核、留置等内容的，公开前须经保密审查。"""
    text = case.row.typed.get("progress", "")
    word = first_of(case.around.of(CLUES), text)
    if word:
        yield Fault(
            "progress",
            f"整改进展情况中有“{word}”，可能涉及未公开的案件或举报信息。",
            "请删去具体内容，只写汇总数字；确需保留的，由整改办作保密审查。",
        )


_GRADE = re.compile(r"(?:绝密|机密|秘密)(?:★|☆|\*|级|文件|材料)|(?:绝密|机密)")


@row_rule(
    "C105",
    Severity.WARNING,
    bad=({"整改进展情况": "3月12日传达机密文件精神。"}, {"备注": "秘密★1年"}),
    good=({"整改进展情况": "3月12日开展商业秘密保护培训。"},),
)
def nothing_classified(case: Case) -> Iterator[Fault]:
    """台账在非涉密计算机上处理，不得含有涉密内容。"""
    if "密" not in case.words:
        return
    typed = case.row.typed
    for code in _TEXTS:
        text = typed.get(code, "")
        if "密" in text and (found := _GRADE.search(text)):
            yield Fault(
                code,
                f"{BY_CODE[code].header}中有“{found[0]}”，可能涉及国家秘密。",
                "涉密不上网、不入台账：请删去有关内容，并按保密规定处理已传递的文件。",
            )
            return
