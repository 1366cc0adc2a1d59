"""Items as JSON-able records, and back: for the register and for run.json."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from toolkit.ledger.columns import BY_CODE, CODES, Kind
from toolkit.ledger.deadlines import Deadline, DeadlineKind
from toolkit.ledger.item import Item
from toolkit.ledger.own import is_own
from toolkit.ledger.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def _encode_deadline(deadline: Deadline) -> dict[str, Any]:
    return {
        **asdict(deadline),
        "kind": deadline.kind.value,
        "due": deadline.due.isoformat() if deadline.due else None,
    }


def _decode_deadline(record: Mapping[str, Any]) -> Deadline:
    due = date.fromisoformat(record["due"]) if record["due"] else None
    return Deadline(
        due, record["standing"], DeadlineKind(record["kind"]), record["raw"], record["inferred"]
    )


_ENCODE: Mapping[Kind, Callable[[Any], Any]] = MappingProxyType(
    {
        Kind.LIST: list,
        Kind.UNITS: list,
        Kind.DEADLINE: _encode_deadline,
        Kind.STATUS: lambda status: status.value,
        Kind.DATE: date.isoformat,
        Kind.MONEY: str,
    }
)
_DECODE: Mapping[Kind, Callable[[Any], Any]] = MappingProxyType(
    {
        Kind.LIST: tuple,
        Kind.UNITS: tuple,
        Kind.DEADLINE: _decode_deadline,
        Kind.STATUS: Status,
        Kind.DATE: date.fromisoformat,
        Kind.MONEY: Decimal,
    }
)


def encode_value(code: str, value: object) -> Any:
    """One value as JSON-able data: dates ISO, money as text, lists, the status code."""
    if value is None or is_own(code):
        return value
    return _ENCODE.get(BY_CODE[code].kind, lambda plain: plain)(value)


def decode_value(code: str, record: object) -> Any:
    """The exact inverse of `encode_value`."""
    if record is None or is_own(code):
        return record
    return _DECODE.get(BY_CODE[code].kind, lambda plain: plain)(record)


def encode(item: Item) -> dict[str, Any]:
    """An item as JSON-able data, by column code in the order of the table."""
    return {code: encode_value(code, getattr(item, code)) for code in CODES}


def decode(record: Mapping[str, Any]) -> Item:
    """The exact inverse of `encode`."""
    return Item(**{code: decode_value(code, record[code]) for code in CODES})
