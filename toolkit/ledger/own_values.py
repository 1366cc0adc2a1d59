"""What a cell of an own column says by the kind of the column: a number, a day, one of its choices."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from toolkit.ledger.dates import read_date
from toolkit.ledger.form import FormColumn, OwnKind
from toolkit.ledger.numbers import IN_WAN, read_money
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.text import clean, means_nothing
from toolkit.ledger.units import read_units

if TYPE_CHECKING:
    from datetime import date

    from toolkit.ledger.units import Directory

_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_COUNTED = re.compile(r"(?:个|项|人次|人|次|份|件|名|条|起|家|户|处|亩|公里|天|年)$")
_LARGE = {"万": 10_000, "亿": 100_000_000}
_PERCENT = re.compile(r"(-?\d+(?:\.\d+)?)[%％]?")
_SHARE_OF_ALL = 1


def read_own(column: FormColumn, text: str, directory: Directory) -> object:
    """The value of a filled cell of an own column, or an Unreadable; None where it says that there is nothing.

    Numbers and amounts are Decimals in the unit of the column (元 or 万元 for amounts), percentages Decimals of a hundred.
    """
    text = clean(text)
    if means_nothing(text):
        return None
    match column.kind:
        case OwnKind.NUMBER:
            return _number(text)
        case OwnKind.YUAN | OwnKind.WAN:
            return _money(text, column.kind)
        case OwnKind.PERCENT:
            return _percent(text)
        case OwnKind.DATE:
            return _day(text)
        case OwnKind.CHOICE:
            return _choice(text, column.choices)
        case OwnKind.UNIT:
            return _unit(text, directory)
        case _:
            return text


def amount_in(column: FormColumn, text: str) -> Decimal | None:
    """What a cell adds to the sum of its column; None where it is no number."""
    if means_nothing(clean(text)):
        return None
    text = clean(text)
    read = _number(text) if column.kind is OwnKind.NUMBER else _money(text, column.kind)
    return read if isinstance(read, Decimal) else None


def _number(text: str) -> Decimal | Unreadable:
    bare = _COUNTED.sub("", text.replace("，", ",").replace(" ", ""))
    factor = _LARGE.get(bare[-1:], 1)
    number = bare[:-1] if factor > 1 else bare
    if _NUMBER.fullmatch(number):
        return Decimal(number.replace(",", "")) * factor
    return Unreadable(text, f"“{text}”不是一个数", ("3", "12.5"))


def _money(text: str, kind: OwnKind) -> Decimal | Unreadable:
    """A bare number is in the unit of the column; one that names its unit is converted."""
    bare = _NUMBER.fullmatch(text.replace("，", ",").replace(" ", ""))
    if bare:
        return Decimal(bare[0].replace(",", ""))
    read = read_money(text)
    if isinstance(read, Unreadable):
        return read
    return (read / IN_WAN[""]).normalize() + 0 if kind is OwnKind.YUAN else read


def _percent(text: str) -> Decimal | Unreadable:
    found = _PERCENT.fullmatch(text.replace(" ", ""))
    if not found:
        return Unreadable(text, f"“{text}”不是百分比", ("60%", "100%"))
    number = Decimal(found[1])
    is_share = not text.endswith(("%", "％")) and 0 < number <= _SHARE_OF_ALL
    return number * 100 if is_share else number  # a cell formatted as 60% holds 0.6


def _day(text: str) -> date | Unreadable:
    return read_date(text)


def _choice(text: str, choices: tuple[str, ...]) -> str | Unreadable:
    if not choices or text.rstrip("。") in choices:
        return text.rstrip("。")
    return Unreadable(text, f"“{text}”不在可选项中", choices)


def _unit(text: str, directory: Directory) -> tuple[str, ...] | Unreadable:
    named = read_units(text, directory)
    return named.unknown[0] if named.unknown else named.units
