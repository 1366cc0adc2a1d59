"""M · money and counts: the right unit, the right sign, in agreement with the text, nothing counted twice."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from toolkit.checks.rule import (
    UNREADABLE,
    Case,
    CheckContext,
    Fault,
    Parameter,
    SheetFormula,
    ledger_rule,
    row_rule,
)
from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.ledger.item import Item

_AMOUNT = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)(亿|万)?元")
_FACTOR = {"亿": Decimal(10000), "万": Decimal(1), "": Decimal("0.0001")}
_SLIPS = (Decimal(10000), Decimal("0.0001"))


def _amounts(text: str) -> tuple[Decimal, ...]:
    """The sums that a text names, in 万元."""
    if "元" not in text:
        return ()
    return tuple(
        Decimal(number.replace(",", "")) * _FACTOR[unit] for number, unit in _AMOUNT.findall(text)
    )


MOST = Parameter("金额上限", 100000, "一个问题的涉及金额超过多少万元时，疑为把元当作万元填写")


@row_rule(
    "M101",
    Severity.ERROR,
    bad=(
        {"涉及金额（万元）": "126000", "整改进展情况": "3月12日清退资金12.6万元。"},
        {"涉及金额（万元）": "35680000"},
        {"涉及金额（万元）": "0.00126", "整改进展情况": "3月12日清退资金12.6万元。"},
    ),
    good=(
        {"涉及金额（万元）": "12.6", "整改进展情况": "3月12日清退资金12.6万元。"},
        {"涉及金额（万元）": "12.6万元"},
    ),
    needs=("money",),
    parameters=(MOST,),
)
def money_is_in_wan_yuan(case: Case) -> Iterator[Fault]:
    """涉及金额的单位是万元，不应把元填作万元。"""
    money = case.item.money
    meant = meant_amount(case.item, case.around.of(MOST))
    if not money or meant is None:
        return
    if meant in _amounts(case.item.progress):
        message = f"涉及金额填{money:f}万元，文中是{_plain(meant)}万元，相差一万倍。"
        fix = f"单位是万元，涉及金额写成“{_plain(meant)}”。"
    else:
        message = f"涉及金额{money:f}万元过大，疑为把元当作万元填写。"
        fix = f"单位是万元：若是{money:f}元，涉及金额写成“{_plain(meant)}”；确有这么多的，请整改办免核。"
    yield Fault("money", message, fix)


def meant_amount(item: Item, most: int) -> Decimal | None:
    """The amount in 万元 that was meant where 元 and 万元 were mixed up; None where nothing looks like it."""
    money, named = item.money, _amounts(item.progress)
    if not money:
        return None
    slips = (sum_ for sum_ in named if sum_ and any(money == sum_ * factor for factor in _SLIPS))
    slip = next(slips, None)
    if slip is not None and money not in named:
        return slip
    return money / 10000 if money > most else None


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


_NEGATIVE_IN_SHEET = (
    'AND(NOT({LACKS:?}),OR(LEFT(TRIM({?}),1)="-",LEFT(TRIM({?}),1)="－",LEFT(TRIM({?}),1)="—"))'
)


@row_rule(
    "M102",
    Severity.ERROR,
    bad=({"涉及金额（万元）": "-12.6"}, {"处理人次": "-1"}),
    good=({"涉及金额（万元）": "12.6"}, {"处理人次": "0"}),
    mirrors=(
        SheetFormula("money", _NEGATIVE_IN_SHEET.replace("?", "money"), "金额不能是负数"),
        SheetFormula("people", _NEGATIVE_IN_SHEET.replace("?", "people"), "处理人次不能是负数"),
    ),
    needs=(UNREADABLE,),
)
def amounts_are_not_negative(case: Case) -> Iterator[Fault]:
    """涉及金额、处理人次不应是负数。"""
    for code in ("money", "people"):
        fault = case.fault(code)
        if fault and fault.raw.lstrip().startswith(("-", "－", "—")):
            yield Fault(
                code,
                f"{BY_CODE[code].header}填了负数“{fault.raw}”。",
                f"请填写累计的实际数：多写了负号的，{BY_CODE[code].header}写成“{fault.raw.lstrip(' -－—')}”；需要冲减的，填冲减后的数。",
            )


_PERSONS = re.compile(
    r"(?:处理|问责|处分|约谈|诫勉|批评教育|组织处理|追责)(?:相关)?(?:责任人|人员|干部|党员)?(?:共|合计)?(\d+)(?:名|人)(?!次)"
)
_TIMES = re.compile(r"(\d+)人次")


@row_rule(
    "M103",
    Severity.WARNING,
    bad=(
        {"处理人次": "2", "整改进展情况": "3月12日处理5人。"},
        {"处理人次": "3", "整改进展情况": "3月问责8人（6人次）。"},
    ),
    good=(
        {"处理人次": "6", "整改进展情况": "3月12日处理5人（6人次）。"},
        {"处理人次": "5", "整改进展情况": "3月12日处理5人。"},
    ),
    needs=("people", "progress"),
)
def persons_are_not_more_than_person_times(case: Case) -> Iterator[Fault]:
    """处理的人数不应多于处理人次。"""
    text, people = case.item.progress, case.item.people
    if people is None or ("人" not in text and "名" not in text):
        return
    persons = max((int(number) for number in _PERSONS.findall(text)), default=0)
    if persons > people:
        yield Fault(
            "people",
            f"文中处理{persons}人，处理人次却填{people}。",
            f"同一人处理两次计两次，人次不少于人数；没有处理两次的，处理人次写成“{persons}”。",
        )


@ledger_rule(
    "M104",
    Severity.NOTE,
    bad=(
        (
            {"问题编号": "3-2", "制度成果": "《甲办法》"},
            {
                "问题编号": "3-3",
                "整改进展情况": "4月2日修订办法，新增条款3条。",
                "制度成果": "《甲办法》",
            },
        ),
    ),
    good=(
        (
            {"问题编号": "3-2", "制度成果": "《甲办法》"},
            {
                "问题编号": "3-3",
                "整改进展情况": "4月2日修订办法，新增条款3条。",
                "制度成果": "《乙办法》",
            },
        ),
    ),
)
def a_regulation_is_counted_once(
    cases: Sequence[Case], around: CheckContext
) -> Iterator[tuple[Case, Fault]]:
    """同一制度列在几个问题下的，统计时只计一项。"""
    del around
    first: dict[str, Case] = {}
    for case in cases:
        for name in case.item.regulations:
            known = first.setdefault(name, case)
            if known is not case:
                yield (
                    case,
                    Fault(
                        "regulations",
                        f"{name}已列在问题{known.item.id}（{known.item.lead_unit}）下，统计时只计一项。",
                        "确是同一制度的，不必修改；不是同一制度的，请写全名称以示区别。",
                    ),
                )


_RECOVERED = re.compile(
    r"(?:追缴|追回|收回|清退|退回|上缴|清缴|挽回)[^，。；]{0,16}?\d+(?:\.\d+)?(?:万|亿)?元"
)


@row_rule(
    "M105",
    Severity.NOTE,
    bad=({"涉及金额（万元）": "", "整改进展情况": "3月12日清退违规资金12.6万元。"},),
    good=(
        {"涉及金额（万元）": "12.6", "整改进展情况": "3月12日清退违规资金12.6万元。"},
        {"涉及金额（万元）": ""},
    ),
    needs=("progress",),
)
def money_recovered_is_entered(case: Case) -> Iterator[Fault]:
    """进展情况中写明追缴、清退、上缴金额的，应填入涉及金额。"""
    item = case.item
    if (
        item.money is None
        and case.has_column("money")
        and "money" not in case.row.typed
        and "元" in item.progress
    ):
        found = _RECOVERED.search(item.progress)
        if found:
            yield Fault(
                "money",
                f"进展情况中有“{found[0]}”，涉及金额没有填写。",
                f"属于本问题追缴、清退、上缴的，涉及金额写成“{_plain(_amounts(found[0])[-1])}”（累计数，单位万元）；不属于的，填“无”。",
            )


@row_rule(
    "M106",
    Severity.NOTE,
    bad=({"处理人次": "", "整改进展情况": "3月12日诫勉2人，批评教育5人次。"},),
    good=(
        {"处理人次": "7", "整改进展情况": "3月12日诫勉2人，批评教育5人次。"},
        {"处理人次": "", "整改进展情况": "3月12日培训96人次。"},
    ),
    needs=("progress",),
)
def people_dealt_with_are_entered(case: Case) -> Iterator[Fault]:
    """进展情况中写明问责、处分、诫勉人数的，应填入处理人次。"""
    item = case.item
    if (
        item.people is None
        and case.has_column("people")
        and "people" not in case.row.typed
        and "人" in item.progress
    ):
        found = _PERSONS.search(item.progress) or _DEALT.search(item.progress)
        if found:
            yield Fault(
                "people",
                f"进展情况中有“{found[0]}”，处理人次没有填写。",
                "属于本问题处理的，请在处理人次中填写累计的人次；不属于的，填“无”。",
            )


_DEALT = re.compile(r"(?:诫勉|问责|处分|批评教育|谈话提醒)(?:谈话)?\d+人次")


@row_rule(
    "M107",
    Severity.WARNING,
    bad=({"涉及金额（万元）": "8.5", "整改进展情况": "3月12日清退资金12.6万元。"},),
    good=({"涉及金额（万元）": "12.6", "整改进展情况": "3月12日清退资金12.6万元。"}, {"涉及金额（万元）": "20.6", "整改进展情况": "3月清退12.6万元，4月清退8万元。"}),
    needs=("money", "progress"),
    silenced_by=("M101",),
)  # fmt: skip
def money_agrees_with_the_text(case: Case) -> Iterator[Fault]:
    """涉及金额应与进展情况中的金额相符。"""
    money, text = case.item.money, case.item.progress
    if money is None or "元" not in text:
        return
    found = [_amounts(piece) for piece in (match[0] for match in _RECOVERED.finditer(text))]
    named = [sums[-1] for sums in found if sums]
    if named and money < max(named):
        yield Fault(
            "money",
            f"涉及金额填{_plain(money)}万元，文中追缴、清退的一笔就有{_plain(max(named))}万元。",
            f"请核对两处数字，涉及金额填累计数，不少于{_plain(max(named))}万元；只有这一笔的，写成“{_plain(max(named))}”。",
        )
