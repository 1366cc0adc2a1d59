"""What a rule is, and the registry that every rule joins by existing.

A rule is one function. Its code, severity, and its examples stand in the decorator, its sentence is its docstring
(Chinese: it is what the user reads in the list of rules). The engine adds the place; a rule cannot lie about it.
There are three scopes, three decorators: one row, one submission, the whole ledger after the round.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from toolkit import checks
from toolkit.ledger.columns import BY_CODE, COLUMNS, Filler
from toolkit.ledger.status import Status
from toolkit.ledger.text import says_nothing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from toolkit.ledger.entry import Entry
    from toolkit.ledger.finding import Severity
    from toolkit.ledger.item import Item
    from toolkit.ledger.reading import Unreadable
    from toolkit.ledger.submission import Role, Row, Submission
    from toolkit.settings.model import Settings

T = TypeVar("T", int, tuple[str, ...])

# What a rule may need besides columns: something unreadable in the row, something that the register knew of the item,
# ten digits or more in a row of what was typed.
UNREADABLE, BEFORE, LONG_NUMBER = "?unreadable", "?before", "?long_number"
OPEN = frozenset({None, Status.NOT_STARTED, Status.IN_PROGRESS, Status.PHASED})
"""The statuses of an item that still has something to do."""
_BY_UNIT = frozenset(column.code for column in COLUMNS if column.filled_by is Filler.UNIT)


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule says: the column it points at (code), what is wrong and an instruction to put it right.

    A status is named by its code in braces, `{DONE}`, here as in the rule's sentence and in what 自检 says: it is read in
    the word of the office.
    """

    column: str
    message: str
    fix: str


@dataclass(frozen=True, slots=True, eq=False)
class Parameter(Generic[T]):
    """What an office may change about a rule: a whole number, or words separated by 、 (sheet 校验规则)."""

    name: str
    default: T
    explanation: str


@dataclass(frozen=True, slots=True)
class SheetFormula:
    """The rule as a worksheet formula, for the 自检 column: true where the row breaks the rule.

    The sheet itself adds the statuses of `Rule.on` and the silence of `Rule.silenced_by`. `formula` names cells by column code
    in braces (`{kind}`), and what the sheet reads out of them: `{state}` the printed word of the status that the cell
    means ("" where it means none), `{done_on}` the date of 完成时间 ("" where it is none), `{due}` the due date ("?"
    where the words lead to no day, "" where the sheet knows none), `{standing}` not "" where the deadline goes on
    (长期坚持). `{DONE}` … are the printed words of the statuses, `{FEEDBACK}`, `{PHASE_END}`, `{INSPECTED_FROM}` dates of
    the settings (a mirror whose date is not set is left out), `{IMMEDIATE_DAYS}` the days of 立行立改, `{TODAY}` the day;
    a whole-number parameter stands by its name. `{BLANK:code}` is true for a cell that holds nothing, `{LACKS:code}`
    also for one that says 无, `{NUMBER:code}` for one that reads as its kind of number, `{HAS_WORD:code:parameter}`
    where one of the words of the parameter stands in the cell.
    `says` is what the 自检 column prints, with statuses as `{DONE}`; `column` is the cell that is coloured, and the column of the rule's fault.
    Two mirrors of one rule on one column are one: either breaks it, the first speaks.
    """

    column: str
    formula: str
    says: str


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What a rule may know besides the row.

    `known` are the register's entries before this round, by id, `last_as_of` is the day that they stand for; `unchanged_periods` counts, by id, the past rounds (as-of dates)
    in which the progress text of an item did not change; `parameters` are the office's values, by parameter.
    """

    settings: Settings
    as_of: date
    role: Role
    known: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))
    unchanged_periods: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    parameters: Mapping[Parameter[Any], Any] = field(default_factory=lambda: MappingProxyType({}))
    last_as_of: date | None = None

    def of(self, parameter: Parameter[T]) -> T:
        """The office's value of a parameter, else its default."""
        return cast("T", self.parameters.get(parameter, parameter.default))


@dataclass(frozen=True, slots=True)
class Case:
    """One row under examination.

    `row` is what was typed; `item` is what stands once the row is taken (the register's values where the row is blank,
    and in the office's columns always); `before` is what the register knew, None for an item that is new; `words` is
    all that was typed, in one text: a quick look before a close one.
    """

    row: Row
    item: Item
    before: Entry | None
    around: CheckContext
    words: str = ""

    def fault(self, code: str) -> Unreadable | None:
        """Why the cell of this column cannot be read; None where it can, or where the reader has said so already."""
        found = self.row.unreadable.get(code)
        return None if found is None or found.reported else found

    def has_column(self, code: str) -> bool:
        """Whether the table that the row stands in has this column."""
        return code in self.row.letters

    def is_due(self, code: str) -> bool:
        """Whether this row owes the column: its table has it, or it came back without a column that was sent out."""
        return self.has_column(code) or self.before is not None

    def is_left_blank(self) -> bool:
        """Whether the row says nothing in any column that the unit fills."""
        return _BY_UNIT.isdisjoint(self.row.typed)

    def explains(self) -> bool:
        """Whether the row gives a reason that the register has not heard: something new in 备注 or 存在困难."""
        known = self.before.item if self.before else None
        return any(
            code in self.row.typed
            and not says_nothing(text := getattr(self.row.item, code))
            and text != (getattr(known, code) if known else "")
            for code in ("remarks", "difficulty")
        )


