"""Read what lies in the inbox: each file becomes a Submission, whatever it is; an archive one for each file inside."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from toolkit.intake.cells import Cells
from toolkit.intake.codes import finding
from toolkit.intake.findings import bare_findings, heading_findings
from toolkit.intake.headers import Office
from toolkit.intake.identity import identity_of, labelled_units, report_date_of, role_of, unit_of
from toolkit.intake.learned_form import choices_of, learned_form
from toolkit.intake.merge_tables import combine
from toolkit.intake.missing import missing_columns, why_refused
from toolkit.intake.review import is_consolidated, office_rows, read_review
from toolkit.intake.review_sheet import is_review_sheet, read_review_sheet
from toolkit.intake.row_kinds import around, beside
from toolkit.intake.rows import Memo, ReadTable, read_table
from toolkit.intake.setup_sheet import is_setup_sheet, read_twins
from toolkit.intake.tables import Table, find_tables
from toolkit.intake.unread_secrets import unread_secrets
from toolkit.ledger.finding import Finding, Place
from toolkit.ledger.submission import Role, Row, Submission, Untaken, Verdict
from toolkit.packages.gate import UnreadableFile
from toolkit.sheets.archive import is_archive, members
from toolkit.sheets.open import open_book
from toolkit.sheets.shown import as_shown

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from toolkit.ledger.form import Form
    from toolkit.ledger.submission import Identity
    from toolkit.settings.model import Settings
    from toolkit.sheets.grid import Book

_NO_TABLE = "没有找到台账：各工作表中没有同时出现“问题编号”“整改措施”“整改状态”等至少三个栏目的表头；请使用下发的台账模板填报。"
_EMPTY_ARCHIVE = "压缩包里没有文件；请把台账放进去后重新压缩，或逐个放入。"
_NOTHING_IN_ARCHIVE = "压缩包里没有可以读取的工作簿；请按各文件的说明处理后重新报送。"


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


class Dropped(File, Protocol):
    """A file as it lies in the inbox."""

    @property
    def modified(self) -> float:
        """When it was last changed, in seconds since the epoch."""


@dataclass(frozen=True, slots=True)
class _Member:
    """A file out of an archive."""

    name: str
    data: bytes
    sha256: str


def read(
    files: Iterable[Dropped],
    settings: Settings,
    *,
    has_baseline: bool,
    as_of: dt.date | None = None,
) -> tuple[Submission, ...]:
    """Every file as a submission, in the order given; a file that cannot be read is rejected with a sentence.

    今年 and 本月 in a deadline are those of `as_of`, else of the feedback. An archive is one submission without rows, followed by one for each file inside, named `包.zip/文件夹/表.xlsx`.
    """
    reader = _Reader(settings, has_baseline=has_baseline, as_of=as_of)
    return tuple(
        replace(submission, arrived=file.modified)
        for file in files
        for submission in reader.read(file)
    )


class _Reader:
    """Reads files for one office; what it knows of the office is derived once."""

    def __init__(
        self, settings: Settings, *, has_baseline: bool, as_of: dt.date | None = None
    ) -> None:
        self._settings = settings
        anchors = replace(settings.anchors, as_of=as_of)
        headings = {**choices_of(settings.form), **settings.remembered}
        self._office = Office(replace(settings.context, anchors=anchors), headings)
        self._has_baseline = has_baseline
        self._memo: Memo = {}

    def read(self, file: File) -> Iterator[Submission]:
        """The file as one submission, or an archive as several."""
        if is_archive(file.data):
            yield from self._read_archive(file)
        else:
            yield self.read_book(file)

    def _read_archive(self, file: File) -> Iterator[Submission]:
        rejected = Submission(file.name, file.sha256, Verdict.REJECTED)
        try:
            inside = members(file.data, self._settings.passwords_for(file.name))
        except UnreadableFile as refusal:
            yield replace(rejected, reason=str(refusal))
            return
        if not inside:
            yield replace(rejected, reason=_EMPTY_ARCHIVE)
            return
        read = []
        for member in inside:
            name, sha256 = f"{file.name}/{member.name}", hashlib.sha256(member.data).hexdigest()
            if member.fault:
                read.append(Submission(name, sha256, Verdict.REJECTED, reason=member.fault))
            else:
                read.append(self.read_book(_Member(name, member.data, sha256)))
        if all(submission.verdict is Verdict.REJECTED for submission in read):
            yield replace(rejected, reason=_NOTHING_IN_ARCHIVE)
        else:
            reason = f"压缩包，内有{len(inside)}个文件，逐个列在后面"
            yield replace(rejected, verdict=Verdict.ACCEPTED, reason=reason)
        yield from read

    def read_book(self, file: File) -> Submission:
        """One workbook, or why it cannot be read."""
        rejected = Submission(file.name, file.sha256, Verdict.REJECTED)
        try:
            book = as_shown(
                open_book(file.data, file.name, self._settings.passwords_for(file.name))
            )
        except UnreadableFile as refusal:
            return replace(rejected, reason=str(refusal))
        if is_review_sheet(book):
            return self._review_sheet(file, book)
        if is_setup_sheet(book):
            return _setup_sheet(file, book)
        tables, passed = find_tables(book, self._office)
        if not tables:
            return replace(rejected, reason=_NO_TABLE, untaken=passed)
        if why := why_refused(tables, has_baseline=self._has_baseline):
            asked = tuple(
                found
                for table in tables
                for found in heading_findings(table, file.name, Cells(table).columns)
            )
            return replace(rejected, reason=why, untaken=passed, findings=asked)
        return self._submission(file, book, tables, passed)

    def _review_sheet(self, file: File, book: Book) -> Submission:
        if not self._has_baseline:
            reason = "这是审核单，而台账库还没有台账；请先放入完整的整改台账"
            return Submission(file.name, file.sha256, Verdict.REJECTED, reason=reason)
        read = read_review_sheet(book, file.name, self._office.context.anchors)
        return Submission(
            file.name, file.sha256, Verdict.ACCEPTED, Role.REVIEW, ledger=read.rows, decisions=read.decisions,
            unfollowed=read.unfollowed, findings=read.findings, identity=identity_of(book),
        )  # fmt: skip

    def _submission(
        self, file: File, book: Book, tables: Sequence[Table], passed: Sequence[Untaken]
    ) -> Submission:
        combined = combine(
            [self._read_table(table, file.name) for table in tables],
            file.name,
        )
        identity = identity_of(book)
        consolidated = is_consolidated(book)
        role = role_of(
            identity, combined.rows, consolidated=consolidated, has_baseline=self._has_baseline
        )
        if role is Role.REVIEW:
            return _review(file, book, identity, combined.rows, self._settings.form, self._office)
        directory = self._office.context.directory
        unit = (
            unit_of(file.name, book, identity, combined.rows, directory)
            if role is Role.RETURN
            else ""
        )
        outside = _outside(tables, file.name)
        form = self._settings.form
        submission = Submission(
            file.name,
            file.sha256,
            Verdict.ACCEPTED,
            role,
            unit,
            rows=combined.rows if self._has_baseline else _numbered(_lifted(combined.rows), tables),
            untaken=_in_order((*passed, *outside[0], *combined.untaken)),
            findings=(
                *_file_findings(file.name, book, role, unit or labelled_units(book, directory)),
                *combined.findings,
                *outside[1],
                *_numbering(file.name, tables, combined.rows, has_baseline=self._has_baseline),
            ),
            identity=identity,
            report_date=report_date_of(book),
        )
        if not self._has_baseline and identity is None and not consolidated:
            learned = learned_form(tables, submission.rows, directory)
            submission = replace(submission, form=learned)
        further = (
            *missing_columns(tables, submission, form, has_baseline=self._has_baseline),
            *unread_secrets(book, tables, file.name),
        )
        return replace(submission, findings=(*submission.findings, *further))

    def _read_table(self, table: Table, name: str) -> ReadTable:
        return read_table(
            table, name, self._office.context, self._memo, has_baseline=self._has_baseline
        )


def _setup_sheet(file: File, book: Book) -> Submission:
    """建账确认单.xlsx: what it says of units holds for the whole period, and is taken before anything is read."""
    twins = read_twins(book)
    reason = f"{len(twins)}处单位名称已合并" if twins else "没有要合并的单位"
    return Submission(
        file.name, file.sha256, Verdict.ACCEPTED, Role.REVIEW, reason=f"建账确认单：{reason}",
        identity=identity_of(book), twins=twins,
    )  # fmt: skip


def _review(
    file: File, book: Book, identity: Identity | None, rows: Sequence[Row], form: Form, office: Office,
) -> Submission:  # fmt: skip
    """The office's own workbook: taken for what it decides and waives, and for what it says otherwise than it was issued."""
    review = read_review(book, file.name, office.context.anchors)
    return Submission(
        file.name, file.sha256, Verdict.ACCEPTED, Role.REVIEW, ledger=office_rows(book, rows, form), findings=review.findings,
        waivers=review.waivers, decisions=review.decisions, unfollowed=review.unfollowed, replies=review.replies, identity=identity,
    )  # fmt: skip


