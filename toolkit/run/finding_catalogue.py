"""The rules as a person reads them: one table over checks, intake and register, for the command and the reference page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from toolkit.checks.policy import written
from toolkit.checks.rule import all_rules
from toolkit.intake.codes import CODES as READING
from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.status import WORDS, worded
from toolkit.register.codes import CODES as MATCHING
from toolkit.settings.lists import RuleLine
from toolkit.settings.sections import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.checks.rule import Parameter
    from toolkit.ledger.finding import Severity

FAMILIES: Mapping[str, str] = {
    "C": "保密", "D": "时限", "F": "栏目", "H": "与上期相比", "I": "身份与台账库", "M": "金额与数量", "S": "状态与逻辑",
    "T": "文字", "U": "单位与人员", "X": "文件与表格",
}  # fmt: skip


_STANDARD = Words()
_STATUS_OF = {word: status for status, word in WORDS.items()}

# An example of one row, or of a table of rows: header → typed text, or plain cells.
Shown = Mapping[str, str] | tuple[Mapping[str, str] | tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """One rule: its code, severity, sentence, and what must and must not set it off (header → typed text)."""

    code: str
    severity: Severity
    sentence: str
    bad: tuple[Shown, ...] = ()
    good: tuple[Shown, ...] = ()
    parameters: tuple[Parameter[Any], ...] = ()
    silenced_by: frozenset[str] = frozenset()
    in_sheet: tuple[str, ...] = ()


def explained(words: Words = _STANDARD) -> tuple[Explained, ...]:
    """Every rule of the house, by code, with statuses in these words."""
    rules = [
        Explained(
            rule.code,
            rule.severity,
            worded(rule.title, words.of),
            _typed(rule.bad, words),
            _typed(rule.good, words),
            tuple(_worded(parameter, words) for parameter in rule.parameters),
            rule.silenced_by,
            tuple(dict.fromkeys(worded(mirror.says, words.of) for mirror in rule.mirrors)),
        )
        for rule in all_rules()
    ]
    tables = [
        Explained(
            code,
            told.severity,
            worded(told.title, words.of),
            _typed(told.bad, words),
            _typed(told.good, words),
        )
        for table in (READING, MATCHING)
        for code, told in table.items()
    ]
    return tuple(sorted((*rules, *tables), key=lambda rule: rule.code))


def _worded(parameter: Parameter[Any], words: Words) -> Parameter[Any]:
    return replace(parameter, explanation=worded(parameter.explanation, words.of))


def _typed(example: Any, words: Words) -> Any:
    """Examples as people of this office would type them: in a column of statuses, its own words."""
    match example:
        case tuple():
            return tuple(_typed(part, words) for part in example)
        case Mapping():
            return {header: _cell(header, text, words) for header, text in example.items()}
    return example


def _cell(header: str, text: str, words: Words) -> str:
    status = _STATUS_OF.get(text) if header.endswith(BY_CODE["status"].header) else None
    return words.of(status) if status else text


def rule_lines_of_settings(words: Words) -> tuple[RuleLine, ...]:
    """The sheet 校验规则: every rule, with a row of its own for each further parameter."""
    lines: list[RuleLine] = []
    for rule in explained(words):
        example = shown(rule.bad[0]) if rule.bad else ""
        first, *further = rule.parameters or (None,)
        said = rule.sentence + (f"参数：{first.explanation}。" if first else "")
        lines.append(
            RuleLine(
                code=rule.code,
                level=rule.severity.word,
                parameter=first.name if first else "",
                default=written(first) if first else "",
                explanation=said,
                example=example,
            )
        )
        lines += [
            RuleLine(
                code=rule.code,
                level="",
                parameter=p.name,
                default=written(p),
                explanation=f"参数：{p.explanation}。",
            )
            for p in further
        ]
    return tuple(lines)


def codes() -> tuple[str, ...]:
    """The code of every finding that there can be."""
    return tuple(rule.code for rule in explained())


def further(rule: Explained) -> Iterator[str]:
    """What else a person may want to know of a rule: what can be adjusted, what silences it, what the sheet says."""
    for parameter in rule.parameters:
        yield f"可调参数“{parameter.name}”（默认{written(parameter)}）：{parameter.explanation}。"
    if rule.silenced_by:
        yield f"同一行已有{'、'.join(sorted(rule.silenced_by))}的意见时，不再提出。"
    if rule.in_sheet:
        yield f"表内自检：{'；'.join(rule.in_sheet)}。"


def shown(example: Shown) -> str:
    """`整改状态：已完成；完成时间：（空）`; rows of a table one after the other, parted by ／; cells by ｜."""
    if isinstance(example, tuple):
        return "　／　".join(
            row if isinstance(row, str) else shown(row) for row in map(_line, example)
        )
    return "；".join(f"{header}：{_short(text) or '（空）'}" for header, text in example.items())


def _line(row: Mapping[str, str] | tuple[str, ...]) -> Mapping[str, str] | str:
    return "｜".join(row) if isinstance(row, tuple) else row


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}……（共{len(text)}字）"


_LONGEST_SHOWN = 60
