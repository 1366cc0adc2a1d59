"""What a round learns, written into 设置.xlsx for the office to confirm: units of the first ledger, headings not placed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.errors import ToolkitError, of_the_machine
from toolkit.intake.headers import FOREIGN
from toolkit.ledger.form import Form
from toolkit.ledger.status import normal_word
from toolkit.ledger.submission import Role, Verdict
from toolkit.ledger.text import clean, normal_heading
from toolkit.ledger.units import Unit
from toolkit.packages.gate import UnreadableFile
from toolkit.run.finding_catalogue import rule_lines_of_settings
from toolkit.settings.form_sheet import form_row
from toolkit.settings.lists import (
    FORM_COLUMNS,
    FORM_SHEET,
    HEADINGS_SHEET,
    STATUSES_SHEET,
    HeadingChoice,
    StatusChoice,
)
from toolkit.sheets.open import open_book
from toolkit.sheets.patch import write_texts
from toolkit.workbooks.settings_book import write_settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from toolkit.ledger.entry import Entry
    from toolkit.ledger.submission import Submission
    from toolkit.settings.model import Settings


def learned_units(entries: Sequence[Entry]) -> tuple[Unit, ...]:
    """The units of a ledger in the order of their first appearance, each with the leader who leads most of its items."""
    leaders: dict[str, list[str]] = {}
    for entry in entries:
        if entry.item.lead_unit:
            leaders.setdefault(entry.item.lead_unit, []).append(entry.item.lead_leader)
    for entry in entries:
        for unit in entry.item.co_units:
            leaders.setdefault(unit, [])
    return tuple(
        Unit(name=name, lead_leader=_most_frequent(names)) for name, names in leaders.items()
    )


def _most_frequent(names: Sequence[str]) -> str:
    """The name that occurs most, the first of equals; "" of none."""
    return max(dict.fromkeys(names), key=names.count, default="")


def learned_form(form: Form, submissions: Sequence[Submission], fresh: frozenset[str]) -> Form:
    """The form of the first ledgers; what the office has chosen about a column of one heading stands.

    An office that has a form keeps it until a ledger is dropped once more (`fresh`: SHA-256 of this run's files).
    """
    taken = [given for given in submissions if given.verdict is Verdict.ACCEPTED and given.rows]
    ledgers = [given for given in taken if given.role is Role.BASELINE]
    # Where units report before there is a ledger, the largest report stands for one.
    largest = max(taken, key=lambda given: len(given.rows), default=None)
    first = ledgers or ([largest] if largest else [])
    is_new = any(given.sha256 in fresh for given in ledgers)
    if not first or not (form.is_standard or is_new):
        return form
    learned = Form()
    for given in sorted(first, key=lambda given: len(given.rows), reverse=True):
        learned = given.form if learned.is_standard else learned.with_columns_of(given.form)
    chosen = {column.heading: column for column in form.columns}
    return Form(tuple(chosen.get(column.heading, column) for column in learned.columns))


def lay_out_form(path: Path, settings: Settings, created: datetime) -> None:
    """Write the form into the sheet 栏目; nothing else of 设置.xlsx changes where it has that sheet.

    Raises ToolkitError where it cannot be written.
    """
    data = path.read_bytes()
    grid = open_book(data, path.name).grid(FORM_SHEET)
    if grid is None:
        lay_out_settings(path, settings, created)
        return
    first = next((n for n in range(1, 9) if grid.value(n, 1) == FORM_COLUMNS[0][0]), 2) + 1
    rows = [form_row(column) for column in settings.form.columns]
    # A form of fewer columns leaves nothing of the one before it below its last row.
    blank = [("",) * len(FORM_COLUMNS)] * max(0, len(grid.rows) + 1 - first - len(rows))
    texts = {
        (row, col): text
        for row, cells in enumerate((*rows, *blank), first)
        for col, text in enumerate(cells, 1)
    }
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_bytes(write_texts(data, FORM_SHEET, texts))
        fresh.replace(path)
    except (OSError, UnreadableFile) as trouble:
        fresh.unlink(missing_ok=True)
        why = of_the_machine(trouble) if isinstance(trouble, OSError) else str(trouble)
        raise ToolkitError(
            f"成果已在outbox中，但未能把栏目写入{path.name}，下次运行会再写：{why}"
        ) from trouble


def lay_out_settings(path: Path, settings: Settings, created: datetime) -> None:
    """Write the learned units and columns into 设置.xlsx; replaced whole, so that a kill leaves the old file or the new one.

    Raises ToolkitError where the file cannot be replaced, such as while it is open in Excel.
    """
    fresh = path.with_name(f".{path.name}.new")
    try:
        write_settings(settings, fresh, created, rule_lines_of_settings(settings.words))
        fresh.replace(path)
    except OSError as trouble:
        raise ToolkitError(
            f"成果已在outbox中，但未能把单位名单和栏目写入设置.xlsx，下次运行会再写：{of_the_machine(trouble)}"
        ) from trouble


# Findings about headings that were not read; their value is the heading.
_NOT_PLACED = frozenset({"X101", "X105"})


def open_headings(
    submissions: Sequence[Submission], settings: Settings
) -> tuple[HeadingChoice, ...]:
    """The headings that could not be placed and are not yet in 表头对照, each once, with the file that they came in."""
    known = {normal_heading(choice.text) for choice in settings.headings}
    known |= {normal_heading(column.heading) for column in settings.form.columns}
    own = [column.heading for column in settings.form.columns if column.is_own]
    known |= {normal_heading(heading.replace("／", "")) for heading in own}
    known |= {normal_heading(heading.rpartition("／")[2]) for heading in own}
    asked: dict[str, HeadingChoice] = {}
    for submission in submissions:
        for found in submission.findings:
            heading = normal_heading(found.value) if found.rule in _NOT_PLACED else ""
            if (
                heading
                and heading not in known
                and heading not in FOREIGN
                and submission.verdict in (Verdict.ACCEPTED, Verdict.REJECTED)
            ):
                asked.setdefault(heading, HeadingChoice(text=found.value, seen_in=found.place.file))
    return tuple(asked.values())


# What is longer is a sentence, not a word for a status.
_LONGEST_STATUS = 12


def open_statuses(
    submissions: Sequence[Submission], settings: Settings
) -> tuple[StatusChoice, ...]:
    """The written statuses that mean nothing known and are not yet in 状态对照, each once, with the file they came in."""
    known = {normal_word(choice.text) for choice in settings.statuses}
    asked: dict[str, StatusChoice] = {}
    for submission in submissions:
        for row in submission.rows:
            found = row.unreadable.get("status")
            text = clean(found.raw) if found and not found.reported else ""
            word = normal_word(text)
            if word and word not in known and len(word) <= _LONGEST_STATUS:
                asked.setdefault(word, StatusChoice(text=text, seen_in=submission.file))
    return tuple(asked.values())


def ask_about_headings(path: Path, headings: Sequence[HeadingChoice], done: str) -> None:
    """Add open questions below the last line of 表头对照; see `_ask`."""
    _ask(
        path,
        HEADINGS_SHEET,
        [(choice.text, choice.seen_in) for choice in headings],
        f"{done}没有看懂的表头",
    )


def ask_about_statuses(path: Path, statuses: Sequence[StatusChoice], done: str) -> None:
    """Add open questions below the last line of 状态对照; see `_ask`."""
    _ask(
        path,
        STATUSES_SHEET,
        [(choice.text, choice.seen_in) for choice in statuses],
        f"{done}没有看懂的整改状态",
    )


def _ask(path: Path, sheet: str, questions: Sequence[tuple[str, str]], what: str) -> None:
    """Add questions (text, file) below the last line of a sheet; only those cells of 设置.xlsx change, and all at once.

    `what` begins the sentence of the trouble. A workbook of an earlier version without that sheet stays as it is.
    Raises ToolkitError where it cannot be written.
    """
    data = path.read_bytes()
    grid = open_book(data, path.name).grid(sheet)
    if not questions or grid is None:
        return
    last = max(
        (n for n in range(1, len(grid.rows) + 1) if any(grid.value(n, col) for col in (1, 2, 3))),
        default=0,
    )
    texts = {
        (last + number, col): text
        for number, (asked, seen_in) in enumerate(questions, 1)
        for col, text in ((1, asked), (3, seen_in))
    }
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_bytes(write_texts(data, sheet, texts))
        fresh.replace(path)
    except (OSError, UnreadableFile) as trouble:
        why = of_the_machine(trouble) if isinstance(trouble, OSError) else str(trouble)
        fresh.unlink(missing_ok=True)
        names = "、".join(f"“{asked}”" for asked, _ in questions)
        raise ToolkitError(
            f"{what}没能记到{path.name}里：{why}请关闭它，并在“{sheet}”中补上{names}。"
        ) from trouble
