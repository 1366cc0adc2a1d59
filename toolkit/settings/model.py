"""All settings of one workspace as one frozen, typed value; what is derived from them for reading and for papers."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from toolkit.ledger.dates import chinese_date
from toolkit.ledger.deadlines import Anchors
from toolkit.ledger.form import Form
from toolkit.ledger.readers import Context
from toolkit.ledger.status import Status, normal_word
from toolkit.ledger.text import normal_heading
from toolkit.ledger.units import Directory, Unit
from toolkit.settings.calendar import shipped_calendar
from toolkit.settings.fields import Section
from toolkit.settings.papers import Document, Letters
from toolkit.settings.sections import (
    Lights,
    Matching,
    Rates,
    Receiving,
    Schedule,
    Scores,
    Task,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.ledger.calendar import Calendar
    from toolkit.settings.lists import HeadingChoice, RuleChoice, StatusChoice

MISSING = "【请在设置中填写：{}】"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of one workspace."""

    task: Task = field(default_factory=Task)
    units: tuple[Unit, ...] = ()
    lights: Lights = field(default_factory=Lights)
    matching: Matching = field(default_factory=Matching)
    rates: Rates = field(default_factory=Rates)
    scores: Scores = field(default_factory=Scores)
    words: Words = field(default_factory=Words)
    document: Document = field(default_factory=Document)
    letters: Letters = field(default_factory=Letters)
    receiving: Receiving = field(default_factory=Receiving)
    schedule: Schedule = field(default_factory=Schedule)
    headings: tuple[HeadingChoice, ...] = ()
    statuses: tuple[StatusChoice, ...] = ()
    form: Form = field(default_factory=Form)
    rules: tuple[RuleChoice, ...] = ()
    calendar: Calendar = field(default_factory=shipped_calendar)

    @property
    def digest(self) -> str:
        """SHA-256 over what the settings mean (hex): which settings a state was made with.

        Questions that are still open, and where things stand in the workbook, mean nothing.
        """
        meant = {
            **{name: _plain(getattr(self, name)) for name in SECTIONS},
            "units": [_plain(unit) for unit in self.units],
            "calendar": _plain(self.calendar),
            "headings": dict(sorted(self.remembered.items())),
            "rules": sorted(
                [rule.code, rule.level, rule.parameter, rule.value] for rule in self.rules
            ),
        }
        if self.meanings:
            meant["statuses"] = dict(sorted(self.meanings.items()))
        if not self.form.is_standard:  # a workspace without a form keeps the digest that it had
            meant["form"] = [_plain(replace(column, is_sure=True)) for column in self.form.columns]
        text = json.dumps(meant, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def anchors(self) -> Anchors:
        """What relative deadlines count from."""
        task = self.task
        return Anchors(task.feedback_on, task.phase_end, task.immediate_days, self.calendar)

    @property
    def context(self) -> Context:
        """What the reading of cells needs to know."""
        words = {status: self.words.of(status) for status in Status}
        return Context(Directory(self.units), self.anchors, MappingProxyType(words), self.meanings)

    @property
    def meanings(self) -> Mapping[str, Status]:
        """What the office's own words for statuses mean, by the word as it is compared."""
        said = {normal_word(choice.text): choice.status for choice in self.statuses}
        return MappingProxyType({word: status for word, status in said.items() if status})

    @property
    def remembered(self) -> Mapping[str, str]:
        """Normalised heading → column code ("" where the office decided not to read it); open questions left out."""
        return {
            normal_heading(choice.text): choice.code for choice in self.headings if choice.decided
        }

    def passwords_for(self, file: str) -> tuple[str, ...]:
        """Every known password, most likely first: of the unit that the file's name names, the common ones, the others."""
        named = [
            unit for unit in self.units if any(word in file for word in (unit.name, *unit.aliases))
        ]
        units = [
            unit.password for unit in (*named, *(unit for unit in self.units if unit not in named))
        ]
        common = self.receiving.passwords.split()
        return tuple(
            dict.fromkeys(
                word for word in (*units[: len(named)], *common, *units[len(named) :]) if word
            )
        )

    def with_form(self, form: Form) -> Settings:
        """The same settings with this form."""
        return replace(self, form=form)

    def with_units(self, units: tuple[Unit, ...]) -> Settings:
        """The same settings with this list of units."""
        return replace(self, units=units)

    def placeholders(self) -> dict[str, str]:
        """Chinese name → text, for Word templates; what is not filled in stands as 【请在设置中填写：…】."""
        texts = {
            entry.name: _for_paper(getattr(getattr(self, section), attribute))
            or MISSING.format(entry.name)
            for section, kind in SECTIONS.items()
            for attribute, entry in kind.entries().items()
            if entry.printed
        }
        return {
            **texts,
            "巡察时间": chinese_period(self.task.inspected_from, self.task.inspected_to),
        }


def _sections() -> Iterator[tuple[str, type[Section]]]:
    """The attributes of `Settings` that are sections, each with its type; a section that lacks an entry stops here."""
    for one in fields(Settings):
        kind: object = one.default_factory
        if isinstance(kind, type) and issubclass(kind, Section):
            kind.entries()
            yield one.name, kind


SECTIONS: Mapping[str, type[Section]] = MappingProxyType(dict(_sections()))


def _plain(section: Any) -> dict[str, Any]:
    return {entry.name: getattr(section, entry.name) for entry in fields(section)}


def chinese_period(first: dt.date | None, last: dt.date | None) -> str:
    """2025年10月13日至12月19日: the year is said once where it is the same."""
    begins = chinese_date(first) if first else MISSING.format("巡察起")
    ends = chinese_date(last) if last else MISSING.format("巡察止")
    same_year = first and last and first.year == last.year
    return f"{begins}至{ends.partition('年')[2] if same_year else ends}"


def _for_paper(value: object) -> str:
    if value is None:
        return ""
    return chinese_date(value) if isinstance(value, dt.date) else str(value)