def _in_order(untaken: Sequence[Untaken]) -> tuple[Untaken, ...]:
    """Sheets in the order in which they were met, rows from the top."""
    sheets = list(dict.fromkeys(left.sheet for left in untaken))
    return tuple(sorted(untaken, key=lambda left: (sheets.index(left.sheet), left.row)))


def _outside(tables: Sequence[Table], file: str) -> tuple[list[Untaken], list[Finding]]:
    """What stands above, beside and below the tables of each sheet."""
    untaken: list[Untaken] = []
    findings: list[Finding] = []
    for name in dict.fromkeys(table.grid.name for table in tables):
        own = [table for table in tables if table.grid.name == name]
        grid = own[0].grid
        untaken += around(grid, own)
        findings += bare_findings(grid, file, beside(grid, own))
    return untaken, findings


def _has_numbers(tables: Sequence[Table]) -> bool:
    """Whether any table has a column for the number of the problem."""
    return any(heading.code == "id" for table in tables for heading in table.headings)


def _numbered(rows: tuple[Row, ...], tables: Sequence[Table]) -> tuple[Row, ...]:
    """The rows of a first ledger that has no numbers, numbered from 1 as they stand."""
    if _has_numbers(tables):
        return rows
    return tuple(
        replace(row, item=replace(row.item, id=str(number))) for number, row in enumerate(rows, 1)
    )


