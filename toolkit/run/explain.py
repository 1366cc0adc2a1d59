"""The rules as a person reads them: one table over checks, intake and register, for the command and the reference page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.checks.rule import all_rules
from toolkit.errors import UsageError
from toolkit.intake.codes import CODES as READING
from toolkit.ledger.finding import Severity
from toolkit.register.match import CODES as MATCHING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FAMILIES: Mapping[str, str] = {
    "D": "时限", "F": "栏目", "I": "身份与台账库", "S": "状态与逻辑", "U": "单位与人员", "X": "文件与表格",
}  # fmt: skip
WORDS: Mapping[Severity, str] = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.NOTE: "说明"}


@dataclass(frozen=True, slots=True)
class Explained:
    """One rule: its code, severity, sentence, and what must and must not set it off (header → typed text)."""

    code: str
    severity: Severity
    sentence: str
    bad: tuple[Mapping[str, str], ...] = ()
    good: tuple[Mapping[str, str], ...] = ()


def explained() -> tuple[Explained, ...]:
    """Every rule of the house, by code."""
    rules = [Explained(rule.code, rule.severity, rule.title, rule.bad, rule.good) for rule in all_rules()]
    tables = [Explained(code, *entry) for table in (READING, MATCHING) for code, entry in table.items()]
    return tuple(sorted((*rules, *tables), key=lambda rule: rule.code))


def rule_lines(code: str) -> Iterator[str]:
    """All rules in one line each, or one rule with its examples. Raises UsageError for a code that does not exist."""
    if not code:
        family = ""
        for rule in explained():
            if rule.code[0] != family:
                family = rule.code[0]
                yield f"{family}　{FAMILIES[family]}"
            yield f"  {rule.code} [{WORDS[rule.severity]}] {rule.sentence}"
        return
    asked = next((rule for rule in explained() if rule.code == code.strip().upper()), None)
    if asked is None:
        raise UsageError(f"没有规则“{code}”；运行zhenggai rules查看全部规则。")
    yield f"{asked.code} [{WORDS[asked.severity]}] {asked.sentence}"
    for word, examples in (("不合格", asked.bad), ("合格", asked.good)):
        for example in examples:
            yield f"  {word}的例子：{shown(example)}"


def shown(example: Mapping[str, str]) -> str:
    """`整改状态：已完成；完成时间：（空）`."""
    return "；".join(f"{header}：{text or '（空）'}" for header, text in example.items())
