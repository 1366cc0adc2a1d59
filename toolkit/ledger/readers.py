"""How a cell of each kind of column is read: one registry for every room that reads cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from toolkit.ledger.columns import Column, Kind
from toolkit.ledger.dates import read_date
from toolkit.ledger.deadline_grammar import read_deadline
from toolkit.ledger.deadlines import Anchors
from toolkit.ledger.ids import read_id
from toolkit.ledger.lists import read_list, read_regulations
from toolkit.ledger.numbers import read_count, read_money
from toolkit.ledger.people import PEOPLE, read_people
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.status import WORDS, Status, normal_word, read_status
from toolkit.ledger.text import as_typed, clean, means_nothing, says_nothing
from toolkit.ledger.units import Directory, read_units


@dataclass(frozen=True, slots=True)
class Context:
    """What reading needs to know of the office: its units, the days that deadlines count from, its words for statuses.

    `meanings` are further words that the office has said the meaning of, as `normal_word` gives them (sheet 状态对照).
    """

    directory: Directory = field(default_factory=Directory)
    anchors: Anchors = field(default_factory=Anchors)
    words: Mapping[Status, str] = field(default_factory=lambda: MappingProxyType(WORDS))
    meanings: Mapping[str, Status] = field(default_factory=lambda: MappingProxyType({}))


# The word that a written kind of rectification contains → the standard word.
_CHOICES = {"立": "立行立改", "即": "立行立改", "边": "立行立改", "限期": "限期整改", "分阶段": "限期整改", "长期": "长期坚持",
            "持续": "长期坚持", "常态": "长期坚持"}  # fmt: skip


# Columns of names: 无 in them names nobody and nothing.
NAMES = PEOPLE | {"evidence"}


def _read_text(column: Column, value: object, __: Context) -> str:
    text = clean(as_typed(value))
    if column.code in NAMES and says_nothing(text):
        return ""
    return read_people(text) if column.code in PEOPLE else text


def _read_list(column: Column, value: object, _: Context) -> tuple[str, ...]:
    text = as_typed(value)
    if means_nothing(text):
        return ()
    return read_regulations(text) if column.code == "regulations" else read_list(text)


def _read_unit(_: Column, value: object, context: Context) -> str | Unreadable:
    unit = context.directory.resolve(as_typed(value))
    return unit if isinstance(unit, Unreadable) else unit.name


def _read_units(_: Column, value: object, context: Context) -> tuple[str, ...] | Unreadable:
    text = as_typed(value)
    if means_nothing(text):
        return ()
    named = read_units(text, context.directory)
    return named.unknown[0] if named.unknown else named.units


def _read_choice(column: Column, value: object, _: Context) -> str | Unreadable:
    raw = as_typed(value)
    text = clean(raw).rstrip("。")
    if text in column.choices:
        return text
    for word, choice in _CHOICES.items():
        if word in text and choice in column.choices:
            return choice
    return Unreadable(raw, f"“{raw}”不在可选项中", column.choices)


def _read_status(_: Column, value: object, context: Context) -> Status | Unreadable:
    meant = context.meanings.get(normal_word(as_typed(value))) if context.meanings else None
    return meant or read_status(value, context.words)


Reader = Callable[[Column, object, Context], object]

READERS: Mapping[Kind, Reader] = MappingProxyType(
    {
        Kind.ID: lambda _, value, __: read_id(value),
        Kind.TEXT: _read_text,
        Kind.PROSE: _read_text,
        Kind.LIST: _read_list,
        Kind.UNIT: _read_unit,
        Kind.UNITS: _read_units,
        Kind.CHOICE: _read_choice,
        Kind.DEADLINE: lambda _, value, context: read_deadline(value, context.anchors),
        Kind.STATUS: _read_status,
        Kind.DATE: lambda _, value, __: (
            None if means_nothing(as_typed(value)) else read_date(value)
        ),
        Kind.MONEY: lambda _, value, __: (
            None if means_nothing(as_typed(value)) else read_money(value)
        ),
        Kind.COUNT: lambda _, value, __: (
            None if means_nothing(as_typed(value)) else read_count(value)
        ),
    }
)


def read_cell(column: Column, value: object, context: Context) -> object:
    """The value of a non-blank cell of this column, typed as the field of `Item` is, or an `Unreadable`."""
    return READERS[column.kind](column, value, context)
