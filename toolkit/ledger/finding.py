"""Findings: one thing wrong, with the place where a finger can be put and the way to put it right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.ledger.status import worded

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.ledger.status import Status

# How a note begins that the toolkit has put on a cell: what it says is no news when the workbook comes back.
NOTE_MARK = "【核查意见】"


class Severity(StrEnum):
    """How much a finding matters: an error stops the item from being trusted, a warning asks, a note tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def word(self) -> str:
        """What people read: 错误, 提醒, 说明."""
        return {"error": "错误", "warning": "提醒", "note": "说明"}[self.value]


class FindingType(NamedTuple):
    """What a reading room can find: how much it matters, its sentence, and examples that are its test and its page.

    An example is a table of rows (header → typed text; behind 台账库· what the register knows), or of plain cells.
    """

    severity: Severity
    title: str
    bad: tuple[Any, ...] = ()
    good: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where: the file as dropped, the sheet and the cell such as H12 ("" where it concerns the whole)."""

    file: str = ""
    sheet: str = ""
    cell: str = ""

    @property
    def row(self) -> int:
        """The row of the cell as Excel counts them; 0 where no cell is named."""
        return int("".join(filter(str.isdigit, self.cell)) or 0)

    def __str__(self) -> str:
        """`文件 › 工作表!H12`, leaving out what is not known."""
        inside = "!".join(part for part in (self.sheet, self.cell) if part)
        return " › ".join(part for part in (self.file, inside) if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong, addressed to the person who can put it right (run.json `findings`).

    `message` says what is wrong and holds no place, so equal faults can be grouped; `fix` is an instruction.
    Both name a status as `{DONE}`, `{IN_PROGRESS}` … until `worded` puts the office's words there.
    `id` is the item, `column` the code of `columns.COLUMNS`, `value` what was typed ("" where none applies).
    """

    rule: str
    severity: Severity
    place: Place
    message: str
    fix: str
    id: str = ""
    column: str = ""
    value: str = ""

    def reworded(self, words: Callable[[str], str]) -> Finding:
        """The same with its sentence and its instruction in other words."""
        message, fix = words(self.message), words(self.fix)
        is_same = message == self.message and fix == self.fix
        return self if is_same else replace(self, message=message, fix=fix)

    def worded(self, word_of: Callable[[Status], str]) -> Finding:
        """The same with the office's word in the place of every status that it names."""
        if "{" not in self.message and "{" not in self.fix:
            return self
        return replace(self, message=worded(self.message, word_of), fix=worded(self.fix, word_of))
