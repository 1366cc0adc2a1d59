"""The ledger as a sheet: the same columns, widths, drop-downs and formats in the template, the dispatched and the consolidated workbook."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from toolkit.ledger.columns import COLUMNS, Column, Filler, Kind
from toolkit.ledger.deadlines import Deadline
from toolkit.ledger.status import Status
from toolkit.workbooks.look import Look, row_height

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from toolkit.ledger.item import Item
    from toolkit.settings import Settings

LEDGER_SHEET, DICTIONARY_SHEET = "整改台账", "_字典"
KEY_HEADER = "_key"


def as_cell(item: Item, column: Column, settings: Settings) -> object:
    """What stands in the workbook's cell for this column of an item: text, a number, a date or None."""
    return cell_value(column, getattr(item, column.code), settings)


def cell_value(column: Column, value: object, settings: Settings) -> object:
    """A value of this column as a person reads it in a cell."""
    match value:
        case None | "" | ():
            return None
        case Status():
            return settings.words.of(value)
        case Deadline():
            return dt.date.fromisoformat(value.raw) if _is_iso(value) else value.raw
        case tuple() if column.kind is Kind.UNITS:
            return "、".join(value)
        case tuple() if column.code == "regulations":
            return "".join(value) if all(name.startswith("《") for name in value) else "、".join(value)
        case tuple():
            return (
                value[0] if len(value) == 1 else "\n".join(f"{number}.{piece}" for number, piece in enumerate(value, 1))
            )
    return value


def _is_iso(deadline: Deadline) -> bool:
    return deadline.due is not None and deadline.raw == deadline.due.isoformat()


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


def write_head(sheet: Worksheet, row: int, looks: Look) -> None:
    """The headings of all columns, with their widths."""
    for col, column in enumerate(COLUMNS):
        sheet.set_column(col, col, column.width, looks.plain)
        sheet.write_string(row, col, column.header, looks.head)
    sheet.set_row(row, 32)


def write_items(sheet: Worksheet, first_row: int, items: Sequence[Item], settings: Settings, looks: Look) -> None:
    """One row an item, high enough for its longest text."""
    for row, item in enumerate(items, first_row):
        texts = {}
        for col, column in enumerate(COLUMNS):
            value = as_cell(item, column, settings)
            write_cell(sheet, row, col, value, style_of(column, looks, value))
            texts[column.code] = (str(value or ""), float(column.width))
        sheet.set_row(row, row_height(texts))


@dataclass(frozen=True, slots=True)
class Lists:
    """Where the drop-down lists stand (a typed list over 255 characters is refused by Excel, a range is not)."""

    ranges: dict[str, str]


def write_dictionary(workbook: Workbook, settings: Settings) -> Lists:
    """A very hidden sheet with the words of every drop-down list."""
    sheet = workbook.add_worksheet(DICTIONARY_SHEET)
    sheet.very_hidden()
    ranges = {}
    units = [unit.name for unit in settings.units]
    for col, column in enumerate(column for column in COLUMNS if column.kind in (Kind.STATUS, Kind.CHOICE, Kind.UNIT)):
        words = {Kind.STATUS: [settings.words.of(status) for status in Status], Kind.UNIT: units}.get(
            column.kind, list(column.choices)
        )
        for row, word in enumerate(words):
            sheet.write_string(row, col, word)
        if words:
            letter = "ABCDEFGH"[col]
            ranges[column.code] = f"={DICTIONARY_SHEET}!${letter}$1:${letter}${len(words)}"
    return Lists(ranges)


def validate(sheet: Worksheet, first_row: int, last_row: int, lists: Lists) -> None:
    """Drop-downs, date and number checks with Chinese prompts; a wrong value warns, it is found again on return."""
    for col, column in enumerate(COLUMNS):
        rule: dict[str, object] = {
            "input_title": column.header[:32],
            "input_message": column.explanation[:250],
            "error_title": "请核对",
            "error_message": f"{column.header}：{column.explanation}"[:220],
            "error_type": "warning",
        }
        if column.code in lists.ranges:
            rule |= {"validate": "list", "source": lists.ranges[column.code]}
        elif column.kind is Kind.DATE:
            rule |= {
                "validate": "date",
                "criteria": "between",
                "minimum": dt.date(2000, 1, 1),
                "maximum": dt.date(2099, 12, 31),
            }
        elif column.kind is Kind.MONEY:
            rule |= {"validate": "decimal", "criteria": ">=", "value": 0}
        elif column.kind is Kind.COUNT:
            rule |= {"validate": "integer", "criteria": ">=", "value": 0}
        else:
            rule |= {"validate": "any"}
        sheet.data_validation(first_row, col, last_row, col, rule)