def _numbering(
    name: str, tables: Sequence[Table], rows: Sequence[Row], *, has_baseline: bool
) -> Iterator[Finding]:
    """That the problems of a first ledger were numbered here, since it has no numbers."""
    if rows and not has_baseline and not _has_numbers(tables):
        message = (
            f"台账没有编号一栏，{len(rows)}个问题按顺序编为1至{len(rows)}，以后按问题文字认定。"
        )
        fix = "请核对；台账另有编号的，请加上编号一栏重新放入。"
        yield finding("X318", Place(name, tables[0].grid.name), message, fix)


def _lifted(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """A first ledger with one level of problems: that level is the sub-problem, which is then itself the problem.

    With 主要问题 above 具体问题 there are two levels, and both stay what the ledger calls them.
    """
    if any(row.item.sub_problem for row in rows):
        return rows
    levels = {
        code for row in rows for code in ("main_problem", "problem") if getattr(row.item, code)
    }
    return tuple(_lift(row, *levels) for row in rows) if len(levels) == 1 else rows


def _lift(row: Row, level: str) -> Row:
    """The text of the only level as the sub-problem."""
    text = getattr(row.item, level)
    if not text:
        return row

    def lifted(code: str) -> str:
        return "sub_problem" if code == level else code

    elsewhere = {code: at for code, at in row.elsewhere.items() if code != level}
    return replace(
        row,
        item=replace(row.item, **{level: "", "sub_problem": text}),
        typed={lifted(code): typed for code, typed in row.typed.items()},
        letters={lifted(code): letter for code, letter in row.letters.items()},
        elsewhere=elsewhere | {"sub_problem": row.place(level)},
    )


def _file_findings(
    name: str, book: Book, role: Role, unit: str | tuple[str, ...]
) -> Iterator[Finding]:
    for note in book.notes:
        yield finding("X302", Place(name), note, "请另存为.xlsx后报送。")
    if role is Role.RETURN and isinstance(unit, tuple) and unit:
        message = f"一个文件里有{'、'.join(unit)}的台账，各行按牵头单位认定。"
        yield finding("X317", Place(name), message, "请各单位分别报送自己的台账。")
    if role is Role.RETURN and not unit:
        yield finding(
            "X301",
            Place(name),
            "无法确定报送单位，各行按牵头单位认定。",
            "请在“填报单位：”后填写单位全称。",
        )
