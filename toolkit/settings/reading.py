"""设置.xlsx read into the model; all faults at once, each with sheet, cell, what stands there and how to fix it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.errors import SettingsError
from toolkit.ledger.columns import COLUMNS
from toolkit.ledger.status import WORDS, Status
from toolkit.ledger.text import as_typed, clean, means_nothing
from toolkit.ledger.units import Unit
from toolkit.packages.gate import UnreadableFile
from toolkit.settings.calendar import CALENDAR_SHEET, read_calendar
from toolkit.settings.form_sheet import read_form
from toolkit.settings.kinds import Misfit
from toolkit.settings.lists import (
    FORM_COLUMNS,
    FORM_SHEET,
    HEADING_COLUMNS,
    HEADINGS_SHEET,
    LEVELS,
    NO_STATUS,
    NOT_READ,
    RULE_COLUMNS,
    RULES_SHEET,
    STATUS_COLUMNS,
    STATUSES_SHEET,
    UNIT_COLUMNS,
    UNITS_SHEET,
    HeadingChoice,
    RuleChoice,
    StatusChoice,
)
from toolkit.settings.model import SECTIONS, Settings
from toolkit.settings.papers import Letters
from toolkit.settings.sections import Receiving, Words
from toolkit.sheets.open import open_book

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from toolkit.settings.fields import Section
    from toolkit.sheets.grid import Book, Grid, Value


@dataclass(frozen=True, slots=True)
class _Cell:
    """A value with the place that a fault names."""

    sheet: str
    address: str
    value: Value

    def fault(self, should: str, fix: str) -> str:
        """`“阈值”!B4应为天数，写的是“一周”；请改填…`"""
        return f"“{self.sheet}”!{self.address}{should}，写的是“{as_typed(self.value)}”；{fix}"


# Name in column A → its cell, and that of its value.
_Named = dict[str, tuple[_Cell, _Cell]]


def load(data: bytes, name: str = "设置.xlsx") -> Settings:
    """The settings in a workbook; raises SettingsError with every fault: sheet, cell, what stands there, how to fix."""
    try:
        book = open_book(data, name)
    except UnreadableFile as broken:
        raise SettingsError(
            (f"“{name}”打不开，可能已损坏或设了密码；请恢复原来的文件，或从新建的工作区复制。",)
        ) from broken
    _check_sheets(book)
    faults: list[str] = []
    cells = {
        sheet: _named_cells(grid, faults) if (grid := book.grid(sheet)) else {}
        for sheet in dict.fromkeys(kind.sheet for kind in SECTIONS.values())
    }
    sections: dict[str, Any] = {
        attribute: _section(kind, cells[kind.sheet], faults) for attribute, kind in SECTIONS.items()
    }
    for sheet, named in cells.items():
        faults += _unknown_names(sheet, named)
    units = _units(book.grid(UNITS_SHEET), faults)
    headings = tuple(_headings(book.grid(HEADINGS_SHEET), faults))
    words = sections["words"]
    statuses = tuple(_statuses(book.grid(STATUSES_SHEET), words, faults))
    rules = tuple(_rules(book.grid(RULES_SHEET), faults))
    calendar = read_calendar(book.grid(CALENDAR_SHEET), faults)
    columns = book.grid(FORM_SHEET)
    form = read_form(columns, _rows_below(columns, FORM_COLUMNS[0][0], faults), faults)
    if faults:
        raise SettingsError(tuple(faults))
    return Settings(
        units=units,
        headings=headings,
        statuses=statuses,
        rules=rules,
        calendar=calendar,
        form=form,
        **sections,
    )


def _check_sheets(book: Book) -> None:
    """Raise SettingsError where a sheet is missing that no earlier version lacked, or has another name."""
    expected = dict.fromkeys(
        [kind.sheet for kind in SECTIONS.values()]
        + [UNITS_SHEET, FORM_SHEET, HEADINGS_SHEET, STATUSES_SHEET, RULES_SHEET, CALENDAR_SHEET]
    )
    missing = [sheet for sheet in expected if book.grid(sheet) is None]
    strange = [
        grid.name
        for grid in book.grids
        if grid.name not in expected and not grid.name.startswith("_")
    ]
    if missing and (strange or not _ADDED_LATER.issuperset(missing)):
        raise SettingsError(tuple(f"缺少工作表“{sheet}”；{_RESTORE}" for sheet in missing))


def _unknown_names(sheet: str, named: _Named) -> Iterator[str]:
    known = {
        entry.name
        for kind in SECTIONS.values()
        if kind.sheet == sheet
        for entry in kind.entries().values()
    }
    for name, (cell, _) in named.items():
        if name not in known:
            yield cell.fault("不是已知的设置项", "请恢复原来的名称，或删除该行")


# Sheets that a workbook of an earlier version lacks: all their settings have a default.
_ADDED_LATER = frozenset(
    {
        Receiving.sheet,
        Letters.sheet,
        FORM_SHEET,
        HEADINGS_SHEET,
        STATUSES_SHEET,
        RULES_SHEET,
        CALENDAR_SHEET,
    }
)
_RESTORE = "请从新建的工作区复制一份设置.xlsx再填写，或恢复工作表原来的名称"


def _named_cells(grid: Grid, faults: list[str]) -> _Named:
    """Name in column A → (name cell, value cell in column B), from the row below the heading 设置项."""
    named: _Named = {}
    started = False
    for number in range(1, len(grid.rows) + 1):
        name = clean(as_typed(grid.value(number, 1)))
        if name == "设置项":
            started = True
        elif started and name:
            pair = (
                _Cell(grid.name, f"A{number}", name),
                _Cell(grid.name, f"B{number}", grid.value(number, 2)),
            )
            if name in named:
                faults.append(pair[0].fault("重复", "同一设置项只能有一行"))
            named.setdefault(name, pair)
    if not started:
        faults.append(f"“{grid.name}”A列没有表头“设置项”；请从新建的工作区复制一份设置.xlsx再填写")
    return named


def _section(kind: type[Section], named: _Named, faults: list[str]) -> Section:
    """The section with what its cells say; a blank cell leaves the default."""
    values: dict[str, Any] = {}
    places = {
        attribute: named[entry.name][1]
        for attribute, entry in kind.entries().items()
        if entry.name in named
    }
    for attribute, cell in places.items():
        if cell.value is None or means_nothing(as_typed(cell.value)):
            continue
        value = kind.entries()[attribute].kind.read(cell.value)
        if isinstance(value, Misfit):
            faults.append(cell.fault(value.should, value.fix))
        else:
            values[attribute] = value
    section = kind(**values)
    faults += [
        places[attribute].fault(clash.should, clash.fix)
        for attribute, clash in section.clashes()
        if attribute in places
    ]
    return section


def _units(grid: Grid | None, faults: list[str]) -> tuple[Unit, ...]:
    if grid is None:
        return ()
    header = next(
        (
            n
            for n in range(1, len(grid.rows) + 1)
            if clean(as_typed(grid.value(n, 1))) == UNIT_COLUMNS[0].name
        ),
        0,
    )
    if not header:
        faults.append(f"“{UNITS_SHEET}”A列没有表头“{UNIT_COLUMNS[0].name}”；请恢复表头")
        return ()
    units = tuple(_unit_rows(grid, header, faults))
    faults += _doubled_names(units)
    return tuple(unit for unit, _ in units)


def _unit_rows(grid: Grid, header: int, faults: list[str]) -> Iterator[tuple[Unit, int]]:
    for number in range(header + 1, len(grid.rows) + 1):
        values = [
            clean(as_typed(grid.value(number, col))) for col in range(1, len(UNIT_COLUMNS) + 1)
        ]
        if not any(values):
            continue
        if not values[0]:
            faults.append(
                f"“{UNITS_SHEET}”!A{number}没有填单位全称，同一行其他栏有内容；请补填全称或删除该行"
            )
            continue
        aliases = tuple(alias for alias in re.split(r"[、，,；;/\s]+", values[1]) if alias)
        plain = dict(
            zip([column.attribute for column in UNIT_COLUMNS[2:]], values[2:], strict=True)
        )
        yield Unit(name=values[0], aliases=aliases, **plain), number


def _rows_below(grid: Grid | None, header: str, faults: list[str]) -> range:
    """The rows below the one whose column A holds this header; none, and a fault, where a filled sheet lacks it."""
    if grid is None or not grid.rows:
        return range(0)
    rows = range(1, len(grid.rows) + 1)
    first = next((n for n in rows if clean(as_typed(grid.value(n, 1))) == header), 0)
    if not first:
        faults.append(f"“{grid.name}”A列没有表头“{header}”；请恢复表头")
        return range(0)
    return range(first + 1, len(grid.rows) + 1)


def _rules(grid: Grid | None, faults: list[str]) -> Iterator[RuleChoice]:
    """The choices in the sheet 校验规则; a row that chooses nothing says nothing."""
    for number in _rows_below(grid, RULE_COLUMNS[0][0], faults):
        assert grid is not None  # noqa: S101 - there are rows
        code, level, parameter, value = (
            clean(as_typed(grid.value(number, col))) for col in (1, 3, 4, 6)
        )
        if level and level not in LEVELS:
            cell = _Cell(grid.name, f"C{number}", level)
            faults.append(cell.fault("不是级别", f"请改选{'、'.join(LEVELS)}之一"))
        elif code and (level or value):
            yield RuleChoice(
                code=code,
                level=level,
                parameter=parameter,
                value=value,
                place=f"“{grid.name}”!A{number}",
            )


def _headings(grid: Grid | None, faults: list[str]) -> Iterator[HeadingChoice]:
    """The decisions in the sheet 表头对照."""
    wrong = ("不是标准栏目", f"请从下拉列表中选择，如{COLUMNS[0].header}、{NOT_READ}")
    for answer in _answers(grid, HEADING_COLUMNS, {*_CODE_OF_HEADER, NOT_READ}, wrong, faults):
        yield HeadingChoice(
            text=answer.text,
            code=_CODE_OF_HEADER.get(answer.chosen, ""),
            decided=bool(answer.chosen),
            seen_in=answer.seen_in,
        )


def _statuses(grid: Grid | None, words: Words, faults: list[str]) -> Iterator[StatusChoice]:
    """What the sheet 状态对照 says that written statuses mean, in the office's words or the usual ones."""
    known = {**{word: status for status, word in WORDS.items()}, **{words.of(s): s for s in Status}}
    some = "、".join(words.of(status) for status in Status)
    wrong = ("不是整改状态", f"请从下拉列表中选择：{some}、{NO_STATUS}")
    for answer in _answers(grid, STATUS_COLUMNS, {*known, NO_STATUS}, wrong, faults):
        yield StatusChoice(
            text=answer.text,
            status=known.get(answer.chosen),
            decided=bool(answer.chosen),
            seen_in=answer.seen_in,
        )


