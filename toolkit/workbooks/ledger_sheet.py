"""The ledger as a sheet: the same columns, widths, drop-downs and formats in the template, the dispatched and the consolidated workbook."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.ledger.columns import COLUMNS, Column, Filler, Kind
from toolkit.ledger.form import SUMMABLE, FormColumn, OwnKind
from toolkit.ledger.numbers import IN_WAN, unit_named
from toolkit.ledger.status import Status, worded
from toolkit.ledger.values import shown
from toolkit.sheets.grid import column_letters
from toolkit.workbooks.formats import Look, row_height

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from toolkit.ledger.item import Item
    from toolkit.settings.model import Settings
    from toolkit.workbooks.layout import Layout, Placed

LEDGER_SHEET, DICTIONARY_SHEET = "整改台账", "_字典"
KEY_HEADER = "_key"
# Texts that share a row with others, each with the width of its column.
Texts = Mapping[str, tuple[str, float]]


def as_cell(item: Item, column: Column, settings: Settings) -> object:
    """What stands in the workbook's cell for this column of an item: text, a number, a date or None."""
    return cell_value(column, getattr(item, column.code), settings)


def cell_value(column: Column, value: object, settings: Settings) -> object:
    """A value of this column as a person reads it in a cell."""
    return shown(column, value, settings.words.of)


def write_cell(sheet: Worksheet, row: int, col: int, value: object, style: Format) -> None:
    """One cell by the type of its value; text is written as text whatever it begins with."""
    match value:
        case None | "":
            sheet.write_blank(row, col, None, style)
        case bool():
            sheet.write_boolean(row, col, value, style)
        case int() | float() | Decimal():
            sheet.write_number(row, col, float(value), style)
        case dt.date():
            sheet.write_datetime(row, col, dt.datetime(value.year, value.month, value.day), style)
        case _:
            sheet.write_string(row, col, str(value), style)


def style_of(column: Column, looks: Look, value: object = None) -> Format:
    """The format of a cell of this column."""
    if column.kind in (Kind.DATE, Kind.DEADLINE) and (value is None or isinstance(value, dt.date)):
        return looks.office_date if column.filled_by is Filler.OFFICE else looks.date
    if column.kind is Kind.MONEY:
        return looks.money
    if column.kind is Kind.COUNT:
        return looks.number
    if column.kind in (Kind.STATUS, Kind.ID, Kind.CHOICE) and column.filled_by is Filler.UNIT:
        return looks.centre
    return looks.office if column.filled_by is Filler.OFFICE else looks.text


def write_head(sheet: Worksheet, row: int, looks: Look, layout: Layout) -> None:
    """The headings of all columns, with their widths."""
    for col, placed in enumerate(layout.columns):
        sheet.set_column(col, col, placed.width, looks.plain)
        sheet.write_string(row, col, placed.heading, looks.head)
    sheet.set_row(row, 32)


def write_row(
    sheet: Worksheet, row: int, cells: Mapping[str, object], own: Mapping[str, str], looks: Look,
    layout: Layout, beside: Texts = MappingProxyType({}),
) -> None:  # fmt: skip
    """The ledger's cells of one row, high enough for its longest text and for what stands `beside` it.

    `cells` are the values by standard code, `own` the texts of own columns by heading path.
    """
    texts = dict(beside)
    for col, placed, column in layout.standard:
        value = in_unit_of(placed, cells.get(column.code))
        write_cell(sheet, row, col, value, style_of(column, looks, value))
        texts[column.code] = (str(value or ""), float(placed.width))
    for col, ours in layout.own:
        text = own.get(ours.path, "")
        style = looks.office if ours.filled_by is Filler.OFFICE else looks.text
        write_cell(sheet, row, col, own_cell(ours, text), style)
        texts[ours.code] = (text, float(layout.columns[col].width))
    sheet.set_row(row, row_height(texts))


def in_unit_of(placed: Placed, value: object) -> object:
    """An amount of ours (in 万元) in the unit that the heading of its column names; anything else as it is."""
    unit = unit_named(placed.heading) if placed.code == "money" else None
    if unit in (None, "万") or not isinstance(value, Decimal):
        return value
    return (value / IN_WAN[unit or ""]).normalize() + 0


_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?")
# Excel keeps fifteen figures of a number.
_MOST_FIGURES = 15


