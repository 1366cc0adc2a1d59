"""The rules as a person reads them: every code once, in the office's words, with examples that can be shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from toolkit.checks.rule import all_rules
from toolkit.intake.codes import CODES as READING
from toolkit.ledger.finding import Severity
from toolkit.register.codes import CODES as MATCHING
from toolkit.run.finding_catalogue import (
    FAMILIES,
    codes,
    explained,
    further,
    rule_lines_of_settings,
    shown,
)
from toolkit.settings.sections import Words

WORDS = replace(Words(), done="已办结", standing="常态推进")


def test_every_finding_that_there_can_be_is_in_it_once_and_in_order() -> None:
    own = [rule.code for rule in all_rules()]
    assert list(codes()) == sorted([*own, *READING, *MATCHING])
    assert len(set(codes())) == len(codes())
    assert {code[0] for code in codes()} == set(FAMILIES)


def test_every_one_has_a_sentence_and_a_severity() -> None:
    for rule in explained():
        assert rule.sentence.endswith("。"), rule.code
        assert isinstance(rule.severity, Severity)
        assert "{" not in rule.sentence


def test_statuses_are_named_as_the_office_names_them() -> None:
    standard, own = explained(), explained(WORDS)
    assert [rule.code for rule in standard] == [rule.code for rule in own]
    for rule in own:
        texts = [rule.sentence, *(shown(example) for example in (*rule.bad, *rule.good))]
        typed = [
            text for text in texts if "整改状态：已完成" in text or "整改状态：长期坚持" in text
        ]
        assert typed == [], rule.code
    changed = [a.code for a, b in zip(standard, own, strict=True) if a != b]
    assert len(changed) > 5


def test_the_settings_list_every_rule_with_a_row_for_each_further_parameter() -> None:
    lines = rule_lines_of_settings(Words())
    for rule in explained():
        own = [line for line in lines if line.code == rule.code]
        assert len(own) == max(len(rule.parameters), 1)
        first, *more = own
        assert first.level == rule.severity.word
        assert first.explanation.startswith(rule.sentence)
        assert all(line.level == "" and line.parameter for line in more)
        assert [line.parameter for line in own if line.parameter] == [
            p.name for p in rule.parameters
        ]
        assert all(line.default for line in own if line.parameter)


@pytest.mark.parametrize(
    ("example", "text"),
    [
        ({"整改状态": "已完成", "完成时间": ""}, "整改状态：已完成；完成时间：（空）"),
        (({"问题编号": "3-2"}, {"问题编号": "3-3"}), None),
        ((("编号", "问题"), ("1", "甲")), None),
        ({"进展": "甲" * 61}, f"进展：{'甲' * 60}……（共61字）"),
    ],
)
def test_how_an_example_is_shown(example: object, text: str | None) -> None:
    found = shown(example)  # type: ignore[arg-type]
    assert found
    assert text is None or found == text
    if isinstance(example, tuple):
        assert all(str(value) in found for row in example for value in (row.values() if isinstance(row, dict) else row))  # fmt: skip


def test_what_else_there_is_to_know_of_a_rule() -> None:
    told = {rule.code: list(further(rule)) for rule in explained()}
    with_parameters = [rule for rule in explained() if rule.parameters]
    assert with_parameters
    for rule in with_parameters:
        assert any(rule.parameters[0].name in text for text in told[rule.code]), rule.code
    silenced = [rule for rule in explained() if rule.silenced_by]
    for rule in silenced:
        assert any(code in text for text in told[rule.code] for code in rule.silenced_by)
