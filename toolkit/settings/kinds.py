"""The kinds of settings: how the cell of each is read, what may stand in it, and what is said of a value that may not."""

from __future__ import annotations

import datetime as dt
import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from toolkit.ledger.dates import read_date
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.status import WORDS, Status, claims_closing, meaning_of, normal_word
from toolkit.ledger.text import as_typed, clean

if TYPE_CHECKING:
    from toolkit.sheets.grid import Value

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
_YES, _NO = frozenset({"是", "true", "1", "√", "y"}), frozenset({"否", "false", "0", "×", "n"})
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)(?::00)?")

# Word's own limit for the name of a font.
_LONGEST_FONT = 31


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a value does not fit: what it should be (`应为日期`), and the instruction to put it right."""

    should: str
    fix: str


class Kind(ABC, Generic[T]):
    """What the cell of a setting may hold."""

    __slots__ = ()

    @property
    @abstractmethod
    def allowed(self) -> str:
        """What may stand there, as the reference page says it: `整数，0—365`."""

    @property
    def choices(self) -> tuple[str, ...]:
        """The words of the drop-down list; none where anything of the kind may be typed."""
        return ()

    @abstractmethod
    def read(self, value: Value) -> T | Misfit:
        """The value of a cell that is not blank."""


@dataclass(frozen=True, slots=True)
class Text(Kind[str]):
    """Any text."""

    allowed: ClassVar[str] = "文字"

    def read(self, value: Value) -> str:
        """The text, cleaned."""
        return clean(as_typed(value))


@dataclass(frozen=True, slots=True)
class WholeNumber(Kind[int]):
    """A whole number from `low` to `high`, both included."""

    low: int
    high: int

    @property
    def allowed(self) -> str:
        """The range."""
        return f"整数，{self.low}—{self.high}"

    def read(self, value: Value) -> int | Misfit:
        """The number; a fault where it is none or out of range."""
        text = clean(as_typed(value))
        if text.isascii() and text.isdecimal() and self.low <= int(text) <= self.high:
            return int(text)
        inside = max(self.low, min(10, self.high))
        return Misfit(f"应为{self.low}到{self.high}的整数", f"请改填整数，如{inside}")


@dataclass(frozen=True, slots=True)
class YesNo(Kind[bool]):
    """是 or 否."""

    allowed: ClassVar[str] = "是或否"

    @property
    def choices(self) -> tuple[str, ...]:
        """Both."""
        return ("是", "否")

    def read(self, value: Value) -> bool | Misfit:
        """Whether it says yes."""
        text = clean(as_typed(value)).lower()
        if text in _YES | _NO:
            return text in _YES
        return Misfit("应为“是”或“否”", "请从下拉列表中选择")


@dataclass(frozen=True, slots=True)
class Day(Kind[dt.date | None]):
    """A day."""

    allowed: ClassVar[str] = "日期，年-月-日"

    def read(self, value: Value) -> dt.date | Misfit:
        """The day; a fault where day or year cannot be said."""
        day = read_date(value)
        if isinstance(day, Unreadable):
            return Misfit("应为日期", "请改填年-月-日，如2026-01-16")
        return day


@dataclass(frozen=True, slots=True)
class Clock(Kind[str]):
    """A time of day, kept as 09:05."""

    allowed: ClassVar[str] = "时刻，24小时制的时:分"

    def read(self, value: Value) -> str | Misfit:
        """The time, with two figures for the hour."""
        if isinstance(value, dt.time | dt.datetime):
            return value.strftime("%H:%M")
        found = _CLOCK.fullmatch(clean(as_typed(value)))
        if found is None:
            return Misfit("应为时刻", "请改填24小时制的时:分，如16:30")
        return f"{int(found[1]):02}:{found[2]}"


@dataclass(frozen=True, slots=True)
class OneOf(Kind[str]):
    """One of these words; `what` names them in a sentence (星期几)."""

    words: tuple[str, ...]
    what: str

    @property
    def allowed(self) -> str:
        """The words."""
        return "、".join(self.words)

    @property
    def choices(self) -> tuple[str, ...]:
        """The words."""
        return self.words

    def read(self, value: Value) -> str | Misfit:
        """The word as it stands."""
        text = clean(as_typed(value))
        if text in self.words:
            return text
        return Misfit(f"应为{self.what}", f"请改填{self.allowed}之一")


@dataclass(frozen=True, slots=True)
class Member(Kind[E]):
    """One value of an enumeration, by its word; `what` names them in a sentence (已有的体例)."""

    values: type[E]
    what: str

    @property
    def allowed(self) -> str:
        """The words."""
        return "、".join(self.choices)

    @property
    def choices(self) -> tuple[str, ...]:
        """The words."""
        return tuple(member.value for member in self.values)

    def read(self, value: Value) -> E | Misfit:
        """The member."""
        text = clean(as_typed(value))
        if text in self.choices:
            return self.values(text)
        return Misfit(f"应为{self.what}", f"请改填{self.allowed}之一")


@dataclass(frozen=True, slots=True)
class FontName(Kind[str]):
    """The name of a font, as Word shows it in its list."""

    allowed: ClassVar[str] = "字体名称，与Word字体列表中的一致"

    def read(self, value: Value) -> str | Misfit:
        """The name, on one line; Word opens no file that names a longer one than it can hold."""
        name = " ".join(clean(as_typed(value)).split())
        if len(name) > _LONGEST_FONT:
            should = f"应为字体名称，不超过{_LONGEST_FONT}个字"
            return Misfit(should, "请从Word的字体列表中抄录")
        return name


@dataclass(frozen=True, slots=True)
class StatusWord(Kind[str]):
    """The office's word for a status: one that, written in a ledger, means no other status."""

    status: Status
    allowed: ClassVar[str] = "文字；不能是另一状态的词或常用写法"

    def read(self, value: Value) -> str | Misfit:
        """The word, on one line."""
        word = "".join(clean(as_typed(value)).split())
        meant = meaning_of(word)
        if not normal_word(word):
            return Misfit("应为一个词", "请改填文字")
        if claims_closing(word):
            return Misfit("不能作状态的用语：销号由整改办审核决定", "请换一个词")
        if meant not in (None, self.status):
            other = WORDS[meant]
            return Misfit(
                f"不能作“{WORDS[self.status]}”的用语：台账中这样写表示“{other}”", "请换一个词"
            )
        return word
