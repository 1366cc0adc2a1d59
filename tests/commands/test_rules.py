"""`rules`: every rule in a line, one rule with its examples, and the same for a program."""

from __future__ import annotations

from tests.support.command import zhenggai
from toolkit.run.finding_catalogue import explained


def test_every_rule_stands_in_the_list() -> None:
    listed = zhenggai("rules").out
    assert all(
        f"  {rule.code} [{rule.severity.word}] {rule.sentence}" in listed for rule in explained()
    )


def test_one_rule_is_explained_however_its_code_is_typed() -> None:
    told = zhenggai("rules", " s102 ").out
    assert told.startswith("S102 [错误]")
    assert "不合格的例子：" in told


def test_a_program_gets_every_rule_with_what_can_be_adjusted() -> None:
    rules = {rule["code"]: rule for rule in zhenggai("rules", "--json").record["rules"]}
    assert list(rules) == [rule.code for rule in explained()]
    adjustable = [rule for rule in explained() if rule.parameters]
    assert adjustable
    for rule in adjustable:
        names = [parameter["name"] for parameter in rules[rule.code]["parameters"]]
        assert names == [parameter.name for parameter in rule.parameters]
    one = zhenggai("rules", "S102", "--json").record
    assert one == rules["S102"]
    assert one.keys() == {
        "code", "family", "severity", "sentence", "parameters", "silenced_by", "in_sheet", "bad", "good",
    }  # fmt: skip
    assert one["bad"]


def test_an_unknown_rule_is_named() -> None:
    done = zhenggai("rules", "Z999")
    assert (done.code, done.out) == (2, "")
    assert "没有规则“Z999”" in done.err
