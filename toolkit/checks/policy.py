"""What the office decided about the rules: level, off, parameters (设置.xlsx 校验规则), and what it waives."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from toolkit.errors import SettingsError
from toolkit.ledger.finding import Finding, Severity
from toolkit.ledger.waiver import Waiver, key_of
from toolkit.settings.lists import OFF

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from toolkit.checks.rule import Parameter, Rule
    from toolkit.settings.lists import RuleChoice

_LEVELS: Mapping[str, Severity | None] = {
    **{severity.word: severity for severity in Severity},
    OFF: None,
}


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding that the office has accepted for the time being."""

    finding: Finding
    waiver: Waiver


@dataclass(frozen=True, slots=True)
class Policy:
    """The office's choices: `levels` by rule code (None: switched off), `parameters` by parameter."""

    levels: Mapping[str, Severity | None] = field(default_factory=lambda: MappingProxyType({}))
    parameters: Mapping[Parameter[Any], Any] = field(default_factory=lambda: MappingProxyType({}))

    def rules(self, rules: Sequence[Rule]) -> tuple[Rule, ...]:
        """The rules that are on, each at the level that the office chose."""
        levelled = ((rule, self.levels.get(rule.code, rule.severity)) for rule in rules)
        return tuple(replace(rule, severity=level) for rule, level in levelled if level is not None)

    def levelled(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Findings of the reading rooms at the office's levels, without those that are switched off."""
        pairs = ((found, self.levels.get(found.rule, found.severity)) for found in findings)
        return tuple(replace(found, severity=level) for found, level in pairs if level is not None)


def policy_of(choices: Iterable[RuleChoice], rules: Sequence[Rule], codes: Iterable[str]) -> Policy:
    """The choices of 校验规则 made sense of; raises SettingsError with every fault, each with its cell.

    `codes` are the codes of all findings there are, those of the reading rooms too.
    """
    known = {rule.code: rule for rule in rules}
    every = frozenset(codes) | known.keys()
    levels: dict[str, Severity | None] = {}
    parameters: dict[Parameter[Any], Any] = {}
    faults: list[str] = []
    for choice in choices:
        if choice.code not in every:
            faults.append(f"{choice.place}的规则“{choice.code}”不存在；请恢复原编号，或删除该行")
            continue
        if choice.level:
            levels[choice.code] = _LEVELS[choice.level]
        if choice.value:
            _set(choice, known.get(choice.code), parameters, faults)
    if faults:
        raise SettingsError(tuple(faults))
    return Policy(MappingProxyType(levels), MappingProxyType(parameters))


def _set(
    choice: RuleChoice, rule: Rule | None, parameters: dict[Parameter[Any], Any], faults: list[str]
) -> None:
    declared = {parameter.name: parameter for parameter in rule.parameters} if rule else {}
    parameter = declared.get(choice.parameter)
    if parameter is None:
        named = f"参数“{choice.parameter}”" if choice.parameter else "可以调整的参数"
        faults.append(
            f"{choice.place}的规则{choice.code}没有{named}；请恢复原来的内容，或清空“参数改为”"
        )
        return
    value = value_of(parameter, choice.value)
    if value is None:
        faults.append(
            f"{choice.place}“{parameter.name}”应为不小于0的整数，写的是“{choice.value}”；请改填如{parameter.default}"
        )
    else:
        parameters[parameter] = value


def value_of(parameter: Parameter[Any], text: str) -> Any:
    """A written value as the parameter's type: a whole number, or words at 、，；; None where it cannot be read."""
    if isinstance(parameter.default, tuple):
        return tuple(word for word in re.split(r"[、，,；;\s]+", text) if word)
    return int(text) if text.isdecimal() else None


def written(parameter: Parameter[Any]) -> str:
    """The default as it stands in the settings workbook."""
    return (
        "、".join(parameter.default)
        if isinstance(parameter.default, tuple)
        else str(parameter.default)
    )


def waive(
    findings: Iterable[Finding], waivers: Iterable[Waiver], as_of: date
) -> tuple[tuple[Finding, ...], tuple[Waived, ...]]:
    """Findings that stand, and those that a waiver covers on this date; an expired waiver covers nothing."""
    valid = {waiver.key: waiver for waiver in waivers if waiver.until >= as_of}
    standing, waived = [], []
    for found in findings:
        waiver = valid.get(key_of(found))
        if waiver:
            waived.append(Waived(found, waiver))
        else:
            standing.append(found)
    return tuple(standing), tuple(waived)
