"""A number as it is printed, tied to what it stands for, so that a second hand can prove it after it was written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class By(StrEnum):
    """What a figure is counted for: all items, some of them, an earlier period, or a single item, letter or file."""

    ALL = ""
    UNIT = "unit"
    LEADER = "leader"
    ITEM = "item"
    LETTER = "letter"
    FILE = "file"
    MONTH = "month"
    UNIT_MONTH = "unit_month"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Ref:
    """What a number stands for: the code of the figure, and for whom it was counted."""

    code: str
    by: By = By.ALL
    name: str = ""

    def __str__(self) -> str:
        """`overdue（规划建设局）`, as a fault names it."""
        return f"{self.code}（{self.name}）" if self.by is not By.ALL else self.code


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as it is printed, and what it stands for."""

    text: str
    ref: Ref


class Source(StrEnum):
    """Where text that holds digits may come from, other than from the figures."""

    ITEM = "item"
    FINDING = "finding"
    INPUT = "input"
    DECISION = "decision"
    LETTER = "letter"
    SETTINGS = "settings"
    DATE = "date"
    EDIT = "edit"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class Quoted:
    """Text that is taken over from somewhere; `name` says which item, letter … it is from."""

    text: str
    source: Source
    name: str = ""


# Wording of our own holds no digit: whatever has one is Printed or Quoted.
Piece = str | Printed | Quoted
Line = tuple[Piece, ...]


def text_of(line: Line) -> str:
    """The line as it is printed."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in line)


def joined(parts: tuple[Line, ...], mark: str) -> Line:
    """Lines one behind the other, with a mark between them."""
    pieces: list[Piece] = []
    for number, part in enumerate(parts):
        pieces += [mark, *part] if number else part
    return tuple(pieces)