@dataclass(frozen=True, slots=True)
class _Answer:
    """One row of a sheet that asks what a written text means; `chosen` is "" while that is open."""

    text: str
    chosen: str
    seen_in: str


def _answers(
    grid: Grid | None, columns: Sequence[tuple[str, str]], allowed: Collection[str], wrong: tuple[str, str],
    faults: list[str],
) -> Iterator[_Answer]:  # fmt: skip
    """The rows of a sheet that asks; `wrong` is what a choice that is not allowed is, and how to put it right."""
    name = columns[0][0]
    for number in _rows_below(grid, name, faults):
        assert grid is not None  # noqa: S101 - there are rows
        text, chosen, seen = (clean(as_typed(grid.value(number, col))) for col in (1, 2, 3))
        cell = _Cell(grid.name, f"B{number}", grid.value(number, 2))
        if chosen and not text:
            faults.append(cell.fault(f"对应的{name}是空的", "请补填A列，或删除该行"))
        elif chosen and chosen not in allowed:
            faults.append(cell.fault(*wrong))
        elif text:
            yield _Answer(text, chosen, seen)


_CODE_OF_HEADER = {column.header: column.code for column in COLUMNS}


def _doubled_names(units: tuple[tuple[Unit, int], ...]) -> Iterator[str]:
    """A name or alias that two units share would make every cell with it ambiguous."""
    owners: dict[str, int] = {}
    for unit, number in units:
        for name in dict.fromkeys((unit.name, *unit.aliases)):
            if name in owners:
                yield f"“{UNITS_SHEET}”第{number}行的“{name}”与第{owners[name]}行重复；全称和简称都只能属于一个单位"
            owners.setdefault(name, number)
