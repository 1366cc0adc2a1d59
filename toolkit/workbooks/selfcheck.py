"""自检: the column in which a ledger says of each row what it lacks, by the rules that a formula can say.

The words come from one place, `SelfCheck.words`: the formula joins them where its conditions hold, and the value written
beside it (for readers that do not calculate) joins them where the toolkit's own rules fired. The sheet sees less than
the office: of the register it knows the office's columns and the due date behind the words of 整改时限; a deadline that
is typed into a row of its own counts when it is a date, 长期坚持 or 立行立改.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.checks.examine import Plan
from toolkit.checks.policy import policy_of
from toolkit.checks.rule import CheckContext, all_rules
from toolkit.ledger.columns import CODES
from toolkit.ledger.deadlines import DeadlineKind
from toolkit.ledger.form import Form
from toolkit.ledger.status import Status, worded
from toolkit.ledger.submission import Role
from toolkit.ledger.text import as_typed
from toolkit.sheets.grid import column_letters
from toolkit.workbooks import formulas
from toolkit.workbooks.formulas import ROW, Sources, date_literal, literal
from toolkit.workbooks.layout import Layout, layout_of
from toolkit.workbooks.ledger_row import IMMEDIATE_WORDS, STANDING_WORDS, LedgerRow, seen
from toolkit.workbooks.ledger_sheet import KEY_HEADER, drop_downs, list_ranges

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from toolkit.checks.rule import Case, Rule
    from toolkit.ledger.deadlines import Deadline
    from toolkit.ledger.finding import Severity
    from toolkit.settings.model import Settings

SELF_CHECK, CLEAN, BROKEN = "自检", "√", "本行有错误值，请先改正"
_DUE, _STANDING, _STATE, _DAY, _DONE = "_due", "_standing", "_state", "_day", "_done"
_READ = {"due": _DUE, "standing": _STANDING, "state": _STATE, "done_on": _DONE}
_JOIN = "；"
# Excel takes 8192 characters a formula; the words are spread over hidden columns well below that.
_LONGEST = 4000
_NO_DAY = "?"
_SERIAL_ZERO = dt.date(1899, 12, 30)

# The words of a row need no more than this many characters of the cell.
_MOST_WORDS = 2000
Value = str | int | bool


@dataclass(frozen=True, slots=True)
class Point:
    """What one rule can say of one cell: the words, and the condition in the sheet (what silences it left out)."""

    rule: Rule
    column: str
    says: str
    condition: str


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A column right of the ledger's: its heading, whether people see it, its formula ("" where it has none)."""

    header: str
    formula: str
    hidden: bool = True

    @property
    def is_shared(self) -> bool:
        """Whether the formula is the same in all rows, moved down: nothing of a single row is written into it."""
        return bool(self.formula) and _KNOWN not in self.formula


