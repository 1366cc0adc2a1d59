"""Read what lies in the inbox: each file becomes a Submission, whatever it is."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from toolkit.intake.codes import finding
from toolkit.intake.review import is_consolidated, read_review
from toolkit.intake.rows import ReadTable, read_table
from toolkit.intake.tables import find_tables
from toolkit.ledger.dates import read_date
from toolkit.ledger.finding import Finding, Place
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.submission import Identity, Role, Row, Submission, Verdict
from toolkit.ledger.text import as_typed, clean
from toolkit.ledger.units import Unit
from toolkit.sheets.gate import UnreadableFile
from toolkit.sheets.open import open_book

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from toolkit.settings import Settings
    from toolkit.sheets.grid import Book

# What our own workbooks say of themselves in their custom properties.
TEMPLATE, VERSION, UNIT = "模板", "版本", "单位"
LEDGER_TEMPLATE, CONSOLIDATED_TEMPLATE = "zhenggai.ledger", "zhenggai.consolidated"
_LABEL_ROWS = 10
_FILLED_BY = re.compile(r"(?:填报|报送|责任)单位(?:[（(]盖章[）)])?[：:]\s*([^\s：:]+)")
_FILLED_ON = re.compile(r"(?:填报|报送)(?:时间|日期)[：:]\s*([0-9年月日.\-/ ]{6,})")
_REVIEW = "这是整改办的汇总台账，其中没有填写审核意见或免核意见；单位报送请用下发的整改台账。"
# How many lead units a sheet must name to be a whole ledger rather than one unit's return.
_WHOLE_LEDGER_UNITS = 3


class File(Protocol):
    """A file as it arrived."""

    @property
    def name(self) -> str:
        """The name in the inbox."""

    @property
    def data(self) -> bytes:
        """The bytes."""

    @property
    def sha256(self) -> str:
        """Their SHA-256, in hex."""


def read(files: Iterable[File], settings: Settings, *, has_baseline: bool) -> tuple[Submission, ...]:
    """Every file as a submission, in the order given; a file that cannot be read is rejected with a sentence."""
    return tuple(read_one(file, settings, has_baseline=has_baseline) for file in files)


def read_one(file: File, settings: Settings, *, has_baseline: bool) -> Submission:
    """One file: what it is, whose it is, its rows, and what stands in it besides."""
    rejected = Submission(file.name, file.sha256, Verdict.REJECTED)
    try:
        book = open_book(file.data, file.name)
    except UnreadableFile as refusal:
        return replace(rejected, reason=str(refusal))
    tables, passed = find_tables(book)
    if not tables:
        reason = "没有找到台账：前40行中没有同时出现“问题编号”“整改措施”“整改状态”等至少三个栏目的表头；请使用下发的台账模板填报。"
        return replace(rejected, reason=reason, untaken=passed)
    read_tables = [read_table(table, file.name, settings.context) for table in tables]
    return _submission(file, book, read_tables, settings, passed, has_baseline=has_baseline)


def _submission(
    file: File,
    book: Book,
    tables: Sequence[ReadTable],
    settings: Settings,
    passed: Sequence[object],
    *,
    has_baseline: bool,
) -> Submission:
    rows = tuple(row for table in tables for row in table.rows)
    identity = _identity(book)
    role = _role(identity, rows, consolidated=is_consolidated(book), has_baseline=has_baseline)
    if role is Role.REVIEW:
        return _review(file, book, identity)
    unit = _unit(file.name, book, identity, rows, settings) if role is Role.RETURN else ""
    findings = [*(found for table in tables for found in table.findings), *_file_findings(file.name, book, role, unit)]
    return Submission(
        file.name,
        file.sha256,
        Verdict.ACCEPTED,
        role,
        unit,
        rows=rows,
        untaken=(*passed, *(left for table in tables for left in table.untaken)),  # type: ignore[arg-type]
        findings=tuple(findings),
        identity=identity,
        report_date=_report_date(book),
    )


def _identity(book: Book) -> Identity | None:
    template = book.properties.get(TEMPLATE)
    return Identity(template, book.properties.get(VERSION, ""), book.properties.get(UNIT, "")) if template else None


def _review(file: File, book: Book, identity: Identity | None) -> Submission:
    """The office's own workbook: taken for what it waives; without that it is no return."""
    review = read_review(book, file.name)
    if not (review.waivers or review.decisions or review.findings):
        return Submission(file.name, file.sha256, Verdict.REJECTED, Role.REVIEW, reason=_REVIEW, identity=identity)
    return Submission(
        file.name, file.sha256, Verdict.ACCEPTED, Role.REVIEW, findings=review.findings, waivers=review.waivers,
        decisions=review.decisions, identity=identity,
    )  # fmt: skip


def _role(identity: Identity | None, rows: Sequence[Row], *, consolidated: bool, has_baseline: bool) -> Role:
    """What the workbook is for: our own say so; of others, a ledger of many units before there is a baseline is the baseline."""
    if consolidated or (identity and identity.template == CONSOLIDATED_TEMPLATE):
        return Role.REVIEW if has_baseline else Role.BASELINE
    if identity and identity.unit:
        return Role.RETURN
    return Role.BASELINE if not has_baseline and len(_lead_units(rows)) >= _WHOLE_LEDGER_UNITS else Role.RETURN


def _lead_units(rows: Sequence[Row]) -> Counter[str]:
    return Counter(row.item.lead_unit for row in rows if row.item.lead_unit)


def _unit(name: str, book: Book, identity: Identity | None, rows: Sequence[Row], settings: Settings) -> str:
    """Whose return this is: hidden identity, 填报单位 line, the only lead unit of the rows, the name of the file."""
    if identity and identity.unit:
        return identity.unit
    leads = _lead_units(rows)
    directory = settings.context.directory
    labelled = _labelled(book, _FILLED_BY)
    unit = directory.resolve(labelled) if labelled else None
    if isinstance(unit, Unit) and unit.name and (directory.units or unit.name in leads):
        return unit.name
    if len(leads) == 1:
        return next(iter(leads))
    named = [unit.name for unit in settings.units if any(word in name for word in (unit.name, *unit.aliases))]
    return named[0] if len(named) == 1 and not leads else ""


def _labelled(book: Book, label: re.Pattern[str]) -> str:
    """What stands after a label such as 填报单位： in the first rows of a sheet."""
    for grid in book.grids:
        for row in grid.rows[:_LABEL_ROWS]:
            line = " ".join(clean(as_typed(value)) for value in row if value is not None)
            found = label.search(line)
            if found:
                return found[1]
    return ""


def _report_date(book: Book) -> dt.date | None:
    written = _labelled(book, _FILLED_ON)
    day = read_date(written.strip()) if written else None
    return None if isinstance(day, Unreadable) else day


def _file_findings(name: str, book: Book, role: Role, unit: str) -> Iterable[Finding]:
    for note in book.notes:
        yield finding("X302", Place(name), note, "请另存为.xlsx后报送。")
    if role is Role.RETURN and not unit:
        yield finding("X301", Place(name), "无法确定报送单位，各行按牵头单位认定。", "请在“填报单位：”后填写单位全称。")