def first_of(words: Iterable[str], text: str) -> str:
    """The first of these words that stands in the text; "" where none does."""
    for word in words:  # a plain loop: three times as fast as a generator expression
        if word in text:
            return word
    return ""


# An example is what a person typed, by standard header: {"整改状态": "已完成", "完成时间": ""}; a header behind 上期·
# says what the register knew, 连续未变 how many rounds the progress text has stood.
Example = Mapping[str, str]
Examples = tuple[Example, ...]
RowCheck = Callable[[Case], Iterator[Fault]]
TableCheck = Callable[["Sequence[Case]", CheckContext], "Iterator[tuple[Case, Fault]]"]
SubmissionCheck = Callable[
    ["Submission", "Sequence[Case]", CheckContext], "Iterator[tuple[Case | None, Fault]]"
]


class Scope(StrEnum):
    """What a rule looks at."""

    ROW = "一行"
    SUBMISSION = "一份报送件"
    LEDGER = "全部台账"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of any scope.

    `bad` and `good` are examples; of a row rule each is one row, of the others each is a table of rows.
    `on`: the statuses in which a row rule is asked at all; `needs`: the columns that must say something for it, and
    UNREADABLE, BEFORE or LONG_NUMBER where it is about those.
    `silenced_by`: the codes whose finding on the same row silences this rule (one mistake gives one finding).
    """

    code: str
    severity: Severity
    scope: Scope
    check: Callable[..., Any]
    bad: tuple[Any, ...]
    good: tuple[Any, ...]
    on: frozenset[Status | None] | None = None
    needs: tuple[str, ...] = ()
    silenced_by: frozenset[str] = frozenset()
    parameters: tuple[Parameter[Any], ...] = ()
    mirrors: tuple[SheetFormula, ...] = ()

    @property
    def title(self) -> str:
        """The sentence of the rule (the function's docstring)."""
        return (self.check.__doc__ or "").strip()


class RuleFaultError(RuntimeError):
    """A rule is declared wrongly: a fault of ours."""


_RULES: dict[str, Rule] = {}
_KNOWN = frozenset((*BY_CODE, UNREADABLE, BEFORE, LONG_NUMBER))


def _register(rule: Rule) -> None:
    if rule.code in _RULES:
        raise RuleFaultError(f"{rule.code} is declared twice")
    if unknown := [
        code
        for code in (*rule.needs, *(mirror.column for mirror in rule.mirrors))
        if code not in _KNOWN
    ]:
        raise RuleFaultError(f"{rule.code} names unknown columns: {unknown}")
    _RULES[rule.code] = rule


def row_rule(
    code: str, severity: Severity, *, bad: Examples, good: Examples, on: Iterable[Status | None] | None = None,
    needs: tuple[str, ...] = (), silenced_by: tuple[str, ...] = (), parameters: tuple[Parameter[Any], ...] = (),
    mirrors: tuple[SheetFormula, ...] = (),
) -> Callable[[RowCheck], RowCheck]:  # fmt: skip
    """Register a function as the rule `code` about one row; see `Rule` for what the words mean."""

    def register(check: RowCheck) -> RowCheck:
        _register(
            Rule(
                code=code, severity=severity, scope=Scope.ROW, check=check, bad=bad, good=good,
                on=None if on is None else frozenset(on), needs=needs, silenced_by=frozenset(silenced_by), parameters=parameters,
                mirrors=mirrors,
            )
        )  # fmt: skip
        return check

    return register


def submission_rule(
    code: str, severity: Severity, *, bad: tuple[Examples, ...], good: tuple[Examples, ...]
) -> Callable[[SubmissionCheck], SubmissionCheck]:
    """Register a function as the rule `code` about one submission with all its rows."""

    def register(check: SubmissionCheck) -> SubmissionCheck:
        _register(
            Rule(
                code=code,
                severity=severity,
                scope=Scope.SUBMISSION,
                check=check,
                bad=bad,
                good=good,
            )
        )
        return check

    return register


def ledger_rule(
    code: str, severity: Severity, *, bad: tuple[Examples, ...], good: tuple[Examples, ...],
    silenced_by: tuple[str, ...] = (), parameters: tuple[Parameter[Any], ...] = (),
) -> Callable[[TableCheck], TableCheck]:  # fmt: skip
    """Register a function as the rule `code` about the whole ledger as it stands after the round."""

    def register(check: TableCheck) -> TableCheck:
        _register(
            Rule(
                code=code, severity=severity, scope=Scope.LEDGER, check=check, bad=bad, good=good,
                silenced_by=frozenset(silenced_by), parameters=parameters,
            )
        )  # fmt: skip
        return check

    return register


def all_rules() -> tuple[Rule, ...]:
    """Every rule of every family in this folder, by code."""
    for family in pkgutil.iter_modules(checks.__path__, f"{checks.__name__}."):
        importlib.import_module(family.name)
    return tuple(_RULES[code] for code in sorted(_RULES))
