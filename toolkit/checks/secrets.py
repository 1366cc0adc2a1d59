"""C · confidentiality: what must not travel in a ledger (保密审查: 先审查后公开)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.checks.rule import LONG_NUMBER, Case, Fault, Parameter, first_of, row_rule
from toolkit.ledger.columns import BY_CODE, COLUMNS, Kind
from toolkit.ledger.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEXTS = tuple(column.code for column in COLUMNS if column.kind in (Kind.TEXT, Kind.PROSE, Kind.LIST))
_NUMBER = re.compile(r"(?<![\dA-Za-z.])\d[\d -]{9,22}[\dXx](?![\dA-Za-z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def is_identity_number(text: str) -> bool:
    """Whether 18 characters are a citizen's identity number (GB 11643: birth date and check digit)."""
    if len(text) != 18 or not text[:17].isdecimal():
        return False
    if not ("1900" <= text[6:10] <= "2099" and "01" <= text[10:12] <= "12" and "01" <= text[12:14] <= "31"):
        return False
    check = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False)) % 11
    return "10X98765432"[check] == text[17].upper()


def is_card_number(text: str) -> bool:
    """Whether 16 to 19 digits pass the Luhn check of payment cards (ISO/IEC 7812) and begin as Chinese cards do."""
    if not (16 <= len(text) <= 19 and text.isdecimal() and text[0] in "3456"):
        return False
    digits = [int(digit) for digit in reversed(text)]
    return sum(digits[0::2]) % 10 == (10 - sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2]) % 10) % 10


_PHONE = re.compile(r"1[3-9]\d{9}")


def _numbers(case: Case) -> Iterator[tuple[str, str]]:
    """(column, digits without blanks) of every long number in the row's texts."""
    typed = case.row.typed
    for code in _TEXTS:
        text = typed.get(code)
        if text and (found := _NUMBER.findall(text)):
            yield from ((code, re.sub(r"[ -]", "", number)) for number in found)


def _masked(number: str) -> str:
    return f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}"


@row_rule(
    "C101",
    Severity.ERROR,
    bad=({"整改进展情况": "3月12日约谈张某（110101199003070011）。"},),
    good=(
        {"整改进展情况": "3月12日印发《甲办法》（云党工通〔2026〕12号）。"},
        {"整改进展情况": "合同编号110101199003079998，3月12日签订。"},
    ),
    needs=(LONG_NUMBER,),
)
def no_identity_numbers(case: Case) -> Iterator[Fault]:
    """台账中不得出现身份证号码。"""
    for code, number in _numbers(case):
        if is_identity_number(number):
            yield Fault(
                code,
                f"{BY_CODE[code].header}中有身份证号码{_masked(number)}。",
                "请删去身份证号码，并告知已收到该文件的人。",
            )


@row_rule(
    "C102",
    Severity.ERROR,
    bad=({"整改进展情况": "3月12日退款至6222 0200 0000 0000 000账户。"}, {"备注": "退款账号6222020000000000000"}),
    good=({"整改进展情况": "3月12日清退资金12.6万元。"}, {"备注": "流水号2026031200000001"}),
    moot=("C101",),
    needs=(LONG_NUMBER,),
)
def no_card_numbers(case: Case) -> Iterator[Fault]:
    """台账中不得出现银行卡号。"""
    for code, number in _numbers(case):
        if is_card_number(number):
            yield Fault(
                code, f"{BY_CODE[code].header}中有银行卡号{_masked(number)}。", "请删去银行卡号，只写金额和时间。"
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
    for code, number in _numbers(case):
        if code != "owner" and _PHONE.fullmatch(number):
            yield Fault(
                code,
                f"{BY_CODE[code].header}中有手机号码{_masked(number)}。",
                "请删去手机号码；联系人写在责任人栏或设置的单位表中。",
            )


CLUES = Parameter(
    "线索用词",
    ("举报人", "信访人", "问题线索", "初步核实", "初核", "立案审查", "留置", "匿名举报", "实名举报", "检举"),
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
