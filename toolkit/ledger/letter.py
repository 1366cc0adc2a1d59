"""A letter of the office to a unit about items that are due or late (提醒函, 督办函, 告诫书)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from toolkit.ledger.finding import Place


class LetterKind(StrEnum):
    """The rungs of the ladder, from reminding to warning."""

    REMIND = "remind"
    URGE = "urge"
    WARN = "warn"

    @property
    def word(self) -> str:
        """提醒函, 督办函, 告诫书."""
        return {"remind": "提醒函", "urge": "督办函", "warn": "告诫书"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter: its rung, its number (year and serial count within the rung), to whom, about which items, of which period.

    `after` are the numbers of the letters that went out about the same items before; a correction takes the place of
    another letter of the same number.
    """

    kind: LetterKind
    prefix: str
    serial: int
    unit: str
    items: tuple[str, ...]
    as_of: date
    is_correction: bool = False
    after: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """`整改督〔2026〕3号`."""
        return f"{self.prefix}〔{self.as_of.year}〕{self.serial}号"

    @property
    def printed_number(self) -> str:
        """The number as the letter prints it: a letter that takes the place of another of its number says so."""
        return f"{self.number}〔更正〕" if self.is_correction else self.number

    @property
    def name(self) -> str:
        """`督办函-规划建设局`: the name of its file."""
        return f"{self.kind.word}-{self.unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a unit answered to a letter (复函): its number, on which day, what; and the cell that the office wrote it in."""

    number: str
    on: date
    content: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterNumber:
    """A number that was given to a unit, for ever: also where the letter was never sent or has been taken back."""

    kind: LetterKind
    prefix: str
    year: int
    serial: int
    unit: str
    period: int
    as_of: date
    items: tuple[str, ...]

    @property
    def number(self) -> str:
        """`整改督〔2026〕3号`."""
        return f"{self.prefix}〔{self.year}〕{self.serial}号"
