"""The rules explained, for the terminal and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.errors import UsageError
from toolkit.run.finding_catalogue import FAMILIES, Explained, explained, further, shown

if TYPE_CHECKING:
    from collections.abc import Iterator


def rule_of(code: str) -> Explained:
    """The rule with this code, however it is typed; raises UsageError where there is none."""
    asked = next((rule for rule in explained() if rule.code == code.strip().upper()), None)
    if asked is None:
        raise UsageError(f"没有规则“{code}”；运行zhenggai rules查看全部规则。")
    return asked


def list_lines() -> Iterator[str]:
    """All rules in one line each, by family."""
    family = ""
    for rule in explained():
        if rule.code[0] != family:
            family = rule.code[0]
            yield f"{family}　{FAMILIES[family]}"
        yield f"  {rule.code} [{rule.severity.word}] {rule.sentence}"


def rule_lines(rule: Explained) -> Iterator[str]:
    """One rule with what can be adjusted and its examples."""
    yield f"{rule.code} [{rule.severity.word}] {rule.sentence}"
    yield from (f"  {sentence}" for sentence in further(rule))
    for word, examples in (("不合格", rule.bad), ("合格", rule.good)):
        for example in examples:
            yield f"  {word}的例子：{shown(example)}"


def rule_record(rule: Explained) -> dict[str, Any]:
    """One rule as JSON-able data; examples as the terminal shows them."""
    return {
        "code": rule.code,
        "family": FAMILIES[rule.code[0]],
        "severity": rule.severity.value,
        "sentence": rule.sentence,
        "parameters": [
            {
                "name": parameter.name,
                "default": list(parameter.default)
                if isinstance(parameter.default, tuple)
                else parameter.default,
                "explanation": parameter.explanation,
            }
            for parameter in rule.parameters
        ],
        "silenced_by": sorted(rule.silenced_by),
        "in_sheet": list(rule.in_sheet),
        "bad": [shown(example) for example in rule.bad],
        "good": [shown(example) for example in rule.good],
    }


def list_record() -> dict[str, Any]:
    """All rules as JSON-able data."""
    return {"rules": [rule_record(rule) for rule in explained()]}
