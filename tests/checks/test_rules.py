"""Each rule's own examples: the bad ones set it off, the good ones do not, and no rule is dumb or deaf on the sample."""

from __future__ import annotations

import pytest

from tests.support.cases import faults, table_of
from toolkit.checks.examine import examine
from toolkit.checks.rule import Rule, Scope, all_rules
from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.entry import Entry
from toolkit.ledger.own import is_own
from toolkit.run.finding_catalogue import FAMILIES, explained

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
def test_example(
    rule: Rule, example: dict[str, str] | tuple[dict[str, str], dict[str, str]], bad: bool
) -> None:
    found = faults(rule, example)
    assert bool(found) is bad
    for fault in found:
        assert fault.column in BY_CODE or is_own(fault.column)
        assert fault.message.strip()
        assert fault.fix.strip()


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_one_mistake_gives_one_finding(rule: Rule) -> None:
    """Each bad example, under all rules together, is one finding: its own."""
    for example in rule.bad:
        cases, around, submission = table_of(example if isinstance(example, tuple) else (example,))
        entries = [Entry(item=case.item, origin=case.row.origin) for case in cases]
        found = examine([submission], entries, all_rules(), around)
        assert {finding.rule for finding in found} == {rule.code}, example


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_rule_has_both_kinds_of_examples_and_a_sentence(rule: Rule) -> None:
    assert rule.bad
    assert rule.good
    assert rule.title.endswith("。")
    assert not faults(rule, {} if rule.scope is Scope.ROW else ({},))


def test_codes_are_unique_and_of_a_known_family() -> None:
    codes = [rule.code for rule in explained()]
    assert len(codes) == len(set(codes))
    assert {code[0] for code in codes} <= set(FAMILIES)
