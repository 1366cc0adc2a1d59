"""Where a digit that is no figure may come from: the item's own cells, the settings, a date of ours, what somebody wrote.

Two figures that were joined into one (30 and 5 into 305) are found so: the new one stands in no source.
"""

from __future__ import annotations

import re
import unicodedata
from copy import copy
from dataclasses import fields
from datetime import date, timedelta
from typing import TYPE_CHECKING

from toolkit.figures.printed import Printed, Quoted, Source
from toolkit.ledger.deadlines import Deadline
from toolkit.settings.model import SECTIONS
from toolkit.workbooks.returned import unit_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from toolkit.figures.printed import Line
    from toolkit.ledger.entry import Entry
    from toolkit.settings.model import Settings
    from toolkit.state import State

_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
# The mark of a list in front of an item's text; of 1.5万元 the 1 is none.
_LEADING_MARK = re.compile(r"^\s*\d{1,5}[.．](?!\d)")


def numbers_in(text: str) -> set[str]:
    """The numbers that stand in a text, written one way: half-width, no thousands mark, no zeros in front or behind."""
    plain = _OTHER_DIGIT.sub(lambda found: str(unicodedata.digit(found[0])), text)
    plain = _THOUSANDS.sub("", plain.replace("．", "."))
    return {_canonical(number) for number in _NUMBER.findall(plain)}


def _canonical(number: str) -> str:
    whole, _, part = number.partition(".")
    rest = part.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{rest}" if rest else "")


class Sources:
    """The numbers that each source of a state holds."""

    def __init__(self, state: State) -> None:
        self._items = {entry.item.id: _numbers_of(entry) for entry in state.entries}
        for id_, due in state.due_by_id.items():
            self._items[id_] |= {str(abs(due.days_left or 0))}
        self._any_item = set().union(*self._items.values(), *map(numbers_in, self._items))
        dates = {text for day in _dates(state) for text in numbers_in(day.isoformat())}
        settings = numbers_in(_settings(state.settings)) | dates
        units = " ".join(unit.name for unit in state.figures.units)
        self._others: Mapping[Source, set[str]] = {
            Source.SETTINGS: settings | numbers_in(units) | numbers_in(_letters(state)),
            Source.DATE: dates,
            Source.FINDING: numbers_in(_findings(state)) | self._any_item,
            Source.INPUT: numbers_in(_inputs(state)),
            Source.DECISION: numbers_in(repr((state.decisions, state.unfollowed))) | self._any_item,
            Source.LETTER: numbers_in(_letters(state)) | dates,
            Source.EDIT: numbers_in(" ".join(state.wordings.exact.values())),
        }

    def with_texts(self, template_texts: Iterable[str]) -> Sources:
        """The same, where the texts of some templates may stand too."""
        more = copy(self)
        texts = {number for text in template_texts for number in numbers_in(text)}
        settings = self._others[Source.SETTINGS] | texts
        more._others = {**self._others, Source.SETTINGS: settings}  # noqa: SLF001 - of its own kind
        return more

    def faults(self, line: Line) -> Iterator[str]:
        """The numbers of a line that have no source."""
        for piece in line:
            if isinstance(piece, Printed):
                continue
            if isinstance(piece, str):
                found = numbers_in(piece)
                text = piece
            else:
                found = self._unknown(piece)
                text = piece.text
            if found:
                yield f"“{text[:40]}”中的{'、'.join(sorted(found))}没有来历"

    def _unknown(self, piece: Quoted) -> set[str]:
        if piece.source is Source.LABEL:
            return set()
        if piece.source is not Source.ITEM:
            return numbers_in(piece.text) - self._others[piece.source]
        own = self._items.get(piece.name, self._any_item)
        text = _LEADING_MARK.sub("", piece.text)
        return numbers_in(text) - own - numbers_in(piece.name)


def _numbers_of(entry: Entry) -> set[str]:
    item = entry.item
    values = [getattr(item, field.name) for field in fields(item)]
    return {number for value in values for text in _texts(value) for number in numbers_in(text)}


def _texts(value: object) -> Iterator[str]:
    """Every text that a cell's value may be printed as."""
    if isinstance(value, Deadline):
        yield from (value.raw, value.due.isoformat() if value.due else "")
    elif isinstance(value, tuple):
        yield from (str(part) for part in value)
    elif value is not None:
        yield str(value)


def _dates(state: State) -> set[date]:
    """The dates that papers may print as ours."""
    found = {state.as_of, state.changes.since, state.settings.document.issue_date}
    found |= {period.as_of for period in state.past}
    days = state.settings.letters.reply_days
    for letter in (*state.past_letters, *state.letters):
        found |= {letter.as_of, letter.as_of + timedelta(days=days)}
    return {day for day in found if day is not None}


def _settings(settings: Settings) -> str:
    """What an office has set and papers may print; the calendar holds every number up to 31."""
    said = (repr(getattr(settings, name)) for name in (*SECTIONS, "units"))
    return " ".join((*said, *(column.heading for column in settings.form.columns)))


def _letters(state: State) -> str:
    return " ".join(
        f"{letter.number} {letter.unit}" for letter in (*state.past_letters, *state.letters)
    )


def _findings(state: State) -> str:
    settings = state.settings
    asked = [choice.text for choice in settings.headings]
    asked += [choice.text for choice in settings.statuses]
    asked += [column.heading for column in settings.form.columns]
    told = (f"{f.rule} {f.id} {f.message} {f.place} {f.value}" for f in state.findings)
    return " ".join((*told, *asked, *_unread_statuses(state)))


def _unread_statuses(state: State) -> Iterator[str]:
    for submission in state.submissions:
        for row in submission.rows:
            yield row.typed.get("status", "")


def _inputs(state: State) -> str:
    given = " ".join(f"{s.file} {unit_of(s)} {s.sha256[:12]} {s.reason}" for s in state.submissions)
    waiting = " ".join(f"{wait.name} {wait.reason}" for wait in state.waiting)
    return f"{given} {waiting}"
