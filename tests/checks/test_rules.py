"""Each rule's own examples: the bad ones set it off, the good ones do not, and no rule is dumb or deaf on the sample."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType

import pytest

from tests.support.items import SETTINGS as OFFICE
from toolkit.checks.rule import Surroundings, all_rules
from toolkit.intake.headers import known_code
from toolkit.ledger.columns import BY_CODE, CODES
from toolkit.ledger.item import Item
from toolkit.ledger.readers import read_cell
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.submission import Origin, Role, Row
from toolkit.ledger.units import Unit
from toolkit.run.explain import FAMILIES, explained

SETTINGS = OFFICE.with_units((*OFFICE.units, Unit(name="投资促进局")))
AS_OF = dt.date(2026, 6, 19)
LETTERS = MappingProxyType({code: chr(65 + number) for number, code in enumerate(CODES)})
WHOLE = {
    "问题编号": "3-2", "分项问题": "分项问题。", "整改措施": "修订办法。", "牵头单位": "规划建设局", "牵头领导": "张三丰", "责任人": "李四",
    "整改类型": "限期整改", "整改时限": "2026-06-30", "整改进展情况": "3月12日修订《甲办法》，新增条款5条。", "整改状态": "正在整改",
    "下一步措施": "6月底前验收。",
}  # fmt: skip


def row_of(example):
    typed = {known_code(header): text for header, text in {**WHOLE, **example}.items() if text}
    values, unreadable = {}, {}
    for code, text in typed.items():
        value = read_cell(BY_CODE[code], text, SETTINGS.context)
        (unreadable if isinstance(value, Unreadable) else values)[code] = value
    return Row(
        Origin("样.xlsx", "整改台账", 4),
        Item(**{c: v for c, v in values.items() if v is not None}),
        LETTERS,
        typed,
        unreadable,
    )


def faults(rule, example):
    return list(rule.check(row_of(example), Surroundings(SETTINGS, AS_OF, Role.RETURN)))


CASES = [
    (rule, example, bad)
    for rule in all_rules()
    for bad in (True, False)
    for example in (rule.bad if bad else rule.good)
]


@pytest.mark.parametrize(
    ("rule", "example", "bad"),
    CASES,
    ids=[f"{r.code}-{'bad' if b else 'good'}-{n}" for n, (r, _, b) in enumerate(CASES)],
)
def test_example(rule, example, bad):
    found = faults(rule, example)
    assert bool(found) is bad
    for fault in found:
        assert fault.column in BY_CODE
        assert fault.message.strip()
        assert fault.fix.strip()


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_rule_has_both_kinds_of_examples_and_a_sentence(rule):
    assert rule.bad
    assert rule.good
    assert rule.title.endswith("。")
    assert not faults(rule, {})


def test_codes_are_unique_and_of_a_known_family():
    codes = [rule.code for rule in explained()]
    assert len(codes) == len(set(codes))
    assert {code[0] for code in codes} <= set(FAMILIES)