def own_cell(column: FormColumn, text: str) -> object:
    """What stands in a cell of an own column: a number where it is read back as the same text, else the text."""
    is_number = column.kind in _NUMERIC and _PLAIN_NUMBER.fullmatch(text)
    return Decimal(text) if is_number and len(text) <= _MOST_FIGURES else text


_NUMERIC = SUMMABLE | {OwnKind.PERCENT}


def drop_downs(settings: Settings) -> dict[str, tuple[str, ...]]:
    """The words of every drop-down list, by column code; a list without words is left out."""
    words = {
        Kind.STATUS: tuple(settings.words.of(status) for status in Status),
        Kind.UNIT: tuple(unit.name for unit in settings.units),
    }
    lists = {
        column.code: words.get(column.kind, column.choices)
        for column in COLUMNS
        if column.kind in _LISTED
    }
    return {code: listed for code, listed in lists.items() if listed}


_LISTED = frozenset({Kind.STATUS, Kind.CHOICE, Kind.UNIT})


def list_ranges(lists: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Where each list stands in the hidden dictionary sheet, by name; an empty list stands nowhere.

    A range, because Excel refuses a typed list over 255 characters.
    """
    return {
        name: f"'{DICTIONARY_SHEET}'!${letters}$1:${letters}${len(words)}"
        for number, (name, words) in enumerate(lists.items(), 1)
        if words and (letters := column_letters(number))
    }


def write_dictionary(workbook: Workbook, lists: Mapping[str, Sequence[str]]) -> None:
    """A very hidden sheet with the words that drop-down lists and formulas look into, where `list_ranges` says."""
    sheet = workbook.add_worksheet(DICTIONARY_SHEET)
    sheet.very_hidden()
    for col, words in enumerate(lists.values()):
        for row, word in enumerate(words):
            sheet.write_string(row, col, word)


def validate(
    sheet: Worksheet,
    rows: tuple[int, int],
    ranges: Mapping[str, str],
    longest: int | None,
    settings: Settings,
    layout: Layout,
) -> None:
    """Drop-downs, dates, lengths and numbers with Chinese prompts, for `rows` (first, last; from 0).

    A wrong value warns and is let through: it is found again on return. `longest` is the most characters of progress.
    """
    for col, placed, column in layout.standard:
        explanation = worded(column.explanation, settings.words.of)
        rule = {
            "input_title": placed.heading[:32],
            "input_message": explanation[:250],
            "error_title": "请核对",
            "error_message": f"{placed.heading}：{explanation}"[:220],
            "error_type": "warning",
            **_allowed(column, ranges, longest),
        }
        sheet.data_validation(rows[0], col, rows[1], col, rule)
    for col, own in layout.own:
        if own.choices and len(",".join(own.choices)) <= _LONGEST_LIST:
            rule = {
                "validate": "list", "source": list(own.choices), "error_type": "warning",
                "error_title": "请核对", "error_message": f"{own.heading}：请从下拉列表中选择。"[:220],
            }  # fmt: skip
            sheet.data_validation(rows[0], col, rows[1], col, rule)


# Excel refuses a longer list that is not in cells.
_LONGEST_LIST = 255
_OLDEST = dt.date(2000, 1, 1)


def _allowed(column: Column, ranges: Mapping[str, str], longest: int | None) -> dict[str, object]:
    """What may stand in a cell of the column without a warning, and the words where a warning needs its own."""
    if column.code in ranges:
        return {"validate": "list", "source": f"={ranges[column.code]}"}
    if column.kind is Kind.DATE:
        return {
            "validate": "date", "criteria": "between", "minimum": _OLDEST, "maximum": "=TODAY()",
            "error_message": f"{column.header}应是日期（年-月-日），不早于2000年，不晚于今天。",
        }  # fmt: skip
    if column.kind is Kind.MONEY:
        return {
            "validate": "decimal", "criteria": ">=", "value": 0,
            "error_message": f"{column.header}应填不小于0的数字，单位万元。",
        }  # fmt: skip
    if column.kind is Kind.COUNT:
        return {
            "validate": "integer", "criteria": ">=", "value": 0, "error_message": f"{column.header}应填整数，不小于0。",
        }  # fmt: skip
    if column.kind is Kind.PROSE and longest:
        return {
            "validate": "length", "criteria": "<=", "value": longest,
            "error_message": f"{column.header}超过{longest}字，请压缩过程性文字。",
        }  # fmt: skip
    return {"validate": "any"}
