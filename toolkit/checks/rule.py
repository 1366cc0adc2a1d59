"""What a rule is, and the registry that every rule joins by existing.

A rule is one function. Its code, severity and two sets of examples stand in the decorator, its sentence is its
docstring (Chinese: it is what the user reads in the list of rules). The engine adds the place; a rule cannot lie about it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit import checks

if TYPE_CHECKING:
    from datetime import date

    from toolkit.ledger.entry import Entry
    from toolkit.ledger.finding import Severity
    from toolkit.ledger.submission import Role, Row
    from toolkit.settings import Settings


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule says: the column it points at (code), what is wrong and an instruction to put it right."""

    column: str
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a rule may know besides the row: the settings, the as-of date, the role of the file, the entries known."""

    settings: Settings
    as_of: date
    role: Role
    known: Mapping[str, Entry] = field(default_factory=dict)

    def entry(self, row: Row) -> Entry | None:
        """What the register knows of this row's item; None for an item that is new."""
        return self.known.get(row.item.id)


# An example is what a person typed, by standard header: {"整改状态": "已完成", "完成时间": ""}.
Example = Mapping[str, str]
RowCheck = Callable[["Row", Surroundings], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class RowRule:
    """A rule about one row."""

    code: str
    severity: Severity
    check: RowCheck
    bad: tuple[Example, ...]
    good: tuple[Example, ...]

    @property
    def title(self) -> str:
        """The sentence of the rule (the function's docstring)."""
        return (self.check.__doc__ or "").strip()


class DuplicateRuleError(RuntimeError):
    """Two rules claim one code: a fault of ours."""


_RULES: dict[str, RowRule] = {}


def row_rule(
    code: str, severity: Severity, *, bad: tuple[Example, ...], good: tuple[Example, ...]
) -> Callable[[RowCheck], RowCheck]:
    """Register a function as the rule `code`, with examples that must fail it and examples that must pass it."""

    def register(check: RowCheck) -> RowCheck:
        if code in _RULES:
            raise DuplicateRuleError(code)
        _RULES[code] = RowRule(code, severity, check, bad, good)
        return check

    return register


def all_rules() -> tuple[RowRule, ...]:
    """Every rule of every family in this folder, by code."""
    for family in pkgutil.iter_modules(checks.__path__, f"{checks.__name__}."):
        importlib.import_module(family.name)
    return tuple(_RULES[code] for code in sorted(_RULES))
