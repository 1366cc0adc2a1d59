"""A rule's mirror as a worksheet formula: placeholders become cells, dates, words and ranges.

Only functions that Excel 2007, WPS and LibreOffice all know. A formula is made once for a sheet, with `ROW` where the
number of the row will stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.ledger.columns import BY_CODE, Kind
from toolkit.ledger.numbers import TOO_MUCH, beside_figures
from toolkit.ledger.status import LEAST_PERCENT, Status, spellings
from toolkit.ledger.text import nothings

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from toolkit.checks.rule import CheckContext, Rule
    from toolkit.settings.model import Settings

ROW = "§"
_PLACEHOLDER = re.compile(r'\{([^{}"]+)\}')
# What a written date is cut at, and what is dropped from it, before it is tried as year-month-day.
_DAY_MARKS = (
    ("年", "-"),
    ("月", "-"),
    ("/", "-"),
    (".", "-"),
    ("．", "-"),
    ("日", ""),
    ("号", ""),
    (" ", ""),
    ("完成", ""),
)
# Names of the lists of the hidden dictionary sheet that formulas look into.
BLANKS, NOTHINGS, SPELLINGS, MEANINGS, MONEY, COUNT = (
    "空白",
    "没有",
    "状态写法",
    "状态含义",
    "金额写法",
    "人次写法",
)


class FormulaFaultError(RuntimeError):
    """A mirror is declared wrongly: a fault of ours."""


def lists_of(
    settings: Settings, rules: Sequence[Rule], around: CheckContext
) -> dict[str, tuple[str, ...]]:
    """The lists that the formulas of these rules look into: words of the ledger's grammar and of the office."""
    blanks, nothing = nothings()
    meant, _ = spellings({status: settings.words.of(status) for status in Status})
    meant = {**meant, **settings.meanings}
    money, count = beside_figures()
    words: dict[str, tuple[str, ...]] = {
        parameter.name: around.of(parameter)
        for rule in rules
        for parameter in rule.parameters
        if isinstance(parameter.default, tuple)
    }
    return {
        BLANKS: ("　", *blanks),
        NOTHINGS: ("　", *nothing),
        SPELLINGS: tuple(meant),
        MEANINGS: tuple(settings.words.of(status) for status in meant.values()),
        MONEY: tuple(f"#{left}" for left in money),
        COUNT: tuple(f"#{left}" for left in count),
        **words,
    }


def literal(text: str) -> str:
    """A text as it stands in a formula."""
    return '"' + text.replace('"', '""') + '"'


def date_literal(day: dt.date) -> str:
    """A day as it stands in a formula."""
    return f"DATE({day.year},{day.month},{day.day})"


