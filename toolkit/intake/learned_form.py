"""The form of a first ledger: its columns from left to right as they were understood, its own ones by what they hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.intake.cells import own_columns
from toolkit.intake.headers import How, Part, grammar_code, known_code, to_the_letter
from toolkit.intake.tables import money_unit
from toolkit.ledger.columns import BY_CODE, Filler
from toolkit.ledger.form import SUMMABLE, Form, FormColumn, OwnKind, complete
from toolkit.ledger.numbers import unit_named
from toolkit.ledger.own import heading_path, own_code
from toolkit.ledger.own_values import read_own
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.text import normal_heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.intake.headers import Heading
    from toolkit.intake.tables import Table
    from toolkit.ledger.submission import Row
    from toolkit.ledger.units import Directory

# What a heading says of its cells, the most telling words first: 金额 before 数, 日期 before 人.
_BY_WORDS = (
    (OwnKind.WAN, re.compile(r"[（(]万元[）)]|万元$")),
    (OwnKind.YUAN, re.compile(r"[（(]元[）)]")),
    (OwnKind.PERCENT, re.compile(r"率$|率[（(]|比例|[（(][%％][）)]|百分比|占比")),
    (OwnKind.DATE, re.compile(r"(?:日期|时间)$")),
    (OwnKind.CHOICE, re.compile(r"^(?:是否|有无)")),
    (OwnKind.NUMBER, re.compile(r"(?:个|人|户|件|次|条|项|份|起)数|数量|人次|[（(](?:个|项|件|人|户|亩)[）)]|得分|扣分")),
    (OwnKind.UNIT, re.compile(r"(?:单位|部门|科室|处室|股室)$")),
    (OwnKind.PEOPLE, re.compile(r"(?:责任人|联系人|负责人|经办人|领导|人员|姓名|人)$")),
)  # fmt: skip
_YES_NO = {"是否": ("是", "否"), "有无": ("有", "无")}
_SAYS_SUM = re.compile(r"金额|资金|数|人次|面积")
_REQUIRED = re.compile(r"必填")
# A word that comes again in other rows is one of a few to choose from; a text of this length is none.
_MOST_CHOICES, _LONGEST_CHOICE, _LEAST_ROWS = 6, 8, 8
_LONG_TEXT = 30
# From this share of fitting cells on the words of the heading are believed; an exception is then a finding.
_FITTING = 0.8


def learned_form(tables: Sequence[Table], rows: Sequence[Row], directory: Directory) -> Form:
    """The form that these tables of one ledger have; that of the largest, with what the others have beside it."""
    by_size = sorted(tables, key=lambda table: table.block.until - table.block.last, reverse=True)
    columns: dict[str, FormColumn] = {}
    for table in by_size:
        for column in _columns_of(table, rows, directory):
            columns.setdefault(column.code, column)
    return complete(columns.values())


_OPEN = frozenset({"lead_unit", "co_units"})


def choices_of(form: Form) -> Mapping[str, str]:
    """What the headings of a form mean, whatever their words alone or their neighbours would say: heading → code.

    责任单位 stays open: a return in another form may have 牵头单位 beside it.
    """
    told = [c for c in form.columns if c.code not in _OPEN or known_code(c.heading) != c.code]
    exact = {to_the_letter(column.heading): column.code for column in told}
    alike = {normal_heading(column.heading): column.code for column in reversed(told)}
    return alike | exact


def _columns_of(table: Table, rows: Sequence[Row], directory: Directory) -> Iterator[FormColumn]:
    own = own_columns(table)
    letters = {code for row in rows for code in row.letters}
    parts = {word.col: word.parts for word in table.block.words}
    has_ticks = False
    for heading in sorted(table.headings, key=lambda heading: heading.col):
        if heading.part is Part.TICK:
            if not has_ticks:
                yield _standard("status", BY_CODE["status"].header, is_sure=True)
            has_ticks = True
        elif heading.part is Part.PAST or heading.age:
            continue
        elif heading.col in own:
            yield own_column_of(own[heading.col], _texts(own[heading.col], rows), directory)
        elif heading.code:
            code = heading.code if heading.code in letters else _lifted(heading.code, letters)
            words = _words_of(heading, parts.get(heading.col, ()))
            words += _unit_above(table, heading) if code == "money" else ""
            yield _standard(code, words, is_sure=_is_sure(heading))


def _lifted(code: str, letters: set[str]) -> str:
    """A ledger with one level of problems keeps it as the sub-problem."""
    is_level = code in ("main_problem", "problem") and "sub_problem" in letters
    return "sub_problem" if is_level else code


def _words_of(heading: Heading, parts: Sequence[str]) -> str:
    """Its lowest words where they tell the column by themselves, else all of them (整改／时限)."""
    low = parts[-1] if parts else heading.text
    tells = heading.code in (known_code(low), grammar_code(low))
    return heading_path([low] if tells else [heading.text])


def _unit_above(table: Table, heading: Heading) -> str:
    """（元） where only a line above the table says that amounts are in 元: the column is sent out without that line."""
    unit = money_unit(table, heading.text)
    return f"（{unit}元）" if unit_named(heading.text) is None and unit != "万" else ""


def _is_sure(heading: Heading) -> bool:
    return heading.how in (How.CHOSEN, How.EXACT, How.SYNONYM, How.GRAMMAR)


def _standard(code: str, heading: str, *, is_sure: bool) -> FormColumn:
    column = BY_CODE[code]
    return FormColumn(
        heading=heading,
        code=code,
        filled_by=column.filled_by,
        required=column.required,
        is_sure=is_sure,
    )


def _texts(path: str, rows: Sequence[Row]) -> list[str]:
    """What stands in an own column, blanks left out."""
    return [row.own[path].text if path in row.own else "" for row in rows]


def own_column_of(path: str, texts: Sequence[str], directory: Directory) -> FormColumn:
    """An own column with this heading path, by its words and what stands in its cells ("" for blank ones)."""
    filled = [text for text in texts if text]
    kind, choices = _kind_of(path, filled, directory)
    is_amount = kind in (OwnKind.YUAN, OwnKind.WAN)
    return FormColumn(
        heading=path,
        code=own_code(path),
        kind=kind,
        # What the first ledger brings filled in is the office's own content; the rest is asked of the units.
        filled_by=Filler.OFFICE if len(filled) * 2 > len(texts) else Filler.UNIT,
        required=bool(_REQUIRED.search(path)),
        choices=choices,
        is_summed=is_amount or (kind in SUMMABLE and bool(_SAYS_SUM.search(path))),
        is_sure=False,
    )


def _kind_of(
    path: str, filled: Sequence[str], directory: Directory
) -> tuple[OwnKind, tuple[str, ...]]:
    words = path.rsplit("／", maxsplit=1)[-1]
    for kind, said in _BY_WORDS:
        if said.search(words):
            choices = _YES_NO.get(words[:2], ()) if kind is OwnKind.CHOICE else ()
            if _fits(
                FormColumn(heading=path, code="", kind=kind, choices=choices), filled, directory
            ):
                return kind, choices
    return _by_cells(path, filled, directory)


def _fits(column: FormColumn, filled: Sequence[str], directory: Directory) -> bool:
    good = sum(not isinstance(read_own(column, text, directory), Unreadable) for text in filled)
    return good >= len(filled) * _FITTING


def _by_cells(
    path: str, filled: Sequence[str], directory: Directory
) -> tuple[OwnKind, tuple[str, ...]]:
    """The kind of a column whose heading tells nothing, by what stands in it."""
    is_number = FormColumn(heading=path, code="", kind=OwnKind.NUMBER)
    if filled and _fits(is_number, filled, directory) and not _is_name_of_row(path):
        return OwnKind.NUMBER, ()
    words = tuple(dict.fromkeys(filled))
    few = 1 < len(words) <= _MOST_CHOICES and len(filled) >= max(_LEAST_ROWS, 2 * len(words))
    if few and all(len(word) <= _LONGEST_CHOICE for word in words):
        return OwnKind.CHOICE, words
    is_long = any(len(text) > _LONG_TEXT for text in filled)
    return (OwnKind.PROSE if is_long else OwnKind.TEXT), ()


def _is_name_of_row(path: str) -> bool:
    """Whether figures in a column are names (编号, 文号, 电话), which nobody adds up."""
    return bool(re.search(r"号|编码|代码|电话|方式|手机|年度|年份", normal_heading(path)))