class SelfCheck:
    """The self-check of one ledger: the same rules as formulas and as words."""

    def __init__(self, settings: Settings, as_of: dt.date, layout: Layout | None = None) -> None:
        """`layout` tells the columns left of 自检; without it they are the standard ones."""
        self.layout = layout or layout_of(Form())
        self.first = self.layout.width
        # A blank row is one without an entry in the ledger's columns; own ones right of a standard form never counted.
        self._filled_in = self.layout.standard_width
        codes = frozenset(rule.code for rule in all_rules())
        policy = policy_of(
            (choice for choice in settings.rules if choice.code in codes), all_rules(), ()
        )
        self._rules = policy.rules(tuple(rule for rule in all_rules() if rule.mirrors))
        self._around = CheckContext(
            settings=settings, as_of=as_of, role=Role.RETURN, parameters=policy.parameters
        )
        self._context = settings.context
        self._plan = Plan(self._rules)
        self.lists = {
            **drop_downs(settings),
            **formulas.lists_of(settings, self._rules, self._around),
        }
        named = frozenset(code for rule in self._rules for code in rule.silenced_by)
        self._silencing = tuple(rule.code for rule in self._rules if rule.code in named)
        lacks = () if all(code in self.layout.index for code in CODES) else (_LACKING,)
        headers = (
            SELF_CHECK, KEY_HEADER, *_READ.values(), _DAY, *map(_helper, self._silencing), *lacks,
        )  # fmt: skip
        self._letters = {
            header: column_letters(self.first + n) for n, header in enumerate(headers, 1)
        }
        self.ranges = list_ranges(self.lists)
        self.points = tuple(self._points(self.ranges))
        self.columns = tuple(self._columns(self.ranges))

    def words(self, fired: Collection[tuple[str, str]]) -> str:
        """What 自检 says where these (rule, column) have fired: the words of each point, in the order of the rules."""
        return _JOIN.join(
            point.says for point in self.points if (point.rule.code, point.column) in fired
        )

    def says(self, row: LedgerRow) -> str:
        """What 自检 says of a row: "" of one with nothing in it, a tick of a clean one."""
        return str(self._values(row)[SELF_CHECK])

    def written(
        self, row: LedgerRow, number: int, *, is_first: bool = True
    ) -> Iterator[tuple[OwnColumn, str, Value]]:
        """The own columns of a row that Excel numbers `number`, each with its formula and value.

        Of rows behind the first only those formulas are given that are not the first row's moved down.
        """
        values = self._values(row)
        known = {_DUE: self._known_due(row), _STANDING: self._known_standing(row)}
        for column in self.columns:
            formula = ""
            if is_first or not column.is_shared:
                told = column.formula.replace(_KNOWN, known.get(column.header, ""))
                formula = told.replace(ROW, str(number))
            yield column, formula, values.get(column.header, "")

    def counter(self, first: int, last: int) -> str:
        """The formula of the line above the table: how many rows there are, and how many have something to put right."""
        letters = self._letters[SELF_CHECK]
        cells = f"${letters}${first}:${letters}${last}"
        clean = f"SUMPRODUCT(--({cells}={literal(CLEAN)}))"
        filled = f"SUMPRODUCT(--(LEN({cells})>0))"
        return f'="共"&{filled}&"行，自检通过"&{clean}&"行，待核对"&({filled}-{clean})&"行"'

    def colours(self, number: int) -> Iterator[tuple[str, Severity, str]]:
        """(column code, severity, condition) for conditional formats from this row on, the most severe first of a column.

        The condition looks for the words in 自检, so that colour and words never disagree.
        """
        cell = f"{literal(_JOIN)}&${self._letters[SELF_CHECK]}{number}&{literal(_JOIN)}"
        said: dict[tuple[str, Severity], list[str]] = {}
        for point in self.points:
            said.setdefault((point.column, point.rule.severity), []).append(point.says)
        for code in CODES:
            for severity in type(self.points[0].rule.severity) if self.points else ():
                words = dict.fromkeys(said.get((code, severity), ()))
                tests = [
                    f"ISNUMBER(FIND({literal(_JOIN + word + _JOIN)},{cell}))" for word in words
                ]
                if tests:
                    yield code, severity, f"=OR({','.join(tests)})"

    def parameter(self, name: str) -> int | None:
        """The office's value of a whole-number parameter; None where no rule that is on has it."""
        found = (
            parameter
            for rule in self._rules
            for parameter in rule.parameters
            if parameter.name == name
        )
        return next((int(self._around.of(parameter)) for parameter in found), None)

    # --- as formulas

    def _points(self, ranges: Mapping[str, str]) -> Iterator[Point]:
        cells = {code: self._of(code) for code in CODES}
        sources = Sources(
            {**cells, **{name: self._cell(_READ[name]) for name in _READ}}, ranges, self._around
        )
        for rule in self._rules:
            for column in dict.fromkeys(mirror.column for mirror in rule.mirrors):
                if column not in self.layout.index:
                    continue  # what the form lacks is never complained about
                own = [mirror for mirror in rule.mirrors if mirror.column == column]
                expanded = (sources.expand(mirror.formula, rule) for mirror in own)
                if conditions := [said for said in expanded if said is not None]:
                    says = worded(own[0].says, self._around.settings.words.of)
                    yield Point(rule, column, says, self._when_asked(rule, _any(conditions)))

    def _of(self, code: str) -> str:
        """The cell of a standard column; one that is always blank where the sheet has no such column."""
        letters = self.layout.letters.get(code)
        return f"${letters}{ROW}" if letters else self._cell(_LACKING)

    def _cell(self, header: str) -> str:
        return f"${self._letters[header]}{ROW}"

    def _when_asked(self, rule: Rule, condition: str) -> str:
        """The condition in the statuses that the rule is asked in."""
        if rule.on is None:
            return condition
        words = [
            self._around.settings.words.of(status) if status else ""
            for status in (None, *Status)
            if status in rule.on
        ]
        return (
            f"AND({_any([f'{self._cell(_STATE)}={literal(word)}' for word in words])},{condition})"
        )

    def _unless_moot(self, point: Point) -> str:
        """The condition where no rule that silences the point has fired on the row."""
        silencers = [
            self._cell(_helper(code)) for code in self._silencing if code in point.rule.silenced_by
        ]
        alone = sum(other.rule is point.rule for other in self.points) == 1
        known = (
            alone and point.rule.code in self._silencing
        )  # a hidden column holds the condition already
        condition = self._cell(_helper(point.rule.code)) if known else point.condition
        return f"AND({condition},NOT({_any(silencers)}))" if silencers else condition

    def _columns(self, ranges: Mapping[str, str]) -> Iterator[OwnColumn]:
        deadline, status, done = map(self._of, ("deadline", "status", "completed_on"))
        parts = tuple(self._parts())
        first = self.first + len(self._letters) + 1
        words = (
            "&".join(f"${column_letters(first + number)}{ROW}" for number in range(len(parts)))
            or '""'
        )
        said = f'IF({words}="",{literal(CLEAN)},MID({words},2,{_MOST_WORDS}))'
        last = column_letters(self._filled_in)
        nothing = f"COUNTA($A{ROW}:${last}{ROW})=0"
        yield OwnColumn(
            SELF_CHECK, f'=IFERROR(IF({nothing},"",{said}),{literal(BROKEN)})', hidden=False
        )
        yield OwnColumn(KEY_HEADER, "")
        yield OwnColumn(_DUE, f"=IF(ISNUMBER({deadline}),INT({deadline}),{_KNOWN})")
        yield OwnColumn(_STANDING, f'=IF(ISNUMBER({deadline}),"",{_KNOWN})')
        yield OwnColumn(_STATE, "=" + formulas.state_formula(status, ranges, self._around.settings))
        yield OwnColumn(_DONE, "=" + formulas.done_formula(done, self._cell(_DAY)))
        yield OwnColumn(_DAY, "=" + formulas.day_formula(done))
        for code in self._silencing:
            conditions = [point.condition for point in self.points if point.rule.code == code]
            yield OwnColumn(_helper(code), "=" + _any(conditions) if conditions else "=FALSE")
        if _LACKING in self._letters:
            yield OwnColumn(_LACKING, "")
        for number, part in enumerate(parts, 1):
            yield OwnColumn(f"{_WORDS}{number}", f"={part}")

    def _parts(self) -> Iterator[str]:
        """The words as formulas, as many as keep each of them short enough."""
        part = ""
        for point in self.points:
            said = f'IF({self._unless_moot(point)},{literal(_JOIN + point.says)},"")'
            if part and len(part) + len(said) > _LONGEST:
                yield part
                part = ""
            part += ("&" if part else "") + said
        if part:
            yield part

    def _known_due(self, row: LedgerRow) -> str:
        """What stands in `_due` where the deadline's cell holds no date."""
        task = self._around.settings.task
        if row.deadline is not None:
            return (
                date_literal(row.deadline.due)
                if row.deadline.due
                else literal(str(_due(row.deadline)))
            )
        if row.key or not task.feedback_on:
            return '""'
        immediate = f"{date_literal(task.feedback_on)}+{task.immediate_days}"
        return f'IF({self._of("deadline")}={literal(IMMEDIATE_WORDS)},{immediate},"")'

    def _known_standing(self, row: LedgerRow) -> str:
        """What stands in `_standing` where the deadline's cell holds no date."""
        if row.deadline is not None:
            return "1" if row.deadline.standing else '""'
        return '""' if row.key else f'IF({self._of("deadline")}={literal(STANDING_WORDS)},1,"")'

    # --- by the toolkit's own rules

    def _values(self, row: LedgerRow) -> dict[str, Value]:
        if not row.cells:
            return {SELF_CHECK: "", **dict.fromkeys(map(_helper, self._silencing), False)}
        case = seen(row, self._around, self._context, self.layout.letters)
        raw = [
            (rule, fault.column)
            for rule in self._plan.asked(case)
            for fault in rule.check(case)
            if fault.column in self.layout.index
        ]
        codes = {rule.code for rule, _ in raw}
        words = self.words(
            {(rule.code, column) for rule, column in raw if codes.isdisjoint(rule.silenced_by)}
        )
        return {
            SELF_CHECK: words or CLEAN,
            KEY_HEADER: row.key,
            **self._read(case, row),
            **{_helper(code): code in codes for code in self._silencing},
            f"{_WORDS}1": _JOIN + words if words else "",
        }

    def _read(self, case: Case, row: LedgerRow) -> dict[str, Value]:
        """What the sheet reads out of the cells."""
        item, done = case.item, row.cells.get("completed_on")
        return {
            _DUE: _due(item.deadline),
            _STANDING: 1 if item.deadline and item.deadline.standing else "",
            _STATE: self._around.settings.words.of(item.status) if item.status else "",
            _DAY: str(_serial(done))
            if isinstance(done, dt.date)
            else formulas.day_words(as_typed(done)),
            _DONE: _serial(item.completed_on) if item.completed_on else "",
        }


_KNOWN, _WORDS = "¤", "_words"
# A column that is always blank: what formulas look at where the form lacks a column.
_LACKING = "_lacking"


def counted(texts: Sequence[str]) -> str:
    """What the line above the table says of rows whose 自检 says this."""
    filled = [text for text in texts if text]
    clean = filled.count(CLEAN)
    return f"共{len(filled)}行，自检通过{clean}行，待核对{len(filled) - clean}行"


def _helper(code: str) -> str:
    return f"_{code}"


def _any(conditions: Sequence[str]) -> str:
    return conditions[0] if len(conditions) == 1 else f"OR({','.join(conditions)})"


def _serial(day: dt.date) -> int:
    return (day - _SERIAL_ZERO).days


def _due(deadline: Deadline | None) -> Value:
    if deadline is None or deadline.kind is DeadlineKind.STANDING:
        return ""
    return _serial(deadline.due) if deadline.due else _NO_DAY