@dataclass(frozen=True, slots=True)
class Sources:
    """What placeholders stand for on one sheet: `cells` by column code and by what the sheet reads out, `ranges` by name."""

    cells: Mapping[str, str]
    ranges: Mapping[str, str]
    around: CheckContext

    def expand(self, formula: str, rule: Rule) -> str | None:
        """The mirror of a rule with every placeholder filled; None where a date that it needs is not set."""
        parts: list[str] = []
        end = 0
        for found in _PLACEHOLDER.finditer(formula):
            said = self._placeholder(found[1], rule)
            if said is None:
                return None
            parts += [formula[end : found.start()], said]
            end = found.end()
        return "".join((*parts, formula[end:]))

    def _placeholder(self, said: str, rule: Rule) -> str | None:
        name, *further = said.split(":")
        if name in self.cells and not further:
            return self.cells[name]
        match name, further:
            case "BLANK", [code]:
                return self._is_one_of(code, BLANKS)
            case "LACKS", [code]:
                return self._is_one_of(code, NOTHINGS)
            case "NUMBER", [code]:
                return self._is_number(code)
            case "HAS_WORD", [code, words]:
                return self._has_word(code, words)
            case _, []:
                return self._value(name, rule)
        raise FormulaFaultError(f"{rule.code}: {{{said}}}")

    def _value(self, name: str, rule: Rule) -> str | None:
        task, words = self.around.settings.task, self.around.settings.words
        dates = {
            "FEEDBACK": task.feedback_on,
            "PHASE_END": task.phase_end,
            "INSPECTED_FROM": task.inspected_from,
        }
        if name in dates:
            day = dates[name]
            return date_literal(day) if day else None
        if name == "TODAY":
            return "TODAY()"
        if name == "IMMEDIATE_DAYS":
            return str(task.immediate_days)
        if name in Status.__members__:
            return literal(words.of(Status[name]))
        for parameter in rule.parameters:
            if parameter.name == name:
                return str(self.around.of(parameter))
        raise FormulaFaultError(f"{rule.code}: {{{name}}}")

    def _is_one_of(self, code: str, name: str) -> str:
        cell = self.cells[code]
        return f'OR(TRIM({cell})="",SUMPRODUCT(--({self.ranges[name]}=TRIM({cell})))>0)'

    def _has_word(self, code: str, words: str) -> str:
        words_range = self.ranges.get(words)  # an office may have emptied the list
        return (
            f"SUMPRODUCT(--ISNUMBER(FIND({words_range},{self.cells[code]})))>0"
            if words_range
            else "FALSE"
        )

    def _is_number(self, code: str) -> str:
        """A number of 0 or more, or text that begins with a figure and holds nothing but figures and what may stand by."""
        cell, whole = self.cells[code], BY_CODE[code].kind is Kind.COUNT
        left = f'SUBSTITUTE(SUBSTITUTE(TRIM({cell}),",",""),"，","")'
        for figure in range(10):
            left = f'SUBSTITUTE({left},{figure},"")'
        beside = self.ranges[COUNT if whole else MONEY]
        number = (
            f"AND({cell}>=0,INT({cell})={cell})" if whole else f"AND({cell}>=0,{cell}<{TOO_MUCH})"
        )
        text = f'AND(ISNUMBER(--LEFT(TRIM({cell}),1)),SUMPRODUCT(--({beside}="#"&{left}))>0)'
        return f"IF(ISNUMBER({cell}),{number},{text})"


def state_formula(cell: str, ranges: Mapping[str, str], settings: Settings) -> str:
    """The printed word of the status that a cell means: a known spelling, or a share between 0 and 1; else ""."""
    done, open_, none = (
        literal(settings.words.of(status))
        for status in (Status.DONE, Status.IN_PROGRESS, Status.NOT_STARTED)
    )
    word = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({cell},CHAR(10),""),"　",""),"％","%")'
    for mark in spellings()[1]:
        word = f'SUBSTITUTE({word},{literal(mark)},"")'
    no_share = f"OR({cell}<0,AND({cell}>1,{cell}<{LEAST_PERCENT}),{cell}>100)"
    share = f'IF({no_share},"",IF(OR({cell}=1,{cell}=100),{done},IF({cell}=0,{none},{open_})))'
    return f'IF(ISNUMBER({cell}),{share},IFERROR(LOOKUP(2,1/({ranges[SPELLINGS]}={word}),{ranges[MEANINGS]}),""))'


def day_formula(cell: str) -> str:
    """The words of a date cut into year-month-day, eight figures in a row too."""
    text = f"TRIM({cell})"
    for mark, put in _DAY_MARKS:
        text = f"SUBSTITUTE({text},{literal(mark)},{literal(put)})"
    compact = f'LEFT({cell},4)&"-"&MID({cell},5,2)&"-"&RIGHT({cell},2)'
    return f'IF(AND(LEN({cell})=8,ISNUMBER(--{cell}),ISERROR(FIND("-",{cell}))),{compact},{text})'


def day_words(typed: str) -> str:
    """What `day_formula` gives for this text."""
    if len(typed) == 8 and typed.isdecimal():
        return f"{typed[:4]}-{typed[4:6]}-{typed[6:]}"
    text = typed.strip(" ")
    for mark, put in _DAY_MARKS:
        text = text.replace(mark, put)
    return text


def done_formula(cell: str, day: str) -> str:
    """The date that a cell holds or says; "" where it is none, or one without its year or day."""
    dashes = (
        f'AND(LEN({day})-LEN(SUBSTITUTE({day},"-",""))=2,OR(FIND("-",{day})=3,FIND("-",{day})=5))'
    )
    year = f'IF(FIND("-",{day})=3,"20","")'
    said = f'IFERROR(IF({dashes},DATEVALUE({year}&{day}),""),"")'
    return f"IF(ISNUMBER({cell}),IF({cell}<2958466,INT({cell}),{said}),{said})"
